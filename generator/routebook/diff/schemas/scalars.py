"""What the simple keywords of scalar values say: bounds, lengths, patterns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from routebook.conformance import value_key
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.parts import (
    NAMED_PATTERNS,
    Found,
    Part,
    matches,
    type_of,
)


class Bound(NamedTuple):
    """A limit of numbers: at, or when `strict` beyond, a value."""

    value: Fraction
    strict: bool
    keyword: str
    found: Found


def exact(value: Any) -> Fraction | None:
    """A number as it is written; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return Fraction(repr(value))
    except ValueError:  # infinity or not a number
        return None


def bound(node: Node, upper: bool) -> Bound | None:
    """The tightest lower, or upper, limit of numbers; whole where only integers count."""
    best: Bound | None = None
    kind = "integer" if "integer" in node.types else "fraction"
    names = ("maximum", "exclusiveMaximum") if upper else ("minimum", "exclusiveMinimum")
    for keyword in names:
        for found in node.find(keyword, kind):
            value = exact(found.value)
            if value is None:
                continue
            one = Bound(value, keyword.startswith("exclusive"), keyword, found)
            if "fraction" not in node.types:
                one = _whole(one, upper)
            if best is None or _tighter(one, best, upper):
                best = one
    return best


def _whole(one: Bound, upper: bool) -> Bound:
    """The same limit for integers, never strict."""
    if upper:
        value = math.ceil(one.value) - 1 if one.strict else math.floor(one.value)
    else:
        value = math.floor(one.value) + 1 if one.strict else math.ceil(one.value)
    return one._replace(value=Fraction(value), strict=False)


def _tighter(one: Bound, other: Bound, upper: bool) -> bool:
    if one.value != other.value:
        return (one.value < other.value) if upper else (one.value > other.value)
    return one.strict and not other.strict


def multiple(node: Node) -> Fraction | None:
    """What numbers must be a multiple of; None when there is no such keyword."""
    least: Fraction | None = None
    kind = "integer" if "integer" in node.types else "fraction"
    for value, _ in node.find("multipleOf", kind):
        step = exact(value)
        if step is not None and step > 0:
            least = step if least is None else common(least, step)
    return least


def common(one: Fraction, other: Fraction) -> Fraction:
    """The least common multiple of two positive fractions."""
    return Fraction(
        math.lcm(one.numerator, other.numerator), math.gcd(one.denominator, other.denominator)
    )


LIMITS = {
    "minLength": ("string", False),
    "maxLength": ("string", True),
    "minItems": ("array", False),
    "maxItems": ("array", True),
    "minProperties": ("object", False),
    "maxProperties": ("object", True),
}
"""The keywords that limit a count: the type they are for, and whether they limit upwards."""


def limit(node: Node, keyword: str) -> Found | None:
    """The tightest value of a keyword that limits a count; None when nothing is limited."""
    kind, upper = LIMITS[keyword]
    best: Found | None = None
    for found in node.find(keyword, kind):
        value = exact(found.value)
        if value is None or (not upper and value <= 0):
            continue
        if best is None or (value < best.value if upper else value > best.value):
            best = found
    return best


def patterns(node: Node) -> dict[str, Part]:
    """The patterns that strings must match, without those that all match."""
    found = {str(value): part for value, part in node.find("pattern", "string")}
    return {one: part for one, part in found.items() if one not in NAMED_PATTERNS}


def accepts(node: Node, value: Any) -> bool:
    """Whether the simple keywords of a node accept a value."""
    kind = type_of(value)
    if kind not in node.types:
        return False
    limits = node.limits.get(kind)
    if limits is not None and value_key(value) not in limits:
        return False
    if kind in ("integer", "fraction"):
        return _number(node, value)
    if kind == "string":
        lengths = _counted(node, len(value), "minLength", "maxLength")
        return lengths and all(matches(one, value) for one in patterns(node))
    if kind == "array":
        return _counted(node, len(value), "minItems", "maxItems")
    if isinstance(value, (dict, Mapping)):
        return _counted(node, len(value), "minProperties", "maxProperties") and all(
            name in value for name in node.required()
        )
    return True


def _number(node: Node, value: Any) -> bool:
    at = exact(value)
    if at is None:
        return False
    for upper in (False, True):
        edge = bound(node, upper)
        if edge is None:
            continue
        beyond = at > edge.value if upper else at < edge.value
        if beyond or (edge.strict and at == edge.value):
            return False
    step = multiple(node)
    return step is None or (at / step).denominator == 1


def _counted(node: Node, count: int, low: str, high: str) -> bool:
    least, most = limit(node, low), limit(node, high)
    return not ((least and count < least.value) or (most and count > most.value))
