"""Keywords whose effect follows from what stands beside them."""

from __future__ import annotations

from typing import Any

import pytest

from routebook.diff import diff
from routebook.diff.schemas import Comparer, Direction, Effect
from routebook.openapi import read

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": TEXT, "b": NUMBER}}
CLOSED: dict[str, Any] = {**OBJECT, "additionalProperties": False}
PAIR = {"type": "array", "prefixItems": [TEXT, NUMBER], "items": False}
SOME = {"type": "array", "contains": TEXT, "minContains": 1, "maxContains": 2}
NONE_OR_SOME = {**SOME, "minContains": 0}
NEEDS = {**OBJECT, "dependentSchemas": {"a": {"required": ["b"]}}}
IF_X: dict[str, Any] = {
    **OBJECT,
    "if": {"properties": {"a": {"const": "x"}}},
    "then": {"required": ["b"]},
}
IF_SHORT = {**IF_X, "if": {"properties": {"a": {"maxLength": 3}}}}
IF_SHORTER = {**IF_X, "if": {"properties": {"a": {"maxLength": 2}}}}
IF_LONG = {**IF_X, "if": {"properties": {"a": {"minLength": 2}}}}
EACH_WAY = {"then": {"required": ["b"]}, "else": {"required": ["c"]}}

EQUAL: list[tuple[Any, Any]] = [
    ({**OBJECT, "required": ["a", "b"]}, {**OBJECT, "required": ["a", "b"], "minProperties": 2}),
    (CLOSED, {**CLOSED, "maxProperties": 2}),
    ({**CLOSED, "maxProperties": 4}, {**CLOSED, "maxProperties": 3}),
    (PAIR, {**PAIR, "maxItems": 2}),
    (
        {**OBJECT, "propertyNames": {"maxLength": 3}},
        {**OBJECT, "propertyNames": {**TEXT, "maxLength": 3}},
    ),
    (OBJECT, {**OBJECT, "propertyNames": TEXT}),
    (OBJECT, {**OBJECT, "unevaluatedItems": False}),
    (NEEDS, {**OBJECT, "dependentSchemas": {"a": {"required": ["b"], "minLength": 2}}}),
    (NEEDS, {**OBJECT, "dependentSchemas": {"a": {"required": ["b"], "type": "object"}}}),
    (OBJECT, {**OBJECT, "dependentSchemas": {"a": {"maxItems": 2}}}),
    (
        {**OBJECT, "required": ["b"], "dependentRequired": {"a": ["b"]}},
        {**OBJECT, "required": ["b"]},
    ),
    (IF_X, {**IF_X, "then": {"required": ["b"], "type": "object"}}),
    (IF_X, {**IF_X, "if": {**IF_X["if"], "minItems": 2}}),
    ({**IF_X, "else": IF_X["then"]}, {**IF_SHORT, "else": IF_X["then"]}),
]

KINDS = {
    "oneOf": [
        {"type": "object", "required": ["k"], "properties": {"k": {"const": "x"}}},
        {"type": "object", "required": ["k", "m"], "properties": {"k": {"const": "y"}}},
    ]
}
FIRST, SECOND = KINDS["oneOf"]
NULL = {"type": "null"}
CHECKED = {**TEXT, "anyOf": [{"maxLength": 2}, {"pattern": "^z"}]}
EQUAL += [
    (KINDS, {**KINDS, "required": ["k"]}),
    ({"anyOf": [TEXT, NULL]}, {"anyOf": [{"anyOf": [TEXT, NULL]}, NULL]}),
    ({"anyOf": [TEXT, NULL]}, {"anyOf": [{"anyOf": [TEXT, NULL]}, TEXT]}),
    ({"anyOf": [TEXT, NULL]}, {"anyOf": [{"anyOf": [{"anyOf": [TEXT]}], "title": "T"}, NULL]}),
    (TEXT, {**TEXT, "oneOf": [NULL, TEXT]}),
    (CHECKED, {**TEXT, "anyOf": [{**TEXT, "maxLength": 2}, {"pattern": "^z", "minimum": 1}]}),
    (
        {**OBJECT, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {**OBJECT, "oneOf": [{"type": "object", "required": ["a"]}, {"required": ["b"]}]},
    ),
    ({"anyOf": [KINDS, NULL]}, {"oneOf": [NULL, KINDS]}),
    ({"anyOf": [KINDS, NULL]}, {"oneOf": [FIRST, SECOND, NULL]}),
    ({"anyOf": [FIRST, SECOND, NULL]}, {"anyOf": [{"anyOf": [FIRST, SECOND]}, NULL]}),
    (
        {"anyOf": [CHECKED, NULL]},
        {**CHECKED, "type": ["string", "null"], "anyOf": [*CHECKED["anyOf"], NULL]},
    ),
]

NARROWER: list[tuple[Any, Any]] = [
    ({**OBJECT, "required": ["a"]}, {**OBJECT, "required": ["a"], "minProperties": 2}),
    (CLOSED, {**CLOSED, "maxProperties": 1}),
    (OBJECT, {**OBJECT, "maxProperties": 2}),
    (PAIR, {**PAIR, "maxItems": 1}),
    ({**OBJECT, "dependentRequired": {"a": ["b"]}}, {**OBJECT, "required": ["b"]}),
    (IF_SHORTER, IF_SHORT),
    (OBJECT, {**OBJECT, "propertyNames": False}),
    ({"anyOf": [KINDS, NULL]}, KINDS),
    ({"oneOf": [KINDS, NULL]}, KINDS),
    ({"oneOf": [FIRST, SECOND, NULL]}, KINDS),
    ({"anyOf": [KINDS, NULL]}, {"anyOf": [FIRST, NULL]}),
    ({"anyOf": [CHECKED, NULL]}, CHECKED),
    ({"oneOf": [FIRST, SECOND, TEXT]}, {"oneOf": [FIRST, TEXT]}),
    ({"anyOf": [FIRST, SECOND, TEXT, NUMBER]}, {"anyOf": [NUMBER, TEXT]}),
    ({"anyOf": [FIRST, SECOND, TEXT]}, {"oneOf": [FIRST, TEXT]}),
    ({"oneOf": [FIRST, SECOND, TEXT, NULL]}, {"oneOf": [NULL, FIRST, TEXT]}),
    ({"oneOf": [FIRST, SECOND, TEXT]}, {"oneOf": [FIRST, {**TEXT, "maxLength": 2}]}),
    (KINDS, {**KINDS, "required": ["m"]}),
]

NEITHER: list[tuple[Any, Any]] = [
    (SOME, {**SOME, "contains": NUMBER}),
    (SOME, {**SOME, "contains": {"type": ["string", "integer"]}}),
    (SOME, {**SOME, "contains": {"const": "a"}}),
    (IF_SHORT, IF_LONG),
    ({**IF_SHORT, **EACH_WAY}, {**IF_SHORTER, **EACH_WAY}),
    ({**IF_SHORT, **EACH_WAY}, {**IF_LONG, **EACH_WAY}),
]


def effect(old: Any, new: Any) -> Effect:
    found = Effect.EQUAL
    for one in Comparer({}, {}).compare(old, new, Direction.REQUEST).edits:
        found = found if one.annotation else found.with_other(one.effect)
    return found


@pytest.mark.parametrize(("old", "new"), EQUAL)
def test_what_follows_from_another_keyword_is_no_change(old: Any, new: Any) -> None:
    assert effect(old, new) is effect(new, old) is Effect.EQUAL


@pytest.mark.parametrize(("old", "new"), NARROWER)
def test_what_does_not_follow_is(old: Any, new: Any) -> None:
    assert effect(old, new) is Effect.NARROWS
    assert effect(new, old) is Effect.WIDENS


@pytest.mark.parametrize(("old", "new"), NEITHER)
def test_other_values_are_counted_or_meet_the_condition(old: Any, new: Any) -> None:
    assert effect(old, new) is effect(new, old) is Effect.INCOMPARABLE


def test_none_may_match_but_not_too_many() -> None:
    more = {**NONE_OR_SOME, "contains": {"type": ["string", "integer"]}}
    assert effect(NONE_OR_SOME, more) is Effect.NARROWS
    assert effect(more, NONE_OR_SOME) is Effect.WIDENS


def test_a_condition_and_what_follows_it_cannot_be_compared_together() -> None:
    assert effect(IF_SHORT, {**IF_LONG, "then": {"required": ["a"]}}) is Effect.UNKNOWN


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"allOf": [OBJECT]}, {"allOf": [OBJECT], "nullable": True}),
        ({"oneOf": [OBJECT, NUMBER]}, {"oneOf": [OBJECT, NUMBER], "nullable": True}),
        ({**TEXT, "enum": ["a"]}, {"type": ["string", "null"], "enum": ["a"]}),
        ({"allOf": [OBJECT]}, {"type": ["object", "null"], "allOf": [OBJECT]}),
    ],
)
def test_null_that_may_be_meant_is_worth_a_warning(old: Any, new: Any) -> None:
    assert level(body(old), body(new)) == "info"
    assert level(body(new), body(old)) == "warning"
    assert level(answer(old), answer(new)) == "warning"
    assert level(answer(new), answer(old)) == "info"
    told = [one.rule for one in diff(read(document(body(old))), read(document(body(new)))).findings]
    assert told == ["request-body-became-nullable"]
    assert effect(old, new) is Effect.EQUAL


def test_null_that_was_meant_may_be_written() -> None:
    meant = {"allOf": [OBJECT], "nullable": True}
    written = {"anyOf": [OBJECT, NULL]}
    assert level(answer(meant), answer(written)) == level(body(written), body(meant)) == "info"
    assert level(answer({"allOf": [OBJECT]}), answer(written)) == "error"
    assert level(body(written), body({**written, "enum": [{"a": "x"}]})) == "error"


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_what_is_said_of_a_branch_is_told(keyword: str) -> None:
    def either(**more: Any) -> dict[str, Any]:
        return {keyword: [{**OBJECT, "required": ["a"], **more}, NUMBER]}

    found = Comparer({}, {}).compare(either(), either(deprecated=True), Direction.REQUEST).edits
    assert [(one.keyword, one.effect) for one in found] == [("deprecated", Effect.EQUAL)]
    assert effect(either(), either(required=["b"])) is Effect.INCOMPARABLE


def test_a_branch_of_a_body_is_a_part_of_it() -> None:
    def either(**more: Any) -> dict[str, Any]:
        return document(body({"oneOf": [{**OBJECT, "required": ["a"], **more}, NUMBER]}))

    said = diff(read(either()), read(either(deprecated=True))).findings
    assert [one.rule for one in said] == ["request-property-deprecated"]


NUMBERS = {"type": "object", "additionalProperties": NUMBER}


@pytest.mark.parametrize(
    ("old", "new", "request_level", "response_level"),
    [
        (NUMBERS, {**NUMBERS, "properties": {"a": TEXT}}, "error", "error"),
        (NUMBERS, {**NUMBERS, "properties": {"a": {**NUMBER, "minimum": 1}}}, "error", "info"),
        (NUMBERS, {**NUMBERS, "properties": {"a": {"type": "number"}}}, "info", "error"),
        (NUMBERS, {**NUMBERS, "properties": {"a": NUMBER}}, "info", "info"),
        ({**NUMBERS, "properties": {"a": TEXT}}, NUMBERS, "error", "error"),
        ({**NUMBERS, "properties": {"a": {"type": "number"}}}, NUMBERS, "error", "warning"),
        ({**NUMBERS, "properties": {"a": {"enum": [1]}}}, NUMBERS, "warning", "error"),
        (CLOSED, {**CLOSED, "properties": {**CLOSED["properties"], "c": TEXT}}, "info", "info"),
        (OBJECT, {**OBJECT, "properties": {**OBJECT["properties"], "c": TEXT}}, "info", "info"),
        (CLOSED, {**CLOSED, "properties": {"a": TEXT}}, "error", "warning"),
        (OBJECT, {**OBJECT, "properties": {"a": TEXT}}, "warning", "warning"),
    ],
)
def test_a_property_among_others_with_a_schema(
    old: Any, new: Any, request_level: str, response_level: str
) -> None:
    assert level(body(old), body(new)) == request_level
    assert level(answer(old), answer(new)) == response_level


def level(old: dict[str, Any], new: dict[str, Any]) -> str:
    levels = [one.level for one in diff(read(document(old)), read(document(new))).findings]
    return next((one for one in ("error", "warning", "info") if one in levels), "info")


def document(operation: dict[str, Any]) -> dict[str, Any]:
    info = {"title": "T", "version": "1"}
    done = {"200": {"description": "Done"}}
    paths = {"/things": {"post": {"responses": done, **operation}}}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def body(schema: Any) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def answer(schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"responses": {"200": {"description": "Done", "content": content}}}
