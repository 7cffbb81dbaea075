"""Instances of schemas, made from their normal form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from typing import Any

from routebook.diff.schemas.node import Node
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.parts import SHORT, Conjunction, Part, costly, identity, matches
from routebook.diff.schemas.regular import texts
from routebook.diff.schemas.scalars import accepts, bound, limit, multiple, patterns

MISSING: Any = object()
"""Stands for an instance that was not found."""
_DEEPEST = 12
LONGEST = 2000
"""The longest text that is made."""
MOST_MEMBERS = 50
"""So many members are made for sure, where as many are asked for."""
_FULL = 20
"""So many named properties an object gets at most that is to be like a real one."""
_ORDER = ("string", "integer", "fraction", "boolean", "object", "array", "null")
_FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "a@example.com",
    "idn-email": "a@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "/a",
    "iri": "https://example.com/",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
}
ANYTHING: tuple[Any, ...] = ("a", 7, True, None, ["a"], {"a": "a"}, 0.5, "", "A-1 z", -1)
"""Values to try where nothing, or too much, is known."""


class Sampler:
    """Makes instances of the schemas of one description."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._firsts: dict[tuple[int, ...], tuple[Conjunction, Any]] = {}

    def node(self, conjunction: Conjunction) -> Node:
        """The normal form of some schemas."""
        return self._view.normal(conjunction)

    def one(self, conjunction: Conjunction, depth: int = 0) -> Any:
        """An instance, or `MISSING`; one that is likely valid, and has to be checked."""
        key = identity(conjunction)
        known = self._firsts.get(key)
        if known is None:
            value = next(self.several(conjunction, depth), MISSING)
            if value is MISSING:  # it may be found from less deep
                return MISSING
            known = self._firsts[key] = (conjunction, value)
        return known[1]

    def several(self, conjunction: Conjunction, depth: int = 0) -> Iterator[Any]:
        """Instances of each type that is accepted, and of each branch."""
        node = self._view.normal(conjunction)
        if depth > _DEEPEST:
            return
        for union in node.unions:
            for branch in union.branches[:8]:
                yield from self._merged(node, branch, depth)
            return
        yield from self._plain(node, depth)

    def _merged(self, node: Node, branch: Part, depth: int) -> Iterator[Any]:
        """Instances of a branch, completed by what holds for all branches."""
        for value in self.several((branch,), depth + 1):
            if not isinstance(value, dict) or "object" not in node.types:
                yield value
                continue
            yield {**self.object_of(node, depth + 1), **value}

    def _plain(self, node: Node, depth: int) -> Iterator[Any]:
        for kind in _ORDER:
            if kind not in node.types:
                continue
            if kind in node.limits:
                values = (found.value for found in node.limits[kind].values())
                yield from (value for value in values if accepts(node, value))
            elif kind == "string":
                yield from strings(node, None)
            elif kind in ("integer", "fraction"):
                yield from (one for one in numbers(node, None) if accepts(node, one))
            elif kind == "object":
                yield self.object_of(node, depth)
            elif kind == "array":
                yield self.array_of(node, depth)
            else:
                yield from (True, False) if kind == "boolean" else (None,)

    def object_of(self, node: Node, depth: int) -> dict[str, Any]:
        """An object with what is required, and as much more as must be."""
        made: dict[str, Any] = {}
        for name in node.required():
            value = self.one(node.of_property(name), depth + 1)
            made[name] = None if value is MISSING else value
        least = limit(node, "minProperties")
        names = iter([*node.property_names(), *(f"extra{n}" for n in range(60))])
        while least and len(made) < min(least.value, 50):
            name = next(names, "")
            value = self.one(node.of_property(name), depth + 1)
            if value is MISSING and not name:
                break
            if value is not MISSING:
                made.setdefault(name, value)
        return made

    def full(self, node: Node) -> dict[str, Any]:
        """An object with the properties that are named, but for those that nothing is made for."""
        names = islice(node.property_names(), _FULL)
        made = {name: self.one(node.of_property(name), 1) for name in names}
        return {name: value for name, value in made.items() if value is not MISSING}

    def array_of(self, node: Node, depth: int, least: int = 0) -> list[Any]:
        """An array with as many items as must be."""
        found = limit(node, "minItems")
        needed = [
            part.below(value, "contains")
            for value, part in node.find("contains", "array")
            for _ in range(min(int(part.schema.get("minContains", 1)), 20))
        ]
        made = [self.one((part,), depth + 1) for part in needed]
        made = [value for value in made if value is not MISSING]
        wanted = max(int(found.value) if found else 0, least)
        unique = any(value is True for value, _ in node.find("uniqueItems", "array"))
        for index in range(len(made), min(wanted, 300)):
            made.append(self._item(node, index, depth, made if unique else []))
        return made

    def _item(self, node: Node, index: int, depth: int, others: list[Any]) -> Any:
        conjunction = node.of_item(index)
        if others and not conjunction:
            return index + 1000
        values = self.several(conjunction, depth + 1)
        first = next((value for value in values if value not in others), MISSING)
        return index if first is MISSING else first


def strings(node: Node, other: Node | None) -> Iterator[str]:
    """Texts that a node accepts; those at the limits of the other one first."""
    wanted = tuple(patterns(node))
    unwanted = tuple(patterns(other)) if other else ()
    for value, _ in node.find("format", "string"):
        if value in _FORMATS and accepts(node, _FORMATS[value]):
            yield _FORMATS[value]
    made: list[str] = []
    if wanted or unwanted:
        made += texts(wanted, unwanted, 3) if unwanted else []
        made += texts(wanted, (), 4)
    for length in _lengths(node, other):
        made += ["a" * length, "A" * length, "1" * length]
        made += [_stretched(one, length, node) for one in made[:3] if wanted]
    yield from (one for one in dict.fromkeys(made) if accepts(node, one))
    for value in ("a", "", "A", "1", "0" * 8):
        if accepts(node, value):
            yield value


def _stretched(text: str, length: int, node: Node) -> str:
    """A text made longer or shorter by one of its characters, where a node still accepts it."""
    if not text or len(text) >= length:
        return text[:length]
    for index, char in enumerate(text):
        longer = text[:index] + char * (length - len(text)) + text[index:]
        if accepts(node, longer):
            return longer
    return text


def _lengths(node: Node, other: Node | None) -> list[int]:
    least, most = limit(node, "minLength"), limit(node, "maxLength")
    found = [int(least.value) if least else 1, int(most.value) if most else 1]
    if other:
        low, high = limit(other, "minLength"), limit(other, "maxLength")
        found = [
            *([int(high.value) + 1] if high else []),
            *([int(low.value) - 1] if low else []),
            *found,
        ]
    asked = [one for node_ in (node, other) if node_ for one in patterns(node_)]
    longest = SHORT if any(map(costly, asked)) else LONGEST
    return [length for length in found if 0 <= length <= longest]


def numbers(node: Node, other: Node | None) -> Iterator[Any]:
    """Numbers around the limits of a node, and of another one."""
    marks: list[Fraction] = []
    for one in (other, node):
        for upper in (False, True) if one else ():
            edge = bound(one, upper) if one else None
            if edge is not None:
                marks += [edge.value]
    steps = [step for one in (other, node) if one and (step := multiple(one))]
    marks += [Fraction(0), Fraction(1)]
    offsets = [Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(-1, 2)]
    values = [mark + offset for mark in marks for offset in offsets]
    own = multiple(node)
    if own:
        rounded = [up * own for value in values for up in (floor(value / own), ceil(value / own))]
        values = [value for one in rounded for value in (one, one + own, one - own)] + values
    values += [step * factor for step in steps for factor in (1, 2, 3)]
    values += [Fraction(7), Fraction(1, 3).limit_denominator(1000), Fraction(10**6)]
    yield from (plain_number(value) for value in dict.fromkeys(values))


def plain_number(value: Fraction) -> int | float:
    """A fraction as JSON has it."""
    return int(value) if value.denominator == 1 else float(value)


def named_by(pattern: str) -> str:
    """A property name that a pattern matches; empty when none is found."""
    for candidate in (*texts((pattern,), (), 3), pattern.strip("^$"), "x-a", "a", "A1"):
        if matches(pattern, candidate):
            return candidate
    return ""


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, or an empty one for what is none."""
    return value if isinstance(value, (dict, Mapping)) else {}
