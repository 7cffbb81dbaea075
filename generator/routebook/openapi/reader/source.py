"""From a path, stream, text or data to a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from typing import Any

from routebook.documents import Document, bundle, parse, read_file
from routebook.findings import RoutebookError
from routebook.openapi.reader.result import Reading, read_data, root_of


def read_source(source: Any, *, name: str = "", allow_refs: Iterable[str] = ()) -> Reading:
    """Read a document from wherever it is."""
    if isinstance(source, Mapping):
        return read_data(root_of(source), None, name)
    document = source if isinstance(source, Document) else _document(source, name)
    document = bundle(document, allow_refs=allow_refs)
    return read_data(document.data, document.locate, document.name)


def _document(source: Any, name: str) -> Document:
    if isinstance(source, PathLike):
        return read_file(fspath(source))
    if isinstance(source, str) and _is_path(source):
        return read_file(fspath(source))
    if hasattr(source, "read"):
        return parse(source.read(), name or str(getattr(source, "name", "")) or "<stream>")
    if isinstance(source, (str, bytes)):
        return parse(source, name or "<text>")
    raise RoutebookError(
        f"expected a path, a stream, a text or an object, found {type(source).__name__}",
        place=name,
    )


def _is_path(text: str) -> bool:
    """Whether a text is the path of a document, and not the document itself."""
    return "\n" not in text and not text.lstrip("\ufeff \t").startswith(("{", "<"))
