"""Texts as literals of languages: what is read back is what was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
# What is not seen, or changes the order in which a line is read, is shown by its number. The
# ranges are fixed, as each version of Python knows other characters.
_UNSEEN = (
    "\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ufdd0-\ufdef\U000e0000-\U0010ffff"
)
UNSEEN = re.compile(f"[{_UNSEEN}]")
"""A character that is not seen."""
_SURROGATES = re.compile("[\ud800-\udfff]")


def fit(text: str) -> str:
    """A text that UTF-8 can write: half a surrogate pair becomes U+FFFD."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def visible_json(text: str) -> str:
    """A JSON text in which what is not seen is written by its number (RFC 8259, section 7)."""
    return re.sub(rf"(?!\n)[{_UNSEEN}]", lambda found: json.dumps(found.group())[1:-1], fit(text))


def literal(
    text: str,
    quote: str,
    numbered: Callable[[int], str],
    special: tuple[tuple[str, str], ...] = (),
) -> str:
    """The inside of a literal between `quote` marks.

    `numbered` writes a character by its code point; `special` are further texts, and what is
    written for them.
    """
    words = {**_SHORT, quote: f"\\{quote}", **dict(special)}
    pattern = "|".join([*map(re.escape, words), f"[{_UNSEEN}]"])

    def written(match: re.Match[str]) -> str:
        return words.get(match.group()) or numbered(ord(match.group()))

    return re.sub(pattern, written, fit(text))
