"""The parts of a path template between slashes, and the tests that find their values.

Patterns mean what they mean in Python's `re` with ASCII classes. A pattern sees the text of
its own variable and nothing else; it must match the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from routebook.paths import Variable, scoped

if TYPE_CHECKING:
    from typing import TypeAlias

Part: TypeAlias = "str | Variable"
"""A literal text, or a variable."""

Test: TypeAlias = "Callable[[str], dict[str, str] | None]"
"""Gives the values of the variables that stand in a text; None when it does not match."""

_RUNS = {"[^/]+": (1, "/"), "[^/]*": (0, "/"), ".+": (1, "\n"), ".*": (0, "\n")}
"""Patterns of any characters but one: the least length, and that character."""

_COMMENTED = re.compile(r"\(\?(?:#|[A-Za-z]*x)")
"""A comment in a pattern, or the flag that allows them everywhere."""


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, with ASCII classes."""
    return re.compile(pattern, re.ASCII)


@lru_cache(maxsize=4096)
def may_cross(pattern: str) -> bool:
    """Whether a value of the pattern may hold a slash. When that is hard to tell: True."""
    if _COMMENTED.search(pattern):
        return True
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if char in "./":
            return True
        if char == "[":
            end = _class_end(pattern, index)
            if compiled(pattern[index:end]).match("/"):
                return True
            index = end
        elif char == "\\":
            follower = pattern[index + 1]
            if follower == "/" or follower.isdigit() or follower in "DSWxuUN":
                return True
            index += 2
        elif pattern.startswith("(?P=", index):
            return True
        else:
            index += 1
    return False


def _class_end(pattern: str, start: int) -> int:
    """The index after the `]` of the character class that begins at `start`."""
    index = start + 1
    index += pattern[index] == "^"
    index += pattern[index] == "]"
    while pattern[index] != "]":
        index += 2 if pattern[index] == "\\" else 1
    return index + 1


def test(parts: Sequence[Part]) -> Test:
    """The test for a text made of these parts, of which one at least is a variable."""
    variables = [part for part in parts if isinstance(part, Variable)]
    match = _by_expression(parts)
    if all(variable.effective_pattern in _RUNS for variable in variables):
        return _by_search(parts, variables, match)
    return match


def _by_search(parts: Sequence[Part], variables: Sequence[Variable], otherwise: Test) -> Test:
    """Variables that take any text without a certain character: find literals from the right.

    As in the regular expression, the first variable takes as much as it can, then the
    second... But the expression may try all ways to divide a text before it gives up.
    """
    names, (before, *separators, after) = _names_and_literals(parts)
    runs = [_RUNS[variable.effective_pattern] for variable in variables]
    shortest, excluded = zip(*runs, strict=True)
    alone = len(set(excluded)) == 1 and not any(excluded[0] in part for part in separators)
    steps = list(zip(names[1:], separators, shortest, shortest[1:], strict=False))[::-1]

    def find(text: str) -> dict[str, str] | None:
        start, end = len(before), len(text) - len(after)
        if end < start + shortest[0] or not (text.startswith(before) and text.endswith(after)):
            return None
        if any(text.find(char, start, end) >= 0 for char in excluded):
            return None if alone else otherwise(text)
        values: dict[str, str] = dict.fromkeys(names, "")
        for name, separator, least_before, least in steps:
            position = text.rfind(separator, start + least_before, end - least)
            if position < 0:
                return None
            values[name] = text[position + len(separator) : end]
            end = position
        values[names[0]] = text[start:end]
        return values if end - start >= shortest[0] else None

    return find


def _names_and_literals(parts: Sequence[Part]) -> tuple[list[str], list[str]]:
    """The variables' names, and the literal before the first, between each two, and after."""
    names: list[str] = []
    literals = [""]
    for part in parts:
        if isinstance(part, Variable):
            names.append(part.name)
            literals.append("")
        else:
            literals[-1] += part
    return names, literals


def _by_expression(parts: Sequence[Part]) -> Test:
    """One regular expression, compiled when a text first needs it.

    What stands before the first variable and after the last is compared beforehand, so that
    most texts that do not match never meet the expression.
    """
    names, literals = _names_and_literals(parts)
    before, after = literals[0], literals[-1]
    expression = "".join(
        f"(?P<v{names.index(part.name)}>{scoped(part.effective_pattern)})"
        if isinstance(part, Variable)
        else re.escape(part)
        for part in parts
    )

    def find(text: str) -> dict[str, str] | None:
        if not (text.startswith(before) and text.endswith(after)):
            return None
        found = compiled(expression).fullmatch(text)
        if found is None:
            return None
        return {name: found[f"v{index}"] for index, name in enumerate(names)}

    return find
