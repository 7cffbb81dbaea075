"""For programs: one JSON object, as the JSON Schema `report.schema.json` on the site says."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from routebook.diff.model import Change, Report, Side
from routebook.diff.summary import counts, next_version, step
from routebook.report.diff import Options

FEW = 3
"""How many of the operations that a change reaches are listed when not all are."""

LONG = 2000
"""The length of JSON above which the value at a place is left out, when not all is asked for."""


def render(report: Report, options: Options) -> str:
    """The report for programs, a line a finding.

    `reaches` counts the operations, and `operations` lists the first of them.
    """
    wanted = step(report)
    document = {
        "base": report.base,
        "head": report.head,
        "old_version": report.old_version,
        "new_version": report.new_version,
        "semver": {"step": wanted, "version": next_version(report.old_version, wanted) or None},
        "counts": counts(report.findings),
        "notes": list(report.notes),
        "findings": [],
    }
    head = json.dumps(document, indent=1).removesuffix("]\n}")
    found = (_finding(change, options) for change in report.findings)
    lines = [json.dumps(one, default=str, allow_nan=False, separators=(",", ":")) for one in found]
    body = "\n  " + ",\n  ".join(lines) + "\n " if lines else ""
    return f"{head}{body}]\n}}\n"


def _finding(change: Change, options: Options) -> dict[str, Any]:
    operations = change.operations if options.expand else change.operations[:FEW]
    seen, accepted = change.witness, change.accepted
    return {
        "rule": change.rule,
        "level": change.level,
        "message": change.message,
        "method": change.method,
        "path": change.path,
        "place": change.place,
        "component": change.component,
        "reason": change.reason,
        "hint": change.hint,
        "fingerprint": change.fingerprint,
        "old": _side(change.old, options),
        "new": _side(change.new, options),
        "witness": seen
        and {
            "value": _plain(seen.value),
            "valid_before": seen.valid_before,
            "valid_now": seen.valid_now,
        },
        "reaches": len(change.operations),
        "operations": [
            {"method": o.method, "path": o.path, "operation_id": o.operation_id, "kind": o.kind}
            for o in operations
        ],
        "tags": list(change.tags),
        "accepted": accepted and {"reason": accepted.reason, "until": accepted.until or None},
    }


def _side(side: Side | None, options: Options) -> dict[str, Any] | None:
    if side is None:
        return None
    where = side.location
    value = _plain(side.value)
    whole = options.expand or len(json.dumps(value, default=str)) <= LONG
    return {
        "pointer": side.pointer,
        "location": where and {"file": where.file, "line": where.line, "column": where.column},
        "value": value if whole else None,
        "value_left_out": not whole,
    }


def _plain(value: Any) -> Any:
    """A value that JSON can say: infinite numbers, which only YAML knows, as their names."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
