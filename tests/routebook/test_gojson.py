from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routebook.findings import RoutebookError
from routebook.gojson import Members, dumps, loads, plain

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(-1e15, 1e15)  # beyond, Go's digits are not all of the float's
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ({"b": 1, "a": [False, {}]}, '{"a":[false,{}],"b":1}'),
        ('<a>&\u2028\u2029\x00\x7f\b\f\n\r\t"\\é😀',
         '"\\u003ca\\u003e\\u0026\\u2028\\u2029\\u0000\x7f\\b\\f\\n\\r\\t\\"\\\\é😀"'),
        ({"<": "\ufffd"}, '{"\\u003c":"\ufffd"}'),
        (b"a\xff\xe2\x82".decode("utf-8", "surrogateescape"), '"a\\ufffd\\ufffd\\ufffd"'),
        (1.0, "1"),
        (-0.0, "-0"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (2**70, "1180591620717411303424"),
        ((1, 2), "[1,2]"),
    ],
)  # fmt: skip  # one row a case
def test_writes_as_go(value: Any, text: str) -> None:
    assert dumps(value) == text


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [math.nan]}, r"\$\.a\[0\]: nan has no form in JSON"),
        ({"a": {1: 2}}, r"\$\.a: the key 1 of an object is not a text"),
        ([b"x"], r"\$\[0\]: a value of type bytes is not JSON data"),
    ],
)
def test_refuses_what_is_no_json(value: Any, message: str) -> None:
    with pytest.raises(RoutebookError, match=message):
        dumps(value)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1,]", "{'a':1}", "01", "NaN", "-Infinity", "1e999", "9" * 400, '"\t"', "\ufeff{}",
     "{} x", "[" * 100_000, "\u00a0{}"],
    ids=lambda text: text[:9],
)  # fmt: skip  # one table
def test_reads_nothing_but_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)


def test_reads_members_in_order_and_twice() -> None:
    assert loads('{"b":1,"a":{"c":2},"b":3}') == Members(
        (("b", 1), ("a", Members([("c", 2)])), ("b", 3))
    )
    assert plain(loads('{"b":1,"a":[{"c":2}],"b":3}')) == {"b": 3, "a": [{"c": 2}]}
    assert plain(loads(b'{"a":"\xff\\ud800"}')) == {"a": "\ufffd\ufffd"}


@given(VALUES)
def test_what_is_written_is_read(value: Any) -> None:
    """RFC 8259: "JSON can represent four primitive types ... and two structured types"."""
    assert json.loads(dumps(value)) == value
    assert plain(loads(dumps(value))) == value
    assert all(char not in dumps(value) for char in "<>&\u2028\u2029")
