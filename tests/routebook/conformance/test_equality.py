"""Equality of JSON values, against that of `jsonschema`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from routebook.conformance import compiled, distinct, equal, found, value_key

values = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 0.0, 1.0, 1.5, "", "1", 10**20, 1e20]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(values, values)
def test_equality_is_that_of_json(one: Any, other: Any) -> None:
    """JSON Schema 2020-12 core, section 4.2.2."""
    wanted = Draft202012Validator({"const": one}).is_valid(other)
    assert equal(one, other) == wanted
    assert (value_key(one) == value_key(other)) == wanted
    assert distinct([one, other]) != wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ((1, True), [1, True], True),
        ((1, True), [1, 1], False),
        (MappingProxyType({"a": 1}), {"a": 1.0}, True),
        (MappingProxyType({"a": 1}), {"a": True}, False),
        ({"a": None}, {"b": None}, False),
        ([1], {"0": 1}, False),
        ([1], [1, 2], False),
    ],
    ids=str,
)
def test_descriptors_may_hold_tuples_and_mappings(one: Any, other: Any, wanted: bool) -> None:
    assert equal(one, other) is wanted
    assert equal(other, one) is wanted
    assert (value_key(one) == value_key(other)) is wanted


def test_order_and_kind_of_mapping_say_nothing() -> None:
    several: list[Mapping[str, Any]] = [{"a": 1, "b": [2]}, MappingProxyType({"b": [2.0], "a": 1})]
    assert not distinct(several)


def test_a_pattern_that_cannot_be_read_is_taken_to_be_found() -> None:
    assert compiled("(") is None
    assert found("(", "a")
    assert found("b", "abc")
    assert not found("^b", "abc")
