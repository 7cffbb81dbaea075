"""What the operations of the fictional API share: schemas, errors, parameters and answers."""

from __future__ import annotations

from typing import Any

from routebook import (
    BodyDescriptor,
    ErrorDescriptor,
    ExampleDescriptor,
    LinkDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    ResponseDescriptor,
    Type,
)

JSON = "application/json"


def named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def body(schema: Any, *examples: ExampleDescriptor, **fields: Any) -> BodyDescriptor:
    media = MediaTypeDescriptor(content_type=JSON, schema=schema, examples=examples)
    return BodyDescriptor(content=(media,), **fields)


SCHEMAS: dict[str, Any] = {
    "Star": {
        "type": "object",
        "description": "What has a place in the sky. See [the catalogue](https://example.org/sky).",
        "required": ["id", "name", "position"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "readOnly": True},
            "name": {"type": "string", "pattern": "^[A-Z][a-z]+$", "examples": ["Vega"]},
            "position": {
                "type": "array",
                "prefixItems": [
                    {"type": "number", "minimum": 0, "exclusiveMaximum": 360},
                    {"type": "number", "minimum": -90, "maximum": 90},
                ],
                "items": False,
                "minItems": 2,
            },
            "magnitude": {"type": ["number", "null"]},
            "companions": {"type": "array", "items": named("Star"), "uniqueItems": True},
            "secret": {"type": "string", "writeOnly": True},
        },
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    },
    "Target": {
        "oneOf": [named("Star"), named("Comet")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"comet": "#/components/schemas/Comet"},
        },
    },
    "Comet": {
        "allOf": [
            {"type": "object", "properties": {"kind": {"const": "comet"}}, "required": ["kind"]},
            {"properties": {"period": {"type": "integer", "exclusiveMinimum": 0, "default": 76}}},
        ],
        "unevaluatedProperties": False,
        "deprecated": True,
    },
    "Reading": {
        "type": "object",
        "properties": {"at": {"type": "string", "format": "date-time"}, "lux": {"type": "number"}},
        "dependentRequired": {"lux": ["at"]},
        "if": {"required": ["lux"]},
        "then": {"properties": {"lux": {"minimum": 0}}},
    },
    "Problem": {
        "type": "object",
        "required": ["errors"],
        "properties": {
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "code": {"type": "string"},
                        "message": {"type": "string"},
                        "detail": True,
                    },
                },
            }
        },
    },
}

CLOUDY = ErrorDescriptor(
    value="CLOUDY",
    message="no sky to be seen",
    description="Clouds | fog. Try again *later*.",
    http_status=503,
    detail={"type": "object", "properties": {"until": {"type": "string", "format": "date-time"}}},
)
UNKNOWN = ErrorDescriptor(value="UNKNOWN", message="nothing is there", http_status=404)

ID = ParameterDescriptor(
    name="id",
    description="What `POST` has answered with.",
    format="<id>",
    regexp="[0-9a-f]{8}|latest",
    examples=("0badcafe",),
    component="Id",
)
PAGE = ParameterDescriptor(
    name="page[size]",
    type=Type.INTEGER,
    description="How many at the most.",
    schema={"minimum": 1, "maximum": 100},
    default=20,
    component="PageSize",
)
RETRY = ParameterDescriptor(
    name="Retry-After", type=Type.INTEGER, description="Seconds to wait.", component="RetryAfter"
)
VEGA = ExampleDescriptor(
    name="vega",
    summary="A bright one",
    value={"id": "0b9f1c52-7d3e-4a88-9f5d-2c6a1e4b7d90", "name": "Vega", "position": [279.2, 38.8]},
    component="Vega",
)
FAILED = ResponseDescriptor(
    status_code="default",
    description="Anything else.",
    headers=(RETRY,),
    error_codes=(CLOUDY, UNKNOWN),
    body=body(named("Problem")),
    component="Failed",
)
FOUND = ResponseDescriptor(
    status_code=200,
    description="It is there.",
    body=body(named("Star"), VEGA),
    links=(
        LinkDescriptor(
            name="spectrum",
            operation_id="readSpectrum",
            parameters={"id": "$response.body#/id"},
            description="What it is made of.",
        ),
    ),
)
ADDED = ResponseDescriptor(
    status_code=201,
    description="It has a place now.",
    headers=(ParameterDescriptor(name="Location", description="Where it is.", required=True),),
)
