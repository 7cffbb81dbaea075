"""The quick answer about schemas, against that of a validator."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import json_strategies
from routebook.checks.soundness import is_sound

NAMED: dict[str, Any] = {
    "Pet": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
    "Owner": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Pet"}]},
    "Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
}
META = Draft202012Validator(Draft202012Validator.META_SCHEMA)

keywords = st.sampled_from(
    [
        ("type", "text"),
        ("type", ["string", "string"]),
        ("required", "name"),
        ("minLength", -1),
        ("minimum", True),
        ("enum", 1),
        ("properties", []),
        ("allOf", []),
        ("multipleOf", 0),
        ("$ref", "#/components/schemas/None"),
        ("$id", "#a"),
        ("deprecated", 1),
        ("items", [{}]),
        ("x-any", 1),
    ]
)


@settings(max_examples=100, deadline=None)
@given(schema=json_strategies.schemas, more=st.lists(keywords, max_size=1))
def test_a_sound_schema_is_one(schema: Any, more: list[tuple[str, Any]]) -> None:
    assume(not (more and isinstance(schema, bool)))
    whole = {**schema, **dict(more)} if more else schema
    if is_sound(whole, NAMED):
        assert META.is_valid(whole)


def test_simple_schemas_need_no_validator() -> None:
    schema = {"type": "object", "properties": {"a": {"type": ["integer", "null"], "minimum": 1}}}
    assert is_sound(schema, {})
    assert is_sound({"items": {"$ref": "#/components/schemas/Tree"}}, NAMED)
