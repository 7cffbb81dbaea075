"""Where the parts of a JSON text stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from routebook.documents.outline import Outline
from routebook.documents.text import characters
from routebook.findings import Location

Place = tuple[int, int]
"""Where a part of a text starts, with its key, and where its value does."""


class JsonPlaces:
    """Where the parts of a JSON text stand; containers are scanned as far as they are asked for."""

    def __init__(self, text: str, name: str, outline: Outline | None) -> None:
        raw = outline is not None and outline.raw
        self._text = text
        self._scan = json.JSONDecoder().raw_decode
        self._raw = raw
        self._children = dict(outline.places) if outline is not None else {}
        self._further: dict[int, Iterator[tuple[str, Place]]] = {}
        self._lines = _Lines(text, name, raw=raw)

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""
        index, count = self._index(parts)
        return self._lines.at(index), count

    def _index(self, parts: list[str]) -> tuple[int, int]:
        value = shown = self._skip(0)
        for count, part in enumerate(parts):
            child = self._child(value, part)
            if child is None:
                return shown, count
            shown, value = child
        return shown, len(parts)

    def _skip(self, index: int) -> int:
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def _child(self, index: int, part: str) -> tuple[int, int] | None:
        """Where a child of a container starts, and where its value does; None for no child."""
        children = self._children.get(index)
        if children is None:
            children = self._children[index] = {}
            self._further[index] = self._below(index)
        found = children.get(part)
        if found is None:
            for key, place in self._further.get(index, ()):
                children[key] = place
                if key == part:
                    return place
        return found

    def _below(self, index: int) -> Iterator[tuple[str, tuple[int, int]]]:
        """The children of a container, each with its places; none where no container is."""
        opening = self._text[index : index + 1]
        if opening == "{":
            yield from self._members(self._skip(index + 1))
        elif opening == "[":
            yield from self._items(self._skip(index + 1))

    def _members(self, index: int) -> Iterator[tuple[str, tuple[int, int]]]:
        while (match := _KEY(self._text, index)) is not None:
            key, value = match[1], match.end()
            if self._raw:
                key = characters(key)
            if "\\" in key:
                key = self._scan(f'"{key}"', 0)[0]
            yield key, (index, value)
            index = self._next(value)

    def _items(self, index: int) -> Iterator[tuple[str, tuple[int, int]]]:
        count = 0
        while self._text[index] != "]":
            yield str(count), (index, index)
            index = self._next(index)
            count += 1

    def _next(self, value: int) -> int:
        _, after = self._scan(self._text, value)
        match: re.Match[str] = _COMMA(self._text, after)
        return match.end()


class _Lines:
    """Where the lines of a text start."""

    def __init__(self, text: str, name: str, *, raw: bool) -> None:
        self._name = name
        self._text = text
        self._ends = _Count(text, _ends)
        self._rest = _Count(text, _rest) if raw and not text.isascii() else None

    def at(self, index: int) -> Location:
        """The line and column of the character at an index."""
        start = self._text.rfind("\n", 0, index) + 1
        column = index - start
        if self._rest is not None:
            column -= self._rest.before(index) - self._rest.before(start)
        return Location(file=self._name, line=self._ends.before(index) + 1, column=column + 1)


class _Count:
    """How many of some characters stand before any index of a text."""

    def __init__(self, text: str, count: Callable[[str, int, int], int]) -> None:
        self._text = text
        self._count = count
        self._before = [0]
        for start in range(0, len(text), _STRIDE):
            self._before.append(self._before[-1] + count(text, start, start + _STRIDE))

    def before(self, index: int) -> int:
        """How many there are before an index."""
        stride = index // _STRIDE
        return self._before[stride] + self._count(self._text, stride * _STRIDE, index)


def _ends(text: str, start: int, end: int) -> int:
    """How many lines end in a part of a text."""
    return text.count("\n", start, end)


def _rest(text: str, start: int, end: int) -> int:
    """How many octets in a part of a text go on with a character (RFC 3629, section 3)."""
    part = text[start:end]
    return 0 if part.isascii() else len(part.encode("latin-1").translate(None, _FIRST))


_FIRST = bytes([*range(0x80), *range(0xC0, 0x100)])
"""The octets that start a character."""
_STRIDE = 1 << 13
"""Characters are counted beforehand for every so many."""
_SPACE = re.compile(r"[ \t\n\r]*")
_KEY: Any = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"[ \t\n\r]*:[ \t\n\r]*', re.DOTALL).match
_COMMA: Any = re.compile(r"[ \t\n\r]*,?[ \t\n\r]*").match
