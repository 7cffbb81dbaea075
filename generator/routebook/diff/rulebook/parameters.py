"""Request parameters: added, removed, required, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routebook.diff.frame import Edit, diff_rule
from routebook.diff.media import essence
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Direction, Effect
from routebook.diff.stability import days_needed, read_date, sunset_text
from routebook.diff.written import exploding

_STYLES = {"path": "simple", "header": "simple", "part header": "simple"}
"""The styles of places where it is not `form` (OpenAPI 3.1, section 4.8.12)."""


def _both(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None


def _needed(pair: Pair) -> bool:
    return bool(pair.new.required) or pair.location == "path"


@diff_rule(
    "new-required-request-parameter",
    on=Kind.PARAMETER,
    effect=Effect.NARROWS,
    hint="make it optional, with a default that does what was done without it",
)
def required_added(pair: Pair) -> Iterator[str]:
    """A request needs a parameter that was not there.

    Clients that do not know it are refused.

    Before: {}
    After: parameters: [{name: limit, in: query, required: true, schema: {type: integer}}]
    """
    if pair.old is None and pair.location != "path" and pair.new.required:
        yield f"{pair.name} is new, and required"


@diff_rule("new-optional-request-parameter", on=Kind.PARAMETER, effects=(Effect.WIDENS,))
def optional_added(pair: Pair) -> Iterator[Edit]:
    """A request may have a parameter that was not there.

    Before: {}
    After: parameters: [{name: limit, in: query, schema: {type: integer}}]
    """
    if pair.old is None and pair.location != "path" and not pair.new.required:
        effect = Effect.WIDENS if pair.flow is Direction.REQUEST else Effect.EQUAL
        yield Edit(f"{pair.name} is new", effect=effect)


@diff_rule("new-request-path-parameter", on=Kind.PARAMETER, effect=Effect.NARROWS, may=("covered",))
def path_added(pair: Pair) -> Iterator[Edit]:
    """A path parameter is described that was not.

    When the path is the same, its variable only was not described: then nothing breaks.

    Before: {}
    After: parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    """
    if pair.old is None and pair.location == "path":
        guards = frozenset({"covered"}) if pair.new.type.value == "string" else frozenset()
        if pair.new.schema or pair.new.regexp:
            guards = frozenset()
        yield Edit(f"{pair.name} is new", guards=guards)


def _gone(pair: Pair) -> str:
    """How a removed parameter had been announced; empty when it is not removed."""
    if pair.new is not None:
        return ""
    if pair.old.deprecated is None:
        return "without"
    text = sunset_text(pair.old.extra, pair.old.deprecated)
    if not text:
        return "announced"
    day = read_date(text)
    if day is None:
        return "unreadable"
    return "early" if day > _policy(pair).today else "announced"


def _policy(pair: Pair) -> Any:
    return pair.inside(Kind.OPERATION).context.policy


@diff_rule(
    "request-parameter-removed",
    on=Kind.PARAMETER,
    effects=(Effect.WIDENS,),
    guards=("relied-on",),
)
def removed(pair: Pair) -> Iterator[Edit]:
    """A request parameter is gone, and was never deprecated.

    A server ignores what it does not know: the request is accepted, and does not do what the
    client meant. Some servers refuse it. Who receives the requests of a webhook or callback does
    not get any more what always came.

    Before: parameters: [{name: limit, in: query, schema: {type: integer}}]
    After: {}
    """
    if _gone(pair) == "without":
        always = pair.flow is Direction.RESPONSE and pair.old.required
        yield Edit(f"{pair.name} is gone", Effect.WIDENS if always else None)


@diff_rule("request-parameter-removed-with-deprecation", on=Kind.PARAMETER)
def removed_announced(pair: Pair) -> Iterator[str]:
    """A deprecated request parameter is gone, as announced.

    Before: parameters: [{name: limit, in: query, deprecated: true}]
    After: {}
    """
    if _gone(pair) == "announced":
        yield f"{pair.name} is gone, as it was announced"


@diff_rule("request-parameter-removed-before-sunset", on=Kind.PARAMETER, level="error")
def removed_early(pair: Pair) -> Iterator[str]:
    """A request parameter is gone before the date that was promised.

    Before: parameters: [{name: a, in: query, deprecated: true, x-sunset: "9999-12-31"}]
    After: {}
    """
    if _gone(pair) == "early":
        yield f"{pair.name} is gone before its sunset"


@diff_rule("request-parameter-sunset-parse", on=Kind.PARAMETER, level="error")
def sunset_unreadable(pair: Pair) -> Iterator[str]:
    """A request parameter is gone, or deprecated, and its sunset is no date.

    Before: parameters: [{name: limit, in: query, deprecated: true, x-sunset: soon}]
    After: {}
    """
    if _gone(pair) == "unreadable":
        yield f"{pair.name} is gone, and its sunset was no date"
    text = _newly_deprecated(pair)
    if text and read_date(text) is None:
        yield f"{pair.name} is deprecated now with a sunset that is no date"
    before, after = _sunsets(pair)
    if after and after != before and read_date(after) is None:
        yield f"the sunset of {pair.name} is no date any more"


def _newly_deprecated(pair: Pair) -> str | None:
    if not _both(pair) or pair.old.deprecated is not None or pair.new.deprecated is None:
        return None
    return sunset_text(pair.new.extra, pair.new.deprecated)


def _days(pair: Pair) -> int:
    return days_needed(pair.inside(Kind.OPERATION).new.method.extra, _policy(pair))


@diff_rule("request-parameter-deprecated", on=Kind.PARAMETER)
def deprecated(pair: Pair) -> Iterator[str]:
    """A request parameter is deprecated now.

    Before: parameters: [{name: limit, in: query}]
    After: parameters: [{name: limit, in: query, deprecated: true}]
    """
    text = _newly_deprecated(pair)
    if text == "" and not _days(pair):
        yield f"{pair.name} is deprecated now"
    day = read_date(text) if text else None
    if day is not None and (day - _policy(pair).today).days >= _days(pair):
        yield f"{pair.name} is deprecated now, and goes after {text}"


@diff_rule("request-parameter-deprecated-sunset-missing", on=Kind.PARAMETER, level="error")
def sunset_missing(pair: Pair) -> Iterator[str]:
    """A request parameter is deprecated now without the sunset that the team asks for.

    Before: parameters: [{name: limit, in: query}]
    After: parameters: [{name: limit, in: query, deprecated: true}]
    """
    if _newly_deprecated(pair) == "" and _days(pair):
        yield f"{pair.name} is deprecated now, and does not say when it goes"


@diff_rule("request-parameter-sunset-date-too-small", on=Kind.PARAMETER, level="error")
def sunset_too_near(pair: Pair) -> Iterator[str]:
    """A request parameter is deprecated now and goes sooner than the team allows.

    Before: parameters: [{name: limit, in: query}]
    After: parameters: [{name: limit, in: query, deprecated: true, x-sunset: "2001-01-01"}]
    """
    text = _newly_deprecated(pair)
    day = read_date(text) if text else None
    if day is not None and (day - _policy(pair).today).days < _days(pair):
        yield f"{pair.name} goes after {text}, sooner than {_days(pair)} days from now"


def _sunsets(pair: Pair) -> tuple[str, str]:
    if not _both(pair) or pair.old.deprecated is None or pair.new.deprecated is None:
        return "", ""
    old, new = pair.old, pair.new
    return sunset_text(old.extra, old.deprecated), sunset_text(new.extra, new.deprecated)


@diff_rule("request-parameter-sunset-deleted", on=Kind.PARAMETER, level="error")
def sunset_deleted(pair: Pair) -> Iterator[str]:
    """A deprecated request parameter does not say any more when it goes.

    Before: parameters: [{name: a, in: query, deprecated: true, x-sunset: "9999-12-31"}]
    After: parameters: [{name: a, in: query, deprecated: true}]
    """
    old, new = _sunsets(pair)
    if old and not new:
        yield f"{pair.name} does not say any more when it goes"


@diff_rule("request-parameter-sunset-date-changed-too-small", on=Kind.PARAMETER, level="error")
def sunset_nearer(pair: Pair) -> Iterator[str]:
    """A deprecated request parameter goes sooner than it said, and than the team allows.

    Before: parameters: [{name: a, in: query, deprecated: true, x-sunset: "9999-12-31"}]
    After: parameters: [{name: a, in: query, deprecated: true, x-sunset: "2001-01-01"}]
    """
    old, new = _sunsets(pair)
    before, after = read_date(old), read_date(new)
    if before is None or after is None or after >= before:
        return
    if (after - _policy(pair).today).days < _days(pair):
        yield f"{pair.name} goes after {new}, not after {old}"


@diff_rule("request-parameter-sunset-date-changed", on=Kind.PARAMETER)
def sunset_changed(pair: Pair) -> Iterator[str]:
    """A deprecated request parameter goes on another day than it said, or says now when it goes.

    Before: parameters: [{name: a, in: query, deprecated: true, x-sunset: "9999-12-30"}]
    After: parameters: [{name: a, in: query, deprecated: true, x-sunset: "9999-12-31"}]
    """
    old, new = _sunsets(pair)
    if new and new != old and read_date(new) is not None:
        yield (
            f"{pair.name} goes after {new}, not after {old}"
            if old
            else (f"{pair.name} says now that it goes after {new}")
        )


@diff_rule("request-parameter-reactivated", on=Kind.PARAMETER)
def reactivated(pair: Pair) -> Iterator[str]:
    """A request parameter is not deprecated any more.

    Before: parameters: [{name: limit, in: query, deprecated: true}]
    After: parameters: [{name: limit, in: query}]
    """
    if _both(pair) and pair.old.deprecated is not None and pair.new.deprecated is None:
        yield f"{pair.name} is not deprecated any more"


@diff_rule(
    "request-parameter-became-required",
    on=Kind.PARAMETER,
    effect=Effect.NARROWS,
    hint="leave it optional, with a default that does what was done without it",
)
def became_required(pair: Pair) -> Iterator[Edit]:
    """A request needs a parameter that it could go without.

    Before: parameters: [{name: limit, in: query}]
    After: parameters: [{name: limit, in: query, required: true}]
    """
    if _both(pair) and pair.location != "path" and pair.new.required and not pair.old.required:
        yield Edit(f"{pair.name} is required now", below=("required",), old=False, new=True)


@diff_rule("request-parameter-became-optional", on=Kind.PARAMETER, effect=Effect.WIDENS)
def became_optional(pair: Pair) -> Iterator[Edit]:
    """A request can go without a parameter that it needed.

    Before: parameters: [{name: limit, in: query, required: true}]
    After: parameters: [{name: limit, in: query}]
    """
    if _both(pair) and pair.location != "path" and pair.old.required and not pair.new.required:
        yield Edit(f"{pair.name} is optional now", below=("required",), old=True, new=False)


def style(parameter: Any, location: str) -> str:
    """How a parameter writes lists and objects."""
    return str(parameter.style or _STYLES.get(location, "form"))


def explode(parameter: Any, location: str) -> bool:
    """Whether each item of a parameter is written by itself."""
    if parameter.explode is None:
        return style(parameter, location) == "form"
    return bool(parameter.explode)


@diff_rule("request-parameter-style-changed", on=Kind.PARAMETER, effect=Effect.INCOMPARABLE)
def style_changed(pair: Pair) -> Iterator[Edit]:
    """Lists or objects in a parameter are written in another style.

    What clients send is read as something else.

    Before: parameters: [{name: ids, in: query, schema: {type: array}}]
    After: parameters: [{name: ids, in: query, style: pipeDelimited, schema: {type: array}}]
    """
    if not _both(pair):
        return
    old, new = style(pair.old, pair.location), style(pair.new, pair.location)
    if old != new:
        yield Edit(f"{pair.name} is written as `{new}`, not as `{old}`", old=old, new=new)


@diff_rule(
    "request-parameter-explode-changed",
    on=Kind.PARAMETER,
    effect=Effect.INCOMPARABLE,
    effects=(Effect.EQUAL,),
)
def explode_changed(pair: Pair) -> Iterator[Edit]:
    """Items of a parameter are written by themselves, or not any more.

    `ids=1&ids=2` is read as something else than `ids=1,2`. A value that is no list and no object
    is written alike, and so are a list in a header or path, and an object as `deepObject`.

    Before: parameters: [{name: ids, in: query, schema: {type: array}}]
    After: parameters: [{name: ids, in: query, explode: false, schema: {type: array}}]
    """
    if not _both(pair) or style(pair.old, pair.location) != style(pair.new, pair.location):
        return
    old, new = explode(pair.old, pair.location), explode(pair.new, pair.location)
    if old != new:
        how = "by themselves" if new else "joined"
        matters = exploding(pair, style(pair.new, pair.location))
        effect = None if matters else Effect.EQUAL
        yield Edit(f"the items of {pair.name} are written {how} now", effect, old=old, new=new)


@diff_rule(
    "request-parameter-allow-reserved-changed",
    on=Kind.PARAMETER,
    effects=(Effect.NARROWS, Effect.WIDENS),
)
def allow_reserved_changed(pair: Pair) -> Iterator[Edit]:
    """Reserved characters in a parameter are encoded, or not any more.

    A client that goes on to leave them as they are sends another URL than the server reads.

    Before: parameters: [{name: path, in: query, allowReserved: true}]
    After: parameters: [{name: path, in: query}]
    """
    if _both(pair) and pair.old.allow_reserved != pair.new.allow_reserved:
        old, new = pair.old.allow_reserved, pair.new.allow_reserved
        said = "may stand as they are" if new else "must be encoded"
        effect = Effect.WIDENS if new else Effect.NARROWS
        yield Edit(f"reserved characters in {pair.name} {said} now", effect, old=old, new=new)


@diff_rule(
    "request-parameter-allow-empty-value-changed",
    on=Kind.PARAMETER,
    effects=(Effect.NARROWS, Effect.WIDENS),
)
def allow_empty_changed(pair: Pair) -> Iterator[Edit]:
    """A parameter may be sent without a value, or not any more.

    Before: parameters: [{name: flag, in: query, allowEmptyValue: true}]
    After: parameters: [{name: flag, in: query}]
    """
    if _both(pair) and pair.old.allow_empty_value != pair.new.allow_empty_value:
        old, new = pair.old.allow_empty_value, pair.new.allow_empty_value
        said = "may be sent without a value now" if new else "needs a value now"
        effect = Effect.WIDENS if new else Effect.NARROWS
        yield Edit(f"{pair.name} {said}", effect, old=old, new=new)


@diff_rule("request-parameter-content-changed", on=Kind.PARAMETER, effect=Effect.INCOMPARABLE)
def content_changed(pair: Pair) -> Iterator[Edit]:
    """A parameter is written as a document of another media type, or as a plain value.

    Before: parameters: [{name: filter, in: query, schema: {type: string}}]
    After: parameters: [{name: filter, in: query, content: {application/json: {}}}]
    """
    if not _both(pair):
        return
    old = essence(pair.old.content[0].content_type) if pair.old.content else ""
    new = essence(pair.new.content[0].content_type) if pair.new.content else ""
    if old != new:
        shown = f"as `{new}`" if new else "as a plain value"
        yield Edit(f"{pair.name} is written {shown} now", old=old or None, new=new or None)
