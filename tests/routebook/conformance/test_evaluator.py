"""The evaluator of instances, against `jsonschema`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import json_strategies as described
from routebook.conformance import MOST_REFERENCES, Evaluator, named

NAMED: dict[str, Any] = {
    "Pet": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
    "Owner": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Pet"}]},
    "Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    "Circle": {"$ref": "#/components/schemas/Circle"},
    "Wide": {"anyOf": [{"items": {"$ref": "#/components/schemas/Wide"}, "type": "array"}] * 3},
    "a/b c": {"const": 1},
}
ROOT: Any = Draft202012Validator({"components": {"schemas": NAMED}})
FORMATS = Draft202012Validator.FORMAT_CHECKER
DRAFT_4 = "http://json-schema.org/draft-04/schema#"


def reference(pointer: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{pointer}"}


def verdict(instance: Any, schema: Any) -> bool | None:
    return Evaluator(named(NAMED)).verdict(instance, schema)


CASES: list[tuple[Any, list[Any], list[Any]]] = [
    (True, [1, None], []),
    (False, [], [1, None]),
    ({}, [1, {}], []),
    ({"type": "integer"}, [1, 1.0, -(10**30)], [1.5, True, "1", None]),
    ({"type": "number"}, [1, 1.5], [False, "1"]),
    ({"type": "boolean"}, [True], [1, 0]),
    ({"type": ["string", "null"]}, ["", None], [0, [], {}]),
    ({"type": ["array", "object"]}, [[], {}], ["", 1]),
    ({"enum": [1, [True], {"a": 0}]}, [1.0, [True], {"a": 0.0}], [True, [1], {"a": False}, {}]),
    ({"const": 0}, [0, 0.0], [False, None, ""]),
    ({"minimum": 1, "maximum": 2}, [1, 2.0, "x", None, True], [0.5, 3]),
    ({"exclusiveMinimum": 1, "exclusiveMaximum": 2}, [1.5, []], [1, 2]),
    ({"multipleOf": 2}, [4, 0, 2.0, "x", True], [3, 2.5]),
    ({"multipleOf": 0.5}, [1, 2.5], [0.7]),
    ({"minLength": 1, "maxLength": 2}, ["a", "😀😀", 5, []], ["", "abc"]),
    ({"pattern": "b+"}, ["abba", 1], ["", "a"]),
    ({"minItems": 1, "maxItems": 2}, [[1], "", {}], [[], [1, 2, 3]]),
    ({"uniqueItems": True}, [[1, True, "1", [1], [True]], "aa"], [[1, 1.0], [{"a": [1]}] * 2]),
    ({"uniqueItems": False}, [[1, 1]], []),
    ({"minProperties": 1, "maxProperties": 1}, [{"a": 1}, []], [{}, {"a": 1, "b": 2}]),
    ({"required": ["a"]}, [{"a": None}, []], [{}, {"b": 1}]),
    ({"dependentRequired": {"a": ["b"]}}, [{}, {"a": 1, "b": 1}, "a"], [{"a": 1}]),
    ({"properties": {"a": {"type": "string"}}}, [{"a": ""}, {"b": 1}, 1], [{"a": 1}]),
    ({"patternProperties": {"^x": {"const": 1}}}, [{"x": 1, "y": 2}, 1], [{"xy": 2}]),
    (
        {"properties": {"a": {}}, "patternProperties": {"^x": {}}, "additionalProperties": False},
        [{"a": 1, "xy": 2}, {}, 1],
        [{"b": 1}],
    ),
    ({"additionalProperties": {"type": "null"}}, [{"a": None}], [{"a": 1}]),
    ({"propertyNames": {"maxLength": 1}}, [{"a": 1}, "ab"], [{"ab": 1}]),
    ({"items": {"type": "null"}}, [[], [None], {}], [[1]]),
    ({"prefixItems": [{"const": 1}], "items": False}, [[], [1]], [[1, 2], [2]]),
    ({"contains": {"const": 1}}, [[2, 1], {}], [[], [2]]),
    ({"contains": {"const": 1}, "minContains": 0, "maxContains": 1}, [[], [1]], [[1, 1]]),
    ({"allOf": [{"minimum": 1}, {"maximum": 2}]}, [1], [0, 3]),
    ({"anyOf": [{"minimum": 3}, {"maximum": 2}]}, [1, 4], [2.5]),
    ({"oneOf": [{"minimum": 1}, {"maximum": 2}]}, [0, 3], [1]),
    ({"not": {"type": "null"}}, [1], [None]),
    ({"if": {"minimum": 5}, "then": {"const": 7}, "else": {"const": 1}}, [7, 1], [8, 2]),
    ({"dependentSchemas": {"a": {"required": ["b"]}}}, [{}, {"a": 1, "b": 1}, 1], [{"a": 1}]),
    ({"unevaluatedProperties": False, "properties": {"a": {}}}, [{"a": 1}, 1], [{"b": 1}]),
    (reference("Pet"), [{"name": ""}], [{}, 1]),
    (reference("Pet/properties/name"), ["a"], [1]),
    (reference("Owner/oneOf/0"), [None], [1]),
    (reference("a~1b%20c"), [1], [2]),
    (reference("Tree"), [[], [[], [[]]]], [1, [[1]]]),
    ({"maximum": 1, **reference("Pet")}, [{"name": ""}], [1]),
    ({"title": 1, "x-any": 2, "$defs": {}, "format": "date", "contentEncoding": 1}, ["x"], []),
    ({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "null"}, [None], [1]),
]


@pytest.mark.parametrize(("schema", "valid", "invalid"), CASES, ids=[str(one[0]) for one in CASES])
def test_keyword_is_decided_as_the_validator_does(
    schema: Any, valid: list[Any], invalid: list[Any]
) -> None:
    validator = ROOT.evolve(schema=schema)
    for instance in valid:
        assert verdict(instance, schema) is True
        assert validator.is_valid(instance)
    for instance in invalid:
        assert verdict(instance, schema) is False
        assert not validator.is_valid(instance)


OPEN: list[tuple[Any, Any]] = [
    ({"type": "text"}, 1),
    ({"minLength": "3"}, "abc"),
    ({"minimum": True}, 1),
    ({"multipleOf": 0}, 1),
    ({"multipleOf": 0.1}, 0.3),
    ({"multipleOf": 1e-300}, 1e300),
    ({"pattern": "("}, "a"),
    ({"patternProperties": {"(": {}}}, {"a": 1}),
    ({"patternProperties": {"(": {}}, "additionalProperties": False}, {"a": 1}),
    ({"properties": []}, {"a": 1}),
    ({"properties": [], "additionalProperties": False}, {"a": 1}),
    ({"items": [{}]}, [1]),
    ({"prefixItems": {}, "items": False}, [1]),
    ({"contains": {}, "maxContains": "1"}, [1]),
    ({"allOf": {}}, 1),
    (reference("Nobody"), 1),
    (reference("Tree/items/x"), 1),
    (reference("Owner/oneOf/9"), 1),
    ({"$ref": "other.json"}, 1),
    (reference("Circle"), 1),
    ({"$dynamicRef": "#node"}, 1),
    ({"$id": "https://example.com/a"}, 1),
    ({"$schema": DRAFT_4, "type": "null"}, 1),
    ({"unevaluatedItems": False}, [1]),
    ({"unevaluatedProperties": False, "allOf": [{}]}, {"a": 1}),
]


@pytest.mark.parametrize(("schema", "instance"), OPEN, ids=[str(one[0]) for one in OPEN])
def test_what_is_not_sure_is_left_open(schema: Any, instance: Any) -> None:
    """Also inside others, which are decided where the rest of them decides it."""
    assert verdict(instance, schema) is None
    assert verdict(instance, {"not": schema}) is None
    assert verdict(instance, {"allOf": [schema, True]}) is None
    assert verdict(instance, {"allOf": [schema, False]}) is False
    assert verdict(instance, {"anyOf": [schema, True]}) is True
    assert verdict(instance, {"anyOf": [schema, False]}) is None
    assert verdict(instance, {"oneOf": [schema, True]}) is None
    assert verdict(instance, {"oneOf": [schema, True, True]}) is False
    assert verdict(instance, {"if": schema, "then": False, "else": False}) is False
    assert verdict(instance, {"if": schema, "then": False}) is None
    assert verdict([instance], {"items": schema}) is None
    assert verdict([instance], {"prefixItems": [schema], "minItems": 2}) is False
    assert verdict([instance, instance], {"contains": schema, "minContains": 3}) is False
    assert verdict([instance, instance], {"contains": schema}) is None
    assert verdict({"a": instance, "b": 1}, {"properties": {"a": schema, "b": False}}) is False


def test_what_is_no_schema_is_left_open() -> None:
    assert verdict(1, "none") is None
    assert verdict(1, {"allOf": ["none", False]}) is None


def test_keywords_of_other_types_leave_nothing_open() -> None:
    assert verdict(1, {"pattern": "(", "patternProperties": {"(": {}}, "unevaluatedItems": False})


def test_formats_are_decided_where_it_is_said_how() -> None:
    schema = {"format": "ipv4"}
    evaluator = Evaluator(named({}), FORMATS.conforms)
    assert evaluator.accepts("192.0.2.1", schema)
    assert evaluator.refuses("example", schema)
    assert not Evaluator(named({})).refuses("example", schema)


def nested(depth: int, end: Any) -> Any:
    value = end
    for _ in range(depth):
        value = [value]
    return value


def test_instances_may_nest_as_deep_as_documents() -> None:
    assert verdict(nested(500, []), reference("Tree")) is True
    assert verdict(nested(500, 1), reference("Tree")) is False
    assert verdict(nested(20_000, 1), reference("Tree")) is None


def test_a_schema_that_asks_for_too_much_is_left_open() -> None:
    assert MOST_REFERENCES < 3**12
    assert verdict(nested(12, 1), reference("Wide")) is None


def test_circles_are_told_from_what_is_open_for_other_reasons() -> None:
    evaluator = Evaluator(named({"A": reference("B"), "B": {"anyOf": [reference("A")]}}))
    for schema, endless in ((reference("A"), True), (reference("None"), False)):
        assert evaluator.verdict(1, schema) is None
        assert evaluator.endless is endless


def test_schemas_may_be_named_after_they_were_referred_to() -> None:
    definitions: dict[str, Any] = {}
    evaluator = Evaluator(named(definitions))
    schema = reference("Late")
    assert evaluator.verdict(1, schema) is None
    definitions["Late"] = {"type": "null"}
    assert evaluator.verdict(1, schema) is False


property_names = st.sampled_from(["a", "b", "x-1"])
instances = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 2, 2.0, 0.3, -1, 10**20, "", "a", "ab", "x-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(property_names, inner, max_size=3),
    max_leaves=6,
)
_numbers = st.sampled_from([0, 1, 2, 0.5, -1])
_counts = st.integers(0, 3)
_types = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
ASSERTIONS: dict[str, st.SearchStrategy[Any]] = {
    "type": _types | st.lists(_types, min_size=1, max_size=3, unique=True),
    "enum": st.lists(instances, min_size=1, max_size=3),
    "const": instances,
    **dict.fromkeys(_LIMITS, _numbers),
    **dict.fromkeys((*_SIZES, "minContains", "maxContains"), _counts),
    "multipleOf": st.sampled_from([1, 2, 0.1, 0.5]),
    "pattern": st.sampled_from(["a", "^a$", "(?!)"]),
    "uniqueItems": st.booleans(),
    "required": st.lists(property_names, max_size=2, unique=True),
    "dependentRequired": st.just({"a": ["b"]}),
    "$ref": st.sampled_from(["Pet", "Owner", "Tree"]).map(lambda name: reference(name)["$ref"]),
    "$schema": st.just(DRAFT_4),
}
"""Keyword to values that it may have."""


def combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    one = dict.fromkeys(("not", "if", "then", "else", "contains", "items", "propertyNames"), inner)
    one |= dict.fromkeys(("additionalProperties", "unevaluatedProperties"), inner)
    one["unevaluatedItems"] = inner
    listed = st.lists(inner, min_size=1, max_size=3)
    several = dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), listed)
    some = st.dictionaries(property_names, inner, max_size=2)
    keyed = dict.fromkeys(("properties", "dependentSchemas"), some)
    keyed["patternProperties"] = st.dictionaries(st.sampled_from(["^x-", "[ab]"]), inner)
    every = {**ASSERTIONS, **one, **several, **keyed}
    keywords = st.lists(st.sampled_from(sorted(every)), max_size=4, unique=True)
    return keywords.flatmap(lambda keys: st.fixed_dictionaries({key: every[key] for key in keys}))


def one_keyword(key: str) -> st.SearchStrategy[Any]:
    return ASSERTIONS[key].map(lambda value: {key: value})


schemas = st.recursive(
    st.booleans() | st.sampled_from(sorted(ASSERTIONS)).flatmap(one_keyword),
    combined,
    max_leaves=6,
)


@pytest.mark.parametrize("drawn", [schemas, described.schemas], ids=["keywords", "descriptions"])
def test_what_is_decided_is_what_the_validator_says(drawn: st.SearchStrategy[Any]) -> None:
    """JSON Schema 2020-12; `jsonschema` is right, and may only be asked less often."""
    decided: list[bool] = []

    @settings(max_examples=250)
    @given(drawn, instances)
    def law(schema: Any, instance: Any) -> None:
        found = verdict(instance, schema)
        if found is not None:
            decided.append(found)
            assert found == ROOT.evolve(schema=schema).is_valid(instance)

    check: Callable[[], None] = law
    check()
    assert decided.count(True) > 20
    assert decided.count(False) > 20
