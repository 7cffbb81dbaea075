"""Responses: statuses, headers, media types, links and error codes."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.frame import Edit, diff_rule
from routebook.diff.links import leads_alike
from routebook.diff.media import covering, essence, schemas_on_one_side, specialises
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect
from routebook.diff.written import exploding


def _both(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None


def _success(pair: Pair) -> bool:
    return pair.location.startswith("2")


def _covered(pair: Pair) -> frozenset[str]:
    return frozenset({"covered"}) if pair.context is not None else frozenset()


@diff_rule(
    "response-success-status-removed",
    on=Kind.RESPONSE,
    effect=Effect.INCOMPARABLE,
    may=("covered",),
)
def success_removed(pair: Pair) -> Iterator[Edit]:
    """An operation does not answer with a status of success any more.

    Clients that wait for it never see it. A range that is still there, `2XX`, covers it.

    Before: responses: {"200": {description: Done}, "201": {description: Made}}
    After: responses: {"201": {description: Made}}
    """
    if pair.new is None and _success(pair):
        yield Edit(f"{pair.name} is gone", guards=_covered(pair))


@diff_rule(
    "response-success-status-added", on=Kind.RESPONSE, effect=Effect.WIDENS, guards=("foreseen",)
)
def success_added(pair: Pair) -> Iterator[Edit]:
    """An operation may answer with another status of success.

    Clients must take an unknown status as the first one of its class (RFC 9110, section 15).

    Before: responses: {"200": {description: Done}}
    After: responses: {"200": {description: Done}, "202": {description: Begun}}
    """
    if pair.old is None and _success(pair):
        yield Edit(f"{pair.name} is new")


@diff_rule("response-non-success-status-removed", on=Kind.RESPONSE)
def failure_removed(pair: Pair) -> Iterator[str]:
    """An operation does not answer with a status any more that is no success.

    Before: responses: {"200": {description: Done}, "404": {description: None}}
    After: responses: {"200": {description: Done}}
    """
    if pair.new is None and not _success(pair) and pair.location != "default":
        yield f"{pair.name} is gone"


@diff_rule(
    "response-non-success-status-added",
    on=Kind.RESPONSE,
    effect=Effect.WIDENS,
    guards=("foreseen",),
)
def failure_added(pair: Pair) -> Iterator[Edit]:
    """An operation may answer with another status that is no success.

    Clients must take an unknown status as the first one of its class (RFC 9110, section 15).

    Before: responses: {"200": {description: Done}}
    After: responses: {"200": {description: Done}, "404": {description: None}}
    """
    if pair.old is None and not _success(pair) and pair.location != "default":
        yield Edit(f"{pair.name} is new")


@diff_rule("response-default-removed", on=Kind.RESPONSE)
def default_removed(pair: Pair) -> Iterator[str]:
    """Nothing is said any more of answers with a status that is not listed.

    Before: responses: {"200": {description: Done}, default: {description: Failed}}
    After: responses: {"200": {description: Done}}
    """
    if pair.new is None and pair.location == "default":
        yield "the `default` response is gone"


@diff_rule("response-default-added", on=Kind.RESPONSE, effect=Effect.WIDENS, guards=("foreseen",))
def default_added(pair: Pair) -> Iterator[Edit]:
    """Answers with a status that is not listed are described.

    Before: responses: {"200": {description: Done}}
    After: responses: {"200": {description: Done}, default: {description: Failed}}
    """
    if pair.old is None and pair.location == "default":
        yield Edit("the `default` response is new")


@diff_rule(
    "response-header-added", on=Kind.RESPONSE_HEADER, effect=Effect.WIDENS, guards=("foreseen",)
)
def header_added(pair: Pair) -> Iterator[Edit]:
    """A response has another header.

    Before: responses: {"200": {description: Done}}
    After: responses: {"200": {description: Done, headers: {ETag: {schema: {type: string}}}}}
    """
    if pair.old is None:
        yield Edit(f"{pair.name} is new")


@diff_rule("required-response-header-removed", on=Kind.RESPONSE_HEADER, effect=Effect.WIDENS)
def required_header_removed(pair: Pair) -> Iterator[str]:
    """A header that a response always had is gone.

    Before: responses: {"200": {description: Done, headers: {ETag: {required: true}}}}
    After: responses: {"200": {description: Done}}
    """
    if pair.new is None and pair.old.required:
        yield f"{pair.name} is gone"


@diff_rule("optional-response-header-removed", on=Kind.RESPONSE_HEADER, guards=("relied-on",))
def optional_header_removed(pair: Pair) -> Iterator[Edit]:
    """A header that a response might have is gone.

    Before: responses: {"200": {description: Done, headers: {ETag: {schema: {type: string}}}}}
    After: responses: {"200": {description: Done}}
    """
    if pair.new is None and not pair.old.required:
        yield Edit(f"{pair.name} is gone")


@diff_rule("response-header-became-optional", on=Kind.RESPONSE_HEADER, effect=Effect.WIDENS)
def header_optional(pair: Pair) -> Iterator[Edit]:
    """A response may come without a header that it always had.

    Before: responses: {"200": {description: Done, headers: {ETag: {required: true}}}}
    After: responses: {"200": {description: Done, headers: {ETag: {required: false}}}}
    """
    if _both(pair) and pair.old.required and not pair.new.required:
        yield Edit(f"{pair.name} is optional now", below=("required",), old=True, new=False)


@diff_rule("response-header-became-required", on=Kind.RESPONSE_HEADER, effect=Effect.NARROWS)
def header_required(pair: Pair) -> Iterator[Edit]:
    """A response always has a header that it might not have.

    Before: responses: {"200": {description: Done, headers: {ETag: {required: false}}}}
    After: responses: {"200": {description: Done, headers: {ETag: {required: true}}}}
    """
    if _both(pair) and pair.new.required and not pair.old.required:
        yield Edit(f"{pair.name} always comes now", below=("required",), old=False, new=True)


@diff_rule("response-header-deprecated", on=Kind.RESPONSE_HEADER)
def header_deprecated(pair: Pair) -> Iterator[str]:
    """A response header is deprecated now, or is not so any more.

    Before: responses: {"200": {description: Done, headers: {ETag: {}}}}
    After: responses: {"200": {description: Done, headers: {ETag: {deprecated: true}}}}
    """
    if _both(pair) and pair.old.deprecated != pair.new.deprecated:
        now = "is deprecated now" if pair.new.deprecated else "is not deprecated any more"
        yield f"{pair.name} {now}"


@diff_rule(
    "response-header-serialization-changed",
    on=Kind.RESPONSE_HEADER,
    effects=(Effect.EQUAL, Effect.INCOMPARABLE),
)
def header_written(pair: Pair) -> Iterator[Edit]:
    """Objects in a response header are written otherwise, or it is another document.

    A list is written by commas, whatever `explode` says.

    Before: responses: {"200": {description: Done, headers: {Ids: {explode: true}}}}
    After: responses: {"200": {description: Done, headers: {Ids: {explode: false}}}}
    """
    if not _both(pair):
        return
    old = _written(pair.old)
    new = _written(pair.new)
    if old == new:
        return
    same = old[:2] == new[:2] and not exploding(pair, "simple")
    effect = Effect.EQUAL if same else Effect.INCOMPARABLE
    yield Edit(f"{pair.name} is written otherwise now", effect=effect)


def _written(header: object) -> tuple[object, ...]:
    content = getattr(header, "content", ())
    return (
        getattr(header, "style", "") or "simple",
        essence(content[0].content_type) if content else "",
        bool(getattr(header, "explode", False)),
    )


@diff_rule(
    "response-media-type-added",
    on=Kind.RESPONSE_CONTENT,
    effect=Effect.WIDENS,
    guards=("asked-for",),
)
def media_type_added(pair: Pair) -> Iterator[Edit]:
    """A response may be of another media type.

    A client that says what it accepts gets what it got before.

    Before: responses: {"200": {description: Done, content: {text/plain: {}}}}
    After: responses: {"200": {description: Done, content: {text/plain: {}, text/csv: {}}}}
    """
    if pair.old is None:
        yield Edit(f"{pair.name} is new")


@diff_rule(
    "response-media-type-removed",
    on=Kind.RESPONSE_CONTENT,
    effect=Effect.INCOMPARABLE,
    may=("covered",),
)
def media_type_removed(pair: Pair) -> Iterator[Edit]:
    """A response is not offered in a media type any more.

    Clients that accept only that one get an error, or something that they cannot read.

    Before: responses: {"200": {description: Done, content: {text/plain: {}, text/csv: {}}}}
    After: responses: {"200": {description: Done, content: {text/csv: {}}}}
    """
    if pair.new is None:
        cover = covering(pair.context[1], pair.old.content_type)
        guards = frozenset({"covered"}) if cover is not None else frozenset()
        yield Edit(f"{pair.name} is gone", guards=guards)


def _names(pair: Pair) -> tuple[str, str]:
    if not _both(pair) or pair.old.content_type == pair.new.content_type:
        return "", ""
    return pair.old.content_type, pair.new.content_type


@diff_rule("response-media-type-name-changed", on=Kind.RESPONSE_CONTENT)
def name_changed(pair: Pair) -> Iterator[Edit]:
    """The media type of a response has other parameters, or is written otherwise.

    Before: responses: {"200": {description: Done, content: {text/plain: {}}}}
    After: responses: {"200": {description: Done, content: {"text/plain; charset=utf-8": {}}}}
    """
    old, new = _names(pair)
    if old and essence(old) == essence(new):
        yield Edit(f"{pair.name} was `{old}`", old=old, new=new)


@diff_rule("response-media-type-name-generalized", on=Kind.RESPONSE_CONTENT, effect=Effect.WIDENS)
def name_generalised(pair: Pair) -> Iterator[Edit]:
    """A response is of a general media type, not of one with a name of its own.

    Before: responses: {"200": {description: Done, content: {application/vnd.acme+json: {}}}}
    After: responses: {"200": {description: Done, content: {application/json: {}}}}
    """
    old, new = _names(pair)
    if old and specialises(new, old):
        yield Edit(f"{pair.name} was `{old}`", old=old, new=new)


@diff_rule("response-media-type-name-specialized", on=Kind.RESPONSE_CONTENT, effect=Effect.NARROWS)
def name_specialised(pair: Pair) -> Iterator[Edit]:
    """A response has a media type with a name of its own, not the general one.

    It can be read as the general one (RFC 6839).

    Before: responses: {"200": {description: Done, content: {application/json: {}}}}
    After: responses: {"200": {description: Done, content: {application/vnd.acme+json: {}}}}
    """
    old, new = _names(pair)
    if old and specialises(old, new):
        yield Edit(f"{pair.name} was `{old}`", old=old, new=new)


@diff_rule("response-body-media-type-schema-added", on=Kind.RESPONSE_CONTENT, effect=Effect.NARROWS)
def schema_added(pair: Pair) -> Iterator[Edit]:
    """A response of which nothing was said has a schema.

    Before: responses: {"200": {description: Done, content: {text/plain: {}}}}
    After: responses: {"200": {description: Done, content: {text/plain: {schema: {type: string}}}}}
    """
    for field in schemas_on_one_side(pair.old, pair.new):
        yield Edit(f"{pair.name} has a schema now", below=(field,))


@diff_rule(
    "response-body-media-type-schema-removed",
    on=Kind.RESPONSE_CONTENT,
    effect=Effect.WIDENS,
    may=("covered",),
)
def schema_removed(pair: Pair) -> Iterator[Edit]:
    """A response does not have a schema any more: anything may come.

    Of octets, that was so with a string whose format is `binary`.

    Before: responses: {"200": {description: Done, content: {text/plain: {schema: {type: string}}}}}
    After: responses: {"200": {description: Done, content: {text/plain: {}}}}
    """
    for field in schemas_on_one_side(pair.new, pair.old):
        yield Edit(f"{pair.name} has no schema any more", below=(field,))


@diff_rule("response-link-removed", on=Kind.LINK, guards=("relied-on",))
def link_removed(pair: Pair) -> Iterator[Edit]:
    """A response does not lead to an operation any more.

    Before: responses: {"200": {description: Done, links: {next: {operationId: list}}}}
    After: responses: {"200": {description: Done}}
    """
    if pair.new is None:
        yield Edit(f"{pair.name} is gone")


@diff_rule("response-link-added", on=Kind.LINK)
def link_added(pair: Pair) -> Iterator[str]:
    """A response leads to another operation as well.

    Before: responses: {"200": {description: Done}}
    After: responses: {"200": {description: Done, links: {next: {operationId: list}}}}
    """
    if pair.old is None:
        yield f"{pair.name} is new"


@diff_rule(
    "response-link-changed", on=Kind.LINK, effect=Effect.INCOMPARABLE, effects=(Effect.EQUAL,)
)
def link_changed(pair: Pair) -> Iterator[Edit]:
    """A link leads to another operation, or with other values.

    A client that follows it does something else than it did. To name the same operation by an
    `operationRef` in place of its `operationId` changes nothing.

    Before: responses: {"200": {description: Done, links: {next: {operationId: list}}}}
    After: responses: {"200": {description: Done, links: {next: {operationId: find}}}}
    """
    if not _both(pair):
        return
    old, new = (side.operation_id or side.operation_ref for side in (pair.old, pair.new))
    if old != new:
        same = leads_alike(pair)
        what = "names its operation otherwise" if same else "leads to another operation"
        effect = Effect.EQUAL if same else None
        yield Edit(f"{pair.name} {what} now", effect, old=old or None, new=new or None)
    for field in ("parameters", "request_body", "server"):
        old, new = getattr(pair.old, field), getattr(pair.new, field)
        if old != new:
            text = field.replace("_", " ")
            yield Edit(f"the {text} of {pair.name} changed", old=_plain(old), new=_plain(new))


def _plain(value: object) -> object:
    return value if isinstance(value, (str, dict, list)) else None


@diff_rule("response-error-code-added", on=Kind.RESPONSE_CODE, effect=Effect.WIDENS)
def code_added(pair: Pair) -> Iterator[str]:
    """A response may carry an error code that it did not carry.

    Clients that decide by the code meet one that they do not know.

    Before: ResponseDescriptor(status_code=404, error_codes=(GONE,))
    After: ResponseDescriptor(status_code=404, error_codes=(GONE, UNKNOWN))
    """
    if pair.old is None and pair.parent is not None:
        yield f"{pair.parent.name} may carry the error code {pair.name} now"


@diff_rule("response-error-code-removed", on=Kind.RESPONSE_CODE, effect=Effect.NARROWS)
def code_removed(pair: Pair) -> Iterator[str]:
    """A response does not carry an error code any more.

    Before: ResponseDescriptor(status_code=404, error_codes=(GONE, UNKNOWN))
    After: ResponseDescriptor(status_code=404, error_codes=(GONE,))
    """
    if pair.new is None and pair.parent is not None:
        yield f"{pair.parent.name} does not carry the error code {pair.name} any more"
