"""Swagger 2.0 as OpenAPI 3.0: what each field becomes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from swagger_snippets import converted, operation, told


@pytest.mark.parametrize(
    ("root", "urls"),
    [
        ("host: a.example\nbasePath: /v1\nschemes: [https, http]", ["https", "http"]),
        ("host: a.example\nbasePath: v1/\nschemes: [https]", ["https"]),
    ],
)
def test_host_path_and_schemes_are_servers(root: str, urls: list[str]) -> None:
    assert converted(root)["servers"] == [{"url": f"{one}://a.example/v1"} for one in urls]


@pytest.mark.parametrize(
    ("root", "servers"),
    [
        ("host: a.example", [{"url": "//a.example"}]),
        ("basePath: /v1", [{"url": "/v1"}]),
        ("basePath: /", None),
        ("schemes: [https]", None),
    ],
)
def test_servers_without_a_scheme_or_host(root: str, servers: Any) -> None:
    assert converted(root).get("servers") == servers


def test_an_operation_with_schemes_of_its_own() -> None:
    made = operation("schemes: [wss]", "host: a.example\nschemes: [https]\n")
    assert made == {"servers": [{"url": "wss://a.example"}]}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (
            "{name: a, in: query, type: integer, minimum: 1, description: D, x-a: 1}",
            ("{name: a, in: query, description: D, x-a: 1, schema: {type: integer, minimum: 1}}"),
        ),
        (
            "{name: a, in: query, type: string, allowEmptyValue: true, x-nullable: true}",
            "{name: a, in: query, allowEmptyValue: true, schema: {type: string, nullable: true}}",
        ),
        (
            "{name: a, in: query, type: array, items: {type: string}}",
            "{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}",
        ),
        (
            "{name: a, in: query, type: array, collectionFormat: multi, items: {type: string}}",
            "{name: a, in: query, explode: true, schema: {type: array, items: {type: string}}}",
        ),
        (
            "{name: a, in: query, type: array, collectionFormat: pipes, items: {type: string}}",
            (
                "{name: a, in: query, style: pipeDelimited, explode: false,"
                " schema: {type: array, items: {type: string}}}"
            ),
        ),
        (
            "{name: a, in: query, type: array, collectionFormat: ssv, items: {type: string}}",
            (
                "{name: a, in: query, style: spaceDelimited, explode: false,"
                " schema: {type: array, items: {type: string}}}"
            ),
        ),
        (
            "{name: a, in: path, required: true, type: array, items: {type: string}}",
            "{name: a, in: path, required: true, schema: {type: array, items: {type: string}}}",
        ),
    ],
)
def test_parameters(given: str, made: str) -> None:
    assert operation(f"parameters: [{given}]") == {"parameters": [yaml.safe_load(made)]}


def test_bodies_take_what_is_consumed() -> None:
    schema = "{$ref: '#/definitions/Pet'}"
    fields = f"name: pet, in: body, required: true, description: D, schema: {schema}"
    body = f"parameters: [{{{fields}}}]"
    media = {"schema": {"$ref": "#/components/schemas/Pet"}}
    expected = {"description": "D", "required": True, "x-body-name": "pet"}
    made = operation(f"consumes: [a/b, c/d]\n{body}")
    assert made == {"requestBody": {**expected, "content": {"a/b": media, "c/d": media}}}
    made = operation(body, "consumes: [e/f]\n")
    assert made == {"requestBody": {**expected, "content": {"e/f": media}}}
    assert operation(body) == {"requestBody": {**expected, "content": {"*/*": media}}}


def test_form_fields_are_one_body() -> None:
    made = operation(
        """\
consumes: [multipart/form-data, application/json]
parameters:
- {name: file, in: formData, type: file, required: true, description: F}
- {name: tags, in: formData, type: array, items: {type: string}, collectionFormat: multi}
- {name: id, in: query, type: string}
"""
    )
    assert made == {
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "file": {"type": "string", "format": "binary", "description": "F"},
                            "tags": {"type": "array", "items": {"type": "string"}},
                        },
                        "required": ["file"],
                    },
                    "encoding": {"tags": {"style": "form", "explode": True}},
                }
            },
        },
        "parameters": [{"name": "id", "in": "query", "schema": {"type": "string"}}],
    }


@pytest.mark.parametrize(
    ("type", "media"),
    [("file", "multipart/form-data"), ("string", "application/x-www-form-urlencoded")],
)
def test_forms_without_a_media_type_for_them(type: str, media: str) -> None:
    made = operation(f"consumes: [a/b]\nparameters: [{{name: a, in: formData, type: {type}}}]")
    assert list(made["requestBody"]["content"]) == [media]


def test_bodies_of_a_path_belong_to_its_operations() -> None:
    made = converted(
        """\
parameters:
  Form: {name: f, in: formData, type: string}
paths:
  /a:
    parameters:
    - {name: q, in: query, type: string}
    - {$ref: '#/parameters/Form'}
    put: {responses: {}}
    post:
      parameters: [{name: f, in: formData, type: integer}]
      responses: {}
"""
    )
    item = made["paths"]["/a"]
    assert [one["name"] for one in item["parameters"]] == ["q"]
    form = "application/x-www-form-urlencoded"
    types = {
        method: item[method]["requestBody"]["content"][form]["schema"]["properties"]
        for method in ("put", "post")
    }
    assert types == {"put": {"f": {"type": "string"}}, "post": {"f": {"type": "integer"}}}
    assert "components" not in made


def test_shared_parameters_are_parameters_or_bodies() -> None:
    made = converted(
        """\
consumes: [a/b]
parameters:
  Limit: {name: limit, in: query, type: integer}
  Pet: {name: body, in: body, schema: {type: object}}
paths:
  /a:
    put: &put
      parameters: [{$ref: '#/parameters/Limit'}, {$ref: '#/parameters/Pet'}]
      responses: {}
    post: {<<: *put, consumes: [c/d]}
"""
    )
    item = made["paths"]["/a"]
    assert item["put"]["parameters"] == [{"$ref": "#/components/parameters/Limit"}]
    assert item["put"]["requestBody"] == {"$ref": "#/components/requestBodies/Pet"}
    assert list(item["post"]["requestBody"]["content"]) == ["c/d"]
    assert made["components"]["requestBodies"] == {
        "Pet": {"content": {"a/b": {"schema": {"type": "object"}}}}
    }


def test_responses_say_what_is_produced() -> None:
    made = converted(
        """\
produces: [a/b]
responses:
  Error: {description: E, schema: {type: string}}
  Empty: {description: N}
paths:
  /a:
    get:
      produces: [c/d]
      responses:
        200:
          description: D
          schema: {type: file}
          headers: {X: {type: array, items: {type: string}, description: H}}
          examples: {c/d: 1, e/f: 2}
        400: {$ref: '#/responses/Error'}
        404: {$ref: '#/responses/Empty'}
        x-a: 1
    put:
      responses: {default: {$ref: '#/responses/Error'}}
"""
    )
    binary = {"type": "string", "format": "binary"}
    got = made["paths"]["/a"]["get"]["responses"]
    assert got == {
        "200": {
            "description": "D",
            "headers": {
                "X": {
                    "description": "H",
                    "schema": {"type": "array", "items": {"type": "string"}},
                }
            },
            "content": {
                "c/d": {"schema": binary, "example": 1},
                "e/f": {"schema": binary, "example": 2},
            },
        },
        "400": {"description": "E", "content": {"c/d": {"schema": {"type": "string"}}}},
        "404": {"$ref": "#/components/responses/Empty"},
        "x-a": 1,
    }
    assert made["paths"]["/a"]["put"]["responses"] == {
        "default": {"$ref": "#/components/responses/Error"}
    }
    assert list(made["components"]["responses"]["Error"]["content"]) == ["a/b"]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("{discriminator: kind}", {"discriminator": {"propertyName": "kind"}}),
        ("{type: string, x-nullable: true}", {"type": "string", "nullable": True}),
        ("{type: string, x-nullable: false}", {"type": "string"}),
        ("{type: [string, 'null']}", {"type": "string", "nullable": True}),
        ("{type: [string, integer]}", {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        (
            "{properties: {a: {$ref: '#/definitions/B/properties/c'}}, not: {}}",
            {
                "properties": {"a": {"$ref": "#/components/schemas/B/properties/c"}},
                "not": {},
            },
        ),
        (
            "{allOf: [{$ref: '#/definitions/B'}], enum: [{$ref: x}], example: {x-nullable: true}}",
            {
                "allOf": [{"$ref": "#/components/schemas/B"}],
                "enum": [{"$ref": "x"}],
                "example": {"x-nullable": True},
            },
        ),
    ],
)
def test_schemas(given: str, made: Any) -> None:
    found = converted(f"definitions: {{A: {given}}}")["components"]["schemas"]["A"]
    assert found == made
    assert "type" not in made or found["type"] == made["type"]


def test_names_that_components_may_not_have() -> None:
    text = """\
definitions:
  Page«Pet»: {type: object}
  Page-Pet: {type: object}
  A: {items: {$ref: '#/definitions/Page%C2%ABPet%C2%BB'}}
  B: {items: {$ref: '#/definitions/Page«Pet»'}}
"""
    schemas = converted(text)["components"]["schemas"]
    assert list(schemas) == ["Page-Pet-2", "Page-Pet", "A", "B"]
    for name in "AB":
        assert schemas[name]["items"] == {"$ref": "#/components/schemas/Page-Pet-2"}
    (found,) = told(text)
    assert (str(found.location), found.level) == ("a.yaml:4:3", "warning")


def test_security() -> None:
    made = converted(
        """\
securityDefinitions:
  a: {type: basic, description: D}
  b: {type: apiKey, name: X, in: header}
  c: {type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {s: S}, x-a: 1}
  d: {type: oauth2, flow: application, tokenUrl: t}
  e: {type: oauth2, flow: implicit, authorizationUrl: a, scopes: {}}
  f: {type: oauth2, flow: password, tokenUrl: t, scopes: {}}
"""
    )
    schemes = made["components"]["securitySchemes"]
    assert schemes["a"] == {"type": "http", "description": "D", "scheme": "basic"}
    assert schemes["b"] == {"type": "apiKey", "name": "X", "in": "header"}
    code = {"authorizationUrl": "a", "tokenUrl": "t", "scopes": {"s": "S"}}
    assert schemes["c"] == {"type": "oauth2", "x-a": 1, "flows": {"authorizationCode": code}}
    assert [list(schemes[one]["flows"]) for one in "def"] == [
        ["clientCredentials"],
        ["implicit"],
        ["password"],
    ]
