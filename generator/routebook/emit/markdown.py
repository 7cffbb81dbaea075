"""The Markdown reference: an index, a page a route, errors and schemas; or all on one page.

The same ids stand in every form of it. What is on each page is said by the templates of
`templates/markdown`, over the values of `routebook.views.model`.
"""

from __future__ import annotations

import itertools
import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from routebook import render
from routebook.descriptors import APIDescriptor
from routebook.emit.dialect import MkDocs, Plain, Single
from routebook.findings import RoutebookError
from routebook.views import ReferenceView, reference

if TYPE_CHECKING:
    import jinja2

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

_TARGETS = {"markdown": Plain, "mkdocs": MkDocs}
_BOOSTS = {"errors.md": 8, "routes": 4, "webhooks": 4}
"""How much a hit in a file or folder counts: what mentions a code comes after the code itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of the reference."""

    path: str
    """Where it goes, below the folder of the reference, with `/`: `routes/blob.md`."""
    title: str
    """Its title, plain text."""
    content: str
    """Its Markdown."""
    section: str = ""
    """The group of pages that it belongs to, plain text; empty for none."""


def pages(
    api: APIDescriptor, target: str = "markdown", templates: Path | None = None
) -> tuple[Page, ...]:
    """The reference of an API as pages, the index first.

    `target` is `markdown` (GFM, as GitHub shows it) or `mkdocs` (MkDocs with Material, and
    `MKDOCS_EXTENSIONS`). `templates` is a folder whose templates come before routebook's own.
    Raises `RoutebookError` for another target, a description that cannot be shown, or a
    template that is wrong.
    """
    if target not in _TARGETS:
        raise RoutebookError(
            f"there is no target {target!r}", hint=f"use one of {', '.join(_TARGETS)}"
        )
    view = reference(api)
    dialect = _TARGETS[target]()
    environment = _environment(dialect, templates)
    drafts = tuple(_drafts(view, environment))
    homes = {name: page.path for page in drafts for name in ids(page.content)}
    linked = ((page, _linked(page.content, page.path, homes)) for page in drafts)
    return tuple(
        Page(
            path=page.path,
            title=page.title,
            content=_front_matter(page, content) if target == "mkdocs" else content,
            section=page.section,
        )
        for page, content in linked
    )


def single_page(api: APIDescriptor, templates: Path | None = None) -> str:
    """The reference of an API as one page of GFM. Raises what `pages` raises."""
    view = reference(api)
    index, rest = Single(), Single()
    rest.shift = 1
    first = render.render(_environment(index, templates), "index.md.jinja", api=view)
    others = _drafts(view, _environment(rest, templates), index=False)
    return _linked("\n\n".join([first, *(page.content for page in others)]), "", {})


def navigation(pages: Iterable[Page]) -> list[dict[str, object]]:
    """The pages as MkDocs writes its `nav`: title to path, sections as lists.

    A section of one page is that page, under the section's name.

    >>> navigation([Page(path="index.md", title="A", content=""),
    ...             Page(path="b.md", title="B", content="", section="S"),
    ...             Page(path="c.md", title="C", content="", section="S"),
    ...             Page(path="d.md", title="D", content="", section="T")])
    [{'A': 'index.md'}, {'S': [{'B': 'b.md'}, {'C': 'c.md'}]}, {'T': 'd.md'}]
    """
    sections: dict[str, list[Page]] = {}
    for page in pages:
        sections.setdefault(page.section or f"\0{page.path}", []).append(page)
    return [
        {name if members[0].section else members[0].title: members[0].path}
        if len(members) == 1
        else {name: [{page.title: page.path} for page in members]}
        for name, members in sections.items()
    ]


def ids(content: str) -> Iterator[str]:
    """The ids that a page of either target holds."""
    for mark, end in (('<a id="', '"'), ("{#", "}")):
        for piece in content.split(mark)[1:]:
            yield piece.partition(end)[0].partition(" ")[0]


def _environment(dialect: Plain, templates: Path | None) -> jinja2.Environment:
    environment = render.environment("markdown", templates)
    environment.filters.update(dialect.filters())
    return environment


def _drafts(
    view: ReferenceView, environment: jinja2.Environment, *, index: bool = True
) -> Iterator[Page]:
    """The pages, with links as if all stood on one."""

    def draft(path: str, title: str, template: str, section: str = "", **values: object) -> Page:
        content = render.render(environment, template, api=view, **values)
        return Page(path=path, title=title, content=content, section=section)

    if index:
        yield draft("index.md", _words(view.title), "index.md.jinja")
    for folder, routes in (("routes", view.routes), ("webhooks", view.webhooks)):
        for route in routes:
            path = f"{folder}/{route.slug}.md"
            section = _words(route.group) or ("Webhooks" if folder == "webhooks" else "")
            yield draft(path, _words(route.title), "route.md.jinja", section, route=route)
    if view.answers or view.parameters:
        yield draft("common.md", "Common parameters and answers", "common.md.jinja")
    if view.error_groups:
        yield draft("errors.md", "Error codes", "errors.md.jinja")
    if view.schemas:
        yield draft("schemas.md", "Schemas", "schemas.md.jinja")


def _words(line: str) -> str:
    """A line of Markdown without marks, as plain text."""
    from html import unescape

    bare = re.sub(r"</?code>|(?<!\\)[`*]", "", line)
    return unescape(re.sub(r"\\([^\w\s])", r"\1", bare))


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
            files[home] = f"]({posixpath.relpath(home, folder)}"
        written += (files[home], "#", piece)
    whole = "".join(written)
    while "\n\n\n" in whole:
        whole = whole.replace("\n\n\n", "\n\n")
    return whole.strip("\n") + "\n"


def _front_matter(page: Page, content: str) -> str:
    """What MkDocs and Material should know of a page."""
    boost = _BOOSTS.get(page.path.partition("/")[0], 1)
    return f"---\ntitle: {json.dumps(page.title)}\nsearch:\n  boost: {boost}\n---\n\n{content}"
