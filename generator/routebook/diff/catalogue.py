"""All rules with their documentation: those that are written, and those of schema edits.

The ids of schema edits are made of a position, a keyword, and what was done to it. What is said
of them here is not written down but found: pairs of schemas are compared at every position, by
the comparison itself, and what it says is the documentation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from routebook.descriptors import APIDescriptor
from routebook.diff import rules as written_rules
from routebook.diff.data import Schemas
from routebook.diff.examples import NAMED, PAIRS
from routebook.diff.frame import Rule
from routebook.diff.holders import Held
from routebook.diff.model import LEVELS
from routebook.diff.pairs import Kind, Pair, Policy
from routebook.diff.schema_findings import SchemaFindings
from routebook.diff.schemas import Comparer, Direction, Effect
from routebook.diff.verdicts import table, verdict
from routebook.diff.written import IGNORED

_POSITIONS = {
    Direction.REQUEST: {
        "request": "the request body",
        "response": "the response to a webhook",
        "request-parameter": "the query parameter `value`",
        "request-header": "the request header `Value`",
    },
    Direction.RESPONSE: {
        "response": "the response body",
        "request": "the request body of a webhook",
        "request-parameter": "the query parameter `value` of a webhook",
        "response-header": "the response header `Value`",
        "error-detail": "the detail of the error code `WRONG`",
    },
}
"""Where schemas stand, as `holders` names it, and what messages call the value there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """An edit that a rule tells, and what it says of it."""

    before: str
    """The part before, as it is written in OpenAPI."""
    after: str
    """The part after."""
    message: str = ""
    """What the rule says; empty where that depends on names."""
    level: str = ""
    """The level; empty where it depends on what is around it."""
    reason: str = ""
    """How the level follows."""
    flow: str = ""
    """`request` or `response`: who sends what was edited; empty where that is not told apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """A rule, explained."""

    id: str
    """Its id."""
    summary: str
    """What changed when it speaks, in one line."""
    why: str
    """Why it matters; empty when the level says it all."""
    levels: tuple[str, ...]
    """The levels that it may have, the gravest first."""
    derivation: tuple[str, ...]
    """How a level follows, a line each."""
    cases: tuple[Case, ...]
    """Examples."""
    hint: str = ""
    """How to make the change without breaking anyone."""
    keyword: str = ""
    """The keyword of JSON Schema that it is about; empty for rules about other things."""


@cache
def explained() -> tuple[Explained, ...]:
    """Every rule, sorted by id; found once."""
    found = {rule.id: _written(rule) for rule in written_rules()}
    for name, (keyword, cases) in _schema_cases().items():
        found.setdefault(name, _of_schemas(name, keyword, cases))
    return tuple(found[name] for name in sorted(found))


def _written(rule: Rule) -> Explained:
    summary, _, rest = rule.documentation.partition("\n")
    example = rule.example
    if rule.level:
        levels: tuple[str, ...] = (rule.level,)
        derivation: tuple[str, ...] = (f"always {rule.level}, as a policy asks for it",)
    else:
        found = rule.verdicts()
        levels = _ordered(verdict.level for *_, verdict in found)
        ignored = "error" in levels and rule.on in (Kind.PARAMETER, Kind.RESPONSE_HEADER)
        derivation = tuple(
            f"{verdict.level} for a {flow.value} that it {_VERBS[effect.value]}"
            f"{''.join(f', where it is {one}' for one in sorted(added))}: {verdict.reason}"
            for effect, flow, added, verdict in found
        )
        if ignored:
            levels = _ordered((*levels, "warning"))
            derivation += (f"warning for {_NAMES}: {_IGNORED}",)
    return Explained(
        id=rule.id,
        summary=summary,
        why=" ".join(rest.split()),
        levels=levels,
        derivation=derivation,
        cases=(Case(before=example.before, after=example.after),) if example.before else (),
        hint=rule.hint,
    )


_HOLDING = frozenset(
    {"additionalProperties", "anyOf", "contains", "contentSchema", "dependentSchemas", "else"}
    | {"if", "items", "not", "oneOf", "pattern", "patternProperties", "prefixItems", "properties"}
    | {"propertyNames", "schema", "then", "unevaluatedItems", "unevaluatedProperties"}
)
"""Keywords of which each edit may widen or narrow: it depends on the schemas that they hold."""


def _law(cases: Iterable[Case]) -> Iterator[str]:
    """How the levels that no example shows follow."""
    shown = {case.level for case in cases}
    for level in LEVELS:
        if level not in shown:
            yield from dict.fromkeys(
                f"{level}: {reason}" for *_, said, reason in table() if said == level
            )


def _of_schemas(id: str, keyword: str, cases: list[Case]) -> Explained:
    plainest = sorted(cases, key=lambda case: _intricacy(id, keyword, case))
    by_level: dict[tuple[str, str], Case] = {}
    for case in plainest:
        by_level.setdefault((case.level, case.reason), case)
    first = plainest[0]
    return Explained(
        id=id,
        summary=f"{first.message[:1].upper()}{first.message[1:]}.",
        why="",
        levels=LEVELS if keyword in _HOLDING else _ordered(case.level for case in cases),
        derivation=(
            *(f"{level}: {reason}" for level, reason in by_level),
            *(_law(cases) if keyword in _HOLDING else ()),
        ),
        cases=tuple(by_level.values()),
        keyword=keyword,
    )


def _intricacy(id: str, keyword: str, case: Case) -> tuple[bool, int, int, int]:
    """How much a reader must see through before an example shows what a rule is about.

    Of a request is what clients send, not what webhooks do; and a schema that holds another in
    another way than as a property is about that.
    """
    around = f"{case.before} {case.after}"
    others = sum(f'"{name}":' in around for name in _HOLDING - {keyword, "properties", "pattern"})
    named = sum(f'"{keyword}":' in side for side in (case.before, case.after))
    return not id.startswith(case.flow), others, -named, len(around)


_VERBS = {
    "equal": "leaves as it is",
    "widens": "widens",
    "narrows": "narrows",
    "neither": "changes",
    "unknown": "may narrow or widen",
}
"""What an effect does, in words."""


_NAMES = f"headers called {', '.join(sorted(IGNORED))}"
_IGNORED = verdict(Effect.NARROWS, Direction.REQUEST, {"ignored"}).reason


def _ordered(levels: Iterable[str]) -> tuple[str, ...]:
    found = set(levels)
    return tuple(level for level in LEVELS if level in found)


_STRICT = Policy(today=date.max, stable_days=1)
"""A policy that asks for a sunset, and for one that nothing can give."""


_Cases = dict[str, tuple[str, list[Case]]]
"""The ids of schema edits, with their keywords, and the pairs of schemas that gave them."""


def _schema_cases() -> _Cases:
    pairs = tuple(_pairs())
    found: _Cases = {}
    _gather(found, pairs, Policy(today=date.min))
    _gather(found, tuple(pair for pair in pairs if "deprecated" in str(pair)), _STRICT)
    return found


def _gather(found: _Cases, pairs: tuple[tuple[Any, Any], ...], policy: Policy) -> None:
    """Add what is told of pairs of schemas at every position."""
    named = APIDescriptor(title="", version="", schemas=NAMED)
    sides = Schemas(named), Schemas(named)
    findings = SchemaFindings(sides, Comparer(NAMED, NAMED), (None, None), policy)
    cases: list[tuple[int, str]] = []
    for direction, positions in _POSITIONS.items():
        for position, name in positions.items():
            for number, (old, new) in enumerate(pairs):
                pair = Pair(kind=Kind.SCHEMA, old=None, new=None, flow=direction)
                pair.name, pair.place = name, str(number)
                held = Held(sides[0].of(old), sides[1].of(new), position, ())
                findings.add(len(cases), pair, held)
                if position in ("request", "response") and "type" in f"{old}{new}":
                    findings.add(len(cases), pair, held._replace(textual="text"))
                cases.append((number, direction.value))
    for edited in findings.edited():
        number, flow = cases[edited.order]
        cause = findings.cause(edited)
        old, new = pairs[number]
        case = Case(
            before=json.dumps(old),
            after=json.dumps(new),
            message=cause.message,
            level=cause.level,
            reason=cause.reason,
            flow=flow,
        )
        found.setdefault(cause.rule, (edited.edit.keyword, []))[1].append(case)


def _pairs() -> Iterator[tuple[Any, Any]]:
    """Each pair of schemas in both orders, as a whole value and as that of a property."""
    for one, other in PAIRS:
        for old, new in ((one, other), (other, one)):
            yield deepcopy(old), deepcopy(new)
            yield _inside(old), _inside(new)


def _inside(schema: Any) -> dict[str, Any]:
    # a copy, as a comparison tells one cause once: what is one object is one cause
    return {"type": "object", "properties": {"value": deepcopy(schema)}}
