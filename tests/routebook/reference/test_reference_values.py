"""Sample values satisfy their schemas."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import descriptions
from registry_api.v2 import API
from routebook.views.definitions import Definitions
from routebook.views.jsontext import pretty
from routebook.views.samples import REQUEST, RESPONSE, Sampler
from routebook.views.texts import matching

TREE = {
    "Tree": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 3},
            "parent": {"$ref": "#/components/schemas/Tree"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        },
    },
    "Cat": {
        "type": "object",
        "required": ["kind", "lives"],
        "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer", "minimum": 1}},
    },
}


def definitions(**schemas: Any) -> Definitions:
    return Definitions(descriptions.api(schemas={**TREE, **schemas}))


def valid(schema: Any, known: Definitions) -> None:
    value = Sampler(known).value(schema)
    whole = {"components": {"schemas": known.named}, "allOf": [schema]}
    Draft202012Validator(whole).validate(value)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "minLength": 20},
        {"type": "string", "maxLength": 2},
        {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"},
        {"type": "string", "pattern": "^[a-z]+$", "minLength": 12},
        {"type": "string", "format": "date-time"},
        {"type": ["null", "integer"], "minimum": 7},
        {"type": "integer", "exclusiveMinimum": 1, "maximum": 9},
        {"type": "integer", "multipleOf": 7, "minimum": 8},
        {"type": "integer", "maximum": -3},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "number", "exclusiveMinimum": 1},
        {"type": "boolean"},
        {"type": "null"},
        {"enum": [None, "b"]},
        {"const": {"a": 1}},
        {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "prefixItems": [{"type": "string"}, {"const": 1}], "items": False},
        {"type": "array", "maxItems": 0, "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
        {"type": "object", "required": ["x"]},
        {"$ref": "#/components/schemas/Tree"},
        {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Cat"}]},
        {"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "string"}]},
        {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"required": ["kind"]}]},
        {
            "allOf": [
                {"properties": {"a": {"type": "integer"}}, "required": ["a"]},
                {"properties": {"a": {"minimum": 5}}, "type": "object"},
            ]
        },
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "required": ["a"],
            "oneOf": [
                {"properties": {"b": {"const": 1}}, "required": ["b"]},
                {"properties": {"c": {"const": 1}}, "required": ["c"]},
            ],
        },
        True,
        {},
    ],
    ids=str,
)
def test_sample_satisfies_its_schema(schema: Any) -> None:
    valid(schema, definitions())


@given(
    st.builds(
        lambda low, size, step: {
            "type": "integer",
            "minimum": low,
            "maximum": low + size,
            "multipleOf": step,
        },
        st.integers(-50, 50),
        st.integers(10, 40),
        st.integers(1, 10),
    )
)
def test_sample_number_is_within_its_bounds(schema: Any) -> None:
    valid(schema, definitions())


@pytest.mark.parametrize("name", sorted(Definitions(API).named))
def test_sample_of_every_registry_schema_is_valid(name: str) -> None:
    known = Definitions(API)
    valid({"$ref": f"#/components/schemas/{name}"}, known)


@given(
    st.from_regex(r"(\[[a-c0-9_-]{1,3}\]|[a-d]|\\d|\\w|\(x\|y\))([*+?]|\{2,3\})?", fullmatch=True)
)
def test_text_matches_its_pattern(pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        try:
            found = re.compile(f"^{pattern}$")
        except re.error:
            return
        text = matching(f"^{pattern}$")
    assert text is not None
    assert found.search(text)


def leaves() -> st.SearchStrategy[Any]:
    """Schemas of scalars that some value satisfies."""
    text = st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 30),
            "maxLength": st.integers(30, 60),
            "pattern": st.sampled_from(["^[a-z]{2,}", "^[A-Z0-9]", "x?y", "[^/]"]),
            "format": st.sampled_from(["uuid", "date-time", "uri", "email"]),
        },
    )
    number = st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(-9, 9),
            "exclusiveMinimum": st.integers(-9, 9),
            "maximum": st.integers(30, 60),
            "multipleOf": st.sampled_from([1, 2, 5, 7]),
        },
    )
    return st.one_of(
        text,
        number,
        st.sampled_from([True, {}, {"type": "boolean"}, {"type": ["string", "null"]}]),
        st.builds(lambda one: {"enum": [one, None]}, st.integers() | st.booleans()),
        st.sampled_from(["Tree", "Cat"]).map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    )


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of schemas that some value satisfies."""
    properties = st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)
    objects = st.builds(
        lambda some, count, others: {
            "type": "object",
            "properties": some,
            "required": list(some)[:count],
            **({"additionalProperties": others} if others is not None else {}),
        },
        properties,
        st.integers(0, 2),
        st.sampled_from([None, False, {"type": "string"}]),
    )
    tagged = st.lists(inner, min_size=1, max_size=3).map(
        lambda parts: {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"kind": {"const": f"k{at}"}, "value": part},
                    "required": ["kind"],
                }
                for at, part in enumerate(parts)
            ]
        }
    )
    lists = st.builds(
        lambda items, least: {"type": "array", "items": items, "minItems": least},
        inner,
        st.integers(0, 2),
    )
    parts = st.lists(inner, min_size=1, max_size=3)
    together = st.lists(inner, min_size=1, max_size=2).map(
        lambda some: {
            "allOf": [
                {"type": "object", "properties": {f"p{at}": one}, "required": [f"p{at}"]}
                for at, one in enumerate(some)
            ]
        }
    )
    return st.one_of(objects, tagged, lists, parts.map(lambda some: {"anyOf": some}), together)


@given(st.recursive(leaves(), composed, max_leaves=8))
def test_sample_satisfies_any_schema_that_can_be_satisfied(schema: Any) -> None:
    valid(schema, definitions())


@pytest.mark.parametrize(
    ("without", "names"),
    [("", ["id", "name", "secret"]), (REQUEST, ["name", "secret"]), (RESPONSE, ["id", "name"])],
)
def test_sample_of_a_message_leaves_out_what_the_other_side_sends(
    without: str, names: list[str]
) -> None:
    """OpenAPI 3.1, section 4.8.24: `readOnly` and `writeOnly`, and `required` with them."""
    schema = {
        "type": "object",
        "required": ["id", "name", "secret"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "name": {"type": "string"},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    assert list(Sampler(definitions()).value(schema, without)) == names


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "example": 7},
        {"type": "integer", "default": "x"},
        {
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        },
        {
            "if": {"properties": {"a": {"const": 1}}, "required": ["a"]},
            "then": {"required": ["b"]},
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"type": "string"}},
        },
        {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True},
        {"type": "array", "contains": {"const": 3}, "items": {"type": "integer"}},
        {
            "type": "object",
            "patternProperties": {"^x-[a-z]+$": {"type": "integer"}},
            "additionalProperties": False,
            "minProperties": 1,
        },
        {"type": "object", "propertyNames": {"pattern": "^[A-Z]{2,}$"}, "minProperties": 2},
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "dependentRequired": {"a": ["b"]},
        },
    ],
    ids=str,
)
def test_sample_satisfies_keywords_that_go_together(schema: Any) -> None:
    valid(schema, definitions())


def test_sample_names_the_alternative_that_it_is() -> None:
    schema = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "allOf": [{}],
        "discriminator": {"propertyName": "kind", "mapping": {"dog": "#/components/schemas/Dog"}},
    }
    assert Sampler(definitions()).value(schema) == {"kind": "dog"}


def test_text_of_a_pattern_that_nothing_matches_is_none() -> None:
    assert matching("^(?!)$") is None
    assert matching("(") is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=12),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=12,
    ),
    st.integers(0, 80),
)
def test_the_beginning_of_a_long_value_is_that_of_the_whole(value: Any, most: int) -> None:
    whole, part = pretty(value, room=20), pretty(value, room=20, most=most)
    assert whole.startswith(part)
    assert len(part) > most or part == whole
