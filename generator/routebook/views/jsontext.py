"""JSON as people like to read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

WIDTH = 88
"""How long a line may be before a list or object in it is spread over lines."""

_encode = json.JSONEncoder(ensure_ascii=False).encode
_quoted = json.encoder.encode_basestring
_LEAST: dict[type, int] = {dict: 8, list: 3, tuple: 3}
"""The fewest characters of an entry with its comma, so that long ones need no try."""


def compact(value: Any) -> str:
    """A JSON value on one line."""
    return _encode(value)


def pretty(value: Any, room: int = WIDTH) -> str:
    """A JSON value, with each list and object on one line where that is short enough.

    >>> print(pretty({"a": [1, 2], "b": {"c": True}}, room=20))
    {
      "a": [1, 2],
      "b": {"c": true}
    }
    """
    pieces: list[str] = []
    _write(value, room, "\n", pieces.append)
    return "".join(pieces)


def _write(value: Any, room: int, end: str, write: Callable[[str], None]) -> None:
    """Write a value in pieces; `end` is a line end with the indentation of its own line."""
    kind = type(value)
    if kind is str:
        write(_quoted(value))
        return
    least = _LEAST.get(kind)
    if not least or not value:
        write(_encode(value))
        return
    if len(value) * least <= room + 2:
        line = _encode(value)
        if len(line) <= room:
            write(line)
            return
    inner = end + "  "
    between = inner
    if isinstance(value, dict):
        write("{")
        for key, item in value.items():
            write(f"{between}{_quoted(str(key))}: ")
            _write(item, room - 2, inner, write)
            between = "," + inner
        write(end + "}")
        return
    write("[")
    for item in value:
        write(between)
        _write(item, room - 2, inner, write)
        between = "," + inner
    write(end + "]")
