"""Request bodies, their media types, and how their parts are sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from routebook.descriptors import EncodingDescriptor
from routebook.diff.frame import Edit, diff_rule
from routebook.diff.media import covering, covers, essence, schemas_on_one_side, specialises
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect
from routebook.diff.written import schemas_exploding


def _both(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None


@diff_rule("request-body-added-required", on=Kind.REQUEST_BODY, effect=Effect.NARROWS)
def added_required(pair: Pair) -> Iterator[str]:
    """A request that had no body needs one.

    Before: {}
    After: requestBody: {required: true, content: {application/json: {}}}
    """
    if pair.old is None and pair.new.required:
        yield "the request needs a body now"


@diff_rule("request-body-added-optional", on=Kind.REQUEST_BODY, effect=Effect.WIDENS)
def added_optional(pair: Pair) -> Iterator[str]:
    """A request that had no body may have one.

    Before: {}
    After: requestBody: {content: {application/json: {}}}
    """
    if pair.old is None and not pair.new.required:
        yield "the request may have a body now"


@diff_rule("request-body-removed", on=Kind.REQUEST_BODY, effect=Effect.INCOMPARABLE)
def removed(pair: Pair) -> Iterator[str]:
    """A request does not take a body any more.

    What clients send in it is refused, or is not done.

    Before: requestBody: {content: {application/json: {}}}
    After: {}
    """
    if pair.new is None:
        yield "the request does not take a body any more"


@diff_rule("request-body-became-required", on=Kind.REQUEST_BODY, effect=Effect.NARROWS)
def became_required(pair: Pair) -> Iterator[Edit]:
    """A request needs a body that it could go without.

    Before: requestBody: {content: {application/json: {}}}
    After: requestBody: {required: true, content: {application/json: {}}}
    """
    if _both(pair) and pair.new.required and not pair.old.required:
        yield Edit(f"{pair.name} is required now", below=("required",), old=False, new=True)


@diff_rule("request-body-became-optional", on=Kind.REQUEST_BODY, effect=Effect.WIDENS)
def became_optional(pair: Pair) -> Iterator[Edit]:
    """A request can go without the body that it needed.

    Before: requestBody: {required: true, content: {application/json: {}}}
    After: requestBody: {content: {application/json: {}}}
    """
    if _both(pair) and pair.old.required and not pair.new.required:
        yield Edit(f"{pair.name} is optional now", below=("required",), old=True, new=False)


@diff_rule("request-body-media-type-added", on=Kind.REQUEST_CONTENT, effect=Effect.WIDENS)
def media_type_added(pair: Pair) -> Iterator[str]:
    """A request body may be of another media type.

    Before: requestBody: {content: {application/json: {}}}
    After: requestBody: {content: {application/json: {}, text/plain: {}}}
    """
    if pair.old is None:
        yield f"{pair.name} is accepted now"


@diff_rule(
    "request-body-media-type-removed",
    on=Kind.REQUEST_CONTENT,
    effect=Effect.NARROWS,
    may=("covered",),
)
def media_type_removed(pair: Pair) -> Iterator[Edit]:
    """A request body may not be of a media type any more.

    Clients that send it are refused, unless a range that is still there takes it.

    Before: requestBody: {content: {application/json: {}, text/plain: {}}}
    After: requestBody: {content: {application/json: {}}}
    """
    if pair.new is None:
        cover = covering(pair.context[1], pair.old.content_type)
        guards = frozenset({"covered"}) if cover is not None else frozenset()
        yield Edit(f"{pair.name} is not accepted any more", guards=guards)


def _names(pair: Pair) -> tuple[str, str]:
    """The two names of a media type, if they are not the same."""
    if not _both(pair) or pair.old.content_type == pair.new.content_type:
        return "", ""
    return pair.old.content_type, pair.new.content_type


@diff_rule(
    "request-body-media-type-name-specialized", on=Kind.REQUEST_CONTENT, effect=Effect.NARROWS
)
def name_specialised(pair: Pair) -> Iterator[Edit]:
    """A request body needs a media type with a name of its own.

    Clients that send the general one are refused.

    Before: requestBody: {content: {application/json: {}}}
    After: requestBody: {content: {application/vnd.acme+json: {}}}
    """
    old, new = _names(pair)
    if old and specialises(old, new):
        yield Edit(f"the request body must be `{new}`, not `{old}`", old=old, new=new)


@diff_rule(
    "request-body-media-type-name-generalized", on=Kind.REQUEST_CONTENT, effect=Effect.WIDENS
)
def name_generalised(pair: Pair) -> Iterator[Edit]:
    """A request body is of a general media type, not of one with a name of its own.

    Before: requestBody: {content: {application/vnd.acme+json: {}}}
    After: requestBody: {content: {application/json: {}}}
    """
    old, new = _names(pair)
    if old and specialises(new, old):
        yield Edit(f"the request body is `{new}`, not `{old}`", old=old, new=new)


@diff_rule("request-body-media-type-name-changed", on=Kind.REQUEST_CONTENT)
def name_changed(pair: Pair) -> Iterator[Edit]:
    """The media type of a request body has other parameters, or is written otherwise.

    Before: requestBody: {content: {application/json: {}}}
    After: requestBody: {content: {"application/json; charset=utf-8": {}}}
    """
    old, new = _names(pair)
    if old and essence(old) == essence(new):
        yield Edit(f"the request body is `{new}`, not `{old}`", old=old, new=new)


@diff_rule("request-body-media-type-schema-added", on=Kind.REQUEST_CONTENT, effect=Effect.NARROWS)
def schema_added(pair: Pair) -> Iterator[Edit]:
    """A request body of which nothing was said has a schema.

    Bodies that were accepted may be refused.

    Before: requestBody: {content: {application/json: {}}}
    After: requestBody: {content: {application/json: {schema: {type: object}}}}
    """
    for field in schemas_on_one_side(pair.old, pair.new):
        yield Edit(f"{pair.name} has a schema now", below=(field,))


@diff_rule("request-body-media-type-schema-removed", on=Kind.REQUEST_CONTENT, effect=Effect.WIDENS)
def schema_removed(pair: Pair) -> Iterator[Edit]:
    """A request body does not have a schema any more: nothing is said of it.

    Before: requestBody: {content: {application/json: {schema: {type: object}}}}
    After: requestBody: {content: {application/json: {}}}
    """
    for field in schemas_on_one_side(pair.new, pair.old):
        yield Edit(f"{pair.name} has no schema any more", below=(field,))


@diff_rule(
    "body-encoding-changed",
    on=Kind.ENCODING,
    effect=Effect.INCOMPARABLE,
    effects=(Effect.NARROWS, Effect.WIDENS, Effect.EQUAL),
)
def encoding_changed(pair: Pair) -> Iterator[Edit]:
    """A part of a form or multipart body is sent in another way.

    It has another media type, style, or way of writing lists: the reader expects the old one.

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


def _counts(pair: Pair) -> bool:
    """Whether encodings count: those of other bodies are ignored (OpenAPI 3.1, section 4.8.14)."""
    name = essence(pair.parent.new.content_type) if pair.parent else "multipart/"
    return name.startswith("multipart/") or name == "application/x-www-form-urlencoded"


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


def _usual_type(pair: Pair) -> frozenset[str]:
    """The media type that a part has by itself (OpenAPI 3.1, section 4.8.15); empty: unknown."""
    if pair.parent is None:
        return frozenset()
    name = (pair.new or pair.old).name
    found = {_type_of_part(side.schema, name) for side in (pair.parent.old, pair.parent.new)}
    return frozenset(found - {""}) if len(found) == 1 else frozenset()


def _type_of_part(schema: object, name: str) -> str:
    part = _part(schema, name)
    if isinstance(part, Mapping) and part.get("type") == "array":
        part = part.get("items")
    if not isinstance(part, Mapping):
        return ""
    return _USUAL.get((str(part.get("type")), "format" in part or "contentEncoding" in part), "")


_USUAL = {
    ("object", False): "application/json",
    ("string", False): "text/plain",
    ("integer", False): "text/plain",
    ("number", False): "text/plain",
    ("boolean", False): "text/plain",
}
"""The media type of a part, by its type and whether it has a form of its own."""


def _content_type(pair: Pair, old: frozenset[str], new: frozenset[str]) -> Iterator[Edit]:
    usual = _usual_type(pair)
    old, new = old or usual, new or usual
    if old == new:
        return
    effect = Effect.INCOMPARABLE
    if not new or (old and _within(old, new)):
        effect = Effect.WIDENS
    elif not old or _within(new, old):
        effect = Effect.NARROWS
    shown = ", ".join(sorted(new)) or "any that fits"
    yield Edit(
        f"the media type of {pair.name} is {shown} now", effect, old=sorted(old), new=sorted(new)
    )
