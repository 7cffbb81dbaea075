"""Edits whose verdicts were found by reading the specifications, before the comparison saw them.

`edits_of_schemas.json` holds pairs of schemas and what becomes of the accepted values; of a hard
one, nobody has to decide it: a warning is right as well. `edits_of_documents.json` holds merge
patches (RFC 7396) of one document, and the worst level there and back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from routebook import APIDescriptor
from routebook.diff import diff
from routebook.openapi import read

HERE = Path(__file__).parent
SCHEMAS = json.loads((HERE / "edits_of_schemas.json").read_text(encoding="utf-8"))
DOCUMENTS = json.loads((HERE / "edits_of_documents.json").read_text(encoding="utf-8"))
UNDONE = {"narrows": "widens", "widens": "narrows"}


def _name_of(number: int) -> str:
    return str(SCHEMAS["edits"][number]["name"])


def worst(old: APIDescriptor, new: APIDescriptor) -> str:
    """The worst level that is told; `harmless` when nobody has to look at it."""
    levels = {one.level for one in diff(old, new).findings}
    return next((one for one in ("error", "warning") if one in levels), "harmless")


def document(schema: Any, *, response: bool) -> dict[str, Any]:
    held = {"type": "object", "required": ["p"], "properties": {"p": schema}}
    content = {"content": {"application/json": {"schema": held}}}
    answer = {"200": {"description": "Done.", **(content if response else {})}}
    asked = {} if response else {"requestBody": {"required": True, **content}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/t": {"post": {**asked, "responses": answer}}},
        "components": {"schemas": SCHEMAS["schemas"]},
    }


@pytest.mark.parametrize("number", range(len(SCHEMAS["edits"])), ids=_name_of)
def test_edits_of_schemas(number: int) -> None:
    edit = SCHEMAS["edits"][number]
    old, new, effect = edit["old"], edit["new"], edit["effect"]
    sent = [(False, "narrows"), (True, "widens")]
    for response, breaking in sent[: 2 if number % 4 == 0 else 1]:
        before, after = (read(document(one, response=response)) for one in (old, new))
        undone = UNDONE.get(effect, effect)
        for told, what in ((worst(before, after), effect), (worst(after, before), undone)):
            wanted = {"error" if what in (breaking, "neither") else "harmless"}
            wanted |= {"warning"} if "hard" in edit else set()
            assert told in wanted or (response and edit["name"] in UNFORESEEN), what


UNFORESEEN = {"uneval-with-allOf-ref-more"}
"""Edits that break by the letter in a response, where clients pass over what they do not know."""


@pytest.mark.parametrize("edit", DOCUMENTS["edits"], ids=lambda edit: edit["name"])
def test_edits_of_documents(edit: dict[str, Any]) -> None:
    sides = (patched(DOCUMENTS["base"], edit[side]) for side in ("before", "after"))
    before, after = map(read, sides)
    for wanted, old, new in ((edit["there"], before, after), (edit["back"], after, before)):
        if wanted:
            assert worst(old, new) == wanted


TEXT = {"type": "string"}
SHORT_OR_Z: dict[str, Any] = {"anyOf": [{**TEXT, "maxLength": 5}, {**TEXT, "pattern": "^z"}]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            {**SHORT_OR_Z, "minLength": 2},
            {"anyOf": [{**one, "minLength": 2} for one in SHORT_OR_Z["anyOf"]]},
            "warning",
        ),
        (SHORT_OR_Z, {"anyOf": [{**TEXT, "maxLength": 4}, SHORT_OR_Z["anyOf"][1]]}, "error"),
        (
            {"anyOf": [{**TEXT, "maxLength": 9000}, SHORT_OR_Z["anyOf"][1]]},
            {"anyOf": [{**TEXT, "maxLength": 8000}, SHORT_OR_Z["anyOf"][1]]},
            "error",
        ),
        (
            {"anyOf": [{**TEXT, "format": "date"}, {**TEXT, "format": "date-time"}]},
            {**TEXT, "format": "date"},
            "error",
        ),
        ({"type": "array", "minItems": 1}, {"type": "array", "contains": {}}, "warning"),
        ({"type": "integer", "minimum": 1, "maximum": 2}, {"enum": [1, 2]}, "warning"),
    ],
)
def test_an_edit_is_doubted_where_instances_speak_against_it(
    old: dict[str, Any], new: dict[str, Any], expected: str
) -> None:
    sides = (read(document(one, response=False)) for one in (old, new))
    assert worst(*sides) == expected


def patched(value: Any, patch: Any) -> Any:
    """A value with a merge patch applied (RFC 7396, section 2)."""
    if not isinstance(patch, dict):
        return patch
    made = dict(value) if isinstance(value, dict) else {}
    for name, inner in patch.items():
        if inner is None:
            made.pop(name, None)
        else:
            made[name] = patched(made.get(name), inner)
    return made


def test_the_names_of_edits_are_their_own() -> None:
    for edits in (SCHEMAS["edits"], DOCUMENTS["edits"]):
        names = list(_names(edits))
        assert len(names) == len(set(names))


def _names(edits: list[dict[str, Any]]) -> Iterator[str]:
    return (edit["name"] for edit in edits)
