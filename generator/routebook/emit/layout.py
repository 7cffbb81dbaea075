"""What stands on which page of the reference: layouts, as values that are rendered later."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from html import unescape
from typing import Any, TypeVar

from routebook.emit import weight
from routebook.emit.page import MOST as SECTION
from routebook.emit.page import between
from routebook.findings import RoutebookError
from routebook.values import Value, frozen
from routebook.views import GroupView, OperationView, ReferenceView, RouteView
from routebook.views.ids import file_name

LAYOUTS = ("auto", "single", "group", "route", "operation")
"""How the operations are divided into pages; `auto` chooses by their number and size."""

FEW = 40
"""How many operations stand on one page in the layout `auto`."""
MOST = 25
"""How many operations a page of a group has at most."""
LARGE = 250_000
"""How many characters a page of operations has at most that can be divided, about."""
LISTED = 120_000
"""The same of a page of schemas or error codes, which as HTML takes twice that."""
_BLOCK = 20
"""How many pages are a block, in at most `_MOST_BLOCKS` blocks."""
_MOST_BLOCKS = 200
LONG = 100
"""How many operations the index lists at most; beyond, it lists their groups."""

_T = TypeVar("_T")


@frozen
class Part(Value):
    """A template and what it is given."""

    template: str
    """Its name."""
    values: dict[str, Any] = field(default_factory=dict)
    """Names to views."""
    shift: int = 0
    """How many levels lower its headings stand than it says."""


@frozen
class Draft(Value):
    """A page before it is rendered."""

    path: str
    """As of `Page`."""
    title: str
    """As of `Page`."""
    parts: tuple[Part, ...]
    """What stands on it, one below the other."""
    sections: tuple[str, ...] = ()
    """As of `Page`."""
    operations: tuple[OperationView, ...] = ()
    """Those that no other page shows."""


def chosen(view: ReferenceView, layout: str) -> str:
    """The layout itself, for `auto` the one that fits, and for none a usual one.

    Usual is a page for each route of up to `FEW` operations, and `auto` for more. `auto` puts
    up to `FEW` operations on a single page; each group on a page, when none has more than
    `MOST` operations or is larger than `LARGE`; and otherwise each operation.
    """
    if layout and layout not in LAYOUTS:
        raise RoutebookError(
            f"there is no layout {layout!r}", hint=f"use one of {', '.join(LAYOUTS)}"
        )
    operations = [operation for group in view.groups for operation in group.operations]
    if not layout and len(operations) <= FEW:
        return "route"
    if layout and layout != "auto":
        return layout
    if len(operations) <= FEW and sum(map(weight.operation, operations)) <= LARGE:
        return "single"
    fits = all(len(group.operations) <= MOST for group in view.groups) and all(
        sum(map(weight.operation, group.operations)) <= LARGE for group in view.groups
    )
    return "group" if fits else "operation"


def drafts(view: ReferenceView, layout: str) -> Iterator[Draft]:
    """The pages of a layout that is not `auto`, the index first."""
    return itertools.chain.from_iterable(blocks(view, layout))


def blocks(view: ReferenceView, layout: str) -> list[Iterable[Draft]]:
    """The same in blocks, which can be written apart; the last is the largest."""
    if layout == "single":
        return [[_single(view)]]
    front = list(_front(view, layout))
    size = max(_BLOCK, -(-len(front) // _MOST_BLOCKS))
    return [*(front[at : at + size] for at in range(0, len(front), size)), _rest(view)]


def _front(view: ReferenceView, layout: str) -> Iterator[Draft]:
    """The pages of the operations, and what leads to them."""
    count = sum(len(group.operations) for group in view.groups)
    brief = count + len(view.webhooks) > LONG
    listing = "groups" if brief else "linked" if layout == "group" else "here"
    index = Part(template="index.md.jinja", values={"listing": listing})
    yield Draft(path="index.md", title=words(view.title), parts=(index,))
    yield from _OPERATIONS[layout](view, brief)
    yield from _webhooks(view, brief)


def _single(view: ReferenceView) -> Draft:
    index = Part(template="index.md.jinja", values={"listing": "here"})
    pages = (*_by_route(view, False), *_webhooks(view, False), *_rest(view, LARGE * 1000))
    below = (replace(part, shift=part.shift + 1) for page in pages for part in page.parts)
    return Draft(path="index.md", title=words(view.title), parts=(index, *below))


def _by_route(view: ReferenceView, brief: bool) -> Iterator[Draft]:
    if brief:
        yield from _lists(view)
    for route in view.routes:
        yield _route(route, "routes", words(route.group))


def _route(route: RouteView, folder: str, section: str) -> Draft:
    return Draft(
        path=f"{folder}/{file_name(route.slug)}.md",
        title=words(route.title),
        parts=(Part(template="route.md.jinja", values={"route": route}),),
        sections=(section,) if section else (),
        operations=route.operations,
    )


def _webhooks(view: ReferenceView, brief: bool) -> Iterator[Draft]:
    if brief and view.webhooks:
        part = Part(template="webhooks.md.jinja", shift=-1)
        yield Draft(path="webhooks.md", title="Webhooks", parts=(part,), sections=("Webhooks",))
    for route in view.webhooks:
        yield _route(
            route, "webhooks", words(route.group) if not brief and route.group else "Webhooks"
        )


def _lists(view: ReferenceView) -> Iterator[Draft]:
    """A page for each group that lists its operations."""
    for group, name in _named(view):
        yield Draft(
            path=f"groups/{file_name(name)}.md",
            title=_title(group),
            parts=(Part(template="list.md.jinja", values={"group": group}),),
            sections=(_title(group),),
        )


def _by_operation(view: ReferenceView, brief: bool) -> Iterator[Draft]:
    lists = list(_lists(view)) if brief else [None] * len(view.groups)
    slices = _Slices(view)
    for group, page in zip(view.groups, lists, strict=True):
        if page is not None:
            yield page
        subsections = _subsections(group)
        for routes in slices.each(group):
            operation = routes.operations[0]
            yield Draft(
                path=f"operations/{file_name(operation.id.removeprefix('op-'))}.md",
                title=words(operation.title),
                parts=(
                    Part(template="operation.md.jinja", values={"operation": operation}, shift=-1),
                    *(
                        Part(template="operation.md.jinja", values={"operation": called})
                        for called in routes.operations[1:]
                    ),
                    Part(template="place.md.jinja", values={"route": routes}),
                ),
                sections=(_title(group), *subsections.get(operation.id, ())),
                operations=routes.operations,
            )


def _by_group(view: ReferenceView, brief: bool) -> Iterator[Draft]:
    del brief
    slices = _Slices(view)
    for group, name in _named(view):
        pages = list(chunks(slices.each(group), _route_weight, MOST)) or [[]]
        for count, routes in enumerate(pages, 1):
            values = {"group": group, "routes": tuple(routes), "first": count == 1}
            yield Draft(
                path=f"groups/{file_name(name)}{f'-{count}' if count > 1 else ''}.md",
                title=_title(group) + (f" ({count})" if len(pages) > 1 else ""),
                parts=(Part(template="group.md.jinja", values=values),),
                sections=(_title(group),),
            )


_OPERATIONS: dict[str, Callable[[ReferenceView, bool], Iterator[Draft]]] = {
    "route": _by_route,
    "group": _by_group,
    "operation": _by_operation,
}


class _Slices:
    """Routes with one operation each, and what it calls back; the first has the route's ids."""

    def __init__(self, view: ReferenceView) -> None:
        self._routes = {op.id: route for route in view.routes for op in route.operations}
        self._seen: set[str] = set()

    def each(self, group: GroupView) -> Iterator[RouteView]:
        called: dict[str, list[OperationView]] = {}
        for operation in group.operations:
            called.setdefault(operation.caller or operation.id, []).append(operation)
        for operations in called.values():
            route = self._routes[operations[0].id]
            again = route.id in self._seen
            self._seen.add(route.id)
            if not again and len(operations) == len(route.operations):
                yield route
                continue
            kept = {"id": "", "aliases": ()} if again else {}
            yield replace(route, operations=tuple(operations), **kept)  # type: ignore[arg-type]  # of their fields


def _named(view: ReferenceView) -> Iterator[tuple[GroupView, str]]:
    """The groups with the names of their pages."""
    taken = {group.id.removeprefix("tag-") for group in view.groups}
    for group in view.groups:
        name = group.id.removeprefix("tag-") or "other"
        while not group.id and name in taken:
            name += "-operations"
        yield group, name


def _title(group: GroupView) -> str:
    return words(group.title) or "Other operations"


def _subsections(group: GroupView) -> dict[str, tuple[str, ...]]:
    """The operations of a large group by the words of their paths that tell them apart."""
    own = [operation for operation in group.operations if not operation.caller]
    return _apart({operation.id: _static(operation.path) for operation in own}, 0)


def _apart(paths: dict[str, list[str]], depth: int) -> dict[str, tuple[str, ...]]:
    longest = max(map(len, paths.values()), default=0)
    if len(paths) <= SECTION or depth >= longest:
        return dict.fromkeys(paths, ())
    parts: dict[str, dict[str, list[str]]] = {}
    for key, path in paths.items():
        parts.setdefault((*path[depth : depth + 1], "/")[0], {})[key] = path
    if len(parts) == 1 or len(parts) > SECTION:
        return _apart(paths, depth + 1)
    return {
        key: (name, *below)
        for name, members in parts.items()
        for key, below in _apart(members, depth + 1).items()
    }


def _static(path: str) -> list[str]:
    """The words of a path that are not variables."""
    return [part for part in words(path).split("/") if part and "{" not in part]


def _rest(view: ReferenceView, most: int = LISTED) -> Iterator[Draft]:
    """What operations link to."""
    if view.answers or view.parameters:
        title = "Common parameters and answers"
        yield Draft(path="common.md", title=title, parts=(Part(template="common.md.jinja"),))
    if view.error_groups:
        yield from _divided("errors", "Error codes", view.error_groups, weight.errors, most)
    if view.schemas:
        yield from _divided("schemas", "Schemas", view.schemas, weight.schema, most)


def _divided(
    name: str, title: str, items: Sequence[Any], size: Callable[[Any], int], most: int
) -> Iterator[Draft]:
    """A page, or where that is too large an overview and a page for each part of it."""
    pages = list(chunks(items, size, len(items), most))
    template = f"{name}.md.jinja"
    if len(pages) == 1:
        part = Part(template=template, values={name: tuple(items), "overview": True})
        yield Draft(path=f"{name}.md", title=title, parts=(part,))
        return
    listed = Part(template=template, values={name: (), "overview": True})
    yield Draft(path=f"{name}.md", title=title, parts=(listed,), sections=(title,))
    for members in pages:
        first, last = words(members[0].title), words(members[-1].title)
        yield Draft(
            path=f"{name}/{file_name(members[0].id.partition('-')[2] or members[0].id)}.md",
            title=between(first, last),
            parts=(Part(template=template, values={name: tuple(members), "overview": False}),),
            sections=(title,),
        )


def chunks(
    items: Iterable[_T], size: Callable[[_T], int], count: int, most: int = LARGE
) -> Iterator[list[_T]]:
    """The items in lists of at most `count`, each as large as `most` or of one item."""
    chunk: list[_T] = []
    total = 0
    for item in items:
        weighs = size(item)
        if chunk and (len(chunk) >= count or total + weighs > most):
            yield chunk
            chunk, total = [], 0
        chunk.append(item)
        total += weighs
    if chunk:
        yield chunk


def _route_weight(route: RouteView) -> int:
    return sum(map(weight.operation, route.operations))


def words(line: str) -> str:
    """A line of Markdown without marks, as plain text."""
    if "<" not in line and "\\" not in line and "&" not in line:
        return line.replace("`", "").replace("*", "")
    bare = re.sub(r"</?code>|(?<!\\)[`*]", "", line)
    return unescape(re.sub(r"\\([^\w\s])", r"\1", bare))
