"""JSON text to data (RFC 8259), with what the `json` module lets pass told as errors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NoReturn

from routebook.documents.outline import (
    MARKS,
    Decode,
    NotOutlinedError,
    Outline,
    is_deeper,
    outlined,
)
from routebook.documents.problems import DEPTH, MOST, at, error, finding, too_deep
from routebook.documents.text import LONE, characters, half
from routebook.findings import DescriptionError

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKEN = re.compile(rf"{_STRING}|[\[\]{{}},:]", re.DOTALL)
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F])|.)", re.DOTALL
)
"""An escape; in its group, half of a surrogate pair without the other half."""
_LONG = re.compile(r"\d{4000,}")


class _DuplicateError(Exception):
    """A key stands twice in an object."""


def parse_json(text: str, name: str, beside: Outline | None = None) -> tuple[Any, Outline | None]:
    """The data of a JSON text, and its outline when it is an object.

    What `beside` says in the same words, at the same place, is the very same data. Raises
    `DescriptionError` for what is no JSON, `NaN` and `Infinity`, and for keys that stand twice in
    one object (all of them at once).
    """
    outline = _outline(text, beside, _Decoder(), raw=text.isascii())
    data = outline.top.value if outline is not None else _whole(text, name)
    if outline is None and is_deeper(data, DEPTH):
        raise _deep(text, name)
    if _has_halves(text):
        _refuse_halves(text, name)
    return data, outline


def parse_octets(text: str, beside: Outline | None = None) -> Outline | None:
    """The outline of a JSON text given by its octets, as `routebook.documents.text.octets` does.

    None when it is no object or anything is wrong with it: `parse_json` tells what.
    """
    outline = _outline(text, beside, _OctetsDecoder(), raw=True)
    return None if outline is None or _has_halves(text) else outline


def _outline(text: str, beside: Outline | None, decode: Decode, *, raw: bool) -> Outline | None:
    """The outline of a text; None when anything is wrong with it, or it is no object."""
    try:
        return outlined(text, decode, beside, raw=raw)
    except (NotOutlinedError, _DuplicateError, _ConstantError):
        return None
    except (ValueError, RecursionError):  # what the decoder of `json` raises
        return None


def _whole(text: str, name: str) -> Any:
    """The data of a text that has no outline, each error told."""
    try:
        return _load(text, name, _object)
    except _DuplicateError:
        _load(text, name, dict)  # other errors come first: they end the text
        raise DescriptionError(islice(_duplicates(text, name), MOST)) from None


def _load(text: str, name: str, hook: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """The data of a JSON text, each error told."""
    try:
        return json.loads(text, object_pairs_hook=hook, parse_constant=_constant)
    except json.JSONDecodeError as problem:
        raise _syntax(text, name, problem) from None
    except _ConstantError as problem:
        raise _no_constant(text, name, str(problem)) from None
    except RecursionError:
        raise _deep(text, name) from None
    except ValueError:
        raise _long_number(text, name) from None


def _has_halves(text: str) -> bool:
    """Whether well-formed JSON may have an escape of a lone half of a surrogate pair."""
    if _ESCAPED_HALF.search(text) is None:
        return False
    return any(match[1] is not None for match in _ESCAPE.finditer(text))


def _refuse_halves(text: str, name: str) -> None:
    """Refuse escapes of lone halves of surrogate pairs: no output could be written with them."""
    for match in re.finditer(_STRING, text, re.DOTALL):
        if _ESCAPED_HALF.search(match[0]) and LONE.search(json.loads(match[0])):
            raise half(at(name, text, match.start()))


class _ConstantError(Exception):
    """A number that JSON does not have."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise _DuplicateError
    return data


def _constant(text: str) -> NoReturn:
    raise _ConstantError(text)


class _Decoder:
    """Decodes values of a text: see `routebook.documents.outline.Decode`."""

    def __init__(self) -> None:
        self.marked: list[dict[str, Any]] = []
        self._decode = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=_constant
        ).raw_decode

    def __call__(self, text: str, index: int) -> tuple[Any, int]:
        return self._decode(text, index)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) != len(pairs):
            raise _DuplicateError
        if not MARKS.isdisjoint(data):
            self.marked.append(data)
        return data


class _OctetsDecoder(_Decoder):
    """Decodes values of a text that is given by its octets."""

    def __call__(self, text: str, index: int) -> tuple[Any, int]:
        value, end = self._decode(text, index)
        said = text[index:end]
        if said.isascii():
            return value, end
        self.marked.clear()
        return self._decode(characters(said), 0)[0], end


def _syntax(text: str, name: str, problem: json.JSONDecodeError) -> DescriptionError:
    place = at(name, text, problem.pos)
    rest = text[problem.pos : problem.pos + 1]
    if not rest or problem.msg.startswith("Unterminated string"):
        return error(
            "document-syntax",
            f"expected more JSON, found the end of the file ({problem.msg.lower()})"
            if not rest
            else "expected the closing quote of this text, found the end of the file",
            place,
            hint="the file seems to be cut off",
        )
    if (comma := _last_comma(text, problem.pos)) is not None:
        return error(
            "document-syntax",
            "is not JSON: a comma after the last member",
            at(name, text, comma),
            hint="take the comma out",
        )
    found = repr(text[problem.pos : problem.pos + 20].split("\n", maxsplit=1)[0])
    return error("document-syntax", f"is not JSON: {problem.msg.lower()}, found {found}", place)


def _last_comma(text: str, index: int) -> int | None:
    """Where a comma stands before a closing bracket; Python stops at one or at the other."""
    blanks = " \t\r\n"
    if text[index] == ",":
        return index if text[index + 1 :].lstrip(blanks)[:1] in ("}", "]") else None
    before = len(text[:index].rstrip(blanks)) - 1
    return before if text[index] in "}]" and before >= 0 and text[before] == "," else None


def _no_constant(text: str, name: str, constant: str) -> DescriptionError:
    index = next(
        (
            m.start()
            for m in re.finditer(rf"{_STRING}|{constant}", text, re.DOTALL)
            if m[0][0] != '"'
        ),
        0,
    )
    return error(
        "document-syntax",
        f"expected a JSON value, found {constant}",
        at(name, text, index),
        hint="JSON has no such number (RFC 8259, section 6)",
    )


def _long_number(text: str, name: str) -> DescriptionError:
    match = _LONG.search(text)
    return error(
        "document-syntax",
        "a number has too many digits",
        at(name, text, match.start() if match else 0),
        hint="numbers may have up to 4,300 digits",
    )


def _deep(text: str, name: str) -> DescriptionError:
    depth = 0
    for match in _TOKEN.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > DEPTH:
                return too_deep(at(name, text, match.start()))
        elif match[0] in "]}":
            depth -= 1
    return too_deep(None)


def _duplicates(text: str, name: str) -> Iterator[Any]:
    """A finding for each key that stands twice in one object of a valid JSON text."""
    stack: list[dict[str, int] | None] = []
    key: re.Match[str] | None = None
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            stack.append({} if mark == "{" else None)
        elif mark in "]}":
            stack.pop()
        elif mark == ":" and key is not None:
            yield from _twice(stack[-1], json.loads(key[0]), key.start(), text, name)
        key = match if mark[0] == '"' else None


def _twice(
    seen: dict[str, int] | None, key: str, index: int, text: str, name: str
) -> Iterator[Any]:
    if seen is None:
        return
    if key in seen:
        yield finding(
            "document-duplicate-key",
            f"the key {key!r} stands twice in one object, first at {at(name, text, seen[key])}",
            at(name, text, index),
            hint="keep one of the two",
        )
    seen.setdefault(key, index)
