"""The URL builder of any API: what it encodes, and what it refuses with which words."""

from __future__ import annotations

from typing import Any

import pytest

from registry_api.v2 import API
from routebook import APIDescriptor, RoutebookError, RouteDescriptor
from routebook.uri import URIError, parse
from routebook.urls import BuildError, URLBuilder

THINGS = APIDescriptor(
    title="Things",
    version="1",
    routes=(
        RouteDescriptor(name="mine", path="/things/mine"),
        RouteDescriptor(name="thing", path="/things/{id}"),
        RouteDescriptor(name="part", path="/things/{id:[0-9]+}/parts/{name}"),
        RouteDescriptor(name="span", path="/compare/{base}...{head}"),
        RouteDescriptor(name="file", path="/files/{path:.+}"),
    ),
)
ROOT = "https://example.com/api/"


@pytest.mark.parametrize(
    ("name", "values", "query", "url"),
    [
        ("mine", {}, None, "things/mine"),
        ("thing", {"id": 7}, None, "things/7"),
        ("thing", {"id": "a b?#%é"}, None, "things/a%20b%3F%23%25%C3%A9"),
        ("thing", {"id": "..."}, None, "things/..."),
        ("thing", {"id": "\udcff"}, None, "things/%FF"),
        ("file", {"path": "a/b c"}, None, "files/a/b%20c"),
        (
            "mine",
            {},
            {"b": 2, "a": ["y", "x", 1], "é": "&=+ /"},
            "things/mine?a=y&a=x&a=1&b=2&%C3%A9=%26%3D%2B+%2F",
        ),
        ("mine", {}, [("b", "1"), ("a", "2"), ("b", "0")], "things/mine?a=2&b=1&b=0"),
        ("mine", {}, {}, "things/mine"),
        ("mine", {}, {"a": []}, "things/mine"),
        ("span", {"base": "a...b", "head": "c"}, None, "compare/a...b...c"),
    ],
)
def test_urls(name: str, values: Any, query: Any, url: str) -> None:
    assert URLBuilder(THINGS, ROOT).build(name, values, query) == ROOT + url
    assert URLBuilder(THINGS, ROOT, relative=True).build(name, values, query) == f"/{url}"


@pytest.mark.parametrize(
    ("name", "values", "message", "hint"),
    [
        ("thin", {}, "there is no route 'thin'", "did you mean 'thing'?"),
        ("zzz", {}, "there is no route 'zzz'", "known are: mine, thing, part, span, file"),
        ("part", {}, "part: values are missing: id, name", "give a value for every variable"),
        ("part", {"id": 1, "nam": 2}, "part: the path has no variable 'nam'", "mean 'name'?"),
        ("mine", {"id": 1}, "mine: the path has no variable 'id'", "there are none"),
        ("part", {"id": "1\n", "name": "x"}, r"'id' cannot be '1\n'", "pattern [0-9]+ matches"),
        ("thing", {"id": "a/b"}, "'id' cannot be 'a/b'", "pattern [^/]+ matches"),
        ("thing", {"id": ""}, "'id' cannot be ''", "pattern"),
        ("thing", {"id": True}, "the value of 'id' is True", "turn it into a text"),
        ("thing", {"id": None}, "the value of 'id' is None", "turn it into a text"),
        ("thing", {"id": ".."}, "'/things/..' would be cleaned to '/'", "'..' segments"),
        ("file", {"path": "a//b"}, "would be cleaned to '/files/a/b'", "empty"),
        ("thing", {"id": "mine"}, "'/things/mine' belongs to the route 'mine'", "build 'mine'"),
        ("span", {"base": "a", "head": "b...c"}, "would not give back the values", "literal"),
    ],
)
def test_refusals(name: str, values: Any, message: str, hint: str) -> None:
    with pytest.raises(BuildError) as caught:
        URLBuilder(THINGS, ROOT).build(name, values)
    assert message in str(caught.value)
    assert hint in caught.value.hint
    assert isinstance(caught.value, RoutebookError)


def test_a_value_without_a_utf_8_form_is_refused() -> None:
    with pytest.raises(URIError, match="no UTF-8 form"):
        URLBuilder(THINGS, ROOT).build("thing", {"id": "\ud800"})


@pytest.mark.parametrize(
    ("root", "message"),
    [
        (":x", "the scheme of ':x' is missing"),
        ("http://a b/", "the character ' ' in the host 'a b'"),
        ("http://%zz/", "a wrong percent-encoding in the host '%zz'"),
        ("http://h:x/", "the port of 'h:x' is not a number"),
        ("http://::1/", "the port of '::1' is not a number"),
        ("http://[::1/", "an IPv6 address without its ']'"),
        ("http://[::g]/", "no IPv6 address between the brackets"),
        ("http://u<r@h/", "user information with a wrong character"),
        ("http://h/%2", "an incomplete percent-encoding, '%2'"),
        ("http://h/\n", "a control character in the URI"),
        ("a:b:c/d", None),
        ("1:b/c", "a colon in the first segment"),
        ("http://[fe80::1%25en0]:80/", None),
        ("pg://a:1,b:2/", None),
    ],
)
def test_roots(root: str, message: str | None) -> None:
    if message is None:
        URLBuilder.from_string(THINGS, root)
        return
    with pytest.raises(RoutebookError) as caught:
        URLBuilder.from_string(THINGS, root)
    assert message in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "http://h/a/../b?q#f",
        "//h:1/x",
        "mailto:a@b",
        "/a%2Fb/c?",
        "http://u:%40@h%C3%A9:8/p?x=1#%22",
        "x/y",
        "./a:b",
        "*",
        "",
    ],
)
def test_a_uri_is_written_as_it_was(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(
    ("request_", "url"),
    [
        ({}, "http:///v2/"),
        ({"host": "h:5000"}, "http://h:5000/v2/"),
        ({"headers": {"Host": "from-header"}}, "http://from-header/v2/"),
        ({"host": "h", "scheme": "https", "path": "/p/v2/x/tags/list"}, "https://h/p/v2/"),
        ({"host": "h", "path": "/é/v2/"}, "http://h/%C3%A9/v2/"),
        (
            {"headers": [(b"x-forwarded-host", b"a , b"), (b"X-Forwarded-Proto", b"https")]},
            "https://a/v2/",
        ),
        (
            {"headers": [("Forwarded", "host=f;proto=https"), ("X-Forwarded-Host", "x")]},
            "https://f/v2/",
        ),
        ({"host": "h", "headers": {"forwarded": "oops", "x-forwarded-host": "x"}}, "http://h/v2/"),
        (
            {"host": "h", "headers": {"Forwarded": ["", "host=x"], "X-Forwarded-Host": []}},
            "http://h/v2/",
        ),
        (
            {"host": "h", "headers": {"Forwarded": "proto=https", "X-Forwarded-Host": "x"}},
            "https://h/v2/",
        ),
        ({"headers": {"X-Forwarded-Host": "a/../b c"}}, "http://a%2F..%2Fb%20c/v2/"),
    ],
)
def test_from_request(request_: Any, url: str) -> None:
    assert URLBuilder.from_request(API, **request_).build("base") == url


def test_a_scheme_with_control_characters_is_refused() -> None:
    with pytest.raises(BuildError, match="control character"):
        URLBuilder.from_request(API, headers={"X-Forwarded-Proto": "https\r\nX: y"})


def test_without_a_common_path_nothing_is_a_prefix() -> None:
    builder = URLBuilder.from_request(THINGS, host="h", path="/p/things/mine")
    assert builder.build("mine") == "http://h/things/mine"
