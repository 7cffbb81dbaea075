"""The router: which route of an API a request belongs to, and what to answer when none.

    router = Router(API, prefix="/registry")
    resolution = router.resolve("GET", "/registry/v2/library/alpine/tags/list?n=10")

It answers as the reference implementation of the Docker Registry HTTP API V2 does:
the path is decoded, then cleaned (a path that was not clean is redirected), then matched as
a whole, then matched with its last slash added or taken away (and redirected).
Only then comes the method.
"""

from __future__ import annotations

import contextlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from routebook import uri
from routebook.findings import RoutebookError
from routebook.matching.table import Table
from routebook.nearest import hint

if TYPE_CHECKING:
    from routebook.descriptors import APIDescriptor, RouteDescriptor
    from routebook.matching.table import Found


_PLAIN_TARGET = re.compile(r"(?:/[!-$&-\-0->@-~][!-$&-.0->@-~]*+)++/?(?:\?[!-~]*+)?").fullmatch
"""Whether decoding and cleaning would certainly leave the path of a target as it is."""


class Outcome(StrEnum):
    """What a request comes to."""

    ROUTE = "route"
    """It belongs to a route, which has the method."""
    REDIRECT = "redirect"
    """It should be sent to `location` instead."""
    NOT_FOUND = "not_found"
    """No route has the path."""
    BAD_REQUEST = "bad_request"
    """The request target cannot be read."""
    METHOD_NOT_ALLOWED = "method_not_allowed"
    """It belongs to a route, which has other methods."""
    OTHER = "other"
    """`OPTIONS *`: it asks about the server, not about any path (RFC 9110, section 9.3.7)."""


_ROUTE = Outcome.ROUTE  # finding the member in its class takes as long as a small match


class RouteMatch(NamedTuple):
    """A route, and the values of its variables. Equal to the tuple `(route, values)`."""

    route: RouteDescriptor
    """The route that the path belongs to."""
    values: dict[str, str]
    """Variable name to value, decoded, in the order of the path."""


_new = tuple.__new__  # takes half the time of a named tuple's own constructor


class Resolution(NamedTuple):
    """What a request comes to, and all that an answer needs."""

    outcome: Outcome
    """Which of the following fields say something."""
    route: RouteDescriptor | None
    """For `route` and `method_not_allowed`: the route. For others: None."""
    values: dict[str, str]
    """The values of the route's variables, decoded, in the order of the path."""
    path: str
    """The path, decoded; bytes that are not UTF-8 stand as lone surrogates. Empty for
    `bad_request`."""
    location: str
    """For `redirect`: the value of the `Location` header. It holds no control characters; what
    is not ASCII in it stands for its UTF-8 bytes (`encode("utf-8", "surrogateescape")`)."""
    status: int
    """The status to answer with: 200 for `route` and `other`, 301, 400, 404 or 405."""
    allow: tuple[str, ...]
    """The methods that the description gives the route, sorted."""


class Router:
    """Finds the route of a request.

    Of several routes that match a path, segment by segment a literal goes before a variable,
    and that before a variable whose pattern may span segments; then the order of declaration
    decides. `prefix` is a literal path under which the whole API stands; slashes at its end
    do not count.

    The time for a path grows with its length, not with the number of routes, as long as the
    patterns of the description take linear time themselves.
    """

    def __init__(self, api: APIDescriptor, prefix: str = "") -> None:
        """Raises `RoutebookError` for a wrong path template or prefix."""
        self._prefix = _checked_prefix(prefix)
        self._routes = api.routes
        self._table = Table(api.routes)
        self._find = self._find_below if self._prefix else self._table.find

    @property
    def routes(self) -> tuple[RouteDescriptor, ...]:
        """The routes, in the order of their declaration."""
        return self._routes

    @property
    def prefix(self) -> str:
        """The path before every route, without a slash at its end."""
        return self._prefix

    def route(self, name: str) -> RouteDescriptor:
        """The route of a name. Raises `RoutebookError` that suggests the nearest name."""
        entry = self._table.entries.get(name)
        if entry is None:
            raise RoutebookError(
                f"there is no route {name!r}", hint=hint(name, self._table.entries)
            )
        return entry.route

    def match(self, path: str) -> RouteMatch | None:
        """The route that a path belongs to, as it stands; None for none.

        The path is decoded, has the prefix, and has no query. It is not cleaned, and its last
        slash matters: `resolve` deals with those.
        """
        found = self._find(path)
        if found is None:
            return None
        return _new(RouteMatch, (found[0].route, found[1]))

    def resolve(self, method: str, target: str | bytes) -> Resolution:
        """Decide on a request by its method and its target, as it stands on the request line.

        The target is a path with or without a query, or an absolute URI. Never raises for a
        bad target: that is an outcome.
        """
        if isinstance(target, bytes):
            target = target.decode("utf-8", "surrogateescape")
        if _PLAIN_TARGET(target):
            path = target.partition("?")[0] if "?" in target else target
            found = self._find(path)
            if found is not None:
                entry, values = found
                if method in entry.allow:
                    fields = (_ROUTE, entry.route, values, path, "", 200, entry.allow)
                    return _new(Resolution, fields)
                return _routed(method, path, found)
        return self._resolve_any(method, target)

    def _find_below(self, path: str) -> Found | None:
        """The route of a path below the prefix."""
        prefix = self._prefix
        return self._table.find(path[len(prefix) :]) if path.startswith(prefix) else None

    def _resolve_any(self, method: str, target: str) -> Resolution:
        if target == "*" and method == "OPTIONS":
            return Resolution(Outcome.OTHER, None, {}, target, "", 200, ())
        try:
            parsed = _parse_target(method, target)
        except uri.URIError:
            return Resolution(Outcome.BAD_REQUEST, None, {}, "", "", 400, ())
        path = parsed.path
        clean = uri.clean_path(path)
        if clean != path:
            return _redirect(path, str(parsed._replace(path=clean)))
        found = self._find(path)
        if found is not None:
            return _routed(method, path, found)
        other = path[:-1] if path[-1] == "/" else path + "/"
        if self._find(other) is not None:
            return _redirect(path, _slash_location(parsed, other))
        return Resolution(Outcome.NOT_FOUND, None, {}, path, "", 404, ())


def _checked_prefix(prefix: str) -> str:
    stripped = prefix.rstrip("/")
    if stripped and uri.clean_path(stripped) != stripped:
        raise RoutebookError(
            f"no request can have the prefix {prefix!r}",
            hint="write it decoded, with a slash first, without empty, '.' or '..' segments",
        )
    return stripped


def _parse_target(method: str, target: str) -> uri.URI:
    if " " in target:
        raise uri.URIError("a space in the request target", hint="percent-encode it")
    if method == "CONNECT" and target[:1] != "/":
        return uri.parse(f"http://{target}", request=True)._replace(scheme="")
    return uri.parse(target, request=True)


def _routed(method: str, path: str, found: Found) -> Resolution:
    entry, values = found
    allow = entry.allow
    if method in allow:
        return Resolution(Outcome.ROUTE, entry.route, values, path, "", 200, allow)
    return Resolution(Outcome.METHOD_NOT_ALLOWED, entry.route, values, path, "", 405, allow)


def _redirect(path: str, location: str) -> Resolution:
    return Resolution(Outcome.REDIRECT, None, {}, path, location, 301, ())


def _slash_location(parsed: uri.URI, path: str) -> str:
    """The URI with another path, in ASCII.

    Unlike a request target, a Location may have a fragment: what follows a `#` in the query
    is encoded as one.
    """
    text = str(parsed)
    with contextlib.suppress(uri.URIError):  # otherwise the `#` stays in the query
        parsed = uri.parse(text)
    location = str(parsed._replace(path=path))
    if location.isascii():
        return location
    data = location.encode("utf-8", "surrogateescape")
    return "".join([chr(byte) if byte < 128 else f"%{byte:02x}" for byte in data])
