"""What a description declares, gathered once for all rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from routebook.descriptors import (
    APIDescriptor,
    MethodDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.errors import ErrorDescriptor
from routebook.findings import RoutebookError
from routebook.paths import PathTemplate, parse
from routebook.walk import Node

if TYPE_CHECKING:
    from routebook.checks.disjoint import Overlap
    from routebook.checks.validation import Schemas


@dataclass(eq=False)
class Index:
    """An API and what its parts call each other by."""

    api: APIDescriptor
    """The whole."""
    nodes: tuple[Node, ...]
    """Every descriptor in it, with its place."""

    @cached_property
    def codes(self) -> Mapping[str, ErrorDescriptor]:
        """The error codes of its groups, by what they are on the wire."""
        return {error.value: error for group in self.api.error_groups for error in group.errors}

    @cached_property
    def used_codes(self) -> frozenset[str]:
        """The error codes that some response names."""
        return frozenset(
            error.value
            for node in self.nodes
            if isinstance(node.value, ResponseDescriptor)
            for error in node.value.error_codes
        )

    @cached_property
    def operation_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Operation id to the places of the methods that have it."""
        found: dict[str, list[str]] = {}
        for node in self.nodes:
            if isinstance(node.value, MethodDescriptor) and node.value.operation_id:
                found.setdefault(node.value.operation_id, []).append(node.place)
        return {operation: tuple(places) for operation, places in found.items()}

    @cached_property
    def scheme_names(self) -> tuple[str, ...]:
        """What its security schemes are called."""
        return tuple(scheme.name for scheme in self.api.security_schemes)

    @cached_property
    def tag_names(self) -> tuple[str, ...]:
        """What its groups of operations are called."""
        return tuple(tag.name for tag in self.api.tags)

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """The routes that may match one path; the search for them runs once."""
        from routebook.checks.disjoint import overlaps

        return overlaps(self.api)

    @cached_property
    def schemas(self) -> Schemas:
        """Its schemas, ready to validate values."""
        from routebook.checks.validation import Schemas

        return Schemas(self.api)


def is_path(node: Node) -> bool:
    """Whether a route's `path` is a path template, which those of callbacks are not."""
    return node.field == "routes" and isinstance(getattr(node.parent, "value", None), APIDescriptor)


def template(route: RouteDescriptor) -> PathTemplate | None:
    """The route's path; None when it cannot be parsed."""
    try:
        return parse(route.path)
    except RoutebookError:
        return None


def repeated(names: Iterable[Any]) -> list[tuple[int, Any]]:
    """The names that stood before among `names`, with their positions."""
    seen = set()
    found = []
    for position, name in enumerate(names):
        if name in seen:
            found.append((position, name))
        seen.add(name)
    return found
