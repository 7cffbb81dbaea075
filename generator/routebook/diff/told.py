"""What rules said, made findings: each cause once, with the operations it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from routebook.diff.causes import Cause, component_of, side
from routebook.diff.frame import Edit, Rule
from routebook.diff.holders import POSITIONS, held
from routebook.diff.model import Change, Operation
from routebook.diff.pairs import Endpoint, Kind, Pair
from routebook.diff.schema_findings import SchemaFindings

if TYPE_CHECKING:
    from routebook.diff.engine import Engine
    from routebook.places import Places

WITNESSED = 200
"""So many findings get a witness at most: each may take a while to find."""


class Told:
    """Gathers what was said of pairs, and makes it findings."""

    def __init__(self, engine: Engine, places: tuple[Places | None, Places | None]) -> None:
        self._engine = engine
        self._places = places
        self._witnesses = WITNESSED if engine.policy.witnesses else 0
        self._causes: dict[tuple[object, ...], Cause] = {}
        self._masks: dict[int, tuple[tuple[Operation, ...], tuple[str, ...]]] = {}
        self._schemas = SchemaFindings(engine.schemas, places, engine.policy)
        self._operations = [_operation(pair.old or pair.new) for pair in engine.operations]
        self._tags = [_tags(pair.new or pair.old) for pair in engine.operations]

    def judge(self, pair: Pair, rules: Iterable[Rule]) -> None:
        """Let rules judge a pair, and compare the schemas that it holds."""
        both = pair.old is not None and pair.new is not None
        if both and pair.kind in POSITIONS:
            for found in held(pair, *self._engine.schemas):
                self._schemas.add(pair, found)
        if pair.kind is not Kind.VERSION and both and _same(pair):
            return
        unstable = "unstable" in pair.guards
        for rule in rules:
            if unstable and not rule.unstable:
                continue
            for said in rule.judge(pair):
                self._say(rule, pair, Edit(said) if isinstance(said, str) else said)

    def _say(self, rule: Rule, pair: Pair, edit: Edit) -> None:
        decided = rule.verdict(pair, edit)
        old, new, below = _part(pair.old), _part(pair.new), edit.below
        if pair.kind is Kind.VERSION:
            old, new, below = self._engine.old, self._engine.new, ("info", "version")
        self._add(
            Cause(
                rule=rule.id,
                level=decided.level,
                reason=decided.reason,
                message=edit.message,
                hint=rule.hint if decided.level != "info" else "",
                pair=pair,
                reach=pair.reach if edit.reach is None else edit.reach,
                place=pair.place,
                component=component_of(pair),
                old=side(self._places[0], old, below, edit.old),
                new=side(self._places[1], new, below, edit.new),
            )
        )

    def _add(self, cause: Cause) -> None:
        about = cause.pair if not cause.component else None
        single = cause.reach if about is not None else 0
        key = (*cause.key, single)
        known = self._causes.setdefault(key, cause)
        known.reach |= cause.reach

    def finish(self) -> bool:
        """Add what became of the schemas; say whether anything breaks anyone."""
        for cause in self._schemas.causes():
            self._add(cause)
        return any(cause.level == "error" for cause in self._causes.values())

    def changes(self) -> Iterator[Change]:
        """Every cause as a finding."""
        return map(self._change, self._causes.values())

    def _change(self, cause: Cause) -> Change:
        operations, tags = self._reached(cause.reach)
        first = operations[0] if operations and not _for_all(cause) else None
        witness = None
        if self._witnesses and cause.edit is not None and cause.level == "error":
            self._witnesses -= 1
            witness = self._schemas.comparer.witness(cause.edit)
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
            witness=witness,
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


def _same(pair: Pair) -> bool:
    """Whether no rule has anything to say of a pair, as its sides are equal."""
    if pair.kind is Kind.API:
        return pair.old is pair.new
    if pair.kind is Kind.OPERATION:
        return pair.old.method is pair.new.method and pair.old.route is pair.new.route
    return pair.old is pair.new or bool(pair.old == pair.new)


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


def _for_all(cause: Cause) -> bool:
    """Whether a cause is about the API as a whole, whatever operations it reaches."""
    node: Pair | None = cause.pair
    while node is not None:
        if node.kind in (Kind.OPERATION, Kind.WEBHOOK):
            return False
        node = node.parent
    return True


def _part(value: object) -> object:
    """The descriptor that a side of a pair is about."""
    if isinstance(value, Endpoint):
        return value.method
    return None if isinstance(value, str) else value


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
