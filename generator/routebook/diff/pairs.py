"""Pairs: a part of the old description, and what became of it in the new one."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from routebook.diff.schemas import Direction
from routebook.values import Value, frozen

if TYPE_CHECKING:
    from routebook.descriptors import APIDescriptor, MethodDescriptor, RouteDescriptor


class Kind(enum.Enum):
    """What sort of part a pair is about, and so which rules judge it."""

    API = "the whole API"
    OPERATION = "an operation"
    VARIANT = "a variant of a request"
    PATH_VARIABLE = "a variable of a path"
    PARAMETER = "a request parameter"
    REQUEST_BODY = "a request body"
    REQUEST_CONTENT = "a media type of a request body"
    RESPONSE = "a response"
    RESPONSE_HEADER = "a response header"
    RESPONSE_CONTENT = "a media type of a response"
    RESPONSE_CODE = "an error code that a response may carry"
    LINK = "a link of a response"
    ENCODING = "how a property of a body is sent"
    CALLBACK = "a callback"
    WEBHOOK = "a webhook"
    SERVER = "a server"
    SECURITY_SCHEME = "a security scheme"
    TAG = "a tag"
    ERROR_CODE = "an error code"
    SCHEMA = "a named schema"
    VERSION = "the version, when something breaks"

    __hash__ = object.__hash__  # quicker than that of an enum, which hashes the name each time


@frozen
class Policy(Value):
    """What a team asks of changes, beyond that they break nobody."""

    today: date
    """The day that sunset dates are compared with."""
    stable_days: int = 0
    """How many days before its sunset a stable operation must be deprecated; 0 asks for none."""
    beta_days: int = 0
    """The same for operations with `x-stability-level: beta`."""
    stability: str = "beta"
    """The least stable level whose changes are told: `draft`, `alpha`, `beta` or `stable`."""
    witnesses: bool = True
    """Whether instances are looked for that show breaking changes of schemas."""


@dataclass(kw_only=True, slots=True, eq=False)
class Pair:
    """A part and what became of it. `old` or `new` is None when it is only on one side."""

    kind: Kind
    old: Any
    new: Any
    place: str = ""
    """Where it stands in its operation, `query[limit]`."""
    name: str = ""
    """What a message calls it: ``the query parameter `limit` ``."""
    flow: Direction = Direction.REQUEST
    """Who sends it: inverted in callbacks and webhooks."""
    location: str = ""
    """`query`, `header`, `path`, `cookie`; the status of a response."""
    outside: bool = False
    """Whether a parameter that is new or gone is the very same in other operations of its path."""
    guards: frozenset[str] = frozenset()
    """What softens or explains a verdict on it."""
    parent: Pair | None = None
    """The pair it belongs to; the first one, when several share it."""
    parts: list[Pair] = field(default_factory=list)
    """The pairs inside it."""
    reach: int = 0
    """The operations that hold it: a set of bits, by the number of the operation."""
    context: Any = None
    """What else a rule of this kind needs to know: see `pairing`."""

    def inside(self, kind: Kind) -> Pair:
        """The nearest pair of a kind that this one belongs to."""
        node: Pair | None = self
        while node is not None and node.kind is not kind:
            node = node.parent
        if node is None:
            raise LookupError(kind)
        return node


@frozen
class Endpoint(Value):
    """An operation with the route that it stands in."""

    route: RouteDescriptor
    method: MethodDescriptor
    path: str
    """The path with bare variables; the name of a webhook."""
    kind: str = "operation"
    """`operation`, `webhook` or `callback`."""


@frozen
class Whole(Value):
    """What rules about operations know of the two descriptions."""

    old: APIDescriptor
    new: APIDescriptor
    policy: Policy
    alike: bool
    """Whether what all operations share is the same in both: their servers and security."""
    new_paths: frozenset[str]
    """The shapes of the paths of the new description: see `endpoints.shapes`."""
