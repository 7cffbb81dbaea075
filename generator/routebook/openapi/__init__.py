"""OpenAPI: the document of an API, in versions 3.0, 3.1 and 3.2.

What OpenAPI has no words for stands in extensions, all of them named `x-routebook`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import IO, TypeAlias

    from routebook.descriptors import APIDescriptor
    from routebook.documents import Document
    from routebook.findings import Finding
    from routebook.openapi.reader.result import Reading

    Source: TypeAlias = (
        "str | bytes | PathLike[str] | IO[str] | IO[bytes] | Document | Mapping[str, Any]"
    )

__all__ = ["VERSIONS", "losses", "read", "reading", "validate", "write"]

VERSIONS = ("3.0", "3.1", "3.2")
"""The versions of OpenAPI that can be written."""


def write(api: APIDescriptor, version: str = "3.1", *, derive_ids: bool = False) -> dict[str, Any]:
    """The OpenAPI document of an API, as JSON data; its order is the author's.

    `derive_ids` gives an operation id to each method that has none, made of the route's name
    and the method. Raises `RoutebookError` for a description that cannot be written: a path that
    is no template, two different parts under one name, a type without a JSON Schema.
    """
    from routebook.openapi.document import document  # its parts take a while

    return document(api, version, derive_ids)[0]


def read(source: Source, *, name: str = "", allow_refs: Iterable[str] = ()) -> APIDescriptor:
    """The API that an OpenAPI document describes: the inverse of `write`.

    `source` is a path (`-` for standard input), a stream, the text itself, or its data; `name`
    stands for the file in messages where it has no name of its own. References to other files
    are followed inside the document's folder, and elsewhere only to what `allow_refs` lists:
    folders and URLs.

    Raises `DescriptionError` with everything that is wrong with the document, each with its
    place; `RoutebookError` when there is none.
    """
    return reading(source, name=name, allow_refs=allow_refs).api


def reading(source: Source, *, name: str = "", allow_refs: Iterable[str] = ()) -> Reading:
    """As `read`, with the places of all parts in the document, and with warnings."""
    from routebook.openapi.reader.source import read_source  # its parts take a while

    return read_source(source, name=name, allow_refs=allow_refs)


def losses(api: APIDescriptor, version: str = "3.1") -> tuple[Finding, ...]:
    """What `version` has no words for, each with its place; `write` keeps it in `x-routebook`."""
    from routebook.openapi.document import document  # its parts take a while

    return document(api, version, False)[1]


def validate(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What openapi-spec-validator finds wrong with a document: an error each, with its pointer."""
    from routebook.openapi.validation import findings  # it loads jsonschema

    return findings(document)
