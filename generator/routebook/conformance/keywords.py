"""Keywords whose values are what JSON Schema wants them to be; others say nothing.

A description may come from anyone. What is malformed in it, its validation tells; elsewhere it
must do no harm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any


def _schema(value: Any) -> bool:
    return isinstance(value, (dict, bool, Mapping))


def _schemas(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_schema, value))


def _named(value: Any) -> bool:
    return isinstance(value, (dict, Mapping)) and all(map(_schema, value.values()))


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_text, value))


def _needs(value: Any) -> bool:
    return isinstance(value, (dict, Mapping)) and all(map(_texts, value.values()))


def _number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)  # of any size


def _count(value: Any) -> bool:
    return _number(value) and value >= 0 and value == int(value)


_WANTED: dict[str, Callable[[Any], bool]] = {
    "type": lambda value: _text(value) or _texts(value),
    "enum": lambda value: isinstance(value, (list, tuple)),
    "required": _texts,
    "dependentRequired": _needs,
    "uniqueItems": lambda value: isinstance(value, bool),
    "discriminator": lambda value: isinstance(value, (dict, Mapping)),
    **dict.fromkeys(("pattern", "format", "contentEncoding", "contentMediaType", "$ref"), _text),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _number),
    **dict.fromkeys(("multipleOf",), lambda value: _number(value) and value > 0),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _count),
    **dict.fromkeys(("minProperties", "maxProperties", "minContains", "maxContains"), _count),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), _named),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _schemas),
    **dict.fromkeys(("items", "additionalProperties", "propertyNames", "contains"), _schema),
    **dict.fromkeys(("not", "if", "then", "else"), _schema),
    **dict.fromkeys(("unevaluatedProperties", "unevaluatedItems"), _schema),
}


def is_wellformed(keyword: str, value: Any) -> bool:
    """Whether a keyword has a value of its kind; true of keywords that are not known."""
    wanted = _WANTED.get(keyword)
    return wanted is None or wanted(value)


def wellformed(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself; without the malformed keywords, where it has some."""
    bad = [key for key in schema if key in _WANTED and not _WANTED[key](schema[key])]
    return {key: schema[key] for key in schema if key not in bad} if bad else schema
