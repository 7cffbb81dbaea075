"""How the parts of form and multipart bodies are sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from routebook.descriptors import EncodingDescriptor, MediaTypeDescriptor
from routebook.diff.frame import Edit, diff_rule
from routebook.diff.media import covers, essence
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect
from routebook.diff.strict import equal
from routebook.diff.usual_types import Usual, usual_type
from routebook.diff.written import schemas_exploding


@diff_rule(
    "body-encoding-changed",
    on=Kind.ENCODING,
    effect=Effect.INCOMPARABLE,
    effects=(Effect.NARROWS, Effect.WIDENS, Effect.EQUAL, Effect.UNKNOWN),
)
def encoding_changed(pair: Pair) -> Iterator[Edit]:
    """A part of a form or multipart body is sent in another way.

    It has another media type, style, or way of writing lists: the reader expects the old one. To
    write out the media type that it has by itself changes nothing; where versions of OpenAPI
    differ about that, it is a warning (Encoding Object, `contentType`).

    Before: requestBody: {content: {multipart/form-data: {encoding: {a: {contentType: text/csv}}}}}
    After: requestBody: {content: {multipart/form-data: {encoding: {a: {contentType: text/xml}}}}}
    """
    if not _sent_before_and_now(pair):
        return
    old, new = pair.old or _usual(pair), pair.new or _usual(pair)
    edits = (
        *_styles(pair, old, new),
        *_reserved(pair, old, new),
        *_content_type(pair, _listed(old), _listed(new)),
    )
    yield from edits if _counts(pair) else (replace(one, effect=Effect.EQUAL) for one in edits)


_FORM = "application/x-www-form-urlencoded"
_BY_POSITION = ("prefixEncoding", "itemEncoding")


def _is_multipart(content: MediaTypeDescriptor) -> bool:
    return essence(content.content_type).startswith("multipart/")


def _counts(pair: Pair) -> bool:
    """Whether encodings count: those of other bodies are ignored (OpenAPI 3.1, section 4.8.14)."""
    content = pair.parent.new if pair.parent else None
    return content is None or _is_multipart(content) or essence(content.content_type) == _FORM


def _styles(pair: Pair, old: EncodingDescriptor, new: EncodingDescriptor) -> Iterator[Edit]:
    before, after = old.style or "form", new.style or "form"
    if before != after:
        yield Edit(f"the style of {pair.name} is another now", old=before, new=after)
    first, then = _exploded(old), _exploded(new)
    if first != then:
        parts = [_part(side.schema, new.name) for side in _contents(pair)]
        matters = not parts or schemas_exploding(pair, parts, after)
        effect = None if matters else Effect.EQUAL
        yield Edit(f"the explode of {pair.name} is another now", effect, old=first, new=then)


def _contents(pair: Pair) -> tuple[Any, ...]:
    return (pair.parent.old, pair.parent.new) if pair.parent else ()


def _part(schema: object, name: str) -> object:
    """The schema of a part of a body; None where it is not plain."""
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    return properties.get(name) if isinstance(properties, Mapping) else None


def _usual(pair: Pair) -> EncodingDescriptor:
    return EncodingDescriptor(name=(pair.new or pair.old).name)


def _exploded(encoding: EncodingDescriptor) -> bool:
    if encoding.explode is None:
        return encoding.style in ("", "form")
    return encoding.explode


def _sent_before_and_now(pair: Pair) -> bool:
    """Whether the part is not new, nor gone, as far as the schemas tell."""
    if pair.parent is None:
        return True
    name = (pair.new or pair.old).name
    for content, encoding in ((pair.parent.old, pair.old), (pair.parent.new, pair.new)):
        schema = content.schema
        named = schema.get("properties") if isinstance(schema, Mapping) else None
        if encoding is None and isinstance(named, Mapping) and name not in named:
            return False
    return True


def _reserved(pair: Pair, old: EncodingDescriptor, new: EncodingDescriptor) -> Iterator[Edit]:
    before, after = old.allow_reserved, new.allow_reserved
    if before != after:
        effect = Effect.WIDENS if after else Effect.NARROWS
        message = f"reserved characters in {pair.name} are sent otherwise now"
        yield Edit(message, effect, old=before, new=after)


def _listed(encoding: EncodingDescriptor) -> frozenset[str]:
    types = encoding.content_type.split(",")
    return frozenset(one.strip().lower() for one in types if one.strip())


def _within(some: frozenset[str], others: frozenset[str]) -> bool:
    return all(any(covers(wide, one) for wide in others) for one in some)


def _content_type(pair: Pair, old: frozenset[str], new: frozenset[str]) -> Iterator[Edit]:
    before, after = old, new
    usual = _usual_type(pair, old) if bool(old) is not bool(new) else Usual()
    if usual.media_type:
        old, new = (side or frozenset({usual.media_type}) for side in (old, new))
    if old == new:
        return
    effect = Effect.INCOMPARABLE
    if usual.disputed and frozenset({usual.disputed}) in (before, after):
        effect = Effect.UNKNOWN
    elif not new or (old and _within(old, new)):
        effect = Effect.WIDENS
    elif not old or _within(new, old):
        effect = Effect.NARROWS
    shown = ", ".join(sorted(new)) or "any that fits"
    yield Edit(
        f"the media type of {pair.name} is {shown} now", effect, old=sorted(old), new=sorted(new)
    )


def _usual_type(pair: Pair, old: frozenset[str]) -> Usual:
    """The media type of a part on the side where none is written: the new one if `old` is."""
    if pair.parent is None:
        return Usual()
    whole = pair.inside(Kind.API).context
    content, api = (pair.parent.new, whole.new) if old else (pair.parent.old, whole.old)
    return usual_type(content.schema, (pair.new or pair.old).name, api.schemas)


@diff_rule(
    "request-body-positional-encoding-changed",
    on=Kind.REQUEST_CONTENT,
    effect=Effect.UNKNOWN,
)
def request_positions_changed(pair: Pair) -> Iterator[Edit]:
    """The parts of a multipart request body are sent in another way, told by their position.

    OpenAPI 3.2 has `prefixEncoding` and `itemEncoding` for bodies that are lists (Media
    Type Object). What a change of these does to readers is not decided.

    Before: requestBody: {content: {multipart/mixed: {itemEncoding: {contentType: text/csv}}}}
    After: requestBody: {content: {multipart/mixed: {itemEncoding: {contentType: text/xml}}}}
    """
    yield from _positions(pair)


@diff_rule(
    "response-body-positional-encoding-changed",
    on=Kind.RESPONSE_CONTENT,
    effect=Effect.UNKNOWN,
)
def response_positions_changed(pair: Pair) -> Iterator[Edit]:
    """The parts of a multipart response body are sent in another way, told by their position.

    As `request-body-positional-encoding-changed`, where clients are the readers.

    Before: responses: {"200": {content: {multipart/mixed: {itemEncoding: {style: form}}}}}
    After: responses: {"200": {content: {multipart/mixed: {itemEncoding: {}}}}}
    """
    yield from _positions(pair)


@diff_rule("body-nested-encoding-changed", on=Kind.ENCODING, effect=Effect.UNKNOWN)
def nested_changed(pair: Pair) -> Iterator[Edit]:
    """What is in a part of a multipart body, which is multipart itself, is sent in another way.

    OpenAPI 3.2 has encodings in encodings for that (Encoding Object). What a change of these does
    to readers is not decided.

    Before: requestBody: {content: {multipart/mixed: {encoding: {a: {itemEncoding: {}}}}}}
    After: requestBody: {content: {multipart/mixed: {encoding: {a: {encoding: {b: {}}}}}}}
    """
    if pair.old is not None and pair.new is not None and _counts(pair):
        yield from _undecided(pair, ("encoding", *_BY_POSITION))


def _positions(pair: Pair) -> Iterator[Edit]:
    if pair.old is not None and pair.new is not None and _is_multipart(pair.new):
        yield from _undecided(pair, _BY_POSITION)


def _undecided(pair: Pair, fields: tuple[str, ...]) -> Iterator[Edit]:
    for field in fields:
        before, after = (side.extra.get(field) for side in (pair.old, pair.new))
        if not equal(before, after):
            message = f"the `{field}` of {pair.name} is another now"
            yield Edit(message, below=(field,), old=before, new=after)
