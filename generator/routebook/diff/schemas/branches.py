"""Branches of `anyOf` and `oneOf`: which old one became which new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Pair
from routebook.diff.schemas.parts import ALL, NUMBERS, REFERENCE, Conjunction, Part, typed, types_of

_MOST = 900
"""How many pairs of branches are looked into at most."""
_SIMILAR = 0.34
_EQUAL = 0.8


@dataclass(slots=True)
class Matching:
    """The branches of two choices, matched."""

    pairs: list[tuple[Part, Part]] = field(default_factory=list)
    gone: list[Part] = field(default_factory=list)
    come: list[Part] = field(default_factory=list)
    merged: list[Part] = field(default_factory=list)
    """Old branches of which another new one takes every value."""
    split: list[Part] = field(default_factory=list)
    """New branches of which another old one took every value."""


def match(pair: Pair, old: tuple[Part, ...], new: tuple[Part, ...]) -> Matching:
    """Match branches: by name, then by meaning, then by likeness."""
    result = Matching()
    left, right = _by_name(result, list(old), list(new))
    if len(left) * len(right) <= _MOST:
        left, right = _by_meaning(pair, result, left, right)
        left, right = _by_likeness(pair, result, left, right)
        result.merged = [one for one in left if _covered(pair, one, new)]
        result.split = [one for one in right if _covers(pair, one, old)]
        left = [one for one in left if one not in result.merged]
        right = [one for one in right if one not in result.split]
    result.gone, result.come = left, right
    return result


def within(pair: Pair, before: Part, now: Part) -> tuple[Conjunction, Conjunction]:
    """Two branches, as far as the types that stand beside the choice leave anything of them."""
    types = _beside(pair.old) & _beside(pair.new)
    rest = (pair.normal_old(before).types | pair.normal_new(now).types) - types
    limits = (typed(types),) if rest and types else ()
    return (before, *limits), (now, *limits)


def _beside(node: Node) -> frozenset[str]:
    types = ALL
    for part, mask in node.atoms:
        if "type" in part.schema and mask == ALL:
            types &= types_of(part.schema["type"])
    return types


def name_of(part: Part) -> str:
    """The component that a branch is; empty for one that is written out."""
    schema = part.schema
    if isinstance(schema, (dict, Mapping)) and isinstance(schema.get("$ref"), str):
        return str(schema["$ref"]).removeprefix(REFERENCE)
    return ""


def _by_name(result: Matching, old: list[Part], new: list[Part]) -> tuple[list[Part], list[Part]]:
    """Match branches of one name, and those that are written alike."""
    named = {name: part for part in reversed(new) if (name := name_of(part))}
    left = []
    for part in old:
        other = named.pop(name_of(part), None)
        if other is None:
            other = next(
                (one for one in new if not name_of(one) and one.schema == part.schema), None
            )
        if other is None:
            left.append(part)
        else:
            new = [one for one in new if one is not other]
            result.pairs.append((part, other))
    return left, new


def _by_meaning(
    pair: Pair, result: Matching, old: list[Part], new: list[Part]
) -> tuple[list[Part], list[Part]]:
    """Match the branches that accept the same values: they may differ in what is said of them."""
    types = _beside(pair.old) & _beside(pair.new)
    left = []
    for part in old:
        equal = next((one for one in new if _equal(pair, part, one, types)), None)
        if equal is None:
            left.append(part)
        else:
            new = [one for one in new if one is not equal]
            result.pairs.append((part, equal))
    return left, new


def _by_likeness(
    pair: Pair, result: Matching, old: list[Part], new: list[Part]
) -> tuple[list[Part], list[Part]]:
    """Match what is left by how much is alike, the likest first."""
    types = _beside(pair.old) & _beside(pair.new)
    scored = [
        (-likeness(pair.normal_old(one), pair.normal_new(other), types), i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for score, i, j in sorted(scored):
        if -score < _SIMILAR or i in taken_old or j in taken_new:
            continue
        taken_old.add(i)
        taken_new.add(j)
        result.pairs.append((old[i], new[j]))
    return (
        [one for i, one in enumerate(old) if i not in taken_old],
        [one for j, one in enumerate(new) if j not in taken_new],
    )


def likeness(old: Node, new: Node, among: frozenset[str] = ALL) -> float:
    """How much two schemas have in common, between 0 and 1; only some types count."""
    shared = old.types & new.types & among
    if not shared:
        return 0.0
    mine, theirs = old.tags(), new.tags()
    if tags := mine.keys() & theirs.keys():
        return 1.0 if any(mine[one] & theirs[one] for one in tags) else 0.1
    types = len(shared) / len((old.types | new.types) & among)
    if "object" not in shared:
        return 0.4 + types / 2 if not shared.isdisjoint(NUMBERS | {"string", "array"}) else types
    before, now = old.property_names().keys(), new.property_names().keys()
    names = len(before & now) / len(before | now) if before | now else 1.0
    return names * types


def _equal(pair: Pair, part: Part, other: Part, types: frozenset[str]) -> bool:
    """Whether two branches accept the same values; unlike ones are not looked into."""
    if likeness(pair.normal_old(part), pair.normal_new(other), types) < _EQUAL:
        return False
    return pair.relate(*within(pair, part, other)) is Effect.EQUAL


def _covered(pair: Pair, part: Part, new: tuple[Part, ...]) -> bool:
    """Whether another branch takes all that a branch took."""
    node = pair.normal_old(part)
    others = (one for one in new if _may_cover(pair.normal_new(one), node))
    wider = (Effect.EQUAL, Effect.WIDENS)
    return any(pair.relate(*within(pair, part, one)) in wider for one in others)


def _covers(pair: Pair, part: Part, old: tuple[Part, ...]) -> bool:
    node = pair.normal_new(part)
    others = (one for one in old if _may_cover(pair.normal_old(one), node))
    narrower = (Effect.EQUAL, Effect.NARROWS)
    return any(pair.relate(*within(pair, one, part)) in narrower for one in others)


def _may_cover(wide: Node, narrow: Node) -> bool:
    """Whether one schema may take all that another takes, as far as that is seen at once."""
    if not (narrow.types <= wide.types and wide.required().keys() <= narrow.required().keys()):
        return False
    return "object" not in narrow.types or not (_tagged(wide, narrow) or _open(wide, narrow))


def _tagged(wide: Node, narrow: Node) -> bool:
    """Whether a property that one needs has another tag than the other asks for."""
    mine, theirs, needed = narrow.tags(), wide.tags(), narrow.required()
    return any(
        mine[name].isdisjoint(theirs[name]) for name in mine.keys() & theirs if name in needed
    )


def _open(wide: Node, narrow: Node) -> bool:
    """Whether one takes anything as a property of which the other takes some values only."""
    if narrow.closers["object"] or any(
        keyword in part.schema
        for keyword in ("patternProperties", "propertyNames", "maxProperties")
        for part, _ in narrow.atoms
    ):
        return False
    names = wide.property_names().keys() - narrow.property_names()
    return any(_decides(part.schema) for name in names for part in wide.of_property(name))


def _decides(schema: object) -> bool:
    """Whether it is plain that a schema refuses some values."""
    if not isinstance(schema, (dict, Mapping)):
        return False
    return "enum" in schema or types_of(schema.get("type")) != ALL


def disjoint(nodes: list[Node]) -> bool:
    """Whether it is plain that no value meets two of some schemas."""
    for index, one in enumerate(nodes):
        for other in nodes[index + 1 :]:
            if one.types & other.types and not _apart(one, other):
                return False
    return True


def _apart(one: Node, other: Node) -> bool:
    """Whether two schemas of objects ask for different values of one property."""
    if one.types & other.types != {"object"}:
        return False
    mine, theirs = one.tags(), other.tags()
    needed = one.required().keys() & other.required().keys()
    return any(
        name in needed and not mine[name] & theirs[name] for name in mine.keys() & theirs.keys()
    )
