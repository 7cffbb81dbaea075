"""Descriptions that are written before it is known what their API has.

A reference of a large document is held up by reading it. Meanwhile, another process can write
the descriptions that stand in it: but for the few that name something of the API, what comes
out is the same.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from routebook.views.prose import WORD, Prose

_DESCRIPTION = re.compile(rb'"description"\s*:\s*("(?:[^"\\]++|\\.)*+")', re.DOTALL)
_PART = 16
"""What part of a document, at least, are the descriptions that are written while it is read."""


class Unlinked(NamedTuple):
    """A description, written where nothing has a name."""

    block: str
    """It as blocks."""
    line: str
    """It as a line."""
    names: tuple[str, ...]
    """The words and the code in it that would be links if something had these names."""
    ids: tuple[str, ...]
    """The ids that it would link to if the reference had them."""


class _Noting(Prose):
    """Writes descriptions, and notes what might have become a link."""

    def __init__(self) -> None:
        super().__init__()
        self._names: set[str] = set()
        self._anchors: set[str] = set()

    def written(self, source: str) -> Unlinked | None:
        """A description; None for a plain one, which takes no time."""
        if self.plain(source) is not None:
            return None
        self._names, self._anchors = set(), set()
        both = self.both(source)
        return Unlinked(*both, tuple(sorted(self._names)), tuple(sorted(self._anchors)))

    def code(self, source: str) -> str:
        self._names.add(source)
        return super().code(source)

    def named(self, source: str) -> str:
        self._names.update(WORD.findall(source))
        return super().named(source)

    def link(self, label: str, url: str) -> str:
        if url.startswith("#"):
            self._anchors.add(url[1:])
        return super().link(label, url)


def unlinked(document: bytes) -> dict[str, Unlinked]:
    """The descriptions in the text of a JSON document, by what they say.

    They are as many of them as can be written in about the time in which the document is read.
    What looks like a description and is none does no harm.
    """
    prose = _Noting()
    found: dict[str, Unlinked] = {}
    left = len(document) // _PART
    for text in dict.fromkeys(_DESCRIPTION.findall(document)):
        left -= len(text)
        if left < 0:
            break
        try:
            source = json.loads(text, strict=False)
        except ValueError:
            continue
        if (written := prose.written(source)) is not None:
            found[source] = written
    return found
