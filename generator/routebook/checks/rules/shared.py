"""Shared names: aliases in the reference, and the components of an OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index
from routebook.descriptors import (
    APIDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.walk import Node

_COMPONENT = re.compile(r"[a-zA-Z0-9._-]+")


@rule("alias-taken", APIDescriptor)
def alias_taken(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """One alias leads to two places.

    An alias is an id in the reference: a link to it can only lead to one of them.
    """
    first: dict[str, str] = {}
    for each in index.nodes:
        for alias in getattr(each.value, "aliases", ()):
            taken = first.setdefault(alias, each.place)
            if taken != each.place:
                yield Problem(
                    f"the alias {alias!r} is that of {taken} already",
                    "keep it in one place",
                    f".{each.place}",
                )


@rule("alias-form", RouteDescriptor, MethodDescriptor, RequestDescriptor, ResponseDescriptor)
def alias_form(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """An alias cannot be an id in a page.

    Ids have no white space (HTML, section 3.2.6), and one that needs escaping in a URL breaks
    when it is copied.
    """
    for alias in value.aliases:
        if not re.fullmatch(r"[A-Za-z0-9_.:-]+", alias):
            yield Problem(
                f"the alias {alias!r} is no id", "use letters, digits, '-', '.', ':', '_'"
            )


@rule("component-name", APIDescriptor)
def component_name(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A name in OpenAPI's components has characters that are not allowed there.

    Letters, digits, `.`, `-` and `_` are (OpenAPI 3.1, section 4.8.7).
    """
    hint = "use letters, digits, '.', '-', '_'"
    for name in api.schemas:
        if not _COMPONENT.fullmatch(name):
            yield Problem(f"{name!r} is no name of a component", hint, f".schemas[{name}]")
    for each in index.nodes:
        name = getattr(each.value, "component", "")
        if name and not _COMPONENT.fullmatch(name):
            yield Problem(f"{name!r} is no name of a component", hint, f".{each.place}")


@rule("component-conflict", APIDescriptor)
def component_conflict(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """One component name stands for two different values.

    What is shared under a name is written once, so the other would be lost.
    """
    first: dict[tuple[str, str], Node] = {}
    for each in index.nodes:
        name = getattr(each.value, "component", "")
        if not name:
            continue
        known = first.setdefault((_section(each), name), each)
        if known.value is not each.value and not _same(known, each):
            yield Problem(
                f"the component {name!r} is another one at {known.place}",
                "share one object, or give this one another name",
                f".{each.place}",
            )


def _section(node: Node) -> str:
    """The part of OpenAPI's components that a shared descriptor goes to."""
    kind = type(node.value).__name__
    header = node.field == "headers" and not isinstance(_holder(node), RequestDescriptor)
    return f"{kind} header" if header else kind


def _holder(node: Node) -> Any:
    return node.parent.value if node.parent else None


def _same(one: Node, other: Node) -> bool:
    """Whether two values are the same but for what is said where they are used."""
    if type(one.value) is ParameterDescriptor and _section(one) == type(one.value).__name__:
        return one.field == other.field and one.value == other.value
    return bool(_shared(one.value) == _shared(other.value))


def _shared(value: Any) -> Any:
    """A value without what a component does not say: its key where it is used."""
    keys: tuple[str, ...] = ("status_code", "content_type", "name", "path")
    names = [field.name for field in fields(value)]
    if isinstance(value, (ResponseDescriptor, RouteDescriptor)):
        keys = ("status_code", "path")
    return replace(value, **{key: "" for key in keys if key in names})
