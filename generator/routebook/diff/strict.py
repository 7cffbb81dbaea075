"""Equality as JSON has it: 1 and true are two values, though they are equal for Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from routebook.diff.schemas import same
from routebook.values import Value

Pairs = set[tuple[int, int]]
"""Two values each, by their `id`: they must live as long as this."""


def equal(old: Any, new: Any, known: Pairs | None = None) -> bool:
    """Whether two parts of descriptions are equal, down to the values of their schemas.

    `known` are parts that are equal; with these, it learns of those inside.

    >>> equal({"const": 1}, {"const": 1.0}), equal({"const": 1}, {"const": True})
    (True, False)
    """
    if old is new or (known is not None and (id(old), id(new)) in known):
        return True
    met: Pairs = set()
    same = bool(old == new) and _strictly(old, new, met)
    if same and known is not None:
        known |= met
    return same


def _strictly(old: Any, new: Any, met: Pairs) -> bool:
    """Whether two values that are equal for Python have their booleans in the same places.

    The parts of descriptions in them are added to `met`.
    """
    waiting: list[tuple[Sequence[Any], Sequence[Any]]] = [((old,), (new,))]
    while waiting:
        for one, other in zip(*waiting.pop(), strict=True):
            kind = type(one)
            if kind is str or one is other:
                continue
            if (kind is bool) is not (type(other) is bool):
                return False
            if kind is dict:
                if not same(one, other):
                    return False
            elif kind not in _SCALARS:
                waiting.append(_inside(one, other))
                if isinstance(one, Value):
                    met.add((id(one), id(other)))
    return True


_SCALARS = frozenset({str, bool, int, float, type(None)})


def _inside(old: Any, new: Any) -> tuple[Sequence[Any], Sequence[Any]]:
    """The values in two equal ones, in the same order."""
    if isinstance(old, Value) and isinstance(new, Value):
        return old.__getstate__(), new.__getstate__()
    if isinstance(old, Mapping):
        return list(old.values()), [new[key] for key in old]
    return (old, new) if isinstance(old, (list, tuple)) else ((), ())
