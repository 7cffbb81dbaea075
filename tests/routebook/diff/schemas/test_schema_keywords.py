"""A table of edits: each keyword, what is told of it, and what it does to the accepted values."""

from __future__ import annotations

from typing import Any

import pytest

from routebook.diff.schemas import Comparer, Comparison, Direction, Effect, SchemaEdit

OPEN = {"type": "object", "properties": {"a": {"type": "string"}}}
LIST = {"type": "array", "items": {"type": "string"}}
TEXT = {"type": "string"}
KINDS = {
    "cat": {"type": "object", "required": ["k"], "properties": {"k": {"const": "cat"}}},
    "dog": {"type": "object", "required": ["k"], "properties": {"k": {"const": "dog"}}},
}

Told = list[tuple[str, str, str]]

NARROWER: list[tuple[Any, Any, Told]] = [
    ({}, TEXT, [("type", "added", "")]),
    ({}, {"enum": [True, False]}, [("type", "added", "")]),
    ({"type": ["string", "integer"]}, TEXT, [("type", "changed", "")]),
    ({"type": "number"}, {"type": "integer"}, [("type", "changed", "")]),
    ({"type": ["string", "null"]}, TEXT, [("nullable", "removed", "")]),
    ({"anyOf": [TEXT, {"type": "null"}]}, TEXT, [("nullable", "removed", "")]),
    ({"oneOf": [TEXT, {"type": "integer"}]}, TEXT, [("type", "changed", "")]),
    (TEXT, {"type": "string", "enum": ["a"]}, [("enum", "added", "")]),
    (TEXT, {"const": "a"}, [("const", "added", "")]),
    ({"enum": ["a", "b"]}, {"enum": ["a"]}, [("enum", "removed", '"b"')]),
    ({"enum": ["a", "b"]}, {"const": "a"}, [("enum", "removed", '"b"')]),
    ({"enum": ["a", None]}, {"enum": ["a"]}, [("nullable", "removed", "")]),
    (
        {**TEXT, "pattern": "^([0-9a-f]{40}(?:[0-9a-f]{24})?)$"},
        {**TEXT, "pattern": "^[0-9a-f]{40}$"},
        [("pattern", "changed", "")],
    ),
    (
        {"type": "array", "anyOf": [{}, TEXT], "unevaluatedItems": False, "prefixItems": [{}]},
        {"type": "array", "anyOf": [{}, TEXT], "unevaluatedItems": False},
        [("unevaluatedItems", "changed", "")],
    ),
    ({**TEXT, "pattern": ""}, {**TEXT, "pattern": "^a$"}, [("pattern", "added", "")]),
    ({"enum": [1, 5]}, {"enum": [1, 5], "maximum": 3}, [("enum", "removed", "5")]),
    (
        {"enum": ["a", "bb"], "anyOf": [{"minLength": 1}, {"pattern": "x"}]},
        {"enum": ["a", "bb"], "anyOf": [{"minLength": 1}, {"pattern": "x"}], "maxLength": 1},
        [("enum", "removed", '"bb"')],
    ),
    (
        {"type": "array", "enum": [[1], ["a"]]},
        {"type": "array", "enum": [[1], ["a"]], "items": {"type": "string"}},
        [("enum", "removed", "[1]")],
    ),
    ({"type": "boolean"}, {"const": True}, [("const", "added", "")]),
    ({"type": "number"}, {"type": "number", "minimum": 1}, [("minimum", "added", "")]),
    (
        {"type": "number", "minimum": 1},
        {"type": "number", "minimum": 2},
        [("minimum", "increased", "")],
    ),
    (
        {"type": "number", "minimum": 1},
        {"type": "number", "exclusiveMinimum": 1},
        [("exclusiveMinimum", "changed", "")],
    ),
    (
        {"type": "number", "maximum": 2},
        {"type": "number", "maximum": 1},
        [("maximum", "decreased", "")],
    ),
    (
        {"type": "number"},
        {"type": "number", "exclusiveMaximum": 1},
        [("exclusiveMaximum", "added", "")],
    ),
    ({"type": "integer"}, {"type": "integer", "multipleOf": 2}, [("multipleOf", "added", "")]),
    ({"type": "number"}, {"type": "number", "multipleOf": 1}, [("multipleOf", "added", "")]),
    (
        {"type": "number", "multipleOf": 2},
        {"type": "number", "multipleOf": 4},
        [("multipleOf", "changed", "")],
    ),
    (TEXT, {**TEXT, "minLength": 1}, [("minLength", "added", "")]),
    ({**TEXT, "maxLength": 5}, {**TEXT, "maxLength": 3}, [("maxLength", "decreased", "")]),
    (TEXT, {**TEXT, "pattern": "^a"}, [("pattern", "added", "")]),
    ({**TEXT, "pattern": "a"}, {**TEXT, "pattern": "^a$"}, [("pattern", "changed", "")]),
    (TEXT, {**TEXT, "format": "date"}, [("format", "added", "")]),
    (
        {**TEXT, "format": "uri-reference"},
        {**TEXT, "format": "uri"},
        [("format", "changed", "")],
    ),
    ({"type": "array"}, LIST, [("items", "added", "")]),
    (LIST, {**LIST, "minItems": 1}, [("minItems", "added", "")]),
    ({**LIST, "maxItems": 3}, {**LIST, "maxItems": 2}, [("maxItems", "decreased", "")]),
    (LIST, {**LIST, "uniqueItems": True}, [("uniqueItems", "added", "")]),
    (LIST, {**LIST, "contains": {"const": "a"}}, [("contains", "added", "")]),
    (
        {**LIST, "contains": {"const": "a"}},
        {**LIST, "contains": {"const": "a"}, "minContains": 2},
        [("minContains", "increased", "")],
    ),
    (
        {**LIST, "contains": {"const": "a"}},
        {**LIST, "contains": {"const": "a"}, "maxContains": 2},
        [("maxContains", "added", "")],
    ),
    (
        {"type": "array", "prefixItems": [TEXT]},
        {"type": "array", "prefixItems": [TEXT, TEXT]},
        [("prefixItems", "added", "1")],
    ),
    (
        {"type": "array", "prefixItems": [TEXT]},
        {"type": "array", "prefixItems": [TEXT], "unevaluatedItems": False},
        [("unevaluatedItems", "added", "")],
    ),
    (OPEN, {**OPEN, "required": ["a"]}, [("required", "added", "a")]),
    (
        OPEN,
        {**OPEN, "properties": {"a": TEXT, "b": TEXT}, "required": ["b"]},
        [("properties", "added", "b")],
    ),
    (OPEN, {**OPEN, "additionalProperties": False}, [("additionalProperties", "added", "")]),
    (OPEN, {**OPEN, "additionalProperties": TEXT}, [("additionalProperties", "added", "")]),
    (
        {**OPEN, "additionalProperties": TEXT},
        {**OPEN, "additionalProperties": False},
        [("additionalProperties", "changed", "")],
    ),
    (OPEN, {**OPEN, "unevaluatedProperties": False}, [("unevaluatedProperties", "added", "")]),
    (
        {"allOf": [OPEN], "anyOf": [OPEN, {"required": ["b"]}]},
        {
            "allOf": [OPEN],
            "anyOf": [OPEN, {"required": ["b"]}],
            "unevaluatedProperties": False,
        },
        [("unevaluatedProperties", "added", "")],
    ),
    (
        OPEN,
        {**OPEN, "patternProperties": {"^x-": TEXT}},
        [("patternProperties", "added", "^x-")],
    ),
    (OPEN, {**OPEN, "propertyNames": {"maxLength": 3}}, [("propertyNames", "added", "")]),
    (OPEN, {**OPEN, "minProperties": 1}, [("minProperties", "added", "")]),
    (
        {**OPEN, "maxProperties": 3},
        {**OPEN, "maxProperties": 2},
        [("maxProperties", "decreased", "")],
    ),
    (
        OPEN,
        {**OPEN, "dependentRequired": {"a": ["b"]}},
        [("dependentRequired", "added", "a")],
    ),
    (
        OPEN,
        {**OPEN, "dependentSchemas": {"a": {"required": ["b"]}}},
        [("dependentSchemas", "added", "a")],
    ),
    ({"anyOf": [*KINDS.values()]}, KINDS["cat"], [("anyOf", "removed", "object")]),
    (
        {"oneOf": [{**KINDS["cat"], "title": "Cat"}, {**KINDS["dog"], "title": "Dog"}]},
        {"oneOf": [{**KINDS["cat"], "title": "Cat"}]},
        [("oneOf", "removed", "Dog")],
    ),
    (OPEN, {**OPEN, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, [("anyOf", "added", "")]),
    (OPEN, {"allOf": [OPEN, {"required": ["a"]}]}, [("required", "added", "a")]),
    (TEXT, {**TEXT, "not": {"const": "a"}}, [("not", "added", "")]),
    (
        {**TEXT, "not": {"const": "a"}},
        {**TEXT, "not": {"enum": ["a", "b"]}},
        [("not", "changed", "")],
    ),
    (
        OPEN,
        {**OPEN, "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        [("if", "added", ""), ("then", "added", "")],
    ),
    (
        {**OPEN, "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {**OPEN, "if": {"required": ["a"]}, "then": {"required": ["b", "c"]}},
        [("then", "changed", "")],
    ),
    (True, False, [("schema", "changed", "")]),
    (
        {**OPEN, "properties": {"a": True}},
        {**OPEN, "properties": {"a": False}},
        [("schema", "changed", "")],
    ),
]
"""Old schema, new schema that accepts less, and what is told of it."""

NEITHER: list[tuple[Any, Any, Told]] = [
    (TEXT, {"type": "integer"}, [("type", "changed", "")]),
    ({"const": "a"}, {"const": "b"}, [("const", "changed", "")]),
    (
        {"enum": ["a", "b"]},
        {"enum": ["a", "c"]},
        [("enum", "removed", '"b"'), ("enum", "added", '"c"')],
    ),
    (
        {"type": "integer", "multipleOf": 2},
        {"type": "integer", "multipleOf": 3},
        [("multipleOf", "changed", "")],
    ),
    ({**TEXT, "pattern": "^a+$"}, {**TEXT, "pattern": "^b+$"}, [("pattern", "changed", "")]),
    ({**TEXT, "format": "uuid"}, {**TEXT, "format": "email"}, [("format", "changed", "")]),
    (TEXT, {**TEXT, "contentEncoding": "base64"}, [("contentEncoding", "added", "")]),
    (
        {**TEXT, "contentMediaType": "text/plain"},
        {**TEXT, "contentMediaType": "text/html"},
        [("contentMediaType", "changed", "")],
    ),
    (LIST, {"type": "array", "items": {"type": "integer"}}, [("type", "changed", "")]),
    (
        {**OPEN, "dependentRequired": {"a": ["b"]}},
        {**OPEN, "dependentRequired": {"a": ["c"]}},
        [("dependentRequired", "changed", "a")],
    ),
    (
        {"anyOf": [TEXT, {"type": "integer"}]},
        {"anyOf": [TEXT, {"type": "boolean"}]},
        [("type", "changed", "")],
    ),
]

EQUAL: list[tuple[Any, Any]] = [
    ({**TEXT, "pattern": "^a$|^b$"}, {**TEXT, "pattern": "^[ab]$"}),
    (
        {**TEXT, "pattern": "^(?:#[0-9a-f]{6}|#[0-9a-f]{8})$"},
        {**TEXT, "pattern": "^#[0-9a-f]{6}(?:[0-9a-f]{2})?$"},
    ),
    (TEXT, {**TEXT, "not": {"type": "integer"}}),
    (LIST, {**LIST, "if": {"type": "object"}, "then": {"minProperties": 2}}),
    ({**TEXT, "not": {"type": "integer", "minimum": 2}}, {**TEXT, "not": {"type": "integer"}}),
    ({"type": "string"}, {"type": ["string"]}),
    ({"type": ["integer", "number"]}, {"type": "number"}),
    ({"enum": ["a"]}, {"const": "a"}),
    ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    ({"enum": [1, 2]}, {"enum": [1.0, 2]}),
    ({"type": "string", "enum": ["a", 1]}, {"enum": ["a"]}),
    ({"type": "boolean"}, {"enum": [True, False]}),
    ({"type": "boolean", "enum": [True, False]}, {"type": "boolean"}),
    ({"anyOf": [{"const": "a"}, {"const": "b"}]}, {"enum": ["a", "b"]}),
    ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]}, {"enum": ["a", "b"]}),
    ({"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ({"type": ["string", "null"]}, {"oneOf": [{"type": "null"}, {"type": "string"}]}),
    ({"enum": ["a", None]}, {"anyOf": [{"const": "a"}, {"type": "null"}]}),
    ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, {"type": "number"}),
    ({"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 0}),
    ({"type": "integer", "maximum": 1.5}, {"type": "integer", "maximum": 1}),
    ({"type": "integer"}, {"type": "number", "multipleOf": 1}),
    ({"type": "integer", "multipleOf": 0.5}, {"type": "integer"}),
    (TEXT, {**TEXT, "minLength": 0}),
    (TEXT, {**TEXT, "pattern": ".*"}),
    ({**TEXT, "pattern": "^(a|b)$"}, {**TEXT, "pattern": "^[ab]$"}),
    (TEXT, {**TEXT, "maximum": 3, "minItems": 2}),
    (LIST, {**LIST, "minItems": 0, "uniqueItems": False}),
    (
        {"type": "array", "prefixItems": [TEXT], "items": False},
        {"type": "array", "prefixItems": [TEXT], "unevaluatedItems": False},
    ),
    (OPEN, {**OPEN, "additionalProperties": True}),
    (OPEN, {**OPEN, "additionalProperties": {}}),
    (OPEN, {"allOf": [{"type": "object"}, {"properties": {"a": TEXT}}]}),
    ({**OPEN, "required": ["a"]}, {"allOf": [OPEN, {"required": ["a"]}]}),
    (OPEN, {"oneOf": [OPEN]}),
    ({"allOf": [OPEN], "unevaluatedProperties": False}, {**OPEN, "additionalProperties": False}),
    (
        {**OPEN, "required": ["a", "b"], "dependentRequired": {"a": ["b"]}},
        {**OPEN, "required": ["a", "b"]},
    ),
    ({"anyOf": [*KINDS.values()]}, {"anyOf": [*reversed(KINDS.values())]}),
    ({"oneOf": [*KINDS.values()]}, {"anyOf": [*KINDS.values()]}),
    ({**TEXT, "not": {"enum": ["a"]}}, {**TEXT, "not": {"const": "a"}}),
    (False, {"not": {}, "type": []}),
    ({**TEXT, "if": {"minLength": 3}}, TEXT),
]
"""Schemas that mean the same."""


def compared(old: Any, new: Any, direction: Direction = Direction.REQUEST) -> Comparison:
    return Comparer({}, {}).compare(old, new, direction)


def told(edits: tuple[SchemaEdit, ...]) -> Told:
    return [(one.keyword, one.action, one.subject) for one in edits if not one.annotation]


BACK = {"added": "removed", "removed": "added", "increased": "decreased"}
BACK |= {"decreased": "increased", "changed": "changed"}


@pytest.mark.parametrize(("old", "new", "expected"), NARROWER)
def test_narrower(old: Any, new: Any, expected: Told) -> None:
    result = compared(old, new)
    assert (result.effect, told(result.edits)) == (Effect.NARROWS, expected)
    assert all(edit.breaks for edit in result.edits if not edit.annotation)
    assert not any(edit.breaks for edit in compared(old, new, Direction.RESPONSE).edits)


@pytest.mark.parametrize(("new", "old", "expected"), NARROWER)
def test_the_reverse_is_wider(old: Any, new: Any, expected: Told) -> None:
    result = compared(old, new, Direction.RESPONSE)
    assert result.effect is Effect.WIDENS
    assert [action for _, action, _ in told(result.edits)] == [BACK[a] for _, a, _ in expected]
    assert all(edit.breaks for edit in result.edits if not edit.annotation)
    assert not any(edit.breaks for edit in compared(old, new).edits)


@pytest.mark.parametrize(("old", "new", "expected"), NEITHER)
@pytest.mark.parametrize("direction", Direction)
def test_neither(old: Any, new: Any, expected: Told, direction: Direction) -> None:
    result = compared(old, new, direction)
    assert (result.effect, told(result.edits)) == (Effect.INCOMPARABLE, expected)
    assert compared(new, old, direction).effect is Effect.INCOMPARABLE


@pytest.mark.parametrize(("old", "new"), EQUAL)
@pytest.mark.parametrize("direction", Direction)
def test_equal(old: Any, new: Any, direction: Direction) -> None:
    for one, other in ((old, new), (new, old), (old, old)):
        result = compared(one, other, direction)
        assert (result.effect, told(result.edits)) == (Effect.EQUAL, [])


@pytest.mark.parametrize(("old", "new"), [case[:2] for case in (*NARROWER, *NEITHER)])
def test_inside_a_property_and_an_item(old: Any, new: Any) -> None:
    for wrap in (_property, _item):
        result = compared(wrap(old), wrap(new))
        assert result.effect is compared(old, new).effect
    assert {edit.place[0] for edit in compared(_property(old), _property(new)).edits} == {"p"}


def _itself(schema: Any) -> Any:
    return schema


def _property(schema: Any) -> Any:
    return {"type": "object", "properties": {"p": {"allOf": [schema, {"title": "x"}]}}}


def _item(schema: Any) -> Any:
    return {"type": "array", "minItems": 1, "items": {"allOf": [schema, {"title": "x"}]}}


@pytest.mark.parametrize(("old", "new"), [case[:2] for case in (*NARROWER, *NEITHER)])
def test_an_instance_shows_each_edit(old: Any, new: Any) -> None:
    for wrap in (_itself, _property, _item):
        for ends, direction in (((old, new), Direction.REQUEST), ((new, old), Direction.RESPONSE)):
            comparer = Comparer({}, {})
            edits = comparer.compare(wrap(ends[0]), wrap(ends[1]), direction).edits
            shown = [edit for edit in edits if edit.breaks and edit.shows]
            assert all(comparer.witness(edit) for edit in shown)
