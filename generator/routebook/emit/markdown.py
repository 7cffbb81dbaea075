"""The Markdown reference: an index, the operations, errors and schemas, in one of several layouts.

The same ids stand in every form of it. What is on each page is said by the templates of
`templates/markdown`, over the values of `routebook.views.model`.
"""

from __future__ import annotations

import itertools
import json
import posixpath
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from routebook import render
from routebook.descriptors import APIDescriptor
from routebook.emit.dialect import MkDocs, Plain, Single
from routebook.emit.layout import LAYOUTS, Draft, chosen, drafts
from routebook.emit.page import Page, navigation
from routebook.findings import RoutebookError
from routebook.views import ReferenceView, reference

if TYPE_CHECKING:
    import jinja2

__all__ = ["LAYOUTS", "MKDOCS_EXTENSIONS", "Page", "ids", "navigation", "pages", "single_page"]

MKDOCS_EXTENSIONS = (
    "admonition",
    "attr_list",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)
"""The extensions of Python-Markdown that pages for the target `mkdocs` need."""

_TARGETS: dict[str, type[Plain]] = {"markdown": Plain, "mkdocs": MkDocs}
_BOOSTS = {
    **dict.fromkeys(("errors", "errors.md"), 8),
    **dict.fromkeys(("routes", "operations", "groups", "webhooks"), 4),
}
"""How much a hit in a file or folder counts: what mentions a code comes after the code itself."""


def pages(
    api: APIDescriptor,
    target: str = "markdown",
    templates: Path | None = None,
    layout: str = "",
) -> tuple[Page, ...]:
    """The reference of an API as pages, the index first.

    `target` is `markdown` (GFM, as GitHub shows it) or `mkdocs` (MkDocs with Material, and
    `MKDOCS_EXTENSIONS`). `templates` is a folder whose templates come before routebook's own.
    `layout` is one of `LAYOUTS`: all on one page (`single`), a page for each group, route or
    operation, or what fits the API (`auto`); without one, `route` for few operations and `auto`
    for many. Raises `RoutebookError` for another target or
    layout, a description that cannot be shown, or a template that is wrong.
    """
    if target not in _TARGETS:
        raise RoutebookError(
            f"there is no target {target!r}", hint=f"use one of {', '.join(_TARGETS)}"
        )
    view = reference(api)
    fitting = chosen(view, layout)
    single = fitting == "single" and target == "markdown"
    writer = _Writer(view, Single() if single else _TARGETS[target](), templates)
    written = [(draft, writer.text(draft)) for draft in drafts(view, fitting)]
    homes = {name: draft.path for draft, content in written for name in ids(content)}
    linked = ((draft, _linked(content, draft.path, homes)) for draft, content in written)
    return tuple(
        Page(
            path=draft.path,
            title=draft.title,
            content=_front_matter(draft, content) if target == "mkdocs" else content,
            sections=draft.sections,
        )
        for draft, content in linked
    )


def single_page(api: APIDescriptor, templates: Path | None = None) -> str:
    """The reference of an API as one page of GFM. Raises what `pages` raises."""
    return pages(api, templates=templates, layout="single")[0].content


def ids(content: str) -> Iterator[str]:
    """The ids that a page of either target holds."""
    for mark, end in (('<a id="', '"'), ("{#", "}")):
        for piece in content.split(mark)[1:]:
            yield piece.partition(end)[0].partition(" ")[0]


class _Writer:
    """Renders drafts in one dialect, with links as if all stood on one page."""

    def __init__(self, view: ReferenceView, dialect: Plain, templates: Path | None) -> None:
        self._view = view
        self._dialect = dialect
        self._environment: jinja2.Environment = render.environment("markdown", templates)
        self._environment.filters.update(dialect.filters())

    def text(self, draft: Draft) -> str:
        """What stands on a page."""
        texts = []
        for part in draft.parts:
            self._dialect.shift = part.shift
            texts.append(
                render.render(self._environment, part.template, api=self._view, **part.values)
            )
        return "\n\n".join(texts)


def _linked(content: str, path: str, homes: dict[str, str]) -> str:
    """Links to ids pointed at their pages, runs of empty lines made one.

    Code has neither in it (see `routebook.views.escape`), and a bracket of a text has an odd
    number of backslashes before it.
    """
    folder = posixpath.dirname(path) or "."
    files = {path: "]("}
    pieces = content.split("](#")
    written = [pieces[0]]
    for before, piece in itertools.pairwise(pieces):
        home = homes.get(piece[: piece.find(")")], path)
        if before.endswith("\\") and (len(before) - len(before.rstrip("\\"))) % 2:
            home = path
        if home not in files:
            files[home] = f"]({_relative(home, folder)}"
        written += (files[home], "#", piece)
    whole = "".join(written)
    while "\n\n\n" in whole:
        whole = whole.replace("\n\n\n", "\n\n")
    return whole.strip("\n") + "\n"


@lru_cache(maxsize=4096)
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)


def _front_matter(draft: Draft, content: str) -> str:
    """What MkDocs and Material should know of a page."""
    boost = _BOOSTS.get(draft.path.partition("/")[0], 1)
    return f"---\ntitle: {json.dumps(draft.title)}\nsearch:\n  boost: {boost}\n---\n\n{content}"
