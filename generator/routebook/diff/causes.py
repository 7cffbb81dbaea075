"""Causes: what a finding is made of, before it is known which operations it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from routebook.diff.model import Side
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

    rule: str
    level: str
    message: str
    reason: str
    pair: Pair
    reach: int
    place: str = ""
    component: str = ""
    hint: str = ""
    old: Side | None = None
    new: Side | None = None
    edit: Any = None
    """The schema edit that it is; None for what rules said."""

    @property
    def key(self) -> tuple[Any, ...]:
        """What two causes share that are the same."""
        return (self.rule, self.level, self.message, self.place, self.component)


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
    location: Location | None = places.locate(part, *below)
    if pointer and below:
        pointer += "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in below)
    return Side(pointer=pointer, location=location, value=value)
