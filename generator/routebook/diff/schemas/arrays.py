"""Evaluators of the keywords of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Child, Outcome, Pair, Step, undecided
from routebook.diff.schemas.parts import Conjunction, Found
from routebook.diff.schemas.scalars import exact, limit
from routebook.diff.schemas.strings import moved

_MOST = 200
"""How many items with schemas of their own are looked at."""


def items(pair: Pair) -> Iterator[Outcome]:
    """`items`, `prefixItems` and `unevaluatedItems`, item by item."""
    if not pair.both("array"):
        return
    before, now = pair.old.prefix_length(), pair.new.prefix_length()
    longest = min(max(before, now), _most(pair))
    for index in range(longest):
        old, new = pair.old.of_item(index), pair.new.of_item(index)
        if index < before and index < now and old and new:
            yield Child(Step("item", index), old, new)
        elif (effect := pair.relate(old, new)) is not Effect.EQUAL:
            yield _prefix(pair, index, effect, old, new)
    if longest < _most(pair):
        old, new = pair.old.of_item(max(before, now)), pair.new.of_item(max(before, now))
        yield from pair.constrained(Step("item", max(before, now)), old, new)


def _most(pair: Pair) -> int:
    """How many items there can be at most, on either side."""
    found = (limit(pair.old, "maxItems"), limit(pair.new, "maxItems"))
    return min([_MOST, *(int(one.value) for one in found if one)])


def _prefix(pair: Pair, index: int, effect: Effect, old: Conjunction, new: Conjunction) -> Outcome:
    before = Found(old[0].schema, old[0]) if old else None
    now = Found(new[0].schema, new[0]) if new else None
    longer = pair.new.prefix_length() > pair.old.prefix_length()
    return pair.edit(
        "prefixItems",
        "added" if longer else "removed",
        effect,
        before,
        now,
        path=(),
        subject=str(index),
        reason=undecided(effect),
    )


def unique_items(pair: Pair) -> Iterator[Outcome]:
    """`uniqueItems`."""
    if not pair.both("array"):
        return
    old, new = _unique(pair.old), _unique(pair.new)
    if bool(old) != bool(new):
        effect = Effect.NARROWS if new else Effect.WIDENS
        yield pair.edit("uniqueItems", "added" if new else "removed", effect, old, new)


def _unique(node: Node) -> Found | None:
    return next((one for one in node.find("uniqueItems", "array") if one.value is True), None)


class _Contains(NamedTuple):
    """A `contains`, and how many items it is about."""

    found: Found
    low: Found
    high: Found | None

    @property
    def least(self) -> int:
        """How many items must match."""
        return int(self.low.value)

    @property
    def conjunction(self) -> Conjunction:
        """The schema of the items."""
        return (self.found.part.below(self.found.value, "contains"),)


def contains(pair: Pair) -> Iterator[Outcome]:
    """`contains`, `minContains` and `maxContains`."""
    if not pair.both("array"):
        return
    old, new = list(_contains(pair.old)), list(_contains(pair.new))
    for before, now in zip(old, new, strict=False):
        yield from _changed(pair, before, now)
    for gone in old[len(new) :]:
        yield pair.edit("contains", "removed", Effect.WIDENS, gone.found, None)
    for come in new[len(old) :]:
        yield pair.edit("contains", "added", Effect.NARROWS, None, come.found)


def _contains(node: Node) -> Iterator[_Contains]:
    for found in node.find("contains", "array"):
        schema = found.part.schema
        low, high = exact(schema.get("minContains", 1)), exact(schema.get("maxContains"))
        least = int(low) if low is not None else 1
        if least or high is not None:
            most = Found(int(high), found.part) if high is not None else None
            yield _Contains(found, Found(least, found.part), most)


def _changed(pair: Pair, old: _Contains, new: _Contains) -> Iterator[Outcome]:
    yield from moved(pair, "minContains", False, old.low, new.low)
    yield from moved(pair, "maxContains", True, old.high, new.high)
    if not (old.high or new.high):
        yield Child(Step("contains"), old.conjunction, new.conjunction)
        return
    effect = pair.relate(old.conjunction, new.conjunction)
    if effect is not Effect.EQUAL:
        if old.high and new.high and not (old.least or new.least):
            effect = effect.reversed()
        elif not (old.high and new.high and old.least and new.least):
            effect = Effect.UNKNOWN
        elif effect is not Effect.UNKNOWN:
            effect = Effect.INCOMPARABLE
        reason = "at least and at most so many items match" if effect is Effect.UNKNOWN else ""
        yield pair.edit("contains", "changed", effect, old.found, new.found, reason=reason)
