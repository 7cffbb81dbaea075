"""Evaluators of the keywords of objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from routebook.diff.schemas.model import Direction, Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Child, Outcome, Pair, Step, undecided
from routebook.diff.schemas.parts import ALL, Conjunction, Found, Part, typed

_TEXT = typed(frozenset({"string"}))
"""What every name of a property is."""
_OBJECT = typed(frozenset({"object"}))
_HIDDEN = {Direction.REQUEST: "readOnly", Direction.RESPONSE: "writeOnly"}
"""What keeps a property out of a request, or a response."""
GUARDS = {"readOnly": "read-only", "writeOnly": "write-only", "deprecated": "deprecated"}
"""Flags of a property that explain what becomes of it, and their guards."""


def properties(pair: Pair) -> Iterator[Outcome]:
    """`properties`: those that both have, and those that appear or go."""
    if not pair.both("object"):
        return
    old_names, new_names = pair.old.property_names(), pair.new.property_names()
    before, now = pair.old.own_properties(), pair.new.own_properties()
    for name in {**old_names, **new_names}:
        if name in before and name in now and pair.alike(before[name], now[name]):
            continue
        old, new = pair.old.of_property(name), pair.new.of_property(name)
        if name in old_names and name in new_names:
            yield from _kept(pair, name, old, new)
        elif not _told_by_type(pair, name, old, new):
            yield _listed(pair, name, old, new, appears=name in new_names)


def _told_by_type(pair: Pair, name: str, old: Conjunction, new: Conjunction) -> bool:
    """Whether a schema that takes anything became one of objects, or the reverse.

    Its optional properties are then no edits of their own.
    """
    other, beyond = (pair.old, old) if new and not old else (pair.new, new)
    needed = name in pair.old.required() or name in pair.new.required()
    bare = other.types == ALL and not beyond and not other.property_names()
    return bare and pair.old.types != pair.new.types and not needed


def _kept(pair: Pair, name: str, old: Conjunction, new: Conjunction) -> Iterator[Outcome]:
    keyword = _HIDDEN[pair.direction]
    first, then = pair.normals[0](old), pair.normals[1](new)
    before, now = flag(first, keyword), flag(then, keyword)
    if before == now:
        yield Child(Step("property", name), old, new)
    else:
        action = "added" if now else "removed"
        effect = _sent(pair, name, now)
        yield pair.edit(
            keyword,
            action,
            effect,
            Found(before, old[0]),
            Found(now, new[0]),
            path=(),
            subject=name,
            annotation=effect is Effect.EQUAL,
            shows=False,
            guards=_guards(pair, name, then),
        )


def _sent(pair: Pair, name: str, hidden: bool) -> Effect:
    """What it does that a property is not sent any more, or is sent now: a needed one counts.

    Of one that was not needed, or is not any more, `required` tells it.
    """
    if name not in pair.old.required() or name not in pair.new.required():
        return Effect.EQUAL
    return Effect.WIDENS if hidden else Effect.NARROWS


def _listed(pair: Pair, name: str, old: Conjunction, new: Conjunction, appears: bool) -> Outcome:
    """A property that is described on one side only."""
    there, beyond = (new, old) if appears else (old, new)
    node = pair.new if appears else pair.old
    described = pair.normals[appears](there)
    found = Found(there[0].schema, there[0])
    guards = _guards(pair, name, described) | ({"required"} if name in node.required() else set())
    effect = Effect.EQUAL
    if not flag(described, _HIDDEN[pair.direction]):
        effect = _presence(pair, name).with_other(pair.relate(old, new))
        if not beyond and "required" not in guards and effect is not Effect.EQUAL:
            guards |= {"unlisted"}
        if beyond and not any(part.schema is False for part in beyond):
            guards |= {"foretold"}
    if "required" not in guards:
        guards |= {"optional"}
    if any(part.schema is False for part in there):
        guards |= {"never"}
    return pair.edit(
        "properties",
        "added" if appears else "removed",
        effect,
        None if appears else found,
        found if appears else None,
        path=(),
        subject=name,
        guards=guards,
        reason=undecided(effect),
    )


def _presence(pair: Pair, name: str) -> Effect:
    old, new = name in pair.old.required(), name in pair.new.required()
    if old == new:
        return Effect.EQUAL
    return Effect.NARROWS if new else Effect.WIDENS


def hidden_in(direction: Direction) -> str:
    """The keyword that keeps a property out of what is sent in a direction."""
    return _HIDDEN[direction]


def flag(node: Node, keyword: str) -> bool:
    """Whether a keyword is true, in a schema itself or in what it refers to."""
    return any(found.value is True for found in node.anywhere(keyword))


def _guards(pair: Pair, name: str, node: Node) -> frozenset[str]:
    guards = {guard for keyword, guard in GUARDS.items() if flag(node, keyword)}
    if next(node.anywhere("default"), None) is not None:
        guards.add("has-default")
    if name in pair.old.required():
        guards.add("was-required")
    return frozenset(guards)


def required(pair: Pair) -> Iterator[Outcome]:
    """`required`, of properties that both sides describe, or none does."""
    if not pair.both("object"):
        return
    old, new = pair.old.required(), pair.new.required()
    only = pair.old.property_names().keys() ^ pair.new.property_names().keys()
    for name in {**old, **new}:
        if (name in old) == (name in new) or name in only or _in_each_branch(pair, name):
            continue
        yield from _required(pair, name, old.get(name), new.get(name))


def _in_each_branch(pair: Pair, name: str) -> bool:
    """Whether each branch of a choice needs a property, where nothing else asks for it."""
    appears = name in pair.new.required()
    node, normal = (pair.old, pair.normal_old) if appears else (pair.new, pair.normal_new)
    return any(
        "object" in union.mask and all(name in normal(one).required() for one in union.branches)
        for union in node.unions
    )


def _required(pair: Pair, name: str, old: Part | None, new: Part | None) -> Iterator[Outcome]:
    side = pair.new if new else pair.old
    where = pair.normals[bool(new)](side.of_property(name))
    hidden = flag(where, _HIDDEN[pair.direction])
    effect = Effect.EQUAL if hidden else Effect.NARROWS if new else Effect.WIDENS
    yield pair.edit(
        "required",
        "added" if new else "removed",
        effect,
        Found(name, old) if old else None,
        Found(name, new) if new else None,
        subject=name,
        guards=_guards(pair, name, where),
        annotation=hidden,
    )


def additional_properties(pair: Pair) -> Iterator[Outcome]:
    """`additionalProperties` and `unevaluatedProperties`."""
    if pair.both("object"):
        step = Step("additional")
        yield from pair.constrained(step, pair.old.additional(), pair.new.additional())


def pattern_properties(pair: Pair) -> Iterator[Outcome]:
    """`patternProperties`, pattern by pattern."""
    if not pair.both("object"):
        return
    old, new = pair.old.patterns(), pair.new.patterns()
    for pattern in {**old, **new}:
        step = Step("pattern", pattern)
        if pattern in old and pattern in new:
            yield Child(step, old[pattern], new[pattern])
            continue
        before = old.get(pattern, pair.old.additional())
        now = new.get(pattern, pair.new.additional())
        effect = pair.relate(before, now)
        if effect is not Effect.EQUAL:
            shown = (before, ()) if pattern in old else ((), now)
            yield pair.member(step, effect, *shown)


def property_names(pair: Pair) -> Iterator[Outcome]:
    """`propertyNames`."""
    if not pair.both("object"):
        return
    step, old, new = Step("name"), _names(pair.old), _names(pair.new)
    before, now = (*old, _TEXT), (*new, _TEXT)
    if old and new:
        yield Child(step, before, now)
    elif (old or new) and (effect := pair.relate(before, now)) is not Effect.EQUAL:
        yield pair.member(step, effect, old, new)


def _names(node: Node) -> Conjunction:
    found = node.find("propertyNames", "object")
    return tuple(part.below(value, "propertyNames") for value, part in found)


def dependent_required(pair: Pair) -> Iterator[Outcome]:
    """`dependentRequired`, property by property."""
    if not pair.both("object"):
        return
    old, new = _needs(pair.old), _needs(pair.new)
    for name in {**old, **new}:
        before, now = old.get(name), new.get(name)
        had = set(before.value if before else ()) - pair.new.required().keys()
        has = set(now.value if now else ()) - pair.old.required().keys()
        if had == has:
            continue
        effect = _more_needed(had, has)
        action = "changed" if before and now else "added" if now else "removed"
        yield pair.edit("dependentRequired", action, effect, before, now, subject=name)


def _more_needed(had: set[str], has: set[str]) -> Effect:
    if had < has:
        return Effect.NARROWS
    return Effect.WIDENS if has < had else Effect.INCOMPARABLE


def _needs(node: Node) -> dict[str, Found]:
    """What a property needs beside it, without what is required anyway."""
    needs: dict[str, Found] = {}
    always = node.required()
    for value, part in node.find("dependentRequired", "object"):
        for name, wanted in value.items() if isinstance(value, (dict, Mapping)) else ():
            before: list[Any] = list(needs[name].value) if name in needs else []
            new = [one for one in wanted if one not in always and one not in before]
            if before + new:
                needs[name] = Found(before + new, part)
    return needs


def dependent_schemas(pair: Pair) -> Iterator[Outcome]:
    """`dependentSchemas`, property by property."""
    if not pair.both("object"):
        return
    old, new = _dependent(pair.old), _dependent(pair.new)
    for name in {**old, **new}:
        before, now = old.get(name, ()), new.get(name, ())
        effect = pair.relate((*before, _OBJECT), (*now, _OBJECT))
        if effect is not Effect.EQUAL:
            action = "changed" if before and now else "added" if now else "removed"
            yield pair.edit(
                "dependentSchemas",
                action,
                effect,
                Found(before[0].schema, before[0]) if before else None,
                Found(now[0].schema, now[0]) if now else None,
                path=(),
                subject=name,
                reason=undecided(effect),
            )


def _dependent(node: Node) -> dict[str, Conjunction]:
    found: dict[str, Conjunction] = {}
    for value, part in node.find("dependentSchemas", "object"):
        for name, schema in value.items() if isinstance(value, (dict, Mapping)) else ():
            below = part.below(schema, "dependentSchemas", name)
            found[name] = (*found.get(name, ()), below)
    return found
