"""That at most one route matches any path: proved, or refuted by a path."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_api.v2 import API
from routebook import APIDescriptor, RouteDescriptor
from routebook.checks.disjoint import Overlap, overlaps
from routebook.paths import parse


def found(*paths: str) -> tuple[Overlap, ...]:
    routes = tuple(RouteDescriptor(name=f"r{n}", path=path) for n, path in enumerate(paths))
    return overlaps(APIDescriptor(title="t", version="1", routes=routes))


def matches(path: str, text: str) -> bool:
    template = parse(path)
    if template.regex == "/":
        return text == "/"
    regex = template.regex.removesuffix("/") + "/?"
    return re.fullmatch(regex, text, re.ASCII) is not None


def test_the_registry_is_disjoint() -> None:
    assert overlaps(API) == ()


@pytest.mark.parametrize(
    "paths",
    [
        ("/a", "/b"),
        ("/users/{id}", "/users/me"),
        ("/users/{id}/posts", "/users/me/{what}"),
        ("/{a}/x", "/{b}/y"),
        ("/{a}", "/{b}/c"),
        ("/u/{id:[0-9]+}", "/u/me"),
        ("/u/{id:[0-9]+}", "/u/{name:[a-z]+}"),
        ("/u/{id:(?!me$)[a-z]+}", "/u/me"),
        (r"/u/{id:\d{128}}", r"/u/{id:\d{2,127}}"),
        ("/{rest:.*}/a", "/{rest:.*}/b"),
        ("/{n:[a-z/]+}/tags", "/{n:[a-z/]+}/blobs/{d:[0-9]+}"),
        ("/u/{a:(?i)abc}", "/u/{b:abd}"),
        ("/u/{a:(?i:x)y}", "/u/xY"),
        ("/u/{a:[]b]}", "/u/c"),
        ("/u/{a:(?#any[thing)b}", "/u/c"),
        ("/", "/a"),
        ("/a//b", "/a/{x}/b"),
        ("/{x}.json", "/{y}/z.json"),
        ("no-slash", "/{rest:.*}"),
        ("/open{", "/{rest:.*}"),
    ],
)
def test_disjoint(paths: tuple[str, ...]) -> None:
    assert found(*paths) == ()


@pytest.mark.parametrize(
    ("paths", "example", "plain"),
    [
        (("/v1/{name}", "/v1/{parent}"), "/v1/a", True),
        (("/users", "/users/"), "/users", True),
        (("/{x}.json", "/{y}"), "/a.json", True),
        (("/{x}/{y}", "/{x}/{y}...{z}"), "/a/a...a", True),
        (("/u/{id:[a-z]+}", "/u/me"), "/u/me", False),
        (("/u/{id:[a-z]+}", "/u/{id}"), "/u/a", False),
        (("/{rest:.*}", "/v2/x"), "/v2/x", False),
        (("/", "/{rest:.*}"), "/", False),
        (("/a/{x:[a-z]*}", "/a"), "/a/", False),
        (("/{n:[a-z/]+}/t", "/{n:[a-z/]+}/t/t"), "/a/t/t", False),
        ((r"/{a:x{128}}", r"/{a:x{2,128}}"), "/" + "x" * 128, False),
        (("/u/{a:(?i)abc}", "/u/ABC"), "/u/ABC", False),
        (("/{a:\\w+}/{b:\\d+}", "/{c:\\d+}/{d:\\w+}"), "/0/0", False),
        (("/u/{a:[^/b]+}", "/u/{b:é|b}"), "/u/é", False),
    ],
)
def test_overlap(paths: tuple[str, str], example: str, plain: bool) -> None:
    (overlap,) = found(*paths)
    assert (overlap.example, overlap.plain) == (example, plain)
    assert all(matches(path, overlap.example) for path in paths)


def test_three_of_one_shape_are_told_once_each() -> None:
    said = found("/{a}", "/{b}", "/{c}")
    assert [(o.first.name, o.second.name) for o in said] == [("r0", "r1"), ("r0", "r2")]


@pytest.mark.parametrize(
    "paths",
    [
        (r"/{a:(x|y)\1}", r"/{a:(x|y)(?=q)q}"),
        (r"/{a:(?:(?:x{0,99}){0,99}){0,99}y}", r"/{a:(?:z{4}){0,99}(?!y)y}"),
    ],
)
def test_what_cannot_be_proved_is_said(paths: tuple[str, str]) -> None:
    (overlap,) = found(*paths)
    assert overlap.example == ""


ATOMS = st.sampled_from(["a", "b", "/", "[ab]", "[^/]", ".", "[a/]", "(?:)", "b{0,5}", "a{4}"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=5,
)
PARTS = st.one_of(
    st.sampled_from(["a", "b", "ab"]), st.just("{V}"), PATTERNS.map(lambda p: f"{{V:{p}}}")
)
TEMPLATES = st.lists(PARTS, min_size=1, max_size=3).map(
    lambda parts: "".join(f"/{part.replace('V', f'v{n}')}" for n, part in enumerate(parts))
)
TEXTS = ["/" + "".join(chars) for size in range(6) for chars in product("ab/", repeat=size)]


@settings(max_examples=400, deadline=None)
@given(TEMPLATES, TEMPLATES)
def test_agrees_with_trying_all_short_paths(first: str, second: str) -> None:
    """At most one route matches any path."""
    said = found(first, second)
    both = [text for text in TEXTS if matches(first, text) and matches(second, text)]
    if said and said[0].example:
        example = said[0].example
        assert matches(first, example)
        assert matches(second, example)
        assert not both or len(example) <= min(map(len, both))
    elif not said and not _ranked(first, second):
        assert both == []


def _ranked(first: str, second: str) -> bool:
    """Whether both are plain, and a literal stands against a variable."""
    if ":" in first + second:
        return False
    pairs = zip(first.split("/"), second.split("/"), strict=False)
    return any(("{" in one) != ("{" in other) for one, other in pairs)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.text("abc/\n", max_size=6))
def test_machines_accept_what_re_accepts(pattern: str, text: str) -> None:
    from routebook.checks.disjoint.automata import Alphabet, Machine
    from routebook.checks.disjoint.expressions import characters, parse

    tree = parse(pattern)
    alphabet = Alphabet(characters(tree))
    exact = re.fullmatch(pattern, text) is not None
    assert Machine(tree, alphabet, loose=False).contains(text) is exact
    if exact:
        assert Machine(tree, alphabet, loose=True).contains(text)
