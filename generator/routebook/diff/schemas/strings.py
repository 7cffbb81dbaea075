"""Evaluators of the keywords of strings, of counts, and of `format`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Child, Outcome, Pair, undecided
from routebook.diff.schemas.parts import NUMBERS, Conjunction, Found
from routebook.diff.schemas.regular import language
from routebook.diff.schemas.scalars import LIMITS, exact, limit, patterns

_HINTS = frozenset({"password"})
"""Formats that say how to show a value, not which there are."""
_NUMERIC = {"int32": 1, "int64": 2, "float": 1, "double": 2}
_TEXTUAL = frozenset({"date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6"})
_TEXTUAL |= {"uri", "uri-reference", "uri-template", "iri", "iri-reference", "uuid", "regex"}
_TEXTUAL |= {"idn-email", "idn-hostname", "json-pointer", "relative-json-pointer"}
"""Formats of texts (JSON Schema, Validation, section 7.3)."""
_WIDER = frozenset(
    {("int32", "int64"), ("float", "double"), ("uri", "uri-reference"), ("uri", "iri")}
    | {("uri", "iri-reference"), ("uri-reference", "iri-reference"), ("iri", "iri-reference")}
    | {("email", "idn-email"), ("hostname", "idn-hostname")}
)
"""Pairs of formats, the second of which takes all values of the first."""
CONTENT = ("contentEncoding", "contentMediaType")


def limits(pair: Pair) -> Iterator[Outcome]:
    """`minLength`, `maxLength`, `minItems`, `maxItems`, `minProperties`, `maxProperties`."""
    for keyword, (kind, upper) in LIMITS.items():
        if pair.both(kind):
            old, new = limit(pair.old, keyword), limit(pair.new, keyword)
            follows = _follows(pair.old, keyword, old) and _follows(pair.new, keyword, new)
            if follows or _empty(pair, keyword):
                continue
            edits = moved(pair, keyword, upper, old, new)
            told = _by_pattern(pair, keyword, old, new)
            yield from map(_harmless, edits) if told else edits


def _harmless(outcome: Outcome) -> Outcome:
    """An edit that refuses nothing that something else does not refuse."""
    if isinstance(outcome, Child):
        return outcome
    edit = replace(outcome.edit, effect=Effect.EQUAL, annotation=True, shows=False)
    return outcome._replace(edit=edit)


def _by_pattern(pair: Pair, keyword: str, old: Found | None, new: Found | None) -> bool:
    """Whether the patterns that both sides have leave nothing for a length to refuse."""
    before, now = patterns(pair.old), patterns(pair.new)
    if keyword not in _LENGTHS or not before or before.keys() != now.keys() or old == new:
        return False
    if keyword == "maxLength" and not any("$" in pattern for pattern in before):
        return False  # the texts that match may have any end
    sides = ((*before, *_length(keyword, old)), (*now, *_length(keyword, new)))
    return language(*sides) is Effect.EQUAL


_LENGTHS = {"minLength": "{%d,}", "maxLength": "{0,%d}"}
_LONG = 300
"""Longer lengths are not compared with patterns."""


def _length(keyword: str, found: Found | None) -> tuple[str, ...]:
    """A length as a pattern."""
    count = exact(found.value) if found else None
    if count is None or count > _LONG:
        return ()
    return (f"^[\\s\\S]{_LENGTHS[keyword] % int(count)}$",)


def _follows(node: Node, keyword: str, found: Found | None) -> bool:
    """Whether a limit refuses nothing that other keywords leave: three names are three members."""
    if found is None:
        return True
    if keyword == "minProperties":
        return bool(found.value <= len(node.required()))
    if keyword == "maxProperties":
        closed = not node.patterns() and _refuses(node.additional())
        return closed and bool(found.value >= len(node.property_names()))
    most = node.prefix_length()
    return keyword == "maxItems" and bool(found.value >= most) and _refuses(node.of_item(most))


def _empty(pair: Pair, keyword: str) -> bool:
    """Whether both sides take empty arrays only, however they say so."""
    if keyword != "maxItems":
        return False
    limits = limit(pair.old, keyword), limit(pair.new, keyword)
    return all(
        (found is not None and found.value == 0) or _refuses(node.of_item(0))
        for node, found in zip((pair.old, pair.new), limits, strict=True)
    )


def _refuses(conjunction: Conjunction) -> bool:
    return any(part.schema is False for part in conjunction)


def moved(
    pair: Pair, keyword: str, upper: bool, old: Found | None, new: Found | None
) -> Iterator[Outcome]:
    """A limit of a count that appears, goes or moves."""
    if old is None or new is None:
        if old is not new:
            effect = Effect.NARROWS if new else Effect.WIDENS
            yield pair.edit(keyword, "added" if new else "removed", effect, old, new)
    elif old.value != new.value:
        more = new.value > old.value
        effect = Effect.WIDENS if more == upper else Effect.NARROWS
        yield pair.edit(keyword, "increased" if more else "decreased", effect, old, new)


def pattern(pair: Pair) -> Iterator[Outcome]:
    """`pattern`: the languages are compared, as far as they are regular."""
    if not pair.both("string"):
        return
    old, new = patterns(pair.old), patterns(pair.new)
    if old.keys() == new.keys():
        return
    effect = language(tuple(old), tuple(new))
    if effect is Effect.EQUAL:
        return
    before, now = _first_beside(pair.old, new), _first_beside(pair.new, old)
    action = "changed" if before and now else "added" if now else "removed"
    reason = "the patterns cannot be compared" if effect is Effect.UNKNOWN else ""
    yield pair.edit("pattern", action, effect, before, now, reason=reason)


def _first_beside(node: Node, others: Collection[str]) -> Found | None:
    """The first pattern that the other side does not have, as it is written; '' is none."""
    written = (one for one in node.find("pattern", "string") if one.value)
    every = (one for one in written if one.value not in others)
    return next(every, None)


def format_(pair: Pair) -> Iterator[Outcome]:
    """`format`: what validators check only when asked, and people rely on."""
    old, new = _format(pair.old, pair), _format(pair.new, pair)
    before, now = old.value if old else None, new.value if new else None
    if before == now:
        return
    action = "changed" if old and new else "added" if new else "removed"
    effect = _formats(before, now)
    if {before, now} <= _TEXTUAL | {None} and not pair.both("string"):
        effect = Effect.EQUAL
    hint = effect is Effect.EQUAL
    yield pair.edit("format", action, effect, old, new, shows=False, annotation=hint)


def _format(node: Any, pair: Pair) -> Found | None:
    for found in node.anywhere("format"):
        if pair.both(*NUMBERS) if found.value in _NUMERIC else pair.kinds:
            return Found(found.value, found.part)
    return None


def _formats(old: Any, new: Any) -> Effect:
    old = None if old in _HINTS else old
    new = None if new in _HINTS else new
    if old == new or (None in (old, new) and {old, new} <= {None, "float", "double"}):
        return Effect.EQUAL
    if old is None or new is None:
        return Effect.NARROWS if new else Effect.WIDENS
    if (old, new) in _WIDER:
        return Effect.WIDENS
    return Effect.NARROWS if (new, old) in _WIDER else Effect.INCOMPARABLE


def content(pair: Pair) -> Iterator[Outcome]:
    """`contentEncoding` and `contentMediaType`: what the text of a string stands for.

    No text is refused for it, but who reads it in the old way reads something else.
    """
    if not pair.both("string"):
        return
    yield from _content_schema(pair)
    for keyword in CONTENT:
        old = next(pair.old.find(keyword, "string"), None)
        new = next(pair.new.find(keyword, "string"), None)
        if (old.value if old else None) == (new.value if new else None):
            continue
        action = "changed" if old and new else "added" if new else "removed"
        yield pair.edit(keyword, action, Effect.INCOMPARABLE, old, new, shows=False)


def _content_schema(pair: Pair) -> Iterator[Outcome]:
    """`contentSchema`, which counts beside `contentMediaType` (Validation, section 8.5)."""
    old, new = _contents(pair.old), _contents(pair.new)
    effect = pair.relate(_inside(old), _inside(new))
    if effect is Effect.EQUAL:
        return
    action = "changed" if old and new else "added" if new else "removed"
    reason = undecided(effect)
    before, now = next(iter(old), None), next(iter(new), None)
    yield pair.edit("contentSchema", action, effect, before, now, shows=False, reason=reason)


def _contents(node: Node) -> list[Found]:
    every = node.find("contentSchema", "string")
    return [found for found in every if "contentMediaType" in found.part.schema]


def _inside(contents: list[Found]) -> Conjunction:
    return tuple(part.below(value, "contentSchema") for value, part in contents)


def extensible_enum(pair: Pair) -> Iterator[Outcome]:
    """`x-extensible-enum`: the values that are known now, of a list that may grow."""
    keyword = "x-extensible-enum"
    old, new = next(pair.old.anywhere(keyword), None), next(pair.new.anywhere(keyword), None)
    if not (old and new):
        return
    before, now = _texts(old), _texts(new)
    for value in before:
        if value not in now:
            gone = Found(value, old.part)
            yield pair.edit(
                keyword, "removed", Effect.NARROWS, gone, None, subject=value, shows=False
            )
    for value in now:
        if value not in before:
            come = Found(value, new.part)
            yield pair.edit(
                keyword, "added", Effect.EQUAL, None, come, subject=value, annotation=True
            )


def _texts(found: Found) -> list[str]:
    listed = found.value if isinstance(found.value, (list, tuple)) else ()
    return [json.dumps(one, ensure_ascii=False, default=str) for one in listed]
