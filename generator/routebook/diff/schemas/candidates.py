"""Instances that one schema may accept and another not, from what the two say differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from routebook.diff.schemas.node import Node
from routebook.diff.schemas.parts import Conjunction, Part, type_of
from routebook.diff.schemas.samples import (
    ANYTHING,
    MISSING,
    Sampler,
    mapping,
    named_by,
    numbers,
    strings,
)
from routebook.diff.schemas.scalars import accepts, limit

_NAMES = ("extra", "EXTRA", "x y", "1", "a-long-name-nobody-gave", "")

_COMBINING = frozenset({"anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})
_COMBINING |= {"unevaluatedProperties", "unevaluatedItems"}
_OF_BRANCH = 12
"""How many instances of a branch are tried at most."""
_OF_CONDITION = 500
"""How many instances are tried at most for what holds under a condition."""
_OF_MEMBER = 80
"""How many instances of a member are tried at most for that."""
_DEEPEST = 3
"""How far below the place of an edit members are looked into."""


class _Condition(NamedTuple):
    """What must hold where a condition holds, and where not."""

    met: Conjunction = ()
    then: Conjunction = ()
    otherwise: Conjunction = ()

    @classmethod
    def of(cls, node: Node) -> dict[tuple[str, int | str], _Condition]:
        """Those of a node: an `if` by its number, a dependent schema by the property."""
        found: dict[tuple[str, int | str], _Condition] = {}
        for number, (_, part) in enumerate(node.anywhere("if")):
            clauses = (
                (part.below(part.schema[keyword], keyword),) if keyword in part.schema else ()
                for keyword in ("if", "then", "else")
            )
            found["if", number] = cls(*clauses)
        for value, part in node.find("dependentSchemas", "object"):
            for name, schema in mapping(value).items():
                then = (part.below(schema, "dependentSchemas", name),)
                found["", name] = cls(then=(*found.get(("", name), cls()).then, *then))
        return found

    def against(self, other: _Condition) -> Iterator[tuple[Conjunction, Conjunction]]:
        """What to look for instances of, with what to look for the refusal of."""
        yield (*self.met, *self.then), (*other.met, *other.then)
        yield other.met, (*other.met, *other.then)
        yield self.otherwise, other.otherwise


class Search:
    """Candidates for one pair of schemas: `own` accepts, `other` should not."""

    def __init__(
        self,
        own: Sampler,
        other: Sampler,
        own_schemas: Conjunction,
        other_schemas: Conjunction,
        *,
        depth: int = 0,
    ) -> None:
        self._depth = depth
        self._own = own
        self._other = other
        self._schemas = own_schemas
        self._node = own.node(own_schemas)
        self._foreign = other.node(other_schemas)

    def candidates(self, keyword: str = "", subject: str = "") -> Iterator[Any]:
        """Instances to check, the likeliest for an edit of a keyword first."""
        node, foreign = self._node, self._foreign
        if keyword in _COMBINING:
            whole = chain(self._all_seeds(), self._together())
            yield from _in_turn([whole, self._under_conditions()])
        yield from self._listed()
        if "string" in node.types and "string" not in node.limits:
            yield from strings(node, foreign)
        if not node.types.isdisjoint({"integer", "fraction"}):
            yield from (one for one in numbers(node, foreign) if accepts(node, one))
        if "array" in node.types:
            yield from self._arrays()
        if not node.simple:
            yield from self._own.several(self._schemas)
        if "object" in node.types:
            yield from self._objects(subject)
        yield from self._own.several(self._schemas)
        yield from self._all_seeds()
        yield from self._under_conditions()
        yield from ANYTHING

    def of_branch(self, branch: Conjunction) -> Iterator[Any]:
        """Instances of one branch of a choice: the barest, and the fullest."""
        node = self._own.node(branch)
        base = self._base() if "object" in self._node.types else {}
        if "object" in node.types and "object" not in node.limits:
            bare = self._own.object_of(node, 0)
            full = self._full(bare, node)
            for made in (full, bare):
                yield made
                yield {**base, **made}
        for value in islice(self._own.several(branch), _OF_BRANCH):
            yield value
            if isinstance(value, dict) and base:
                yield {**base, **value}
        yield from self._beyond(node)

    def _beyond(self, node: Node) -> Iterator[Any]:
        """Texts and numbers of a branch at the limits of the branches of the other side."""
        parts = [branch for union in self._foreign.unions for branch in union.branches]
        for other in (self._foreign, *(self._other.node((one,)) for one in parts[:8])):
            if "string" in node.types and "string" not in node.limits:
                yield from strings(node, other)
            if not node.types.isdisjoint({"integer", "fraction"}):
                yield from (one for one in numbers(node, other) if accepts(node, one))

    def _together(self) -> Iterator[Any]:
        """Objects that meet two of the schemas inside, and those that lack one property."""
        found = [one for one in islice(self._all_seeds(), 60) if isinstance(one, dict)]
        distinct = list({repr(one): one for one in found}.values())[:6]
        for one in distinct:
            for other in distinct:
                yield {**one, **other}
        for one in distinct:
            for name in one:
                yield {key: value for key, value in one.items() if key != name}

    def _under_conditions(self) -> Iterator[Any]:
        """Instances for what the two sides say where a condition holds, or a property is there."""
        if self._depth:
            return
        found = _Condition.of(self._node), _Condition.of(self._foreign)
        yield from _in_turn(
            self._met(mine, theirs, {} if kind else {str(name): self._filler(str(name))})
            for kind, name in {**found[0], **found[1]}
            for mine, theirs in found[0]
            .get((kind, name), _Condition())
            .against(found[1].get((kind, name), _Condition()))
        )

    def _met(self, own: Conjunction, other: Conjunction, needed: dict[str, Any]) -> Iterator[Any]:
        """Instances of what one side says under a condition, and the other not."""
        search = self._deeper((*self._schemas, *own), (*self._foreign.conjunction, *other))
        for value in islice(search.differing(), _OF_CONDITION):
            yield {**needed, **value} if isinstance(value, dict) else value

    def differing(self) -> Iterator[Any]:
        """Candidates, those first whose members one side says something else of."""
        if "object" in self._node.types:
            yield from self._within(self._base())
        if "array" in self._node.types:
            yield from (
                [value]
                for value in self._of_member(self._node.of_item(0), self._foreign.of_item(0))
            )
        yield from self.candidates()

    def _within(self, base: dict[str, Any]) -> Iterator[Any]:
        """Objects with members that are instances of what one side says of them."""
        bases = (base, *islice(self._varied(base), 4))
        names = {**self._node.property_names(), **self._foreign.property_names()}
        both = {
            name: (self._node.of_property(name), self._foreign.of_property(name))
            for name in islice(names, _OF_BRANCH)
        }
        for name in sorted(both, key=lambda name: _is_alike(*both[name])):
            values = self._of_member(*both[name])
            yield from ({**one, name: value} for value in values for one in bases)

    def _of_member(self, own: Conjunction, other: Conjunction) -> Iterator[Any]:
        """Instances of a member of which the other side says something."""
        if not other or self._depth > _DEEPEST:
            return iter(())
        return islice(self._deeper(own, other).differing(), _OF_MEMBER)

    def _deeper(self, own: Conjunction, other: Conjunction) -> Search:
        return Search(self._own, self._other, own, other, depth=self._depth + 1)

    def _all_seeds(self) -> Iterator[Any]:
        yield from self._seeds(self._own, self._node)
        yield from self._seeds(self._other, self._foreign)

    def _listed(self) -> Iterator[Any]:
        """Listed values that the other side does not list, and types that it lacks."""
        for kind, values in self._node.limits.items():
            others = self._foreign.limits.get(kind, {} if kind not in self._foreign.types else None)
            if others is not None:
                yield from (found.value for key, found in values.items() if key not in others)
        gone = self._node.types - self._foreign.types
        yield from (None,) if "null" in gone else ()
        yield from (True, False) if "boolean" in gone or "boolean" in self._foreign.limits else ()

    def _seeds(self, sampler: Sampler, node: Node) -> Iterator[Any]:
        """Instances of schemas inside `not`, `if`, branches, completed to whole ones."""
        parts: list[Part] = []
        for keyword in ("not", "if", "then", "else"):
            parts += [part.below(value, keyword) for value, part in node.anywhere(keyword)]
        for value, part in node.anywhere("dependentSchemas"):
            parts += [part.below(one, "dependentSchemas") for one in mapping(value).values()]
        parts += [branch for union in node.unions for branch in union.branches]
        base = self._base() if "object" in self._node.types else {}
        yield from self._conditional(base)
        for part in parts[:24]:
            full = sampler.full(sampler.node((part,)))
            for value in (*sampler.several((part,)), *([full] if full else [])):
                if type_of(value) not in self._node.types:
                    continue
                yield value
                if isinstance(value, dict) and base:
                    yield {**base, **value}
                    yield {**value, **base}

    def _conditional(self, base: dict[str, Any]) -> Iterator[Any]:
        """Objects that meet a condition, and what then must hold."""
        for value, part in self._node.find("if", "object"):
            met, then = (
                self._own.object_of(self._own.node((part.below(one, "if"),)), 4)
                for one in (value, part.schema.get("then", True))
            )
            yield {**base, **then, **met}

    def _base(self) -> dict[str, Any]:
        return self._own.object_of(self._node, 0)

    def _objects(self, subject: str) -> Iterator[Any]:
        base = self._base()
        yield base
        full = self._full(base, self._node)
        yield full
        for name in dict.fromkeys([subject, *self._foreign.required()]):
            if name in full and name not in self._node.required():
                yield {key: value for key, value in full.items() if key != name}
        yield from self._sized(base, full)
        yield from self._varied(base)
        yield from self._needing(base, full)
        yield from self._named(base, subject)

    def _varied(self, base: dict[str, Any]) -> Iterator[Any]:
        """The barest object with other values of its properties."""
        for name in list(base)[:6]:
            values = self._own.several(self._node.of_property(name), 8)
            yield from ({**base, name: value} for value in islice(values, 1, 6))

    def _full(self, base: dict[str, Any], node: Node) -> dict[str, Any]:
        """An object with every property that can be made."""
        made = dict(base)
        for name in list({**node.property_names(), **self._foreign.required()})[:60]:
            if name not in made:
                value = self._own.one(node.of_property(name), 8)
                if value is not MISSING:
                    made[name] = value
        return made

    def _needing(self, base: dict[str, Any], full: dict[str, Any]) -> Iterator[Any]:
        """Objects with a property that needs others, and without these."""
        for node in (self._foreign, self._node):
            for keyword in ("dependentRequired", "dependentSchemas"):
                for value, _ in node.find(keyword, "object"):
                    for name, needs in mapping(value).items():
                        filler = full.get(name, self._filler(name))
                        yield {**base, name: filler}
                        yield self._completed({**base, name: filler}, full)
                        wanted = (
                            needs if isinstance(needs, list) else mapping(needs).get("required")
                        )
                        without = set(wanted or ()) - {name}
                        rest = {k: v for k, v in full.items() if k not in without}
                        yield {**rest, name: filler}

    def _completed(self, made: dict[str, Any], full: dict[str, Any]) -> dict[str, Any]:
        """An object with what its properties need beside them."""
        needs: dict[str, Any] = {}
        for value, _ in self._node.find("dependentRequired", "object"):
            needs.update(mapping(value))
        names = list(made)
        for name in names:
            more = [one for one in needs.get(name, ()) if one not in made]
            made.update((one, full.get(one, self._filler(one))) for one in more)
            names += more
        return made

    def _filler(self, name: str) -> Any:
        value = self._own.one(self._node.of_property(name), 8)
        return "a" if value is MISSING else value

    def _named(self, base: dict[str, Any], subject: str) -> Iterator[Any]:
        """Objects with a property that one side does not name, of any kind of value."""
        unknown = [subject] if subject else []
        own, foreign = self._node.property_names(), self._foreign.property_names()
        unknown += [name for name in foreign if name not in own]
        unknown += [name for name in own if name not in foreign]
        for pattern in (*self._foreign.patterns(), *self._node.patterns()):
            unknown.append(named_by(pattern))
        for name in dict.fromkeys([*unknown[:12], *_NAMES]):
            if name in base and name not in unknown:
                continue
            for value in (*self._own.several(self._node.of_property(name), 8), *ANYTHING[:6]):
                yield {**base, name: value}

    def _sized(self, base: dict[str, Any], full: dict[str, Any]) -> Iterator[Any]:
        """Objects with more, or fewer, properties than the other side takes."""
        most, least = limit(self._foreign, "maxProperties"), limit(self._foreign, "minProperties")
        if most:
            made = dict(full)
            for count in range(min(int(most.value), 200) + 1):
                if len(made) > most.value:
                    break
                made[f"extra{count}"] = self._filler(f"extra{count}")
            yield made
        if least:
            made = dict(base)
            for name, value in full.items():
                if len(made) >= least.value - 1:
                    break
                made[name] = value
            yield made

    def _arrays(self) -> Iterator[Any]:
        node, foreign = self._node, self._foreign
        base = self._own.array_of(node, 0)
        yield base
        sizes = [0, 1, 2, 3]
        for keyword, offset in (("maxItems", 1), ("minItems", -1)):
            found = limit(foreign, keyword)
            sizes = [*([int(found.value) + offset] if found else []), *sizes]
        for value, part in (*foreign.find("contains", "array"), *node.find("contains", "array")):
            yield from self._containing(value, part)
        sizes += [max(node.prefix_length(), foreign.prefix_length()) + 1]
        for size in sizes:
            yield self._own.array_of(node, 0, size)
            yield [self._item(node, 0)] * max(size, 0) if size < 300 else base
        for size in (1, 2, 3):
            for value in ANYTHING[:6]:
                yield [*self._own.array_of(node, 0, size - 1)[: size - 1], value]

    def _item(self, node: Node, index: int) -> Any:
        value = self._own.one(node.of_item(index), 8)
        return "a" if value is MISSING else value

    def _containing(self, schema: Any, part: Part) -> Iterator[Any]:
        """Arrays with so many items of a kind, about the numbers that are asked for."""
        own = self._item(self._node, 0)
        values = [*islice(self._other.several((part.below(schema, "contains"),), 8), 3), own]
        counts = [part.schema.get("minContains", 1), part.schema.get("maxContains", 1)]
        for value in (*values, *ANYTHING[:4]):
            for count in dict.fromkeys(int(c) + o for c in counts for o in (-1, 0, 1)):
                if 0 <= count < 200:
                    yield [value] * count
                    yield [*[value] * count, own]


def _in_turn(sources: Iterable[Iterator[Any]]) -> Iterator[Any]:
    """The values of several sources, one of each and then again."""
    waiting = list(sources)
    while waiting:
        left: list[Iterator[Any]] = []
        for source in waiting:
            for value in islice(source, 1):
                left.append(source)
                yield value
        waiting = left


def _is_alike(own: Conjunction, other: Conjunction) -> bool:
    """Whether two sides say the same of something, but for what they refer to."""
    return [part.schema for part in own] == [part.schema for part in other]
