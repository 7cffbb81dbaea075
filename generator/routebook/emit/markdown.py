"""The Markdown reference: an index, the operations, errors and schemas, in one of several layouts.

The same ids stand in every form of it. What is on each page is said by the templates of
`templates/markdown`, over the values of `routebook.views.model`.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from routebook import render, shares
from routebook.descriptors import APIDescriptor
from routebook.emit.dialect import MkDocs, Plain, Single
from routebook.emit.layout import LAYOUTS, Draft, blocks, chosen
from routebook.emit.page import Page, navigation
from routebook.findings import RoutebookError
from routebook.garbage import keep
from routebook.languages import USUAL
from routebook.views import ReferenceView, reference
from routebook.views.unlinked import Unlinked, unlinked

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
    processes: int = 1,
    samples: Iterable[str] = USUAL,
    begun: Begun = dict,
) -> tuple[Page, ...]:
    """The reference of an API as pages, the index first.

    `target` is `markdown` (GFM, as GitHub shows it) or `mkdocs` (MkDocs with Material, and
    `MKDOCS_EXTENSIONS`). `templates` is a folder whose templates come before routebook's own.
    `layout` is one of `LAYOUTS`: all on one page (`single`), a page for each group, route or
    operation, or what fits the API (`auto`); without one, `route` for few operations and `auto`
    for many. Up to `processes` processes write the pages, where the system can make
    copies of this one; with more than one, what was made to write them is left to the garbage
    collector. `samples` are the languages of `routebook.languages` that requests are
    shown in. `begun` is what was begun with `ahead`. Raises `RoutebookError` for another target,
    layout or language, a description that cannot be shown, or a template that is wrong.
    """
    if target not in _TARGETS:
        raise RoutebookError(
            f"there is no target {target!r}", hint=f"use one of {', '.join(_TARGETS)}"
        )
    view = reference(api, samples, begun)
    fitting = chosen(view, layout)
    single = fitting == "single" and target == "markdown"
    begun()  # the writer needs templates
    writer = _Writer(view, Single() if single else _TARGETS[target](), templates)
    parts = blocks(view, fitting)

    def written(part: int) -> tuple[list[_Text], dict[str, str]]:
        texts = writer.texts(parts[part])
        return texts, {name: path for path, _, _, content in texts for name in ids(content)}

    linked = shares.exchanged(written, _Links(target).texts, len(parts), processes)
    if processes > 1:
        keep(view, parts)
    return tuple(
        Page(path=path, title=title, content=content, sections=sections)
        for part in linked
        for path, title, sections, content in part
    )


_Text = tuple[str, str, tuple[str, ...], str]
"""Path, title, sections and Markdown of a page, with links as if all stood on one page."""


class _Links:
    """Points links at their pages."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._homes: dict[str, str] | None = None
        self._prefixes: dict[str, _Prefixes] = {}

    def texts(self, texts: list[_Text], homes: list[dict[str, str]]) -> list[_Text]:
        """Pages with their links; `homes` are the ids of all pages, the path of each."""
        if self._homes is None:
            self._homes = {name: path for each in homes for name, path in each.items()}
        return [self._text(*text, self._homes) for text in texts]

    def _text(
        self, path: str, title: str, sections: tuple[str, ...], content: str, homes: dict[str, str]
    ) -> _Text:
        folder = posixpath.dirname(path)
        prefixes = self._prefixes.get(folder)
        if prefixes is None:
            prefixes = self._prefixes[folder] = _Prefixes(folder)
        content = _linked(content, path, homes, prefixes)
        if self._target == "mkdocs":
            content = _front_matter(path, title, content)
        return path, title, sections, content


Begun = Callable[[], Mapping[str, Unlinked]]
"""Gives what was begun."""


@contextmanager
def ahead(document: Path) -> Iterator[Begun]:
    """Have some of the work done while this process reads a document, where that takes a while.

    Templates are compiled, and the descriptions in a document of JSON are written; what is not
    done at the end of the context is left.
    """
    if shares.processes() == 1:
        yield dict
        return
    with shares.Meanwhile(lambda: _ahead(document)) as outcome:

        @cache
        def begun() -> Mapping[str, Unlinked]:
            made: _Ahead = outcome()
            codes, descriptions = made
            render.know("markdown", codes)
            return descriptions

        yield begun


_Ahead = tuple[dict[str, bytes], dict[str, Unlinked]]
"""Compiled templates, and descriptions."""


def _ahead(document: Path) -> _Ahead:
    codes = render.compiled("markdown", Plain().filters())
    with suppress(OSError):  # whoever reads it will tell
        if document.suffix.lower() == ".json":
            return codes, unlinked(document.read_bytes())
    return codes, {}


def single_page(
    api: APIDescriptor,
    templates: Path | None = None,
    samples: Iterable[str] = USUAL,
    begun: Begun = dict,
) -> str:
    """The reference of an API as one page of GFM. See `pages`."""
    made = pages(api, templates=templates, layout="single", samples=samples, begun=begun)
    return made[0].content


def ids(content: str) -> Iterator[str]:
    """The ids that a page of either target holds."""
    for mark, end in (('<a id="', '"'), ("{#", "}")):
        for piece in content.split(mark)[1:]:
            at = piece.find(end)
            yield (piece if at < 0 else piece[:at]).partition(" ")[0]


class _Writer:
    """Renders drafts in one dialect, with links as if all stood on one page."""

    def __init__(self, view: ReferenceView, dialect: Plain, templates: Path | None) -> None:
        self._view = view
        self._dialect = dialect
        self._environment: jinja2.Environment = render.environment(
            "markdown", templates, dialect.filters()
        )

    def texts(self, pages: Iterable[Draft]) -> list[_Text]:
        """Pages, written."""
        return [(page.path, page.title, page.sections, self._text(page)) for page in pages]

    def _text(self, draft: Draft) -> str:
        texts = []
        for part in draft.parts:
            self._dialect.shift = part.shift
            texts.append(
                render.render(self._environment, part.template, api=self._view, **part.values)
            )
        for operation in draft.operations:
            operation.forget()
        return _tidy("\n\n".join(texts))


class _Prefixes(dict[str, str]):
    """What links from pages of a folder begin with, by the pages that they go to."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, path: str) -> str:
        made = self[path] = f"]({_relative(path, self._folder)}#"
        return made


def _linked(content: str, path: str, homes: dict[str, str], prefixes: dict[str, str]) -> str:
    """Links to ids pointed at their pages.

    Code has none in it (see `routebook.views.escape`), and a bracket of a text has an odd
    number of backslashes before it.
    """
    first, *pieces = content.split("](#")
    targets = [homes.get(piece[: piece.find(")")], path) for piece in pieces]
    if "\\](#" in content:
        for at, before in enumerate((first, *pieces[:-1])):
            if (len(before) - len(before.rstrip("\\"))) % 2:
                targets[at] = path
    written = [first]
    for home, piece in zip(targets, pieces, strict=True):
        written += ("](#" if home == path else prefixes[home], piece)
    return "".join(written)


def _tidy(content: str) -> str:
    """Runs of empty lines made one; code has none in it, either."""
    pieces = (piece.lstrip("\n") for piece in content.rstrip("\n").split("\n\n\n"))
    return "\n\n".join(filter(None, pieces)) + "\n"


def _relative(path: str, folder: str) -> str:
    """A path as seen from a folder; both have no dots in them."""
    steps, parts = folder.split("/") if folder else [], path.split("/")
    same = 0
    while same < min(len(steps), len(parts) - 1) and steps[same] == parts[same]:
        same += 1
    return "/".join([*[".."] * (len(steps) - same), *parts[same:]])


def _front_matter(path: str, title: str, content: str) -> str:
    """What MkDocs and Material should know of a page; themes write its title as HTML."""
    boost = _BOOSTS.get(path.partition("/")[0], 1)
    return f"---\ntitle: {json.dumps(escape(title))}\nsearch:\n  boost: {boost}\n---\n\n{content}"
