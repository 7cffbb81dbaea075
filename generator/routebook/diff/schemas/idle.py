"""Evaluators of what is edited and refuses nothing: it is told, and nobody is affected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routebook.conformance import value_key
from routebook.diff.schemas.branches import name_of
from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Outcome, Pair
from routebook.diff.schemas.parts import NOTES, NUMBERS, Found, Part
from routebook.diff.schemas.scalars import LIMITS, exact

KINDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBERS),
    **{keyword: frozenset({kind}) for keyword, (kind, _) in LIMITS.items()},
    "multipleOf": NUMBERS,
    "pattern": frozenset({"string"}),
    "unevaluatedItems": frozenset({"array"}),
    "unevaluatedProperties": frozenset({"object"}),
}
"""The types that a keyword is for."""


def keywords(pair: Pair) -> Iterator[Outcome]:
    """Keywords for other types than those that both sides take, as `maximum` beside a text."""
    old, new = pair.old, pair.new
    if old.types != new.types:
        return
    for keyword in KINDS:
        before, now = _values(old, keyword), _values(new, keyword)
        if before.keys() == now.keys() or not (_idle(old, keyword) and _idle(new, keyword)):
            continue
        first = next((found for key, found in before.items() if key not in now), None)
        then = next((found for key, found in now.items() if key not in before), None)
        action = _action(first, then)
        yield pair.edit(
            keyword, action, Effect.EQUAL, first, then, annotation=True, shows=False, reason=_REASON
        )


_REASON = "the keyword says nothing of such values"


def _values(node: Node, keyword: str) -> dict[Any, Found]:
    return {value_key(found.value): found for found in node.anywhere(keyword)}


def _idle(node: Node, keyword: str) -> bool:
    """Whether a keyword decides nothing: its types are not taken, or only listed values are."""
    return all(kind not in node.types or kind in node.limits for kind in KINDS[keyword])


def _action(old: Found | None, new: Found | None) -> str:
    if not (old and new):
        return "added" if new else "removed"
    before, now = exact(old.value), exact(new.value)
    if before is None or now is None:
        return "changed"
    return "increased" if now > before else "decreased"


def merged(pair: Pair) -> Iterator[Outcome]:
    """Components that an `allOf` names in addition, or does not any more.

    What they say is merged with the rest, and told there: this is for those that say nothing
    that others do not say.
    """
    old, new = _named(pair.old), _named(pair.new)
    if not (old and new) or not (old.keys() < new.keys() or new.keys() < old.keys()):
        return
    for name, part in (new if len(new) > len(old) else old).items():
        if name in old and name in new:
            continue
        found = Found(part.schema, part)
        added = name in new
        bare = _says_nothing(pair.new if added else pair.old, name)
        yield pair.edit(
            "allOf",
            ("added" if added else "removed") + ("-annotation-only" if bare else ""),
            Effect.EQUAL,
            None if added else found,
            found if added else None,
            path=(),
            subject=name,
            annotation=True,
            shows=False,
            reason="what it says is said beside it",
        )


def _named(node: Node) -> dict[str, Part]:
    """The components that stand in an `allOf`, or one alone, and the branches that name them."""
    found: dict[str, Part] = {}
    for value, part in node.anywhere("allOf"):
        for index, branch in enumerate(value if isinstance(value, (list, tuple)) else ()):
            below = part.below(branch, "allOf", index)
            if name := name_of(below):
                found.setdefault(name, below)
    if not found and node.where.component and not node.where.pointer:
        return {node.where.component: node.where}
    return found


def _says_nothing(node: Node, component: str) -> bool:
    """Whether a component only documents."""
    own = [one.schema for one, _ in node.atoms if one.component == component and not one.pointer]
    return bool(own) and all(key in NOTES or key[:2] == "x-" for one in own for key in one)
