"""A pair of schemas in normal form, as the evaluators of keywords see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from routebook.diff.schemas.model import Direction, Effect, SchemaEdit, Spot
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.parts import Conjunction, Found, Part
from routebook.values import Value, frozen


class Step(NamedTuple):
    """One step down in an instance."""

    kind: str
    """`property`, `additional`, `pattern`, `item`, `contains`, `name` or `same`."""
    key: str | int = ""


class Child(NamedTuple):
    """A pair of schemas one step below, whose edits are told there."""

    step: Step
    old: Conjunction
    new: Conjunction


class Raised(NamedTuple):
    """An edit, and the parts it was found in."""

    edit: SchemaEdit
    old: Part
    new: Part
    holder: str = ""
    """The component that writes out what the other side refers to; empty where none does."""


Outcome = Raised | Child
Evaluator = Callable[["Pair"], Iterator[Outcome]]


@frozen(kw_only=False)
class Pair(Value):
    """Two schemas in normal form, and who sends what they describe."""

    old: Node
    new: Node
    direction: Direction
    relate: Callable[[Conjunction, Conjunction], Effect]
    """The effect of a pair of schemas that is not told by itself."""
    alike: Callable[[Any, Any], bool]
    """Whether two schemas are written alike, and mean the same."""
    kinds: frozenset[str]
    """The types that both accept, and neither limits to a list of values."""
    normals: tuple[Callable[[Conjunction], Node], Callable[[Conjunction], Node]]
    """The normal forms of the old side, and of the new."""

    def normal_old(self, part: Part) -> Node:
        """The normal form of an old schema."""
        return self.normals[0]((part,))

    def normal_new(self, part: Part) -> Node:
        """The normal form of a new schema."""
        return self.normals[1]((part,))

    def both(self, *kinds: str) -> bool:
        """Whether keywords of a type decide anything on both sides."""
        return not self.kinds.isdisjoint(kinds)

    def edit(
        self,
        keyword: str,
        action: str,
        effect: Effect,
        old: Found | None,
        new: Found | None,
        **more: Any,
    ) -> Raised:
        """An edit of one keyword."""
        old_part = old.part if old else _beside(self.old, new)
        new_part = new.part if new else _beside(self.new, old)
        path: tuple[str | int, ...] = more.pop("path", (keyword,))
        place, holder = _held(keyword, (old_part, new_part), (bool(old), bool(new)), bool(path))
        edit = SchemaEdit(
            keyword=keyword,
            action=action,
            effect=effect,
            direction=self.direction,
            old=old.value if old else None,
            new=new.value if new else None,
            old_at=_spot(old_part, path if old else ()),
            new_at=_spot(new_part, path if new else ()),
            **{"place": place, **more},
        )
        return Raised(edit, old_part, new_part, holder)

    def constrained(self, step: Step, old: Conjunction, new: Conjunction) -> Iterator[Outcome]:
        """A schema for members: an edit where it appears or goes, a child where both have it."""
        if old and new and not (_refuses(old) or _refuses(new)):
            yield Child(step, old, new)
        elif old or new:
            effect = self.relate(old, new)
            if effect is not Effect.EQUAL:
                yield self.member(step, effect, old, new)

    def member(
        self, step: Step, effect: Effect, old: Conjunction, new: Conjunction, **more: Any
    ) -> Raised:
        """An edit of the keyword that holds a schema for members."""
        before, now = _found(old), _found(new)
        tokens = (now or before or Found(None, self.new.where)).part.pointer.split("/")
        pattern = step.kind == "pattern"
        return self.edit(
            "patternProperties" if pattern else tokens[-1],
            "changed" if old and new else "added" if new else "removed",
            effect,
            before,
            now,
            path=(),
            subject=str(step.key) if pattern else "",
            reason=undecided(effect),
            **more,
        )


_MEMBERS = {"properties": 2, "patternProperties": 2, "anyOf": 2, "oneOf": 2, "prefixItems": 2}
_MEMBERS |= {"dependentSchemas": 2, "additionalProperties": 1, "items": 1, "propertyNames": 1}
_MEMBERS |= {"unevaluatedProperties": 1, "unevaluatedItems": 1, "contains": 1}
"""Keywords that hold schemas, and how many tokens lead from the keyword's owner to one."""


def _held(
    keyword: str, parts: tuple[Part, Part], there: tuple[bool, bool], inside: bool
) -> tuple[str, str]:
    """The place of an edit, and the component that it is told of where that is not plain.

    Where a side stands below another keyword, the one that is nearer. In two components, the
    one in that which writes out what the other refers to.
    """
    owners = [
        _owner(keyword, part, inside or not has) for part, has in zip(parts, there, strict=True)
    ]
    old, new = owners
    if parts[0].component == parts[1].component or len(old) == len(new):
        found = [readable(one) for one, has in zip(owners, there, strict=True) if has]
        return min(found, key=len, default=""), ""
    index = int(len(new) > len(old))
    return readable(owners[index]), parts[index].component


def place_of(keyword: str, part: Part, inside: bool) -> str:
    """The place of an edit, to read; `inside` when the keyword stands in the part."""
    return readable(_owner(keyword, part, inside))


def _owner(keyword: str, part: Part, inside: bool) -> list[str]:
    """Where the owner of an edited keyword stands: `inside` when that is the part."""
    tokens = part.pointer.split("/")[1:]
    steps = 0 if inside else _MEMBERS.get(keyword, 0)
    if steps and len(tokens) >= steps and tokens[-steps] == keyword:
        tokens = tokens[:-steps]
    return tokens


def readable(tokens: list[str]) -> str:
    """A pointer into a schema as the place in an instance: `items.name`, `list[].id`."""
    place = ""
    rest = iter(tokens)
    for word in rest:
        if word == "properties":
            place += "." + next(rest, "").replace("~1", "/").replace("~0", "~")
        elif word in ("additionalProperties", "unevaluatedProperties", "patternProperties"):
            place += ".*"
            if word == "patternProperties":
                next(rest, None)
        elif word in ("items", "prefixItems", "contains", "unevaluatedItems"):
            place += f"[{next(rest, '')}]" if word == "prefixItems" else "[]"
        elif word in ("anyOf", "oneOf", "allOf"):
            index = next(rest, "")
            place += f".{word}[{index}]" if word != "allOf" else ""
        else:
            place += f".{word}"
    return place.removeprefix(".")


def undecided(effect: Effect) -> str:
    """The reason of an effect that could not be decided."""
    return "the two schemas cannot be compared" if effect is Effect.UNKNOWN else ""


def _found(conjunction: Conjunction) -> Found | None:
    return Found(conjunction[0].schema, conjunction[0]) if conjunction else None


def _refuses(conjunction: Conjunction) -> bool:
    return any(part.schema is False for part in conjunction)


def _beside(node: Node, other: Found | None) -> Part:
    """The part of a node where something of the other side would stand."""
    if other is not None:
        for part, _ in node.atoms:
            if part.component == other.part.component:
                return part
    return node.where


def _spot(part: Part, path: tuple[str | int, ...]) -> Spot:
    return Spot(part.component, part.at(*path))


def compared(old: Any, new: Any) -> Effect:
    """The effect of a lower limit that moved; reversed, that of an upper limit."""
    if old == new:
        return Effect.EQUAL
    return Effect.NARROWS if new > old else Effect.WIDENS


def removed_or_added(gone: bool, come: bool) -> Effect:
    """The effect of members that are gone from, and come into, what is accepted."""
    if gone and come:
        return Effect.INCOMPARABLE
    if gone:
        return Effect.NARROWS
    return Effect.WIDENS if come else Effect.EQUAL


def too_deep(old: Conjunction, new: Conjunction, direction: Direction) -> Raised:
    """The edit of schemas that are nested too deeply to be compared."""
    before = old[0] if old else Part(True, "", "")
    now = new[0] if new else Part(True, "", "")
    edit = SchemaEdit(
        keyword="schema",
        action="changed",
        effect=Effect.UNKNOWN,
        direction=direction,
        old_at=_spot(before, ()),
        new_at=_spot(now, ()),
        place=place_of("schema", before, inside=True),
        reason="the schemas are nested too deeply",
        shows=False,
    )
    return Raised(edit, before, now)
