"""The inventory that Sphinx' intersphinx and mkdocstrings find the parts of a reference by."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from routebook.emit.machines.targets import line

LABEL = "std:label"
"""The role of what has an id: `:ref:` in Sphinx."""
PAGE = "std:doc"
"""The role of a page: `:doc:` in Sphinx."""

_BLOCK = 0xFFFF


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A name, and where it leads."""

    name: str
    """The name, a word."""
    url: str
    """Where it leads, relative to the inventory, without blanks."""
    title: str
    """What a link to it says."""
    role: str = LABEL
    """Domain and role."""


def dump(entries: Iterable[Entry], project: str, version: str) -> bytes:
    """An `objects.inv` of version 2; of entries with one role and name, the first.

    Labels are compared without case, as Sphinx does. The file has the form of compressed data,
    and is not compressed: what compresses differs from one Python to another, and would give
    other bytes. A web server compresses on the way.
    """
    rows: dict[tuple[str, str], str] = {}
    for entry in entries:
        rows.setdefault((entry.role, entry.name.lower()), _row(entry))
    head = (
        "# Sphinx inventory version 2\n"
        f"# Project: {line(project)}\n"
        f"# Version: {line(version)}\n"
        "# The remainder of this file is compressed using zlib.\n"
    )
    return head.encode() + _stored("".join(rows.values()).encode())


def _row(entry: Entry) -> str:
    """A row; a URL that ends as the name does, and a title that is the name, are abbreviated."""
    url = entry.url
    if url.endswith(f"#{entry.name}"):
        url = f"{url.removesuffix(entry.name)}$"
    title = line(entry.title) or entry.name
    return f"{entry.name} {entry.role} 1 {url} {'-' if title == entry.name else title}\n"


def _stored(data: bytes) -> bytes:
    """Data as a zlib stream (RFC 1950) of stored blocks (RFC 1951, section 3.2.4)."""
    starts = range(0, max(len(data), 1), _BLOCK)
    blocks = (data[start : start + _BLOCK] for start in starts)
    written = [
        struct.pack("<BHH", start == starts[-1], len(block), len(block) ^ 0xFFFF) + block
        for start, block in zip(starts, blocks, strict=True)
    ]
    return b"\x78\x01" + b"".join(written) + struct.pack(">I", zlib.adler32(data))
