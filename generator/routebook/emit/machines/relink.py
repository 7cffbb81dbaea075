"""Points the links of a page of Markdown elsewhere; its code stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

_FENCE = re.compile(
    r"^[ \t]*(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=mark)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"(?P<mark>\]\(|^ {0,3}\[[^\]\n]+\]:[ \t]+)(?P<url>[^()\s<>]+)", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\.")


def relinked(page: str, target: Callable[[str], str]) -> str:
    """The page with `target(url)` in place of the URL of each link and image.

    Links are those in words, `[words](url)`, and definitions of them, `[words]: url`.

    >>> relinked("[a](b.md#c) and `[a](b.md)`", str.upper)
    '[a](B.MD#C) and `[a](b.md)`'
    """
    done = []
    at = 0
    for fence in _FENCE.finditer(page):
        done += [_words(page[at : fence.start()], target), fence.group()]
        at = fence.end()
    return "".join([*done, _words(page[at:], target)])


def _words(text: str, target: Callable[[str], str]) -> str:
    def pointed(found: re.Match[str]) -> str:
        if found["mark"] == "](" and _is_code(text, found.start()):
            return found.group()
        return found["mark"] + target(found["url"])

    return _LINK.sub(pointed, text)


def _is_code(text: str, at: int) -> bool:
    """Whether the bracket at a place is escaped, or in a code span of its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    if (len(before) - len(before.rstrip("\\"))) % 2:
        return True
    if "`" not in before:
        return False
    return "`" in _SPAN.sub("", _ESCAPED.sub("", before))
