"""Causes: what a finding is made of, before it is known which operations it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from routebook.diff.model import Side, Witness
from routebook.diff.pairs import Kind, Pair
from routebook.findings import Location
from routebook.places import Places

NAMES = {
    Kind.PARAMETER: "parameters",
    Kind.RESPONSE: "responses",
    Kind.RESPONSE_HEADER: "headers",
    Kind.REQUEST_BODY: "requestBodies",
    Kind.LINK: "links",
    Kind.CALLBACK: "callbacks",
    Kind.REQUEST_CONTENT: "mediaTypes",
    Kind.RESPONSE_CONTENT: "mediaTypes",
}
"""Where OpenAPI keeps shared parts of a kind."""


@dataclass(kw_only=True, slots=True)
class Cause:
    """One thing that changed."""

    rank: tuple[int, int, int]
    """Where it stands among all: rules before schemas, and then in the order of the pairs."""
    rule: str
    level: str
    message: str
    reason: str
    reach: int
    whole: bool
    """Whether it is about the API as a whole, whatever operations it reaches."""
    place: str = ""
    component: str = ""
    hint: str = ""
    old: Side | None = None
    new: Side | None = None
    edit: Any = None
    """The schema edit that it is; None for what rules said."""
    sought: bool = False
    """Whether an instance was looked for that shows the edit."""
    witness: Witness | None = None
    """The instance, if there is one."""
    key: tuple[Any, ...] = field(init=False)
    """What two causes share that are the same."""

    def __post_init__(self) -> None:
        single = 0 if self.component else self.reach
        self.key = (self.rule, self.level, self.message, self.place, self.component, single)


class Gathered:
    """Causes, each once: the first one, with all operations that it reaches."""

    def __init__(self) -> None:
        self._held: dict[tuple[Any, ...], Cause] = {}

    def add(self, cause: Cause) -> None:
        """Add one, or what it reaches to one that is the same."""
        known = self._held.setdefault(cause.key, cause)
        known.reach |= cause.reach

    def __iter__(self) -> Iterator[Cause]:
        return iter(self._held.values())


def is_whole(pair: Pair | None) -> bool:
    """Whether a pair is about the API as a whole: of no operation, and no webhook."""
    node = pair
    while node is not None:
        if node.kind in (Kind.OPERATION, Kind.WEBHOOK):
            return False
        node = node.parent
    return True


def component_of(pair: Pair) -> str:
    """The shared part that a pair stands in, `parameters/Limit`; empty when it is inline."""
    node: Pair | None = pair
    while node is not None and node.kind is not Kind.OPERATION:
        name = getattr(node.new if node.new is not None else node.old, "component", "")
        if name and node.kind in NAMES:
            return f"{NAMES[node.kind]}/{name}"
        node = node.parent
    return ""


def side(
    places: Places | None, part: Any, below: tuple[str, ...] = (), value: Any = None
) -> Side | None:
    """What stands at a part, or below it; None when there is no part."""
    if part is None:
        return None
    if places is None:
        return Side(value=value)
    pointer = part if isinstance(part, str) else places.pointer(part)
    location: Location | None = places.locate(pointer or part, *below)
    if pointer and below:
        pointer += "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in below)
    return Side(pointer=pointer, location=location, value=value)
