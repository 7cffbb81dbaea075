r"""Text as Python literals: exact, harmless, and as `ruff format` writes them.

What a terminal or an editor may obey, hide or reorder, and everything beyond the Basic
Multilingual Plane, is written as an escape. Widths come from the Unicode 3.2 tables that every
Python has, so that the same text is laid out in the same way everywhere.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from unicodedata import ucd_3_2_0 as unicode

WIDTH = 100
"""The columns that a line may have."""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\\\\\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufe00-\ufe0f\ufeff\ufff0-\uffff"
    "\U00010000-\U0010ffff]"
)
_JOINT = re.compile(r"[^/?&#=_.-]*[/?&#=_.-]|[^/?&#=_.-]+")
_TOKEN = re.compile(r"[^ ]+ *| +")


def width(text: str) -> int:
    """The columns that a text takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    if unicode.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicode.east_asian_width(char) in {"W", "F"} else 1


def literal(text: str) -> str:
    """A string literal whose value is `text`; double quotes unless single ones escape less."""
    mark = "'" if text.count('"') > text.count("'") else '"'
    body = _UNSAFE.sub(_escape, text)
    return f"{mark}{body.replace(mark, chr(92) + mark)}{mark}"


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_safe(text: str) -> bool:
    """Whether a text may stand in the source as it is, line breaks included."""
    return not _UNSAFE.search(text.replace("\n", ""))


def pieces(text: str, room: int) -> list[str]:
    """A text in parts, each a literal of at most `room` columns: split at lines, then at words."""
    found: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        found += _split_line(line, room)
    return found


def _split_line(line: str, room: int) -> list[str]:
    if width(literal(line)) <= room:
        return [line]
    found, current = [], _Piece(room)
    for token in _TOKEN.findall(line):
        if current.add(token):
            continue
        if current.text:
            found.append(current.text)
        current = _Piece(room)
        for part in [] if current.add(token) else _parts(token, room):
            if not current.add(part):
                found.append(current.text)
                current = _Piece(room)
                current.add(part)
    return [*found, current.text]


def _parts(word: str, room: int) -> Iterator[str]:
    """A word that is longer than a line, in parts: at the joints of URLs, or else anywhere."""
    for part in _JOINT.findall(word):
        if width(literal(part)) <= room:
            yield part
        else:
            yield from part


class _Piece:
    """A part that grows as long as its literal fits."""

    def __init__(self, room: int) -> None:
        self.text = ""
        self._room = room - 2
        self._used = self._double = self._single = 0

    def add(self, more: str) -> bool:
        """Append some text if there is room for it; whether there was."""
        used = self._used + width(_UNSAFE.sub(_escape, more))
        double, single = self._double + more.count('"'), self._single + more.count("'")
        if used + min(single, double) > self._room:
            return False
        self.text += more
        self._used, self._double, self._single = used, double, single
        return True


def docstring(text: str, indent: int) -> str:
    """A docstring literal whose cleaned text is `text`; empty when there is none that fits.

    Python's `inspect.cleandoc` takes the indentation off again.
    """
    lines = text.split("\n")
    if not text or not is_safe(text) or '"""' in text or text[-1] == '"' or text != text.strip():
        return ""
    if any(line != line.rstrip() or width(line) + indent > WIDTH for line in lines):
        return ""
    if len(lines) == 1:
        return f'"""{text}"""' if width(text) + indent + 6 <= WIDTH else ""
    if width(lines[0]) + indent + 3 > WIDTH or inspect.cleandoc(text) != text:
        return ""
    pad = " " * indent
    body = "\n".join([lines[0], *(pad + line if line else "" for line in lines[1:])])
    return f'"""{body}\n{pad}"""'


def plain_words(text: str, most: int = 60) -> str:
    """A text for a docstring of ours: one line, nothing that could end it or hide in it."""
    flat = re.sub(r"\s+", " ", _UNSAFE.sub(" ", text.replace('"', "'"))).strip()
    return flat if width(flat) <= most else flat[: most // 2].rstrip() + "..."
