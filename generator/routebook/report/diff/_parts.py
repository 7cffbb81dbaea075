"""What several formats say alike: places, witnesses, values, the operations reached."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from routebook.diff.model import Change, Operation, Report, Side, Witness
from routebook.diff.summary import Group, names_place
from routebook.findings import Location
from routebook.report.diff import FEW, Options
from routebook.report.diff._paths import Paths
from routebook.safe import printable
from routebook.values import Value, frozen

MOST = 300
"""How many characters of a value are shown."""

_COMMAND = re.compile(r"##(?=[A-Za-z]*\[)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEADING = re.compile(r"^(\s*):(?=:)")


def line(text: str) -> str:
    r"""A text on one line that steers neither a terminal nor the log of a build.

    Runners of builds obey lines that begin with `::` after blanks (GitHub), and `##[` or
    `##vso[` wherever they stand (GitHub, Azure): a backslash breaks these.

    >>> line(" ::error::x\n##[group] y")
    ' :\\:error::x #\\#[group] y'
    """
    if text.isprintable() and "##" not in text and "::" not in text:
        return text
    flat = re.sub(r"[\n\t]", " ", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", printable(text)))
    return _LEADING.sub(r"\1:\\", _COMMAND.sub(r"#\\#", flat))


def compact(value: Any, most: int | None = MOST) -> str:
    """A value as JSON on one line, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    if most is not None and len(text) > most:
        return f"{text[:most]}…"
    return text


def place(side: Side | None) -> str:
    """Where a side stands: `file:line:column` and pointer; empty when neither is known."""
    if side is None:
        return ""
    location = str(side.location) if side.location else ""
    return "  ".join(part for part in (location, side.pointer and f"#{side.pointer}") if part)


def reach(operations: Sequence[Operation], options: Options) -> str:
    """`reaches 12 operations: GET /a, GET /b, GET /c and 9 more`; empty for one or none."""
    if len(operations) < 2:
        return ""
    shown = operations if options.expand else operations[:FEW]
    more = len(operations) - len(shown)
    names = ", ".join(map(str, shown)) + (f" and {more} more" if more else "")
    return f"reaches {len(operations)} operations: {names}"


def witness(seen: Witness, *, whole: bool = False) -> str:
    """A witness in words: the instance, and what became of it."""
    now = {
        (True, False): "was valid, and is not now",
        (False, True): "was not valid, and is now",
        (True, True): "was valid, and still is",
        (False, False): "was not valid, and still is not",
    }[seen.valid_before, seen.valid_now]
    return f"{compact(seen.value, None if whole else MOST)} {now}"


def place_name(change: Change) -> str:
    """The operation and the place in it, `GET /users query[limit]`."""
    home = change.component or f"{change.method} {change.path}".strip()
    return " ".join(part for part in (home, change.place) if part)


def where(change: Change) -> str:
    """The place in its operation, on one line; empty when the message names it already."""
    return "" if names_place(change) else line(change.place)


def prefix(change: Change) -> str:
    """What stands before a message that stands alone: the operation, and maybe the place.

    Empty for a message that begins with the operation.
    """
    home = change.component or f"{change.method} {change.path}".strip()
    if home and change.message.startswith(f"{home} "):
        return ""
    return line(" ".join(part for part in (home, where(change)) if part))


def primary(change: Change, report: Report, paths: Paths) -> Location:
    """Where in the head to point at, from the top of its repository.

    That is the place there, or else the file that it was taken out of, or where the head begins.
    """
    if change.new and change.new.location:
        return _from_top(change.new.location, paths)
    old = change.old.location if change.old else None
    if old and old.file.endswith(".py") and paths.now(old.file):
        return _from_top(Location(file=old.file), paths)
    found = start(report, paths)
    return _from_top(old, paths) if old and found.file == "-" else found


def start(report: Report, paths: Paths) -> Location:
    """Where the head begins, from the top of its repository."""
    if report.head_location:
        return _from_top(report.head_location, paths)
    found = (one.new.location.file for one in report.findings if one.new and one.new.location)
    file = next(found, "") or report.head or "-"
    return _from_top(Location(file=file), paths)


def _from_top(where: Location, paths: Paths) -> Location:
    return replace(where, file=paths.from_top(paths.now(where.file) or where.file))


@frozen
class Detail(Value):
    """A line below a finding, made safe for terminals and logs."""

    label: str
    """What it is: `because`, `was`, `now`, `why`, `witness`, `reaches`, `safely`."""
    text: str
    """The text, on one line."""
    code: bool = False
    """Whether it is data or a place, not words."""


def details(change: Change, options: Options, group: Group | None = None) -> Iterator[Detail]:
    """What a finding says besides its message.

    What its group says already, the operations that a component reaches, is left out.
    """
    if change.accepted:
        until = f" (until {change.accepted.until})" if change.accepted.until else ""
        yield Detail(label="because", text=line(change.accepted.reason + until))
    yield from _places(change)
    if change.reason:
        yield Detail(label="why", text=line(change.reason))
    if change.witness:
        shown = witness(change.witness, whole=options.expand)
        yield Detail(label="witness", text=line(shown), code=True)
    if not _same_reach(change, group) and (reached := reach(change.operations, options)):
        yield Detail(label="reaches", text=line(reached.removeprefix("reaches ")))
    elif group is not None and len(change.operations) == 1 < len(group.operations):
        yield Detail(label="reaches", text=line(str(change.operations[0])))
    if change.hint:
        yield Detail(label="safely", text=line(change.hint))


def brief_details(
    change: Change, options: Options, group: Group, before: Change | None
) -> tuple[Detail, ...]:
    """What is new to a reader who goes from finding to finding.

    That nobody breaks goes without saying for `info`. What the finding before, of the same rule,
    says word for word is not said again: why and how, and the places when both are the same.
    """
    found = [
        one
        for one in details(change, options, group)
        if not (one.label == "why" and change.level == "info" and not change.accepted)
    ]
    if before is None or before.rule != change.rule:
        return tuple(found)
    said = {(one.label, one.text) for one in details(before, options, group)}
    places = {(one.label, one.text) for one in found if one.label in _PLACES}
    told = {"why", "safely", "because"} | (_PLACES if places <= said else set())
    same = f"the same {len(change.operations)} operations"
    return tuple(
        replace(one, text=same) if one.label == "reaches" and (one.label, one.text) in said else one
        for one in found
        if one.label not in told or (one.label, one.text) not in said
    )


_PLACES = {"was", "now"}


def _places(change: Change) -> Iterator[Detail]:
    """Where it was and is; a pointer that both sides have is written once."""
    old, new = change.old, change.new
    if shown := place(old):
        yield Detail(label="was", text=line(shown), code=True)
    if old and new and new.location and new.pointer == old.pointer and old.location:
        yield Detail(label="now", text=line(str(new.location)), code=True)
    elif shown := place(new):
        yield Detail(label="now", text=line(shown), code=True)


def _same_reach(change: Change, group: Group | None) -> bool:
    """Whether a component's heading says already which operations the change reaches."""
    return group is not None and group.kind == "component" and change.operations == group.operations


def heading_reach(group: Group, options: Options) -> str:
    """Which operations a component reaches, for its heading; empty for other groups."""
    return line(reach(group.operations, options)) if group.kind == "component" else ""


def hidden(options: Options) -> tuple[str, ...]:
    """A note about the findings that the reader chose not to see; empty for none."""
    count = options.hidden
    if not count:
        return ()
    return (
        "1 milder finding is not shown" if count == 1 else f"{count} milder findings are not shown",
    )


def paragraph(change: Change, options: Options, *, now: bool = False) -> str:
    """What a finding says besides its message, a line each, as plain text.

    Where it is now is left out unless it is asked for: most formats have a place for it.
    """
    found = details(change, options)
    return "\n".join(f"{one.label}: {one.text}" for one in found if now or one.label != "now")
