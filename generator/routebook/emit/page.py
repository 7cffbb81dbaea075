"""Pages of the reference, and the navigation over them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from routebook.values import Value, frozen

MOST = 30
"""How many entries a level of the navigation has at most."""


@frozen
class Page(Value):
    """A page of the reference."""

    path: str
    """Where it goes, below the folder of the reference, with `/`: `routes/blob.md`."""
    title: str
    """Its title, plain text."""
    content: str
    """Its Markdown."""
    sections: tuple[str, ...] = ()
    """The groups of pages that it belongs to, the outer one first, plain text."""


def navigation(pages: Iterable[Page]) -> list[dict[str, object]]:
    """The pages as MkDocs writes its `nav`: title to path, sections as lists.

    Themes write titles as HTML, and so they are escaped here. A section of one page is that
    page, under the section's name. A level of more than `MOST` entries is divided, each part
    called after its first and last entry.

    >>> navigation([Page(path="index.md", title="A", content=""),
    ...             Page(path="b.md", title="B", content="", sections=("S",)),
    ...             Page(path="c.md", title="C", content="", sections=("S",)),
    ...             Page(path="d.md", title="D", content="", sections=("T",))])
    [{'A': 'index.md'}, {'S': [{'B': 'b.md'}, {'C': 'c.md'}]}, {'T': 'd.md'}]
    """
    tree: dict[Any, Any] = {}
    for page in pages:
        level = tree
        for name in page.sections:
            level = level.setdefault((name,), {})
        level[page.path] = page.title
    return _entries(tree)


def _entries(tree: dict[Any, Any]) -> list[dict[str, object]]:
    """A level of the navigation: paths to titles, and names of sections to levels below."""
    entries: list[dict[str, object]] = []
    for key, value in tree.items():
        if isinstance(value, str):
            entries.append({escape(value): key})
            continue
        below = _entries(value)
        name = escape(key[0])
        alone = len(below) == 1 and len(value) == 1
        entries.append({name: next(iter(below[0].values())) if alone else below})
    return _divided(entries)


def _divided(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """Entries in parts of equal size, as few as can be, where there are too many for a level."""
    if len(entries) <= MOST:
        return entries
    parts = min(-(-len(entries) // MOST), MOST)
    size = -(-len(entries) // parts)
    cut = [entries[at : at + size] for at in range(0, len(entries), size)]
    return [{_between(part): _divided(part)} for part in cut]


def _between(part: list[dict[str, object]]) -> str:
    return between(next(iter(part[0])), next(iter(part[-1])))


def between(first: str, last: str) -> str:
    """What a part of a list is called, by its first and last entry."""
    return first if first == last else f"{first} to {last}"
