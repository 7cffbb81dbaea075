"""The Forwarded header, against the registry's reference implementation."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_vectors import load, text_in
from routebook.urls import Forwarded, ForwardedError, parse_forwarded

VECTORS = load("forwarded", Path(__file__).with_name("vectors-forwarded.json"))

EXCEPTIONS: dict[str, str] = {}
"""Vectors that we answer otherwise on purpose: id to the reason."""


def read(header: str | bytes) -> Forwarded | None:
    try:
        return parse_forwarded(header)
    except ForwardedError:
        return None


def test_every_vector_agrees() -> None:
    wrong = []
    for vector in VECTORS:
        given_, expected = vector["input"], vector["expected"]
        wanted = Forwarded(expected["params"], expected["rest"]) if expected["ok"] else None
        header = text_in(given_, "header") or ""
        if read(header) != wanted or read(header.encode("utf-8", "surrogateescape")) != wanted:
            wrong.append(vector["id"])
    assert [name for name in wrong if name not in EXCEPTIONS] == []
    assert len(VECTORS) > 80


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("for", "the end of the Forwarded header, where '=' should be"),
        ("a=b;=c", "'=' at character 5 of the Forwarded header, where the name of a parameter"),
        ("a=b c", "'c' at character 5 of the Forwarded header, where ',' or ';' should be"),
        ('a="b', "the end of the Forwarded header, where the closing quote should be"),
        ("a=b;A=c", "'a' stands twice, again at character 7"),
        ('a="\\\x01"', "where a character after the backslash should be"),
    ],
)
def test_errors_say_where(header: str, message: str) -> None:
    with pytest.raises(ForwardedError) as caught:
        parse_forwarded(header)
    assert message in caught.value.message


def test_bytes_need_not_be_utf_8() -> None:
    assert parse_forwarded(base64.b64decode("hWE9hQ==")).parameters == {"\ufffda": "\udc85"}


@given(st.text('abPROTO;,="\\ \té[:.', max_size=20))
def test_every_header_is_read_or_refused(header: str) -> None:
    found = read(header)
    assert found is None or header.endswith(found.rest)
