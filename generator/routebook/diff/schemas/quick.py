"""A quick answer whether a schema accepts a value, for the many candidates of a search.

Schemas become functions once. What is found is checked with jsonschema before it is shown, so
a wrong answer here costs a witness, and never makes one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from routebook.schemas import REFERENCE

Test = Callable[[Any], bool]
Maker = Callable[["Quick", Any, Any], Test | None]


class UnknownError(Exception):
    """The answer depends on a keyword that is not understood here."""


class Quick:
    """Tells what the schemas of one description accept (JSON Schema 2020-12)."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._made: dict[int, tuple[Any, Test]] = {}

    def accepts(self, schema: Any, value: Any) -> bool:
        """Whether `value` meets `schema`. Raises `UnknownError` when only jsonschema can tell."""
        try:
            return self.test(schema)(value)
        except RecursionError as error:
            raise UnknownError from error

    def test(self, schema: Any) -> Test:
        """The function of a schema, made once."""
        known = self._made.get(id(schema))
        if known is None:
            known = self._made[id(schema)] = (schema, self._make(schema))
        return known[1]

    def _make(self, schema: Any) -> Test:
        if isinstance(schema, bool):
            return lambda _: schema
        if not isinstance(schema, Mapping):
            return _unknown
        tests = [
            made
            for key, value in schema.items()
            if (made := _MAKERS.get(key, _nothing)(self, value, schema)) is not None
        ]
        return tests[0] if len(tests) == 1 else lambda value: all(test(value) for test in tests)

    def target(self, reference: Any) -> Test:
        """The function of what a reference names, looked up when it is used."""
        name = str(reference).removeprefix(REFERENCE)
        if name == reference or name not in self._definitions:
            return _unknown
        definition = self._definitions[name]
        return lambda value: self.test(definition)(value)  # noqa: PLW0108  # it may be recursive


def _unknown(_: Any) -> bool:
    raise UnknownError


def _nothing(_: Quick, __: Any, ___: Any) -> None:
    """The maker of keywords that refuse nothing."""


def _refuses(_: Quick, __: Any, ___: Any) -> Test:
    """The maker of keywords that are not understood."""
    return _unknown


_TYPES: dict[str, Test] = {
    "null": lambda v: v is None,
    "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: (
        not isinstance(v, bool)
        and (isinstance(v, int) or (isinstance(v, float) and v.is_integer()))
    ),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "string": lambda v: isinstance(v, str),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
}


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values: `1` is `1.0`, and not `true`."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _type(_: Quick, names: Any, __: Any) -> Test:
    tests = [_TYPES.get(one, _unknown) for one in ([names] if isinstance(names, str) else names)]
    return tests[0] if len(tests) == 1 else lambda v: any(test(v) for test in tests)


def _enum(_: Quick, values: Any, __: Any) -> Test:
    return lambda v: any(same(v, one) for one in values)


def _on(kind: str, test: Callable[[Any, Any], bool]) -> Callable[[Quick, Any, Any], Test]:
    """A maker of a keyword that only concerns values of one type."""
    fits = _TYPES[kind]
    return lambda _, limit, __: lambda v: not fits(v) or test(v, limit)


def _multiple(value: Any, step: Any) -> bool:
    quotient = value / step
    return bool(int(quotient) == quotient if isinstance(step, float) else value % step == 0)


def _pattern(_: Quick, pattern: Any, __: Any) -> Test:
    try:
        search = re.compile(pattern).search
    except (re.error, TypeError, OverflowError, RecursionError):
        return _unknown
    return lambda v: not isinstance(v, str) or search(v) is not None


def _distinct(values: list[Any], wanted: Any) -> bool:
    pairs = ((one, other) for n, one in enumerate(values) for other in values[:n])
    return not wanted or not any(same(one, other) for one, other in pairs)


def _each(quick: Quick, schemas: Any) -> list[Test]:
    return [quick.test(schema) for schema in schemas]


def _all_of(quick: Quick, schemas: Any, _: Any) -> Test:
    tests = _each(quick, schemas)
    return lambda v: all(test(v) for test in tests)


def _any_of(quick: Quick, schemas: Any, _: Any) -> Test:
    tests = _each(quick, schemas)
    return lambda v: any(test(v) for test in tests)


def _one_of(quick: Quick, schemas: Any, _: Any) -> Test:
    tests = _each(quick, schemas)
    return lambda v: sum(test(v) for test in tests) == 1


def _not(quick: Quick, schema: Any, _: Any) -> Test:
    test = quick.test(schema)
    return lambda v: not test(v)


def _if(quick: Quick, schema: Any, whole: Any) -> Test:
    test = quick.test(schema)
    then, otherwise = quick.test(whole.get("then", True)), quick.test(whole.get("else", True))
    return lambda v: then(v) if test(v) else otherwise(v)


def _properties(quick: Quick, properties: Any, _: Any) -> Test:
    tests = {name: quick.test(schema) for name, schema in properties.items()}
    return lambda v: (
        not isinstance(v, dict)
        or all(tests[name](item) for name, item in v.items() if name in tests)
    )


def _patterns(quick: Quick, patterns: Any, _: Any) -> Test:
    tests = [(re.compile(pattern), quick.test(schema)) for pattern, schema in patterns.items()]
    return lambda v: (
        not isinstance(v, dict)
        or all(
            test(item) for name, item in v.items() for found, test in tests if found.search(name)
        )
    )


def _additional(quick: Quick, schema: Any, whole: Any) -> Test:
    test, known = quick.test(schema), whole.get("properties", {})
    found = [re.compile(pattern) for pattern in whole.get("patternProperties", {})]
    return lambda v: (
        not isinstance(v, dict)
        or all(
            test(item)
            for name, item in v.items()
            if name not in known and not any(one.search(name) for one in found)
        )
    )


def _names(quick: Quick, schema: Any, _: Any) -> Test:
    test = quick.test(schema)
    return lambda v: not isinstance(v, dict) or all(test(name) for name in v)


def _needed(_: Quick, wanted: Any, __: Any) -> Test:
    return lambda v: (
        not isinstance(v, dict)
        or all(name in v for key, names in wanted.items() if key in v for name in names)
    )


def _dependent(quick: Quick, schemas: Any, _: Any) -> Test:
    tests = {name: quick.test(schema) for name, schema in schemas.items()}
    return lambda v: (
        not isinstance(v, dict) or all(test(v) for name, test in tests.items() if name in v)
    )


def _items(quick: Quick, schema: Any, whole: Any) -> Test:
    test, start = quick.test(schema), len(whole.get("prefixItems", ()))
    return lambda v: not isinstance(v, list) or all(map(test, v[start:]))


def _prefix(quick: Quick, schemas: Any, _: Any) -> Test:
    tests = _each(quick, schemas)
    return lambda v: (
        not isinstance(v, list) or all(test(item) for test, item in zip(tests, v, strict=False))
    )


def _contains(quick: Quick, schema: Any, whole: Any) -> Test:
    test = quick.test(schema)
    least, most = whole.get("minContains", 1), whole.get("maxContains", float("inf"))
    return lambda v: not isinstance(v, list) or least <= sum(map(test, v)) <= most


def _reference(quick: Quick, reference: Any, _: Any) -> Test:
    return quick.target(reference)


def _has(value: Mapping[str, Any], names: Iterable[str]) -> bool:
    return all(name in value for name in names)


_MAKERS: dict[str, Maker] = {
    "$ref": _reference,
    "$dynamicRef": _refuses,
    "$defs": _nothing,
    "type": _type,
    "enum": _enum,
    "const": lambda quick, value, whole: _enum(quick, [value], whole),
    "minimum": _on("number", lambda v, limit: v >= limit),
    "maximum": _on("number", lambda v, limit: v <= limit),
    "exclusiveMinimum": _on("number", lambda v, limit: v > limit),
    "exclusiveMaximum": _on("number", lambda v, limit: v < limit),
    "multipleOf": _on("number", _multiple),
    "minLength": _on("string", lambda v, limit: len(v) >= limit),
    "maxLength": _on("string", lambda v, limit: len(v) <= limit),
    "pattern": _pattern,
    "minItems": _on("array", lambda v, limit: len(v) >= limit),
    "maxItems": _on("array", lambda v, limit: len(v) <= limit),
    "uniqueItems": _on("array", _distinct),
    "items": _items,
    "prefixItems": _prefix,
    "contains": _contains,
    "unevaluatedItems": _refuses,
    "minProperties": _on("object", lambda v, limit: len(v) >= limit),
    "maxProperties": _on("object", lambda v, limit: len(v) <= limit),
    "required": _on("object", _has),
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "dependentRequired": _needed,
    "dependentSchemas": _dependent,
    "unevaluatedProperties": _refuses,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}
