"""The table of an API's routes: which of them, if any, a path belongs to.

The segments of the path lead through a tree. Where a variable may span segments, the tree
goes on from the right end of the path, since the number of segments after that variable is
fixed; what is left in the middle is the variable's. So each route is tried at one division
of the path only, and patterns meet the text of their variable alone.

Of several routes that match a path, the first in this order wins: segment by segment, a
literal goes before a variable, and that before a variable that may span segments; then
the order of declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from routebook.findings import RoutebookError
from routebook.matching.capture import Capture, Step, capture, steps
from routebook.matching.patterns import Part, may_cross
from routebook.paths import Variable, parse

if TYPE_CHECKING:
    from typing import TypeAlias

    from routebook.descriptors import RouteDescriptor

_LITERAL, _VARIABLE, _SPANNING, _END = range(4)

Found: TypeAlias = "tuple[Entry, dict[str, str]]"
"""A route, and the values of its variables."""


class Entry:
    """A route in the table. Its patterns are compiled when a path first reaches it."""

    __slots__ = ("allow", "head", "order", "route", "segments", "tail", "values")

    def __init__(self, route: RouteDescriptor, index: int) -> None:
        self.route = route
        self.allow = tuple(sorted({method.method for method in route.methods}))
        """The described methods, sorted."""
        self.segments = parse(route.path).segments
        self.head = -1
        """The first segment with a variable that may span segments; -1 without one."""
        self.tail = 0
        """How many segments follow the last such."""
        self.order = (self._divide(), index)
        """What decides between several routes that match; the least wins."""
        self.values: Capture = self._first_values
        """Gives the variables' values in the segments of a path whose literal ones are known
        to agree; None when a pattern does not match."""

    def _first_values(self, parts: list[str]) -> dict[str, str] | None:
        self.values = capture(list(self._steps()))
        return self.values(parts)

    def _divide(self) -> tuple[int, ...]:
        """Find the spanning segments; the rank of each segment."""
        ranks = [_rank(parts) for parts in self.segments]
        if _SPANNING not in ranks:
            return tuple(ranks)
        self.head = ranks.index(_SPANNING)
        self.tail = ranks[::-1].index(_SPANNING)
        return (*ranks[: self.head], _SPANNING, *ranks[len(ranks) - self.tail :], _END)

    def _steps(self) -> Iterable[Step]:
        """What to look at, segment by segment."""
        count = len(self.segments)
        for index, parts in enumerate(self.segments):
            if self.head < 0 or index < self.head:
                yield from steps(index, parts)
            elif index == self.head:
                middle: list[Part] = list(parts)
                for others in self.segments[index + 1 : count - self.tail]:
                    middle += ["/", *others]
                yield from steps(slice(self.head, -self.tail or None), middle)
            elif index >= count - self.tail:
                yield from steps(index - count, parts)


def _rank(parts: Sequence[Part]) -> int:
    rank = _LITERAL
    for part in parts:
        if isinstance(part, Variable):
            if part.pattern and may_cross(part.pattern):
                return _SPANNING
            rank = _VARIABLE
    return rank


class _Node:
    """A place in the tree: what may follow it, and the routes that end there."""

    __slots__ = ("ends", "literals", "spanning", "variable")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.variable: _Node | None = None
        self.spanning: _Node | None = None
        """Routes whose next segment has a spanning variable: a tree from the right end."""
        self.ends: list[Entry] = []

    def follow(self, parts: Sequence[Part]) -> _Node:
        """The node after a segment of these parts, made if it is not there."""
        if _rank(parts) == _LITERAL:
            text = "".join(part for part in parts if isinstance(part, str))
            node = self.literals.get(text)
            if node is None:
                node = self.literals[text] = _Node()
            return node
        if self.variable is None:
            self.variable = _Node()
        return self.variable


class Table:
    """The routes of an API, for finding the one that a path belongs to."""

    def __init__(self, routes: Iterable[RouteDescriptor]) -> None:
        """Raises `RoutebookError` for a path template that is wrong or lacks its first slash."""
        self._literal: dict[str, Entry] = {}
        self._root = _Node()
        self.entries: dict[str, Entry] = {}
        """By route name."""
        for index, route in enumerate(routes):
            if route.path[:1] != "/":
                raise RoutebookError(
                    f"the path {route.path!r} does not begin with a slash",
                    place=route.name,
                    hint=f"write /{route.path}",
                )
            entry = Entry(route, index)
            self.entries.setdefault(route.name, entry)
            self._add(entry)
        self._lead, self._depth, start = _lead(self._root)
        self._start = start
        self._spanning = None if start.literals or start.variable else start.spanning

    def find(self, path: str) -> Found | None:
        """The route that a path (decoded) belongs to, and the values of its variables."""
        entry = self._literal.get(path)
        if entry is not None:
            return entry, {}
        if not path.startswith(self._lead):
            return None
        if self._spanning is not None:
            return _search_spanning(self._spanning, path.split("/"), self._depth)
        return _search(self._start, path.split("/"), self._depth)

    def _add(self, entry: Entry) -> None:
        if not any(entry.order[0]):
            self._literal.setdefault(entry.route.path, entry)
            return
        node = self._root
        parts = entry.segments
        for segment in parts if entry.head < 0 else parts[: entry.head]:
            node = node.follow(segment)
        if entry.head >= 0:
            if node.spanning is None:
                node.spanning = _Node()
            node = node.spanning
            for segment in reversed(parts[len(parts) - entry.tail :]):
                node = node.follow(segment)
        node.ends.append(entry)


def _lead(root: _Node) -> tuple[str, int, _Node]:
    """The literal text that all paths in the tree begin with, its segments, and what follows."""
    node = root
    lead: list[str] = []
    while len(node.literals) == 1 and not (node.variable or node.spanning or node.ends):
        ((text, node),) = node.literals.items()
        lead.append(text)
    if node.ends:  # the lead is a whole path: nothing need follow
        return "/".join(lead), len(lead), node
    return "/".join([*lead, ""]), len(lead), node


def _search(node: _Node, parts: list[str], depth: int) -> Found | None:
    """The best route below a node; `parts[:depth]` led to it."""
    last = len(parts)
    while depth < last:
        literal = node.literals.get(parts[depth])
        variable = node.variable
        spanning = node.spanning
        if literal is None and variable is None:
            return None if spanning is None else _search_spanning(spanning, parts, depth)
        if spanning is None and (literal is None or variable is None):
            node = literal or variable  # type: ignore[assignment]  # one of them is a node
            depth += 1
            continue
        for following in (literal, variable):
            found = _search(following, parts, depth + 1) if following is not None else None
            if found is not None:
                return found
        return _search_spanning(spanning, parts, depth) if spanning is not None else None
    for entry in node.ends:
        values = entry.values(parts)
        if values is not None:
            return entry, values
    return None


def _search_spanning(node: _Node, parts: list[str], depth: int) -> Found | None:
    """The best route that has a spanning variable at `depth`, by the segments at the end."""
    candidates = _candidates(node, parts, depth, len(parts))
    if len(candidates) > 1:
        candidates = sorted(candidates, key=_order)
    for entry in candidates:
        values = entry.values(parts)
        if values is not None:
            return entry, values
    return None


def _candidates(node: _Node, parts: list[str], depth: int, end: int) -> list[Entry]:
    """The routes below a node of a tree from the right end; `parts[end:]` led to it."""
    found: list[Entry] = []
    while end > depth:
        if node.ends:
            found = found + node.ends if found else node.ends
        end -= 1
        following = node.literals.get(parts[end])
        if following is None:
            following = node.variable
        elif node.variable is not None:
            found = found + _candidates(node.variable, parts, depth, end)
        if following is None:
            break
        node = following
    return found


def _order(entry: Entry) -> tuple[tuple[int, ...], int]:
    return entry.order
