"""The proof that at most one route matches any path.

Templates that cannot meet are told apart by their segments. What is left is compared as
automata: of single segments where no variable can hold a slash, of whole paths otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from routebook.checks.disjoint.automata import (
    Alphabet,
    Language,
    UndecidedError,
    common_texts,
)
from routebook.checks.disjoint.expressions import Chars, characters, literal
from routebook.checks.disjoint.tree import Segment, Template, Tree, meetings
from routebook.descriptors import APIDescriptor, RouteDescriptor
from routebook.findings import RoutebookError
from routebook.paths import PathTemplate, parse

TRIES = 64
"""How many texts that two automata share are tried with the expressions themselves."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two routes that may match one path."""

    first: RouteDescriptor
    """The one that is declared first."""
    second: RouteDescriptor
    """The other."""
    example: str
    """A shortest such path, on which both were tried; empty when none was found nor excluded."""
    plain: bool
    """Whether no variable of the two has a pattern: they differ by how literal they are."""


def overlaps(api: APIDescriptor) -> tuple[Overlap, ...]:
    """Every two routes of an API that may match one path, in order.

    A path matches with or without one more slash at its end. `/users/me` beside `/users/{id}`
    is none: where variables have no patterns, the literal goes first. A route whose path
    cannot be parsed, or does not begin with a slash, is passed over.
    """
    paths = {
        index: path
        for index, route in enumerate(api.routes)
        if (path := _parsed(route.path)) and path.text.startswith("/")
    }
    found = _Prover(Template(index, path) for index, path in paths.items()).overlaps()
    return tuple(
        Overlap(api.routes[first], api.routes[second], example, plain)
        for (first, second), (example, plain) in sorted(found.items())
    )


def _parsed(path: str) -> PathTemplate | None:
    try:
        return parse(path)
    except RoutebookError:
        return None


@dataclass(frozen=True, slots=True)
class _Answer:
    """Whether some text is of two languages."""

    meets: bool
    """False when it is proved that there is none."""
    example: str | None = None
    """A shortest such text; None when there is none, or none was found."""


class _Prover:
    """The comparison of the templates of one API."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._tree = Tree()
        self._templates = list(templates)
        for template in self._templates:
            self._tree.add(template)
        self._alphabet = Alphabet(self._classes())
        self._languages: dict[Segment | Template, Language] = {}
        self._answers: dict[tuple[Segment, Segment], _Answer] = {}

    def _classes(self) -> Iterator[Chars]:
        yield from characters(literal("/"))
        for segment in dict.fromkeys(s for t in self._templates for s in t.segments):
            if segment.variable:
                yield from characters(segment.expression)
        if any(template.opening is not None for template in self._templates):
            literals = (s.text for t in self._templates for s in t.segments if not s.variable)
            yield from characters(literal("".join(sorted(set().union(*literals)))))

    def overlaps(self) -> dict[tuple[int, int], tuple[str, bool]]:
        """The indices of two routes to an example, and whether both are plain."""
        found = {}
        for meeting in meetings(self._tree, lambda one, other: self._segments(one, other).meets):
            first, second = sorted((meeting.first, meeting.second), key=lambda t: t.index)
            plain = first.plain and second.plain
            if meeting.ranked and plain:
                continue
            answer = self._answer(first, second)
            if answer.meets:
                found[first.index, second.index] = (answer.example or "", plain)
        return found

    def _answer(self, first: Template, second: Template) -> _Answer:
        """What is known of two templates that the tree did not tell apart."""
        if first.opening is None and second.opening is None:
            pairs = zip(first.segments, second.segments, strict=True)
            texts = [self._segments(one, other).example for one, other in pairs]
            known = [text for text in texts if text is not None]
            return _Answer(True, "/".join(known) or "/" if len(known) == len(texts) else None)
        if not (first.tail.endswith(second.tail) or second.tail.endswith(first.tail)):
            return _Answer(False)
        return _common(self._language(first), self._language(second))

    def _segments(self, one: Segment, other: Segment) -> _Answer:
        """Whether some text may be both segments."""
        if (one, other) not in self._answers:
            self._answers[one, other] = self._compared(one, other)
        return self._answers[one, other]

    def _compared(self, one: Segment, other: Segment) -> _Answer:
        if not one.variable and not other.variable:
            return _Answer(one.text == other.text, one.text)
        if one.variable and other.variable:
            return _common(self._language(one), self._language(other))
        fixed, variable = (other, one) if one.variable else (one, other)
        meets = self._language(variable).contains(fixed.text)
        return _Answer(meets, fixed.text if meets else None)

    def _language(self, part: Segment | Template) -> Language:
        if part not in self._languages:
            self._languages[part] = Language(part.expression, part.regex, self._alphabet)
        return self._languages[part]


def _common(first: Language, second: Language) -> _Answer:
    """Whether two languages share a text: loosely first, and exactly where that is not enough."""
    try:
        for one, other in ((first.loose, second.loose), (first.strict, second.strict)):
            texts = list(islice(common_texts(one, other), TRIES))
            if not texts:
                return _Answer(False)
            for text in texts:
                if first.matches(text) and second.matches(text):
                    return _Answer(True, text)
            if one.exact and other.exact:
                break
    except UndecidedError:
        pass
    return _Answer(True)
