"""Which operation a link leads to, however it is named."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from routebook.descriptors import APIDescriptor, LinkDescriptor
from routebook.diff.endpoints import shape
from routebook.diff.pairs import Kind, Pair

_PATHS = "#/paths/"
_MORE = "additionalOperations"


class Target(NamedTuple):
    """An operation, as both sides of a comparison know it."""

    method: str
    path: str
    """The shape of its path: see `endpoints.shape`."""


def leads_alike(pair: Pair) -> bool:
    """Whether a link leads to the operation that it led to, as far as that is known."""
    whole = pair.inside(Kind.API).context
    before = target(pair.old, whole.old)
    return before is not None and before == target(pair.new, whole.new)


def target(link: LinkDescriptor, api: APIDescriptor) -> Target | None:
    """The operation of an API that a link leads to; None where that is not known.

    It is named by `operationId`, or by an `operationRef` to its place in the document (OpenAPI
    3.1, section 4.8.20), a JSON pointer in a fragment (RFC 6901, section 6).

    >>> link = LinkDescriptor(name="next", operation_ref="#/paths/~1things~1%7Bid%7D/get")
    >>> target(link, APIDescriptor(title="T", version="1"))
    Target(method='GET', path='/things/{}')
    """
    if link.operation_id:
        return next(
            (
                Target(method.method.upper(), shape(route.path))
                for route in api.routes
                for method in route.methods
                if method.operation_id == link.operation_id
            ),
            None,
        )
    if not link.operation_ref.startswith(_PATHS):
        return None
    path, *rest = unquote(link.operation_ref[len(_PATHS) :]).split("/")
    if len(rest) == 2 and rest[0] == _MORE:
        del rest[0]
    if len(rest) != 1:
        return None
    return Target(rest[0].upper(), shape(path.replace("~1", "/").replace("~0", "~")))
