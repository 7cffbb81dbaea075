"""The whole document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from routebook.descriptors import APIDescriptor, RouteDescriptor
from routebook.errors import ErrorGroup
from routebook.openapi.context import HINT
from routebook.openapi.dialect import NOTE
from routebook.openapi.names import RouteNames, key_of, template_of
from routebook.openapi.reader import shapes
from routebook.openapi.reader.basics import (
    contact,
    external_docs,
    license_,
    note_of,
    security,
    security_scheme,
    servers,
    tags,
)
from routebook.openapi.reader.bodies import error
from routebook.openapi.reader.components import components
from routebook.openapi.reader.operations import Item, path_item
from routebook.openapi.reader.references import shared
from routebook.openapi.reader.schemas import noted_schema, schema
from routebook.openapi.reader.state import At, Object, State


def api(state: State) -> APIDescriptor:
    """The API that a document describes."""
    given, extra = state.fields(state.root, shapes.ROOT, None)
    note = note_of(given)
    above: At = (None, "components")
    parts, further = state.fields(given.get("components", {}), shapes.COMPONENTS, above)
    _error_groups(state, note)
    state.schemas = _schemas(state, parts)
    schemes = parts.get("securitySchemes", {})
    at: At = (above, "securitySchemes")
    made: Object = {
        **_info(state, given),
        "servers": servers(state, given, None),
        "security_schemes": tuple(
            shared(state, one, (at, key), security_scheme, str(key)) for key, one in schemes.items()
        ),
        "security": security(state, given, None),
        "tags": tags(state, given, None),
        "error_groups": state.groups,
        "schemas": state.schemas,
        "external_docs": external_docs(state, given, None),
        "json_schema_dialect": _since(state, "3.1", given, "jsonSchemaDialect")
        or note.get("json_schema_dialect", ""),
        "self_uri": _since(state, "3.2", given, "$self") or note.get("self_uri", ""),
    }
    made["routes"], more = _routes(state, given.get("paths", {}), (None, "paths"))
    if more:
        extra = {**extra, "paths": more}
    made["webhooks"], extra = _webhooks(state, given, extra)
    if "components" in given:
        made["components"] = components(state, parts, further, above)
    return state.put(APIDescriptor(**made, extra=extra), None)


def _since(state: State, version: str, given: Object, key: str) -> str:
    """A field that came with a version of OpenAPI; before, it means nothing."""
    return str(given.get(key, "")) if state.has(version) else ""


def _error_groups(state: State, note: Object) -> None:
    state.groups = tuple(
        ErrorGroup(
            name=group["name"],
            description=group.get("description", ""),
            errors=tuple(error(state, one, (None, NOTE)) for one in group["errors"]),
        )
        for group in note.get("error_groups", ())
    )
    state.errors = {one.value: one for group in reversed(state.groups) for one in group}


def _schemas(state: State, parts: Object) -> Object:
    """The named schemas, and those that only a note names."""
    above: At = (None, "components")
    at: At = (above, "schemas")
    given = parts.get("schemas", {})
    noted = note_of(parts).get("schemas", {})
    state.names = frozenset((*given, *noted))
    return {
        **{str(key): schema(state, one, (at, key)) for key, one in given.items()},
        **{key: noted_schema(state, one, (above, NOTE)) for key, one in noted.items()},
    }


def _info(state: State, given: Object) -> Object:
    at: At = (None, "info")
    info, extra = state.fields(given.get("info", {}), shapes.INFO, at)
    note = note_of(info)
    summary = info.get("summary", "") if state.has("3.1") else ""
    return {
        "title": info.get("title", ""),
        "version": info.get("version", ""),
        "summary": note.get("summary", summary),
        "description": info.get("description", ""),
        "terms_of_service": info.get("termsOfService", ""),
        "contact": contact(state, info["contact"], (at, "contact")) if "contact" in info else None,
        "license": license_(state, info["license"], (at, "license")) if "license" in info else None,
        "info_extra": extra,
    }


def _routes(state: State, items: Object, at: At) -> tuple[tuple[RouteDescriptor, ...], Object]:
    """The routes of the Paths Object, and the extensions among them."""
    note = note_of(items)
    aside = note.get("items", {})
    names = RouteNames()
    routes: list[RouteDescriptor] = []
    extra: Object = {}
    for key, one in items.items():
        path = str(key)
        if path[:2] == "x-":
            if path != NOTE:
                extra[path] = one
            continue
        if path[:1] != "/":
            state.warn("openapi-path", f"the path {path!r} does not begin with a slash", (at, key))
        routes.append(_route(state, one, (at, key), names.name(path), aside.get(key, {})))
    for index, one in enumerate(note.get("routes", ())):
        place: Any = (((at, NOTE), "routes"), index)
        routes.append(path_item(state, one, place, Item("", "")))
    return tuple(routes), extra


def _route(state: State, value: Any, at: At, name: str, aside: Object) -> RouteDescriptor:
    """The route of a path. One that cannot be written as it stands remembers how it stood."""
    key = str(at[1]) if at is not None else ""
    path = template_of(key)
    if path != key:
        message = f"the path {key!r} is no path template: it is read as {path!r}"
        state.warn("openapi-path", message, at, "give each variable a name of its own: {name}")
    made = path_item(state, value, at, Item(name, path, tuple(sorted(aside.items()))))
    if made.path != path or key_of(path) == key:
        return made
    return state.put(replace(made, extra={**made.extra, HINT: {"path": key}}), at)


def _webhooks(
    state: State, given: Object, extra: Object
) -> tuple[tuple[RouteDescriptor, ...], Object]:
    """The webhooks; before OpenAPI 3.1 they are an extension that some documents have."""
    key = "webhooks" if state.has("3.1") else "x-webhooks"
    found = given.get(key)
    fits = isinstance(found, dict) and all(type(one) is dict for one in found.values())
    if not isinstance(found, dict) or not (fits or key == "webhooks"):
        return (), extra
    at: At = (None, key)
    extra = {name: one for name, one in extra.items() if name != key}
    return (
        tuple(
            path_item(state, one, (at, name), Item(str(name), "")) for name, one in found.items()
        ),
        extra,
    )
