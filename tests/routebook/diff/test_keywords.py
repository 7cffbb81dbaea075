"""How the ids of schema edits are made, and the law that gives levels."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from routebook.diff import media, strict, told, verdicts
from routebook.diff.keywords import judged, rule_id
from routebook.diff.schemas import Comparer, Direction, Effect
from routebook.diff.verdicts import verdict
from routebook.diff.wording import edit_message

TEXT = {"type": "string"}
THING = {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}


def ids(old: Any, new: Any, position: str, direction: Direction) -> set[tuple[str, str]]:
    found = Comparer({}, {}).compare(old, new, direction).edits
    return {
        (rule_id(edit, position, root=not edit.place), judged(edit, position).level)
        for edit in found
    }


def _object(member: Any, required: list[str] | None = None) -> dict[str, Any]:
    named = {"required": required} if required else {}
    return {"type": "object", "properties": {"a": member}, **named}


IN, OUT = Direction.REQUEST, Direction.RESPONSE
CASES = [
    (TEXT, {**TEXT, "maxLength": 5}, "request", IN, "request-body-max-length-set", "error"),
    (TEXT, {**TEXT, "maxLength": 5}, "response", OUT, "response-body-max-length-set", "info"),
    ({**TEXT, "maxLength": 5}, TEXT, "response", OUT, "response-body-max-length-unset", "error"),
    (TEXT, {"type": "integer"}, "request-parameter", IN, "request-parameter-type-changed", "error"),
    (TEXT, {"type": ["string", "null"]}, "request", IN, "request-body-became-nullable", "info"),
    (TEXT, {"type": ["string", "null"]}, "response", OUT, "response-body-became-nullable", "error"),
    (TEXT, {**TEXT, "enum": ["a"]}, "request-header", IN, "request-parameter-became-enum", "error"),
    (
        {"enum": ["a", "b"]},
        {"enum": ["a"]},
        "response",
        OUT,
        "response-mediatype-enum-value-removed",
        "info",
    ),
    (
        {"type": "object"},
        THING,
        "request",
        IN,
        "new-required-request-property",
        "error",
    ),
    (
        {"type": "object"},
        THING,
        "request-header",
        IN,
        "new-required-request-header-property",
        "error",
    ),
    (THING, {"type": "object"}, "response", OUT, "response-required-property-removed", "error"),
    (THING, {"type": "object"}, "request", IN, "request-property-removed", "info"),
    (
        {"type": "object", "properties": {"a": TEXT}},
        {"type": "object"},
        "request",
        IN,
        "request-property-removed",
        "warning",
    ),
    (
        {"type": "object", "properties": {"a": TEXT}},
        THING,
        "request",
        IN,
        "request-property-became-required",
        "error",
    ),
    (
        {**TEXT, "default": "a"},
        {**TEXT, "default": "b"},
        "request-parameter",
        IN,
        "request-parameter-default-value-changed",
        "error",
    ),
    (
        {**TEXT, "default": "a"},
        {**TEXT, "default": "b"},
        "request",
        IN,
        "request-body-default-value-changed",
        "info",
    ),
    (
        _object(TEXT | {"readOnly": True, "maxLength": 9}),
        _object(TEXT | {"readOnly": True, "maxLength": 5}),
        "request",
        IN,
        "request-read-only-property-max-length-decreased",
        "info",
    ),
    (
        _object(TEXT | {"writeOnly": True, "enum": ["a"]}),
        _object(TEXT | {"writeOnly": True, "enum": ["a", "b"]}),
        "response",
        OUT,
        "response-write-only-property-enum-value-added",
        "info",
    ),
    (
        _object(TEXT | {"readOnly": True}, ["a"]),
        _object(TEXT, ["a"]),
        "request",
        IN,
        "request-required-property-became-not-read-only",
        "error",
    ),
    (
        _object(TEXT, ["a"]),
        _object(TEXT | {"writeOnly": True}, ["a"]),
        "response",
        OUT,
        "response-required-property-became-write-only",
        "error",
    ),
    (
        _object(TEXT),
        _object(TEXT | {"writeOnly": True}),
        "response",
        OUT,
        "response-optional-property-became-write-only",
        "info",
    ),
    (
        {**TEXT, "contentMediaType": "application/json"},
        {**TEXT, "contentMediaType": "application/json", "contentSchema": THING},
        "request",
        IN,
        "request-body-content-schema-added",
        "error",
    ),
    (
        {**TEXT, "contentMediaType": "application/json", "contentSchema": THING},
        {**TEXT, "contentMediaType": "application/json"},
        "response",
        OUT,
        "response-body-content-schema-removed",
        "error",
    ),
    (
        {**TEXT, "x-extensible-enum": ["a", "b"]},
        {**TEXT, "x-extensible-enum": ["a"]},
        "request-parameter",
        IN,
        "request-parameter-x-extensible-enum-value-removed",
        "error",
    ),
    (
        {**TEXT, "x-extensible-enum": ["a"]},
        {**TEXT, "x-extensible-enum": ["a", "b"]},
        "response",
        OUT,
        "response-body-x-extensible-enum-value-added",
        "info",
    ),
    (
        {**TEXT, "pattern": "^a$"},
        {**TEXT, "pattern": ".*"},
        "request",
        IN,
        "request-body-pattern-generalized",
        "info",
    ),
    (
        {"anyOf": [_object(TEXT), {"type": "object", "minProperties": 2}]},
        {"anyOf": [_object(TEXT), {"type": "object", "minProperties": 2}, THING]},
        "response",
        OUT,
        "response-body-any-of-added",
        "info",
    ),
    (
        {"type": "object"},
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        "request",
        IN,
        "request-body-then-added",
        "error",
    ),
    (
        {"type": "integer"},
        {"type": "number"},
        "response",
        OUT,
        "response-body-type-generalized",
        "error",
    ),
]


@pytest.mark.parametrize(("old", "new", "position", "direction", "id", "level"), CASES)
def test_ids_and_levels(
    old: Any, new: Any, position: str, direction: Direction, id: str, level: str
) -> None:
    assert (id, level) in ids(old, new, position, direction)


def test_the_direction_decides_and_not_the_position() -> None:
    """In a webhook, the API sends the request: who receives it is the one to break."""
    wide = {**TEXT, "maxLength": 9}
    narrow = {**TEXT, "maxLength": 5}
    found = ids(narrow, wide, "request", Direction.RESPONSE)
    assert found == {("request-body-max-length-increased", "error")}


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("effect", list(Effect))
def test_every_effect_has_a_level_and_a_reason(effect: Effect, direction: Direction) -> None:
    found = verdict(effect, direction)
    assert found.level == ("error" if direction.breaks(effect) else found.level)
    assert found.reason
    assert (effect.value, direction.value, found.level, found.reason) in verdicts.table()


def test_guards_change_levels_only_where_they_mean_something() -> None:
    narrows, widens = Effect.NARROWS, Effect.WIDENS
    assert verdict(narrows, IN, {"read-only"}).level == "info"
    assert verdict(widens, OUT, {"read-only"}).level == "error"
    assert verdict(widens, OUT, {"write-only"}).level == "info"
    assert verdict(Effect.EQUAL, IN, {"relied-on"}).level == "warning"
    assert verdict(Effect.UNKNOWN, IN).level == "warning"
    assert {name for name, _ in verdicts.guards()} >= {"read-only", "write-only", "relied-on"}


@pytest.mark.parametrize("module", [verdicts, media, strict, told])
def test_examples_in_docstrings(module: Any) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


def test_messages_hold_no_long_values_and_no_stray_backticks() -> None:
    old, new = {"enum": ["`" * 300]}, {"enum": ["b"]}
    for edit in Comparer({}, {}).compare(old, new, IN).edits:
        message = edit_message(edit, "the request body")
        assert len(message) < 200
        assert message.count("`") % 2 == 0


LONG = "Everything that is to be said about this field of the thing, "


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a", "b", 'from `"a"` to `"b"`'),
        (
            f"{LONG}once.",
            f"{LONG}twice.",
            'from `…of the thing, once."` to `…of the thing, twice."`',
        ),
        ("x" * 80 + "y", "x" * 80 + "z", 'from `…y"` to `…z"`'),
        (f"a{LONG}", f"b{LONG}", f'from `"a{LONG[:57]}…` to `"b{LONG[:57]}…`'),
    ],
    ids=["short", "alike at first", "one word", "apart at once"],
)
def test_long_texts_are_cut_to_where_they_differ(old: str, new: str, said: str) -> None:
    compared = Comparer({}, {}).compare({"title": old}, {"title": new}, IN)
    (message,) = (edit_message(edit, "the request body") for edit in compared.edits)
    assert message == f"the request body changed `title` {said}"
