"""A quick answer whether a schema is one, for the great many that are simple.

It is sure when it says yes. No means that it takes a validator to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from routebook.schemas import LISTED, NAMED, REFERENCE, SINGLE

Named = Mapping[str, Any]
"""The schemas that references name."""

_TYPES = frozenset({"string", "integer", "number", "boolean", "null", "array", "object"})


def _is_type(value: Any) -> bool:
    if type(value) is str:
        return value in _TYPES
    return bool(value) and _distinct(value) and set(value) <= _TYPES


def _distinct(value: Any) -> bool:
    texts = type(value) is list and all(type(one) is str for one in value)
    return texts and len(set(value)) == len(value)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is kind


_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_WORDS = ("title", "description", "$comment", "format", "contentEncoding", "contentMediaType")
_FLAGS = ("deprecated", "readOnly", "writeOnly", "uniqueItems")

_SOUND: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(_BOUNDS, _is_number),
    **dict.fromkeys(_COUNTS, _is_count),
    **dict.fromkeys((*_WORDS, "pattern"), _is(str)),
    **dict.fromkeys(_FLAGS, _is(bool)),
    "type": _is_type,
    "required": _distinct,
    "enum": _is(list),
    "examples": _is(list),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    "minContains": _is_count,
    "maxContains": _is_count,
}
"""Keyword to what makes its value right in the metaschema of JSON Schema 2020-12."""

_UNSURE = frozenset(
    {"$schema", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "definitions"}
    | {"dependencies", "dependentRequired", "$recursiveRef", "$recursiveAnchor"}
)
"""Keywords that are left to a validator."""


def is_sound(schema: Any, named: Named) -> bool:
    """Whether a schema surely is JSON Schema 2020-12, and its references lead to `named`."""
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if type(one) is bool:
            continue
        if type(one) is not dict:
            return False
        for key, value in one.items():
            inner = _parts(key, value, named)
            if inner is None:
                return False
            waiting += inner
    return True


def _parts(key: str, value: Any, named: Named) -> list[Any] | None:
    """The schemas in a keyword; None when the keyword is not sure to be right."""
    fits = _SOUND.get(key)
    if fits is not None:
        return [] if fits(value) else None
    if key == "$ref":
        known = type(value) is str and value.startswith(REFERENCE)
        return [] if known and value[len(REFERENCE) :] in named else None
    if key in SINGLE:
        return [value]
    if key in LISTED:
        return value if type(value) is list and value else None
    if key in NAMED and key not in _UNSURE:
        return list(value.values()) if type(value) is dict else None
    return None if key in _UNSURE else []
