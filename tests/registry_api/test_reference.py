"""Names, tags, digests and references, against the reference implementation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_vectors import load, text_in
from registry_api.v2 import reference
from registry_api.v2.reference import Digest, InvalidReferenceError, Reference, parse

VECTORS = load("names", Path(__file__).with_name("vectors-names.json"))
HEX = "0123456789abcdef" * 4

EXCEPTIONS: dict[str, str] = {}
"""Vectors that we answer otherwise on purpose: id to the reason."""


def matches(text: str) -> dict[str, bool]:
    return {
        "digest": reference.is_digest(text),
        "domain": reference.is_domain(text),
        "identifier": reference.is_identifier(text),
        "name": reference.is_name(text),
        "reference_digest": reference.is_reference_digest(text),
        "tag": reference.is_tag(text),
    }


def outcome(function: Callable[[str], dict[str, str]], text: str) -> dict[str, str]:
    try:
        return function(text)
    except InvalidReferenceError as error:
        return {"error": error.message}


def parsed(text: str) -> dict[str, str]:
    found = parse(text)
    parts = {"tag": found.tag, "digest": found.digest}
    whole = {"name": found.name, "string": str(found)}
    said = {name: value for name, value in parts.items() if value}
    return {"domain": found.domain, "path": found.path, **whole, **said}


def named(text: str) -> dict[str, str]:
    found = reference.parse_name(text)
    return {"domain": found.domain, "path": found.path}


def digested(text: str) -> dict[str, str]:
    return reference.parse_digest(text)._asdict()


def test_every_vector_agrees() -> None:
    wrong = {}
    for vector in VECTORS:
        text = text_in(vector["input"], "text") or ""
        got = {
            "matches": matches(text),
            "reference_parse": outcome(parsed, text),
            "with_name": outcome(named, text),
            "digest_parse": outcome(digested, text),
        }
        if got != vector["expected"] and vector["id"] not in EXCEPTIONS:
            wrong[vector["id"]] = (text, got)
    assert wrong == {}
    assert len(VECTORS) > 250


def test_the_parts_of_a_reference() -> None:
    text = f"registry:5000/a/b:tag@sha256:{HEX}"
    found = parse(text)
    assert found == Reference(domain="registry:5000", path="a/b", tag="tag", digest=f"sha256:{HEX}")
    assert (found.name, str(found)) == ("registry:5000/a/b", text)


def test_a_reference_with_another_tag_or_digest() -> None:
    found = parse("a:1")
    assert str(found.with_tag("2")) == "a:2"
    assert str(found.with_digest(f"sha256:{HEX}")) == f"a:1@sha256:{HEX}"
    with pytest.raises(InvalidReferenceError, match="invalid tag format"):
        found.with_tag("-")
    with pytest.raises(InvalidReferenceError, match="invalid digest format"):
        found.with_digest("sha256:x")


def test_a_digest_is_written_as_it_was() -> None:
    assert reference.parse_digest(f"sha256:{HEX}") == Digest("sha256", HEX)
    assert str(Digest("sha256", HEX)) == f"sha256:{HEX}"


@pytest.mark.parametrize("length", [254, 255, 256])
def test_the_domain_does_not_count_for_the_length(length: int) -> None:
    text = f"example.com/{'a' * length}"
    if length <= 255:
        assert parse(text).path == "a" * length
    else:
        with pytest.raises(InvalidReferenceError, match="more than 255"):
            parse(text)


@pytest.mark.parametrize("text", ["a" * 64_000 + "!", "a/" * 32_000, "A" * 64_000, "a." * 32_000])
def test_long_texts_end_soon(text: str) -> None:
    with pytest.raises(InvalidReferenceError):
        parse(text)


@given(st.text("abA19._-/:@[]\n", max_size=24))
def test_a_reference_is_written_as_it_was_read(text: str) -> None:
    try:
        found = parse(text)
    except InvalidReferenceError:
        return
    assert str(found) == text
    assert parse(str(found)) == found
