"""What a rule is: a function of one descriptor that says what is wrong with it.

The frame adds the rule's id and level and the place. A rule is written once, where its
function stands; lists and pages of rules are printed from that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from routebook.checks.index import Index
from routebook.findings import Finding
from routebook.values import Value
from routebook.walk import Node

if TYPE_CHECKING:
    from types import ModuleType

    from routebook.findings import Location
    from routebook.places import Places


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule says about a descriptor."""

    message: str
    """What is the matter."""
    hint: str = ""
    """The next step."""
    at: str = ""
    """Where in the descriptor, such as `.examples[0]`; empty for all of it."""
    part: Value | None = field(default=None, compare=False)
    """The descriptor at `at`, where that has a line of its own."""


Judge: TypeAlias = Callable[[Any, Node, Index], Iterable[Problem]]
"""Gives the problems of a descriptor, which stands at a node of an indexed API."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about descriptions."""

    id: str
    """Kebab-case, public and permanent."""
    level: str
    """`error`, `warning` or `info`."""
    on: tuple[type[Value], ...]
    """The kinds of descriptors that it judges."""
    judge: Judge
    """The function."""
    local: bool = False
    """Whether what it says depends on the descriptor alone, wherever that stands."""
    needs: str = ""
    """`overlaps` or `schemas` when it takes such work; see `check`."""

    @property
    def summary(self) -> str:
        """What is wrong when it speaks, in one line."""
        return self.documentation.partition("\n")[0]

    @property
    def documentation(self) -> str:
        """What is wrong when it speaks, and why that matters."""
        import inspect

        return inspect.cleandoc(self.judge.__doc__ or "")


def rule(
    id: str, *on: type[Value], level: str = "error", local: bool = False, needs: str = ""
) -> Callable[[Judge], Rule]:
    """Make a function the rule `id` on some kinds of descriptors; see `Rule` for the rest."""
    return lambda judge: Rule(id, level, on, judge, local, needs)


def rules_of(modules: Iterable[ModuleType]) -> tuple[Rule, ...]:
    """The rules that stand in modules, in order."""
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, Rule)
    )


class _Said:
    """What was said so far.

    A descriptor that several places share is one object: what is said about it comes once,
    with the first place and the number of the others.
    """

    def __init__(self, places: Places | None) -> None:
        self._places = places
        self._findings: dict[tuple[str, int, Problem], list[Finding]] = {}
        self._judged: dict[tuple[str, int], tuple[Problem, ...]] = {}

    def add(self, one: Rule, node: Node, index: Index) -> None:
        """Let a rule judge a node."""
        for problem in self._problems(one, node, index):
            key = (one.id, id(node.value), problem)
            made = finding(one, node.place, problem)
            if self._places is not None and key not in self._findings:
                made = replace(made, location=_located(node, problem, self._places))
            self._findings.setdefault(key, []).append(made)

    def _problems(self, one: Rule, node: Node, index: Index) -> Iterable[Problem]:
        if not one.local:
            return one.judge(node.value, node, index)
        key = (one.id, id(node.value))
        if key not in self._judged:
            self._judged[key] = tuple(one.judge(node.value, node, index))
        return self._judged[key]

    def findings(self) -> Iterator[Finding]:
        """Each finding once, in the order in which they came up."""
        return (_counted(*same) for same in self._findings.values())


def _located(node: Node | None, problem: Problem, places: Places) -> Location | None:
    """Where a problem stands, or the nearest thing above it whose place is known."""
    if named := _NAMED.match(problem.at):
        pointer = f"/components/schemas/{named[1].replace('~', '~0').replace('/', '~1')}"
        if (found := places.locate(pointer)) is not None:
            return found
    if problem.part is not None and (found := places.locate(problem.part)) is not None:
        return found
    while node is not None:
        if (found := places.locate(node.value)) is not None:
            return found
        node = node.parent
    return None


_NAMED = re.compile(r"\.schemas\[(.*?)\]")
"""Where a schema that the API names stands in it."""


def judge(
    rules: Iterable[Rule], nodes: Iterable[Node], index: Index, places: Places | None = None
) -> Iterator[Finding]:
    """What rules say about nodes; where it stands, as `places` knows it."""
    by_kind: dict[type, list[Rule]] = {}
    for one in rules:
        for kind in one.on:
            by_kind.setdefault(kind, []).append(one)
    said = _Said(places)
    for node in nodes:
        for one in by_kind.get(type(node.value), ()):
            said.add(one, node, index)
    return said.findings()


def finding(one: Rule, place: str, problem: Problem) -> Finding:
    """A problem as a finding of a rule."""
    where = f"{place}{problem.at}" if place else problem.at.removeprefix(".")
    return Finding(
        rule=one.id, place=where, message=problem.message, hint=problem.hint, level=one.level
    )


def _counted(first: Finding, *others: Finding) -> Finding:
    if not others:
        return first
    more = f"{len(others)} more place" + ("s" if len(others) > 1 else "")
    return replace(first, message=f"{first.message} (and so in {more})")
