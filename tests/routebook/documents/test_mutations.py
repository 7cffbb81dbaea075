"""Documents that were damaged: read, or refused in words; nothing else ever comes out."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routebook import openapi
from routebook.documents import bundle, parse
from routebook.findings import DescriptionError, RoutebookError

OPENAPI = """\
openapi: 3.1.0
info: {title: Shop, version: '1', contact: {name: A, email: a@example.com}}
servers: [{url: 'https://{region}.example/v1', variables: {region: {default: eu, enum: [eu, us]}}}]
tags: [{name: pets, description: Pets, externalDocs: {url: 'https://example.com'}}]
security: [{}, {key: []}]
paths:
  /pets/{id}:
    parameters:
    - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}}
    - {$ref: '#/components/parameters/Limit'}
    get:
      operationId: get
      tags: [pets]
      responses:
        200:
          description: A pet.
          headers: {X-A: {schema: {type: string}}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
              examples: {one: {value: {name: Rex}}}
          links: {next: {operationId: get, parameters: {id: $response.body#/id}}}
        4XX: {$ref: '#/components/responses/Error'}
        default: {description: Other.}
    post:
      deprecated: true
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string}}}
            encoding: {file: {contentType: image/png, headers: {X: {schema: {}}}}}
      callbacks: {done: {'{$request.body#/url}': {post: {responses: {200: {description: D}}}}}}
      responses: {201: {description: Made.}}
webhooks: {new: {post: {responses: {200: {description: Seen.}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: [string, 'null'], examples: [Rex]}
        friend: {$ref: '#/components/schemas/Pet'}
        kind: &kind {oneOf: [{const: cat}, {enum: [dog, 3]}], discriminator: {propertyName: x}}
        other: *kind
      additionalProperties: false
  parameters: {Limit: {name: limit, in: query, explode: false, schema: {type: array, items: true}}}
  responses: {Error: {description: An error.}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a', scopes: {r: Read}}}}
x-own: {a: [1, {b: null}]}
"""
SWAGGER = """\
swagger: '2.0'
info: {title: Shop, version: '1'}
host: a.example
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
parameters:
  Pet: {name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}
  Sort: {name: sort, in: query, type: array, items: {type: string}, collectionFormat: pipes}
responses: {Error: {description: E, schema: {type: string}, examples: {text/plain: no}}}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, type: integer}]
    get:
      parameters: [{$ref: '#/parameters/Sort'}]
      produces: [text/plain]
      responses: {200: {description: D, headers: {X: {type: integer}}, schema: {type: file}}}
    put:
      parameters: [{$ref: '#/parameters/Pet'}]
      responses: {default: {$ref: '#/responses/Error'}}
    post:
      consumes: [multipart/form-data]
      parameters: [{name: f, in: formData, type: file, required: true}]
      responses: {204: {description: N}}
definitions:
  Pet: {type: object, discriminator: kind, properties: {kind: {type: string, x-nullable: true}}}
securityDefinitions: {o: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: {}}}
"""
EMPTY = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}}
DOCUMENTS = [OPENAPI, OPENAPI.replace("3.1.0", "3.0.3"), SWAGGER]
TEXTS = [*DOCUMENTS, *(json.dumps(parse(one, "a.yaml").data, indent=1) for one in DOCUMENTS)]
PIECES = ["{", "[", "]", "}", ":", "\n", " ", "\t", '"', "'", "&a ", "*a", "<<: ", "!!str ", "!x "]
PIECES += [
    "---\n",
    "- ",
    "? ",
    "|\n",
    ">-\n",
    "#",
    "\\u",
    "\\ud83d",
    "\x00",
    "\ufeff",
    "\U0001f600",
]
PIECES += ["$ref: '#/paths'", '"$ref": "#"', "null", "1e999", ".nan", "~", "0" * 5000, "\r", "%a\n"]
JUNK: list[Any] = [None, True, 0, -1, 1e300, "", "x", "\x00", [], {}, [[]], {"": {}}, {"a": None}]
JUNK += [{"$ref": "#"}, {"$ref": 1}, {"$ref": "#/paths"}, {"$ref": "b.yaml"}, {"x-routebook": {}}]
JUNK += [{"x-routebook": 1}, {"x-routebook": {"extra": 1, "component": [], "keywords": None}}]
JUNK += ["#/components/schemas/Pet", {"$ref": "#/components/schemas/Pet"}, ["a", 1, None], 10**30]

TIMES = int(os.environ.get("ROUTEBOOK_FUZZ_TIMES", "1"))
"""How many times as many examples to try as in everyday use."""
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=50 * TIMES)


def check(content: str | bytes, name: str = "a.yaml") -> None:
    """Read it; whatever is wrong with it must be said, and have a place."""
    try:
        reading = openapi.reading(parse(content, name))
    except DescriptionError as error:
        refused = error.findings
    else:
        for version in openapi.VERSIONS:
            with suppress(RoutebookError):
                openapi.write(reading.api, version)
        return
    assert refused
    for finding in refused:
        assert finding.message
        assert finding.location is not None
        assert finding.location.file == name


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A text with a few of its parts taken out, put in, doubled or cut off."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        middle = draw(st.sampled_from([*PIECES, "", text[start:end] * 2, text[end : end + 30]]))
        text = text[:start] + middle + text[end:]
    return text if draw(st.booleans()) else text[: draw(st.integers(0, len(text)))]


@given(damaged(), st.sampled_from(["a.yaml", "a.json"]))
@CALM
def test_damaged_texts(text: str, name: str) -> None:
    check(text, name)


@given(damaged().map(lambda text: text.encode("utf-8", "surrogatepass")), st.data())
@CALM
def test_damaged_bytes(content: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    check(content[:start] + data.draw(st.binary(min_size=1, max_size=4)) + content[start + 1 :])


def spots(node: Any) -> list[tuple[Any, Any]]:
    """Every container of a value, with each of its keys."""
    found: list[tuple[Any, Any]] = []
    pairs: Any = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in pairs:
        found.append((node, key))
        if isinstance(value, (dict, list)):
            found += spots(value)
    return found


@given(st.sampled_from(DOCUMENTS), st.data())
@settings(CALM, max_examples=100 * TIMES)
def test_wrong_values(text: str, data: st.DataObject) -> None:
    value = deepcopy(yaml.load(text, yaml.BaseLoader))  # noqa: S506  # a text of our own
    value = json.loads(json.dumps(value))
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(spots(value)))
        container[key] = deepcopy(data.draw(st.sampled_from(JUNK)))
    check(json.dumps(value, indent=1), "a.json")


@given(st.sampled_from(DOCUMENTS), st.data())
@settings(CALM, max_examples=40 * TIMES)
def test_keys_in_the_wrong_place(text: str, data: st.DataObject) -> None:
    value = parse(text, "a.yaml").data
    value = json.loads(json.dumps(value))
    places = [one for one in spots(value) if isinstance(one[0], dict)]
    first, key = data.draw(st.sampled_from(places))
    second, other = data.draw(st.sampled_from(places))
    second[key] = deepcopy(first[key])
    second[other] = deepcopy(first.get(key))
    check(json.dumps(value, indent=1), "a.json")


@pytest.mark.parametrize("path", [r"/a/{u\}/{s}", r"/{\}", r"/{a\}{b}{"])
def test_paths_whose_braces_are_escaped(path: str) -> None:
    check(json.dumps({**EMPTY, "paths": {path: {"get": {"responses": {}}}}}), "a.json")


@given(st.binary(max_size=200))
@CALM
def test_any_bytes(content: bytes) -> None:
    try:
        document = parse(content, "a")
    except DescriptionError as error:
        assert all(finding.location for finding in error.findings)  # noqa: PT017  # all of them
        return
    assert document.locate("") is not None
    assert bundle(document).data == document.data or isinstance(document.data, dict)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b"# c\n" + b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b"# c\n" + b"{" * 1_000_000,
        b"- " * 500_000,
        b"? " * 500_000,
        b"a: " * 300_000,
        b"&a " * 300_000,
        b"!a " * 300_000,
        b"# c\n" + b"*a\n" * 300_000,
        b"%a " * 300_000,
        b'"' * 1_000_000,
        b'a: "' + b"x" * 1_000_000,
        b"\x00" * 1_000_000,
        b'["' + b"\\ud83d" * 160_000 + b'"]',
        b'- "' + b"\\ud83d" * 160_000 + b'"',
        b"a: 1\n" * 100_000,
        b"{" + b'"a":1,' * 100_000 + b'"b":2}',
        b"# c\n{" + b"a," * 100_000 + b"}",
        b"1" * 1_000_000,
        b"# c\n- " + b"1" * 1_000_000,
        b"\n".join(b" " * n + b"a:" for n in range(2000)),
        b"- &a0 x\n" + b"".join(b"- &a%d [*a%d, *a%d]\n" % (n, n - 1, n - 1) for n in range(1, 50)),
    ],
    ids=lambda content: repr(content[:20]),
)
def test_large_bad_input(content: bytes) -> None:
    with pytest.raises(DescriptionError) as caught:
        parse(content, "a.txt")
    assert 1 <= len(caught.value.findings) <= 100
    assert all(finding.location is not None for finding in caught.value.findings)
