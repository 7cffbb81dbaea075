"""The links of Markdown files in a folder, as a CommonMark parser reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable("table")
_ID = re.compile(r"<a id=\"([^\"]+)\"|\{[^}]*#([\w.:-]+)|\bid=\"([^\"]+)\"")


def tokens(text: str) -> Iterator[Token]:
    """All tokens of a text, those inside others too."""
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def links(text: str) -> Iterator[str]:
    """Where the links and images of a text lead."""
    for token in tokens(text):
        url = token.attrs.get("href") or token.attrs.get("src")
        if url:
            yield str(url)


def ids(text: str) -> set[str]:
    """The ids that a text gives, and the slugs of its headings."""
    given = {name for found in _ID.findall(text) for name in found if name}
    headings = re.findall(r"^#+ (.*?)(?: \{.*)?$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\s-]", "", re.sub(r"<.*?>", "", head)).strip() for head in headings}
    return given | {re.sub(r"[-\s]+", "-", slug).lower() for slug in slugs}


def dead(root: Path, pattern: str = "**/*.md") -> list[str]:
    """The links of the files below a folder that lead to no file, or to no id in it."""
    found = []
    known: dict[Path, set[str]] = {}
    for file in sorted(root.glob(pattern)):
        text = file.read_text(encoding="utf-8")
        for url in set(links(text)):
            parts = urlsplit(url)
            if parts.scheme:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or not target.is_relative_to(root.resolve()):
                found.append(f"{file.relative_to(root)}: {url}")
                continue
            if target not in known and target.suffix in {".md", ".txt"}:
                known[target] = ids(target.read_text(encoding="utf-8"))
            if parts.fragment and parts.fragment not in known.get(target, {parts.fragment}):
                found.append(f"{file.relative_to(root)}: {url} (no such id)")
    return found
