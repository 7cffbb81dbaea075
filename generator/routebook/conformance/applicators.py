"""Keywords that apply schemas (JSON Schema 2020-12 core, sections 8.2.3, 10 and 11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from routebook.conformance.keywords import is_wellformed
from routebook.conformance.patterns import compiled
from routebook.conformance.verdicts import (
    Compiler,
    Maker,
    Test,
    Verdict,
    count,
    each,
    either,
    every,
    undecided,
)


def _tests(compiler: Compiler, schemas: Any) -> list[Test]:
    return [compiler.test(schema) for schema in schemas]


def _all_of(compiler: Compiler, said: Any, _: Any) -> Test:
    return every(_tests(compiler, said))


def _any_of(compiler: Compiler, said: Any, _: Any) -> Test:
    return either(_tests(compiler, said))


def _one_of(compiler: Compiler, said: Any, _: Any) -> Test:
    tests = _tests(compiler, said)

    def test(value: Any) -> Verdict:
        sure = unsure = 0
        for one in tests:
            found = one(value)
            if found:
                sure += 1
                if sure > 1:
                    return False
            elif found is None:
                unsure += 1
        return None if unsure else sure == 1

    return test


def _not(compiler: Compiler, said: Any, _: Any) -> Test:
    test = compiler.test(said)

    def opposite(value: Any) -> Verdict:
        found = test(value)
        return None if found is None else not found

    return opposite


def _if(compiler: Compiler, said: Any, schema: Mapping[str, Any]) -> Test | None:
    if "then" not in schema and "else" not in schema:
        return None
    test = compiler.test(said)
    then, otherwise = (compiler.test(schema.get(name, True)) for name in ("then", "else"))

    def condition(value: Any) -> Verdict:
        found = test(value)
        if found is not None:
            return then(value) if found else otherwise(value)
        verdict = then(value)
        return verdict if verdict == otherwise(value) else None

    return condition


def _properties(compiler: Compiler, said: Any, _: Any) -> Test:
    tests: dict[str, Test] = {}

    def test(value: Any) -> Verdict:
        if not isinstance(value, dict):
            return True
        verdict: Verdict = True
        for name, item in value.items():
            if name in said:
                one = tests.get(name)
                if one is None:
                    one = tests[name] = compiler.test(said[name])
                found = one(item)
                if found is False:
                    return False
                if found is None:
                    verdict = None
        return verdict

    return test


_Expressions = list[re.Pattern[str]]


def _expressions(patterns: Any) -> _Expressions | None:
    """Patterns of the names of properties; None when one of them cannot be read."""
    found = [compiled(pattern) for pattern in patterns]
    return None if None in found else [one for one in found if one is not None]


def _fit(expressions: _Expressions, name: str) -> bool:
    for one in expressions:  # noqa: SIM110  # a generator takes three times as long
        if one.search(name):
            return True
    return False


def _of_objects(test: Callable[[dict[str, Any]], Verdict]) -> Test:
    return lambda value: test(value) if isinstance(value, dict) and value else True


def _pattern_properties(compiler: Compiler, said: Any, _: Any) -> Test:
    expressions = _expressions(said)
    if expressions is None:
        return _of_objects(undecided)
    tests = _tests(compiler, said.values())
    pairs = zip(expressions, tests, strict=True)
    return _of_objects(every([_where_named(expression, one) for expression, one in pairs]))


def _where_named(expression: re.Pattern[str], one: Test) -> Test:
    search = expression.search
    return lambda value: each(one, [item for name, item in value.items() if search(name)])


def _sibling(schema: Mapping[str, Any], keyword: str) -> Mapping[str, Any] | None:
    """An object beside a keyword that looks at it; None when it is malformed."""
    value: Mapping[str, Any] = schema.get(keyword, {})
    return value if is_wellformed(keyword, value) else None


def _others(compiler: Compiler, said: Any, schema: Mapping[str, Any]) -> Test | None:
    """`additionalProperties`: it applies to what `properties` and `patternProperties` leave."""
    if said is True:
        return None
    known, patterns = _sibling(schema, "properties"), _sibling(schema, "patternProperties")
    expressions = None if patterns is None else _expressions(patterns)
    if known is None or expressions is None:
        return _of_objects(undecided)
    one = compiler.test(said)

    def test(value: dict[str, Any]) -> Verdict:
        left = [
            item
            for name, item in value.items()
            if name not in known and not (expressions and _fit(expressions, name))
        ]
        return each(one, left) if left else True

    return _of_objects(test)


_IN_PLACE = frozenset(
    {"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"}
)
"""Keywords that apply schemas to the same instance, which may evaluate some of its parts."""


def _unevaluated_properties(
    compiler: Compiler, said: Any, schema: Mapping[str, Any]
) -> Test | None:
    """Like `additionalProperties` where nothing else applies schemas to the same instance."""
    if said is True or "additionalProperties" in schema:
        return None
    if said is False and _IN_PLACE.isdisjoint(schema):
        return _others(compiler, said, schema)
    known = _sibling(schema, "properties") or {}
    return _of_objects(lambda value: value.keys() <= known.keys() or None)


def _property_names(compiler: Compiler, said: Any, _: Any) -> Test:
    test = compiler.test(said)
    return _of_objects(lambda value: each(test, value))


def _dependent_schemas(compiler: Compiler, said: Any, _: Any) -> Test:
    pairs = zip(said, _tests(compiler, said.values()), strict=True)
    return _of_objects(every([_where_present(name, one) for name, one in pairs]))


def _where_present(name: str, one: Test) -> Test:
    return lambda value: one(value) if name in value else True


def _of_arrays(test: Callable[[list[Any]], Verdict]) -> Test:
    return lambda value: test(value) if isinstance(value, list) else True


def _items(compiler: Compiler, said: Any, schema: Mapping[str, Any]) -> Test | None:
    if said is True:
        return None
    test, prefix = compiler.test(said), schema.get("prefixItems", ())
    if not is_wellformed("prefixItems", prefix):
        return _of_arrays(undecided)
    start = len(prefix)
    return _of_arrays(lambda value: each(test, value[start:] if start else value))


def _prefix_items(compiler: Compiler, said: Any, _: Any) -> Test:
    tests = _tests(compiler, said)

    def test(value: list[Any]) -> Verdict:
        verdict: Verdict = True
        for one, item in zip(tests, value, strict=False):
            found = one(item)
            if found is False:
                return False
            verdict = verdict and found
        return verdict

    return _of_arrays(test)


def _contains(compiler: Compiler, said: Any, schema: Mapping[str, Any]) -> Test:
    test = compiler.test(said)
    least, most = schema.get("minContains", 1), schema.get("maxContains", float("inf"))
    if not (is_wellformed("minContains", least) and _is_limit(schema)):
        return _of_arrays(undecided)
    return _of_arrays(lambda value: count([test(item) for item in value], least, most))


def _is_limit(schema: Mapping[str, Any]) -> bool:
    return "maxContains" not in schema or is_wellformed("maxContains", schema["maxContains"])


def _unevaluated_items(_: Compiler, said: Any, __: Any) -> Test | None:
    return None if said is True else _of_arrays(lambda value: None if value else True)


def _reference(compiler: Compiler, said: Any, _: Any) -> Test:
    return compiler.referred(said)


def _unknown(_: Compiler, __: Any, ___: Any) -> Test:
    return undecided


APPLICATORS: dict[str, Maker] = {
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _others,
    "propertyNames": _property_names,
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
    "dependentSchemas": _dependent_schemas,
    "unevaluatedProperties": _unevaluated_properties,
    "unevaluatedItems": _unevaluated_items,
    "$ref": _reference,
    "$dynamicRef": _unknown,
    "$id": _unknown,
}
