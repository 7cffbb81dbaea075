"""Path templates in a tree by segment, so that only those that can meet are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from routebook.checks.disjoint.expressions import Expression, has_slash, may_be_empty, whole
from routebook.paths import DEFAULT_PATTERN, PathTemplate, Variable, scoped

Parts = tuple[str | Variable, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two slashes of a template."""

    parts: Parts
    """Its literals and variables."""

    @property
    def variable(self) -> bool:
        """Whether a variable stands in it."""
        return any(isinstance(part, Variable) for part in self.parts)

    @property
    def text(self) -> str:
        """Its text, when no variable stands in it."""
        return "".join(map(str, self.parts))

    @property
    def plain(self) -> bool:
        """Whether none of its variables has a pattern of its own."""
        return all(
            isinstance(part, str) or part.effective_pattern == DEFAULT_PATTERN
            for part in self.parts
        )

    @property
    def regex(self) -> str:
        """The regular expression of its texts."""
        return regex(self.parts)

    @property
    def expression(self) -> Expression:
        """The tree of that."""
        return whole(self.parts)

    @property
    def open(self) -> bool:
        """Whether it may be more, or less, than one segment of a path."""
        if self.plain:
            return False
        return has_slash(self.expression) or may_be_empty(self.expression)


def regex(parts: Parts) -> str:
    """The regular expression of literals and variables, one after the other, without names."""
    return "".join(
        re.escape(part) if isinstance(part, str) else f"(?:{scoped(part.effective_pattern)})"
        for part in parts
    )


class Template:
    """A route's path, as the router reads it: a slash at its end is optional."""

    def __init__(self, index: int, path: PathTemplate) -> None:
        self.index = index
        """Its position among the API's routes."""
        segments = tuple(Segment(parts) for parts in path.segments)
        self.segments = segments[:-1] if len(segments) > 1 and not segments[-1].parts else segments
        """Its segments, without the empty one after a slash at its end."""
        self.plain = all(segment.plain for segment in self.segments)
        """Whether no variable has a pattern of its own."""
        opened = (n for n, segment in enumerate(self.segments) if segment.open)
        self.opening: int | None = next(opened, None)
        """The first segment that may be more than one; None when there is none."""

    @property
    def _parts(self) -> Parts:
        parts: list[str | Variable] = []
        for number, segment in enumerate(self.segments):
            parts += ["/", *segment.parts] if number else segment.parts
        return tuple(parts)

    @property
    def regex(self) -> str:
        """The regular expression of the paths that it matches."""
        return regex(self._parts) + ("/?" if len(self.segments) > 1 else "/")

    @property
    def expression(self) -> Expression:
        """The tree of that."""
        slash: Parts = (Variable("", "/?"),) if len(self.segments) > 1 else ("/",)
        return whole((*self._parts, *slash))

    @cached_property
    def tail(self) -> str:
        """The literal text that every path of it ends with, but for a slash."""
        last = self._parts[-1] if self._parts else ""
        return last if isinstance(last, str) else ""


@dataclass(slots=True)
class Tree:
    """The templates that begin with the same segments."""

    plain: bool = True
    """Whether all of them are plain."""
    ends: list[Template] = field(default_factory=list)
    """Those that end here."""
    opened: list[Template] = field(default_factory=list)
    """Those whose next segment may be more than one."""
    literals: dict[str, Tree] = field(default_factory=dict)
    """The next segment, when it is a literal."""
    variables: dict[str, tuple[Segment, Tree]] = field(default_factory=dict)
    """The next segment, when a variable stands in it, by its regular expression."""

    def add(self, template: Template) -> None:
        """Put a template in its place."""
        tree = self
        tree.plain = tree.plain and template.plain
        for segment in template.segments[: template.opening]:
            tree = tree._next(segment)
            tree.plain = tree.plain and template.plain
        (tree.ends if template.opening is None else tree.opened).append(template)

    def _next(self, segment: Segment) -> Tree:
        if segment.variable:
            return self.variables.setdefault(segment.regex, (segment, Tree()))[1]
        return self.literals.setdefault(segment.text, Tree())

    def all(self) -> Iterator[Template]:
        """Every template in the tree."""
        stack = [self]
        while stack:
            tree = stack.pop()
            yield from tree.ends
            yield from tree.opened
            stack += tree.literals.values()
            stack += (inner for _, inner in tree.variables.values())


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two templates that may match the same path."""

    first: Template
    second: Template
    ranked: bool
    """Whether a literal in one stands against a variable in the other."""


Meets = Callable[[Segment, Segment], bool]
"""Whether some text may be both segments."""


def meetings(tree: Tree, meets: Meets) -> Iterator[Meeting]:
    """Every two templates of a tree that cannot be told apart segment by segment.

    Plain templates that a router tells apart by rank, `/users/me` beside `/users/{id}`,
    are left out.
    """
    stack: list[tuple[Tree, Tree, bool]] = [(tree, tree, False)]
    while stack:
        one, other, ranked = stack.pop()
        if one is other:
            yield from _within(one)
            stack += _inner_pairs(one, meets)
        elif not (ranked and one.plain and other.plain):
            yield from _between(one, other, ranked)
            stack += _pairs(one, other, ranked, meets)


def _within(tree: Tree) -> Iterator[Meeting]:
    for same in tree.ends[1:]:
        yield Meeting(tree.ends[0], same, False)
    for number, first in enumerate(tree.opened):
        for second in tree.opened[number + 1 :]:
            yield Meeting(first, second, False)
        for second in tree.all():
            if second not in tree.opened:
                yield Meeting(first, second, False)


def _between(one: Tree, other: Tree, ranked: bool) -> Iterator[Meeting]:
    for first in one.ends:
        for second in other.ends:
            yield Meeting(first, second, ranked)
    for first in one.opened:
        for second in other.all():
            yield Meeting(first, second, ranked)
    for second in other.opened:
        for first in one.all():
            if first not in one.opened:
                yield Meeting(first, second, ranked)


def _inner_pairs(tree: Tree, meets: Meets) -> Iterator[tuple[Tree, Tree, bool]]:
    """The pairs of branches of one tree whose templates may meet."""
    variables = list(tree.variables.values())
    yield from ((inner, inner, False) for inner in tree.literals.values())
    for number, (segment, inner) in enumerate(variables):
        yield inner, inner, False
        for second, others in variables[number + 1 :]:
            if meets(segment, second):
                yield inner, others, False
        yield from _against_literals(segment, inner, tree, meets)


def _against_literals(
    segment: Segment, inner: Tree, tree: Tree, meets: Meets
) -> Iterator[tuple[Tree, Tree, bool]]:
    for text, others in tree.literals.items():
        if not (inner.plain and others.plain) and meets(segment, Segment((text,))):
            yield inner, others, True


def _pairs(one: Tree, other: Tree, ranked: bool, meets: Meets) -> Iterator[tuple[Tree, Tree, bool]]:
    """The pairs of a branch of one tree and a branch of the other whose templates may meet."""
    few, many = sorted((one, other), key=lambda tree: len(tree.literals))
    for text, inner in few.literals.items():
        if text in many.literals:
            yield inner, many.literals[text], ranked
    for segment, inner in one.variables.values():
        for second, others in other.variables.values():
            if segment.regex == second.regex or meets(segment, second):
                yield inner, others, ranked
        yield from _against_literals(segment, inner, other, meets)
    for segment, inner in other.variables.values():
        yield from _against_literals(segment, inner, one, meets)
