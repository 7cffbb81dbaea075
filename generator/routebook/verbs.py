"""The `%`-verbs of wire messages, filled in as the registry's reference implementation does.

Messages such as `Sorry %q isn't valid` are part of a protocol, and so is the text that comes
of them: these are the verbs of Go's `fmt` (`%s %v %q %d %x %t %%`), not Python's.
"""

from __future__ import annotations

import re
from typing import Any

_VERB = re.compile(r"%([%a-zA-Z]?)", re.DOTALL)
_SHORT_ESCAPES = {
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
    "\\": "\\\\", '"': '\\"',
}  # fmt: skip  # a table reads better in two rows than in nine


def fill(message: str, args: tuple[Any, ...]) -> str:
    """`message` with its verbs replaced by `args`.

    A verb without its argument, an argument without its verb and an argument that does not fit
    its verb never raise: the text says so in place, `%!q(MISSING)`, `%!(EXTRA string=x)`,
    `%!d(string=x)`, for an error message must not fail while it is being made.
    """
    left = iter(args)

    def one(match: re.Match[str]) -> str:
        verb = match[1]
        if verb in ("", "%"):
            return verb or "%!(NOVERB)"
        try:
            return _format(verb, next(left))
        except StopIteration:
            return f"%!{verb}(MISSING)"

    text = _VERB.sub(one, message)
    extra = ", ".join(_with_kind(value) for value in left)
    return f"{text}%!(EXTRA {extra})" if extra else text


def _format(verb: str, value: Any) -> str:
    is_text = isinstance(value, (str, Exception))
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if verb == "v" or (verb == "s" and is_text) or (verb == "t" and isinstance(value, bool)):
        return _plain(value)
    if verb == "q" and is_text:
        return quote(str(value))
    if verb == "d" and is_number:
        return str(value)
    if verb == "x" and is_text:
        return str(value).encode("utf-8", "surrogateescape").hex()
    if verb == "x" and is_number:
        return f"{value:x}"
    return f"%!{verb}({_with_kind(value)})"


def quote(text: str) -> str:
    r"""`text` in double quotes; what does not print is escaped: `"a\tb\u200b"`."""
    return '"' + "".join(map(_escape, text)) + '"'


def _escape(char: str) -> str:
    point = ord(char)
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    if 0xDC80 <= point <= 0xDCFF:  # a byte that was not UTF-8 (PEP 383)
        return f"\\x{point - 0xDC00:02x}"
    if char.isprintable():
        return char
    if point < 0x80:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _with_kind(value: Any) -> str:
    if value is None:
        return "<nil>"
    names = {str: "string", int: "int", bool: "bool", float: "float64"}
    return f"{names.get(type(value), type(value).__name__)}={_plain(value)}"


def _plain(value: Any) -> str:
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + " ".join(map(_plain, value)) + "]"
    if isinstance(value, dict):
        pairs = sorted((str(key), _plain(item)) for key, item in value.items())
        return "map[" + " ".join(f"{key}:{item}" for key, item in pairs) + "]"
    return str(value)
