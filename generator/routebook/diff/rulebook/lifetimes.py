"""Deprecation, sunset and stability of operations."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.frame import Edit, diff_rule
from routebook.diff.pairs import Kind, Pair
from routebook.diff.stability import LEVELS, days_needed, read_date, stability, sunset_text


def _both(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None


def _newly_deprecated(pair: Pair) -> str | None:
    """The sunset of an operation that became deprecated; None when it did not."""
    if not _both(pair):
        return None
    old, new = pair.old.method, pair.new.method
    if old.deprecated is not None or new.deprecated is None:
        return None
    return sunset_text(new.extra, new.deprecated)


def _needed(pair: Pair) -> int:
    return days_needed(pair.new.method.extra, pair.context.policy)


@diff_rule("endpoint-deprecated", on=Kind.OPERATION)
def deprecated(pair: Pair) -> Iterator[str]:
    """An operation is deprecated now, without a sunset date.

    Before: {}
    After: deprecated: true
    """
    if _newly_deprecated(pair) == "" and not _needed(pair):
        yield f"{pair.name} is deprecated now"


@diff_rule("endpoint-deprecated-with-sunset", on=Kind.OPERATION)
def deprecated_with_sunset(pair: Pair) -> Iterator[str]:
    """An operation is deprecated now, and says when it goes.

    Before: {}
    After: {deprecated: true, x-sunset: "9999-12-31"}
    """
    text = _newly_deprecated(pair)
    day = read_date(text) if text else None
    if day is not None and (day - pair.context.policy.today).days >= _needed(pair):
        yield f"{pair.name} is deprecated now, and goes after {text}"


@diff_rule("endpoint-reactivated", on=Kind.OPERATION)
def reactivated(pair: Pair) -> Iterator[str]:
    """An operation is not deprecated any more.

    Before: deprecated: true
    After: {}
    """
    if _both(pair) and pair.old.method.deprecated and not pair.new.method.deprecated:
        yield f"{pair.name} is not deprecated any more"


@diff_rule("api-deprecated-sunset-missing", on=Kind.OPERATION, level="error")
def sunset_missing(pair: Pair) -> Iterator[str]:
    """An operation is deprecated now without the sunset date that the team asks for.

    It speaks only where a number of days between deprecation and sunset is asked for.

    Before: {}
    After: deprecated: true
    """
    if _newly_deprecated(pair) == "" and _needed(pair):
        yield f"{pair.name} is deprecated now, and does not say when it goes"


@diff_rule("api-deprecated-sunset-parse", on=Kind.OPERATION, level="error")
def sunset_unreadable(pair: Pair) -> Iterator[str]:
    """An operation is deprecated now with a sunset that is no date.

    Nobody can tell when it goes. A date is written as RFC 3339 has it, `2030-12-31`.

    Before: {}
    After: {deprecated: true, x-sunset: next year}
    """
    text = _newly_deprecated(pair)
    if text and read_date(text) is None:
        yield f"{pair.name} is deprecated now with a sunset that is no date"


@diff_rule("api-sunset-date-too-small", on=Kind.OPERATION, level="error")
def sunset_too_near(pair: Pair) -> Iterator[str]:
    """An operation is deprecated now and goes sooner than the team allows.

    Before: {}
    After: {deprecated: true, x-sunset: "2001-01-01"}
    """
    text = _newly_deprecated(pair)
    day = read_date(text) if text else None
    if day is not None and (day - pair.context.policy.today).days < _needed(pair):
        yield f"{pair.name} goes after {text}, sooner than {_needed(pair)} days from now"


@diff_rule("sunset-deleted", on=Kind.OPERATION, level="error")
def sunset_deleted(pair: Pair) -> Iterator[str]:
    """A deprecated operation does not say any more when it goes.

    Before: {deprecated: true, x-sunset: "9999-12-31"}
    After: {deprecated: true}
    """
    old, new = _sunsets(pair)
    if old and not new:
        yield f"{pair.name} does not say any more when it goes"


@diff_rule("api-sunset-date-changed-too-small", on=Kind.OPERATION, level="error")
def sunset_nearer(pair: Pair) -> Iterator[str]:
    """A deprecated operation goes sooner than it said, and sooner than the team allows.

    Before: {deprecated: true, x-sunset: "9999-12-31"}
    After: {deprecated: true, x-sunset: "2001-01-01"}
    """
    old, new = _sunsets(pair)
    before, after = read_date(old), read_date(new)
    if before is None or after is None or after >= before:
        return
    if (after - pair.context.policy.today).days < _needed(pair):
        yield f"{pair.name} goes after {new}, not after {old}"


@diff_rule("api-sunset-date-changed", on=Kind.OPERATION)
def sunset_changed(pair: Pair) -> Iterator[str]:
    """A deprecated operation goes on another day than it said, or says now when it goes.

    Before: {deprecated: true, x-sunset: "9999-12-30"}
    After: {deprecated: true, x-sunset: "9999-12-31"}
    """
    old, new = _sunsets(pair)
    if new and new != old:
        yield (
            f"{pair.name} goes after {new}, not after {old}"
            if old
            else (f"{pair.name} says now that it goes after {new}")
        )


@diff_rule("api-path-sunset-parse", on=Kind.OPERATION, level="error")
def old_sunset_unreadable(pair: Pair) -> Iterator[str]:
    """The sunset of a removed or changed operation is no date.

    Whether it went too soon cannot be told.

    Before: paths: {/things: {get: {deprecated: true, x-sunset: soon}}, /others: {get: {}}}
    After: paths: {/others: {get: {}}}
    """
    if pair.old is None or pair.old.method.deprecated is None:
        return
    old = sunset_text(pair.old.method.extra, pair.old.method.deprecated)
    new = _sunsets(pair)[1]
    if pair.new is None and old and read_date(old) is None:
        yield f"{pair.name} is gone, and its sunset `{old}` was no date"
    elif new and old and new != old and None in (read_date(old), read_date(new)):
        yield f"{pair.name} has another sunset, and one of the two is no date"


def _sunsets(pair: Pair) -> tuple[str, str]:
    """The sunsets of an operation that was deprecated, and is so still."""
    if not _both(pair):
        return "", ""
    old, new = pair.old.method, pair.new.method
    if old.deprecated is None or new.deprecated is None:
        return "", ""
    return sunset_text(old.extra, old.deprecated), sunset_text(new.extra, new.deprecated)


@diff_rule("api-stability-decreased", on=Kind.OPERATION, level="error", unstable=True)
def stability_decreased(pair: Pair) -> Iterator[Edit]:
    """An operation promises less stability than it did.

    Before: x-stability-level: stable
    After: x-stability-level: beta
    """
    old, new = _stabilities(pair)
    if new in LEVELS and _rank(new) < _rank(old):
        yield Edit(f"{pair.name} was `{old}`, and is `{new}`", old=old, new=new)


@diff_rule("api-stability-increased", on=Kind.OPERATION)
def stability_increased(pair: Pair) -> Iterator[Edit]:
    """An operation promises more stability than it did.

    Before: x-stability-level: beta
    After: x-stability-level: stable
    """
    old, new = _stabilities(pair)
    if old in LEVELS and _rank(new) > _rank(old):
        yield Edit(f"{pair.name} was `{old}`, and is `{new}`", old=old, new=new)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def _stabilities(pair: Pair) -> tuple[str, str]:
    """The two levels; what says none is stable."""
    if not _both(pair):
        return "", ""
    old, new = stability(pair.old.method.extra), stability(pair.new.method.extra)
    return old or "stable", new or "stable"


@diff_rule("api-invalid-stability-level", on=Kind.OPERATION, level="error", unstable=True)
def stability_invalid(pair: Pair) -> Iterator[Edit]:
    """An operation has a stability level that is none.

    The levels are `draft`, `alpha`, `beta` and `stable`.

    Before: {}
    After: x-stability-level: solid
    """
    if _both(pair) and pair.old.method == pair.new.method:
        return
    for side in (pair.old, pair.new):
        level = stability(side.method.extra) if side is not None else ""
        if level and level not in LEVELS:
            yield Edit(f"`{level}` of {pair.name} is no stability level", new=level)
            return
