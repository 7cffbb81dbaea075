"""From a request to its handler: what `routebook.asgi` and `routebook.wsgi` share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from routebook.descriptors import APIDescriptor, Condition, MethodDescriptor, RequestDescriptor
from routebook.envelope import Refusal
from routebook.errors import Error, Errors
from routebook.findings import DescriptionError, Finding, RoutebookError
from routebook.messages import Fields, Match, Response
from routebook.nearest import hint
from routebook.refusals import Refusals, cookies, violations
from routebook.router import Outcome, Router

H = TypeVar("H")
F = TypeVar("F", bound=Callable[..., Any])

_MARK = "__routebook_handles__"


def handles(route: str, *methods: str) -> Callable[[F], F]:
    """Mark a function or method as the handler of `methods` of a route, for `handlers_of`.

    A handler takes a request and returns a `Response`, or raises an `Error`.
    """

    def mark(function: F) -> F:
        before: tuple[tuple[str, str], ...] = getattr(function, _MARK, ())
        setattr(function, _MARK, (*before, *((str(route), method) for method in methods)))
        return function

    return mark


def handlers_of(owner: object) -> dict[tuple[str, str], Any]:
    """The marked handlers of an object, a class or a module, by route name and method.

    Raises `DescriptionError` when two handle the same.
    """
    found: dict[tuple[str, str], Any] = {}
    doubles = []
    for name in dir(owner):
        function = getattr(owner, name, None) if not name.startswith("__") else None
        for key in getattr(function, _MARK, ()):
            if key in found and found[key] != function:
                doubles.append(
                    Finding(
                        rule="handler-twice",
                        place=".".join(key),
                        message=f"two handlers: {found[key].__name__} and {name}",
                        hint="take the mark off one of them",
                    )
                )
            found[key] = function
    if doubles:
        raise DescriptionError(doubles)
    return found


class Dispatcher(Generic[H]):
    """Finds the handler of a request, or the answer where there is none to find.

    Raises `DescriptionError` for every described method that lacks its handler, and every
    handler without a described method, at once. A handler of None is a method that is described
    and deliberately not served: it is answered with 405. GET's handler serves HEAD, where HEAD is
    described and has no handler of its own.
    """

    def __init__(
        self,
        api: APIDescriptor,
        handlers: Mapping[tuple[str, str], H | None],
        *,
        prefix: str = "",
        headers: Mapping[str, str] | None = None,
        refusals: Refusals | None = None,
    ) -> None:
        self.api = api
        self.headers = tuple(Response(headers=headers or {}).headers)
        self._router = Router(api, prefix)
        self._refusals = refusals or Refusals(api)
        self._operations = {
            (route.name, operation.method): operation
            for route in api.routes
            for operation in route.methods
        }
        findings = tuple(_unfit(self._operations, handlers))
        if findings:
            raise DescriptionError(findings)
        self._handlers = {
            key: handler for key in self._operations if (handler := _handler(handlers, key))
        }
        self._allow = {
            route.name: tuple(sorted(m for r, m in self._handlers if r == route.name))
            for route in api.routes
        }

    def find(
        self, method: str, target: bytes, query: Fields, headers: Fields, *, mount: str = ""
    ) -> Response | tuple[H, Match]:
        """The handler of a request and what it matched, or the answer that needs no handler.

        `target` is the request target below `mount`, query included.
        """
        found = self._router.resolve(method, target)
        if found.outcome is Outcome.REDIRECT:
            location = found.location.encode("utf-8", "surrogateescape").decode("latin-1")
            return Response(found.status, {"Location": mount + location})
        if found.outcome is Outcome.BAD_REQUEST:
            return self.bad_request("the request target cannot be read")
        if found.outcome is Outcome.OTHER:
            return Response(found.status)
        if found.route is None:
            return self.refuse(self._refusals.not_found(found.path))
        name = found.route.name
        handler = self._handlers.get((name, method))
        if handler is None:
            return self._without_handler(name, method)
        operation = self._operations[name, method]
        variant = choose_variant(operation, query, headers)
        match = Match(found.route, operation, variant, found.values, found.path)
        wrong = tuple(violations(match, query, headers))
        return self.refuse(self._refusals.invalid(match, wrong)) if wrong else (handler, match)

    def answered(self, handler: H, answer: object) -> Response:
        """What a handler returned, which must be a response. Raises `RoutebookError`."""
        if isinstance(answer, Response):
            return answer
        name = getattr(handler, "__qualname__", repr(handler))
        raise RoutebookError(
            f"the handler {name} returned a {type(answer).__name__}",
            hint="return a Response; Response.json makes one of a value",
        )

    def _without_handler(self, route: str, method: str) -> Response:
        allow = self._allow[route]
        listed = {"Allow": ", ".join(allow)}
        if method == "OPTIONS":
            return Response(200, listed)
        refusal = self._refusals.method_not_allowed(method, allow)
        return Response.error(refusal, groups=self.api.error_groups, headers=listed)

    def bad_request(self, reason: str) -> Response:
        """The answer for a request that cannot be read."""
        return self.refuse(self._refusals.bad_request(reason))

    def refuse(self, refusal: Refusal) -> Response:
        """The answer with the envelope of `refusal`."""
        return Response.error(refusal, groups=self.api.error_groups)

    def failed(self, failure: Exception) -> Response:
        """The answer for what a handler raised: errors as they are, all else logged and 500."""
        if isinstance(failure, (Error, Errors)):
            try:
                return self.refuse(failure)
            except Exception as unsendable:  # noqa: BLE001 - whatever a detail's own code raises
                failure = unsendable
        # logging is only loaded where something is to be logged
        import logging

        logging.getLogger("routebook").error("a handler failed", exc_info=failure)
        return self.refuse(self._refusals.failed(failure))


def choose_variant(
    operation: MethodDescriptor, query: Fields, headers: Fields
) -> RequestDescriptor:
    """The variant of a method that a request is an instance of.

    It is the one whose condition holds; of several, the one that asks for most; of none, the one
    that misses least; and of equals the first.
    """
    if len(operation.requests) == 1:
        return operation.requests[0]
    scores = [_score(variant.condition, query, headers) for variant in operation.requests]
    return operation.requests[scores.index(max(scores))]


def _score(condition: Condition | None, query: Fields, headers: Fields) -> tuple[int, int]:
    if condition is None:
        return 0, 0
    held = [_present(part, query, headers) for part in condition.present]
    held += [not _present(part, query, headers) for part in condition.absent]
    return -held.count(False), len(held)


def _present(part: str, query: Fields, headers: Fields) -> bool:
    """Whether a request has a part; an empty parameter is as good as none.

    A body shows in its length or its chunked coding; one that HTTP/2 brings without its length
    does not.
    """
    place, _, name = part.partition(".")
    if place == "body":
        length = headers.get("Content-Length", "0").lstrip("0")
        return bool(length) or "Transfer-Encoding" in headers
    if place == "cookie":
        return bool(cookies(headers).get(name))
    return bool((query if place == "query" else headers).get(name))


def _handler(handlers: Mapping[tuple[str, str], H | None], key: tuple[str, str]) -> H | None:
    route, method = key
    instead = (route, "GET") if method == "HEAD" and key not in handlers else key
    return handlers.get(instead)


def _unfit(
    operations: Mapping[tuple[str, str], MethodDescriptor],
    handlers: Mapping[tuple[str, str], Any],
) -> Iterator[Finding]:
    for route, method in operations:
        served = (route, method) in handlers
        if not served and not (method == "HEAD" and (route, "GET") in handlers):
            yield Finding(
                rule="handler-missing",
                place=f"{route}.{method}",
                message="the method is described and has no handler",
                hint="write one, or give None where it is deliberately not served",
            )
    for key in handlers:
        if key not in operations:
            yield Finding(
                rule="handler-unknown",
                place=".".join(key),
                message="the handler is for a method that is not described",
                hint=hint(".".join(key), map(".".join, operations)),
            )
