"""Makes a text that a regular expression matches, for samples."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_MOST = 64
_LIKED = "a0A-_. abcdefghijklmnopqrstuvwxyz123456789"


@lru_cache(maxsize=4096)
def matching(pattern: str, least: int = 0) -> str | None:
    """A short text in which `pattern` is found, of `least` characters; None when none is found.

    >>> matching("^[a-z]{3}-[0-9]+$"), matching("(?:x|y)z$"), matching("^v", least=4)
    ('aaa-0', 'xz', 'vaaa')
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of what a later `re` may read otherwise
        tree = _parse(pattern)
        if tree is None:
            return None
        for more in (0, least):
            text = _Writer(more).sequence(tree)
            text += "a" * (least - len(text))
            if len(text) <= max(_MOST, 2 * least) and re.search(pattern, text):
                return text
    return None


def _parse(pattern: str) -> Iterable[Any] | None:
    # The parser of `re` is not documented, but it is the only one that reads all of what `re`
    # does; where it changes, samples fall back to another text, which the tests would tell.
    try:
        from re import _parser  # type: ignore[attr-defined]  # not in the stubs

        parsed: Iterable[Any] = _parser.parse(pattern)
    except (ImportError, re.error, RecursionError, OverflowError):
        return None
    return parsed


class _Writer:
    """Writes the shortest text of a pattern, or with `more` repetitions of its first loop."""

    def __init__(self, more: int) -> None:
        self._more = more
        self._groups: dict[int, str] = {}

    def sequence(self, items: Iterable[Any]) -> str:
        return "".join(self._item(str(kind), value) for kind, value in items)

    def _item(self, kind: str, value: Any) -> str:
        match kind:
            case "LITERAL":
                return chr(value)
            case "NOT_LITERAL":
                return next(char for char in _LIKED if ord(char) != value)
            case "ANY":
                return "a"
            case "IN":
                return self._member(value)
            case "BRANCH":
                return min((self.sequence(option) for option in value[1]), key=len)
            case "SUBPATTERN":
                self._groups[value[0]] = text = self.sequence(value[3])
                return text
            case "ATOMIC_GROUP":
                return self.sequence(value)
            case "GROUPREF":
                return self._groups.get(value, "")
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeated(*value)
        return ""  # anchors and look-around: whether they hold is seen in the end

    def _repeated(self, least: int, most: int, inner: Any) -> str:
        wanted = int(least)
        if self._more and int(most) > wanted:
            wanted, self._more = min(int(most), wanted + self._more), 0
        return "".join(self.sequence(inner) for _ in range(min(wanted, 10_000)))

    def _member(self, options: list[Any]) -> str:
        """A character of a set."""
        if str(options[0][0]) == "NEGATE":
            return next((char for char in _LIKED if not _within(char, options[1:])), "")
        return next((char for char in _LIKED if _within(char, options)), _first(options[0]))


def _within(char: str, options: Iterable[Any]) -> bool:
    return any(_accepts(str(kind), value, char) for kind, value in options)


def _accepts(kind: str, value: Any, char: str) -> bool:
    if kind == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    if kind == "CATEGORY":
        word = str(value).removeprefix("CATEGORY_")
        letters = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
        found = re.match(letters[word.removeprefix("NOT_")], char) is not None
        return found is not word.startswith("NOT_")
    return bool(value == ord(char))


def _first(option: Any) -> str:
    kind, value = option
    return chr(value[0] if str(kind) == "RANGE" else value) if str(kind) != "CATEGORY" else ""
