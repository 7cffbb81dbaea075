"""What comes from strangers: malformed keywords, costly patterns, deep schemas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema_strategies import VALUES, schemas

from routebook.diff.schemas import Comparer, Direction, Effect

KEYWORDS = (
    *("type", "enum", "minimum", "exclusiveMaximum", "multipleOf", "minLength", "pattern"),
    *("format", "maxItems", "uniqueItems", "contains", "minContains", "prefixItems", "items"),
    *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
    *("dependentRequired", "dependentSchemas", "allOf", "anyOf", "oneOf", "not", "if", "then"),
    *("unevaluatedProperties", "$ref", "discriminator", "contentEncoding", "readOnly"),
)
ODD = st.sampled_from([10**30, 1e300, "[", "(?<a>x)", "#/components/schemas/A", ["a", 1], {"a": 1}])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    schemas(1),
    st.dictionaries(st.sampled_from(KEYWORDS), VALUES | ODD, max_size=4),
    st.dictionaries(st.sampled_from(KEYWORDS), VALUES | ODD, max_size=4),
)
def test_malformed_keywords_do_no_harm(
    schema: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    old, new = {**schema, **first}, {**schema, **second}
    comparer = Comparer({"A": old, "B": 5}, {"A": new})
    for direction in Direction:
        for edit in comparer.compare(old, new, direction).edits:
            assert not edit.breaks or comparer.witness(edit) is None or edit.shows


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("^(a|b)*a(a|b){25}$", "^(a|b)*b(a|b){25}$"),
        (".*a" + "." * 30, ".*b" + "." * 30),
        ("^((a{1,20}){1,20}){1,20}$", "^a$"),
        (r"^(?=a)\w+$", r"^(?!b)\w+$"),
        (r"^(a)\1$", r"^(b)\1$"),
        ("^" + "a" * 500, "^" + "b" * 500),
    ],
)
def test_patterns_that_cannot_be_compared_are_told_as_such(old: str, new: str) -> None:
    comparer = Comparer({}, {})
    (edit,) = comparer.compare(text(old), text(new), Direction.REQUEST).edits
    assert (edit.keyword, edit.effect, bool(edit.reason)) == ("pattern", Effect.UNKNOWN, True)
    comparer.witness(edit)


def test_a_pattern_of_repeats_in_repeats_ends() -> None:
    comparer = Comparer({}, {})
    (edit,) = comparer.compare(text("a+"), text("^(a+)+$"), Direction.REQUEST).edits
    witness = comparer.witness(edit)
    assert witness is not None
    assert len(witness.value) < 30


def text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "maxLength": 400}


@pytest.mark.parametrize("keyword", ["items", "not", "allOf", "anyOf"])
def test_very_deep_schemas_end(keyword: str) -> None:
    old: Any = {"type": "string"}
    new: Any = {"type": "integer"}
    for _ in range(700):
        listed = keyword[-2:] == "Of"
        old, new = ({keyword: [one] if listed else one} for one in (old, new))
    comparer = Comparer({}, {})
    found = comparer.compare(old, new, Direction.REQUEST)
    assert found.effect in (Effect.INCOMPARABLE, Effect.UNKNOWN)
    for edit in found.edits:
        comparer.witness(edit)
