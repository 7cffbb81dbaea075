"""Every named schema of an API, and each schema converted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

from routebook.descriptors import APIDescriptor
from routebook.schemas import LISTED, NAMED, REFERENCE, SINGLE, to_json_schema
from routebook.values import Schema, Value
from routebook.views.sharing import answers, methods

_SCALARS = frozenset({str, int, float, bool, type(None)})
_HOLDERS = frozenset({"schema", "item_schema", "detail"})
"""The fields of descriptors that hold a schema."""
_LEADING = frozenset(
    {"routes", "webhooks", "methods", "callbacks", "requests", "successes", "failures"}
    | {"headers", "fields", "path_parameters", "query_parameters", "cookie_parameters"}
    | {"querystring", "body", "content", "encoding", "error_codes", "error_groups", "errors"}
    | {"components", "header_parameters", "querystrings", "responses", "bodies", "media_types"}
    | {"path_items"}
)
"""The fields that hold descriptors with schemas in them."""


class Definitions:
    """The named schemas of an API as JSON Schema, by name: the author's, then those of types.

    `recursive`, `contained` and `sent` are names of schemas: of those that contain themselves,
    those that others contain, and those whose values are in the samples of messages.
    """

    def __init__(self, api: APIDescriptor) -> None:
        self._api = api
        self.named: dict[str, Any] = {}
        self._converted: dict[int, tuple[Schema, Any]] = {}
        found: dict[str, Any] = {}
        targets: dict[str, Iterable[str]] = {}
        own = {name: self._named(name, one, targets, found) for name, one in api.schemas.items()}
        for schema in _schemas(api, set()):
            self._convert(schema, found)
        for name, converted in {**own, **found}.items():
            itself = converted == {"$ref": REFERENCE + name}
            self.named[name] = found.get(name, True) if itself else converted
            if itself or name not in targets:
                targets[name] = references(self.named[name])[1]
        self.recursive = frozenset(_recursive(targets))
        held = {name for names in targets.values() for name in names}
        self.contained = frozenset(held - self.recursive)

    def _named(
        self, name: str, schema: Schema, targets: dict[str, Iterable[str]], found: dict[str, Any]
    ) -> Any:
        """A named schema as JSON Schema; what it refers to is added to `targets`."""
        plain, names = references(schema)
        if plain:
            targets[name] = names
            self._converted[id(schema)] = (schema, schema)
            return schema
        return self._convert(schema, found)

    @cached_property
    def sent(self) -> frozenset[str]:
        """The names of schemas whose values are in the samples of messages."""
        return frozenset(self._sent(self._api))

    def _sent(self, api: APIDescriptor) -> Iterator[str]:
        """The names of schemas of bodies that samples of messages show."""
        for method in methods((*api.routes, *api.webhooks)):
            for request in method.requests:
                shown = (answer.body for answer in answers(request) if not answer.error_codes)
                for body in (request.body, *shown):
                    if body is not None and body.content and body.content[0].schema is not None:
                        yield reference(self.convert(body.content[0].schema))

    def convert(self, schema: Schema) -> Any:
        """A schema of the API as JSON Schema."""
        return self._convert(schema, {})

    def _convert(self, schema: Schema, found: dict[str, Any]) -> Any:
        known = self._converted.get(id(schema))
        if known is None:
            made = schema if is_plain(schema) else to_json_schema(schema, found)
            known = self._converted[id(schema)] = (schema, made)
        return known[1]

    def target(self, schema: Any) -> Any:
        """The named schema that `$ref` in a schema refers to; None for no such."""
        return self.named.get(reference(schema))

    def resolve(self, schema: Any) -> Any:
        """The schema that a chain of references to named schemas ends in."""
        for _ in range(len(self.named) + 1):
            name = reference(schema)
            if name not in self.named or (isinstance(schema, dict) and len(schema) > 1):
                return schema
            schema = self.named[name]
        return True


def reference(schema: Any) -> str:
    """The name of the API's schema that a schema refers to; empty when it refers to none."""
    target = schema.get("$ref") if isinstance(schema, dict) else None
    if not isinstance(target, str) or not target.startswith(REFERENCE):
        return ""
    name = target[len(REFERENCE) :]
    return name.replace("~1", "/").replace("~0", "~") if "~" in name else name


def references(schema: Any) -> tuple[bool, dict[str, None]]:
    """Whether a schema is JSON data as it stands, and the names of schemas that it refers to.

    Of one that is not, only some of the names are known.
    """
    names: dict[str, None] = {}
    rest: list[Any] = []
    stack = [schema]
    while stack:
        item = stack.pop()
        if type(item) is not dict:
            rest.append(item)
            continue
        if "$ref" in item and (name := reference(item)):
            names[name] = None
        for key, value in item.items():
            kind = type(value)
            if kind is str or kind in _SCALARS:
                continue
            if key in SINGLE:
                stack.append(value)
            elif kind is dict and key in NAMED:
                stack += value.values()
            elif kind is list and key in LISTED:
                stack += value
            else:
                rest.append(value)
    return is_plain(rest), names


def _schemas(value: Any, seen: set[int]) -> Iterator[Schema]:
    """Every schema that a description holds outside of its named ones."""
    stack = [value]
    kinds: dict[type, _Parts] = {}
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is tuple:
            stack += item[::-1]
        elif id(item) not in seen:
            seen.add(id(item))
            names, parts = kinds.get(kind) or kinds.setdefault(kind, _parts(kind))
            for name in names:
                if (held := getattr(item, name)) is not None:
                    yield held
            stack += [part for part in parts(item) if part][::-1]


_Parts = tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]


def _parts(kind: type) -> _Parts:
    """Of the fields of a class, those that hold a schema, and what gives those that lead to one."""
    slots: tuple[str, ...] = kind.__slots__ if issubclass(kind, Value) else ()
    held = tuple(name for name in slots if name in _HOLDERS)
    leading = tuple(name for name in slots if name in _LEADING)
    if len(leading) > 1:
        return held, attrgetter(*leading)
    return held, lambda item: tuple([getattr(item, name) for name in leading])


def is_plain(schema: Any) -> bool:
    """Whether a schema is JSON data as it stands, which needs no conversion."""
    stack = [schema]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is dict:
            stack += [inner for inner in item.values() if type(inner) not in _SCALARS]
        elif kind is list:
            stack += [inner for inner in item if type(inner) not in _SCALARS]
        elif kind not in _SCALARS:
            return False
    return True


def _recursive(targets: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The names of schemas that contain themselves, directly or through others (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in targets:
        work = [(root, iter(targets[root]))] if root not in index else []
        while work:
            name, rest = work[-1]
            if name not in index:
                index[name] = low[name] = len(index)
                path.append(name)
                on_path.add(name)
            for target in rest:
                if target in targets and target not in index:
                    work.append((target, iter(targets[target])))
                    break
                if target in on_path:
                    low[name] = min(low[name], index[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[name])
                if low[name] == index[name]:
                    group = _cut(path, name)
                    on_path.difference_update(group)
                    if len(group) > 1 or name in targets[name]:
                        yield from group


def _cut(path: list[str], name: str) -> list[str]:
    """Take the end of `path` from `name` on."""
    group = [path.pop()]
    while group[-1] != name:
        group.append(path.pop())
    return group
