"""A document: its data, and where each part of it stands in its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from routebook.documents.problems import split
from routebook.findings import Location


class Places(Protocol):
    """What knows where the parts of a document stand."""

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
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
