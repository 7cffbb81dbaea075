"""Documents of others: what is read says all that they say, and comes back as they said it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openapi_meaning import differences, meaning
from openapi_parts import ID, TEXT, answer, body, document, operation
from openapi_snippets import SNIPPETS
from routebook import MethodDescriptor, ParameterDescriptor
from routebook.emit import json as json_text
from routebook.findings import DescriptionError, RoutebookError
from routebook.openapi import read, reading, validate, write
from routebook.walk import walk

each = pytest.mark.parametrize("name", SNIPPETS)


@each
def test_a_document_comes_back_as_it_was(name: str) -> None:
    given = SNIPPETS[name]
    found = reading(given)
    written = meaning(write(found.api, found.version))
    written["components"].pop("x-routebook", None)
    assert differences(meaning(given), written) == []


@each
@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_what_was_read_can_be_read_again(name: str, version: str) -> None:
    api = read(SNIPPETS[name])
    assert read(write(api, version)) == api


@each
def test_reading_leaves_the_document_alone(name: str) -> None:
    given = SNIPPETS[name]
    before = json.dumps(given)
    write(read(given))
    assert json.dumps(given) == before


@each
def test_every_part_has_its_place(name: str) -> None:
    found = reading(SNIPPETS[name])
    unknown = [part for _, part in walk(found.api) if not found.places.pointer(part)]
    assert {type(part).__name__ for part in unknown} <= {"APIDescriptor", "ComponentsDescriptor"}


@each
def test_no_note_is_needed(name: str) -> None:
    """What others wrote is written without the extension that only routebook reads."""
    found = reading(SNIPPETS[name])
    if name != "answers":  # one of its components is kept as it is where nothing uses it so
        assert "x-routebook" not in json.dumps(write(found.api, found.version))


@each
def test_what_was_valid_is_valid_again(name: str) -> None:
    given = SNIPPETS[name]
    found = reading(given)
    written = json.loads(json_text.dump(write(found.api, found.version)))
    if not validate(given):
        assert validate(written) == ()


def test_a_shared_part_is_one_object() -> None:
    api = read(SNIPPETS["shared"])
    first, second = (method.requests[0] for method in api.routes[0].methods)
    assert first.path_parameters[0] is second.path_parameters[0]
    assert first.path_parameters[0].component == "Id"
    assert [one.component for one in api.components.cookie_parameters] == ["Unused"]
    assert [one.component for one in api.components.examples] == ["F"]


def test_parameters_of_the_path_item_stand_with_each_operation() -> None:
    get, put = read(SNIPPETS["path level"]).routes[0].methods
    assert [one.name for one in get.requests[0].path_parameters] == ["id"]
    assert [one.required for one in get.requests[0].query_parameters] == [False]
    assert [one.required for one in put.requests[0].query_parameters] == [True]


def test_old_keywords_become_new_ones() -> None:
    schema: Any = read(SNIPPETS["schemas of 3.0"]).schemas["Thing"]
    found = schema["properties"]
    assert found["a"] == {"type": ["string", "null"], "examples": ["x"]}
    assert found["b"] == {"type": "integer", "exclusiveMinimum": 1}
    assert found["c"] == {"type": "number", "maximum": 1}
    assert found["d"] == {"type": "string", "contentEncoding": "base64"}
    assert found["e"] == {"type": "string", "contentMediaType": "application/octet-stream"}
    assert "description" not in found["f"]
    assert schema["examples"] == [{"nullable": True}]


def test_schemas_that_need_no_change_are_not_copied() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert read(body("3.0.3", schema)).schemas["Thing"] is schema


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/users/{id}", "users-id"),
        ("/", "root"),
        ("/2010/Accounts/{AccountSid}.json", "2010-accounts-account-sid-json"),
        ("/a/{b}:cancel", "a-b-cancel"),
    ],
)
def test_routes_are_named_after_their_paths(path: str, name: str) -> None:
    assert read(document("3.1.0", paths={path: {}})).routes[0].name == name


def test_names_of_routes_are_unique() -> None:
    api = read(document("3.1.0", paths={"/a/b": {}, "/a-b": {}, "/a/{b}": {}}))
    assert [route.name for route in api.routes] == ["a-b", "a-b-2", "a-b-3"]


def test_places_are_found_by_part_and_by_pointer(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(SNIPPETS["parameters"], indent=1), "utf-8")
    found = reading(file)
    parameter = found.api.routes[0].methods[0].requests[0].query_parameters[0]
    pointer = "/paths/~1things~1{id}/get/parameters/1"
    assert found.places.pointer(parameter) == pointer
    place = found.places.locate(parameter, "schema", "type")
    assert place is not None
    assert place.file == str(file)
    assert '"type"' in file.read_text("utf-8").splitlines()[place.line - 1]
    assert place == found.places.locate(f"{pointer}/schema/type")
    assert found.places.locate(ParameterDescriptor(name="a")) is None


def test_sources(tmp_path: Path) -> None:
    text = json.dumps(SNIPPETS["bodies"])
    file = tmp_path / "a.json"
    file.write_text(text, "utf-8")
    api = read(SNIPPETS["bodies"])
    for source in (file, str(file), text, text.encode()):
        assert read(source) == api
    with file.open() as stream:
        assert read(stream) == api
    with pytest.raises(RoutebookError, match="expected a path"):
        read(5)  # type: ignore[arg-type]  # it is the point


def test_a_component_that_is_a_part_of_itself() -> None:
    circle = {"{$url}": {"post": {"callbacks": {"again": {"$ref": "#/components/callbacks/C"}}}}}
    item = operation(parameters=[ID], callbacks={"c": {"$ref": "#/components/callbacks/C"}})
    given = document("3.1.0", item, components={"callbacks": {"C": circle}})
    found = reading(given)
    assert any("a part of itself" in one.message for one in found.findings)
    assert read(write(found.api, "3.1")) == found.api


BROKEN: dict[str, tuple[Any, list[str]]] = {
    "no object": ([], ["#: expected an OpenAPI document (an object), found a list"]),
    "no version": ({"info": {}}, ["#: it does not say what version of OpenAPI it is"]),
    "another version": (
        {"openapi": "4.0.0"},
        ["#/openapi: expected one of the versions 3.0, 3.1, 3.2, found '4.0.0'"],
    ),
    "several": (
        document(
            "3.1.0",
            operation(
                parameters=[{"name": "a"}, 5, {"name": "b", "in": "body", **TEXT}],
                responses=[],
                tags="a",
            ),
        ),
        [
            "#/paths/~1things~1{id}/get/responses: expected an object, found a list",
            "#/paths/~1things~1{id}/get/tags: expected a list, found 'a'",
            "#/paths/~1things~1{id}/get/parameters/0: parameter lacks 'in'",
            "#/paths/~1things~1{id}/get/parameters/1: expected an object (parameter), found 5",
            (
                "#/paths/~1things~1{id}/get/parameters/2/in: "
                "expected path, query, header or cookie, found 'body'"
            ),
        ],
    ),
    "a reference to nothing": (
        document("3.1.0", operation(parameters=[{"$ref": "#/components/parameters/Idd"}])),
        [
            (
                "#/paths/~1things~1{id}/get/parameters/0: the reference "
                "'#/components/parameters/Idd' leads nowhere: there is no 'components'"
            )
        ],
    ),
    "references in a circle": (
        document(
            "3.1.0",
            operation(parameters=[{"$ref": "#/components/parameters/A"}]),
            components={
                "parameters": {
                    "A": {"$ref": "#/components/parameters/B"},
                    "B": {"$ref": "#/components/parameters/A"},
                }
            },
        ),
        [
            (
                "#/paths/~1things~1{id}/get/parameters/0: references go round in a circle: "
                "#/components/parameters/A -> #/components/parameters/B -> "
                "#/components/parameters/A"
            )
        ],
    ),
    "references that are no texts": (
        document(
            "3.1.0",
            operation(
                parameters=[{"$ref": {}}],
                responses={"200": {"description": "", "content": {"a/b": {"$ref": True}}}},
            ),
        ),
        [
            "#/paths/~1things~1{id}/get/parameters/0/$ref: expected a reference, found an object",
            (
                "#/paths/~1things~1{id}/get/responses/200/content/a~1b/$ref: "
                "expected a reference, found true"
            ),
        ],
    ),
    "a schema that is none": (
        document("3.1.0", answer(content={"a/b": {"schema": "string"}})),
        [
            (
                "#/paths/~1things~1{id}/get/responses/200/content/a~1b/schema: "
                "expected a schema (an object or a boolean), found 'string'"
            )
        ],
    ),
    "a flag that is a list": (
        document("3.1.0", operation(deprecated=[])),
        ["#/paths/~1things~1{id}/get/deprecated: expected true or false, found a list"],
    ),
    "a note that does not fit": (
        document("3.1.0", operation(**{"x-routebook": {"requests": [{"headers": ["X"]}]}})),
        [
            "#/paths/~1things~1{id}: the x-routebook in it does not fit what stands around it",
        ],
    ),
    "a note of another kind": (
        document("3.1.0", operation(**{"x-routebook": {"aliases": 5}})),
        [
            "#/paths/~1things~1{id}/get/x-routebook/aliases: expected a list of texts, found 5",
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_with_its_place(name: str) -> None:
    given, said = BROKEN[name]
    with pytest.raises(DescriptionError) as raised:
        read(json.dumps(given).encode())
    told = [f"{one.place}: {one.message}" for one in raised.value.findings]
    assert [one for one in told if one in said] == said
    assert all(one.location is not None for one in raised.value.findings)


WARNED: dict[str, tuple[Any, str, str]] = {
    "an unknown field": (
        document("3.1.0", operation(sumary="s")),
        "#/paths/~1things~1{id}/get/sumary: operation has no field 'sumary'",
        "did you mean 'summary'?",
    ),
    "a newer field": (
        document("3.0.3", tags=[{"name": "t", "parent": "u"}]),
        "#/tags/0/parent: 'parent' came with OpenAPI 3.2: it means nothing here",
        "it is kept as it is",
    ),
    "a number for a text": (
        document("3.1.0", info={"title": "T", "version": 1.0}),
        "#/info/version: expected text, found 1.0",
        'write "1.0"',
    ),
    "null": (
        document("3.1.0", operation(summary=None)),
        "#/paths/~1things~1{id}/get/summary: null counts as absent here",
        "leave the field out",
    ),
    "a response that is null": (
        document("3.0.3", operation(responses={"204": None})),
        "#/paths/~1things~1{id}/get/responses/204: null counts as an empty response here",
        "write {}",
    ),
    "a schema that is null": (
        document("3.0.3", answer(content={"a/b": {"schema": None}})),
        (
            "#/paths/~1things~1{id}/get/responses/200/content/a~1b/schema: "
            "null counts as an empty schema here"
        ),
        "write {}",
    ),
    "scopes that are null": (
        document("3.0.3", security=[{"key": None}]),
        "#/security/0/key: null counts as an empty list here",
        "write []",
    ),
    "a flag in quotes": (
        document("3.0.3", operation(deprecated="true")),
        "#/paths/~1things~1{id}/get/deprecated: expected true, found text",
        "write true",
    ),
    "a schema that is missing": (
        body("3.0.3", {"items": {"$ref": "#/components/schemas/Thin"}}),
        (
            "#/components/schemas/Thing/items/$ref: the reference '#/components/schemas/Thin' "
            "leads nowhere: there is no 'Thin'"
        ),
        "did you mean 'Thing'?",
    ),
    "no title": (document("3.1.0", info={"version": "1"}), "#/info: info lacks 'title'", ""),
    "a path without a slash": (
        document("3.1.0", paths={"a": {}}),
        "#/paths/a: the path 'a' does not begin with a slash",
        "",
    ),
    "what stands beside a reference": (
        document(
            "3.0.3",
            operation(parameters=[{"$ref": "#/components/parameters/P", "description": "d"}]),
            components={"parameters": {"P": ID}},
        ),
        "#/paths/~1things~1{id}/get/parameters/0: 'description' beside a $ref is ignored",
        "",
    ),
    "a keyword that holds what it cannot": (
        body("3.1.0", {"required": True}),
        "#/components/schemas/Thing/required: expected a list, found true: it is ignored",
        "",
    ),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_is_odd_is_told_and_read(name: str) -> None:
    given, said, hint = WARNED[name]
    found = {f"{one.place}: {one.message}": one for one in reading(given).findings}
    assert said in found
    assert found[said].hint == hint
    assert found[said].level == "warning"


def test_a_reference_to_a_missing_schema_is_kept_and_is_invalid() -> None:
    given = body("3.1.0", {"items": {"$ref": "#/components/schemas/Thin"}})
    written = write(read(given))
    assert written["components"]["schemas"]["Thing"] == given["components"]["schemas"]["Thing"]
    (finding,) = validate(written)
    assert finding.message == "the reference '#/components/schemas/Thin' leads nowhere"
    assert finding.place.endswith("/items/$ref")


def test_a_thousand_errors_are_not_all_told() -> None:
    given = document("3.1.0", paths={f"/{n}": 5 for n in range(1000)})
    with pytest.raises(DescriptionError) as raised:
        read(given)
    assert len(raised.value.findings) == 100


def test_what_nests_too_deep_is_told() -> None:
    schema: Any = {}
    for _ in range(100_000):
        schema = {"items": schema}
    with pytest.raises(RoutebookError, match="nested too deeply"):
        read(body("3.1.0", schema))
    while schema:
        schema = schema["items"]  # one by one: freed at once it overflows the stack


def test_kinds() -> None:
    api = read(SNIPPETS["3.2"])
    assert [method.method for method in api.routes[0].methods] == ["QUERY", "COPY"]
    assert all(isinstance(one, MethodDescriptor) for one in api.routes[0].methods)
    assert isinstance(api.routes[0].methods[0].requests[0].path_parameters[0], ParameterDescriptor)
