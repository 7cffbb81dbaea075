"""The `components` of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from routebook.descriptors import APIDescriptor, ComponentsDescriptor
from routebook.findings import RoutebookError
from routebook.openapi.basics import example_content, link_content, security_scheme
from routebook.openapi.bodies import request_body_content, response_content
from routebook.openapi.context import Context, JsonObject, keyed, noted, with_extra
from routebook.openapi.operations import callback_content, route_content
from routebook.openapi.parameters import HEADER, media_content, parameter_content
from routebook.schemas import to_json_schema, two_schemas

_ORDER = (
    "securitySchemes", "schemas", "parameters", "headers", "requestBodies", "responses",
    "mediaTypes", "examples", "links", "callbacks", "pathItems",
)  # fmt: skip  # one row of names reads better than eleven

_SINCE = {"mediaTypes": "3.2", "pathItems": "3.1"}

Write = Callable[[Context, Any], JsonObject]


def _parameter(place: str) -> Write:
    return lambda context, value: parameter_content(context, value, place)


_LISTS: dict[str, tuple[str, Write, str, Any]] = {
    "path_parameters": ("parameters", _parameter("path"), "", None),
    "query_parameters": ("parameters", _parameter("query"), "", None),
    "header_parameters": ("parameters", _parameter("header"), "", None),
    "cookie_parameters": ("parameters", _parameter("cookie"), "", None),
    "querystrings": ("parameters", _parameter("querystring"), "", None),
    "headers": ("headers", _parameter(HEADER), "name", ""),
    "bodies": ("requestBodies", request_body_content, "", None),
    "responses": ("responses", response_content, "status_code", "default"),
    "media_types": ("mediaTypes", media_content, "content_type", ""),
    "examples": ("examples", example_content, "name", None),
    "links": ("links", link_content, "name", None),
    "callbacks": ("callbacks", callback_content, "name", None),
    "path_items": ("pathItems", route_content, "name", None),
}
"""Lists of `ComponentsDescriptor`: OpenAPI's kind, the writer, and the field that OpenAPI's object
lacks, with what a reader takes it to be (None: the component's name)."""


def listed(context: Context, components: ComponentsDescriptor) -> tuple[JsonObject, JsonObject]:
    """Write the parts that are kept even when nothing uses them.

    They take their names before anything else does. Returns what the note says of them (fields
    that a component has no place for), and those of kinds that the version does not have.
    """
    notes: JsonObject = {}
    newer: JsonObject = {}
    for attribute, (kind, write, missing, usual) in _LISTS.items():
        for value in getattr(components, attribute):
            name = _name(value, attribute)
            with context.at(f"components.{attribute}[{name}]"):
                content = write(context, value)
            if context.has(_SINCE.get(kind, "3.0")):
                pool = context.pools.setdefault(kind, {})
            else:
                pool = newer.setdefault(kind, {})
                context.lost(f"`components.{kind}`")
            if pool.setdefault(name, content) != content:
                raise RoutebookError(
                    f"two different parts are named {name!r}",
                    place=f"components.{attribute}[{name}]",
                    hint="give one of them another `component` name",
                )
            said = _said(value, name, missing, usual)
            if said:
                notes.setdefault(kind, {})[name] = said
    return notes, newer


def _said(value: Any, name: str, missing: str, usual: Any) -> JsonObject:
    out: JsonObject = {}
    if missing and getattr(value, missing) != (name if usual is None else usual):
        out[missing] = getattr(value, missing)
    if missing == "name" and getattr(value, "path", None):
        out["path"] = value.path
    return out


def _name(value: Any, attribute: str) -> str:
    if not value.component:
        raise RoutebookError(
            "a shared part has no name",
            place=f"components.{attribute}",
            hint="set its `component`: the name under which it is shared",
        )
    return str(value.component)


_NEWER = {"pathItems": "3.1", "mediaTypes": "3.2"}


def components(
    context: Context, api: APIDescriptor, notes: JsonObject, newer: JsonObject
) -> JsonObject:
    """The Components Object, once everything that refers to it is written."""
    pools = context.pools
    if api.security_schemes:
        pools["securitySchemes"] = keyed(
            api.security_schemes,
            lambda one: one.name,
            lambda one, notes: noted(security_scheme(context, one), **notes),
        )
    schemas = _schemas(context)
    if schemas:
        pools["schemas"] = schemas
    out = {kind: pools[kind] for kind in _ORDER if pools.get(kind)}
    with_extra(out, api.components.extra, context.newer(_NEWER))
    rest = {**newer, **context.settle()}
    also = _also(api.components, context.used)
    said: JsonObject = {}
    if notes:
        said["listed"] = notes
    if also:
        said["kept"] = also
    return noted(out, **rest, **said)


def _also(values: ComponentsDescriptor, used: set[str]) -> list[str]:
    """Parts that are kept and also used; those that nothing uses are known to be kept."""
    return [
        reference
        for attribute, (kind, *_) in _LISTS.items()
        for value in getattr(values, attribute)
        if (reference := f"#/components/{kind}/{value.component}") in used
    ]


def named_schemas(context: Context, api: APIDescriptor) -> None:
    """Give the API's named schemas their names, before any other schema is met."""
    for name, schema in api.schemas.items():
        found = to_json_schema(schema, context.definitions)
        own = {"$ref": f"#/components/schemas/{name}"}
        if found == own and not isinstance(schema, Mapping):
            continue  # a type of that name: what it stands for is there already
        if context.definitions.setdefault(name, found) != found:
            raise two_schemas(name)


def _schemas(context: Context) -> JsonObject:
    out: JsonObject = {}
    for name, schema in context.definitions.items():
        with context.at(f"schemas.{name}"):
            out[name] = context.dialect(schema)
    return out
