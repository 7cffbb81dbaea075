"""Swagger 2.0 as OpenAPI 3.0: what has no words there, what is wrong, and where it stood."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from routebook import openapi
from routebook.documents import parse
from routebook.openapi.swagger import convert
from swagger_snippets import HEAD, told


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "parameters: {A: {name: a, in: query, type: array, collectionFormat: tsv}}",
            "#/parameters/A/collectionFormat",
            "'tsv'",
        ),
        (
            "parameters: {A: {name: a, in: header, type: array, collectionFormat: pipes}}",
            "#/parameters/A/collectionFormat",
            "'pipes'",
        ),
        (
            "paths: {/a: {put: {parameters: [{in: body, name: a}, {in: body, name: b}]}}}",
            "#/paths/~1a/put/parameters/1",
            "left out",
        ),
        (
            "paths: {/a: {put: {parameters: [{in: body, name: a}, {in: formData, name: b}]}}}",
            "#/paths/~1a/put/parameters/1",
            "left out",
        ),
        (
            "definitions: {A: {$ref: '#/paths/~1a/get'}}",
            "#/definitions/A/$ref",
            "stands elsewhere",
        ),
        (
            "securityDefinitions: {A: {type: oauth2, flow: other}}",
            "#/securityDefinitions/A/flow",
            "'other'",
        ),
        (
            (
                "parameters: {A: {name: a, in: query, type: array,"
                " items: {type: array, collectionFormat: pipes}}}"
            ),
            "#/parameters/A/items/collectionFormat",
            "lists in lists",
        ),
        ("definitions: {A: {items: [{}, {}]}}", "#/definitions/A/items", "one schema"),
    ],
)
def test_what_has_no_words_is_told(text: str, place: str, message: str) -> None:
    (found,) = told(text)
    assert (found.place, found.level, found.rule) == (place, "warning", "swagger-conversion")
    assert message in found.message
    assert found.location is not None
    assert found.location.line == 3


def test_places_are_those_of_the_original() -> None:
    document, _ = convert(
        parse(
            HEAD
            + """\
paths:
  /a:
    post:
      parameters:
      - {name: a, in: body, schema: {}}
      - {name: q, in: query, type: string}
      responses:
        200:
          description: D
          schema: {type: string}
definitions:
  A: {}
""",
            "a.yaml",
        )
    )
    places = {
        "/paths/~1a/post/parameters/0": "a.yaml:8:9",
        "/paths/~1a/post/requestBody/content/*~1*": "a.yaml:7:9",
        "/paths/~1a/post/responses/200/content/*~1*/schema": "a.yaml:12:11",
        "/components/schemas/A": "a.yaml:14:3",
        "/openapi": "a.yaml:1:1",
    }
    assert {one: str(document.locate(one)) for one in places} == places


JUNK: list[Any] = [None, 1, "a", [], ["a"], {}, {"a": None}, {"a": 1}, {"a": []}]


@pytest.mark.parametrize("junk", JUNK, ids=str)
@pytest.mark.parametrize(
    "field",
    [
        "info",
        "host",
        "schemes",
        "consumes",
        "paths",
        "definitions",
        "parameters",
        "responses",
        "securityDefinitions",
    ],
)
def test_what_is_wrong_is_left_to_the_reader(field: str, junk: Any) -> None:
    data = {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {}, field: junk}
    text = yaml.safe_dump(data)
    made, _ = convert(parse(text, "a.yaml"))
    assert made.data["openapi"] == "3.0.3"


def test_a_swagger_document_is_read_and_is_valid_as_openapi() -> None:
    text = (
        HEAD
        + """\
host: pets.example
consumes: [application/json]
produces: [application/json]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, type: string}]
    put:
      operationId: put
      parameters: [{name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}]
      responses: {200: {description: D, schema: {$ref: '#/definitions/Pet'}}}
      security: [{key: []}]
securityDefinitions: {key: {type: apiKey, name: X, in: header}}
definitions: {Pet: {type: object, properties: {tag: {type: string, x-nullable: true}}}}
"""
    )
    reading = openapi.reading(text, name="pets.yaml")
    assert (reading.version, reading.findings) == ("2.0", ())
    for version in openapi.VERSIONS:
        assert openapi.validate(openapi.write(reading.api, version)) == ()
    assert str(reading.places.locate(reading.api.routes[0].methods[0])) == "pets.yaml:9:5"
    assert openapi.read(yaml.safe_load(text)) == reading.api
