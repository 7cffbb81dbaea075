"""From a path, stream, text or data to a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike, fspath
from typing import Any

from routebook.documents import Document, bundle, parse, read_file
from routebook.findings import Finding, RoutebookError
from routebook.garbage import uncollected
from routebook.openapi.reader.apart import apart
from routebook.openapi.reader.result import Reading, read_data, root_of
from routebook.openapi.swagger import convert, is_swagger
from routebook.values import Value, frozen


def read_source(source: Any, *, name: str = "", allow_refs: Iterable[str] = ()) -> Reading:
    """Read a document from wherever it is."""
    if isinstance(source, Mapping):
        return _read(Document(data=root_of(source), name=name))
    document = source if isinstance(source, Document) else _document(source, name)
    return _read(bundle(document, allow_refs=allow_refs))


def read_versions(
    old: tuple[Document, Iterable[str]], new: tuple[Document, Iterable[str]]
) -> tuple[Reading, Reading]:
    """Read two versions of a document, each with what its references may lead to.

    Operations and components that are the same in both are left out.
    """
    sides = [_converted(bundle(document, allow_refs=allowed)) for document, allowed in (old, new)]
    with uncollected():
        data = apart(sides[0].document.data, sides[1].document.data, _marked(sides))
    before = _made(replace(sides[0], document=replace(sides[0].document, data=data[0])))
    if data[1] is data[0]:
        return before, before
    return before, _made(replace(sides[1], document=replace(sides[1].document, data=data[1])))


@frozen(kw_only=False)
class _Converted(Value):
    """A document of OpenAPI 3, and what was told when it was made of one of Swagger 2.0."""

    document: Document
    told: tuple[Finding, ...] | None


def _converted(document: Document) -> _Converted:
    if not is_swagger(document.data):
        return _Converted(document, None)
    return _Converted(*convert(document))


def _marked(sides: Iterable[_Converted]) -> dict[int, Sequence[dict[str, Any]]]:
    """What is known to stand in parts of the documents, as `apart` takes it."""
    found: dict[int, Sequence[dict[str, Any]]] = {}
    for side in sides:
        if (outline := side.document.outline) is not None:
            found |= outline.marked()
    return found


def _made(side: _Converted) -> Reading:
    document = side.document
    found = read_data(document.data, document.locate, document.name, document.outline)
    if side.told is None:
        return found
    return replace(found, findings=(*side.told, *found.findings), version="2.0")


def _read(document: Document) -> Reading:
    """Read a document that stands alone; one of Swagger 2.0 is converted first."""
    return _made(_converted(document))


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
