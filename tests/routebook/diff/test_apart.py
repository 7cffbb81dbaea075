"""What two documents say alike is not read for a comparison, and nothing is lost by that."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routebook import diff, openapi
from routebook.diff.model import Report
from routebook.documents import Document
from routebook.findings import RoutebookError
from routebook.openapi.reader.apart import apart
from routebook.openapi.reader.source import read_versions

REF = "#/components/"


def _answer(name: str) -> dict[str, Any]:
    schema = {"$ref": f"{REF}schemas/{name}"}
    return {"200": {"description": "Done", "content": {"application/json": {"schema": schema}}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1.0.0"},
    "servers": [{"url": "https://zoo.example"}],
    "security": [{"key": []}],
    "tags": [{"name": "pets"}],
    "paths": {
        "/pets": {
            "parameters": [{"$ref": f"{REF}parameters/Limit"}],
            "get": {"operationId": "pets", "tags": ["pets"], "responses": _answer("Pets")},
            "post": {
                "requestBody": {"$ref": f"{REF}requestBodies/Pet"},
                "responses": {"201": {"$ref": f"{REF}responses/Made"}},
            },
        },
        "/pets/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {"responses": _answer("Pet")},
            "delete": {"security": [], "responses": {"204": {"description": "Gone"}}},
        },
        "/keepers/{id}": {
            "get": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
                "responses": _answer("Keeper"),
            },
            "put": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
                "responses": {"204": {"description": "Done"}},
                "callbacks": {
                    "told": {
                        "{$request.query.url}": {
                            "post": {"responses": {"200": {"description": "Heard"}}}
                        }
                    }
                },
            },
        },
    },
    "webhooks": {"born": {"post": {"responses": _answer("Dog")}}},
    "components": {
        "schemas": {
            "Pets": {"type": "array", "items": {"$ref": f"{REF}schemas/Pet"}},
            "Pet": {
                "type": "object",
                "discriminator": {"propertyName": "kind", "mapping": {"dog": "Dog"}},
                "properties": {"kind": {"type": "string"}, "age": {"type": "integer"}},
                "required": ["kind"],
            },
            "Dog": {"allOf": [{"$ref": f"{REF}schemas/Pet"}, {"properties": {"loud": True}}]},
            "Keeper": {"properties": {"name": {"$ref": f"{REF}schemas/Name"}, "chief": False}},
            "Name": {"type": "string", "maxLength": 9, "default": "1"},
        },
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "requestBodies": {
            "Pet": {"content": {"application/json": {"schema": {"$ref": f"{REF}schemas/Dog"}}}}
        },
        "responses": {"Made": {"description": "Made", "headers": {"Age": {"schema": True}}}},
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "key"}},
    },
}


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document, as the keys that lead to it."""
    keys = value if isinstance(value, dict) else range(len(value)) if type(value) is list else ()
    for key in keys:
        yield (*path, key)
        yield from _places(value[key], (*path, key))


PLACES = [path for path in _places(DOCUMENT) if path[0] not in ("openapi", "info")]

SAID = st.sampled_from([1, True, "1", "string", [], {}, {"type": "integer"}, {"$ref": "#/x"}])

EDITS = st.lists(st.tuples(st.sampled_from(PLACES), st.none() | SAID), max_size=3)


def _edited(edits: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    """The document with values replaced, or gone for None."""
    made = copy.deepcopy(DOCUMENT)
    for path, value in edits:
        inner: Any = made
        for key in path[:-1]:
            inner = inner[key] if _has(inner, key) else None
        if not _has(inner, path[-1]):
            continue
        if value is None:
            del inner[path[-1]]
        else:
            inner[path[-1]] = copy.deepcopy(value)
    return made


def _has(inner: Any, key: Any) -> bool:
    return key in inner if isinstance(inner, dict) else type(inner) is list and key < len(inner)


def _told(old: dict[str, Any], new: dict[str, Any], *, whole: bool) -> Report | None:
    """The report of a comparison; None when a document cannot be read."""
    sides = Document(data=old, name="a"), Document(data=new, name="a")
    try:
        if whole:
            before, now = map(openapi.reading, sides)
        else:
            before, now = read_versions(*((side, ()) for side in sides))
    except RoutebookError:
        return None
    return diff.diff(before.api, now.api, old_places=before.places, new_places=now.places)


@given(EDITS, EDITS)
def test_nothing_is_lost_by_leaving_out_what_is_alike(
    old: list[tuple[tuple[Any, ...], Any]], new: list[tuple[tuple[Any, ...], Any]]
) -> None:
    before, now = _edited(old), _edited(new)
    expected = _told(before, now, whole=True)
    if expected is not None:
        assert _told(before, now, whole=False) == expected


def test_every_single_edit_is_told_as_by_reading_everything() -> None:
    wrong = []
    for path in PLACES:
        for value in (None, 1, True):
            edited = _edited([(path, value)])
            expected = _told(DOCUMENT, edited, whole=True)
            if expected is not None and _told(DOCUMENT, edited, whole=False) != expected:
                wrong.append((path, value))
    assert wrong == []


def test_a_document_beside_itself_has_only_its_paths_left() -> None:
    left, _ = apart(DOCUMENT, copy.deepcopy(DOCUMENT))
    assert left["paths"] == {
        "/pets": {"parameters": DOCUMENT["paths"]["/pets"]["parameters"]},
        "/pets/{id}": {"parameters": DOCUMENT["paths"]["/pets/{id}"]["parameters"]},
        "/keepers/{id}": {},
    }
    assert left["components"]["schemas"] == {}
    assert left["components"]["securitySchemes"] == DOCUMENT["components"]["securitySchemes"]


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ("Name", {"/keepers/{id}": {"get"}}),
        ("Dog", {"/pets": {"get", "post"}, "/pets/{id}": {"get"}}),
    ],
)
def test_what_reaches_a_change_is_read(changed: str, left: dict[str, set[str]]) -> None:
    edited = _edited([(("components", "schemas", changed), {"type": "integer"})])
    paths = apart(DOCUMENT, edited)[1]["paths"]
    assert {
        path: set(item) - {"parameters"} for path, item in paths.items() if {*item} - {"parameters"}
    } == left


@pytest.mark.parametrize(
    "path",
    [("servers", 0, "url"), ("security", 0), ("components", "securitySchemes", "key", "in")],
)
def test_everything_is_read_where_all_operations_share_a_change(path: tuple[Any, ...]) -> None:
    edited = _edited([(path, "other")])
    assert apart(DOCUMENT, edited) == (DOCUMENT, edited)


@pytest.mark.parametrize("field", ["$id", "$anchor", "$dynamicRef", "x-routebook"])
def test_everything_is_read_where_parts_mean_each_other_without_pointers(field: str) -> None:
    edited = _edited([(("components", "schemas", "Name"), {field: "name"})])
    assert apart(DOCUMENT, edited) == (DOCUMENT, edited)


def test_path_items_that_are_referred_to_are_read() -> None:
    old = _edited([])
    old["components"]["pathItems"] = {"Cage": old["paths"].pop("/keepers/{id}")}
    old["paths"]["/cages/{id}"] = {"$ref": f"{REF}pathItems/Cage"}
    for edits in ([], [(("components", "schemas", "Name"), {"type": "integer"})]):
        new = copy.deepcopy(old)
        for path, value in edits:
            new[path[0]][path[1]][path[2]] = value
        expected = _told(old, new, whole=True)
        assert expected is not None
        assert _told(old, new, whole=False) == expected


def test_everything_is_read_where_a_note_stands_beside_the_operations() -> None:
    edited = {**_edited([]), "x-routebook": {"error_groups": []}}
    assert apart(DOCUMENT, edited) == (DOCUMENT, edited)


@pytest.mark.parametrize(
    "path",
    [("paths", "/pets"), ("paths", "/pets", "get"), ("components", "schemas", "Name")],
)
def test_what_is_of_the_wrong_kind_in_both_is_still_an_error(path: tuple[Any, ...]) -> None:
    wrong = _edited([(path, 1)])
    for other in (wrong, copy.deepcopy(wrong)):
        sides = Document(data=wrong, name="a"), Document(data=other, name="b")
        with pytest.raises(RoutebookError):
            read_versions(*((side, ()) for side in sides))
