"""One line a finding, `place: message`, with the next step and any diff below it."""

from __future__ import annotations

from collections.abc import Iterable

from routebook.findings import Finding
from routebook.safe import printable


def render(findings: Iterable[Finding]) -> str:
    """Findings for people. What would steer a terminal is shown, not obeyed."""
    return "".join(_finding(finding) for finding in findings)


def _finding(finding: Finding) -> str:
    places = (str(part) for part in (finding.location, finding.place) if part)
    level = "" if finding.level == "error" else finding.level
    head = ": ".join(part for part in (*places, level, finding.message) if part)
    lines = [f"{head} [{finding.rule}]"]
    lines += [f"    {line}" for line in finding.hint.splitlines()]
    lines += finding.detail.splitlines()
    return "".join(f"{printable(line)}\n" for line in lines)
