"""Which pairs hold schemas, and what a schema there is called in rule ids."""

from __future__ import annotations

from typing import Any, NamedTuple

from routebook.diff.data import Schemas
from routebook.diff.media import essence
from routebook.diff.pairs import Kind, Pair


class Held(NamedTuple):
    """The two schemas of a pair."""

    old: Any
    new: Any
    position: str
    """The beginning of rule ids: `request-parameter`, `request`, `response`..."""
    below: tuple[str, ...]
    """The keys from the part down to the schema."""


POSITIONS = {
    Kind.PARAMETER: "request-parameter",
    Kind.REQUEST_CONTENT: "request",
    Kind.RESPONSE_CONTENT: "response",
    Kind.RESPONSE_HEADER: "response-header",
    Kind.ERROR_CODE: "error-detail",
}
"""The pairs that hold schemas, and how the ids of edits in them begin."""


def held(pair: Pair, old: Schemas, new: Schemas) -> Held | None:
    """The schemas of a pair that is on both sides; None when there is nothing to compare."""
    position = POSITIONS[pair.kind]
    if pair.kind in (Kind.PARAMETER, Kind.RESPONSE_HEADER):
        return _parameter(pair, position, old, new)
    if pair.kind is Kind.ERROR_CODE:
        if pair.old.detail is None and pair.new.detail is None:
            return None
        return Held(old.of(pair.old.detail), new.of(pair.new.detail), position, ("detail",))
    field = "item_schema" if _both(pair, "item_schema") else "schema"
    if not _both(pair, field):
        return None
    below = "itemSchema" if field == "item_schema" else "schema"
    sides = old.of(getattr(pair.old, field)), new.of(getattr(pair.new, field))
    return Held(*sides, position, (below,))


def _both(pair: Pair, field: str) -> bool:
    return getattr(pair.old, field) is not None and getattr(pair.new, field) is not None


def _parameter(pair: Pair, position: str, old: Schemas, new: Schemas) -> Held | None:
    """The schemas of a parameter or header, unless one is a document and the other is not."""
    before, after = pair.old.content[:1], pair.new.content[:1]
    if bool(before) != bool(after):
        return None
    if pair.kind is Kind.PARAMETER and pair.location == "header":
        position = "request-header"
    if not before:
        sides = old.of_parameter(pair.old), new.of_parameter(pair.new)
        return Held(*sides, position, ("schema",))
    if essence(before[0].content_type) != essence(after[0].content_type):
        return None
    below = ("content", after[0].content_type, "schema")
    return Held(old.of(before[0].schema), new.of(after[0].schema), position, below)
