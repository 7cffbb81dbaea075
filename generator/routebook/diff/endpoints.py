"""Which operation of the new description is which of the old one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

from routebook.descriptors import APIDescriptor, RouteDescriptor
from routebook.diff.pairs import Endpoint
from routebook.findings import RoutebookError
from routebook.paths import Variable, parse

Part = TypeVar("Part")
Both: TypeAlias = "tuple[Any, Any]"
"""A part of the old side and one of the new; None for what is only on one side."""


def match(
    old: Iterable[Part], new: Iterable[Part], *keys: Callable[[Part], Hashable]
) -> list[Both]:
    """Pairs of parts with equal keys: first by the first key, what is left by the next.

    In the order of `new`; what is only in `old` comes last. A part whose key is None is not
    paired by that key.
    """
    left, right = list(old), list(new)
    partners: dict[int, Part] = {}
    paired: set[int] = set()
    for key in keys:
        waiting: dict[Hashable, list[Part]] = {}
        for part in left:
            if id(part) not in paired and (value := key(part)) is not None:
                waiting.setdefault(value, []).append(part)
        for index, part in enumerate(right):
            if index not in partners and (found := waiting.get(key(part))):
                partners[index] = found.pop(0)
                paired.add(id(partners[index]))
    gone = [part for part in left if id(part) not in paired]
    return [
        *((partners.get(index), part) for index, part in enumerate(right)),
        *((part, None) for part in gone),
    ]


@lru_cache(maxsize=65536)
def bare(path: str) -> str:
    """A path with bare variables; as it is when it cannot be parsed."""
    try:
        return parse(path).bare
    except RoutebookError:
        return path


@lru_cache(maxsize=65536)
def shape(path: str) -> str:
    """A path whose variables have no names."""
    try:
        parts = parse(path).parts
    except RoutebookError:
        return path
    return "".join(part if isinstance(part, str) else "{}" for part in parts)


def variables(path: str) -> tuple[Variable, ...]:
    """The variables of a path, in order; none when it cannot be parsed."""
    try:
        return parse(path).variables
    except RoutebookError:
        return ()


def endpoints(routes: Iterable[RouteDescriptor], kind: str = "operation") -> Iterator[Endpoint]:
    """The operations of routes, of webhooks or of a callback."""
    for route in routes:
        path = route.name if kind == "webhook" else route.path
        shown = bare(path) if kind == "operation" else path
        for method in route.methods:
            yield Endpoint(route=route, method=method, path=shown, kind=kind)


def pair_endpoints(old: APIDescriptor, new: APIDescriptor) -> list[Both]:
    """The operations of two APIs, paired by method and path.

    Paths that are written alike go first, then those that differ in the names of variables,
    then those that are the same URL because a server's path moved into them.
    """
    before, after = prefix(old), prefix(new)
    keys: list[Callable[[Endpoint], Hashable]] = [
        lambda one: (one.method.method.upper(), one.route.path),
        lambda one: (one.method.method.upper(), shape(one.route.path)),
    ]
    if before == after:
        return match(endpoints(old.routes), endpoints(new.routes), *keys)
    mine = {id(route): before for route in old.routes} | {id(r): after for r in new.routes}

    def url(one: Endpoint) -> Hashable:
        return (one.method.method.upper(), mine[id(one.route)] + shape(one.route.path))

    return match(endpoints(old.routes), endpoints(new.routes), url, *keys)


def prefix(api: APIDescriptor) -> str:
    """The path that all URLs of the API begin with: that of its servers, if they agree."""
    found = {server_path(server.url) for server in api.servers}
    return found.pop() if len(found) == 1 else ""


def server_path(url: str) -> str:
    """The path of a server's URL, without a slash at its end."""
    try:
        path = urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""
    return path if path.startswith("/") else ""


def shapes(api: APIDescriptor) -> frozenset[str]:
    """The shapes of the paths of an API, with and without the path of its servers."""
    bare_shapes = [shape(route.path) for route in api.routes]
    before = prefix(api)
    return frozenset((*bare_shapes, *(before + one for one in bare_shapes)))
