"""Writes descriptions of the plainer kind without parsing them: nearly all, and ten times as fast.

What is read here is CommonMark whose meaning can be seen at a glance: paragraphs of words with
code spans, bold words and links to pages. It is written as the parser would have it written;
whatever else stands in a description, the parser reads all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from routebook.views import escape
from routebook.views.html import to_markdown

_WORDS = r"[^\\`*_\[\]<>&~|!\n\x00-\x1f\x7f-\x9f]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])"
_CODE = r"(?<!`)`(?P<%s>[^`\s|](?:[^`\n|]*[^`\s|])?)`(?!`)"
_TOKEN = re.compile(
    rf"""
    (?P<text>(?:{_WORDS}|!(?!\[))+)
  | {_CODE % "code"}
  | (?<![!\]])\[(?:(?P<label>(?:[^\\`*_\[\]<>&~|!\n\x00-\x1f\x7f-\x9f])+)|{_CODE % "code_label"})\]
    \(<?(?P<url>https?://[A-Za-z0-9._/?\#=+,:;@-]+)>?\)
  | (?<![^\s(])\*\*(?P<bold>[A-Za-z0-9](?:[A-Za-z0-9 ,.'-]*[A-Za-z0-9])?:?)\*\*(?=[\s.,:;!?)]|$)
    """,
    re.VERBOSE,
)
_START = re.compile(r"(?!\d{1,9}[.)])[A-Za-z0-9`\[(\"'*]")
_NOT_HERE = re.compile(r"[ \t]\n|\n\n\n|\r|\t")


class Writer(Protocol):
    """What knows the names that texts mention."""

    def words(self, source: str) -> str:
        """Plain text, with its URLs and the names in it as links."""

    def code(self, source: str) -> str:
        """A code span, linked when it names something."""

    def link(self, label: str, url: str) -> str:
        """A link."""


def paragraphs(source: str, writer: Writer) -> list[str] | None:
    """The paragraphs of a description, each a line; None for one that the parser must read."""
    text = escape.clean(source).lstrip("\n").rstrip(" \n")
    if text.startswith("<p>") and "\n\n" not in text:
        text = to_markdown(text) or "<"
    if _NOT_HERE.search(text):
        return None
    written = []
    for paragraph in text.split("\n\n"):
        lines = [_line(line, writer) for line in paragraph.split("\n")]
        whole = " ".join(line for line in lines if line is not None).strip()
        if None in lines or not whole:
            return None
        written.append(escape.start(whole) if whole[0] not in "*<[`" else whole)
    return written


def _line(line: str, writer: Writer) -> str | None:
    if not _START.match(line):
        return None
    spans: list[str] = []
    end = 0
    for match in _TOKEN.finditer(line):
        if match.start() != end:
            return None
        end = match.end()
        kind = match.lastgroup or ""
        span = _SPANS[kind](match, writer)
        if span is None or (span[:1] == "[" and spans and spans[-1].endswith(("!", "`"))):
            return None
        spans.append(span)
    return "".join(spans) if end == len(line) else None


def _link(match: re.Match[str], writer: Writer) -> str:
    code = match["code_label"]
    label = escape.characters(match["label"]) if code is None else escape.code(code)
    return writer.link(label, match["url"])


def _bold(match: re.Match[str], writer: Writer) -> str | None:
    inner = writer.words(match["bold"])
    return None if "*" in inner else f"**{inner}**"


_SPANS: dict[str, Callable[[re.Match[str], Writer], str | None]] = {
    "text": lambda match, writer: writer.words(match["text"]),
    "code": lambda match, writer: writer.code(match["code"]),
    "url": _link,
    "bold": _bold,
}
