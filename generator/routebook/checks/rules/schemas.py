"""Schemas, and the examples that they must accept."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index
from routebook.descriptors import (
    APIDescriptor,
    ExampleDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
)
from routebook.errors import ErrorDescriptor
from routebook.findings import RoutebookError
from routebook.schemas import REFERENCE, subschemas
from routebook.walk import Node

_ECMA = {
    r"\\[pP]\{[^}]*\}": "x",
    r"\\u\{[0-9A-Fa-f]+\}": "x",
    r"\\c[A-Za-z]": "x",
    r"\(\?<(?![=!])[^>]*>": "(",
    r"\\k<[^>]*>": "",
    r"\[\^\]": ".",
}
"""What ECMA-262 has and Python has not, and what may stand for it when a pattern is tried."""


@rule(
    "invalid-schema",
    APIDescriptor,
    ParameterDescriptor,
    MediaTypeDescriptor,
    ErrorDescriptor,
    local=True,
    needs="schemas",
)
def invalid_schema(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """A schema is none: no JSON Schema 2020-12, or a `$ref` in it leads nowhere.

    What it describes could not be validated by anybody. Python types must have a JSON Schema.
    """
    if isinstance(value, APIDescriptor):
        for name, error in index.schemas.unconverted:
            yield Problem(error.message, error.hint, f".schemas[{name}]")
    for at, schema in _schemas(value, index):
        try:
            converted = index.schemas.converted(schema)
        except RoutebookError as error:
            yield Problem(error.message, error.hint, at)
        else:
            for fault in index.schemas.faults(converted):
                yield Problem(fault.message, fault.hint, f"{at}{fault.at}")


@rule(
    "schema-pattern",
    APIDescriptor,
    ParameterDescriptor,
    MediaTypeDescriptor,
    ErrorDescriptor,
    local=True,
    needs="schemas",
)
def schema_pattern(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """A `pattern` in a schema is no regular expression.

    It is one of ECMA-262 (JSON Schema Validation, section 6.3.3).
    """
    for at, schema in _schemas(value, index):
        for pattern in _patterns(_converted(schema, index)):
            if not _compiles(pattern):
                yield Problem(f"the pattern {pattern!r} is no regular expression", "mend it", at)


@rule("circular-schema", APIDescriptor, level="warning", needs="schemas")
def circular_schema(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A schema leads back to itself before anything in a value was looked at.

    Validators run on and on with it (JSON Schema 2020-12 core, section 9.4.1). Below a property
    or an item, a schema may well refer to itself.
    """
    schemas = {**api.schemas, **index.schemas.named}  # the first have those that are but a circle
    applied = {name: _applied(schema) for name, schema in schemas.items()}
    while True:
        try:
            TopologicalSorter(applied).prepare()
        except CycleError as error:
            circle = error.args[1]
            way = " to ".join(repr(name) for name in reversed(circle))
            hint = "take one of these references away, or put it below a property"
            yield Problem(f"references lead from {way}", hint, f".schemas[{circle[-1]}]")
            applied[circle[1]] = [name for name in applied[circle[1]] if name != circle[0]]
        else:
            return


def _applied(schema: Any) -> list[str]:
    """The named schemas that are applied to whatever a schema is applied to."""
    found: dict[str, None] = {}
    waiting = [schema]
    for inner in waiting:  # it grows meanwhile
        if isinstance(inner, Mapping):
            reference = inner.get("$ref")
            if isinstance(reference, str) and reference.startswith(REFERENCE):
                found[reference.removeprefix(REFERENCE)] = None
            for keyword in ("allOf", "anyOf", "oneOf"):
                branches = inner.get(keyword)
                waiting += branches if isinstance(branches, list) else ()
    return list(found)


def _schemas(value: Any, index: Index) -> Iterator[tuple[str, Any]]:
    """The schemas that a descriptor holds, each with where it does."""
    if isinstance(value, APIDescriptor):
        yield from ((f".schemas[{name}]", schema) for name, schema in index.schemas.named.items())
    for field in ("schema", "item_schema", "detail"):
        schema = getattr(value, field, None)
        if schema is not None:
            yield f".{field}", schema


def _patterns(schema: Any) -> Iterator[str]:
    waiting = [schema]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Mapping):
            if isinstance(inner.get("pattern"), str):
                yield inner["pattern"]
            if isinstance(inner.get("patternProperties"), Mapping):
                yield from map(str, inner["patternProperties"])
            waiting += subschemas(inner)


def _compiles(pattern: str) -> bool:
    for ours, theirs in _ECMA.items():
        pattern = re.sub(ours, theirs, pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


@rule(
    "example-refused",
    ParameterDescriptor,
    MediaTypeDescriptor,
    APIDescriptor,
    local=True,
    needs="schemas",
)
def example_refused(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """An example is refused by the schema, type or pattern that it is an example of.

    Readers copy examples; samples and mock servers are made from them.
    """
    if isinstance(value, ParameterDescriptor):
        yield from _parameter_examples(value, index)
    elif isinstance(value, MediaTypeDescriptor):
        yield from _media_examples(value, index)
    else:
        for name, schema in index.schemas.named.items():
            for problem in _schema_examples(schema, index):
                yield Problem(problem.message, problem.hint, f".schemas[{name}]{problem.at}")


@rule("default-refused", ParameterDescriptor, local=True, needs="schemas")
def default_refused(parameter: ParameterDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A parameter's default is refused by its own schema, type or pattern."""
    if parameter.default is not None and not parameter.content:
        yield from _refused(
            parameter.default, _parameter_schema(parameter, index), index, "default"
        )


def _parameter_examples(parameter: ParameterDescriptor, index: Index) -> Iterator[Problem]:
    if parameter.content:
        schema = parameter.content[0].schema
        converted = _converted(schema, index)
    else:
        converted = _parameter_schema(parameter, index)
    for position, given in enumerate(parameter.examples):
        known, example = _value(given)
        if known:
            name = getattr(given, "name", "") or position
            yield from _refused(example, converted, index, f"examples[{name}]")


def _media_examples(media: MediaTypeDescriptor, index: Index) -> Iterator[Problem]:
    converted = _converted(media.schema, index)
    is_json = re.search(r"[/+]json\b", media.content_type) is not None
    for position, given in enumerate(media.examples):
        known, example = _value(given)
        if known and (is_json or not isinstance(example, str)):
            yield from _refused(example, converted, index, f"examples[{given.name or position}]")


def _schema_examples(schema: Any, index: Index) -> Iterator[Problem]:
    waiting = [schema]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Mapping):
            examples = inner.get("examples")
            for position, example in enumerate(examples if isinstance(examples, list) else ()):
                yield from _refused(example, inner, index, f"examples[{position}]")
            waiting += subschemas(inner)


def _value(given: Any) -> tuple[bool, Any]:
    """An example's value, and whether it has one here."""
    if not isinstance(given, ExampleDescriptor):
        return True, given
    known = not given.external_value and (given.value is not None or not given.extra)
    return known, given.value


def _parameter_schema(parameter: ParameterDescriptor, index: Index) -> Any:
    try:
        return index.schemas.of_parameter(parameter)
    except RoutebookError:
        return True  # invalid-schema tells


def _converted(schema: Any, index: Index) -> Any:
    try:
        return True if schema is None else index.schemas.converted(schema)
    except RoutebookError:
        return True  # invalid-schema tells


def _refused(value: Any, schema: Any, index: Index, at: str) -> Iterator[Problem]:
    if schema is not True:
        for refusal in index.schemas.refusals(value, schema):
            yield Problem(refusal.message, "mend the example or the schema", f".{at}{refusal.at}")
