"""A report of GitLab's code quality: a JSON list, for `artifacts:reports:codequality`."""

from __future__ import annotations

import json
from hashlib import sha256

from routebook.diff.model import Change, Report
from routebook.findings import Location
from routebook.report.diff import Options
from routebook.report.diff._parts import line, paragraph, prefix, primary, start
from routebook.report.diff._paths import Paths

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def render(report: Report, options: Options) -> str:
    """An entry a finding or note; fingerprints are distinct, as GitLab wants them."""
    paths = Paths(options.folder)
    entries = [_entry(change, report, options, paths) for change in report.findings]
    entries += [_note(note, report, paths) for note in report.notes]
    seen: dict[str, int] = {}
    for entry in entries:
        key = str(entry["fingerprint"])
        again = seen[key] = seen.get(key, 0) + 1
        entry["fingerprint"] = sha256(
            (f"{key}:{again - 1}" if again > 1 else key).encode()
        ).hexdigest()
    return json.dumps(entries, indent=1) + "\n"


def _entry(change: Change, report: Report, options: Options, paths: Paths) -> dict[str, object]:
    before = prefix(change)
    head = line(f"{before}: {change.message}" if before else change.message)
    return {
        "description": "\n".join(part for part in (head, paragraph(change, options)) if part),
        "check_name": change.rule,
        "fingerprint": change.fingerprint,
        "severity": "info" if change.accepted else _SEVERITIES[change.level],
        "location": _location(primary(change, report, paths)),
    }


def _note(note: str, report: Report, paths: Paths) -> dict[str, object]:
    """A note, where the head begins: GitLab has no entries without a place."""
    return {
        "description": line(note),
        "check_name": "note",
        "fingerprint": sha256(f"note {line(note)}".encode()).hexdigest()[:16],
        "severity": "info",
        "location": _location(start(report, paths)),
    }


def _location(where: Location) -> dict[str, object]:
    return {"path": line(where.file), "lines": {"begin": max(where.line, 1)}}
