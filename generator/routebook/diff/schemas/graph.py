"""The graph of pairs of schemas, and what is reached from each: in one walk, without routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from routebook.diff.schemas.model import Direction
from routebook.diff.schemas.pair import Step
from routebook.diff.schemas.parts import Conjunction

Key = tuple[tuple[int, ...], tuple[int, ...], str]
"""The identities of the schemas of a pair, and the direction; another when it is not sent."""


@dataclass(slots=True)
class Entry:
    """A pair of schemas: its own edits, as bits of a number, and the pairs below it."""

    key: Key
    old: Conjunction
    new: Conjunction
    direction: Direction
    hidden: bool = False
    """Whether what it describes is not sent in this direction, as it is read-only or write-only."""
    edits: int = 0
    children: list[tuple[Step, Key]] = field(default_factory=list)
    built: bool = False
    reached: int | None = None
    """All edits at and below it; None until they are known for good."""


@dataclass(slots=True)
class _Walk:
    """The state of one walk (Tarjan's algorithm for strongly connected components)."""

    number: dict[Key, int] = field(default_factory=dict)
    low: dict[Key, int] = field(default_factory=dict)
    found: dict[Key, int] = field(default_factory=dict)
    stack: list[Key] = field(default_factory=list)


def reach(root: Key, built: Callable[[Key], Entry]) -> int:
    """The edits that are reached from a pair; pairs on a cycle reach the same ones.

    What is found is kept, so that each pair is walked through once.
    """
    start = built(root)
    if start.reached is not None:
        return start.reached
    walk = _Walk()
    entries: dict[Key, Entry] = {}
    _enter(walk, entries, start)
    path = [(start, iter(start.children))]
    while path:
        entry, children = path[-1]
        following = next(children, None)
        if following is None:
            path.pop()
            _leave(walk, entries, entry)
            if path:
                above = path[-1][0].key
                walk.low[above] = min(walk.low[above], walk.low[entry.key])
        elif not _met(walk, entry.key, following[1]):
            below = built(following[1])
            _enter(walk, entries, below)
            if below.reached is not None:
                _leave(walk, entries, below)
            else:
                path.append((below, iter(below.children)))
    return walk.found[root]


def _met(walk: _Walk, above: Key, key: Key) -> bool:
    """Whether the walk was at a pair before; when it is on the way to here, they form a cycle."""
    if key not in walk.number:
        return False
    if key not in walk.found:
        walk.low[above] = min(walk.low[above], walk.number[key])
    return True


def _enter(walk: _Walk, entries: dict[Key, Entry], entry: Entry) -> None:
    walk.number[entry.key] = walk.low[entry.key] = len(walk.number)
    entries[entry.key] = entry
    walk.stack.append(entry.key)


def _leave(walk: _Walk, entries: dict[Key, Entry], entry: Entry) -> None:
    """When all below an entry is known, settle the cycle that it is the first of."""
    if entry.reached is not None:
        walk.stack.pop()
        walk.found[entry.key] = entry.reached
        return
    if walk.low[entry.key] != walk.number[entry.key]:
        return
    members: list[Key] = []
    while not members or members[-1] != entry.key:
        members.append(walk.stack.pop())
    edits = 0
    for key in members:
        edits |= entries[key].edits
        for _, below in entries[key].children:
            edits |= walk.found.get(below, 0)
    for key in members:
        walk.found[key] = edits
        entries[key].reached = edits
