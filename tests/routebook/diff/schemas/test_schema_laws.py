"""Laws of the comparison: what it says holds for the values that jsonschema accepts."""

from __future__ import annotations

import copy
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schema_strategies import ALWAYS, VALUES, edited, schemas

from routebook.diff.schemas import Comparer, Direction, Effect
from routebook.diff.schemas.sameness import Sameness

SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REF = "#/components/schemas/"


def compared(old: Any, new: Any, *definitions: dict[str, Any]) -> Any:
    before, now = definitions or ({}, {})
    return Comparer(before, now).compare(old, new, Direction.REQUEST)


@SLOW
@given(edited(), st.lists(VALUES, max_size=10))
def test_the_effect_holds_for_values(pair: tuple[Any, Any], values: list[Any]) -> None:
    old, new = pair
    effect = compared(old, new).effect
    before, now = Draft202012Validator(old), Draft202012Validator(new)
    for value in (*values, *ALWAYS):
        was, is_ = before.is_valid(value), now.is_valid(value)
        if was and not is_:
            assert effect not in (Effect.EQUAL, Effect.WIDENS), value
        if is_ and not was:
            assert effect not in (Effect.EQUAL, Effect.NARROWS), value


@SLOW
@given(edited())
def test_the_reverse_mirrors(pair: tuple[Any, Any]) -> None:
    there, back = compared(*pair).effect, compared(*reversed(pair)).effect
    assert back is there.reversed()


@SLOW
@given(edited())
def test_witnesses_show_what_they_say(pair: tuple[Any, Any]) -> None:
    old, new = pair
    for direction in Direction:
        comparer = Comparer({}, {})
        for edit in comparer.compare(old, new, direction).edits:
            found = comparer.witness(edit) if edit.breaks else None
            if found is not None:
                assert (found.valid_before, found.valid_now) == (
                    direction is Direction.REQUEST,
                    direction is Direction.RESPONSE,
                )


REWRITES: tuple[Any, ...] = (
    copy.deepcopy,
    lambda schema: dict(reversed(schema.items())),
    lambda schema: {"allOf": [schema]},
    lambda schema: {"anyOf": [schema]},
    lambda schema: {"oneOf": [schema]},
    lambda schema: {"allOf": [schema, {}]},
    lambda schema: {"allOf": [{key: value} for key, value in schema.items()]},
    lambda schema: {"anyOf": [schema, False]},
    lambda schema: {**schema, "description": "other words", "x-more": 1},
)
ALONE = {"additionalProperties", "items", "if", "then", "else", "contains", "minContains"}
ALONE |= {"maxContains", "unevaluatedProperties", "unevaluatedItems", "prefixItems"}
"""Keywords that look at others beside them, which a split would part from these."""


@SLOW
@given(schemas(), st.sampled_from(REWRITES))
def test_rewrites_find_nothing(schema: dict[str, Any], rewrite: Any) -> None:
    if rewrite is REWRITES[6] and ALONE & schema.keys():
        return
    for old, new in ((schema, rewrite(schema)), (rewrite(schema), schema)):
        result = compared(_wrapped(old), _wrapped(new))
        assert [edit for edit in result.edits if not edit.annotation] == []
        assert result.effect is Effect.EQUAL


def _wrapped(schema: Any) -> Any:
    return {"type": "object", "properties": {"a": schema, "b": {"type": "array", "items": schema}}}


@SLOW
@given(schemas(), schemas())
def test_components_are_what_they_stand_for(first: Any, second: Any) -> None:
    shared = {"First": {"type": "object", "properties": {"a": first}}, "Second": second}
    named = choice({"$ref": REF + "First"}, {"$ref": REF + "Second"})
    other = choice({"$ref": REF + "Uno"}, {"$ref": REF + "Dos"})
    written = choice(shared["First"], second)
    renamed = {"Uno": shared["First"], "Dos": second}
    for old, new, before, now in (
        (named, other, shared, renamed),
        (named, written, shared, {}),
        (written, other, {}, renamed),
    ):
        result = compared(old, new, before, now)
        assert (result.effect, result.edits, result.shared) == (Effect.EQUAL, (), ())


def choice(first: Any, second: Any) -> dict[str, Any]:
    return {"anyOf": [first, {"type": "array", "items": second}]}


@SLOW
@given(schemas())
def test_no_evaluator_tells_a_schema_from_itself(schema: dict[str, Any]) -> None:
    with mock.patch.object(Sameness, "equal", return_value=False):
        result = compared(schema, copy.deepcopy(schema))
    assert (result.effect, result.edits) == (Effect.EQUAL, ())
