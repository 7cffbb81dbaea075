"""Servers as the URLs that they stand for: which of them covers which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, product
from urllib.parse import urlsplit

from routebook.metadata import ServerDescriptor

_MOST = 64
"""The URLs of a server that are looked at; one with more covers nothing else."""
_LONGEST = 2000
_PORTS = {"http": ":80", "https": ":443", "ws": ":80", "wss": ":443"}
_FREE = "{}"
"""A variable that may have any value."""


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
