"""Pairs judged: by this process alone, or by several where there is much to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from routebook.diff.causes import Cause
from routebook.diff.holders import POSITIONS, held, plain
from routebook.diff.pairs import Pair
from routebook.diff.schema_findings import SchemaFindings
from routebook.diff.schemas import Direction
from routebook.diff.told import Told, Tools

_WORTHWHILE = 400
"""So many pairs with schemas to compare are worth another process."""
_PARTS = 16
"""Into so many parts the edits of schemas are divided then."""

_Numbered = Sequence[tuple[int, Pair]]


def judged(pairs: Sequence[Pair], tools: Tools, processes: int = 1) -> Iterable[Cause]:
    """What is said of pairs: causes, some of them several times.

    Up to so many processes take part when there is enough to do. One asks the rules, and compares
    what clients send; this one compares what they get, which is most of it, and shares the edits
    of that with the others. What clients send and what they get have nothing in common, as schemas
    are compared for each direction: but for what stands in several places, which is told of where
    it is met first.
    """
    numbered = list(enumerate(pairs))
    holding = [(order, pair) for order, pair in numbered if _holds(pair)]
    if processes < 2 or len(holding) < _WORTHWHILE or _repeated(holding, tools):
        return _alone(numbered, holding, tools)

    # Each process would load these for itself.
    import interegular  # noqa: F401
    import jsonschema  # noqa: F401

    from routebook import shares

    sent = [one for one in holding if one[1].flow is Direction.REQUEST]
    got = [one for one in holding if one[1].flow is Direction.RESPONSE]
    with shares.Meanwhile(lambda: list(_alone(numbered, sent, tools))) as other:
        findings = _compared(got, tools)
        edited = findings.edited()
        size = -(-len(edited) // _PARTS)
        told = shares.shared(
            lambda part: findings.told(edited[part * size : (part + 1) * size]),
            _PARTS,
            processes - 1,
        )
        return chain(other(), *told)


def _alone(numbered: _Numbered, holding: _Numbered, tools: Tools) -> Iterable[Cause]:
    """What rules say of pairs, and what comparing the schemas of some of them finds."""
    findings = _compared(holding, tools)
    return chain(_ruled(numbered, tools), findings.told(findings.edited()))


def _holds(pair: Pair) -> bool:
    """Whether the schemas that both sides of a pair hold are to be compared."""
    both = pair.old is not None and pair.new is not None
    return both and pair.kind in POSITIONS and not plain(pair)


def _repeated(holding: _Numbered, tools: Tools) -> bool:
    """Whether some schema of pairs stands, as the very same object, in several places."""
    if all(one.is_tree for one in tools.schemas):
        return False
    for _, pair in holding:
        list(held(pair, *tools.schemas))  # they are looked through when they are converted
    return any(one.repeated for one in tools.schemas)


def _compared(holding: _Numbered, tools: Tools) -> SchemaFindings:
    """What comparing the schemas of pairs finds."""
    findings = SchemaFindings(tools.schemas, tools.comparer, tools.places, tools.policy)
    for order, pair in holding:
        for found in held(pair, *tools.schemas):
            findings.add(order, pair, found)
    return findings


def _ruled(pairs: _Numbered, tools: Tools) -> list[Cause]:
    """What rules say of pairs."""
    told = Told(tools)
    for order, pair in pairs:
        told.judge(order, pair)
    return told.causes()
