"""From files and texts to documents."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from routebook.documents.jsontext import JsonPlaces, parse_json
from routebook.documents.model import Document, Places
from routebook.documents.outline import Outline
from routebook.documents.problems import error
from routebook.documents.text import decode
from routebook.findings import DescriptionError, Location, RoutebookError
from routebook.garbage import uncollected

STDIN = "-"
"""The path that stands for standard input."""


def parse(
    content: bytes | str, name: str, path: Path | None = None, *, beside: Document | None = None
) -> Document:
    """The document that a text in JSON or YAML holds; `name` begins its places.

    What starts as JSON is read as JSON, all else as YAML 1.2. `beside` is another version of the
    document: what both say in the same words may be the very same data. Raises `DescriptionError`
    with the place of each error.
    """
    text = decode(content, name)
    with uncollected():
        data, scan, outline = _parse(text, name, beside)
    return Document(data=data, name=name, text=text, path=path, scan=scan, outline=outline)


def read_file(
    path: str | Path,
    base: Path | None = None,
    shown: str | None = None,
    *,
    beside: Document | None = None,
) -> Document:
    """The document in a file, or on standard input for `-`.

    A relative path starts at `base` (the current folder when None); `shown` stands for it in
    places; `beside` is as for `parse`. Raises `RoutebookError` when it cannot be read, and
    `DescriptionError` as `parse` does.
    """
    if str(path) == STDIN:
        return parse(sys.stdin.buffer.read(), "<stdin>", beside=beside)
    file = Path(path) if base is None else base / path
    name = str(path) if shown is None else shown
    if beside is not None and beside.name == name and _is_same(file, beside.path):
        return beside
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise RoutebookError("there is no such file", place=name, hint=_beside(file)) from None
    except OSError as problem:
        raise RoutebookError(f"cannot be read: {problem.strerror}", place=name) from None
    return parse(content, name, file, beside=beside)


def _is_same(one: Path, other: Path | None) -> bool:
    """Whether two paths lead to one file."""
    return other is not None and one.is_file() and other.is_file() and one.samefile(other)


def _beside(file: Path) -> str:
    from routebook.nearest import nearest

    folder = file.parent
    names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
    close = nearest(file.name, names)
    return f"did you mean {close!r}?" if close else "paths start from the current folder"


def _parse(
    text: str, name: str, beside: Document | None
) -> tuple[Any, Callable[[], Places], Outline | None]:
    start = text.lstrip(" \t\r\n")[:1]
    if not start:
        raise error(
            "document-syntax", "expected JSON or YAML, found an empty file", Location(file=name)
        )
    if _MARKUP.match(text):
        raise _markup(text, name)
    if start in "{[":
        data, outline = _flow(text, name, beside.outline if beside is not None else None)
        if data is not _YAML:
            return data, partial(_json_places, text, name, outline), outline
    from routebook.documents.yamlplaces import YamlPlaces
    from routebook.documents.yamltext import parse_yaml

    same = beside is not None and text == beside.text
    data = beside.data if beside is not None and same else parse_yaml(text, name)
    return data, partial(YamlPlaces, text, name), None


_YAML = object()
_MARKUP = re.compile(r"\s*<[!?a-zA-Z]")


def _flow(text: str, name: str, beside: Outline | None) -> tuple[Any, Outline | None]:
    """The data of what starts with a brace or bracket: JSON, or else `_YAML`."""
    try:
        return parse_json(text, name, beside)
    except DescriptionError as problem:
        wrong = problem.findings[0].rule == "document-syntax"
        if not wrong or PurePosixPath(name).suffix.lower() not in {".yaml", ".yml"}:
            raise
    return _YAML, None


class _NamedJsonPlaces:
    """`JsonPlaces` with the name of the file."""

    def __init__(self, text: str, name: str, outline: Outline | None) -> None:
        self._places = JsonPlaces(text, outline.places if outline is not None else {})
        self._lines = _Lines(text, name)

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""
        index, count = self._places.index(parts)
        return self._lines.at(index), count


class _Lines:
    """Where the lines of a text start."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._text = text
        self._before = [1]
        for start in range(0, len(text), _STRIDE):
            self._before.append(self._before[-1] + text.count("\n", start, start + _STRIDE))

    def at(self, index: int) -> Location:
        """The line and column of the character at an index."""
        stride = index // _STRIDE
        line = self._before[stride] + self._text.count("\n", stride * _STRIDE, index)
        return Location(file=self._name, line=line, column=index - self._text.rfind("\n", 0, index))


_STRIDE = 1 << 13
"""Line ends are counted beforehand for every so many characters."""


def _json_places(text: str, name: str, outline: Outline | None) -> Places:
    return _NamedJsonPlaces(text, name, outline)


def _markup(text: str, name: str) -> DescriptionError:
    head = text.lstrip()[:200].lower()
    html = head.startswith(("<!doctype html", "<html"))
    return error(
        "document-syntax",
        f"expected JSON or YAML, found {'an HTML page' if html else 'XML or other markup'}",
        Location(file=name, line=1, column=1),
        hint="save the raw document, not the page that shows it" if html else "",
    )
