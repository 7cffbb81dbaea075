"""From files and texts to documents."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from routebook.documents.jsonplaces import JsonPlaces
from routebook.documents.jsontext import parse_json, parse_octets
from routebook.documents.model import Document, Places
from routebook.documents.outline import Outline
from routebook.documents.problems import error
from routebook.documents.text import decode, octets
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
    with uncollected():
        outline = _sound(content, beside) if isinstance(content, bytes) else None
        if outline is not None:
            text, data = outline.text, outline.top.value
            scan: Callable[[], Places] = partial(JsonPlaces, text, name, outline)
        else:
            text = decode(content, name)
            data, scan, outline = _parse(text, name, beside)
    return Document(data=data, name=name, text=text, path=path, scan=scan, outline=outline)


def _sound(content: bytes, beside: Document | None) -> Outline | None:
    """The outline of a JSON object without errors; None for all else."""
    if not _OBJECT.match(content):
        return None
    text = octets(content)
    if text is None:
        return None
    return parse_octets(text, beside.outline if beside is not None else None)


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
            return data, partial(JsonPlaces, text, name, outline), outline
    from routebook.documents.yamlplaces import YamlPlaces
    from routebook.documents.yamltext import parse_yaml

    same = beside is not None and beside.outline is None and text == beside.text
    data = beside.data if beside is not None and same else parse_yaml(text, name)
    return data, partial(YamlPlaces, text, name), None


_OBJECT = re.compile(rb"[ \t\r\n]*\{")
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


def _markup(text: str, name: str) -> DescriptionError:
    head = text.lstrip()[:200].lower()
    html = head.startswith(("<!doctype html", "<html"))
    return error(
        "document-syntax",
        f"expected JSON or YAML, found {'an HTML page' if html else 'XML or other markup'}",
        Location(file=name, line=1, column=1),
        hint="save the raw document, not the page that shows it" if html else "",
    )
