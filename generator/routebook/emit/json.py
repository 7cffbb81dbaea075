"""JSON text of a document: the author's order, UTF-8 as it is, and lines for people to read."""

from __future__ import annotations

import json
import re
from typing import Any

from routebook.findings import RoutebookError

_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(document: Any, *, compact: bool = False) -> str:
    """The document as JSON (RFC 8259), ending in a newline; equal documents give equal text.

    It has two spaces of indentation, or when `compact` no space at all. Raises `RoutebookError`
    for what JSON cannot say: an infinite number, a value of another type.
    """
    try:
        text = json.dumps(
            document,
            indent=None if compact else 2,
            separators=(",", ":") if compact else None,
            ensure_ascii=False,
            allow_nan=False,
        )
    except (TypeError, ValueError) as error:
        raise RoutebookError(
            f"the document cannot be written as JSON: {error}",
            hint="examples, defaults and extra fields must be JSON data",
        ) from error
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
