"""JSON text of a document: two spaces of indentation, the author's order, UTF-8 as it is."""

from __future__ import annotations

import json
import re
from typing import Any

from routebook.findings import RoutebookError

_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(document: Any) -> str:
    """The document as JSON (RFC 8259), ending in a newline; equal documents give equal text.

    Raises `RoutebookError` for what JSON cannot say: an infinite number, a value of another type.
    """
    try:
        text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise RoutebookError(
            f"the document cannot be written as JSON: {error}",
            hint="examples, defaults and extra fields must be JSON data",
        ) from error
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
