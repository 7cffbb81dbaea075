"""Operations, path items, callbacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from routebook import paths
from routebook.descriptors import (
    CallbackDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.openapi.basics import external_docs, security, servers
from routebook.openapi.bodies import request_body, response
from routebook.openapi.context import Context, JsonObject, Notes, keyed, noted, unique, with_extra
from routebook.openapi.merging import Group, Merger, compose, groups_of, lead, separate
from routebook.openapi.parameters import PLACES, deprecation, parameter
from routebook.openapi.variants import merged_notes, request_notes, shows_querystring

_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
"""The methods that a Path Item Object has fields for."""


def operation(
    context: Context, method: MethodDescriptor, spanning: Collection[str] = (), id_: str = ""
) -> JsonObject:
    """An Operation Object; `id_` is the operation's id when the method has none of its own."""
    merger = Merger(context.definitions)
    union = merger.request(method.requests) if method.requests else RequestDescriptor()
    groups = groups_of(method.requests)
    out: JsonObject = {}
    notes: JsonObject = {}
    if method.tags:
        out["tags"] = list(method.tags)
    _words(out, notes, method)
    if method.external_docs is not None:
        out["externalDocs"] = external_docs(context, method.external_docs)
    if method.operation_id or id_:
        out["operationId"] = method.operation_id or id_
        if not method.operation_id:
            notes["operation_id"] = ""
    _request(context, out, union, spanning)
    _responses(context, out, groups, [merger.response(group) for group in groups])
    _rest(context, out, notes, method)
    with_extra(out, method.extra)
    notes.update(_variants(context, method.requests, union, groups, spanning))
    if "description" in notes:
        for request, note in zip(method.requests, notes["requests"], strict=True):
            note["description"] = request.description
    if method.aliases:
        notes["aliases"] = list(method.aliases)
    return noted(out, **notes)


def _words(out: JsonObject, notes: JsonObject, method: MethodDescriptor) -> None:
    """Summary and description; the description also holds those of the variants."""
    if method.summary:
        out["summary"] = method.summary
    description = method.description
    if len(method.requests) > 1:
        leads = ["", *(lead(request.name, request.when) for request in method.requests)]
        texts = [description, *(request.description for request in method.requests)]
        description = compose(leads, texts)
        if separate(description, leads) != texts:
            notes["description"] = method.description
    if description:
        out["description"] = description


def _request(
    context: Context, out: JsonObject, union: RequestDescriptor, spanning: Collection[str]
) -> None:
    parameters = [
        parameter(context, one, place, spanning)
        for attribute, place in PLACES.items()
        for one in getattr(union, attribute)
        if not one.documented_only
    ]
    if union.querystring is not None and shows_querystring(context, union):
        parameters.append(parameter(context, union.querystring, "querystring"))
    if parameters:
        out["parameters"] = parameters
    if union.body is not None:
        out["requestBody"] = request_body(context, union.body)


def _responses(
    context: Context,
    out: JsonObject,
    groups: Sequence[Group],
    unions: Sequence[ResponseDescriptor],
) -> None:
    responses = {
        group.status: _response(context, group, union)
        for group, union in zip(groups, unions, strict=True)
    }
    if responses:
        out["responses"] = responses
    elif not context.has("3.1"):
        out["responses"] = {"default": noted({"description": "Any answer."}, generated=True)}


def _response(context: Context, group: Group, union: ResponseDescriptor) -> JsonObject:
    out = response(context, union)
    if len(group.parts) == 1:
        return out
    return noted(out, merged=merged_notes(context, group, union))


def _rest(context: Context, out: JsonObject, notes: JsonObject, method: MethodDescriptor) -> None:
    if method.callbacks:
        out["callbacks"] = keyed(
            method.callbacks, lambda one: one.name, lambda one, notes: callback(context, one, notes)
        )
    if method.deprecated is not None:
        out["deprecated"] = True
        notes.update(deprecation(method.deprecated))
    if method.security is not None:
        out["security"] = security(method.security)
    if method.servers:
        out["servers"] = servers(context, method.servers)


def _variants(
    context: Context,
    requests: Sequence[RequestDescriptor],
    union: RequestDescriptor,
    groups: Sequence[Group],
    spanning: Collection[str],
) -> JsonObject:
    """The note of the variants; none for one that says no more than the operation."""
    notes = [request_notes(context, one, union, groups, spanning) for one in requests]
    if len(requests) == 1 and requests[0].description:
        notes[0]["description"] = requests[0].description
    return {"requests": notes} if notes != [{}] else {}


_NEWER_IN_ITEM = {"query": "3.2", "additionalOperations": "3.2"}


def route_content(
    context: Context, route: RouteDescriptor, ids: OperationIds | None = None
) -> JsonObject:
    """A Path Item Object, where it stands, but for the route's name and path."""
    out: JsonObject = {}
    notes: JsonObject = {}
    if route.summary:
        out["summary"] = route.summary
    if route.description:
        out["description"] = route.description
    written = []
    spanning = _spanning(route)
    for method in route.methods:
        with context.at(f"{route.name}.{method.method}"):
            id_ = ids.make(route, method) if ids else ""
            written.append((method.method, operation(context, method, spanning, id_)))
    _place(context, out, notes, written)
    if route.servers:
        out["servers"] = servers(context, route.servers)
    with_extra(out, route.extra, context.newer(_NEWER_IN_ITEM))
    if route.entity:
        notes["entity"] = route.entity
    if route.aliases:
        notes["aliases"] = list(route.aliases)
    return noted(out, **notes)


def _spanning(route: RouteDescriptor) -> frozenset[str]:
    """The variables of the path whose value may hold slashes."""
    if ":" not in route.path or not route.path.startswith("/"):
        return frozenset()
    variables = paths.parse(route.path).variables
    return frozenset(one.name for one in variables if one.multi_segment)


def _place(
    context: Context,
    out: JsonObject,
    notes: JsonObject,
    written: Iterable[tuple[str, JsonObject]],
) -> None:
    """Each operation under its method, those without a field elsewhere."""
    written = list(written)
    rest: list[JsonObject] = []
    known = (*_METHODS, "QUERY") if context.has("3.2") else _METHODS
    for method, one in written:
        key = method.lower()
        if method in known and key not in out:
            out[key] = one
        elif context.has("3.2") and method.upper() not in known:
            out.setdefault("additionalOperations", {}).setdefault(method, one)
        else:
            rest.append({"method": method, **one})
            context.lost(f"the method {method}")
    if rest:
        notes["methods"] = rest
    order = [method for method, _ in written]
    if order != read_order(out, rest):
        notes["order"] = order


def read_order(item: JsonObject, rest: Iterable[JsonObject]) -> list[str]:
    """The methods of a path item, in the order in which a reader finds them."""
    out: list[str] = []
    for key, value in item.items():
        if key.upper() in (*_METHODS, "QUERY") and key.islower():
            out.append(key.upper())
        elif key == "additionalOperations":
            out.extend(value)
    return [*out, *(one["method"] for one in rest)]


def path_item(
    context: Context,
    route: RouteDescriptor,
    name: str,
    path: str,
    ids: OperationIds | None = None,
    aside: tuple[JsonObject, str] | None = None,
) -> JsonObject:
    """A Path Item Object, or from OpenAPI 3.1 on the reference to it.

    A reader takes `name` for the route's name and `path` for its path. Notes that differ go to
    `aside`, under its key, when the item is a reference, which has no room for them.
    """
    notes: JsonObject = {}
    if route.name != name:
        notes["name"] = route.name
    if route.path != path:
        notes["path"] = route.path
    content = route_content(context, route, ids)
    if aside is None:
        return context.share("pathItems", route.component, content, notes, "3.1")
    written = context.share("pathItems", route.component, content, since="3.1")
    if notes and "$ref" in written:
        aside[0][aside[1]] = notes
        return written
    return noted(written, **notes)


def callback_content(context: Context, value: CallbackDescriptor) -> JsonObject:
    """A Callback Object, where it stands."""
    out: JsonObject = {}
    rest: list[JsonObject] = []
    for route in value.routes:
        if route.path in out:
            rest.append(path_item(context, route, "", ""))
        else:
            out[route.path] = path_item(context, route, route.path, route.path)
    with_extra(out, value.extra)
    return noted(out, **({"routes": rest} if rest else {}))


def callback(context: Context, value: CallbackDescriptor, notes: Notes) -> JsonObject:
    """A Callback Object, or the reference to it."""
    return context.share("callbacks", value.component, callback_content(context, value), notes)


class OperationIds:
    """Ids for the operations that have none: from route name and method, each once."""

    def __init__(self, routes: Iterable[RouteDescriptor]) -> None:
        self._taken: dict[str, Any] = {
            method.operation_id: None for route in routes for method in route.methods
        }

    def make(self, route: RouteDescriptor, method: MethodDescriptor) -> str:
        """The id of a method: `getBlobUpload` for GET of `blob-upload`."""
        if method.operation_id:
            return ""
        words = re.findall("[A-Za-z0-9]+", route.name)
        text = method.method.lower() + "".join(word[0].upper() + word[1:] for word in words)
        made = unique(text, self._taken)
        self._taken[made] = None
        return made
