"""Turns a description, which is CommonMark from anyone, into Markdown that is safe anywhere.

A description is parsed, and written again from what the parser found, so that only emphasis,
code, lists, quotes, tables and links to other pages remain: HTML becomes text, an image
a link to it, and a heading goes below the one it stands under. Words that name an error code,
an operation or a schema of the API become links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from routebook.views import escape, quick

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    from routebook.views.unlinked import Unlinked

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.'()\"/;?!-]*")
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!&'(),;=%+-]*[A-Za-z0-9/#=&]")
WORD = re.compile(r"(?<![\w-])[A-Z][A-Z0-9_]{3,}(?![\w-])")
"""A word that may be the name of an error code."""
_BREAK = re.compile(r"(?i)<br\s*/?>")
_DEEPEST = 4


class Prose:
    """Writes descriptions; what it has written once it remembers."""

    def __init__(
        self,
        mentions: Mapping[str, str] | None = None,
        ids: Container[str] = frozenset(),
        unlinked: Callable[[], Mapping[str, Unlinked]] = dict,
    ) -> None:
        """`mentions` is names to ids that they link to; `ids` are all that a link may go to.

        `unlinked` gives descriptions that were written without either, when one is needed.
        """
        self._mentions = mentions or {}
        self._begun = unlinked
        self._has_words = any(map(WORD.fullmatch, self._mentions))
        self._ids = ids
        self._blocks: dict[tuple[str, int], str] = {}
        self._lines: dict[str, str] = {}

    def block(self, source: str, level: int = 0) -> str:
        """The description as blocks. Its headings go below one of `level`; 0: they are bold."""
        key = (source, level)
        if key not in self._blocks:
            self._blocks[key] = self._block(source, level)
        return self._blocks[key]

    def line(self, source: str) -> str:
        """The description on one line, as a table cell holds it."""
        if source not in self._lines:
            self._lines[source] = self._line(source)
        return self._lines[source]

    def code(self, source: str) -> str:
        """A code span, linked when it names something."""
        span = escape.code(source)
        return f"[{span}](#{self._mentions[source]})" if source in self._mentions else span

    @cached_property
    def _unlinked(self) -> Mapping[str, Unlinked]:
        return self._begun()

    @cached_property
    def _parser(self) -> MarkdownIt:
        from markdown_it import MarkdownIt

        return MarkdownIt("commonmark").enable(["table", "strikethrough"])

    @cached_property
    def _plain_parser(self) -> MarkdownIt:
        """For what was HTML and is Markdown now: what still looks like HTML in it is text."""
        from markdown_it import MarkdownIt

        return MarkdownIt("commonmark", {"html": False})

    def plain(self, source: str) -> str | None:
        """A text without anything special in it, as most are; None for others."""
        if not source:
            return source
        found = _PLAIN.fullmatch(source) and not WORD.search(source) and "  " not in source
        return source if found and not source.endswith(" ") and "://" not in source else None

    def _known(self, source: str) -> Unlinked | None:
        """The description, if it was written already and there is nothing that it links to."""
        known = self._unlinked.get(source)
        if known is None or not self._mentions.keys().isdisjoint(known.names):
            return None
        return None if any(name in self._ids for name in known.ids) else known

    def both(self, source: str) -> tuple[str, str]:
        """A description that is not plain, as blocks without a heading and as a line."""
        read = quick.blocks(source, self)
        if read is not None:
            return quick.block(read), quick.line(read)
        return self.parsed_block(source, 0), self.parsed_line(source)

    def _block(self, source: str, level: int) -> str:
        plain = self.plain(source)
        if plain is not None:
            return plain
        if not level and (known := self._known(source)) is not None:
            return known.block
        read = quick.blocks(source, self)
        return quick.block(read) if read is not None else self.parsed_block(source, level)

    def parsed_block(self, source: str, level: int) -> str:
        """The description as blocks, as the parser reads it."""
        return self._writer(level).blocks(self._parse(source))

    def _line(self, source: str) -> str:
        plain = self.plain(source)
        if plain is not None:
            return plain
        if (known := self._known(source)) is not None:
            return known.line
        read = quick.blocks(source, self)
        return quick.line(read) if read is not None else self.parsed_line(source)

    def parsed_line(self, source: str) -> str:
        """The description on one line, as the parser reads it."""
        return self._writer(0).flat(self._parse(source))

    def _writer(self, level: int) -> _Writer:
        return _Writer(self, level)

    def _parse(self, source: str, *, html: bool = True) -> SyntaxTreeNode:
        from markdown_it.tree import SyntaxTreeNode

        parser = self._parser if html else self._plain_parser
        return SyntaxTreeNode(parser.parse(escape.clean(source)))

    def parse_html(self, source: str) -> SyntaxTreeNode | None:
        """What a block of HTML says, when it has only tags that Markdown has marks for."""
        from routebook.views.html import to_markdown  # it takes a while, for few

        converted = to_markdown(source)
        return None if converted is None else self._parse(converted, html=False)

    def words(self, source: str) -> str:
        """Plain text, with its URLs and the names in it as links."""
        pieces, last = [], 0
        for match in _URL.finditer(source):
            pieces.append(self.named(source[last : match.start()]))
            pieces.append(f"<{match.group()}>")
            last = match.end()
        pieces.append(self.named(source[last:]))
        return "".join(pieces)

    def named(self, source: str) -> str:
        """Plain text without a URL, with the names in it as links."""
        if not self._has_words:
            return escape.characters(source)
        pieces, last = [], 0
        for match in WORD.finditer(source):
            if match.group() in self._mentions:
                before = escape.characters(source[last : match.start()])
                pieces.append(re.sub("!$", r"\\!", before))
                name = match.group()
                pieces.append(f"[{escape.characters(name)}](#{self._mentions[name]})")
                last = match.end()
        pieces.append(escape.characters(source[last:]))
        return "".join(pieces)

    def link(self, label: str, url: str) -> str:
        """A link to a page, or to an id of the reference."""
        if url.startswith("#") and url[1:] in self._ids:
            return f"[{label}]({url})"
        return escape.link(label, url) if url else label


class _Writer:
    """Writes one parsed description."""

    def __init__(self, prose: Prose, level: int, parts: frozenset[str] = frozenset()) -> None:
        self._prose = prose
        self._parts = parts
        self._base = level
        self._levels: list[tuple[int, int]] = []

    def blocks(self, node: SyntaxTreeNode, *, tight: bool = False) -> str:
        """The children of a node as blocks."""
        written = [text for child in node.children if (text := self._block(child))]
        return ("\n" if tight else "\n\n").join(written)

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph":
                return self._inline(node)
            case "heading":
                return self._heading(node)
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "blockquote":
                inner = self._inside("quote").blocks(node)
                return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
            case "fence" | "code_block":
                return self._fence(node)
            case "table":
                return self._table(node)
            case "hr":
                return "* * *"
            case "html_block":
                found = self._prose.parse_html(node.content)
                return escape.text(node.content) if found is None else self.blocks(found)
        return self.blocks(node)

    def _inside(self, part: str) -> _Writer:
        """A writer for what stands in a list or quote."""
        return _Writer(self._prose, 0, self._parts | {part})

    def _fence(self, node: SyntaxTreeNode) -> str:
        """A code block; code spans where Python-Markdown does not see a block any more."""
        if not node.content.strip():
            return "(empty)"
        if len(self._parts) > 1:
            return "<br>".join(escape.code(line) for line in node.content.rstrip().split("\n"))
        return escape.block(node.content, node.info)

    def _heading(self, node: SyntaxTreeNode) -> str:
        """A heading below those that it stands under, no level skipped; bold below the fourth."""
        given = int(node.tag[1:])
        while self._levels and self._levels[-1][0] >= given:
            self._levels.pop()
        level = (self._levels[-1][1] if self._levels else self._base) + 1
        self._levels.append((given, level))
        inline = self._inline(node)
        if not inline:
            return ""
        if not self._base or level > _DEEPEST:
            return f"**{inline}**" if "**" not in inline else inline
        return f"{'#' * level} {inline}"

    def _list(self, node: SyntaxTreeNode) -> str:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else -1
        tight = all(
            child.hidden or child.type not in {"paragraph", "fence", "code_block", "table"}
            for item in node.children
            for child in item.children
        )
        items = []
        for count, item in enumerate(node.children):
            marker = "-" if first < 0 else f"{first + count}."
            width = max(4, len(marker) + 1)
            body = self._inside("list").blocks(item, tight=tight) or "(empty)"
            items.append(marker.ljust(width) + body.replace("\n", "\n" + " " * width))
        return re.sub(r"\n +(?=\n)", "\n", ("\n" if tight else "\n\n").join(items))

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [
            [self._inline(cell) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])

    def flat(self, node: SyntaxTreeNode) -> str:
        """The children of a node on one line."""
        return "<br>".join(piece for piece in self._flat(node) if piece)

    def _flat(self, node: SyntaxTreeNode) -> Iterator[str]:
        for child in node.children:
            match child.type:
                case "paragraph" | "heading" | "td" | "th":
                    yield self._inline(child)
                case "fence" | "code_block":
                    yield "<br>".join(escape.code(x) for x in child.content.rstrip().split("\n"))
                case "list_item":
                    yield "• " + "<br>".join(piece for piece in self._flat(child) if piece)
                case "tr":
                    yield ", ".join(piece for piece in self._flat(child) if piece)
                case "html_block":
                    found = self._prose.parse_html(child.content)
                    yield escape.text(child.content) if found is None else self.flat(found)
                case _:
                    yield from self._flat(child)

    def _inline(self, node: SyntaxTreeNode) -> str:
        """The inline content of a block, on one line."""
        line = self._spans(node.children[0].children if node.children else []).strip()
        return escape.start(line) if line[:1] not in {"*", "<", "[", "`"} else line

    def _spans(self, nodes: list[SyntaxTreeNode], *, linked: bool = False) -> str:
        """Spans side by side, none of which changes what its neighbour means."""
        line = ""
        for node in nodes:
            span = self._span(node, linked=linked, after=line[-1:])
            if line.endswith("!") and span.startswith("["):
                line = line[:-1] + "\\!"
            line += span
        return line

    def _span(self, node: SyntaxTreeNode, *, linked: bool, after: str) -> str:
        inner = self._spans(node.children, linked=linked or node.type == "link")
        match node.type:
            case "text" | "text_special":
                words = escape.characters if linked else self._prose.words
                return words(node.content)
            case "softbreak" | "hardbreak":
                return " " if node.type == "softbreak" else "<br>"
            case "code_inline":
                return self._code(node.content, linked=linked, after=after)
            case "em" | "strong":
                return _emphasis(node.type, inner, after)
            case "s":
                return f"<del>{inner}</del>"
            case "link":
                return self._prose.link(inner, str(node.attrs.get("href", "")))
            case "image":
                label = escape.characters(node.content) or "image"
                return label if linked else self._prose.link(label, str(node.attrs.get("src", "")))
            case "html_inline":
                is_break = _BREAK.fullmatch(node.content)
                return "<br>" if is_break else escape.characters(node.content)
        return inner

    def _code(self, source: str, *, linked: bool, after: str) -> str:
        if after == "`":
            return escape.html_code(source)
        return escape.code(source) if linked else self._prose.code(source)


def _emphasis(tag: str, inner: str, after: str) -> str:
    """Emphasis with stars, or as HTML where other stars stand beside them."""
    if not inner or inner != inner.strip():
        return inner
    if "*" in (after, inner[0], inner[-1]):
        return f"<{tag}>{inner}</{tag}>"
    mark = "*" if tag == "em" else "**"
    return f"{mark}{inner}{mark}"
