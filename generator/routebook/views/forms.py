"""Bodies of forms: the fields that a value becomes, and how they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from routebook.descriptors import EncodingDescriptor, MediaTypeDescriptor
from routebook.values import Value, frozen
from routebook.views.ids import slug
from routebook.views.written import is_json, scalar

MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"

BOUNDARY = "boundary"
"""What stands between the parts of a multipart sample (RFC 2046, section 5.1.1)."""

_BINARY = "<binary data>"
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}


@frozen(kw_only=False)
class Field(Value):
    """One field of a form."""

    name: str
    text: str
    content_type: str = ""
    """Its media type, where one is asked for."""
    file: str = ""
    """The name of the file that is sent for it; empty for a plain text."""


def form_of(media: MediaTypeDescriptor) -> str:
    """The kind of form that a media type is; empty for what is none."""
    essence = media.content_type.partition(";")[0].strip().lower()
    return essence if essence in (MULTIPART, URLENCODED) else ""


def fields(media: MediaTypeDescriptor, value: dict[str, Any]) -> Iterator[Field]:
    """The fields that a value becomes (OpenAPI 3.1, section 4.8.15; RFC 7578, section 4.3).

    A list is a field for each of its items, unless its encoding asks for something else.
    """
    encodings = {encoding.name: encoding for encoding in media.encoding}
    for name, item in value.items():
        encoding = encodings.get(name)
        kind = encoding.content_type.partition(",")[0].strip() if encoding else ""
        if not isinstance(item, list) or is_json(kind):
            yield _field(name, item, kind)
        elif encoding is not None and _is_joined(encoding):
            delimiter = _DELIMITERS.get(encoding.style, ",")
            yield Field(name, delimiter.join(map(scalar, item)))
        else:
            yield from (_field(name, one, kind) for one in item)


def _is_joined(encoding: EncodingDescriptor) -> bool:
    """Whether the items of a list go into one field (OpenAPI 3.1, section 4.8.12.3)."""
    exploded = encoding.style in ("", "form") if encoding.explode is None else encoding.explode
    return bool(encoding.style or encoding.explode is not None) and not exploded


def _field(name: str, value: Any, kind: str) -> Field:
    if value == _BINARY or kind.startswith(("image/", "application/octet")):
        return Field(name, _BINARY, kind or "application/octet-stream", f"{slug(name)}.bin")
    if isinstance(value, dict) and not kind:
        kind = "application/json"
    return Field(name, scalar(value), kind)


def urlencoded(media: MediaTypeDescriptor, value: dict[str, Any]) -> str:
    """A value as the body of an HTML form (URL Standard, section 5.2)."""
    pairs = ((field.name, field.text) for field in fields(media, value))
    return "&".join(
        f"{quote(name, errors='replace')}={quote(text, errors='replace')}" for name, text in pairs
    )


def multipart(media: MediaTypeDescriptor, value: dict[str, Any]) -> str:
    """A value in parts, with `BOUNDARY` between them (RFC 7578, section 4)."""
    lines: list[str] = []
    for field in fields(media, value):
        lines += [f"--{BOUNDARY}", f"Content-Disposition: {disposition(field)}"]
        lines += [f"Content-Type: {field.content_type}"] if field.content_type else []
        lines += ["", field.text]
    return "\n".join([*lines, f"--{BOUNDARY}--"])


def disposition(field: Field) -> str:
    """What the header `Content-Disposition` of a part holds (RFC 7578, section 4.2)."""
    file = f'; filename="{_quoted(field.file)}"' if field.file else ""
    return f'form-data; name="{_quoted(field.name)}"{file}'


def _quoted(name: str) -> str:
    """A name between quotes (HTML, section 4.10.22.8)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
