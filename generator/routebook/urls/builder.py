"""The URL builder: a route's name and values in, a URL out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routebook import uri
from routebook.findings import RoutebookError
from routebook.matching.patterns import compiled
from routebook.matching.table import Entry, Table
from routebook.nearest import hint
from routebook.paths import Variable, parse
from routebook.urls.forwarded import SPACE, ForwardedError, parse_forwarded

if TYPE_CHECKING:
    from typing import Self, TypeAlias

    from routebook.descriptors import APIDescriptor

Scalar: TypeAlias = "str | int"
"""A value: a text, or a whole number, which is written in decimal."""

Values: TypeAlias = "Mapping[str, Scalar]"
"""Variable name to value, not encoded."""

Query: TypeAlias = "Mapping[str, Scalar | Iterable[Scalar]] | Sequence[tuple[str, Scalar]]"
"""Query parameters, not encoded: name to value or values, or pairs of a name and a value."""

Headers: TypeAlias = (
    "Mapping[str, str | Iterable[str]] | Iterable[tuple[str, str] | tuple[bytes, bytes]]"
)
"""Request headers: name to value or values, or pairs of a name and a value."""


class BuildError(RoutebookError):
    """A URL that cannot be built: an unknown route, or values that its path cannot have."""


class URLBuilder:
    """Builds URLs under a root. What it builds, the router of the same API gives back.

    `root` is the URL under which the API stands. As in any URL resolution, what follows its
    last slash gives way: write `https://example.com/prefix/`, not `.../prefix`. With
    `relative`, URLs begin with the route's own path, and the root does not matter.
    """

    def __init__(self, api: APIDescriptor, root: str | uri.URI, relative: bool = False) -> None:
        """Raises `RoutebookError` for a root that is no URL, and for a wrong path template."""
        self._root = uri.parse(root) if isinstance(root, str) else root
        self._relative = relative
        self._table = Table(api.routes)

    @classmethod
    def from_string(cls, api: APIDescriptor, root: str, relative: bool = False) -> Self:
        """The builder for a root that is a text. Raises `RoutebookError` when it is no URL."""
        return cls(api, root, relative)

    @classmethod
    def from_request(
        cls,
        api: APIDescriptor,
        *,
        scheme: str = "http",
        host: str = "",
        path: str = "/",
        headers: Headers = (),
        relative: bool = False,
    ) -> Self:
        """The builder for answers to a request, as its client saw the server.

        `scheme`, `host` (with port) and `path` (decoded) are the request's as it arrived;
        without `host`, the `Host` header says it. The first element of a `Forwarded`
        header replaces scheme and host; without such a header, `X-Forwarded-Proto` and the
        first of `X-Forwarded-Host` do. A `Forwarded` header that says too little, or cannot
        be read, still keeps the others from being looked at. What precedes the API's own
        paths in `path` is kept as a prefix.

        Forwarding headers are anyone's to send: a server that is not behind a proxy that
        sets them should not pass them on. Raises `RoutebookError` for a scheme with
        control characters.
        """
        found = dict(_first_headers(headers))
        scheme, host = _forwarded(found, scheme, host or found.get("host", ""))
        if scheme and not scheme.isprintable():
            raise BuildError(f"the scheme {scheme!r} has a control character")
        base = _common_path(api)
        position = path.find(base)
        prefix = path[: position + 1] if position > 0 else ""
        return cls(api, uri.URI(scheme=scheme, host=host, path=prefix), relative)

    def build(
        self, route_name: str, values: Values | None = None, query: Query | None = None
    ) -> str:
        """The URL of a route. The query is sorted by name.

        Raises `BuildError` for an unknown route (with the nearest one), missing or unknown
        values, a value that its pattern refuses, and values whose path would be cleaned or
        would belong to another route.
        """
        path = self._path(route_name, values or {})
        encoded = "" if query is None else _encode(query)
        if self._relative:
            return str(uri.URI(path=path, query=encoded))
        return str(self._root.resolve(path[1:], encoded))

    def _path(self, route_name: str, values: Values) -> str:
        entry = self._table.entries.get(route_name)
        if entry is None:
            raise BuildError(
                f"there is no route {route_name!r}", hint=hint(route_name, self._table.entries)
            )
        template = parse(entry.route.path)
        texts = _checked(route_name, template.variables, values)
        path = "".join(
            texts[part.name] if isinstance(part, Variable) else part for part in template.parts
        )
        self._check_found(path, entry, texts)
        return path

    def _check_found(self, path: str, entry: Entry, texts: dict[str, str]) -> None:
        """Raise `BuildError` unless a router finds the same route and values in the path."""
        place = entry.route.name
        if uri.clean_path(path) != path:
            raise BuildError(
                f"the path {path!r} would be cleaned to {uri.clean_path(path)!r}",
                place=place,
                hint="use values without empty, '.' or '..' segments",
            )
        found = self._table.find(path)
        if found is None or (found[0] is entry and found[1] != texts):
            raise BuildError(
                f"the path {path!r} would not give back the values {texts!r}",
                place=place,
                hint="use values that the path's literal text can be told from",
            )
        if found[0] is not entry:
            raise BuildError(
                f"the path {path!r} belongs to the route {found[0].route.name!r}",
                place=place,
                hint=f"build {found[0].route.name!r} when that is meant",
            )


def query_pairs(query: Query) -> Iterator[tuple[str, Scalar]]:
    """The names and values of a query, in order; a name with several values comes repeatedly."""
    if not isinstance(query, Mapping):
        yield from query
        return
    for name, given in query.items():
        if isinstance(given, (str, int)):
            yield name, given
        else:
            for value in given:
                yield name, value


def _encode(query: Query) -> str:
    pairs = [
        (uri.escape(name, "query"), uri.escape(_text(value, name), "query"), name)
        for name, value in query_pairs(query)
    ]
    pairs.sort(key=lambda pair: pair[2].encode("utf-8", "surrogateescape"))
    return "&".join([f"{name}={value}" for name, value, _ in pairs])


def _text(value: object, name: str, place: str = "") -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BuildError(
        f"the value of {name!r} is {value!r}, neither a text nor a whole number",
        place=place,
        hint="turn it into a text first",
    )


def _checked(place: str, variables: Iterable[Variable], values: Values) -> dict[str, str]:
    """The values as texts, in the order of the path."""
    patterns = {variable.name: variable.effective_pattern for variable in variables}
    missing = [name for name in patterns if name not in values]
    unknown = [name for name in values if name not in patterns]
    if unknown:
        raise BuildError(
            f"the path has no variable {unknown[0]!r}",
            place=place,
            hint=hint(unknown[0], missing or patterns),
        )
    if missing:
        raise BuildError(
            f"values are missing: {', '.join(missing)}",
            place=place,
            hint="give a value for every variable of the path",
        )
    texts = {name: _text(values[name], name, place) for name in patterns}
    for name, pattern in patterns.items():
        if not compiled(pattern).fullmatch(texts[name]):
            raise BuildError(
                f"{name!r} cannot be {texts[name]!r}",
                place=place,
                hint=f"give a text that the whole pattern {pattern} matches",
            )
    return texts


def _first_headers(headers: Headers) -> Iterator[tuple[str, str]]:
    """Each header's name in lower case, and its first value that is there."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    seen = set()
    for name, value in pairs:
        key = (name.decode("latin-1") if isinstance(name, bytes) else name).lower()
        if key not in seen:
            seen.add(key)
            if isinstance(value, bytes):
                yield key, value.decode("utf-8", "surrogateescape")
            else:
                yield key, value if isinstance(value, str) else next(iter(value), "")


def _forwarded(headers: Mapping[str, str], scheme: str, host: str) -> tuple[str, str]:
    """Scheme and host as the client saw them."""
    header = headers.get("forwarded", "")
    if header:
        try:
            said = parse_forwarded(header).parameters
        except ForwardedError:
            return scheme, host
        return said.get("proto") or scheme, said.get("host") or host
    scheme = headers.get("x-forwarded-proto") or scheme
    hosts = headers.get("x-forwarded-host", "")
    return scheme, hosts.partition(",")[0].strip(SPACE) if hosts else host


def _common_path(api: APIDescriptor) -> str:
    """The literal path, up to a slash, that all routes begin with: `/v2/`, or just `/`."""
    heads = [route.path.partition("{")[0] for route in api.routes]
    low, high = min(heads, default="/"), max(heads, default="/")
    length = 0
    while length < len(low) and low[length : length + 1] == high[length : length + 1]:
        length += 1
    return low[: low.rfind("/", 0, length) + 1]
