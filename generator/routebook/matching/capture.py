"""Taking the values of a route's variables out of the segments of a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from routebook.matching.patterns import Part, compiled, test
from routebook.paths import Variable

if TYPE_CHECKING:
    from typing import TypeAlias

Step: TypeAlias = "tuple[int | slice, str, Callable[[str], Any]]"
"""Which segments; the variable that is the whole of them, or an empty name; and a test of
their text, which gives something true for a match: without a name, the values.
"""

Capture: TypeAlias = "Callable[[list[str]], dict[str, str] | None]"
"""From the segments of a path to the values; None when a pattern does not match."""


def steps(slot: int | slice, parts: Sequence[Part]) -> Iterable[Step]:
    """The step for the parts of a segment, or of several: none when all are literal."""
    if len(parts) == 1 and isinstance(parts[0], Variable):
        variable = parts[0]
        match = compiled(variable.pattern).fullmatch if variable.pattern else bool
        yield slot, variable.name, match
    elif any(isinstance(part, Variable) for part in parts):
        yield slot, "", test(parts)


def capture(taken: Sequence[Step]) -> Capture:
    """The function that takes these steps."""
    if len(taken) == 2 and all(name for _, name, _ in taken):
        (first, one, find_one), (second, other, find_other) = taken
        if isinstance(first, slice) and isinstance(second, int):
            return _spanning_and_one(first, one, find_one, second, other, find_other)

    def values(parts: list[str]) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for slot, name, find in taken:
            text = parts[slot] if isinstance(slot, int) else "/".join(parts[slot])
            result = find(text)
            if not result:
                return None
            if name:
                found[name] = text
            else:
                found.update(result)
        return found

    return values


def _spanning_and_one(
    middle: slice,
    name: str,
    find: Callable[[str], Any],
    slot: int,
    other: str,
    find_other: Callable[[str], Any],
) -> Capture:
    """As `capture` would, in three quarters of the time: such are most paths of a registry."""

    def values(parts: list[str]) -> dict[str, str] | None:
        last = parts[slot]
        if not find_other(last):
            return None
        text = "/".join(parts[middle])
        return {name: text, other: last} if find(text) else None

    return values
