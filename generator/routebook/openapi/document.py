"""The whole document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routebook.descriptors import APIDescriptor, RouteDescriptor
from routebook.findings import Finding, RoutebookError
from routebook.openapi.basics import (
    CONTACT,
    LICENSE,
    external_docs,
    security,
    servers,
    tags,
)
from routebook.openapi.bodies import error_object
from routebook.openapi.components import components, listed, named_schemas
from routebook.openapi.context import Context, JsonObject, hints, noted, slots, unique, with_extra
from routebook.openapi.dialect import NOTE
from routebook.openapi.names import RouteNames, key_of, template_of
from routebook.openapi.operations import OperationIds, path_item
from routebook.schemas import REFERENCE, two_schemas

VERSIONS = {"3.0": "3.0.4", "3.1": "3.1.2", "3.2": "3.2.0"}
"""The versions that can be written, and the patch version that a document names."""


def document(
    api: APIDescriptor, version: str, derive_ids: bool
) -> tuple[JsonObject, tuple[Finding, ...]]:
    """The OpenAPI document of an API, and what this version has no words for."""
    if version not in VERSIONS:
        raise RoutebookError(
            f"there is no OpenAPI {version!r} here", hint=f"write one of {', '.join(VERSIONS)}"
        )
    errors = {error.value: error for group in reversed(api.error_groups) for error in group}
    context = Context(version=version, errors=errors)
    named_schemas(context, api)
    notes, newer = listed(context, api.components)
    ids = OperationIds((*api.routes, *api.webhooks)) if derive_ids else None
    out: JsonObject = {"openapi": VERSIONS[version]}
    root: JsonObject = {}
    _identity(context, api, out, root)
    out["info"] = _info(context, api)
    _surroundings(context, api, out)
    out["paths"] = _paths(context, api.routes, ids)
    if api.webhooks:
        out["webhooks" if context.has("3.1") else "x-webhooks"] = _webhooks(context, api, ids)
    groups, details = _error_groups(context, api)
    if details:
        newer["schemas"] = details
    shared = components(context, api, notes, newer)
    if shared:
        out["components"] = shared
    with_extra(out, api.extra, context.newer(_NEWER))
    if groups:
        root["error_groups"] = groups
    return noted(out, **root), tuple(context.losses)


_NEWER = {"webhooks": "3.1", "jsonSchemaDialect": "3.1", "$self": "3.2"}
_NEWER_IN_INFO = {"summary": "3.1"}


def _identity(context: Context, api: APIDescriptor, out: JsonObject, notes: JsonObject) -> None:
    """The fields that say what the document is, and what its schemas are."""
    for attribute, key, since in (
        ("self_uri", "$self", "3.2"),
        ("json_schema_dialect", "jsonSchemaDialect", "3.1"),
    ):
        value = getattr(api, attribute)
        if value and context.has(since):
            out[key] = value
        elif value:
            notes[attribute] = value
            context.lost(f"`{key}`")


def _info(context: Context, api: APIDescriptor) -> JsonObject:
    out: JsonObject = {"title": api.title}
    notes: JsonObject = {}
    if api.summary and context.has("3.1"):
        out["summary"] = api.summary
    elif api.summary:
        notes["summary"] = api.summary
        context.lost("the `summary` of an API")
    if api.description:
        out["description"] = api.description
    if api.terms_of_service:
        out["termsOfService"] = api.terms_of_service
    if api.contact is not None:
        out["contact"] = slots(context, api.contact, CONTACT)
    if api.license is not None:
        out["license"] = slots(context, api.license, LICENSE)
    out["version"] = api.version
    return noted(with_extra(out, api.info_extra, context.newer(_NEWER_IN_INFO)), **notes)


def _surroundings(context: Context, api: APIDescriptor, out: JsonObject) -> None:
    if api.servers:
        out["servers"] = servers(context, api.servers)
    if api.security is not None:
        out["security"] = security(api.security)
    if api.tags:
        out["tags"] = tags(context, api.tags)
    if api.external_docs is not None:
        out["externalDocs"] = external_docs(context, api.external_docs)


def _paths(
    context: Context, routes: tuple[RouteDescriptor, ...], ids: OperationIds | None
) -> JsonObject:
    """The Paths Object; of two routes that differ only in patterns, the second is a note."""
    out: JsonObject = {}
    rest: list[JsonObject] = []
    aside: JsonObject = {}
    names = RouteNames()
    for route in routes:
        odd = hints(route.extra).get("path")
        key = key_of(route.path) if odd is None else odd
        if key not in out:
            path = key if odd is None else template_of(key)
            out[key] = path_item(context, route, names.name(key), path, ids, (aside, key))
            continue
        with context.at(route.name):
            context.lost(f"a second route with the path {key}")
        with context.hidden():
            rest.append(path_item(context, route, "", "", ids))
    notes = {"items": aside, "routes": rest}
    return noted(out, **{name: note for name, note in notes.items() if note})


def _webhooks(context: Context, api: APIDescriptor, ids: OperationIds | None) -> JsonObject:
    out: JsonObject = {}
    for route in api.webhooks:
        key = unique(route.name, out)
        out[key] = path_item(context, route, key, "", ids)
    return out


def _error_groups(context: Context, api: APIDescriptor) -> tuple[list[JsonObject], JsonObject]:
    """The groups of error codes, and the named schemas that only their details refer to."""
    found: JsonObject = {}
    groups = [
        {
            "name": group.name,
            **({"description": group.description} if group.description else {}),
            "errors": [error_object(error, found) for error in group],
        }
        for group in api.error_groups
    ]
    apart = {name: one for name, one in found.items() if name not in context.definitions}
    for name, one in found.items():
        if context.definitions.get(name, one) != one:
            raise two_schemas(name)
    return moved(groups, apart), moved(apart, apart)


def moved(value: Any, names: Mapping[str, Any]) -> Any:
    """`value` with its references to the named schemas `names` leading to the components' note."""
    if isinstance(value, list):
        return [moved(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    target = value.get("$ref")
    if isinstance(target, str) and target.removeprefix(REFERENCE) in names:
        value = {**value, "$ref": target.replace("components/", f"components/{NOTE}/", 1)}
    return {key: moved(item, names) for key, item in value.items()}
