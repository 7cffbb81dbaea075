"""Equality of JSON values (JSON Schema 2020-12 core, section 4.2.2).

Numbers are equal by their value, so `1` is `1.0`; Python takes `1` for `True` besides, and JSON
does not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any


def equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal."""
    if one is other:
        return True
    if isinstance(one, (dict, Mapping)):
        return isinstance(other, (dict, Mapping)) and _equal_objects(one, other)
    if isinstance(one, (list, tuple)):
        return isinstance(other, (list, tuple)) and _equal_arrays(one, other)
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


def _equal_objects(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if len(one) != len(other):
        return False
    for name, value in one.items():
        if name not in other or not equal(value, other[name]):
            return False
    return True


def _equal_arrays(one: list[Any] | tuple[Any, ...], other: list[Any] | tuple[Any, ...]) -> bool:
    if len(one) != len(other):
        return False
    for value, its in zip(one, other, strict=True):  # noqa: SIM110  # no nesting of calls from C
        if not equal(value, its):
            return False
    return True


def value_key(value: Any) -> Hashable:
    """What equal JSON values share, and others do not."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, (dict, Mapping)):
        members = {(name, value_key(item)) for name, item in value.items()}
        return ("object", frozenset(members))
    if isinstance(value, (list, tuple)):
        items = [value_key(item) for item in value]
        return ("array", tuple(items))
    found: Hashable = value
    return found


def distinct(values: Iterable[Any]) -> bool:
    """Whether no two of some JSON values are equal."""
    seen = set()
    for value in values:
        its = value_key(value)
        if its in seen:
            return False
        seen.add(its)
    return True
