"""Every named schema of an API, and each schema converted once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from routebook.descriptors import APIDescriptor
from routebook.schemas import REFERENCE, subschemas, to_json_schema
from routebook.values import Schema, Value
from routebook.views.sharing import answers, methods

_HOLDERS = ("schema", "item_schema", "detail")


class Definitions:
    """The named schemas of an API as JSON Schema, by name: the author's, then those of types.

    `recursive`, `contained` and `sent` are names of schemas: of those that contain themselves,
    those that others contain, and those whose values are in the samples of messages.
    """

    def __init__(self, api: APIDescriptor) -> None:
        self.named: dict[str, Any] = {}
        self._converted: dict[int, tuple[Schema, Any]] = {}
        found: dict[str, Any] = {}
        own = {name: to_json_schema(schema, found) for name, schema in api.schemas.items()}
        for schema in _schemas(api, set()):
            self._convert(schema, found)
        for name, converted in {**own, **found}.items():
            itself = converted == {"$ref": REFERENCE + name}
            self.named[name] = found.get(name, True) if itself else converted
        self.recursive = frozenset(_recursive(self.named))
        held = (inner for schema in self.named.values() for inner in _references(schema))
        self.contained = frozenset(name for name in held if name not in self.recursive)
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
            known = self._converted[id(schema)] = (schema, to_json_schema(schema, found))
        return known[1]

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
    target = schema.get("$ref") if isinstance(schema, Mapping) else None
    is_named = isinstance(target, str) and target.startswith(REFERENCE)
    return str(target)[len(REFERENCE) :].replace("~1", "/").replace("~0", "~") if is_named else ""


def _schemas(value: Any, seen: set[int]) -> Iterator[Schema]:
    """Every schema that a description holds outside of its named ones."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        elif isinstance(item, Value) and id(item) not in seen:
            seen.add(id(item))
            names: tuple[str, ...] = type(item).__slots__
            for name in names:
                if name in _HOLDERS and (schema := getattr(item, name)) is not None:
                    yield schema
            stack.extend(getattr(item, name) for name in reversed(names) if name not in _HOLDERS)


def _recursive(named: Mapping[str, Any]) -> Iterator[str]:
    """The names of schemas that contain themselves, directly or through others (Tarjan)."""
    targets = {name: tuple(dict.fromkeys(_references(schema))) for name, schema in named.items()}
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in named:
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


def _references(schema: Any) -> Iterator[str]:
    stack = [schema]
    while stack:
        item = stack.pop()
        if name := reference(item):
            yield name
        stack.extend(subschemas(item))
