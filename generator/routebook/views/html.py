"""Reads the HTML that descriptions have instead of Markdown, where Markdown can say it too."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from routebook.views.escape import destination

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BREAKS = {"p": "\n\n", "div": "\n\n", "ul": "\n\n", "ol": "\n\n", "br": "\\\n", "li": "\n"}
_PLAIN = frozenset({"span", "a"})


class _Unknown(Exception):  # noqa: N818  # not an error: it ends the attempt
    """A tag that Markdown has no mark for."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self.parts.append("[")
        elif tag == "li":
            self.parts.append("\n- ")
        else:
            self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self.parts.append(f"](<{destination(self._links.pop())}>)")
        elif tag != "br":
            self._mark(tag)

    def handle_startendtag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002  # fixed by HTMLParser
    ) -> None:
        if tag != "br":
            raise _Unknown
        self.parts.append(_BREAKS[tag])

    def _mark(self, tag: str) -> None:
        if tag not in _MARKS and tag not in _BREAKS and tag not in _PLAIN:
            raise _Unknown
        self.parts.append(_MARKS.get(tag) or _BREAKS.get(tag) or "")

    def handle_data(self, data: str) -> None:
        # Line ends are blanks in HTML; indented text would be code in Markdown.
        self.parts.append(re.sub(r"\s*\n\s*", " ", data) if data.strip() else data and " ")

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  # fixed by HTMLParser
        raise _Unknown

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002  # fixed by HTMLParser
        raise _Unknown

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002  # fixed by HTMLParser
        raise _Unknown

    def handle_pi(self, data: str) -> None:  # noqa: ARG002  # fixed by HTMLParser
        raise _Unknown


def to_markdown(source: str) -> str | None:
    """The CommonMark of a piece of HTML with paragraphs, lists, emphasis, code and links only.

    None when it has anything else: it is then shown as the text that it is. What comes out is
    as little to be trusted as what went in.
    """
    reader = _Reader()
    try:
        reader.feed(source)
        reader.close()
    except (_Unknown, AssertionError):  # the parser asserts where a declaration is malformed
        return None
    return "\n".join(line.strip() for line in "".join(reader.parts).split("\n")).strip()
