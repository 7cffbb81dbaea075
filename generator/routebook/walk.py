"""Walking a description: every descriptor in it, in the author's order, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, TypeVar

from routebook.descriptors import (
    APIDescriptor,
    BodyDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.errors import ErrorDescriptor
from routebook.metadata import SecurityRequirement, ServerDescriptor
from routebook.values import Value

_REFERENCES = {"error_codes"}
"""Fields that name what stands elsewhere in the description."""

_SHORT = {"path_parameters": "path", "query_parameters": "query", "cookie_parameters": "cookie"}
"""How a request's fields are written in a place, where that is not their name."""

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A descriptor where it stands in a description."""

    value: Value
    """The descriptor."""
    place: str
    """Its path, such as `blob-upload.POST[Mount Blob].query[from]`; empty for the API."""
    field: str = ""
    """The field of the parent that holds it, such as `query_parameters`."""
    parent: Node | None = None
    """What it stands in; None for the API."""

    def inside(self, kind: type[Kind]) -> Kind | None:
        """The nearest descriptor of a kind that this one stands in, or is; None for none."""
        node: Node | None = self
        while node is not None:
            if isinstance(node.value, kind):
                return node.value
            node = node.parent
        return None


def walk(api: APIDescriptor) -> Iterator[tuple[str, Value]]:
    """Every descriptor of an API with its place, parents before their parts.

    A descriptor that stands in several places comes once for each. The error codes of a
    response are references, and so not parts of it.
    """
    return ((node.place, node.value) for node in nodes(api))


def nodes(api: APIDescriptor) -> Iterator[Node]:
    """As `walk`, and each descriptor knows what it stands in."""
    stack = [Node(api, "")]
    while stack:
        node = stack.pop()
        yield node
        stack += reversed(list(children(node)))


def children(node: Node) -> Iterator[Node]:
    """The descriptors directly inside another."""
    kind: Any = type(node.value)
    for name in part_fields(kind):
        held = getattr(node.value, name)
        if isinstance(held, tuple):
            for index, item in enumerate(held):
                if isinstance(item, Value):
                    yield Node(item, part_place(node, name, item, index, len(held)), name, node)
        elif isinstance(held, Value):
            yield Node(held, part_place(node, name, held), name, node)


@lru_cache(maxsize=128)
def part_fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a descriptor class that may hold descriptors, in order."""
    kinds = {subclass.__name__ for subclass in Value.__subclasses__()}
    return tuple(
        field.name
        for field in fields(kind)
        if field.name not in _REFERENCES
        and (
            kinds.intersection(re.findall(r"\w+", str(field.type)))
            or field.type == "tuple[Any, ...]"
        )
    )


def part_place(
    parent: Node, field: str, item: Any, index: int | None = None, count: int = 1
) -> str:
    """The place of what a field of `parent` holds: at `index` of `count`, or by itself."""
    if isinstance(parent.value, APIDescriptor) and isinstance(item, RouteDescriptor):
        return item.name if field == "routes" else f"{field}[{item.name}]"
    if isinstance(item, MethodDescriptor):
        return f"{parent.place}.{item.method}"
    if isinstance(item, ErrorDescriptor):
        return f"{parent.place}.{item.value}"
    if isinstance(item, RequestDescriptor):
        key = item.name or (str(index) if count > 1 else "")
        return f"{parent.place}[{key}]" if key else parent.place
    if isinstance(parent.value, BodyDescriptor) and isinstance(item, MediaTypeDescriptor):
        return f"{parent.place}[{item.content_type}]"
    dot = "." if parent.place else ""
    shown = _SHORT.get(field, field) if isinstance(parent.value, RequestDescriptor) else field
    key = "" if index is None else f"[{_key(parent, item, index)}]"
    return f"{parent.place}{dot}{shown}{key}"


def _key(parent: Node, item: Any, index: int) -> str:
    """What tells an item of a field from its siblings."""
    if parent.field == "" and parent.parent is None:
        return _name(item) or str(index)
    if isinstance(item, RouteDescriptor):
        return item.path
    if isinstance(item, MediaTypeDescriptor):
        return item.content_type
    component = getattr(item, "component", "") if _in_components(parent) else ""
    if isinstance(item, ResponseDescriptor):
        return component or str(index)
    return component or _name(item) or str(index)


def _in_components(parent: Node) -> bool:
    return parent.field == "components"


def _name(item: Any) -> str:
    """The name that an item has, if that tells it apart."""
    if isinstance(item, (ServerDescriptor, SecurityRequirement)):
        return ""
    return str(getattr(item, "name", ""))
