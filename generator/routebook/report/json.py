"""One JSON object with the list `findings`, each with all of its fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from routebook.findings import Finding


def render(findings: Iterable[Finding]) -> str:
    """Findings for programs: rule, place, message, hint, detail, level, location (or null)."""
    return json.dumps({"findings": [asdict(finding) for finding in findings]}, indent=2) + "\n"
