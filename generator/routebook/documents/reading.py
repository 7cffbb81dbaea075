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
from routebook.documents.problems import error
from routebook.documents.text import decode
from routebook.findings import DescriptionError, Location, RoutebookError
from routebook.garbage import uncollected

STDIN = "-"
"""The path that stands for standard input."""


def parse(content: bytes | str, name: str, path: Path | None = None) -> Document:
    """The document that a text in JSON or YAML holds; `name` begins its places.

    What starts as JSON is read as JSON, all else as YAML 1.2. Raises `DescriptionError` with
    the place of each error.
    """
    text = decode(content, name)
    with uncollected():
        data, scan = _parse(text, name)
    return Document(data=data, name=name, text=text, path=path, scan=scan)


def read_file(path: str | Path, base: Path | None = None, shown: str | None = None) -> Document:
    """The document in a file, or on standard input for `-`.

    A relative path starts at `base` (the current folder when None); `shown` stands for it in
    places. Raises `RoutebookError`
    when it cannot be read, and `DescriptionError` as `parse` does.
    """
    if str(path) == STDIN:
        return parse(sys.stdin.buffer.read(), "<stdin>")
    file = Path(path) if base is None else base / path
    name = str(path) if shown is None else shown
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise RoutebookError("there is no such file", place=name, hint=_beside(file)) from None
    except OSError as problem:
        raise RoutebookError(f"cannot be read: {problem.strerror}", place=name) from None
    return parse(content, name, file)


def _beside(file: Path) -> str:
    from routebook.nearest import nearest

    folder = file.parent
    names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
    close = nearest(file.name, names)
    return f"did you mean {close!r}?" if close else "paths start from the current folder"


def _parse(text: str, name: str) -> tuple[Any, Callable[[], Places]]:
    start = text.lstrip(" \t\r\n")[:1]
    if not start:
        raise error(
            "document-syntax", "expected JSON or YAML, found an empty file", Location(file=name)
        )
    if _MARKUP.match(text):
        raise _markup(text, name)
    if start in "{[":
        data = _flow(text, name)
        if data is not _YAML:
            return data, partial(_json_places, text, name)
    from routebook.documents.yamlplaces import YamlPlaces
    from routebook.documents.yamltext import parse_yaml

    return parse_yaml(text, name), partial(YamlPlaces, text, name)


_YAML = object()
_MARKUP = re.compile(r"\s*<[!?a-zA-Z]")


def _flow(text: str, name: str) -> Any:
    """The data of what starts with a brace or bracket: JSON, or else `_YAML`."""
    try:
        return parse_json(text, name)
    except DescriptionError as problem:
        wrong = problem.findings[0].rule == "document-syntax"
        if not wrong or PurePosixPath(name).suffix.lower() not in {".yaml", ".yml"}:
            raise
    return _YAML


class _NamedJsonPlaces:
    """`JsonPlaces` with the name of the file."""

    def __init__(self, text: str, name: str) -> None:
        self._places = JsonPlaces(text)
        self._lines = _Lines(text, name)

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""
        index, count = self._places.index(parts)
        return self._lines.at(index), count


class _Lines:
    """Where the lines of a text start."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._starts = [0]
        index = text.find("\n")
        while index >= 0:
            self._starts.append(index + 1)
            index = text.find("\n", index + 1)

    def at(self, index: int) -> Location:
        """The line and column of the character at an index."""
        from bisect import bisect_right

        line = bisect_right(self._starts, index)
        return Location(file=self._name, line=line, column=index - self._starts[line - 1] + 1)


def _json_places(text: str, name: str) -> Places:
    return _NamedJsonPlaces(text, name)


def _markup(text: str, name: str) -> DescriptionError:
    head = text.lstrip()[:200].lower()
    html = head.startswith(("<!doctype html", "<html"))
    return error(
        "document-syntax",
        f"expected JSON or YAML, found {'an HTML page' if html else 'XML or other markup'}",
        Location(file=name, line=1, column=1),
        hint="save the raw document, not the page that shows it" if html else "",
    )
