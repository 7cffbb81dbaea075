"""Which pairs hold schemas, and what a schema there is called in rule ids."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from routebook.diff.data import Schemas
from routebook.diff.marks import MARK
from routebook.diff.media import essence
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import same
from routebook.paths import Variable
from routebook.schemas import anchored


class Held(NamedTuple):
    """The two schemas of a pair."""

    old: Any
    new: Any
    position: str
    """The beginning of rule ids: `request-parameter`, `request`, `response`..."""
    below: tuple[str, ...]
    """The keys from the part down to the schema."""
    textual: str = ""
    """`text` where values are written as plain text, so that a number is a text as well; `xml`
    where they are so in XML; `octets` where the schemas say no more than that there are some."""


POSITIONS = {
    Kind.PATH_VARIABLE: "request-parameter",
    Kind.PARAMETER: "request-parameter",
    Kind.REQUEST_CONTENT: "request",
    Kind.RESPONSE_CONTENT: "response",
    Kind.RESPONSE_HEADER: "response-header",
    Kind.ERROR_CODE: "error-detail",
}
"""The pairs that hold schemas, and how the ids of edits in them begin."""


def held(pair: Pair, old: Schemas, new: Schemas) -> Iterator[Held]:
    """The schemas of a pair that is on both sides."""
    position = POSITIONS[pair.kind]
    if pair.kind in (Kind.PARAMETER, Kind.RESPONSE_HEADER):
        yield from _parameter(pair, position, old, new)
    elif pair.kind is Kind.PATH_VARIABLE:
        crossing = pair.old.multi_segment or pair.new.multi_segment
        sides = [_variable(one, crossing=crossing) for one in (pair.old, pair.new)]
        yield Held(sides[0], sides[1], position, ())
    elif pair.kind is Kind.ERROR_CODE:
        if pair.old.detail is not None or pair.new.detail is not None:
            yield Held(old.of(pair.old.detail), new.of(pair.new.detail), position, ("detail",))
    else:
        for field, key in (("schema", "schema"), ("item_schema", "itemSchema")):
            if _both(pair, field):
                before, after = getattr(pair.old, field), getattr(pair.new, field)
                kinds = [_written(side.content_type) for side in (pair.old, pair.new)]
                textual = kinds[0] if kinds[0] == kinds[1] else "text" if all(kinds) else ""
                textual = "octets" if "covered" in pair.guards else textual
                yield Held(old.of(before), new.of(after), position, (key,), textual)


def plain(pair: Pair) -> bool:
    """Whether it is plain that the schemas of a parameter are alike, and refer to nothing."""
    if pair.kind is not Kind.PARAMETER or pair.old.content or pair.new.content:
        return False
    one, other = pair.old.schema, pair.new.schema
    return (
        (one is None or _flat(one))
        and same(one, other)
        and _TYPED(pair.old) == _TYPED(pair.new)
        and same(pair.old.default, pair.new.default)
    )


_TYPED = attrgetter("type", "regexp")


def _flat(schema: Any) -> bool:
    """Whether a schema holds no others, and refers to none."""
    if type(schema) is not dict or "$ref" in schema or MARK in schema:
        return False
    lists = [value for value in schema.values() if type(value) not in _SCALARS]
    return all(type(one) is list and _SCALARS.issuperset(map(type, one)) for one in lists)


_SCALARS = frozenset({str, int, float, bool, type(None)})


def _written(content_type: str) -> str:
    """How a body of a media type writes texts: as numbers are written in forms, XML, plain text."""
    name = essence(content_type)
    if name in ("application/xml", "text/xml") or name.endswith("+xml"):
        return "xml"
    plain = name == "application/x-www-form-urlencoded" or name.startswith(("text/", "multipart/"))
    return "text" if plain else ""


def _variable(variable: Variable, *, crossing: bool) -> dict[str, Any]:
    """What a variable of a path matches, as a schema; `crossing` when one may hold slashes."""
    if variable.pattern or crossing:
        return {"type": "string", "pattern": anchored(variable.effective_pattern)}
    return {"type": "string"}


def _both(pair: Pair, field: str) -> bool:
    return getattr(pair.old, field) is not None and getattr(pair.new, field) is not None


def _parameter(pair: Pair, position: str, old: Schemas, new: Schemas) -> Iterator[Held]:
    """The schemas of a parameter or header, unless one is a document and the other is not."""
    before, after = pair.old.content[:1], pair.new.content[:1]
    if pair.kind is Kind.PARAMETER and pair.location == "header":
        position = "request-header"
    if not before and not after:
        yield Held(old.of_parameter(pair.old), new.of_parameter(pair.new), position, ("schema",))
    elif before and after and essence(before[0].content_type) == essence(after[0].content_type):
        below = ("content", after[0].content_type, "schema")
        yield Held(old.of(before[0].schema), new.of(after[0].schema), position, below)
