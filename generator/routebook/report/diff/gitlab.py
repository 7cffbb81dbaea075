"""A report of GitLab's code quality: a JSON list, for `artifacts:reports:codequality`."""

from __future__ import annotations

import json
from hashlib import sha256

from routebook.diff.model import Change, Report
from routebook.report.diff import Options
from routebook.report.diff._parts import line, paragraph, prefix, primary

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def render(report: Report, options: Options) -> str:
    """An entry a finding; fingerprints are distinct, as GitLab wants them."""
    seen: dict[str, int] = {}
    entries = []
    for change in report.findings:
        again = seen.get(change.fingerprint, 0)
        seen[change.fingerprint] = again + 1
        entries.append(_entry(change, report, options, again))
    return json.dumps(entries, indent=1) + "\n"


def _entry(change: Change, report: Report, options: Options, again: int) -> dict[str, object]:
    where = primary(change, report)
    key = f"{change.fingerprint}:{again}" if again else change.fingerprint
    before = prefix(change)
    head = line(f"{before}: {change.message}" if before else change.message)
    return {
        "description": "\n".join(part for part in (head, paragraph(change, options)) if part),
        "check_name": change.rule,
        "fingerprint": sha256(key.encode()).hexdigest(),
        "severity": "info" if change.accepted else _SEVERITIES[change.level],
        "location": {"path": line(where.file), "lines": {"begin": max(where.line, 1)}},
    }
