r"""JSON as Go's `encoding/json` writes and reads it, to the byte.

Registries are written in Go, and their clients compare and log what they answer. This is how
its JSON differs from Python's: keys sorted, no spaces, `<`, `>`, `&`, U+2028 and U+2029 escaped,
bytes that are not UTF-8 written as `\ufffd`, floats without `.0`; and, when reading, nothing but
RFC 8259, with what is not Unicode replaced.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from routebook.findings import RoutebookError

_UNSAFE = re.compile('[\x00-\x1f"\\\\<>&\u2028\u2029\ud800-\udfff]')
_SURROGATES = re.compile("[\ud800-\udfff]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def dumps(value: Any) -> str:
    """The JSON text of `value`: None, bool, int, float, str, list, tuple or mapping of these.

    Raises `RoutebookError` with the place for anything else, and for NaN and infinities.
    """
    return _write(value, "$")


def _write(value: Any, place: str) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _float(value, place)
    if isinstance(value, Mapping):
        return _object(value, place)
    if isinstance(value, (list, tuple)):
        items = (_write(item, f"{place}[{index}]") for index, item in enumerate(value))
        return f"[{','.join(items)}]"
    raise RoutebookError(
        f"a value of type {type(value).__name__} is not JSON data",
        place=place,
        hint="give None, bool, int, float, str, or lists and mappings of these",
    )


def _object(value: Mapping[Any, Any], place: str) -> str:
    for key in value:
        if not isinstance(key, str):
            raise RoutebookError(
                f"the key {key!r} of an object is not a text", place=place, hint="use str(key)"
            )
    members = (f"{_string(key)}:{_write(value[key], f'{place}.{key}')}" for key in sorted(value))
    return f"{{{','.join(members)}}}"


def _string(text: str) -> str:
    return '"' + _UNSAFE.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":  # no Unicode text has it: a byte that was not UTF-8
        return "\\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04x}"


def _float(value: float, place: str) -> str:
    if not math.isfinite(value):
        raise RoutebookError(
            f"{value!r} has no form in JSON", place=place, hint="send null or text"
        )
    mantissa, _, exponent = f"{value!r}".partition("e")
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        text = f"{value!r}" if not exponent else format(_exactly(value), "f")
        return text.removesuffix(".0")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+}"


def _exactly(value: float) -> Any:
    # only numbers that Python writes with an exponent and Go without one come here
    from decimal import Decimal

    return Decimal(repr(value))


def loads(text: str | bytes) -> Any:
    """The value of a JSON text; objects come as `Members`, in the order of the text.

    Raises `ValueError` for anything that RFC 8259 does not allow, and for numbers that no
    64-bit float holds.
    """
    value, end = load_first(text_of(text))
    rest = text_of(text)[end:].lstrip(" \t\r\n")
    if rest:
        raise ValueError(f"{rest[0]!r} after the end of the JSON value")
    return value


def load_first(text: str) -> tuple[Any, int]:
    """The first JSON value of a text, and where it ends. Raises `ValueError`."""
    start = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        value, end = _DECODER.raw_decode(text, start)
    except RecursionError:
        raise ValueError("the JSON value is nested too deep") from None
    return value, end


def text_of(body: str | bytes) -> str:
    """The text of a body; each byte that is not UTF-8 becomes U+FFFD."""
    text = body if isinstance(body, str) else body.decode("utf-8", "surrogateescape")
    return _SURROGATES.sub("\ufffd", text)


class Members(tuple[tuple[str, Any], ...]):
    """The members of a JSON object as they stand, names that come twice included."""

    __slots__ = ()


def plain(value: Any) -> Any:
    """`value` with each `Members` as a dict (the last of a name counts) and valid Unicode."""
    if isinstance(value, Members):
        return {plain(name): plain(item) for name, item in value}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return _SURROGATES.sub("\ufffd", value) if isinstance(value, str) else value


def _number(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"the number {text} is out of range")
    return value


def _integer(text: str) -> int:
    if len(text) > 300:  # near the largest float; int() itself refuses texts over 4300 digits
        _number(text)
    return int(text)


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=Members,
    parse_float=_number,
    parse_int=_integer,
    parse_constant=_constant,
)
