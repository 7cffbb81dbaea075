"""Pairs judged: all at once, or in parts that several processes take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from routebook.diff.causes import Cause
from routebook.diff.holders import POSITIONS
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import references_in
from routebook.diff.told import Told, Tools
from routebook.diff.uses import Key

_WORTHWHILE = 1500
"""So many pairs that hold schemas are worth another process."""
_ALIKE = 0.8
"""One process is as quick when halves of the pairs share more of the changed components."""
_PARTS = 12
"""Into so many parts they are divided then: one that is done early takes another."""

_Begun = tuple[int, Told]
_Numbered = Sequence[tuple[int, Pair]]


def judged(pairs: Sequence[Pair], tools: Tools, processes: int = 1) -> Iterable[Cause]:
    """What is said of pairs: causes, some of them several times.

    Up to so many processes take part when there is enough to do.
    """
    numbered = list(enumerate(pairs))
    holding = sum(pair.kind in POSITIONS for pair in pairs)
    # what stands in several places is told of where it is met first: one process is to know that
    repeated = any(one.repeated for one in tools.schemas)
    if processes < 2 or repeated or holding < _WORTHWHILE or _overlap(pairs, tools) > _ALIKE:
        begun, uses = _begun(0, numbered, tools)
        return begun[1].causes(0, [uses])

    from routebook import shares

    parts = list(_divided(numbered, holding))
    return chain.from_iterable(
        shares.exchanged(
            lambda part: _begun(part, parts[part], tools),
            lambda begun, uses: begun[1].causes(begun[0], uses),
            len(parts),
            processes,
        )
    )


def _begun(part: int, pairs: _Numbered, tools: Tools) -> tuple[_Begun, list[tuple[Key, int, int]]]:
    """What is said of the pairs of a part, and what others must know of it."""
    told = Told(tools)
    for order, pair in pairs:
        told.judge(order, pair)
    return (part, told), told.uses()


def _overlap(pairs: Sequence[Pair], tools: Tools) -> float:
    """How many of the changed components that pairs reach are reached by both of their halves."""
    middle = len(pairs) // 2
    halves = [_reached(part, tools) for part in (pairs[:middle], pairs[middle:])]
    return len(halves[0] & halves[1]) / max(1, len(halves[0] | halves[1]))


def _reached(pairs: Iterable[Pair], tools: Tools) -> set[str]:
    """The changed components that the bodies of pairs reach."""
    changed, references = tools.comparer.changed, tools.schemas[0].references
    bodies = (pair for pair in pairs if pair.kind in _BODIES and pair.old and pair.new)
    waiting = [name for pair in bodies for name in references_in(pair.old.schema)]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in changed and name not in reached:
            reached.add(name)
            waiting.extend(references.get(name, ()))
    return reached


_BODIES = (Kind.REQUEST_CONTENT, Kind.RESPONSE_CONTENT)


def _divided(pairs: _Numbered, holding: int) -> Iterator[_Numbered]:
    """Parts of the pairs, each with more that hold schemas than the one before.

    The last one is taken first: when little is left, processes wait the shortest for each other.
    """
    steps = _PARTS * (_PARTS + 1)
    start = held = part = 0
    for index, (_, pair) in enumerate(pairs):
        held += pair.kind in POSITIONS
        if held * steps >= holding * (part + 1) * (part + 2) and part < _PARTS - 1:
            yield pairs[start : index + 1]
            start, part = index + 1, part + 1
    yield pairs[start:]
