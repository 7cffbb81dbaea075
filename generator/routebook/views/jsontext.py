"""JSON as people like to read it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

WIDTH = 88
"""How long a line may be before a list or object in it is spread over lines."""

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_quoted = json.encoder.encode_basestring
_LISTS = frozenset({dict, list, tuple})


def compact(value: Any) -> str:
    """A JSON value on one line."""
    return _encode(value)


def pretty(value: Any, room: int = WIDTH, most: int = sys.maxsize) -> str:
    """A JSON value, with each list and object on one line where that is short enough.

    Only the beginning is written of one that has more than `most` characters, at least so many.

    >>> print(pretty({"a": [1, 2], "b": {"c": True}}, room=20))
    {
      "a": [1, 2],
      "b": {"c": true}
    }
    """
    pieces: list[str] = []
    _write(value, room, "\n", pieces.append, most)
    return "".join(pieces)


def _write(value: Any, room: int, end: str, write: Callable[[str], None], left: int) -> int:
    """Write a value in pieces; returns how many characters are `left` to be written.

    `end` is a line end with the indentation of its own line.
    """
    if type(value) not in _LISTS or not value:
        line = _scalar(value)
        write(line)
        return left - len(line)
    if _left(value, room) >= 0:
        line = _encode(value)
        if len(line) <= room:
            write(line)
            return left - len(line)
    inner = end + "  "
    between = inner
    pairs = isinstance(value, dict)
    write("{" if pairs else "[")
    for key in value:
        if left < 0:
            return left
        item = value[key] if pairs else key
        start = f"{between}{_quoted(str(key))}: " if pairs else between
        between = "," + inner
        if type(item) in _LISTS:
            write(start)
            left = _write(item, room - 2, inner, write, left - len(start))
        else:
            line = start + _scalar(item)
            write(line)
            left -= len(line)
    if left >= 0:
        write(end + ("}" if pairs else "]"))
    return left - len(end) - 1


def _left(value: Any, room: int) -> int:
    """The room that a list or object leaves on a line at most, below zero for one that is longer.

    It is found without writing it, as far as needed: what is large is not written in vain.
    """
    items = value.values() if isinstance(value, dict) else value
    room -= len(value) * (6 if isinstance(value, dict) else 2)
    for item in items:
        if room < 0:
            break
        kind = type(item)
        if kind is str:
            room -= len(item) + 2
        elif kind in _LISTS and item:
            room = _left(item, room)
        else:
            room -= 1
    return room


def _scalar(value: Any) -> str:
    """The JSON of a value that is no list or object, or an empty one."""
    kind = type(value)
    if kind is str:
        return _quoted(value)
    if kind is bool:
        return "true" if value else "false"
    return str(value) if kind is int else "null" if value is None else _encode(value)
