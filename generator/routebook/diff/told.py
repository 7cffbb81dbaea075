"""What rules say, and what was said made findings: with the operations that it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from routebook.descriptors import MethodDescriptor, RouteDescriptor
from routebook.diff import causes
from routebook.diff.causes import (
    Cause,
    Gathered,
    component_of,
    is_whole,
    part_of,
    placed,
    side,
)
from routebook.diff.data import Schemas
from routebook.diff.frame import Edit, Rule
from routebook.diff.model import Change, Operation, Side
from routebook.diff.pairs import Endpoint, Kind, Pair, Policy
from routebook.diff.schemas import Comparer
from routebook.diff.strict import Pairs, equal

if TYPE_CHECKING:
    from routebook.places import Places


class Tools(NamedTuple):
    """What pairs are judged with."""

    rules: Mapping[Kind, tuple[Rule, ...]]
    schemas: tuple[Schemas, Schemas]
    comparer: Comparer
    places: tuple[Places | None, Places | None]
    policy: Policy


class Told:
    """Gathers what rules say of pairs."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._causes = Gathered()
        self._said = 0
        self._equal: Pairs = set()

    def causes(self) -> list[Cause]:
        """What was said, each thing once."""
        return list(self._causes)

    def judge(self, order: int, pair: Pair) -> None:
        """Let rules judge a pair; `order` is its place among all."""
        both = pair.old is not None and pair.new is not None
        if pair.kind is not Kind.VERSION and both and self._same(pair):
            return
        unstable = "unstable" in pair.guards
        for rule in self._tools.rules[pair.kind]:
            if unstable and not rule.unstable:
                continue
            for said in rule.judge(pair):
                self._say(order, rule, pair, Edit(said) if isinstance(said, str) else said)

    def _same(self, pair: Pair) -> bool:
        """Whether no rule has anything to say of a pair, as its sides are equal."""
        if pair.kind is Kind.API:
            return pair.old is pair.new
        if pair.kind is Kind.OPERATION:
            return bool(pair.context.alike) and _head(pair.old) == _head(pair.new)
        return equal(pair.old, pair.new, self._equal)

    def _say(self, order: int, rule: Rule, pair: Pair, edit: Edit) -> None:
        decided = rule.verdict(pair, edit)
        old, new = self._sides(pair, edit)
        self._said += 1
        self._causes.add(
            Cause(
                rank=(0, order, self._said),
                rule=rule.id,
                level=decided.level,
                reason=decided.reason,
                message=edit.message,
                hint=rule.hint if decided.level != "info" else "",
                reach=pair.reach if edit.reach is None else edit.reach,
                whole=is_whole(pair),
                place=pair.place,
                component=component_of(pair),
                part=id(pair.old if pair.new is None else pair.new) if pair.outside else 0,
                old=old,
                new=new,
            )
        )

    def _sides(self, pair: Pair, edit: Edit) -> tuple[Side | None, Side | None]:
        """Where an edit stands on both sides."""
        places = self._tools.places
        old, new = (placed(places[n], pair, new=n == 1) for n in (0, 1))
        below = edit.below if part_of(pair.new) is not None else ()
        if pair.kind is Kind.VERSION and pair.parent is not None:
            old, new, below = pair.parent.old, pair.parent.new, ("info", "version")
        elif pair.outside and pair.new is None and not component_of(pair):
            new = pair.inside(Kind.OPERATION).new.route
        return side(places[0], old, below, edit.old), side(places[1], new, below, edit.new)


class Reached:
    """Makes changes of causes: it knows the operations that these reach."""

    def __init__(self, operations: Iterable[Pair]) -> None:
        pairs = list(operations)
        self._masks: dict[int, tuple[tuple[Operation, ...], tuple[str, ...]]] = {}
        self._operations = [_operation(pair.old or pair.new) for pair in pairs]
        self._tags = [_tags(pair.new or pair.old) for pair in pairs]

    def changes(self, found: Iterable[Cause]) -> Iterator[Change]:
        """Causes as findings."""
        left = causes.WITNESSED
        for cause in found:
            if cause.sought:
                left -= 1
            yield self._change(cause, shown=left >= 0)

    def _change(self, cause: Cause, *, shown: bool) -> Change:
        operations, tags = self._reached(cause.reach)
        first = operations[0] if operations and not cause.whole else None
        return Change(
            rule=cause.rule,
            level=cause.level,
            message=cause.message,
            method=first.method if first else "",
            path=first.path if first else "",
            place=cause.place,
            component=cause.component,
            reason=cause.reason,
            hint=cause.hint,
            old=cause.old,
            new=cause.new,
            witness=cause.witness if shown else None,
            operations=operations,
            tags=tags,
        )

    def _reached(self, reach: int) -> tuple[tuple[Operation, ...], tuple[str, ...]]:
        """The operations that a mask stands for, and their tags."""
        known = self._masks.get(reach)
        if known is None:
            numbers = bits(reach)
            tags = dict.fromkeys(tag for number in numbers for tag in self._tags[number])
            operations = tuple(self._operations[number] for number in numbers)
            known = self._masks[reach] = operations, tuple(tags)
        return known


_OF_METHOD = attrgetter(
    *(one.name for one in fields(MethodDescriptor) if one.name not in ("requests", "callbacks"))
)
_OF_ROUTE = attrgetter(*(one.name for one in fields(RouteDescriptor) if one.name != "methods"))


def _head(endpoint: Endpoint) -> object:
    """What rules about operations look at; something else each time when that may be wrong."""
    if "x-stability-level" in endpoint.method.extra:
        return object()
    return endpoint.kind, _OF_METHOD(endpoint.method), _OF_ROUTE(endpoint.route)


def bits(mask: int) -> list[int]:
    """The numbers of the bits of a mask, the lowest first.

    >>> bits(0b1010)
    [1, 3]
    """
    text = bin(mask)[:1:-1]
    found = []
    at = text.find("1")
    while at >= 0:
        found.append(at)
        at = text.find("1", at + 1)
    return found


def _operation(endpoint: Endpoint) -> Operation:
    method = endpoint.method
    return Operation(
        method=method.method,
        path=endpoint.path,
        operation_id=method.operation_id,
        kind=endpoint.kind,
    )


def _tags(endpoint: Endpoint) -> tuple[str, ...]:
    return endpoint.method.tags
