"""Finds equal descriptors quickly, also where thousands are nearly equal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from routebook.descriptors import BodyDescriptor, ParameterDescriptor, ResponseDescriptor
from routebook.values import Value

_V = TypeVar("_V", bound=Value)


class Equals:
    """Gives the first of the descriptors that are equal; it then stands for all of them.

    A descriptor that was asked for before is known again by identity, so shared ones cost one
    look. Others are compared only with those that agree in what is quickly seen.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Value, Value]] = {}
        self._alike: dict[Hashable, list[Value]] = {}

    def first(self, value: _V) -> _V:
        """The first of the descriptors that were asked for and are equal to `value`."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, self._search(value))
        return known[1]  # type: ignore[return-value]  # what is equal is of the same class

    def _search(self, value: Value) -> Value:
        alike = self._alike.setdefault(_mark(value), [])
        for other in alike:
            if other == value:
                return other
        alike.append(value)
        return value


def _mark(value: Value) -> Hashable:
    """What equal descriptors have in common, and others seldom."""
    if isinstance(value, ResponseDescriptor):
        headers = tuple(header.name for header in value.headers)
        codes = tuple(error.value for error in value.error_codes)
        own = (value.status_code, value.name, value.description, value.component)
        return (*own, headers, codes, _body(value.body))
    if isinstance(value, BodyDescriptor):
        return _body(value)
    if isinstance(value, ParameterDescriptor):
        names = (value.name, value.component, value.description)
        return (*names, _schema(value.schema), tuple(map(_example, value.examples)))
    return type(value).__name__


def _body(body: BodyDescriptor | None) -> Hashable:
    if body is None:
        return None
    return (
        body.component,
        body.description,
        tuple(
            (media.content_type, _schema(media.schema), tuple(x.name for x in media.examples))
            for media in body.content
        ),
    )


def _example(given: Any) -> Hashable:
    return given if isinstance(given, (str, int, float)) else None


def _schema(schema: Any) -> Hashable:
    if not isinstance(schema, Mapping):
        return type(schema).__name__
    if "$ref" in schema:
        return str(schema["$ref"])
    properties, items = schema.get("properties"), schema.get("items")
    names = frozenset(properties) if isinstance(properties, Mapping) else None
    inner = str(items.get("$ref", "")) if isinstance(items, Mapping) else ""
    return (frozenset(schema), names, inner)
