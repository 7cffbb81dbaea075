"""Evaluators of the keywords of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.pair import Outcome, Pair
from routebook.diff.schemas.parts import NUMBERS, Found
from routebook.diff.schemas.scalars import Bound, bound, common, multiple


def minimum(pair: Pair) -> Iterator[Outcome]:
    """`minimum` and `exclusiveMinimum`."""
    if pair.both(*NUMBERS):
        yield from _moved(pair, upper=False)


def maximum(pair: Pair) -> Iterator[Outcome]:
    """`maximum` and `exclusiveMaximum`."""
    if pair.both(*NUMBERS):
        yield from _moved(pair, upper=True)


def _moved(pair: Pair, upper: bool) -> Iterator[Outcome]:
    old, new = bound(pair.old, upper), bound(pair.new, upper)
    effect = _effect(_for_shared(pair, old, upper), _for_shared(pair, new, upper), upper)
    if effect is Effect.EQUAL:
        return
    one = new or old
    if one is None:
        return
    keyword = one.keyword if not old or old.keyword == one.keyword else f"{one.keyword}"
    yield pair.edit(
        keyword,
        _action(old, new),
        effect,
        _found(old),
        _found(new),
    )


def _found(one: Bound | None) -> Found | None:
    return one.found if one else None


def _action(old: Bound | None, new: Bound | None) -> str:
    if not old or not new:
        return "added" if new else "removed"
    if old.keyword != new.keyword or old.found.value == new.found.value:
        return "changed"
    return "increased" if new.found.value > old.found.value else "decreased"


def _for_shared(pair: Pair, one: Bound | None, upper: bool) -> Bound | None:
    """The bound as it is for the numbers that both sides take."""
    if one is None or "fraction" in pair.old.types & pair.new.types:
        return one
    value = one.value
    if value.denominator == 1:
        step = 1 if not upper else -1
        return one._replace(value=value + step * one.strict, strict=False)
    whole = value.__floor__() if upper else value.__ceil__()
    return one._replace(value=Fraction(whole), strict=False)


def _effect(old: Bound | None, new: Bound | None, upper: bool) -> Effect:
    if old is None or new is None:
        if old is new:
            return Effect.EQUAL
        return Effect.NARROWS if new else Effect.WIDENS
    if (old.value, old.strict) == (new.value, new.strict):
        return Effect.EQUAL
    if old.value == new.value:
        return Effect.NARROWS if new.strict else Effect.WIDENS
    return Effect.NARROWS if (new.value > old.value) != upper else Effect.WIDENS


def multiple_of(pair: Pair) -> Iterator[Outcome]:
    """`multipleOf`."""
    if not pair.both(*NUMBERS):
        return
    old, new = multiple(pair.old), multiple(pair.new)
    if "fraction" not in pair.old.declared & pair.new.declared:
        old, new = _whole(old), _whole(new)
    else:
        old = old or (Fraction(1) if "fraction" not in pair.old.types else None)
        new = new or (Fraction(1) if "fraction" not in pair.new.types else None)
    if old == new:
        return
    before = next(pair.old.anywhere("multipleOf"), None)
    now = next(pair.new.anywhere("multipleOf"), None)
    action = "changed" if before and now else "added" if now else "removed"
    yield pair.edit("multipleOf", action, _between(old, new), before, now)


def _whole(step: Fraction | None) -> Fraction:
    return common(step, Fraction(1)) if step else Fraction(1)


def _between(old: Fraction | None, new: Fraction | None) -> Effect:
    if old is None or new is None:
        return Effect.NARROWS if new else Effect.WIDENS
    if (new / old).denominator == 1:
        return Effect.NARROWS
    return Effect.WIDENS if (old / new).denominator == 1 else Effect.INCOMPARABLE
