"""The two kinds of Markdown that are written, and where they part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from routebook.views import escape

_DEEPEST = 4
_FOLDED_FROM = 100
_COLOURED = 1000
"""How many characters a sample has at most that is highlighted in a site."""


COLUMNS = {
    "Name": "name",
    "Property": "name",
    "Field": "name",
    "In": "place",
    "Type": "type",
    "Required": "required",
    "Default": "default",
    "Constraints": "constraints",
    "Description": "description",
}
"""The columns that a table of fields may have, and what stands in them."""

PROPERTIES = ("Property", "Type", "Required", "Constraints", "Description")


class Plain:
    """Markdown for GitHub, GitLab and other renderers of GFM."""

    shift = 0
    """How many levels lower each heading stands than its template says."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, tuple[str, ...], bool], tuple[Any, str]] = {}

    def filters(self) -> dict[str, Callable[..., str]]:
        """The filters that templates use."""
        return {
            "heading": self.heading,
            "section": self.section,
            "signature": self.signature,
            "anchored": self.anchored,
            "anchors": self.anchors,
            "entry": self.entry,
            "linked": self.linked,
            "named": self.named,
            "meaning": self.meaning,
            "fenced": self.fenced,
            "method": self.method,
            "auth": self.auth,
            "envelope": self.envelope,
            "tab": self.tab,
            "warning": self.warning,
            "folded": self.folded,
            "overview": self.overview,
            "table": self.table,
            "properties": self.properties,
            "tidy": tidy,
        }

    def heading(self, view: Any, level: int) -> str:
        """A heading with the title and ids of a view; bold text where it would be too low."""
        return self._heading(_title(view), level, view.id, getattr(view, "aliases", ()))

    def section(self, id: str, title: str, level: int) -> str:
        """A heading that is not of a view."""
        return self._heading(title, level, id, ())

    def signature(self, view: Any, level: int) -> str:
        """The heading of an operation, and its method and path."""
        return f"{self.heading(view, level)}\n\n{self.method(view.method)} {view.path}"

    def _heading(self, title: str, level: int, id: str, aliases: tuple[str, ...]) -> str:
        line = f"{'#' * min(level + self.shift, _DEEPEST)} {title}"
        anchors = _anchors(((id,) if id else ()) + aliases)
        return f"{anchors}\n{line}" if anchors else line

    def anchored(self, view: Any) -> str:
        """The name of a row, in bold, with its ids."""
        return f"{_anchors((view.id, *getattr(view, 'aliases', ())))}{self._strong(view)}"

    def entry(self, group: Any) -> str:
        """A group of operations, linked to where they are."""
        if not group.id:
            return "[Other operations](#operations-other)"
        return f"[{group.title}](#{group.id})"

    def anchors(self, view: Any) -> str:
        """The ids of a view that has no heading here; nothing for one without."""
        return _anchors(((view.id,) if view.id else ()) + view.aliases)

    def _strong(self, view: Any) -> str:
        return f"**{_title(view)}**" if hasattr(view, "status") else str(view.name)

    def linked(self, view: Any) -> str:
        """The name of a common answer with its ids, linked to where it is described."""
        return f"{_anchors((view.id, *view.aliases))}[{view.label}](#{view.common})"

    def named(self, view: Any) -> str:
        """The name of a field, linked to where it is described in full."""
        return f"[{view.name}](#{view.id})" if view.id else str(view.name)

    def meaning(self, view: Any) -> str:
        """What a field means."""
        return str(view.description)

    def table(self, fields: Iterable[Any], *titles: str, anchors: bool = False) -> str:
        """Fields as a table with some of the columns of `COLUMNS`."""
        return "\n".join(self._table(fields, titles, anchors=anchors))

    def _table(
        self, fields: Iterable[Any], titles: tuple[str, ...], *, anchors: bool = False
    ) -> Iterator[str]:
        yield f"| {' | '.join(titles)} |"
        yield "|" + "---|" * len(titles)
        for field in fields:
            key = (id(field), titles, anchors)
            known = self._rows.get(key)
            if known is None:
                known = self._rows[key] = (field, self._row(field, titles, anchors=anchors))
            yield known[1]

    def _row(self, field: Any, titles: tuple[str, ...], *, anchors: bool) -> str:
        """The row of a field; made once for one that stands in many tables."""
        columns, cells_of = _columns(titles)
        cells = list(cells_of(field))
        cells[0] = self.anchored(field) if anchors else self.named(field)
        if field.default and "default" not in columns:
            at = columns.index("constraints")
            cells[at] = "; ".join(filter(None, (cells[at], f"default {field.default}")))
        if columns[-1] == "description" and not anchors:
            cells[-1] = self.meaning(field)
        return row(cells)

    def properties(self, shape: Any) -> str:
        """The properties of a schema: a table, and those of large objects in it folded below."""
        return "\n\n".join(self._tree(table) for table in shape.tables)

    def _tree(self, table: Any, inside: bool = False) -> str:
        title = f"{table.title}:" if table.title and not inside else ""
        fields = self.table(table.rows, *PROPERTIES) if table.rows else ""
        folds = (self._fold(inner) for inner in table.tables)
        return "\n\n".join(filter(None, (title, table.about, fields, *folds)))

    def _fold(self, table: Any) -> str:
        """The table of an inner object, closed."""
        summary = f"<summary>{escape.html_code(table.path)}</summary>"
        return f"<details>\n{summary}\n\n{self._tree(table, inside=True)}\n\n</details>"

    def fenced(self, sample: Any) -> str:
        """A sample as a code block."""
        return escape.block(sample.text, sample.language) if sample.text else ""

    def method(self, code: str) -> str:
        """A method as a badge."""
        return f"**{code}**"

    def auth(self, view: Any) -> str:
        """How an operation is authenticated."""
        return str(view.auth)

    def envelope(self, view: Any) -> str:
        """The envelope of an error code."""
        return self.fenced(view.sample)

    def tab(self, content: str, title: str) -> str:
        """One of several views of a thing."""
        return f"{title}:\n\n{content.strip()}\n"

    def warning(self, content: str) -> str:
        """Something that nobody should miss."""
        return "\n".join(f"> {line}".rstrip() for line in content.strip().split("\n")) + "\n"

    def folded(self, content: str, title: str, count: int) -> str:
        """A list that is closed when it is long."""
        if count <= _FOLDED_FROM:
            return f"{title}:\n\n{content.strip()}\n"
        summary = f"<summary>{title} ({count})</summary>"
        return f"<details>\n{summary}\n\n{content.strip()}\n\n</details>\n"

    def overview(self, content: str) -> str:
        """A table of what the page has."""
        return content.strip() + "\n"


class Single(Plain):
    """GFM for the page that has everything, and says what it can in fewer words."""

    def linked(self, view: Any) -> str:
        """The common answers are linked together, on the words before them."""
        return f"{_anchors((view.id, *view.aliases))}{view.label}"

    def auth(self, view: Any) -> str:
        """How an operation is authenticated, where it is not as said for all."""
        usual = view.usual_auth and view.auth
        return "[as usual](#authentication)" if usual else str(view.auth)

    def envelope(self, view: Any) -> str:
        """The envelope of an error code that has details: the others differ by code and message."""
        return self.fenced(view.sample) if view.detail else ""

    def meaning(self, view: Any) -> str:
        """What a field means, where no link says it."""
        return "" if view.id else str(view.description)

    def tab(self, content: str, title: str) -> str:  # noqa: ARG002  # what it is can be seen
        """The content alone."""
        return content.strip() + "\n"

    def folded(self, content: str, title: str, count: int) -> str:
        """The list, closed when it is long."""
        short = content.strip() + "\n"
        return short if count <= _FOLDED_FROM else super().folded(content, title, count)

    def overview(self, content: str) -> str:  # noqa: ARG002  # the page is long enough without
        """Nothing."""
        return ""


class MkDocs(Plain):
    """Markdown for MkDocs with Material: attribute lists, tabs, admonitions, details."""

    def signature(self, view: Any, level: int) -> str:
        """A heading with method and path in it, where search counts them most."""
        marks = f"{self.method(view.method)} {view.path}"
        label = re.sub(r"[`*\\]|</?code>", "", _title(view)).replace('"', "&quot;")
        heading = self._heading(f"{_title(view)} <br>{marks}", level, view.id, view.aliases)
        return heading.replace(f"{{#{view.id}}}", f'{{#{view.id} data-toc-label="{label}"}}')

    def _heading(self, title: str, level: int, id: str, aliases: tuple[str, ...]) -> str:
        line = f"{'#' * min(level + self.shift, _DEEPEST)} {title}"
        anchors = _anchors(aliases)
        line = f"{line} {{#{id}}}" if id else line
        return f"{anchors}\n\n{line}" if anchors else line

    def anchored(self, view: Any) -> str:
        """The name of a row, in bold, with its ids."""
        return f"{_anchors(getattr(view, 'aliases', ()))}{self._strong(view)}{{#{view.id}}}"

    def linked(self, view: Any) -> str:
        """The status of a common answer with its ids, linked to where it is described."""
        return f"{_anchors(view.aliases)}[{view.label}](#{view.common}){{#{view.id}}}"

    def method(self, code: str) -> str:
        """A method as a badge: classes for a style sheet."""
        return f"{code}{{.routebook-method .routebook-{code.strip('`').lower()}}}"

    def fenced(self, sample: Any) -> str:
        """A sample as a code block; a long one without colours, which take five times its size.

        One in HTML has no line ends: inside a tab, each of its lines would be read as Markdown.
        """
        language = sample.language if len(sample.text) <= _COLOURED else ""
        block = escape.block(sample.text, language) if sample.text else ""
        return block.replace("\n", "&#10;") if block.startswith("<pre>") else block

    def tab(self, content: str, title: str) -> str:
        """A content tab."""
        return f'=== "{title}"\n\n{_indented(content)}'

    def _fold(self, table: Any) -> str:
        """The table of an inner object, closed."""
        path = escape.html_code(table.path).replace('"', "&quot;")
        return f'??? properties "{path}"\n\n{_indented(self._tree(table, inside=True))}'

    def warning(self, content: str) -> str:
        """An admonition."""
        return f"!!! warning\n\n{_indented(content)}"

    def folded(self, content: str, title: str, count: int) -> str:
        """A list that is closed when it is long."""
        if count <= _FOLDED_FROM:
            return super().folded(content, title, count)
        return f'??? note "{title} ({count})"\n\n{_indented(content)}'


def _title(view: Any) -> str:
    if not hasattr(view, "status") or hasattr(view, "title"):
        return str(view.title)
    if not view.name:
        return str(view.status)
    return f"{view.code} {view.name}"


@cache
def _columns(titles: tuple[str, ...]) -> tuple[list[str], Callable[[Any], Iterable[str]]]:
    """The columns of a table, of which it has several, and what gives their cells."""
    names = [COLUMNS[title] for title in titles]
    return names, attrgetter(*names)


def row(cells: list[str]) -> str:
    """A row of a table; empty cells at its end are left out."""
    while cells and not cells[-1]:
        cells.pop()
    return "|" + "".join([f" {cell} |" if cell else " |" for cell in cells])


_BLANK = re.compile(r"(?<=\|)(?: +\|)+(?=\n)|(?<=\| ) (?=\|)")


def tidy(table: str) -> str:
    """A table without blanks and empty cells that are not needed."""
    return _BLANK.sub("", table)


def _anchors(ids: tuple[str, ...]) -> str:
    return "".join(f'<a id="{name}"></a>' for name in ids)


def _indented(content: str) -> str:
    return re.sub(r"(?m)^(?=.)", "    ", content.strip("\n")) + "\n"
