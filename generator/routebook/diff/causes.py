"""Causes: what a finding is made of, before it is known which operations it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from routebook.diff.model import Side, Witness
from routebook.diff.pairs import Endpoint, Kind, Pair
from routebook.findings import Location
from routebook.places import Places

WITNESSED = 200
"""So many findings get a witness at most: each may take a while to find."""

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
    part: int = 0
    """The `id` of what it is about, when several operations have it; 0 for all else."""
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
        single = self.part or (0 if self.component else self.reach)
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


def escaped(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def part_of(value: Any) -> Any:
    """The descriptor that a side of a pair is about; None where it has none."""
    if isinstance(value, Endpoint):
        return value.method
    return None if isinstance(value, str) else value


def placed(places: Places | None, pair: Pair, *, new: bool) -> Any:
    """What a side of a pair is about, or the nearest thing around it that its file has.

    Where a part is gone, that is what it was taken out of. None on the side that lacks a new part,
    and for what nothing but the API is around.
    """
    part = part_of(pair.new if new else pair.old)
    if pair.kind is Kind.SCHEMA:
        name = pair.new if new else pair.old
        return None if name is None else f"/components/schemas/{escaped(name)}"
    if places is None or (part is None and not new):
        return part
    if pair.kind is Kind.PATH_VARIABLE and pair.parent is not None:
        variant = pair.parent.new if new else pair.parent.old
        part = next((one for one in variant.path_parameters if one.name == part.name), part)
        if places.pointer(part) or places.locate(part):
            return part
    node: Pair | None = pair
    while node is not None and node.kind is not Kind.API:
        found = part_of(node.new if new else node.old)
        if found is not None and (places.pointer(found) or places.locate(found)):
            return found
        node = node.parent
    return part


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
        pointer += "".join(f"/{escaped(key)}" for key in below)
    return Side(pointer=pointer, location=location, value=value)
