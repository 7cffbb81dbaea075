"""Requests and responses as handlers see them, whichever server they run under."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from routebook.descriptors import MethodDescriptor, RequestDescriptor, RouteDescriptor
from routebook.envelope import Refusal, serve
from routebook.errors import ErrorGroup
from routebook.findings import RoutebookError

Body = bytes | str | Iterable[bytes] | AsyncIterable[bytes]
"""What a response carries: all of it, or its parts as they come."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


class Fields(Mapping[str, str]):
    """Named texts of which a name may come twice: a query, or headers.

    As a mapping it has the first value of each name; `all` has the others too.
    """

    __slots__ = ("_ignore_case", "_values")

    def __init__(self, pairs: Iterable[tuple[str, str]], *, ignore_case: bool = False) -> None:
        self._ignore_case = ignore_case
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(self._key(name), []).append(value)

    def _key(self, name: str) -> str:
        return name.lower() if self._ignore_case else name

    def __getitem__(self, name: str) -> str:
        return self._values[self._key(name)][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of `name`, in order; none when it is absent."""
        return tuple(self._values.get(self._key(name), ()))

    def integer(self, name: str) -> int | None:
        """The first value of `name` as a whole number; None when it is absent or empty.

        Raises `ValueError` for what is no number; a parameter that the description types as
        an integer has been checked by then.
        """
        value = self.get(name)
        return int(value) if value else None

    def __repr__(self) -> str:
        return f"Fields({self._values!r})"


def headers(pairs: Iterable[tuple[str, str]]) -> Fields:
    """Header fields; their names compare without case (RFC 9110, section 5.1)."""
    return Fields(pairs, ignore_case=True)


def query(text: str) -> Fields:
    """The parameters of a query string; `+` is a space."""
    return Fields(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


@dataclass(frozen=True, slots=True)
class Match:
    """What a request was found to be: the parts of the description, and their values."""

    route: RouteDescriptor
    """The route."""
    operation: MethodDescriptor
    """The method of the route."""
    variant: RequestDescriptor
    """The variant of the method's request."""
    values: Mapping[str, str]
    """The path's variables, decoded."""
    path: str
    """The path, decoded, as the route matched it."""


class Origin(NamedTuple):
    """Where a request was sent to."""

    scheme: str
    """`http` or `https`, as the server sees it."""
    host: str
    """The `Host` header, or the address that the server listens on."""
    mount: str
    """The path below which the application stands, percent-encoded; empty for the root."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.mount}"


class Request:
    """A request that the description allows. The adapters add its body."""

    def __init__(
        self, match: Match, origin: Origin, *, method: str, query: Fields, headers: Fields
    ) -> None:
        self.match = match
        """What the request was found to be."""
        self.origin = origin
        """Where it was sent to."""
        self.method = method
        """As on the request line; `HEAD` also where the handler of `GET` answers."""
        self.query = query
        """The query's parameters."""
        self.headers = headers
        """The header fields; their names compare without case."""

    @property
    def values(self) -> Mapping[str, str]:
        """The path's variables, decoded."""
        return self.match.values

    @property
    def route(self) -> str:
        """The name of the route."""
        return self.match.route.name

    @property
    def variant(self) -> str:
        """The name of the variant of the method's request; empty when there is just one."""
        return self.match.variant.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.method} {self.match.path}>"


class Response:
    """An answer: a status, header fields, and a body."""

    __slots__ = ("body", "headers", "status")

    def __init__(
        self,
        status: int = 200,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        body: Body = b"",
    ) -> None:
        """Raises `RoutebookError` for a header that would break out of its line."""
        self.status = status
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        self.headers: list[tuple[str, str]] = [_header(name, value) for name, value in pairs]
        """Names and values, in order. A length and a media type of errors are added for you."""
        self.body = body.encode() if isinstance(body, str) else body

    @classmethod
    def json(
        cls, value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        """An answer with `value` as JSON, on one line; `Content-Type` may be given in `headers`."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        given = headers or {}
        named = any(name.lower() == "content-type" for name in given)
        return cls(status, given if named else {"Content-Type": "application/json", **given}, text)

    @classmethod
    def error(
        cls,
        refusal: Refusal,
        *,
        groups: Iterable[ErrorGroup] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """An answer with the envelope of `refusal`, for errors that need `headers` of their own.

        Where they do not, raise the error.
        """
        served = serve(refusal, groups)
        return cls(
            served.status, {"Content-Type": served.content_type, **(headers or {})}, served.body
        )

    def header(self, name: str) -> str | None:
        """The first value of a header; None when it is absent."""
        return next((v for key, v in self.headers if key.lower() == name.lower()), None)

    def completed(self, defaults: Iterable[tuple[str, str]], *, head: bool) -> Response:
        """As it goes over the wire: with `defaults`, its length, and no body where none belongs.

        The length is added for a body of bytes; 1xx, 204 and 304 have neither body nor length
        (RFC 9110, section 8.6), and the answer to HEAD keeps the length.
        """
        complete = Response(self.status, self.headers, self.body)
        complete.headers += [(k, v) for k, v in defaults if self.header(k) is None]
        bodiless = self.status < 200 or self.status in (204, 304)
        if isinstance(self.body, bytes) and not bodiless and not self.header("Content-Length"):
            complete.headers.append(("Content-Length", str(len(self.body))))
        if bodiless or head:
            complete.body = b""
        return complete

    def __repr__(self) -> str:
        return f"Response({self.status}, {self.headers!r})"


def _header(name: str, value: str) -> tuple[str, str]:
    if not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
        raise RoutebookError(
            f"the header {name!r}: {value!r} cannot be sent",
            hint="names are tokens, values have no line breaks and no character beyond U+00FF",
        )
    return name, value
