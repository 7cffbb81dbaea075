"""Request bodies, and their media types."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.frame import Edit, diff_rule
from routebook.diff.media import covering, essence, schemas_on_one_side, specialises
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect


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


@diff_rule(
    "request-body-media-type-schema-added",
    on=Kind.REQUEST_CONTENT,
    effect=Effect.NARROWS,
    may=("covered",),
)
def schema_added(pair: Pair) -> Iterator[Edit]:
    """A request body of which nothing was said has a schema.

    Bodies that were accepted may be refused. Of octets, as of an image, a schema that is a string
    whose format is `binary` says no more than the media type (OpenAPI 3.1.1, Considerations for
    File Uploads).

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
