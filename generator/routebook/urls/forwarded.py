"""The `Forwarded` header (RFC 7239): what the proxy nearest to the client saw."""

from __future__ import annotations

import re
from typing import NamedTuple

from routebook.findings import RoutebookError

SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + ("\u2028\u2029\u202f\u205f\u3000")
)
"""The characters that may stand around a parameter."""

_SPACES = re.compile(f"[{SPACE}]*")
_TOKEN = re.compile(r'[^"(),/:;<=>?@\[\]{}\x00-\x20\x7f]+')
_QUOTED = re.compile(r'[^\\"]*')
_ESCAPED = re.compile(r"[\t -~]")


class ForwardedError(RoutebookError):
    """A `Forwarded` header that cannot be read."""


class Forwarded(NamedTuple):
    """The first element of a `Forwarded` header."""

    parameters: dict[str, str]
    """Name, in lower case, to value."""
    rest: str
    """What follows the element and its comma, as it was written."""


def parse_forwarded(header: str | bytes) -> Forwarded:
    """Read the first element of a `Forwarded` header, leniently (RFC 7239, section 4).

    Spaces may stand around names and values, and a semicolon at the end; values need not be
    tokens of ASCII. A quoted value replaces an earlier one of its name. Raises `ForwardedError`
    for anything else that is wrong, a token given for a name twice included.
    """
    if isinstance(header, bytes):
        header = header.decode("utf-8", "surrogateescape")
    return _Reader(header).element()


class _Reader:
    """Reads from left to right; `position` is how far it got."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def element(self) -> Forwarded:
        parameters: dict[str, str] = {}
        char = self.peek()
        while char and char != ",":
            self.parameter(parameters)
            char = self.peek()
            if char == ";":
                self.position += 1
                if not self.peek():
                    break
            elif char not in ("", ","):
                raise self.wrong("',' or ';'")
            else:
                break
        return Forwarded(parameters, self.text[self.position + 1 :])

    def parameter(self, parameters: dict[str, str]) -> None:
        name = _lower(self.take(_TOKEN, "the name of a parameter"))
        if self.peek() != "=":
            raise self.wrong("'='")
        self.position += 1
        if self.peek() == '"':
            self.position += 1
            parameters[name] = self.quoted()
            return
        start = self.position
        value = self.take(_TOKEN, "a value")
        if name in parameters:
            raise ForwardedError(f"{name!r} stands twice, again at character {start + 1}")
        parameters[name] = value

    def quoted(self) -> str:
        """The rest of a quoted value, up to and without its closing quote."""
        value = ""
        while True:
            value += self.take(_QUOTED, "")
            end = self.text[self.position : self.position + 1]
            if not end:
                raise self.wrong("the closing quote")
            self.position += 1
            if end == '"':
                return value
            value += self.take(_ESCAPED, "a character after the backslash")

    def peek(self) -> str:
        """The next character that is no space, which is not taken; empty at the end."""
        found = _SPACES.match(self.text, self.position)
        if found:
            self.position = found.end()
        return self.text[self.position : self.position + 1]

    def take(self, pattern: re.Pattern[str], what: str) -> str:
        found = pattern.match(self.text, self.position)
        if not found:
            raise self.wrong(what)
        self.position = found.end()
        return found.group()

    def wrong(self, expected: str) -> ForwardedError:
        found = self.text[self.position : self.position + 1]
        where = f"{found!r} at character {self.position + 1}" if found else "the end"
        return ForwardedError(f"{where} of the Forwarded header, where {expected} should be")


def _lower(name: str) -> str:
    """In lower case, character by character; what is not UTF-8 becomes U+FFFD."""
    if name.isascii():
        return name.lower()
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char.lower()[:1] for char in name)
