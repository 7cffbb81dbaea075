"""Bodies that are plain octets, of which a schema says nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from routebook.descriptors import MediaTypeDescriptor
from routebook.diff.media import covers, essence
from routebook.diff.schemas.parts import NOTES, REFERENCE, steps_in

_WRITTEN = ("application/x-www-form-urlencoded", "application/javascript", "application/graphql")
_SYNTAXES = ("json", "xml", "yaml", "ndjson", "jsonl", "json-seq", "csv", "text", "toml")
_OCTETS = NOTES | {"type", "format", "contentMediaType"}
_CHAIN = 16


def is_octets(content_type: str) -> bool:
    """Whether a media type is of plain octets: not of text, nor a form, nor a range of these.

    >>> is_octets("image/png"), is_octets("application/json"), is_octets("*/*")
    (True, False, False)
    """
    name = essence(content_type)
    kind, _, rest = name.partition("/")
    syntax = rest.rpartition("+")[2].removeprefix("x-")
    ranges = any(covers(name, one) for one in ("application/json", "text/plain"))
    return not (ranges or kind in ("text", "multipart") or syntax in _SYNTAXES or name in _WRITTEN)


def say_no_more(sides: Iterable[tuple[MediaTypeDescriptor, Mapping[str, Any]]]) -> bool:
    """Whether some content is plain octets, each with the schemas that its schema may refer to.

    The schema of such content may be omitted, and what OpenAPI 3.0 says of it, a string whose
    format is `binary`, is omitted or only a `contentMediaType` in 3.1 (OpenAPI 3.1.1,
    Considerations for File Uploads, and Migrating binary descriptions from OAS 3.0).
    """
    return all(
        content.item_schema is None
        and is_octets(content.content_type)
        and _is_binary(content.schema, schemas)
        for content, schemas in sides
    )


def _is_binary(schema: Any, schemas: Mapping[str, Any]) -> bool:
    """Whether a schema says no more than that there are octets."""
    for _ in range(_CHAIN):
        if not isinstance(schema, Mapping):
            return schema is None or schema is True
        reference = schema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith(REFERENCE):
            break
        if any(key != "$ref" and key not in NOTES for key in schema):
            return False
        name, *steps = steps_in(reference)
        schema = False if steps else schemas.get(name, False)
    if any(key not in _OCTETS and not key.startswith("x-") for key in schema):
        return False
    kind, form, content = (schema.get(key) for key in ("type", "format", "contentMediaType"))
    if kind is None and form is None:
        return True
    marked = form == "binary" or (form is None and content == "application/octet-stream")
    return kind in (None, "string") and marked
