"""Renders Markdown as GitHub and as MkDocs do, and reads what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

import markdown
from markdown_it import MarkdownIt

SITE = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
"""What a site may have switched on: all of it can be reached by text that is not escaped."""

VOID = {"br", "hr", "img", "input"}


@lru_cache
def _gfm() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@lru_cache
def _site() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=SITE,
        extension_configs={
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.highlight": {"use_pygments": False},
        },
    )


def gfm(text: str) -> str:
    """The HTML of GitHub Flavored Markdown, raw HTML let through."""
    return str(_gfm().render(text))


def site(text: str) -> str:
    """The HTML of Python-Markdown with the extensions of a site."""
    return _site().reset().convert(text)


RENDERERS = {"gfm": gfm, "site": site}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it."""
        return "".join(item if isinstance(item, str) else item.text for item in self.children)

    def every(self, *tags: str) -> list[Element]:
        """The elements in it, in order; of some tags."""
        found: list[Element] = []
        for item in self.children:
            if isinstance(item, Element):
                found += [item] if not tags or item.tag in tags else []
                found += item.every(*tags)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self._path = [self.root]
        self.stray: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._path[-1].children.append(element)
        if tag not in VOID:
            self._path.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._path[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._path[-1].tag == tag:
            self._path.pop()
        else:
            self.stray.append(tag)

    def handle_data(self, data: str) -> None:
        self._path[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        self.stray.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.stray.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.stray.append(f"<?{data}")


def read(html: str) -> Element:
    """The elements of a piece of HTML, which must be well formed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.stray, (reader.stray, html)
    return reader.root
