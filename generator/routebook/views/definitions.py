"""Every named schema of an API, and each schema converted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from routebook.descriptors import APIDescriptor
from routebook.schemas import LISTED, NAMED, REFERENCE, SINGLE, to_json_schema
from routebook.values import Schema, Value
from routebook.views.contents import Once, content
from routebook.views.sharing import answers, methods

_SCALARS = frozenset({str, int, float, bool, type(None)})
_HOLDERS = ("schema", "item_schema", "detail")


class Definitions:
    """The named schemas of an API as JSON Schema, by name: the author's, then those of types.

    `recursive`, `contained` and `sent` are names of schemas: of those that contain themselves,
    those that others contain, and those whose values are in the samples of messages.
    """

    def __init__(self, api: APIDescriptor) -> None:
        self.named: dict[str, Any] = {}
        self._converted: dict[int, tuple[Schema, Any]] = {}
        self._is_plain = Once(is_plain)
        found: dict[str, Any] = {}
        own = {name: self._convert(schema, found) for name, schema in api.schemas.items()}
        for schema in _schemas(api, set()):
            self._convert(schema, found)
        for name, converted in {**own, **found}.items():
            itself = converted == {"$ref": REFERENCE + name}
            self.named[name] = found.get(name, True) if itself else converted
        targets = {name: tuple(_references(schema)) for name, schema in self.named.items()}
        self.recursive = frozenset(_recursive(targets))
        held = {name for names in targets.values() for name in names}
        self.contained = frozenset(held - self.recursive)
        self.sent = frozenset(self._sent(api))

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
            made = schema if self._is_plain(schema) else to_json_schema(schema, found)
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


def _schemas(value: Any, seen: set[int]) -> Iterator[Schema]:
    """Every schema that a description holds outside of its named ones."""
    stack = [value]
    kinds: dict[type, _Parts] = {}
    while stack:
        item = stack.pop()
        if type(item) is tuple:
            stack.extend(reversed(item))
        elif isinstance(item, Value) and id(item) not in seen:
            seen.add(id(item))
            kind = type(item)
            names, parts = kinds.get(kind) or kinds.setdefault(kind, _parts(kind.__slots__))
            yield from (held for name in names if (held := getattr(item, name)) is not None)
            stack += [part for part in parts(item) if part and type(part) not in _SCALARS][::-1]


_Parts = tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]


def _parts(names: Iterable[str]) -> _Parts:
    """Of the fields of a class, those that hold a schema, and what gives all others as a tuple."""
    held = tuple(name for name in names if name in _HOLDERS)
    others = [name for name in names if name not in _HOLDERS]
    # With two names or more it gives a tuple; a class is nothing that is looked into.
    return held, attrgetter("__class__", "__class__", *others)


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


def _recursive(targets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
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


def _references(schema: Any) -> dict[str, None]:
    """The names of the API's schemas that a schema refers to, at any depth."""
    names: dict[str, None] = {}
    written = content(schema)
    stack = [schema] if written is None or b"$ref" in written else []
    while stack:
        item = stack.pop()
        if not isinstance(item, dict):
            continue
        if "$ref" in item and (name := reference(item)):
            names[name] = None
        for key, value in item.items():
            if key in SINGLE:
                stack.append(value)
            elif key in LISTED and isinstance(value, (list, tuple)):
                stack.extend(value)
            elif key in NAMED and isinstance(value, dict):
                stack.extend(value.values())
    return names
