"""All evaluators, and what they find in one pair of schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from routebook.diff.schemas import (
    arrays,
    composition,
    idle,
    notes,
    numbers,
    objects,
    strings,
    types,
)
from routebook.diff.schemas.evaluated import evaluated
from routebook.diff.schemas.model import Direction, Effect, SchemaEdit
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Child, Evaluator, Outcome, Pair, Raised
from routebook.diff.schemas.parts import Conjunction
from routebook.diff.schemas.samples import LONGEST, MOST_MEMBERS
from routebook.diff.schemas.scalars import LIMITS, exact, patterns

_OF_NOTES: tuple[tuple[Evaluator, frozenset[str]], ...] = (
    (notes.notes, frozenset(notes.NOTES)),
    (notes.flags, frozenset(notes.FLAGS)),
    (notes.discriminator, frozenset({"discriminator"})),
)
"""Evaluators of keywords that accept and refuse nothing, and these keywords."""

_OF_TYPES: tuple[Evaluator, ...] = (types.types, types.nullable, types.values)
"""Evaluators of what each schema has."""

_OF_KEYWORDS: tuple[tuple[Evaluator, frozenset[str]], ...] = (
    (numbers.minimum, frozenset({"minimum", "exclusiveMinimum"})),
    (numbers.maximum, frozenset({"maximum", "exclusiveMaximum"})),
    (numbers.multiple_of, frozenset({"multipleOf"})),
    (strings.limits, frozenset(LIMITS)),
    (strings.pattern, frozenset({"pattern"})),
    (strings.format_, frozenset({"format"})),
    (strings.content, frozenset({*strings.CONTENT, "contentSchema"})),
    (strings.extensible_enum, frozenset({"x-extensible-enum"})),
    (arrays.items, frozenset({"items", "prefixItems", "unevaluatedItems"})),
    (arrays.unique_items, frozenset({"uniqueItems"})),
    (arrays.contains, frozenset({"contains"})),
    (objects.properties, frozenset({"properties"})),
    (objects.required, frozenset({"required"})),
    (objects.additional_properties, frozenset({"additionalProperties", "unevaluatedProperties"})),
    (objects.pattern_properties, frozenset({"patternProperties"})),
    (objects.property_names, frozenset({"propertyNames"})),
    (objects.dependent_required, frozenset({"dependentRequired"})),
    (objects.dependent_schemas, frozenset({"dependentSchemas"})),
    (composition.choices, frozenset({"anyOf", "oneOf"})),
    (composition.negation, frozenset({"not"})),
    (composition.conditions, frozenset({"if"})),
    (composition.leftovers, frozenset({*composition.LEFTOVERS})),
    (idle.keywords, frozenset(idle.KINDS)),
)
"""Evaluators of keywords, and these: they have nothing to say where neither side has one."""

Relate = Callable[[Conjunction, Conjunction], Effect]
Alike = Callable[[Any, Any], bool]
Normal = Callable[[Conjunction], Node]


def evaluate(
    old: Conjunction,
    new: Conjunction,
    direction: Direction,
    normals: tuple[Normal, Normal],
    relate: Relate,
    alike: Alike,
) -> list[Outcome]:
    """The edits of a pair of schemas, and the pairs below it that are not plainly alike."""
    first, then = normals[0](old), normals[1](new)
    kinds = (first.types & then.types) - first.limits.keys() - then.limits.keys()
    pair = Pair(first, then, direction, relate, alike, kinds, normals)
    said = frozenset().union(*(atom.schema for node in (first, then) for atom in node.atoms))
    outcomes = [one for evaluator in _of(_OF_NOTES, said) for one in evaluator(pair)]
    if not first.types and not then.types:
        return outcomes
    if bool(first.unions) != bool(then.unions):
        whole = composition.wrapped(pair)
        if whole is not None:
            return outcomes + [_doubted(one, entangled=True) for one in whole]
    evaluators = (*_OF_TYPES, *_of(_OF_KEYWORDS, said))
    found = [outcome for evaluator in evaluators for outcome in evaluator(pair)]
    if not (first.simple and then.simple) and not any(_tells(one, relate) for one in found):
        found.extend(types.listed_on_both(pair))
    if first.opaque and then.opaque and not any(_tells(one, relate) for one in found):
        found.extend(evaluated(pair))
    merged = list(idle.merged(pair))
    if merged and not any(_tells(one, relate) for one in found):
        found.extend(merged)
    return outcomes + _marked(found, first, then)


def _of(
    table: tuple[tuple[Evaluator, frozenset[str]], ...], said: frozenset[str]
) -> Iterator[Evaluator]:
    """The evaluators of a table that have something to look at."""
    return (evaluator for evaluator, keywords in table if not keywords.isdisjoint(said))


_ENTANGLED = frozenset({"contains", "propertyNames", "patternProperties", "dependentRequired"})
_ENTANGLED |= {"uniqueItems", "minProperties", "maxProperties"}
"""Keywords that may refuse what others refuse."""


def _entangled(node: Node) -> bool:
    """Whether what one keyword of a schema refuses may be refused by others as well."""
    return not node.simple or any(not _ENTANGLED.isdisjoint(part.schema) for part, _ in node.atoms)


def _marked(found: list[Outcome], old: Node, new: Node) -> list[Outcome]:
    """Outcomes, marked where other keywords may refuse the same: of a length, other patterns."""
    entangled = _entangled(old) or _entangled(new)
    apart = patterns(old).keys() != patterns(new).keys()
    return [_doubted(one, entangled=entangled or (apart and _is_of_count(one))) for one in found]


def _is_of_count(outcome: Outcome) -> bool:
    return isinstance(outcome, Raised) and outcome.edit.keyword in LIMITS


_WHOLE = frozenset({"enum", "const", "schema"})
"""Keywords that say all of a value: what goes with them may have been refused before."""


def _doubted(outcome: Outcome, *, entangled: bool) -> Outcome:
    """An outcome, marked where something else may say the same and an instance can show it."""
    if isinstance(outcome, Child) or not (outcome.edit.breaks and outcome.edit.shows):
        return outcome
    edit = outcome.edit
    if edit.keyword in LIMITS and _is_large(edit):
        return outcome._replace(edit=replace(edit, shows=False))
    alone = edit.keyword in _WHOLE and not edit.subject
    if _formatted(edit.old) or _formatted(edit.new):
        return outcome._replace(edit=replace(edit, shows=False))
    if not (entangled or alone):
        return outcome
    return outcome._replace(edit=replace(edit, doubtful=True))


def _is_large(edit: SchemaEdit) -> bool:
    """Whether an instance that shows the edit of a count would be longer than any that is made."""
    found = [one for one in map(exact, (edit.old, edit.new)) if one is not None]
    most = LONGEST if LIMITS[edit.keyword][0] == "string" else MOST_MEMBERS
    return bool(found) and min(found) > most


def _formatted(schema: Any) -> bool:
    """Whether a schema says of texts, at any depth, what instances are not checked for."""
    if isinstance(schema, (list, tuple)):
        return any(map(_formatted, schema))
    if not isinstance(schema, (dict, Mapping)):
        return False
    return isinstance(schema.get("format"), str) or any(map(_formatted, schema.values()))


def _tells(outcome: Outcome, relate: Relate) -> bool:
    """Whether an outcome says that other values are accepted than before."""
    if isinstance(outcome, Child):
        return relate(outcome.old, outcome.new) is not Effect.EQUAL
    return not outcome.edit.annotation
