"""Sample values are valid; sample requests are what is described, and curl sends them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import threading
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import descriptions
import strategies
from registry_api.v2 import API
from routebook import (
    BodyDescriptor,
    EncodingDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    SecurityRequirement,
    SecurityScheme,
    Type,
)
from routebook.views import reference
from routebook.views.conform import Conformity
from routebook.views.definitions import Definitions
from routebook.views.model import VariantView
from routebook.views.samples import REQUEST, RESPONSE, Sampler
from routebook.views.texts import matching
from support import require

TREE = {
    "Tree": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 3},
            "parent": {"$ref": "#/components/schemas/Tree"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        },
    },
    "Cat": {
        "type": "object",
        "required": ["kind", "lives"],
        "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer", "minimum": 1}},
    },
}


def definitions(**schemas: Any) -> Definitions:
    return Definitions(descriptions.api(schemas={**TREE, **schemas}))


def valid(schema: Any, known: Definitions) -> None:
    value = Sampler(known).value(schema)
    whole = {"components": {"schemas": known.named}, "allOf": [schema]}
    Draft202012Validator(whole).validate(value)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "minLength": 20},
        {"type": "string", "maxLength": 2},
        {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"},
        {"type": "string", "pattern": "^[a-z]+$", "minLength": 12},
        {"type": "string", "format": "date-time"},
        {"type": ["null", "integer"], "minimum": 7},
        {"type": "integer", "exclusiveMinimum": 1, "maximum": 9},
        {"type": "integer", "multipleOf": 7, "minimum": 8},
        {"type": "integer", "maximum": -3},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "number", "exclusiveMinimum": 1},
        {"type": "boolean"},
        {"type": "null"},
        {"enum": [None, "b"]},
        {"const": {"a": 1}},
        {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "prefixItems": [{"type": "string"}, {"const": 1}], "items": False},
        {"type": "array", "maxItems": 0, "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
        {"type": "object", "required": ["x"]},
        {"$ref": "#/components/schemas/Tree"},
        {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Cat"}]},
        {"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "string"}]},
        {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"required": ["kind"]}]},
        {
            "allOf": [
                {"properties": {"a": {"type": "integer"}}, "required": ["a"]},
                {"properties": {"a": {"minimum": 5}}, "type": "object"},
            ]
        },
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "required": ["a"],
            "oneOf": [
                {"properties": {"b": {"const": 1}}, "required": ["b"]},
                {"properties": {"c": {"const": 1}}, "required": ["c"]},
            ],
        },
        True,
        {},
    ],
    ids=str,
)
def test_sample_satisfies_its_schema(schema: Any) -> None:
    valid(schema, definitions())


@given(
    st.builds(
        lambda low, size, step: {
            "type": "integer",
            "minimum": low,
            "maximum": low + size,
            "multipleOf": step,
        },
        st.integers(-50, 50),
        st.integers(10, 40),
        st.integers(1, 10),
    )
)
def test_sample_number_is_within_its_bounds(schema: Any) -> None:
    valid(schema, definitions())


@pytest.mark.parametrize("name", sorted(Definitions(API).named))
def test_sample_of_every_registry_schema_is_valid(name: str) -> None:
    known = Definitions(API)
    valid({"$ref": f"#/components/schemas/{name}"}, known)


@given(
    st.from_regex(r"(\[[a-c0-9_-]{1,3}\]|[a-d]|\\d|\\w|\(x\|y\))([*+?]|\{2,3\})?", fullmatch=True)
)
def test_text_matches_its_pattern(pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        try:
            found = re.compile(f"^{pattern}$")
        except re.error:
            return
        text = matching(f"^{pattern}$")
    assert text is not None
    assert found.search(text)


def leaves() -> st.SearchStrategy[Any]:
    """Schemas of scalars that some value satisfies."""
    text = st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 30),
            "maxLength": st.integers(30, 60),
            "pattern": st.sampled_from(["^[a-z]{2,}", "^[A-Z0-9]", "x?y", "[^/]"]),
            "format": st.sampled_from(["uuid", "date-time", "uri", "email"]),
        },
    )
    number = st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(-9, 9),
            "exclusiveMinimum": st.integers(-9, 9),
            "maximum": st.integers(30, 60),
            "multipleOf": st.sampled_from([1, 2, 5, 7]),
        },
    )
    return st.one_of(
        text,
        number,
        st.sampled_from([True, {}, {"type": "boolean"}, {"type": ["string", "null"]}]),
        st.builds(lambda one: {"enum": [one, None]}, st.integers() | st.booleans()),
        st.sampled_from(["Tree", "Cat"]).map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    )


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of schemas that some value satisfies."""
    properties = st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)
    objects = st.builds(
        lambda some, count, others: {
            "type": "object",
            "properties": some,
            "required": list(some)[:count],
            **({"additionalProperties": others} if others is not None else {}),
        },
        properties,
        st.integers(0, 2),
        st.sampled_from([None, False, {"type": "string"}]),
    )
    tagged = st.lists(inner, min_size=1, max_size=3).map(
        lambda parts: {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"kind": {"const": f"k{at}"}, "value": part},
                    "required": ["kind"],
                }
                for at, part in enumerate(parts)
            ]
        }
    )
    lists = st.builds(
        lambda items, least: {"type": "array", "items": items, "minItems": least},
        inner,
        st.integers(0, 2),
    )
    parts = st.lists(inner, min_size=1, max_size=3)
    together = st.lists(inner, min_size=1, max_size=2).map(
        lambda some: {
            "allOf": [
                {"type": "object", "properties": {f"p{at}": one}, "required": [f"p{at}"]}
                for at, one in enumerate(some)
            ]
        }
    )
    return st.one_of(objects, tagged, lists, parts.map(lambda some: {"anyOf": some}), together)


@given(st.recursive(leaves(), composed, max_leaves=8))
def test_sample_satisfies_any_schema_that_can_be_satisfied(schema: Any) -> None:
    valid(schema, definitions())


@given(strategies.schemas, strategies.json_values)
def test_conformity_is_what_json_schema_says(schema: Any, value: Any) -> None:
    """JSON Schema 2020-12, validation: what is not looked at is taken for satisfied.

    Under these keywords that may make a value wrong that is right.
    """
    assume(not any(f"'{key}'" in repr(schema) for key in ("not", "oneOf", "if")))
    known = definitions(Pet={"type": "string"}, Owner={"type": "object"})
    whole = {"components": {"schemas": known.named}, "allOf": [schema]}
    if Draft202012Validator(whole).is_valid(value):
        assert Conformity(known)(value, schema)


@pytest.mark.parametrize(
    ("without", "names"),
    [("", ["id", "name", "secret"]), (REQUEST, ["name", "secret"]), (RESPONSE, ["id", "name"])],
)
def test_sample_of_a_message_leaves_out_what_the_other_side_sends(
    without: str, names: list[str]
) -> None:
    """OpenAPI 3.1, section 4.8.24: `readOnly` and `writeOnly`, and `required` with them."""
    schema = {
        "type": "object",
        "required": ["id", "name", "secret"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "name": {"type": "string"},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    assert list(Sampler(definitions()).value(schema, without)) == names


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "example": 7},
        {"type": "integer", "default": "x"},
        {
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        },
        {
            "if": {"properties": {"a": {"const": 1}}, "required": ["a"]},
            "then": {"required": ["b"]},
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"type": "string"}},
        },
        {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True},
        {"type": "array", "contains": {"const": 3}, "items": {"type": "integer"}},
        {
            "type": "object",
            "patternProperties": {"^x-[a-z]+$": {"type": "integer"}},
            "additionalProperties": False,
            "minProperties": 1,
        },
        {"type": "object", "propertyNames": {"pattern": "^[A-Z]{2,}$"}, "minProperties": 2},
        {
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "dependentRequired": {"a": ["b"]},
        },
    ],
    ids=str,
)
def test_sample_satisfies_keywords_that_go_together(schema: Any) -> None:
    valid(schema, definitions())


def test_sample_names_the_alternative_that_it_is() -> None:
    schema = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "allOf": [{}],
        "discriminator": {"propertyName": "kind", "mapping": {"dog": "#/components/schemas/Dog"}},
    }
    assert Sampler(definitions()).value(schema) == {"kind": "dog"}


def test_text_of_a_pattern_that_nothing_matches_is_none() -> None:
    assert matching("^(?!)$") is None
    assert matching("(") is None


def variants() -> Iterator[tuple[str, VariantView]]:
    for route in reference(API).routes:
        for operation in route.operations:
            for variant in operation.variants:
                yield operation.method.strip("`"), variant


CASES = [pytest.param(method, variant, id=variant.id) for method, variant in variants()]


@pytest.mark.parametrize(("method", "variant"), CASES)
def test_request_sample_is_a_request(method: str, variant: VariantView) -> None:
    """RFC 9112, section 2.1: request line, headers, an empty line, the body."""
    lines = variant.request.text.split("\n")
    assert lines[0].startswith(f"{method} /v2/")
    assert lines[0].endswith(" HTTP/1.1")
    head = lines[1 : lines.index("")] if "" in lines else lines[1:]
    names = [line.partition(": ")[0].lower() for line in head]
    assert names[0] == "host"
    assert len(set(names)) == len(names)


class Recorder(BaseHTTPRequestHandler):
    """Remembers the last request."""

    last: ClassVar[dict[str, Any]] = {}

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        Recorder.last = {
            "method": self.command,
            "target": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(length),
        }
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815  # as http.server calls them

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def send(command: str, folder: Path, server: str) -> dict[str, Any]:
    """Run a command of the reference as a shell does; what the server got."""
    require("curl", shutil.which("curl"))
    for word in shlex.split(command):
        if word.startswith("@") or "=@" in word:
            (folder / word.rpartition("@")[2]).write_bytes(b"\x00content")
    for host in ("https://registry.example.com", "https://api.example.com", "https://example.com"):
        command = command.replace(host, server)
    Recorder.last = {}
    done = subprocess.run(
        ["sh", "-c", command.replace("curl ", "curl -sS --max-time 20 ", 1)],
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "TOKEN": "secret",
            "API_KEY": "k&y",
            "USERNAME": "u",
            "PASSWORD": "p",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, (command, done.stderr)
    return Recorder.last


@pytest.mark.parametrize(("method", "variant"), CASES)
def test_curl_sends_the_described_request(
    method: str, variant: VariantView, server: str, tmp_path: Path
) -> None:
    got = send(variant.curl.text, tmp_path, server)
    assert got["method"] == method
    assert got["headers"]["authorization"] == "Bearer secret"
    target = urlsplit(got["target"])
    assert target.path.startswith("/v2/")
    assert "<" not in unquote(got["target"])
    sent = {name for name, _ in parse_qsl(target.query, keep_blank_values=True)}
    for field in variant.parameters:
        if field.required == "yes" and field.place == "query":
            assert field.name.strip("`") in sent
        if field.required == "yes" and field.place == "header":
            assert field.name.strip("`").lower() in got["headers"]
    if variant.body is not None and variant.body.required:
        assert got["body"] == b"\x00content"
        kind = variant.body.media[0].content_type.strip("`")
        assert got["headers"]["content-type"] == kind


def curl_of(**request: Any) -> str:
    security = request.pop("security", None)
    route = descriptions.route("thing", descriptions.request(**request), path="/things/{id}")
    api = descriptions.api(route, **(security or {}))
    return reference(api).routes[0].operations[0].variants[0].curl.text


ID = ParameterDescriptor(name="id", examples=("a b/c'd",))


def test_curl_quotes_what_a_shell_would_take(server: str, tmp_path: Path) -> None:
    command = curl_of(
        path_parameters=(ID,),
        query_parameters=(
            ParameterDescriptor(name="q", required=True, examples=("$(id) `x` & 'y' \"z\"",)),
            ParameterDescriptor(
                name="list", required=True, type=Type.ARRAY, examples=([1, "b"],), explode=False
            ),
        ),
        headers=(ParameterDescriptor(name="X-A", required=True, examples=("it's $HOME `id`",)),),
    )
    got = send(command, tmp_path, server)
    assert unquote(got["target"]).startswith("/things/a b/c'd?q=$(id) `x` & 'y' \"z\"&list=1,b")
    assert got["headers"]["x-a"] == "it's $HOME `id`"


def media(content_type: str, schema: Any, **more: Any) -> BodyDescriptor:
    return BodyDescriptor(
        required=True,
        content=(MediaTypeDescriptor(content_type=content_type, schema=schema, **more),),
    )


FORM = {
    "type": "object",
    "required": ["name", "file"],
    "properties": {
        "name": {"type": "string", "const": "a&b"},
        "file": {"type": "string", "contentMediaType": "image/png"},
    },
}


def test_curl_sends_json_forms_and_parts(server: str, tmp_path: Path) -> None:
    request = {"path_parameters": (ID,)}
    sent = send(curl_of(**request, body=media("application/json", FORM)), tmp_path, server)
    assert json.loads(sent["body"])["name"] == "a&b"
    kind = "application/x-www-form-urlencoded"
    sent = send(curl_of(**request, body=media(kind, FORM)), tmp_path, server)
    assert dict(parse_qsl(sent["body"].decode()))["name"] == "a&b"
    parts = (EncodingDescriptor(name="file", content_type="image/png"),)
    sent = send(
        curl_of(**request, body=media("multipart/form-data", FORM, encoding=parts)),
        tmp_path,
        server,
    )
    assert b'name="file"; filename="file.bin"' in sent["body"]
    assert b"\x00content" in sent["body"]


@pytest.mark.parametrize(
    ("scheme", "name", "expected"),
    [
        (SecurityScheme(name="s", type="http", scheme="basic"), "authorization", "Basic dTpw"),
        (SecurityScheme(name="s", type="oauth2"), "authorization", "Bearer secret"),
        (
            SecurityScheme(name="s", type="apiKey", parameter="X-Key", location="header"),
            "x-key",
            "k&y",
        ),
        (
            SecurityScheme(name="s", type="apiKey", parameter="key", location="cookie"),
            "cookie",
            "key=k&y",
        ),
    ],
    ids=str,
)
def test_curl_takes_credentials_from_the_environment(
    scheme: SecurityScheme, name: str, expected: str, server: str, tmp_path: Path
) -> None:
    security = {
        "security_schemes": (scheme,),
        "security": (SecurityRequirement(schemes={"s": ()}),),
    }
    got = send(curl_of(path_parameters=(ID,), security=security), tmp_path, server)
    assert got["headers"][name] == expected
