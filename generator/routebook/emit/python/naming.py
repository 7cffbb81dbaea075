"""What the constant for a descriptor may be called, the best name first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routebook.descriptors import (
    BodyDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.emit.python.names import constant
from routebook.errors import ErrorDescriptor
from routebook.metadata import SecurityRequirement
from routebook.schemas import REFERENCE
from routebook.values import Value

_PHRASES = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    203: "Non-Authoritative Information",
    204: "No Content",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    409: "Conflict",
    410: "Gone",
    412: "Precondition Failed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
    428: "Precondition Required",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
"""RFC 9110, section 15, and RFC 6585; Python's own table differs between its versions."""

_PLACES = {"path_parameters": "path", "query_parameters": "query", "cookie_parameters": "cookie"}


def choices(value: Value, field: str, prefix: str) -> tuple[str, ...]:
    """Names for the constant of a value in a field; `prefix` is the name of what it stands in."""
    kind = type(value).__name__.removesuffix("Descriptor")
    component = constant(getattr(value, "component", ""))
    own = tuple(_own(value, field, prefix))
    return (*((component,) if component else ()), *filter(None, own), constant(prefix, kind))


def _own(value: Value, field: str, prefix: str) -> Iterator[str]:
    if isinstance(value, ResponseDescriptor):
        yield from _response(value, prefix)
    elif isinstance(value, (BodyDescriptor, MediaTypeDescriptor)):
        yield constant(prefix, "body") if prefix else constant(_schema_name(value), "body")
    elif isinstance(value, MethodDescriptor):
        yield constant(value.operation_id) or constant(value.method, prefix)
    elif isinstance(value, RouteDescriptor):
        name = constant(value.name)
        yield name
        yield f"{name}_ROUTE" if name else ""
    elif isinstance(value, RequestDescriptor):
        yield constant(prefix, value.name, "request")
    else:
        yield from _named(value, field)


def _named(value: Any, field: str) -> Iterator[str]:
    name = ""
    if isinstance(value, ErrorDescriptor):
        name = constant(value.value)
    elif isinstance(value, SecurityRequirement):
        name = constant(*value.schemes)
    else:
        name = constant(getattr(value, "name", ""))
    if not name:
        return
    yield name
    if isinstance(value, ParameterDescriptor):
        yield f"{name}_{_PLACES.get(field, field.rstrip('s')).upper()}"


def _response(value: ResponseDescriptor, prefix: str) -> Iterator[str]:
    status = value.status_code
    phrase = _PHRASES.get(status, "") if isinstance(status, int) else ""
    words = constant(phrase or ("default" if status == "default" else f"status {status}"))
    if prefix:
        yield f"{prefix}_{words}"
    if value.name:
        yield constant(value.name)
    if not prefix:
        schema = _schema_name(value.body) if value.body else ""
        yield constant(words, schema)


def _schema_name(value: BodyDescriptor | MediaTypeDescriptor) -> str:
    """The name of the schema that a body refers to; empty when there is none."""
    media = value.content[0] if isinstance(value, BodyDescriptor) and value.content else value
    schema = media.schema if isinstance(media, MediaTypeDescriptor) else None
    if not isinstance(schema, dict):
        return ""
    target = schema.get("$ref") or (
        schema["items"].get("$ref") if isinstance(schema.get("items"), dict) else ""
    )
    return target.removeprefix(REFERENCE) if isinstance(target, str) else ""
