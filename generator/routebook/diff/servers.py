"""Servers as the URLs that they stand for: which of them covers which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, product
from urllib.parse import urlsplit

from routebook.diff.frame import Edit
from routebook.diff.pairs import Endpoint, Kind, Pair
from routebook.diff.schemas import Effect
from routebook.metadata import ServerDescriptor

USUAL = ServerDescriptor(url="/")
"""The server of an API that lists none (OpenAPI 3.1, section 4.8.1)."""

_MOST = 64
"""The URLs of a server that are looked at; one with more covers nothing else."""
_LONGEST = 2000
_PORTS = {"http": ":80", "https": ":443", "ws": ":80", "wss": ":443"}
_FREE = "{}"
"""A variable that may have any value."""


Served = dict[str, ServerDescriptor]
"""Servers by their URLs, without a slash at the end."""


def served_by(pair: Pair) -> tuple[Served, Served]:
    """The servers of an operation on both sides, where one of them has some of its own.

    Those of the operation override those of the path item, and these all others, among which the
    usual one counts as well (OpenAPI 3.1, sections 4.8.1, 4.8.9 and 4.8.10).
    """
    if pair.old is None or pair.new is None:
        return {}, {}
    own = [_own(pair.old), _own(pair.new)]
    if not any(own):
        return {}, {}
    sides = zip(own, (pair.context.old, pair.context.new), strict=True)
    old, new = (_by_url(mine or api.servers or (USUAL,)) for mine, api in sides)
    return old, new


def _own(endpoint: Endpoint) -> tuple[ServerDescriptor, ...]:
    return endpoint.method.servers or endpoint.route.servers


def _by_url(servers: Iterable[ServerDescriptor]) -> Served:
    return {one.url.rstrip("/"): one for one in servers}


def is_overridden(api: Pair | None) -> bool:
    """Whether each operation that is on both sides has servers of its own on one of them.

    Then no operation is reached by what becomes of the servers of the API: what becomes of its
    own is told at the operation. An API without such operations tells nothing of the kind.
    """
    found = [
        _own(part.old) or _own(part.new)
        for part in (api.parts if api is not None else ())
        if part.kind is Kind.OPERATION and part.old is not None and part.new is not None
    ]
    return bool(found) and all(found)


def variables_changed(
    old: ServerDescriptor, new: ServerDescriptor, others: Iterable[ServerDescriptor], name: str
) -> Iterator[Edit]:
    """What became of the variables of a server with the same URL, whose `name` messages say.

    Values that are gone break nobody where `others`, the servers that there are now, have the
    same URLs.
    """
    before = {one.name: one for one in old.variables}
    after = {one.name: one for one in new.variables}
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield Edit(f"the variable `{key}` of {name} is {'gone' if one else 'new'}")
            continue
        if one.default != other.default:
            said = f"the default of the variable `{key}` of {name} is `{other.default}` now"
            yield Edit(said, Effect.INCOMPARABLE, old=one.default, new=other.default)
        gone = [value for value in one.enum if other.enum and value not in other.enum]
        if gone or (other.enum and not one.enum):
            said = f"the variable `{key}` of {name} has fewer values now"
            guards = frozenset({"covered"} if covered(old, others) else ())
            values = list(one.enum), list(other.enum)
            yield Edit(said, Effect.NARROWS, guards, old=values[0], new=values[1])
        elif set(one.enum) != set(other.enum):
            yield Edit(f"the variable `{key}` of {name} has more values now")


def covered(server: ServerDescriptor, others: Iterable[ServerDescriptor]) -> bool:
    """Whether each URL of a server is a URL of one of the others.

    Scheme and host are compared without case, the usual port is none (RFC 3986, section 6.2).

    >>> wide = ServerDescriptor(url="https://{r}.example", variables=())
    >>> covered(ServerDescriptor(url="HTTPS://eu.example:443/"), [wide])
    True
    """
    wide = [url.split(_FREE) for other in others for url in _urls(other)]
    urls = list(_urls(server))
    return bool(urls) and all(any(_stands_for(one, url) for one in wide) for url in urls)


def _urls(server: ServerDescriptor) -> Iterator[str]:
    """The URLs of a server, its free variables as `{}`; none when they are too many."""
    values = {one.name: one.enum for one in server.variables}
    parts = re.split(r"\{([^{}]*)\}", server.url)
    choices = [
        (values.get(part) or (_FREE,)) if index % 2 else (part,) for index, part in enumerate(parts)
    ]
    found = list(islice(product(*choices), _MOST + 1))
    return iter(()) if len(found) > _MOST else (_plain("".join(one)) for one in found)


def _plain(url: str) -> str:
    """A URL as RFC 3986 normalises it, without a slash at its end."""
    url = url.rstrip("/")
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    scheme, host = parts.scheme.lower(), parts.netloc.lower()
    host = host.removesuffix(_PORTS.get(scheme, ":"))
    start = f"{scheme}://{host}" if scheme else f"//{host}"
    return start + url[url.index(parts.netloc) + len(parts.netloc) :]


def _stands_for(parts: list[str], url: str) -> bool:
    """Whether a URL is made of some parts, with something between each two that has no slash."""
    if url == _FREE.join(parts):
        return True
    if len(url) > _LONGEST:
        return False
    ends = {0}
    for index, part in enumerate(parts):
        starts = _beyond(ends, url) if index else ends
        ends = {start + len(part) for start in starts if url.startswith(part, start)}
    return len(url) in ends


def _beyond(ends: set[int], url: str) -> set[int]:
    """Where something without a slash may end that begins at one of some places."""
    found: set[int] = set()
    for end in sorted(ends):
        if end + 1 not in found:
            stop = url.find("/", end)
            found.update(range(end + 1, (len(url) if stop < 0 else stop) + 1))
    return found
