"""Whether a value satisfies a schema, as far as a sample must know (JSON Schema 2020-12).

It is quick, loads nothing, and follows references to the API's named schemas. What it does not
look at (`unevaluatedProperties`, `$dynamicRef`, formats) it takes for satisfied.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from routebook.views.definitions import Definitions

_DEEPEST = 40
_Check = Callable[["Conformity", Any, Any, Mapping[str, Any], int], bool]


class Conformity:
    """Compares values with schemas."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def __call__(self, value: Any, schema: Any, depth: int = 0) -> bool:
        """Whether `value` satisfies `schema`."""
        if not isinstance(schema, dict):
            return schema is not False
        if depth > _DEEPEST:
            return True
        if "$ref" in schema:
            target = self._definitions.target(schema)
            if target is not None and not self(value, target, depth + 1):
                return False
        return all(
            _CHECKS[key](self, value, given, schema, depth + 1)
            for key, given in schema.items()
            if key in _CHECKS
        )

    def every(self, value: Any, schemas: Any, depth: int) -> int:
        """How many of the schemas `value` satisfies."""
        return sum(self(value, schema, depth) for schema in schemas)


def has_type(value: Any, name: Any) -> bool:
    """Whether a JSON value is of a type; a number without a fraction is an integer."""
    if isinstance(name, (list, tuple)):
        return any(has_type(value, one) for one in name)
    if isinstance(value, bool) or value is None:
        return bool(name == ("null" if value is None else "boolean"))
    if isinstance(value, float) and name == "integer":
        return value.is_integer()
    return isinstance(value, _KINDS.get(name, ()))


_KINDS: dict[Any, Any] = {
    "string": str,
    "array": (list, tuple),
    "object": dict,
    "number": (int, float),
    "integer": int,
}


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: `1` is `1.0`, and not `true`."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


@lru_cache(maxsize=2048)
def found(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text; one that Python cannot read is taken to be."""
    try:
        return re.search(pattern, text) is not None
    except (re.error, RecursionError, OverflowError):
        return True


def _number(test: Callable[[Any, Any], bool]) -> _Check:
    def check(_: Conformity, value: Any, given: Any, __: Any, ___: int) -> bool:
        numbers = all(
            isinstance(x, (int, float)) and not isinstance(x, bool) for x in (value, given)
        )
        return not numbers or test(value, given)

    return check


def _size(kinds: Any, test: Callable[[int, Any], bool]) -> _Check:
    def check(_: Conformity, value: Any, given: Any, __: Any, ___: int) -> bool:
        return not isinstance(value, kinds) or test(len(value), given)

    return check


def _multiple(value: Any, step: Any) -> bool:
    if not step:
        return True
    ratio = value / step
    return math.isclose(ratio, round(ratio), rel_tol=1e-9) if math.isfinite(ratio) else True


def _properties(
    self: Conformity, value: Any, given: Any, schema: Mapping[str, Any], depth: int
) -> bool:
    del schema
    if not isinstance(value, dict) or not isinstance(given, dict):
        return True
    return all(self(value[name], given[name], depth) for name in value if name in given)


def _patterns(
    self: Conformity, value: Any, given: Any, schema: Mapping[str, Any], depth: int
) -> bool:
    del schema
    if not isinstance(value, dict):
        return True
    return all(
        self(item, inner, depth)
        for name, item in value.items()
        for pattern, inner in given.items()
        if found(pattern, name)
    )


def _others(
    self: Conformity, value: Any, given: Any, schema: Mapping[str, Any], depth: int
) -> bool:
    if not isinstance(value, dict) or given is True:
        return True
    known = schema.get("properties") or {}
    patterns = schema.get("patternProperties") or {}
    return all(
        self(item, given, depth)
        for name, item in value.items()
        if name not in known and not any(found(pattern, name) for pattern in patterns)
    )


def _items(self: Conformity, value: Any, given: Any, schema: Mapping[str, Any], depth: int) -> bool:
    if not isinstance(value, (list, tuple)):
        return True
    return all(self(item, given, depth) for item in value[len(schema.get("prefixItems") or ()) :])


def _first_items(self: Conformity, value: Any, given: Any, _: Any, depth: int) -> bool:
    if not isinstance(value, (list, tuple)):
        return True
    return all(self(item, inner, depth) for item, inner in zip(value, given, strict=False))


def _contains(
    self: Conformity, value: Any, given: Any, schema: Mapping[str, Any], depth: int
) -> bool:
    if not isinstance(value, (list, tuple)):
        return True
    count = sum(self(item, given, depth) for item in value)
    return bool(schema.get("minContains", 1) <= count <= schema.get("maxContains", count))


def _condition(
    self: Conformity, value: Any, given: Any, schema: Mapping[str, Any], depth: int
) -> bool:
    return self(value, schema.get("then" if self(value, given, depth) else "else", True), depth)


def _required(_: Conformity, value: Any, given: Any, __: Any, ___: int) -> bool:
    return not isinstance(value, dict) or all(name in value for name in given)


def _dependents(_: Conformity, value: Any, given: Any, __: Any, ___: int) -> bool:
    if not isinstance(value, dict):
        return True
    return all(
        other in value for name, others in given.items() if name in value for other in others
    )


def _unique(_: Conformity, value: Any, given: Any, __: Any, ___: int) -> bool:
    if given is not True or not isinstance(value, (list, tuple)):
        return True
    return not any(same(item, other) for at, item in enumerate(value) for other in value[:at])


_CHECKS: dict[str, _Check] = {
    "type": lambda _, value, given, __, ___: has_type(value, given),
    "enum": lambda _, value, given, __, ___: any(same(value, item) for item in given),
    "const": lambda _, value, given, __, ___: same(value, given),
    "minimum": _number(lambda value, given: value >= given),
    "maximum": _number(lambda value, given: value <= given),
    "exclusiveMinimum": _number(lambda value, given: value > given),
    "exclusiveMaximum": _number(lambda value, given: value < given),
    "multipleOf": _number(_multiple),
    "minLength": _size(str, lambda size, given: size >= given),
    "maxLength": _size(str, lambda size, given: size <= given),
    "minItems": _size((list, tuple), lambda size, given: size >= given),
    "maxItems": _size((list, tuple), lambda size, given: size <= given),
    "minProperties": _size(dict, lambda size, given: size >= given),
    "maxProperties": _size(dict, lambda size, given: size <= given),
    "pattern": lambda _, value, given, __, ___: not isinstance(value, str) or found(given, value),
    "uniqueItems": _unique,
    "required": _required,
    "dependentRequired": _dependents,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _others,
    "propertyNames": lambda self, value, given, _, depth: (
        not isinstance(value, dict) or all(self(name, given, depth) for name in value)
    ),
    "items": _items,
    "prefixItems": _first_items,
    "contains": _contains,
    "allOf": lambda self, value, given, _, depth: self.every(value, given, depth) == len(given),
    "anyOf": lambda self, value, given, _, depth: self.every(value, given, depth) > 0,
    "oneOf": lambda self, value, given, _, depth: self.every(value, given, depth) == 1,
    "not": lambda self, value, given, _, depth: not self(value, given, depth),
    "if": _condition,
}
