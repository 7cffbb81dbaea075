"""Pairs judged: all at once, or in parts that several processes take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from routebook.diff.causes import Cause
from routebook.diff.holders import POSITIONS
from routebook.diff.pairs import Pair
from routebook.diff.told import Told, Tools
from routebook.diff.uses import Key

_WORTHWHILE = 1500
"""So many pairs that hold schemas are worth another process."""
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
    if processes < 2 or repeated or holding < _WORTHWHILE:
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


def _divided(pairs: _Numbered, holding: int) -> Iterator[_Numbered]:
    """Parts of the pairs, with about as many in each that hold schemas."""
    most = -(-holding // _PARTS)
    start = held = 0
    for index, (_, pair) in enumerate(pairs):
        held += pair.kind in POSITIONS
        if held == most:
            yield pairs[start : index + 1]
            start, held = index + 1, 0
    yield pairs[start:]
