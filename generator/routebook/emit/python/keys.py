"""Which values are the same: a number for each, equal where the source would be equal.

Python's `==` takes 1, 1.0 and True for one value; their source differs, and so do their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routebook.findings import RoutebookError
from routebook.values import Type, Value

_LINE = 80
"""Characters of a text that stand on one line."""


class Keys:
    """Numbers for values, and how much each holds."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._known: dict[int, int] = {}
        self._kept: list[Any] = []  # so that no other value gets the `id` of a known one
        self._weights: list[int] = []

    def of(self, value: Any) -> int:
        """The number of a value."""
        if isinstance(value, (Value, Mapping, list, tuple)):
            known = self._known.get(id(value))
            if known is None:
                known = self._known[id(value)] = self._number(*_parts(value))
                self._kept.append(value)
            return known
        return self._number((type(value), _scalar(value)), ())

    def weight(self, value: Any) -> int:
        """About how many lines it takes: one for each value in it, more for long texts."""
        return self._weights[self.of(value)]

    def _number(self, head: tuple[Any, ...], parts: tuple[Any, ...]) -> int:
        inner = [self.of(part) for part in parts]
        key = (*head, *inner)
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self._weights):
            own = 1 + len(head[-1]) // _LINE if isinstance(head[-1], str) else 1
            self._weights.append(own + sum(self._weights[one] for one in inner))
        return number


def _parts(value: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What tells a value from others of its shape, and the values that it holds."""
    if isinstance(value, Value):
        names: tuple[str, ...] = value.__slots__
        return (type(value),), tuple(getattr(value, name) for name in names)
    if isinstance(value, Mapping):
        return (dict, *value), tuple(value.values())
    return (type(value),), tuple(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, Type)):
        return value
    if isinstance(value, float):
        return repr(value)
    raise no_json(value)


def no_json(value: Any) -> RoutebookError:
    """The error for what is neither a descriptor nor JSON data."""
    return RoutebookError(
        f"a value of type {type(value).__name__} cannot be written",
        hint="examples, defaults and extra fields must be JSON data",
    )
