"""Evaluators of what combines schemas: `anyOf`, `oneOf`, `not`, `if`, and what is left over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import inf
from typing import NamedTuple

from routebook.diff.schemas.branches import Matching, disjoint, likeness, match, name_of, within
from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node, Union
from routebook.diff.schemas.pair import Child, Outcome, Pair, Step, compared, undecided
from routebook.diff.schemas.parts import ALL, NOTES, Conjunction, Found, Part, type_names, typed


def choices(pair: Pair) -> Iterator[Outcome]:
    """`anyOf` and `oneOf` that both sides have, or that one has beside other keywords."""
    old, new = pair.old.unions, pair.new.unions
    for before, now in zip(old, new, strict=False):
        yield from _choice(pair, before, now)
    for gone in old[len(new) :]:
        yield from _alone(pair, gone, appears=False)
    for come in new[len(old) :]:
        yield from _alone(pair, come, appears=True)


def _choice(pair: Pair, old: Union, new: Union) -> Iterator[Outcome]:
    matching = match(pair, old.branches, new.branches)
    if old.keyword != new.keyword:
        yield from _other_keyword(pair, old, new)
    yield from branch_edits(pair, old, new, matching)


def branch_edits(
    pair: Pair, old: Union | None, new: Union | None, matching: Matching
) -> Iterator[Outcome]:
    """What became of branches: pairs are children, the others were added or removed."""
    for before, now in matching.pairs:
        yield Child(Step("same"), *within(pair, before, now))
    either = new or old
    keyword = either.keyword if either else "anyOf"
    for part in (*matching.gone, *matching.merged):
        covered = part in matching.merged
        yield pair.edit(
            old.keyword if old else keyword,
            "removed",
            Effect.EQUAL if covered else Effect.NARROWS,
            Found(part.schema, part),
            None,
            path=(),
            subject=label(part, pair.normal_old(part).types),
            annotation=covered,
        )
    for part in (*matching.come, *matching.split):
        covered = part in matching.split
        yield pair.edit(
            new.keyword if new else keyword,
            "added",
            Effect.EQUAL if covered else Effect.WIDENS,
            None,
            Found(part.schema, part),
            path=(),
            subject=label(part, pair.normal_new(part).types),
            annotation=covered,
        )


def label(part: Part, types: frozenset[str]) -> str:
    """What to call a branch: its component, title, or types."""
    if name := name_of(part):
        return name
    if isinstance(part.schema, (dict, Mapping)) and isinstance(part.schema.get("title"), str):
        return str(part.schema["title"])
    return " or ".join(type_names(types)) or "nothing"


def _other_keyword(pair: Pair, old: Union, new: Union) -> Iterator[Outcome]:
    """`oneOf` refuses what two branches take, `anyOf` does not."""
    if disjoint([pair.normal_old(one) for one in old.branches]):
        return
    effect = Effect.NARROWS if new.keyword == "oneOf" else Effect.WIDENS
    before = Found(old.part.schema[old.keyword], old.part)
    now = Found(new.part.schema[new.keyword], new.part)
    yield pair.edit("oneOf", "changed", effect, before, now, path=())


def _alone(pair: Pair, union: Union, appears: bool) -> Iterator[Outcome]:
    """A choice that one side has in addition to the rest."""
    found = Found(union.part.schema[union.keyword], union.part)
    for branch in union.branches:
        old = pair.old.conjunction if appears else (branch,)
        new = (branch,) if appears else pair.new.conjunction
        wanted = Effect.WIDENS if appears else Effect.NARROWS
        if union.keyword == "anyOf" and pair.relate(old, new) in (Effect.EQUAL, wanted):
            return
    effect = Effect.NARROWS if appears else Effect.WIDENS
    action = "added" if appears else "removed"
    ends = (None, found) if appears else (found, None)
    yield pair.edit(union.keyword, action, effect, *ends)


def negation(pair: Pair) -> Iterator[Outcome]:
    """`not`: what it refuses more, is accepted less. Of lists, the values tell it."""
    if pair.old.listed and pair.new.listed:
        return
    old = _refused(pair, pair.old, pair.normals[0])
    new = _refused(pair, pair.new, pair.normals[1])
    for one in list(old):
        same = next((two for two in new if pair.relate((one[0],), (two[0],)) is Effect.EQUAL), None)
        if same:
            old.remove(one)
            new.remove(same)
    for (before, first), (now, then) in zip(old, new, strict=False):
        effect = pair.relate((before,), (now,)).reversed()
        yield pair.edit("not", "changed", effect, first, then, reason=undecided(effect))
    for _, found in old[len(new) :]:
        yield pair.edit("not", "removed", Effect.WIDENS, found, None)
    for _, found in new[len(old) :]:
        yield pair.edit("not", "added", Effect.NARROWS, None, found)


def _refused(
    pair: Pair, node: Node, normal: Callable[[Conjunction], Node]
) -> list[tuple[Part, Found]]:
    """What a schema refuses of what both take otherwise, as far as types and values tell."""
    every = [(found.part.below(found.value, "not"), found) for found in node.anywhere("not")]
    common = pair.old.types & pair.new.types
    return [one for one in every if normal((*node.conjunction, one[0])).types & common]


def conditions(pair: Pair) -> Iterator[Outcome]:
    """`if` with `then` and `else`. Of lists, the values tell it."""
    if pair.old.listed and pair.new.listed:
        return
    common = pair.old.types & pair.new.types
    old = [one for one in pair.old.anywhere("if") if _counts(one, pair.normals[0], common)]
    new = [one for one in pair.new.anywhere("if") if _counts(one, pair.normals[1], common)]
    for before, now in zip(old, new, strict=False):
        yield from _condition(pair, before, now)
    for found in old[len(new) :]:
        for one in _clauses(found):
            yield pair.edit(one.keyword, "removed", Effect.WIDENS, one.found, None)
    for found in new[len(old) :]:
        for one in _clauses(found):
            yield pair.edit(one.keyword, "added", Effect.NARROWS, None, one.found)


class _Clause(NamedTuple):
    keyword: str
    found: Found


def _clauses(condition: Found) -> Iterator[_Clause]:
    """The condition, and what follows where it holds and where not."""
    schema = condition.part.schema
    for keyword in ("if", "then", "else"):
        if keyword == "if" or schema.get(keyword, True) not in (True, {}):
            yield _Clause(keyword, Found(schema[keyword], condition.part))


def _counts(found: Found, normal: Callable[[Conjunction], Node], common: frozenset[str]) -> bool:
    """Whether a condition refuses something of what both take otherwise, as far as types tell."""
    schema = found.part.schema
    if schema.get("else", True) not in (True, {}):
        return True
    then = schema.get("then", True) not in (True, {})
    return then and bool(normal(_below(found, "if")).types & common)


def _condition(pair: Pair, old: Found, new: Found) -> Iterator[Outcome]:
    types = (typed(pair.old.types & pair.new.types),)
    turned = pair.relate((*_below(old, "if"), *types), (*_below(new, "if"), *types))
    if turned is not Effect.EQUAL:
        effect = _moved(pair, old, new, turned, types)
        if effect is not Effect.EQUAL:
            reason = "the condition itself changed" if effect is Effect.UNKNOWN else ""
            yield pair.edit("if", "changed", effect, old, new, reason=reason)
            return
    for keyword in ("then", "else"):
        before, now = _below(old, keyword), _below(new, keyword)
        where = (*_below(new, "if"), *types) if keyword == "then" else types
        effect = pair.relate((*before, *where), (*now, *where))
        if effect is Effect.EQUAL:
            continue
        first = Found(before[0].schema, old.part) if before else None
        then = Found(now[0].schema, new.part) if now else None
        action = "changed" if before and now else "added" if now else "removed"
        yield pair.edit(keyword, action, effect, first, then, reason=undecided(effect))


def _moved(pair: Pair, old: Found, new: Found, turned: Effect, types: Conjunction) -> Effect:
    """What it does that other values meet a condition: they fall under `else`, not `then`."""
    sides = [((*_below(one, "then"), *types), (*_below(one, "else"), *types)) for one in (old, new)]
    if any(pair.relate(*both) is not Effect.EQUAL for both in zip(*sides, strict=True)):
        return Effect.UNKNOWN
    effect = pair.relate(sides[0][0], sides[1][1])
    if turned is Effect.WIDENS:
        return effect.reversed()
    alike = turned is Effect.NARROWS or effect in (Effect.EQUAL, Effect.UNKNOWN)
    return effect if alike else turned


def _below(found: Found, keyword: str) -> Conjunction:
    if keyword not in found.part.schema:
        return ()
    return (found.part.below(found.part.schema[keyword], keyword),)


LEFTOVERS = ("unevaluatedProperties", "unevaluatedItems", "$ref", "$dynamicRef")
_HOLDERS = {"unevaluatedProperties": "object", "unevaluatedItems": "array"}
"""The types that keywords about members left over are for."""


def leftovers(pair: Pair) -> Iterator[Outcome]:
    """What has no normal form: unevaluated members beside choices, references to nowhere."""
    for keyword in LEFTOVERS:
        if keyword in _HOLDERS and not pair.both(_HOLDERS[keyword]):
            continue
        old = [found for name, found in pair.old.opaque if name == keyword]
        new = [found for name, found in pair.new.opaque if name == keyword]
        for before, now in zip(old, new, strict=False):
            yield from _leftover(pair, keyword, before, now)
        for found in old[len(new) :]:
            yield from _opened(pair, keyword, found, None)
        for found in new[len(old) :]:
            yield from _opened(pair, keyword, None, found)


def _leftover(pair: Pair, keyword: str, old: Found, new: Found) -> Iterator[Outcome]:
    if keyword.startswith("$"):
        effect = Effect.EQUAL if old.value == new.value else Effect.UNKNOWN
    else:
        effect = pair.relate(_below(old, keyword), _below(new, keyword))
        if not any(found.value in (True, {}) for found in (old, new)):
            reached = _evaluated(pair.old, keyword), _evaluated(pair.new, keyword)
            effect = effect.with_other(compared(*reached).reversed())
    if effect is not Effect.EQUAL:
        yield pair.edit(keyword, "changed", effect, old, new, reason=undecided(effect))


def _evaluated(node: Node, keyword: str) -> float:
    """How many members others evaluate, of which a keyword then says nothing, but by choices."""
    items = keyword == "unevaluatedItems"
    rest = "items" if items else "additionalProperties"
    if next(node.anywhere(rest), None) is not None:
        return inf
    return node.prefix_length() if items else 0


def _opened(pair: Pair, keyword: str, old: Found | None, new: Found | None) -> Iterator[Outcome]:
    """Something that only one side has: it can only refuse values."""
    found = new or old
    if found is None or found.value in (True, {}):
        return
    effect = Effect.NARROWS if new else Effect.WIDENS
    if keyword.startswith("$"):
        effect = Effect.UNKNOWN
    reason = "the reference leads nowhere" if effect is Effect.UNKNOWN else ""
    yield pair.edit(keyword, "added" if new else "removed", effect, old, new, reason=reason)


_CHOOSING = NOTES | {"anyOf", "oneOf", "allOf", "$ref", "type"}
"""Keywords that a choice may stand beside, and be all that is said."""


def wrapped(pair: Pair) -> list[Outcome] | None:
    """A schema that became one of several branches, or the reverse; None when it did not."""
    appears = bool(pair.new.unions)
    node, other = (pair.new, pair.old) if appears else (pair.old, pair.new)
    if len(node.unions) != 1 or other.unions or not other.types or not _only_choice(node):
        return None
    union = node.unions[0]
    normal = pair.normal_new if appears else pair.normal_old
    beyond = node.types - union.mask
    if beyond != other.types - union.mask or any(
        normal(branch).types - node.types for branch in union.branches
    ):
        return None
    if len(other.merged) == 1 and _bare_choice(other):
        return _both_chose(pair, union, other.merged[0], beyond, appears)
    whole = (*other.conjunction, typed(union.mask)) if beyond else other.conjunction
    best = _likest(pair, union, whole, appears)
    if best is None:
        return None
    rest = [one for one in union.branches if one is not best]
    left = [one for one in rest if not _taken(pair, one, appears)]
    child = (whole, (best,)) if appears else ((best,), whole)
    matching = Matching(come=left) if appears else Matching(gone=left)
    edits = branch_edits(pair, None if appears else union, union if appears else None, matching)
    return [Child(Step("same"), *child), *edits]


def _both_chose(
    pair: Pair, union: Union, merged: Union, beyond: frozenset[str], appears: bool
) -> list[Outcome]:
    """What became of the branches of two choices, one of which was merged by types."""
    normal = pair.normal_old if appears else pair.normal_new
    branches = tuple(one for one in merged.branches if not normal(one).types <= beyond)
    merged = merged._replace(branches=branches)
    old, new = (merged, union) if appears else (union, merged)
    return list(branch_edits(pair, old, new, match(pair, old.branches, new.branches)))


def _bare_choice(node: Node) -> bool:
    """Whether nothing is said beside a choice that was merged by types."""
    return all(
        key in _CHOOSING or key[:2] == "x-"
        for part, mask in node.atoms
        if mask == ALL
        for key in part.schema
    )


def _only_choice(node: Node) -> bool:
    """Whether a node says nothing but its choice, and what types that may be."""
    if node.opaque or node.limits:
        return False
    return all(key in _CHOOSING or key[:2] == "x-" for part, _ in node.atoms for key in part.schema)


def _likest(pair: Pair, union: Union, other: Conjunction, appears: bool) -> Part | None:
    """The branch that the other side's schema became, or came from."""
    best, most = None, 0.34
    for branch in union.branches:
        ends = (other, (branch,)) if appears else ((branch,), other)
        effect = pair.relate(*ends)
        if effect is Effect.EQUAL:
            return branch
        score = likeness(pair.normals[0](ends[0]), pair.normals[1](ends[1]))
        score += effect is (Effect.WIDENS if appears else Effect.NARROWS)
        if score > most:
            best, most = branch, score
    return best


def _taken(pair: Pair, branch: Part, appears: bool) -> bool:
    """Whether the schema of the other side takes all that a branch takes."""
    if appears:
        return pair.relate(pair.old.conjunction, (branch,)) in (Effect.EQUAL, Effect.NARROWS)
    return pair.relate((branch,), pair.new.conjunction) in (Effect.EQUAL, Effect.WIDENS)
