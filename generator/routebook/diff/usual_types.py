"""The media type that a part of a form or multipart body has where none is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from routebook.diff.schemas.node import Node
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.parts import ALL, NUMBERS, Conjunction, Part

OCTETS = "application/octet-stream"
TEXT = "text/plain"
_SCALARS = frozenset({"string", "boolean"}) | NUMBERS
_INNER = ("properties", "patternProperties", "items", "prefixItems", "enum", "const", "not", "if")
_DEEPEST = 8


class Usual(NamedTuple):
    """What a part is sent as by itself."""

    media_type: str = ""
    """Empty: that is not known."""
    disputed: str = ""
    """What it is by another version of OpenAPI, or by another way to read it; empty for none."""


def usual_type(schema: Any, name: str, definitions: Mapping[str, Any]) -> Usual:
    """The media type of a property of a body.

    The versions of OpenAPI differ (Encoding Object, `contentType`): a text with a
    `contentEncoding`, which is a `byte` of 3.0, is `text/plain` in 3.0.3 and made of octets in
    3.0.4 and 3.1. By 3.1, `format: binary` means nothing; who writes it means octets all the same.
    A `contentMediaType` there does not say what is sent, but some readers take it so.

    >>> usual_type({"properties": {"a": {"type": "object"}}}, "a", {}).media_type
    'application/json'
    """
    if not isinstance(schema, Mapping):
        return Usual()
    view = View(definitions)
    inner = view.normal((Part(schema, "", ""),)).of_property(name)
    return _of(view, inner, _DEEPEST) if inner else Usual()


def _of(view: View, schemas: Conjunction, deepest: int) -> Usual:
    node = view.normal(schemas)
    if node.unions or node.opaque:
        return Usual()
    if node.types == ALL:
        return _of_anything(node)
    types = node.types - {"null"}
    if types == {"object"}:
        return Usual("application/json")
    if types == {"array"} and deepest:
        items = node.of_item(0)
        return _of(view, items, deepest - 1) if items else Usual(OCTETS)
    if types == {"string"}:
        return _of_text(node)
    return Usual(TEXT) if types and types <= _SCALARS else Usual()


def _of_anything(node: Node) -> Usual:
    """Of a schema without a type: octets, unless it speaks of what is in other values."""
    if any(next(node.anywhere(keyword), None) for keyword in _INNER):
        return Usual()
    return Usual(OCTETS, _content(node))


def _of_text(node: Node) -> Usual:
    if next(node.anywhere("contentEncoding"), None):
        return Usual(OCTETS, TEXT)
    content = _content(node)
    if content == OCTETS or any(found.value == "binary" for found in node.anywhere("format")):
        return Usual(OCTETS)
    return Usual(TEXT, content)


def _content(node: Node) -> str:
    """The `contentMediaType`."""
    found = next((one.value for one in node.anywhere("contentMediaType")), "")
    return found.lower() if isinstance(found, str) else ""
