"""Names: what must be there, be unique, or have a certain form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index, repeated
from routebook.descriptors import (
    APIDescriptor,
    BodyDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.walk import Node

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@rule("duplicate-route", APIDescriptor)
def duplicate_route(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two routes have one name.

    The router answers with the name and the URL builder asks for it: each stands for one route.
    """
    for place, routes in (("", api.routes), ("webhooks", api.webhooks)):
        for position, name in repeated(route.name for route in routes):
            yield Problem(
                f"the route name {name!r} is taken already",
                "give each route a name of its own",
                f"{place or '.routes'}[{position}]",
            )


@rule("missing-name", RouteDescriptor, ParameterDescriptor, MediaTypeDescriptor, local=True)
def missing_name(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """A part that others call by name has none.

    Routes, parameters and media types are told apart by it. Only a shared header in
    `components.headers` has its name from where it is used.
    """
    name = value.content_type if isinstance(value, MediaTypeDescriptor) else value.name
    if not name.strip() and not value.component and node.field != "querystring":
        field = "content_type" if isinstance(value, MediaTypeDescriptor) else "name"
        yield Problem(f"the {field} is empty", "give it one")


@rule("method-name", MethodDescriptor, local=True)
def method_name(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A method is no HTTP method name.

    It is compared as it is sent, with case, and must be a token (RFC 9110, section 9.1).
    """
    name = method.method
    if not _TOKEN.fullmatch(name):
        yield Problem(f"{name!r} is no HTTP method", "write GET, POST, ...")
    elif name != name.upper():
        yield Problem(f"{name!r} is not in capitals", f"write {name.upper()!r}")


@rule("duplicate-method", RouteDescriptor, local=True)
def duplicate_method(route: RouteDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A route describes one method twice.

    Variants of one method are its `requests`.
    """
    for _, name in repeated(method.method for method in route.methods):
        yield Problem(
            f"{name} is described twice", "make one method of them with two requests", f".{name}"
        )


@rule("duplicate-operation-id", MethodDescriptor)
def duplicate_operation_id(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two operations have one id.

    Generated clients name their methods after it, and links find operations by it.
    """
    first, *_ = index.operation_ids.get(method.operation_id, (node.place,))
    if first != node.place:
        yield Problem(
            f"the operation id {method.operation_id!r} is that of {first} already",
            "give each operation an id of its own",
        )


@rule("duplicate-variant", MethodDescriptor, local=True)
def duplicate_variant(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two request variants of a method have one name.

    The name is part of the variant's id in the reference, and tells readers which is meant.
    """
    for position, name in repeated(request.name for request in method.requests):
        known = f"the variant name {name!r} is taken" if name else "a second variant has no name"
        yield Problem(known, "name each variant by what it does", f".requests[{position}]")


@rule("duplicate-response", RequestDescriptor, local=True)
def duplicate_response(request: RequestDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two responses of a variant have one status and one name.

    Several may share a status; then their names tell readers, and links, which is meant.
    """
    for field in ("successes", "failures"):
        answers: tuple[ResponseDescriptor, ...] = getattr(request, field)
        for position, (status, name) in repeated((str(a.status_code), a.name) for a in answers):
            named = f"named {name!r}" if name else "without a name"
            yield Problem(
                f"a second response with status {status} is {named}",
                "name each by what happened, or make one of them",
                f".{field}[{position}]",
            )


@rule("duplicate-parameter", RequestDescriptor, ResponseDescriptor, local=True)
def duplicate_parameter(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """One parameter, header or field is described twice in the same place.

    Which of the two holds would depend on who reads it. Header names compare without case.
    """
    if isinstance(value, RequestDescriptor):
        fields: tuple[str, ...] = (
            "headers",
            "path_parameters",
            "query_parameters",
            "cookie_parameters",
        )
    else:
        fields = ("headers", "fields")
    for field in fields:
        held: tuple[ParameterDescriptor, ...] = getattr(value, field)
        names = (p.name.lower() if field == "headers" else p.name for p in held)
        for position, _ in repeated(names):
            yield Problem(
                f"{held[position].name!r} is described twice among the {field.replace('_', ' ')}",
                "describe it once",
                f".{field}[{position}]",
            )


@rule("duplicate-key", APIDescriptor, BodyDescriptor, ResponseDescriptor, local=True)
def duplicate_key(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """Two tags, security schemes, error groups, media types or links have one name.

    They are keys of a document, or what others refer to.
    """
    for field in ("tags", "security_schemes", "error_groups", "content", "links"):
        held = getattr(value, field, ())
        key = "content_type" if field == "content" else "name"
        for position, name in repeated(getattr(item, key) for item in held):
            yield Problem(f"a second one is called {name!r}", "keep one", f".{field}[{position}]")


@rule("duplicate-example", MediaTypeDescriptor, ParameterDescriptor, local=True)
def duplicate_example(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """Two examples have one name, or one of several has none.

    Examples of one place are keys of an object once there are several.
    """
    examples = [e for e in value.examples if hasattr(e, "external_value")]
    for position, name in repeated(example.name for example in examples):
        named = f"is called {name!r}" if name else "has no name"
        yield Problem(f"a second example {named}", "name each of them", f".examples[{position}]")
