"""Documents from the network: only from where it was allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any
from urllib.parse import urlsplit

from routebook.findings import RoutebookError

LARGEST = 50 * 2**20
"""How many bytes a fetched document may have."""
SECONDS = 30
"""How long a server may take for each answer."""


def is_url(text: str) -> bool:
    """Whether a text names something on the web."""
    return text.lower().startswith(("http://", "https://"))


def is_allowed(url: str, allowed: Iterable[str]) -> bool:
    """Whether a URL is one of the allowed ones, or below one: same origin, path inside."""
    return any(_covers(one, url) for one in allowed if is_url(one))


def _covers(one: str, url: str) -> bool:
    outer, inner = urlsplit(one), urlsplit(url)
    if (outer.scheme.lower(), outer.netloc.lower()) != (inner.scheme.lower(), inner.netloc.lower()):
        return False
    if ".." in inner.path.split("/") or "%2e" in inner.path.lower():
        return False
    folder = outer.path if outer.path.endswith("/") else f"{outer.path}/"
    return inner.path == outer.path or inner.path.startswith(folder)


def fetch(url: str, allowed: Iterable[str]) -> bytes:
    """What stands at a URL. Raises `RoutebookError` when it cannot be had, or is too large.

    Redirections are followed only to where `allowed` reaches.
    """
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, build_opener

    among = tuple(allowed)

    class Redirects(HTTPRedirectHandler):
        def redirect_request(
            self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
        ) -> Any:
            if not is_allowed(newurl, among):
                fp.close()
                raise RoutebookError(
                    f"{url} redirects to {newurl}, which is not allowed",
                    hint=f"allow it with --allow-refs {newurl}",
                )
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    try:
        with build_opener(Redirects).open(url, timeout=SECONDS) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except HTTPError as problem:
        problem.close()
        raise RoutebookError(f"{url} cannot be fetched: {problem}") from None
    except (OSError, HTTPException, ValueError) as problem:
        raise RoutebookError(f"{url} cannot be fetched: {problem}") from None
    if len(content) > LARGEST:
        raise RoutebookError(f"{url} is larger than {LARGEST // 2**20} MB")
    return content
