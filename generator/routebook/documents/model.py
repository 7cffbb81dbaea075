"""A document: its data, and where each part of it stands in its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Protocol

from routebook.documents.outline import Outline
from routebook.documents.problems import split, tokens
from routebook.findings import Location
from routebook.values import Value, frozen

Tokens = tuple[str, ...]
"""The reference tokens of a JSON pointer."""


_OUTSIDE = re.compile(r"""\$ref["']?+\s*+:\s*+["']?+(?!\#/|\#["'\s])""")


class Places(Protocol):
    """What knows where the parts of a document stand."""

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""


@frozen
class Document(Value):
    """Data that was read from JSON or YAML text."""

    data: Any
    """What the text says: dicts with texts as keys, lists, texts, numbers, booleans and None."""
    name: str
    """The file, as it was given; it begins each place."""
    text: str = field(default="", repr=False)
    """The text itself."""
    path: Path | None = None
    """The file on disk; None when the text came from elsewhere."""
    scan: Callable[[], Places] | None = field(default=None, repr=False)
    """Reads the places; it is called at the first question for one."""
    outline: Outline | None = field(default=None, repr=False)
    """The upper levels of a text in JSON, for another version that is read beside it."""
    _places: list[Places] = field(default_factory=list, repr=False)

    def locate(self, pointer: str) -> Location | None:
        """The place of what a JSON pointer (`/paths/~1pets/get`) names: of its key, if it has one.

        What does not exist has the place of the nearest thing above it. None when nothing is
        known, as for data that was never text.
        """
        found = self.trace(pointer)
        return found and found[0]

    def trace(self, pointer: str) -> tuple[Location, int] | None:
        """As `locate`, with the count of the pointer's tokens that exist."""
        if self.scan is None:
            return None
        if not self._places:
            self._places.append(self.scan())
        return self._places[0].location(split(pointer))

    def may_refer(self) -> bool:
        """Whether it may hold references other than pointers into itself."""
        return not self.text or _OUTSIDE.search(self.text) is not None

    def derived(self, data: Any, origins: Mapping[Tokens, tuple[Document, Tokens]]) -> Document:
        """A document made of this one; `origins` says what each part was made of.

        A part without an origin of its own stands where the nearest one above it comes from.
        """
        places = _Origins(origins)
        scan = None if self.scan is None else lambda: places
        return replace(self, data=data, scan=scan, outline=None, _places=[])


class _Origins:
    """The places of a derived document, in the documents that its parts came from."""

    def __init__(self, origins: Mapping[Tokens, tuple[Document, Tokens]]) -> None:
        self._origins = origins

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""
        for length in range(len(parts), -1, -1):
            origin = self._origins.get(tuple(parts[:length]))
            if origin is None:
                continue
            document, start = origin
            found = document.trace(tokens([*start, *parts[length:]]))
            if found is None:
                return Location(file=document.name), length
            return found[0], length + max(0, found[1] - len(start))
        return Location(file=""), 0
