"""Regular expressions as trees, for automata.

interegular parses; its classes stay in this module. Where a construct has no automaton
(assertions, references to groups), the tree stands for *more* texts than the expression
matches: what is proved disjoint for the trees is then disjoint for the expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from routebook.paths import Variable

if TYPE_CHECKING:
    from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Chars:
    """One character: of `members`, or with `negated` any other."""

    members: frozenset[str]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """All parts, one after the other."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options."""

    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """An expression `least` to `most` times; None is without end."""

    item: Expression
    least: int
    most: int | None


Expression: TypeAlias = "Chars | Sequence | Choice | Repeat"

ANYTHING = Repeat(Chars(frozenset(), negated=True), 0, None)
"""Every text."""


def literal(text: str) -> Expression:
    """The expression that matches just `text`."""
    return Sequence(tuple(Chars(frozenset(char)) for char in text))


def whole(parts: tuple[str | Variable, ...]) -> Expression:
    """What literals and variables match, one after the other."""
    return Sequence(
        tuple(
            literal(part) if isinstance(part, str) else parse(part.effective_pattern)
            for part in parts
        )
    )


@lru_cache(maxsize=4096)
def parse(pattern: str) -> Expression:
    """The tree of a regular expression, with ASCII classes; it may match more, never less."""
    from interegular.patterns import InvalidSyntax, REFlags, Unsupported, parse_pattern

    try:
        tree = parse_pattern(_without_assertions(pattern))
        return _converted(tree, REFlags(0))
    except (InvalidSyntax, Unsupported, AttributeError, RecursionError, ValueError):
        # AttributeError is how its parser meets a comment
        return ANYTHING


_ASSERTION = re.compile(r"\^|\$|\\[AZbB]")
_CLASS = re.compile(r"\[(\^?)(\]?)((?:\\.|[^\]\\])*)\]", re.DOTALL)


def _without_assertions(pattern: str) -> str:
    """The pattern without what only looks at a text; a `]` that begins a class is escaped."""
    kept = []
    index = 0
    while index < len(pattern):
        if pattern[index] == "[" and (found := _CLASS.match(pattern, index)):
            negation, bracket, members = found.groups()
            kept.append(f"[{negation}{bracket and chr(92) + bracket}{members}]")
            index = found.end()
        elif found := _ASSERTION.match(pattern, index):
            index = found.end()
        elif pattern.startswith(("(?=", "(?!", "(?<=", "(?<!", "(?#"), index):
            index = _group_end(pattern, index)
        else:
            width = 2 if pattern[index] == "\\" else 1
            kept.append(pattern[index : index + width])
            index += width
    return "".join(kept)


def _group_end(pattern: str, start: int) -> int:
    """The index after the parenthesis that closes the one at `start`."""
    if pattern.startswith("(?#", start):
        return pattern.index(")", start) + 1
    depth = 0
    index = start
    while True:
        char = pattern[index]
        if char == "[" and (found := _CLASS.match(pattern, index)):
            index = found.end()
            continue
        depth += (char == "(") - (char == ")")
        index += 2 if char == "\\" else 1
        if depth == 0:
            return index


def _converted(tree: Any, flags: Any) -> Expression:
    from interegular import patterns

    kind = type(tree)
    if kind is patterns.Pattern:
        inner = (flags | tree.added_flags) & ~tree.removed_flags
        return Choice(tuple(_converted(option, inner) for option in tree.options))
    if kind is patterns._Concatenation:
        return Sequence(tuple(_converted(part, flags) for part in tree.parts))
    if kind is patterns._Repeated:
        return Repeat(_converted(tree.base, flags), tree.min, tree.max)
    if kind is patterns._CharGroup:
        folded = _folded(tree.chars) if flags & patterns.REFlags.CASE_INSENSITIVE else tree.chars
        return Chars(frozenset(folded), tree.negated)
    if tree == patterns._EMPTY:
        return Sequence(())
    if tree == patterns._DOT:
        return Chars(frozenset() if flags & patterns.REFlags.SINGLE_LINE else frozenset("\n"), True)
    raise patterns.Unsupported(kind.__name__)


def _folded(members: frozenset[str]) -> frozenset[str]:
    """The characters in both cases, as far as they are ASCII."""
    ascii_only = {char for char in members if char.isascii()}
    return members | {char.lower() for char in ascii_only} | {char.upper() for char in ascii_only}


def characters(expression: Expression) -> Iterator[Chars]:
    """Every character class in an expression."""
    if isinstance(expression, Chars):
        yield expression
    else:
        for part in _parts(expression):
            yield from characters(part)


def _parts(expression: Sequence | Choice | Repeat) -> tuple[Expression, ...]:
    if isinstance(expression, Sequence):
        return expression.parts
    return expression.options if isinstance(expression, Choice) else (expression.item,)


@lru_cache(maxsize=4096)
def has_slash(expression: Expression) -> bool:
    """Whether some text that it matches may hold a slash."""
    return any(("/" in chars.members) != chars.negated for chars in characters(expression))


@lru_cache(maxsize=4096)
def may_be_empty(expression: Expression) -> bool:
    """Whether it matches the empty text."""
    if isinstance(expression, Chars):
        return False
    if isinstance(expression, Sequence):
        return all(map(may_be_empty, expression.parts))
    if isinstance(expression, Choice):
        return any(map(may_be_empty, expression.options))
    return expression.least == 0 or may_be_empty(expression.item)
