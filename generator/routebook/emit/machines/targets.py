"""What in a reference others link to by its id, and the names that they know it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from routebook import paths
from routebook.descriptors import (
    APIDescriptor,
    MethodDescriptor,
    RouteDescriptor,
)
from routebook.safe import printable
from routebook.views.definitions import Definitions
from routebook.views.plan import Node, Plan, answer_name, plan
from routebook.views.sharing import shared


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Something that a link may go to; all texts are plain, and on one line."""

    id: str
    """Its id in the reference."""
    title: str
    """What it is called."""
    names: tuple[str, ...] = ()
    """Other names of it: aliases, the operation id, the error code, the name of the schema."""
    method: str = ""
    """The method of an operation; empty for everything else."""
    path: str = ""
    """The path of an operation of the API's own; empty for what it sends by itself."""
    tag: str = ""
    """The id of the group that an operation belongs to; empty for none."""
    deprecated: bool = False
    """Whether it is an operation that callers should leave."""
    group: bool = False
    """Whether it is a group of operations: a tag."""


def targets(api: APIDescriptor) -> tuple[Target, ...]:
    """What the reference of an API has ids for, in its order; the same ids as on its pages.

    The answers of each operation, the most of all, are left to the page that they stand on.
    Raises `RoutebookError` for a path template or a schema that cannot be read.
    """
    definitions = Definitions(api)
    ids = plan(api, definitions.named, shared(api))
    return tuple(_all(api, ids))


def _all(api: APIDescriptor, ids: Plan) -> Iterator[Target]:
    for name, taken in ids.tags.items():
        yield Target(id=taken, title=line(name), group=True)
    yield from _routes(ids, api.routes, ids.routes)
    yield from _routes(ids, api.webhooks, ids.webhooks, calls=False)
    for (_, parameter), taken in zip(ids.shared.fields, ids.fields.values(), strict=True):
        yield Target(id=taken, title=line(parameter.name))
    for answer, node in zip(ids.shared.answers, ids.answers.values(), strict=True):
        yield _target(node, answer_name(answer))
    for code, node in ids.errors.items():
        yield _target(node, code, code)
    for name, taken in ids.schemas.items():
        yield Target(id=taken, title=line(name), names=_names((name,)))
    for name, taken in ids.schemes.items():
        yield Target(id=taken, title=line(name))


def _routes(
    ids: Plan, routes: Sequence[RouteDescriptor], nodes: Sequence[Node], *, calls: bool = True
) -> Iterator[Target]:
    for route, node in zip(routes, nodes, strict=True):
        path = paths.parse(route.path).bare if calls else ""
        yield _target(node, route.entity or route.summary or path or route.name)
        for method, child in zip(route.methods, node.children, strict=True):
            yield from _method(ids, method, child, path or route.name, own=calls)


def _method(
    ids: Plan, method: MethodDescriptor, node: Node, path: str, *, own: bool
) -> Iterator[Target]:
    title = line(method.summary or f"{method.method} {path}")
    yield Target(
        id=node.id,
        title=title,
        names=_names((*node.aliases, method.operation_id)),
        method=line(method.method),
        path=line(path) if own else "",
        tag=ids.tags.get(method.tags[0], "") if method.tags else "",
        deprecated=method.deprecated is not None,
    )
    for request, variant in zip(method.requests, node.children, strict=True):
        if variant.id != node.id:
            yield _target(variant, f"{title}: {line(request.name or 'otherwise')}")
    for callback, nodes in zip(method.callbacks, node.callbacks, strict=True):
        yield from _routes(ids, callback.routes, nodes, calls=False)


def _target(node: Node, title: str, *names: str) -> Target:
    return Target(id=node.id, title=line(title), names=_names((*node.aliases, *names)))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """Names that are one word: what looks a name up by itself cannot ask for another."""
    return tuple(name for name in names if name and name.isprintable() and " " not in name)


def line(words: str) -> str:
    """A text on one line, without what steers a terminal, fit for UTF-8."""
    flat = " ".join(printable(words).split())
    return flat.encode("utf-8", "replace").decode("utf-8")
