"""Path templates: what they are made of, and what is said of those that are none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routebook import RoutebookError
from routebook.paths import Variable, parse, scoped


@pytest.mark.parametrize(
    ("text", "parts", "bare"),
    [
        ("/", ("/",), "/"),
        ("", (), ""),
        ("/v2/{name}/tags", ("/v2/", Variable("name"), "/tags"), "/v2/{name}/tags"),
        ("/{a:[0-9]{1,3}}", ("/", Variable("a", "[0-9]{1,3}")), "/{a}"),
        ("/{a:b:c}", ("/", Variable("a", "b:c")), "/{a}"),
        (r"/{a:\}}", ("/", Variable("a", r"\}")), "/{a}"),
        (r"/{a:\{x}", ("/", Variable("a", r"\{x")), "/{a}"),
        ("/{a}.{b}", ("/", Variable("a"), ".", Variable("b")), "/{a}.{b}"),
        ("/{a}{b}", ("/", Variable("a"), Variable("b")), "/{a}{b}"),
    ],
)
def test_parse(text: str, parts: tuple[str | Variable, ...], bare: str) -> None:
    template = parse(text)
    assert template.parts == parts
    assert template.bare == bare
    assert template.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/{", "the '{' at character 2 of the path '/{' is never closed"),
        ("/{a:[0-9]{2}", "is never closed"),
        ("/a}", "a '}' without its '{' at character 3 of the path '/a}'"),
        ("/{}", "the variable {} of the path '/{}' lacks its name"),
        ("/{:x}", "lacks its name"),
        ("/{a:}", "lacks its pattern"),
        ("/{a}/{a}", "the variable 'a' stands twice in the path '/{a}/{a}'"),
        (
            "/{a:(}",
            "the pattern of {a} in the path '/{a:(}' is not a regular expression: missing )",
        ),
    ],
)
def test_refuses(text: str, message: str) -> None:
    with pytest.raises(RoutebookError, match=re.escape(message)) as caught:
        parse(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("/", ((), ())),
        ("/a/b", ((), ("a",), ("b",))),
        ("/a//b/", ((), ("a",), (), ("b",), ())),
        ("/{x}.json/{y:a/b}", ((), (Variable("x"), ".json"), (Variable("y", "a/b"),))),
        ("a{x}b/c", (("a", Variable("x"), "b"), ("c",))),
    ],
)
def test_segments(text: str, segments: tuple[tuple[str | Variable, ...], ...]) -> None:
    assert parse(text).segments == segments


@pytest.mark.parametrize(
    ("pattern", "spans"),
    [
        ("", False),
        ("[^/]+", False),
        ("[a-z]+", False),
        (".*", True),
        ("a/b", True),
        ("[a/]+", True),
    ],
)
def test_multi_segment(pattern: str, spans: bool) -> None:
    assert Variable("a", pattern).multi_segment is spans


def test_regex_matches_the_path_and_gives_the_values() -> None:
    found = re.fullmatch(parse("/v2/{name:[a-z/]+}/tags.{x}").regex, "/v2/a/b/tags.json")
    assert found is not None
    assert found.groupdict() == {"v0": "a/b", "v1": "json"}


def test_flags_of_a_pattern_hold_for_it_alone() -> None:
    assert scoped("(?i)a") == "(?i:a)"
    assert scoped("a") == "a"
    assert re.fullmatch(parse("/a/{x:(?i)b}").regex, "/a/B")
    assert not re.fullmatch(parse("/a/{x:(?i)b}").regex, "/A/b")


NAMES = st.from_regex(r"[a-z][a-z0-9_-]*", fullmatch=True)
PATTERNS = st.sampled_from(["", ":[^/]+", ":[0-9]{1,3}", r":a\{b", ":(x|y)*", ":a:b"])
LITERALS = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]))


@given(st.lists(st.tuples(LITERALS, NAMES, PATTERNS), unique_by=lambda part: part[1]), LITERALS)
def test_the_parts_are_the_text(parts: list[tuple[str, str, str]], last: str) -> None:
    text = "".join(f"{literal}{{{name}{pattern}}}" for literal, name, pattern in parts) + last
    template = parse(text)
    written = (
        part if isinstance(part, str) else f"{{{part.name}{part.pattern and ':' + part.pattern}}}"
        for part in template.parts
    )
    assert "".join(written) == text
    assert [variable.name for variable in template.variables] == [name for _, name, _ in parts]


@given(st.text("/{}:\\[]a", max_size=12))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        template = parse(text)
    except RoutebookError:
        return
    re.compile(template.regex)
    segments = (
        "".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in segment)
        for segment in template.segments
    )
    assert "/".join(segments) == template.bare
