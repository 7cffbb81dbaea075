"""Writes descriptions of the plainer kind without parsing them: nearly all, and ten times as fast.

What is read here is CommonMark whose meaning can be seen at a glance: paragraphs and short
lists of words, with code spans, bold words and links to pages. It is written as the parser
would have it written; whatever else stands in a description, the parser reads all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from routebook.values import Value, frozen
from routebook.views import escape

_INSIDE = r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])"
_WORDS = rf"[^\\`*_\[\]<>&~|!\n\x00-\x1f\x7f-\x9f]++|{_INSIDE}|(?<=\s)&(?=\s)"
_CODE = r"(?<!`)`(?P<%s>[^`\s|](?:[^`\n|]*[^`\s|])?)`(?!`)"
_LABEL = rf"(?:[^\\`*_\[\]<>&~|!\n\x00-\x1f\x7f-\x9f]|{_INSIDE})+"
_BOLD = rf"[A-Za-z0-9](?:(?:[A-Za-z0-9 ,.'\"()/-]|{_INSIDE})*[A-Za-z0-9])?[.:\"]?"
_END = r"(?=[\s.,:;!?)]|$)"
_TOKEN = re.compile(
    rf"""
    (?P<text>(?:{_WORDS}|!(?!\[))+)
  | {_CODE % "code"}
  | (?<![!\]])\[(?:(?P<label>{_LABEL})|{_CODE % "code_label"})\]
    \((?:<?(?P<url>(?:https?://|/(?=[A-Za-z0-9]))[A-Za-z0-9._/?\#=+,:;@-]+)>?|(?P<id>\#[A-Za-z0-9-]+)|(?P<nowhere><>))\)
  | (?<![^\s(])\*\*(?P<bold>{_BOLD})\*\*{_END}
  | (?<![^\s(])(?P<mark>[*_])(?P<em>[A-Za-z0-9](?:[A-Za-z0-9 ,.:'-]*[A-Za-z0-9])?)(?P=mark){_END}
  | (?<![^\s(])\*\*{_CODE % "bold_code"}\*\*{_END}
    """,
    re.VERBOSE,
)
_START = re.compile(r"(?!\d{1,9}[.)])[A-Za-z0-9`\[(\"'*]")
_NOT_HERE = (" \n", "\n\n\n", "\r", "\t", "#\n", "++")


class Writer(Protocol):
    """What knows the names that texts mention."""

    def words(self, source: str) -> str:
        """Plain text, with its URLs and the names in it as links."""

    def code(self, source: str) -> str:
        """A code span, linked when it names something."""

    def link(self, label: str, url: str) -> str:
        """A link."""


@frozen(kw_only=False)
class Quote(Value):
    """A paragraph that is quoted."""

    line: str
    """It, on one line."""


Block = str | list[str] | Quote
"""A paragraph on one line, a list of items that are a line each, or a quote."""


def block(read: list[Block]) -> str:
    """What was read, as blocks."""
    return "\n\n".join(map(_block, read))


def _block(one: Block) -> str:
    if isinstance(one, Quote):
        return f"> {one.line}"
    return one if isinstance(one, str) else "\n".join([f"-   {item}" for item in one])


def line(read: list[Block]) -> str:
    """What was read, on one line."""
    return "<br>".join(map(_line, read))


def _line(one: Block) -> str:
    if isinstance(one, Quote):
        return one.line
    return one if isinstance(one, str) else "<br>".join([f"\u2022 {item}" for item in one])


def blocks(source: str, writer: Writer) -> list[Block] | None:
    """The blocks of a description; None for one that the parser must read."""
    text = escape.clean(source).lstrip("\n").rstrip(" \n")
    if text.startswith("<p>"):
        text = _converted(text)
    if any(map(text.__contains__, _NOT_HERE)):
        return None
    read: list[Block] = []
    for part in text.split("\n\n"):
        lines = part.split("\n")
        if lines[0].startswith("> "):
            if not _quote(lines, writer, read):
                return None
            continue
        first = next((at for at, one in enumerate(lines) if one[:2] in _MARKS), len(lines))
        if first and not _paragraph(lines[:first], writer, read):
            return None
        if first < len(lines) and not _list(lines[first:], writer, read):
            return None
    return read


def _converted(text: str) -> str:
    """Paragraphs of HTML in Markdown; for what is none, a text that the parser must read."""
    from routebook.views.html import to_markdown  # it takes a while, for few

    read: list[str] = []
    for part in text.split("\n\n"):
        # Each is a block by itself: one that begins otherwise is none of HTML.
        found = to_markdown(part) if part.startswith("<p>") else None
        if not found:
            return "<"
        read.append(found)
    return "\n\n".join(read)


_NOTE = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]")
_MARKS = frozenset({"- ", "* "})
_ITEM = re.compile(r"[-*] {1,3}(?=[^ ])")


def _paragraph(lines: list[str], writer: Writer, read: list[Block]) -> bool:
    """Add a paragraph to what was read; whether it is a plain one."""
    lines = [lines[0], *(line.lstrip(" ") for line in lines[1:])]
    if not all(map(_START.match, lines)):
        return False
    whole = (_spans(" ".join(lines), writer) or "").strip()
    if not whole:
        return False
    read.append(escape.start(whole) if whole[0] not in "*<[`" else whole)
    return True


def _quote(lines: list[str], writer: Writer, read: list[Block]) -> bool:
    """Add a quoted paragraph to what was read, such as a note of GitHub; whether it is one."""
    if not all(line.startswith("> ") for line in lines):
        return False
    inner = [line[2:] for line in lines]
    mark = writer.words(inner[0]) + " " if _NOTE.fullmatch(inner[0]) else ""
    found: list[Block] = []
    if not _paragraph(inner[1:] if mark else inner, writer, found):
        return False
    read.extend(Quote(f"{mark}{text}") for text in found)
    return True


def _list(lines: list[str], writer: Writer, read: list[Block]) -> bool:
    """Add a list of one mark to what was read; whether it is a plain one."""
    if read and isinstance(read[-1], list):
        return False
    items: list[Block] = []
    for line in lines:
        mark = _ITEM.match(line)
        if mark is None or line[0] != lines[0][0]:
            return False
        if not _paragraph([line[mark.end() :]], writer, items):
            return False
    read.append([str(item) for item in items])
    return True


def _spans(line: str, writer: Writer) -> str | None:
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
    return writer.link(label, match["url"] or match["id"] or "")


def _bold(match: re.Match[str], writer: Writer) -> str | None:
    return _strong(writer.words(match["bold"]))


def _strong(inner: str) -> str | None:
    return None if "*" in inner else f"**{inner}**"


_SPANS: dict[str, Callable[[re.Match[str], Writer], str | None]] = {
    "text": lambda match, writer: writer.words(match["text"]),
    "code": lambda match, writer: writer.code(match["code"]),
    "url": _link,
    "id": _link,
    "nowhere": _link,
    "em": lambda match, writer: f"*{writer.words(match['em'])}*",
    "bold": _bold,
    "bold_code": lambda match, writer: _strong(writer.code(match["bold_code"])),
}
