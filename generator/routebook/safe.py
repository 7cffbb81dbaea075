"""Text of unknown origin, made safe for a terminal."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text with control characters written as escapes (`\x1b`), so that none is obeyed.

    Tabs and line breaks stay. Marks that reorder text (Unicode's bidirectional controls) are
    written as escapes too.
    """
    return _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
