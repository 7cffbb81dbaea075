"""Gives out all ids of a reference before anything is written, so that all text can link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from routebook.descriptors import (
    APIDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.errors import ErrorDescriptor
from routebook.values import Value, frozen
from routebook.views.ids import Ids, slug, slugs
from routebook.views.sharing import ANSWER, Field, Shared, answers, everywhere, methods


@dataclass(slots=True)
class Node:
    """The ids of one descriptor and of those inside it, in their order."""

    id: str
    """Its own."""
    wanted: tuple[str, ...] = ()
    """The aliases that its descriptor asks for."""
    aliases: tuple[str, ...] = ()
    """Those of them that are free."""
    children: list[Node] = field(default_factory=list)
    """Methods of a route, variants of a method, answers of a variant (successes first)."""
    callbacks: list[list[Node]] = field(default_factory=list)
    """For a method: the routes of each callback."""
    everywhere: list[Node] = field(default_factory=list)
    """For a method: the shared answers of all its variants, which have no other ids."""


@frozen
class Plan(Value):
    """The ids of a whole reference."""

    ids: Ids
    """Everything that was given out."""
    routes: list[Node]
    """One a route."""
    webhooks: list[Node]
    """One a webhook."""
    errors: Mapping[str, Node]
    """Code to ids; also of codes that are used and belong to no group."""
    groups: Mapping[str, str]
    """Name of an error group to id."""
    schemas: Mapping[str, str]
    """Schema name to id."""
    schemes: Mapping[str, str]
    """Name of a security scheme to id."""
    tags: Mapping[str, str]
    """Tag to id; also of tags that are used and not described."""
    operations: Mapping[str, str]
    """Operation id to id."""
    answers: Mapping[int, Node]
    """Keys of shared answers to ids."""
    fields: Mapping[tuple[str, int], str]
    """Keys of shared parameters and headers to ids."""
    shared: Shared
    """What is shared."""
    loose: Sequence[ErrorDescriptor]
    """Codes that are used and belong to no group."""

    def answer(self, answer: ResponseDescriptor) -> Node | None:
        """The ids of a shared answer; None for one that is described where it is used."""
        return self.answers.get(self.shared.answer(answer))


def plan(api: APIDescriptor, schema_names: Iterable[str], shared: Shared) -> Plan:
    """The ids of an API's reference; the same whatever its titles say and however it is ordered."""
    ids = Ids()
    made = _made(ids, api, schema_names, shared)
    _settle((*made.routes, *made.webhooks, *made.errors.values(), *made.answers.values()), ids)
    return made


def _made(ids: Ids, api: APIDescriptor, schema_names: Iterable[str], shared: Shared) -> Plan:
    routes = _routes(ids, shared, "op", "route", api.routes)
    webhooks = _routes(ids, shared, "hook", "webhook", api.webhooks)
    listed = {error.value: error for group in api.error_groups for error in group}
    loose = _loose(api, listed)
    errors = {**listed, **{error.value: error for error in loose}}
    return Plan(
        ids=ids,
        routes=routes,
        webhooks=webhooks,
        errors=_errors(ids, errors),
        groups=_named(ids, "errors", (group.name for group in api.error_groups)),
        schemas=_named(ids, "schema", schema_names),
        schemes=_named(ids, "auth", (scheme.name for scheme in api.security_schemes)),
        tags=_named(ids, "tag", _tags(api)),
        operations=dict(_operations(api.routes, routes)),
        answers=_answers_once(ids, shared),
        fields=dict(_fields_once(ids, shared)),
        shared=shared,
        loose=loose,
    )


def _named(ids: Ids, prefix: str, names: Iterable[str]) -> dict[str, str]:
    listed = tuple(dict.fromkeys(names))
    return {
        name: ids.take(f"{prefix}-{part}") for name, part in zip(listed, slugs(listed), strict=True)
    }


def _errors(ids: Ids, errors: Mapping[str, ErrorDescriptor]) -> dict[str, Node]:
    named = _named(ids, "err", errors)
    return {value: Node(named[value], error.aliases) for value, error in errors.items()}


def _routes(
    ids: Ids, shared: Shared, prefix: str, own: str, routes: Sequence[RouteDescriptor]
) -> list[Node]:
    parts = slugs(route.name for route in routes)
    nodes = []
    for route, part in zip(routes, parts, strict=True):
        node = Node(ids.take(f"{own}-{part}"), route.aliases)
        names = slugs(method.method for method in route.methods)
        for method, name in zip(route.methods, names, strict=True):
            node.children.append(_method(ids, shared, f"{prefix}-{part}-{name}", method))
        nodes.append(node)
    return nodes


def _method(ids: Ids, shared: Shared, wanted: str, method: MethodDescriptor) -> Node:
    node = Node(ids.take(wanted), method.aliases)
    common = dict(_everywhere(ids, shared, node.id, method))
    node.everywhere = list(common.values())
    node.children = list(_variants(ids, shared, node.id, method, common))
    for callback in method.callbacks:
        base = f"{node.id}--callback-{slug(callback.name)}"
        node.callbacks.append(_routes(ids, shared, base, base, callback.routes))
    return node


def _variants(
    ids: Ids, shared: Shared, base: str, method: MethodDescriptor, common: Mapping[int, Node]
) -> Iterator[Node]:
    """The ids of variants; the answers of one without a name are the operation's own."""
    if len(method.requests) == 1 and not method.requests[0].name:
        yield _variant(ids, shared, (base, base), method.requests[0], common)
        return
    parts = slugs(request.name or "otherwise" for request in method.requests)
    for request, part in zip(method.requests, parts, strict=True):
        own = ids.take(f"{base}--{part}")
        yield _variant(ids, shared, (own, own if request.name else base), request, common)


def _variant(
    ids: Ids,
    shared: Shared,
    names: tuple[str, str],
    request: RequestDescriptor,
    common: Mapping[int, Node],
) -> Node:
    """A variant with its own id and the one that those of its answers begin with."""
    node = Node(names[0], request.aliases)
    node.children = _answers(ids, shared, names[1], request, common)
    return node


def _everywhere(
    ids: Ids, shared: Shared, base: str, method: MethodDescriptor
) -> Iterator[tuple[int, Node]]:
    found = everywhere(method, shared)
    parts = slugs(answer_name(answer) for answer in found)
    for answer, part in zip(found, parts, strict=True):
        yield shared.answer(answer), Node(ids.take(f"{base}--{part}"))


def _answers(
    ids: Ids, shared: Shared, base: str, request: RequestDescriptor, common: Mapping[int, Node]
) -> list[Node]:
    """The ids of a variant's answers; of those in `common`, these."""
    found = answers(request)
    parts = slugs(answer_name(answer) for answer in found)
    return [
        common.get(shared.answer(answer)) or Node(ids.take(f"{base}--{part}"), answer.aliases)
        for part, answer in zip(parts, found, strict=True)
    ]


def _answers_once(ids: Ids, shared: Shared) -> dict[int, Node]:
    parts = slugs(
        f"{answer.status_code} {answer.component}" if answer.component else answer_name(answer)
        for answer in shared.answers
    )
    return {
        shared.answer(answer): Node(ids.take(f"answer-{part}"), answer.aliases)
        for answer, part in zip(shared.answers, parts, strict=True)
    }


def _fields_once(ids: Ids, shared: Shared) -> Iterator[tuple[tuple[str, int], str]]:
    places: dict[str, list[Field]] = {}
    for found in shared.fields:
        places.setdefault(found[0], []).append(found)
    for place, fields in places.items():
        prefix = "header" if place == ANSWER else "param"
        parts = slugs(parameter.component or parameter.name for _, parameter in fields)
        for one, part in zip(fields, parts, strict=True):
            yield shared.key(*one), ids.take(f"{prefix}-{part}")


def answer_name(answer: ResponseDescriptor) -> str:
    """The status and name of an answer, which tell it apart."""
    return f"{answer.status_code} {answer.name}".strip()


def _settle(nodes: Iterable[Node], ids: Ids) -> None:
    for node in nodes:
        if node.wanted:
            node.aliases = ids.free(node.wanted)
        if node.children:
            _settle(node.children, ids)
        for routes in node.callbacks:
            _settle(routes, ids)


def _operations(
    routes: Sequence[RouteDescriptor], nodes: Sequence[Node]
) -> Iterator[tuple[str, str]]:
    for route, node in zip(routes, nodes, strict=True):
        for method, child in zip(route.methods, node.children, strict=True):
            if method.operation_id:
                yield method.operation_id, child.id


def _tags(api: APIDescriptor) -> Iterator[str]:
    yield from (tag.name for tag in api.tags)
    for route in (*api.routes, *api.webhooks):
        for method in route.methods:
            yield from method.tags


def _loose(
    api: APIDescriptor, listed: Mapping[str, ErrorDescriptor]
) -> tuple[ErrorDescriptor, ...]:
    used = (
        error
        for method in methods((*api.routes, *api.webhooks))
        for request in method.requests
        for answer in answers(request)
        for error in answer.error_codes
    )
    return tuple({error.value: error for error in used if error.value not in listed}.values())
