"""The upper levels of a JSON text: what stands where, and what another text says as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from routebook.documents.problems import DEPTH
from routebook.values import Value, frozen

LEVELS = 3
"""So many levels are outlined: `/paths/~1users/get` and `/components/schemas/User` are the last."""

LINKS = frozenset(
    {"$ref", "mapping", "x-routebook"}
    | {"$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$recursiveAnchor"}
)
"""The keys by which one part of a document may mean another."""

MARKS = LINKS | {"x-stability-level"}
"""The keys of which an outline tells where they are."""

Object = dict[str, Any]

Members = dict[str, tuple[int, int]]
"""The members of an object: for each key, where it stands, and where its value does."""


class Decode(Protocol):
    """Decodes values of a text."""

    marked: list[Object]
    """The objects with a key in `MARKS` that it came upon."""

    def __call__(self, text: str, index: int, /) -> tuple[Any, int]:
        """The value at an index, and where it ends, as `json.JSONDecoder.raw_decode` says."""


class NotOutlinedError(Exception):
    """The text is no JSON object, not well-formed in its upper levels, or nested too deeply."""


@frozen(kw_only=False)
class Node(Value):
    """An object or list in the upper levels of a text."""

    value: Any
    start: int
    end: int
    members: dict[str, Node]
    """What stands in it and is an object or list itself."""
    marked: Sequence[Object] | None
    """The objects in it that have one of the keys in `MARKS`; None when its members say."""


@frozen(kw_only=False)
class Outline(Value):
    """A JSON text that was read, with the places of its upper levels."""

    text: str
    raw: bool
    """Whether the text is given by its octets: see `routebook.documents.text.octets`."""
    top: Node
    places: dict[int, Members]
    """The members of objects, by where these start."""

    def at(self, *keys: str) -> Node | None:
        """What stands where keys lead; None when that is no object or list, or too far down."""
        node: Node | None = self.top
        for key in keys:
            node = node and node.members.get(key)
        return node

    def marked(self) -> dict[int, Sequence[Object]]:
        """The objects with a key in `MARKS` in the parts at the last level, by their `id`."""
        found: dict[int, Sequence[Object]] = {}
        waiting = [self.top]
        while waiting:
            node = waiting.pop()
            if node.marked is not None:
                found[id(node.value)] = node.marked
            waiting.extend(node.members.values())
        return found


def outlined(
    text: str, decode: Decode, beside: Outline | None = None, *, raw: bool = False
) -> Outline:
    """Read a JSON text that is an object; what `beside` says in the same words is taken from it.

    `raw` says that the text is given by its octets, which `decode` knows to decode.
    Raises `NotOutlinedError` for what is no object, not well-formed in its upper levels, or nested
    beyond `DEPTH`, and whatever `decode` raises for what stands below.
    """
    if beside is not None and beside.raw is not raw:
        beside = None
    outliner = _Outliner(text, decode, beside)
    start = _SPACE(text, 0).end()
    if text[start : start + 1] != "{":
        raise NotOutlinedError
    top = outliner.node(start, LEVELS, beside.top if beside else None)
    if _SPACE(text, top.end).end() != len(text):
        raise NotOutlinedError
    return Outline(text, raw, top, outliner.places)


class _Outliner:
    def __init__(self, text: str, decode: Decode, beside: Outline | None) -> None:
        self._text = text
        self._decode = decode
        self._beside = beside
        self.places: dict[int, Members] = {}

    def node(self, start: int, levels: int, like: Node | None) -> Node:
        """The object or list at an index, `levels` deep; `like` stands there in the other text."""
        if like is not None and self._repeats(start, like):
            return replace(like, start=start, end=start + like.end - like.start, members={})
        if not levels or self._text[start] == "[":
            value, end = self._decode(self._text, start)
            if self._is_too_deep(value, start, end, DEPTH - LEVELS + levels):
                raise NotOutlinedError
            marked = tuple(self._decode.marked)
            self._decode.marked.clear()
            return Node(value, start, end, {}, marked)
        return self._object(start, levels, like)

    def _is_too_deep(self, value: Any, start: int, end: int, limit: int) -> bool:
        """Whether a part is nested beyond a limit; one with few brackets is not looked into."""
        brackets = self._text.count("{", start, end) + self._text.count("[", start, end)
        return brackets > limit and is_deeper(value, limit)

    def _repeats(self, start: int, like: Node) -> bool:
        """Whether the other text says the same here, word for word."""
        if self._beside is None:
            return False
        other, ours, length = self._beside.text, self._text, like.end - like.start
        end = max(like.end - _GLANCE, like.start)
        return (
            ours.startswith(other[like.start : like.start + min(_GLANCE, length)], start)
            and ours.startswith(other[end : like.end], start + end - like.start)
            and (length <= _GLANCE or ours.startswith(other[like.start : like.end], start))
        )

    def _object(self, start: int, levels: int, like: Node | None) -> Node:
        text = self._text
        value: dict[str, Any] = {}
        members: dict[str, Node] = {}
        places: Members = {}
        index = _SPACE(text, start + 1).end()
        if text[index : index + 1] == "}":
            return Node(value, start, index + 1, members, ())
        while True:
            if text[index : index + 1] != '"':
                raise NotOutlinedError
            key, after = self._decode(text, index)
            colon = _COLON(text, after)
            if colon is None or key in value:
                raise NotOutlinedError
            below = colon.end()
            places[key] = index, below
            if text[below : below + 1] in _CONTAINERS:
                node = self.node(below, levels - 1, like.members.get(key) if like else None)
                members[key], value[key], after = node, node.value, node.end
            else:
                value[key], after = self._decode(text, below)
            comma = _COMMA(text, after)
            if comma is None:
                break
            index = comma.end()
        end = _SPACE(text, after).end()
        if text[end : end + 1] != "}":
            raise NotOutlinedError
        self.places[start] = places
        return Node(value, start, end + 1, members, None)


def is_deeper(data: Any, limit: int) -> bool:
    """Whether lists and mappings stand in each other more than `limit` deep."""
    level = [data]
    for _ in range(limit + 1):
        below: list[Any] = []
        for node in level:
            for value in node.values() if type(node) is dict else node:
                if type(value) is dict or type(value) is list:
                    below.append(value)  # noqa: PERF401  # twice as fast as extend() here
        if not below:
            return False
        level = below
    return True


_GLANCE = 256
"""So many characters at both ends are compared before a long part is copied to compare it."""
_CONTAINERS = ("{", "[")
_SPACE: Any = re.compile(r"[ \t\n\r]*").match
_COLON: Any = re.compile(r"[ \t\n\r]*:[ \t\n\r]*").match
_COMMA: Any = re.compile(r"[ \t\n\r]*,[ \t\n\r]*").match
