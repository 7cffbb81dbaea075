"""Reads a schema that is composed of others as plain ones, any of which a sample may follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from routebook.views.definitions import Definitions, reference

COMPOSED = frozenset({"allOf", "oneOf", "anyOf", "if", "then", "else", "$ref", "dependentSchemas"})
"""Keywords that bring in other schemas for the same value."""

HOLDING = frozenset({"$ref", "oneOf", "anyOf", "allOf", "items"})
"""Keywords that `first_references` looks at."""

_DEEPEST = 12
_MOST = 24
"""How many alternatives are tried."""
_HIGHER = frozenset({"minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"})
_LOWER = frozenset({"maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"})


def readings(schema: Mapping[str, Any], definitions: Definitions) -> Iterator[dict[str, Any]]:
    """Schemas without `COMPOSED` keywords: the more likely first, those of null last."""
    yield from islice(_readings(schema, definitions, 0), _MOST)


def _readings(schema: Any, definitions: Definitions, depth: int) -> Iterator[dict[str, Any]]:
    if not isinstance(schema, dict):
        if schema is not False:
            yield {}
        return
    own = {key: value for key, value in schema.items() if key not in COMPOSED}
    parts = list(schema.get("allOf") or ())
    if (target := definitions.target(schema)) is not None:
        parts.insert(0, target)
    choices = [_options(schema[key]) for key in ("oneOf", "anyOf") if schema.get(key)]
    if "if" in schema:
        choices.append(_condition(schema))
    if depth > _DEEPEST:
        yield own
        return
    yield from _together(own, [*([part] for part in parts), *choices], definitions, depth)


def _together(
    own: dict[str, Any], choices: list[list[Any]], definitions: Definitions, depth: int
) -> Iterator[dict[str, Any]]:
    """What is meant when one of each list of choices holds as well."""
    if not choices:
        yield own
        return
    for choice in choices[0]:
        for inner in _readings(choice, definitions, depth + 1):
            joined = dict(own)
            lay(joined, inner)
            yield from _together(joined, choices[1:], definitions, depth)


def _options(options: Any) -> list[Any]:
    """The alternatives of a list, null last."""
    return sorted(options, key=lambda one: isinstance(one, dict) and one.get("type") == "null")


def _condition(schema: Mapping[str, Any]) -> list[Any]:
    """The two ways of a condition: it holds and so does `then`, or `else` does."""
    then, other = schema.get("then", True), schema.get("else", True)
    return [{"allOf": [schema["if"], then]}, other]


def lay(target: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Lay a second schema over a first, so that what satisfies the outcome satisfies both."""
    for key, value in other.items():
        if key not in target:
            target[key] = value
        elif (laid := _both(key, target[key], value)) is not None:
            target[key] = laid


def _both(key: str, mine: Any, other: Any) -> Any:
    """The value of a keyword that two schemas have; None for the first one's."""
    if key in {"properties", "patternProperties"}:
        return _properties(mine or {}, other or {})
    if key == "required":
        return list(dict.fromkeys((*(mine or ()), *(other or ()))))
    if key in _HIGHER:
        return max(mine, other)
    if key in _LOWER:
        return min(mine, other)
    if key in {"enum", "type"}:
        return _common(mine, other)
    if key in {"items", "additionalProperties"} and mine != other:
        return other if mine is True else mine if other is True else {"allOf": [mine, other]}
    return None


def _properties(mine: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    joined = dict(mine)
    for name, inner in other.items():
        both = name in joined and joined[name] != inner
        joined[name] = {"allOf": [joined[name], inner]} if both else inner
    return joined


def _common(mine: Any, other: Any) -> Any:
    """What two lists have in common; a type may be a text by itself."""
    first, second = (
        list(one) if isinstance(one, (list, tuple)) else [one] for one in (mine, other)
    )
    common = [item for item in first if item in second]
    if not common and "number" in first and "integer" in second:
        common = ["integer"]
    return common or first


def named(value: Any, schema: Mapping[str, Any]) -> Any:
    """An object whose discriminator says what the object is, where it may say anything."""
    told = schema.get("discriminator")
    name = told.get("propertyName") if isinstance(told, dict) else None
    mapping = told.get("mapping") if isinstance(told, dict) else None
    if not isinstance(value, dict) or value.get(name) != "string" or not mapping:
        return value
    return {**value, name: next(iter(mapping))}


def names(schema: Any, definitions: Definitions, depth: int = 0) -> Iterator[str]:
    """The named schemas that are part of a schema, of its own `$ref` and `allOf`."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    if name := reference(schema):
        yield name
    for part in schema.get("allOf") or ():
        yield from names(part, definitions, depth + 1)


def first_references(schema: Any) -> Iterator[str]:
    """The names that a schema refers to itself, not deeper."""
    if name := reference(schema):
        yield name
    if isinstance(schema, dict):
        for key in ("oneOf", "anyOf", "allOf"):
            for item in schema.get(key) or ():
                yield from first_references(item)
        if "items" in schema:
            yield from first_references(schema["items"])
