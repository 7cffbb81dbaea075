"""SARIF 2.1.0, for code scanning: findings with rules, places and suppressions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from routebook import __version__
from routebook.diff.model import Change, Report
from routebook.diff.summary import step
from routebook.findings import Location
from routebook.report.diff import Options
from routebook.report.diff._parts import line, paragraph, place_name, prefix, primary
from routebook.report.diff._paths import Paths

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
"""Where the format's own schema stands."""

_END = "]\n  }\n ]\n}"
"""What comes after the results."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report, options: Options) -> str:
    """One run with a result a finding, a line each; the place in the base is a related location."""
    rules = sorted({change.rule for change in report.findings})
    notes = [
        {"level": "note", "message": {"text": line(note)}, "descriptor": {"id": "note"}}
        for note in report.notes
    ]
    run = {
        "tool": {
            "driver": {
                "name": "routebook",
                "semanticVersion": __version__,
                "rules": [{"id": rule, "name": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "properties": {"base": report.base, "head": report.head, "semverStep": step(report)},
        "results": [],
    }
    whole = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)
    head = whole.removesuffix(_END)
    paths = Paths(options.folder)
    found = (_result(change, report, options, rules, paths) for change in report.findings)
    lines = [json.dumps(one, separators=(",", ":")) for one in found]
    body = "\n    " + ",\n    ".join(lines) + "\n   " if lines else ""
    return f"{head}{body}{_END}\n"


def _result(
    change: Change, report: Report, options: Options, rules: list[str], paths: Paths
) -> dict[str, Any]:
    name = place_name(change)
    before = prefix(change)
    head = line(f"{before}: {change.message}" if before else change.message)
    made: dict[str, Any] = {
        "ruleId": change.rule,
        "ruleIndex": rules.index(change.rule),
        "level": _LEVELS[change.level],
        "message": {"text": "\n".join(filter(None, (head, paragraph(change, options))))},
        "locations": [_location(primary(change, report, paths), name)],
        "partialFingerprints": {"routebookDiff/v1": change.fingerprint},
        "properties": {
            "reaches": len(change.operations),
            "pointers": [side.pointer for side in (change.old, change.new) if side],
        },
    }
    if change.old and (place := change.old.location):
        base = replace(place, file=paths.from_top(place.file))
        made["relatedLocations"] = [
            {**_location(base, ""), "id": 1, "message": {"text": "in the base"}}
        ]
    if change.accepted:
        made["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": change.accepted.reason}
        ]
    return made


def _location(where: Location, name: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(where.file)}}
    if where.line:
        column = {"startColumn": where.column} if where.column else {}
        physical["region"] = {"startLine": where.line, **column}
    made: dict[str, Any] = {"physicalLocation": physical}
    if name:
        made["logicalLocations"] = [{"fullyQualifiedName": line(name)}]
    return made


def _uri(file: str) -> str:
    """A path as a relative reference (RFC 3986, section 4.2), whose first part has no colon."""
    return quote(file.replace("\\", "/").encode("utf-8", "replace"), safe="/")
