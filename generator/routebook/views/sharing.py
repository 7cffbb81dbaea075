"""What many operations share, which is described once and linked from each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from routebook.descriptors import (
    APIDescriptor,
    BodyDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.values import Value, frozen
from routebook.views.equality import Equals

LEAST = 2
"""In how many places the same thing stands that is described once."""

ANSWER = "answer"
"""The place of a response header, beside the places of parameters."""

_PLACES = ("path", "query", "query string", "header", "cookie", ANSWER)
_USUAL = 0.95

Field = tuple[str, ParameterDescriptor]
"""A place and a parameter."""


@frozen
class Shared(Value):
    """What is described once, in the order in which it is shown; the first of equal ones."""

    equals: Equals
    """Finds the first of equal descriptors."""
    answers: tuple[ResponseDescriptor, ...]
    """Failures and redirects, in order of status."""
    keys: frozenset[int]
    """The keys of `answers`."""
    fields: tuple[Field, ...]
    """Parameters, and the headers of answers."""
    requests: frozenset[tuple[str, int]]
    """Headers of nearly all requests that HTTP itself asks for, such as `Host`: keys."""
    usual: tuple[ParameterDescriptor, ...]
    """The headers that nearly all answers have: those without them say so."""
    coded: tuple[ParameterDescriptor, ...]
    """The other headers that all answers with error codes have."""
    envelope: BodyDescriptor | None
    """The body that most answers with error codes have; None when there is no such."""

    def key(self, place: str, parameter: ParameterDescriptor) -> tuple[str, int]:
        """What all equal parameters of a place have in common, and no others."""
        return place, id(self.equals.first(parameter))

    def answer(self, answer: ResponseDescriptor) -> int:
        """What all equal answers have in common, and no others."""
        return id(self.equals.first(answer))


def shared(api: APIDescriptor) -> Shared:
    """What stands in `LEAST` places or more; a shared answer counts as one place."""
    equals = Equals()
    every: list[ResponseDescriptor] = []
    variants = 0
    fields = _Counts(equals)
    for method in methods((*api.routes, *api.webhooks)):
        for request in method.requests:
            variants += 1
            for place, parameter in placed(request):
                fields.add(place, parameter)
            every += map(equals.first, answers(request))
    counted = Counter(map(id, every))
    different = tuple({id(answer): answer for answer in every}.values())
    for answer in different:
        for header in answer.headers:
            fields.add(ANSWER, header)
    coded = [answer for answer in different if answer.error_codes]
    usual = tuple(_headers(equals, every, _USUAL))
    many = tuple(_answers(answer for answer in different if counted[id(answer)] >= LEAST))
    return Shared(
        equals=equals,
        answers=many,
        keys=frozenset(map(id, many)),
        fields=tuple(_fields(fields)),
        requests=frozenset(_requests(fields, variants)),
        usual=usual,
        coded=tuple(header for header in _headers(equals, coded, 1) if header not in usual),
        envelope=_body(equals, coded),
    )


class _Counts:
    """How often each parameter stands in its place."""

    def __init__(self, equals: Equals) -> None:
        self._first = equals.first
        self.fields: dict[tuple[str, int], Field] = {}
        self.counts: dict[tuple[str, int], int] = {}

    def add(self, place: str, parameter: ParameterDescriptor) -> None:
        first = self._first(parameter)
        key = (place, id(first))
        if key not in self.counts:
            self.fields[key] = (place, first)
            self.counts[key] = 0
        self.counts[key] += 1


def methods(routes: Iterable[RouteDescriptor]) -> Iterator[MethodDescriptor]:
    """Every method, also of callbacks."""
    for route in routes:
        for method in route.methods:
            yield method
            for callback in method.callbacks:
                yield from methods(callback.routes)


def answers(request: RequestDescriptor) -> tuple[ResponseDescriptor, ...]:
    """The answers of a variant: successes, then failures."""
    return (*request.successes, *request.failures)


def placed(request: RequestDescriptor) -> list[Field]:
    """The parameters of a request with their places, in the order of a request."""
    whole = (request.querystring,) if request.querystring else ()
    groups = (
        request.path_parameters,
        request.query_parameters,
        whole,
        request.headers,
        request.cookie_parameters,
    )
    pairs = zip(_PLACES, groups, strict=False)  # answers have their headers elsewhere
    return [(place, item) for place, items in pairs for item in items]


def everywhere(method: MethodDescriptor, shared: Shared) -> tuple[ResponseDescriptor, ...]:
    """The shared answers that each variant of a method may get."""
    first, *others = method.requests or (RequestDescriptor(),)
    found = {
        key: answer for answer in answers(first) if (key := shared.answer(answer)) in shared.keys
    }
    for other in others:
        keys = set(map(shared.answer, answers(other)))
        found = {key: answer for key, answer in found.items() if key in keys}
    return tuple(found.values())


def _requests(uses: _Counts, variants: int) -> Iterator[tuple[str, int]]:
    for key, (place, header) in uses.fields.items():
        often = uses.counts[key] >= max(LEAST, variants * _USUAL)
        if place == "header" and header.documented_only and often:
            yield key


def _headers(
    equals: Equals, answers: Sequence[ResponseDescriptor], part: float
) -> Iterator[ParameterDescriptor]:
    """The headers that a part of the answers has, or more; none unless there are some answers."""
    uses = _Counts(equals)
    for answer in answers:
        for header in answer.headers:
            uses.add(ANSWER, header)
    least = max(LEAST, len(answers) * part)
    return (field[1] for key, field in uses.fields.items() if uses.counts[key] >= least)


def _body(equals: Equals, coded: Sequence[ResponseDescriptor]) -> BodyDescriptor | None:
    bodies = [equals.first(answer.body) for answer in coded if answer.body is not None]
    known = {id(body): body for body in bodies}
    key, count = next(iter(Counter(map(id, bodies)).most_common(1)), (0, 0))
    return known[key] if count >= LEAST else None


def _answers(many: Iterable[ResponseDescriptor]) -> Iterator[ResponseDescriptor]:
    """Those that do not give what was asked for: what does is shown where it is asked for."""
    others = (answer for answer in many if not str(answer.status_code).startswith("2"))
    yield from sorted(others, key=lambda answer: (str(answer.status_code), answer.name))


def _fields(uses: _Counts) -> Iterator[Field]:
    many = (field for key, field in uses.fields.items() if uses.counts[key] >= LEAST)
    yield from sorted(many, key=lambda field: (_PLACES.index(field[0]), field[1].name.lower()))
