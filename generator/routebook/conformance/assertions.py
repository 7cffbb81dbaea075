"""Keywords that look at an instance alone (JSON Schema 2020-12 validation, sections 6 and 7)."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sized
from typing import Any

from routebook.conformance.equality import distinct, value_key
from routebook.conformance.patterns import compiled
from routebook.conformance.verdicts import Compiler, Maker, Test, Verdict, either, undecided


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


_TYPES: dict[str, Test] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
    "number": is_number,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _type(_: Compiler, said: Any, __: Any) -> Test:
    names = [said] if isinstance(said, str) else said
    return either([_TYPES.get(name, undecided) for name in names])


def _enum(_: Compiler, said: Any, __: Any) -> Test:
    keys = {value_key(value) for value in said}
    return lambda value: value_key(value) in keys


def _const(_: Compiler, said: Any, __: Any) -> Test:
    its = value_key(said)
    return lambda value: value_key(value) == its


def _bound(fits: Callable[[Any, Any], bool]) -> Maker:
    return lambda _, said, __: lambda value: not is_number(value) or fits(value, said)


def _size(kind: type[Sized], fits: Callable[[int, Any], bool]) -> Maker:
    return lambda _, said, __: lambda value: not isinstance(value, kind) or fits(len(value), said)


def _multiple_of(_: Compiler, said: Any, __: Any) -> Test:
    return lambda value: _multiple(value, said) if is_number(value) else True


def _multiple(value: Any, step: Any) -> Verdict:
    """Undecided where the quotient is an integer but for what floats lose."""
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    try:
        quotient = value / step
        if quotient == int(quotient):
            return isinstance(step, float) or value % step == 0 or None
        near = math.isclose(quotient, round(quotient), rel_tol=1e-9, abs_tol=1e-9)
    except (ArithmeticError, ValueError):
        return None
    return None if near else False


def _pattern(_: Compiler, said: Any, __: Any) -> Test:
    expression = compiled(said)
    if expression is None:
        return lambda value: None if isinstance(value, str) else True
    search = expression.search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _format(compiler: Compiler, said: Any, __: Any) -> Test | None:
    formats = compiler.formats
    return None if formats is None else lambda value: formats(value, said)


def _unique_items(_: Compiler, said: Any, __: Any) -> Test | None:
    return (lambda value: not isinstance(value, list) or distinct(value)) if said else None


def _has(value: Mapping[str, Any], names: Any) -> bool:
    for name in names:  # noqa: SIM110  # a generator takes three times as long
        if name not in value:
            return False
    return True


def _required(_: Compiler, said: Any, __: Any) -> Test | None:
    return (lambda value: not isinstance(value, dict) or _has(value, said)) if said else None


def _dependent_required(_: Compiler, said: Any, __: Any) -> Test:
    def test(value: Any) -> Verdict:
        if isinstance(value, dict):
            for name, others in said.items():
                if name in value and not _has(value, others):
                    return False
        return True

    return test


ASSERTIONS: dict[str, Maker] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _bound(operator.ge),
    "maximum": _bound(operator.le),
    "exclusiveMinimum": _bound(operator.gt),
    "exclusiveMaximum": _bound(operator.lt),
    "multipleOf": _multiple_of,
    "minLength": _size(str, operator.ge),
    "maxLength": _size(str, operator.le),
    "pattern": _pattern,
    "format": _format,
    "minItems": _size(list, operator.ge),
    "maxItems": _size(list, operator.le),
    "uniqueItems": _unique_items,
    "minProperties": _size(dict, operator.ge),
    "maxProperties": _size(dict, operator.le),
    "required": _required,
    "dependentRequired": _dependent_required,
}
