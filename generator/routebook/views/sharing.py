"""What many operations share, which is described once and linked from each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from routebook.descriptors import (
    APIDescriptor,
    BodyDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)

LEAST = 2
"""In how many places the same thing stands that is described once."""

ANSWER = "answer"
"""The place of a response header, beside the places of parameters."""

_PLACES = ("path", "query", "query string", "header", "cookie", ANSWER)
_USUAL = 0.95

Field = tuple[str, ParameterDescriptor]
"""A place and a parameter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What is described once, in the order in which it is shown."""

    answers: Mapping[ResponseDescriptor, None]
    """Failures and redirects, in order of status."""
    fields: Mapping[Field, None]
    """Parameters, and the headers of answers."""
    requests: frozenset[Field]
    """Headers of nearly all requests that HTTP itself asks for, such as `Host`."""
    usual: tuple[ParameterDescriptor, ...]
    """The headers that nearly all answers have: those without them say so."""
    coded: tuple[ParameterDescriptor, ...]
    """The other headers that all answers with error codes have."""
    envelope: BodyDescriptor | None
    """The body that most answers with error codes have; None when there is no such."""


def shared(api: APIDescriptor) -> Shared:
    """What stands in `LEAST` places or more; a shared answer counts as one place."""
    every: list[ResponseDescriptor] = []
    variants = 0
    fields: Counter[Field] = Counter()
    for method in methods((*api.routes, *api.webhooks)):
        for request in method.requests:
            variants += 1
            fields.update(placed(request))
            every += answers(request)
    counted = Counter(every)
    for answer in counted:
        fields.update((ANSWER, header) for header in answer.headers)
    coded = [answer for answer in counted if answer.error_codes]
    usual = tuple(_headers(every, _USUAL))
    return Shared(
        answers=dict.fromkeys(_answers(counted)),
        fields=dict.fromkeys(_fields(fields)),
        requests=frozenset(_requests(fields, variants)),
        usual=usual,
        coded=tuple(header for header in _headers(coded, 1) if header not in usual),
        envelope=_body(coded),
    )


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


def placed(request: RequestDescriptor) -> Iterator[Field]:
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
    return ((place, item) for place, items in pairs for item in items)


def everywhere(method: MethodDescriptor, shared: Shared) -> tuple[ResponseDescriptor, ...]:
    """The shared answers that each variant of a method may get."""
    variants = [set(answers(request)) for request in method.requests]
    first = answers(method.requests[0]) if method.requests else ()
    return tuple(
        answer
        for answer in dict.fromkeys(first)
        if answer in shared.answers and all(answer in variant for variant in variants)
    )


def _requests(uses: Mapping[Field, int], variants: int) -> Iterator[Field]:
    for (place, header), count in uses.items():
        if place == "header" and header.documented_only and count >= max(LEAST, variants * _USUAL):
            yield place, header


def _headers(answers: Sequence[ResponseDescriptor], part: float) -> Iterator[ParameterDescriptor]:
    """The headers that a part of the answers has, or more; none unless there are some answers."""
    uses = Counter(header for answer in answers for header in answer.headers)
    least = max(LEAST, len(answers) * part)
    return (header for header, count in uses.items() if count >= least)


def _body(coded: Sequence[ResponseDescriptor]) -> BodyDescriptor | None:
    bodies = Counter(answer.body for answer in coded if answer.body is not None)
    body, count = next(iter(bodies.most_common(1)), (None, 0))
    return body if count >= LEAST else None


def _answers(uses: Mapping[ResponseDescriptor, int]) -> Iterator[ResponseDescriptor]:
    """Those that do not give what was asked for: what does is shown where it is asked for."""
    many = (answer for answer, count in uses.items() if count >= LEAST)
    others = (answer for answer in many if not str(answer.status_code).startswith("2"))
    yield from sorted(others, key=lambda answer: (str(answer.status_code), answer.name))


def _fields(uses: Mapping[Field, int]) -> Iterator[Field]:
    many = (field for field, count in uses.items() if count >= LEAST)
    yield from sorted(many, key=lambda field: (_PLACES.index(field[0]), field[1].name.lower()))
