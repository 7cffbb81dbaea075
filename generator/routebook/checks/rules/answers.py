"""Requests and responses: statuses, bodies, and that variants can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index
from routebook.descriptors import (
    Condition,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)
from routebook.nearest import hint
from routebook.walk import Node

_PART = re.compile(r"(query|header|cookie)\.(.+)|body")
_BODILESS = {"GET", "HEAD", "DELETE", "TRACE"}


@rule("status-range", ResponseDescriptor, local=True)
def status_range(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A status code is none.

    It is 100 to 599 (RFC 9110, section 15), a range `1XX` to `5XX`, or `default`.
    """
    status = response.status_code
    if isinstance(status, int):
        known = 100 <= status <= 599
    else:
        known = bool(re.fullmatch(r"[1-5]XX|[1-5][0-9]{2}|default", status))
    if not known:
        yield Problem(
            f"{status!r} is no status code",
            "write 100 to 599, a range such as '4XX', or 'default'",
            ".status_code",
        )


@rule("status-side", ResponseDescriptor)
def status_side(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A success has a status of a failure, or the other way round.

    Below 400 is a success. Clients and the reference treat the two apart. `default` may be
    either.
    """
    status = str(response.status_code)
    sides = {**dict.fromkeys("123", "successes"), **dict.fromkeys("45", "failures")}
    right = sides.get(status[:1], node.field)
    if node.field in {"successes", "failures"} and node.field != right:
        yield Problem(f"the status {status} is among the {node.field}", f"move it to {right}")


@rule("head-body", ResponseDescriptor)
def head_body(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A response to HEAD has a body.

    It never has (RFC 9110, section 9.3.2); its headers are those that GET would send.
    """
    method = node.inside(MethodDescriptor)
    if response.body is not None and method is not None and method.method == "HEAD":
        yield Problem("a response to HEAD has no body", "take the body out", ".body")


@rule("body-forbidden", ResponseDescriptor, local=True)
def body_forbidden(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A response has a body although its status forbids one.

    1XX, 204 and 304 end with their headers (RFC 9110, section 6.4.1).
    """
    status = str(response.status_code)
    content = response.body is not None and response.body.content
    if content and (status.startswith("1") or status in {"204", "304"}):
        yield Problem(f"a response with status {status} has no body", "take the body out", ".body")


@rule("request-body", RequestDescriptor, level="warning")
def request_body(request: RequestDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A GET, HEAD, DELETE or TRACE request has a body.

    It has no meaning that all understand (RFC 9110, section 9.3), and some servers and
    proxies refuse it.
    """
    method = node.inside(MethodDescriptor)
    if request.body is not None and method is not None and method.method in _BODILESS:
        yield Problem(
            f"a body of {method.method} may be dropped on the way",
            "send it with POST, PUT or QUERY, or use query parameters",
            ".body",
        )


@rule("no-requests", MethodDescriptor, local=True)
def no_requests(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A method has no request variant.

    Every request is an instance of one of them; a single one needs no name.
    """
    if not method.requests:
        yield Problem("there is no request variant", "write at least one", ".requests")


@rule("no-responses", RequestDescriptor, level="warning")
def no_responses(request: RequestDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A request variant has no response.

    A reader learns nothing of what comes back, and OpenAPI 3.0 demands one at least.
    """
    if not request.successes and not request.failures:
        yield Problem("no response is described", "describe what comes back")


@rule("condition-part", RequestDescriptor)
def condition_part(request: RequestDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A condition names a part that no request of the method has, or that cannot be named so.

    What must be present is a part of this variant; what must be absent, of a sibling.
    """
    if request.condition is None:
        return
    own = _parts(request)
    method = node.inside(MethodDescriptor)
    siblings = method.requests if method else ()
    all_parts = own.union(*map(_parts, siblings))
    for field, known in (("present", own), ("absent", all_parts)):
        for part in getattr(request.condition, field):
            at = f".condition.{field}"
            if not _PART.fullmatch(part):
                yield Problem(
                    f"{part!r} is no part of a request",
                    "write query.NAME, header.NAME, cookie.NAME or body",
                    at,
                )
            elif _folded(part) not in map(_folded, known):
                yield Problem(f"there is no {part!r}", hint(part, sorted(known)), at)


@rule("condition-contradiction", RequestDescriptor, local=True)
def condition_contradiction(
    request: RequestDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """A condition wants one part both present and absent: no request meets it."""
    condition = request.condition or Condition()
    absent = {_folded(part) for part in condition.absent}
    for part in condition.present:
        if _folded(part) in absent:
            yield Problem(f"{part!r} cannot be both present and absent", "keep one", ".condition")


@rule("variants-alike", MethodDescriptor, local=True)
def variants_alike(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two request variants cannot be told apart.

    Nothing says which of them a request is: their conditions are the same, or lacking.
    """
    for first, second in combinations(method.requests, 2):
        if _both(first) == _both(second):
            yield Problem(
                f"nothing tells {second.name!r} from {first.name!r}",
                "give each a condition: what it has that the other has not",
                f"[{second.name}]",
            )


@rule("variants-overlap", MethodDescriptor, level="warning", local=True)
def variants_overlap(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A request may meet the conditions of two variants.

    Servers will differ in what they do with it. Let one want absent what the other wants
    present.
    """
    for first, second in combinations(method.requests, 2):
        (present, absent), (has, lacks) = _both(first), _both(second)
        told = present & lacks or absent & has
        if not told and (present, absent) != (has, lacks):
            clash = sorted(present | has)
            shown = f"a request with {' and '.join(clash)}" if clash else "a request"
            yield Problem(
                f"{shown} may be both {first.name!r} and {second.name!r}",
                "let one condition want absent what the other wants present",
                f"[{second.name}]",
            )


def _both(request: RequestDescriptor) -> tuple[frozenset[str], frozenset[str]]:
    """What a variant wants present, and absent."""
    condition = request.condition or Condition()
    return frozenset(map(_folded, condition.present)), frozenset(map(_folded, condition.absent))


def _folded(part: str) -> str:
    """A part of a request as it compares: header names without case."""
    return part.lower() if part.lower().startswith("header.") else part


def _parts(request: RequestDescriptor) -> set[str]:
    """The parts of a request that conditions may name."""
    found = {f"query.{each.name}" for each in request.query_parameters}
    found |= {f"header.{each.name}" for each in request.headers}
    found |= {f"cookie.{each.name}" for each in request.cookie_parameters}
    return found | ({"body"} if request.body is not None else set())
