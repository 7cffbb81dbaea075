"""Breaking changes that a team accepts, as data in a file that is reviewed like code.

The file is TOML with an entry a finding: the rule, the operation, what changed, the fingerprint,
why it is accepted, and until when. Accepted findings stay in every report, and do not fail it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from routebook.diff.model import Acceptance, Change, Report
from routebook.findings import RoutebookError
from routebook.nearest import hint
from routebook.values import Value, frozen

FILE = ".routebook-accepted.toml"
"""The name of the file where the configuration names none."""

HEADER = """\
# Breaking changes that we accept. `routebook diff --accept "why"` adds entries, and keeps them
# sorted; comments are not kept. Delete an entry to be told of its change again.
"""

_KEYS = ("rule", "operation", "change", "fingerprint", "reason", "until")
_NEEDED = ("rule", "fingerprint", "reason")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
# what TOML wants escaped, what steers terminals, and what UTF-8 cannot say
_ESCAPED = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?P<surrogate>[\ud800-\udfff])"
)


@frozen
class Entry(Value):
    """An accepted finding."""

    operation: str
    """The operation or component, for readers: `GET /users`."""
    rule: str
    """The rule's id."""
    change: str
    """What changed, for readers."""
    fingerprint: str
    """The fingerprint of the finding, which finds it again."""
    reason: str
    """Why the team lives with it."""
    until: str = ""
    """The last day on which it counts, `2026-12-31`; empty for ever."""

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return bool(self.until) and date.fromisoformat(self.until) < today


_ORDER = attrgetter("operation", "rule", "change", "fingerprint", "reason", "until")


def read(path: Path, shown: str = "") -> tuple[Entry, ...]:
    """The entries of a file; none when there is no such file.

    Raises `RoutebookError`, with the number of the entry, for what is not as it must be.
    """
    place = shown or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise RoutebookError(f"cannot be read: {error}", place=place) from error

    import tomllib  # few have such a file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RoutebookError(f"is not TOML: {error}", place=place) from error
    entries = table.pop("accepted", [])
    if table or not isinstance(entries, list):
        raise RoutebookError(
            "holds something else than entries", place=place, hint="write them as [[accepted]]"
        )
    return tuple(_entry(item, f"{place}: accepted[{n}]") for n, item in enumerate(entries))


def dump(entries: Iterable[Entry]) -> str:
    """The text of a file with these entries, in the order of operations and rules."""
    parts = [HEADER]
    for entry in sorted(set(entries), key=_ORDER):
        values = {key: getattr(entry, key) for key in _KEYS}
        lines = [f"{key} = {_quoted(value)}" for key, value in values.items() if value]
        parts.append("\n".join(["[[accepted]]", *lines]) + "\n")
    return "\n".join(parts)


def apply(report: Report, entries: Iterable[Entry], today: date) -> Report:
    """The report with accepted findings marked, and notes about entries that do nothing."""
    known = tuple(entries)
    if not known:
        return report
    open_ones = {(e.rule, e.fingerprint): e for e in known if not e.expired(today)}
    findings = tuple(_marked(one, open_ones) for one in report.findings)
    present = {(one.rule, one.fingerprint) for one in report.findings}
    notes = [note for entry in sorted(known, key=_ORDER) if (note := _note(entry, present, today))]
    return replace(report, findings=findings, notes=(*report.notes, *notes))


def extend(
    entries: Iterable[Entry], findings: Iterable[Change], reason: str, until: str = ""
) -> tuple[Entry, ...]:
    """The entries with one more for each finding; an entry for the same finding is replaced.

    Raises `RoutebookError` for an empty reason, or a day that is none.
    """
    if not reason.strip():
        raise RoutebookError("the reason is empty", hint='say why, as in --accept "no caller left"')
    _check_day(until, "--until")
    added = {
        (one.rule, one.fingerprint): Entry(
            operation=one.component or f"{one.method} {one.path}".strip(),
            rule=one.rule,
            change=": ".join(part for part in (one.place, one.message) if part),
            fingerprint=one.fingerprint,
            reason=reason.strip(),
            until=until,
        )
        for one in findings
    }
    kept = [entry for entry in entries if (entry.rule, entry.fingerprint) not in added]
    return tuple(sorted((*kept, *added.values()), key=_ORDER))


def _marked(one: Change, open_ones: Mapping[tuple[str, str], Entry]) -> Change:
    entry = open_ones.get((one.rule, one.fingerprint))
    if entry is None:
        return one
    return replace(one, accepted=Acceptance(reason=entry.reason, until=entry.until))


def _note(entry: Entry, present: set[tuple[str, str]], today: date) -> str:
    name = " ".join(part for part in (entry.operation, entry.rule) if part)
    if (entry.rule, entry.fingerprint) not in present:
        return f"stale: {name} ({entry.fingerprint}) is accepted, and no longer found: delete it"
    if entry.expired(today):
        return f"expired: {name} ({entry.fingerprint}) was accepted until {entry.until}"
    return ""


def _entry(item: Any, place: str) -> Entry:
    if not isinstance(item, Mapping):
        raise RoutebookError("is not a table", place=place, hint="write it below [[accepted]]")
    values = {key: _text(item, key, place) for key in _KEYS}
    for key in item:
        if key not in _KEYS:
            raise RoutebookError(f"there is no key {key!r}", place=place, hint=hint(key, _KEYS))
    for key in _NEEDED:
        if not values[key].strip():
            raise RoutebookError(f"{key} is missing", place=place, hint="each entry says why")
    if not _FINGERPRINT.fullmatch(values["fingerprint"]):
        raise RoutebookError(
            f"the fingerprint is {values['fingerprint']!r}",
            place=place,
            hint="it has sixteen hexadecimal digits, as --format json shows them",
        )
    _check_day(values["until"], place)
    return Entry(**values)


def _text(item: Mapping[str, Any], key: str, place: str) -> str:
    value = item.get(key, "")
    if key == "until" and type(value) is date:
        return value.isoformat()
    if not isinstance(value, str):
        raise RoutebookError(f"{key} is {value!r}", place=place, hint="write a text in quotes")
    return value


def _check_day(day: str, place: str) -> None:
    try:
        good = not day or (len(day) == 10 and date.fromisoformat(day))
    except ValueError:
        good = False
    if not good:
        raise RoutebookError(
            f"{day!r} is not a day", place=place, hint="write it as 2026-12-31 (RFC 3339)"
        )


def _quoted(text: str) -> str:
    """A basic string of TOML 1.0; what could steer a terminal is escaped."""
    return _ESCAPED.sub(
        lambda m: "\ufffd" if m["surrogate"] else f"\\u{ord(m[0]):04x}",
        json.dumps(text, ensure_ascii=False),
    )
