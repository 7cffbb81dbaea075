"""Swagger 2.0 documents as OpenAPI 3.0 says the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from routebook.documents import Document
    from routebook.findings import Finding

VERSION = "3.0.3"
"""The version that documents are converted to."""


def is_swagger(data: Any) -> bool:
    """Whether data says of itself that it is a Swagger 2.0 document."""
    return isinstance(data, dict) and str(data.get("swagger")) == "2.0"


def convert(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    """A Swagger 2.0 document as one of OpenAPI 3.0, and what that has no words for.

    The findings are warnings, each with its place. What is no valid Swagger is left as it is, for
    the reader to tell; the places of the result are those of the original.
    """
    from routebook.deep import deep
    from routebook.openapi.swagger.conversion import converted  # its parts take a while

    with deep():
        if document.scan is None:
            document = replace(document, data=_with_texts(document.data))
        return converted(document)


def _with_texts(data: Any) -> Any:
    """Data that some other reader of YAML made, whose keys may be numbers: with texts as keys."""
    if isinstance(data, dict):
        return {
            key if isinstance(key, str) else str(key).lower(): _with_texts(value)
            for key, value in data.items()
        }
    return [_with_texts(one) for one in data] if isinstance(data, list) else data
