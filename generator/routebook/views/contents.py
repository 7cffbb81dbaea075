"""Tells JSON data by what is in it, so that what is made of it is made once."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


def content(value: Any) -> bytes | None:
    """What equal JSON data has in common, and other data has not; None where that is unknown.

    Numbers of different kinds differ, and so do objects in another order.

    >>> content({"a": [1]}) == content({"a": [1]}), content([1]) == content([True]), content(object)
    (True, False, None)
    """
    try:
        # The second version writes equal texts alike, whether Python shares them or not.
        return marshal.dumps(value, 2)
    except ValueError:
        return None


class Once(Generic[_T]):
    """Calls a function once for equal JSON data, and gives the outcome again after that."""

    def __init__(self, function: Callable[[Any], _T]) -> None:
        self._function = function
        self._known: dict[bytes, _T] = {}

    def __call__(self, value: Any) -> _T:
        """What the function makes of `value`."""
        return self.of(value, content(value))

    def of(self, value: Any, key: bytes | None) -> _T:
        """The same where the content of `value` is known."""
        if key is None:
            return self._function(value)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._function(value)
        return known
