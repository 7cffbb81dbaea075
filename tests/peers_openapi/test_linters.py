"""Other people's linters find nothing in the documents that we write."""

from __future__ import annotations

import json
import re
from pathlib import Path

from support import ROOT, require, run

HERE = Path(__file__).parent
PROGRAMS = ROOT / "build" / "peers" / "node_modules" / ".bin"


def program(name: str) -> Path:
    path = PROGRAMS / name
    require(name, path.is_file(), "run tests/peers/install.sh")
    return path


def test_redocly_finds_nothing(document: Path) -> None:
    result = run(
        program("redocly"),
        *("lint", "--format=json", f"--config={HERE / 'redocly.yaml'}", document),
        env={"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
    )
    report = json.loads(result.stdout[result.stdout.index("{\n") :])
    problems = [
        (one["ruleId"], one["message"]) for one in report["problems"] if not used(one, document)
    ]
    assert problems == [], result.stderr


def used(problem: dict[str, str], document: Path) -> bool:
    """Whether it is a component that our extension uses: the detail of an error code."""
    name = re.search(r'"(\w+)" is never used', problem["message"])
    return (
        problem["ruleId"] == "no-unused-components"
        and name is not None
        and f"'#/components/schemas/{name[1]}'" in document.read_text(encoding="utf-8")
    )


def test_spectral_finds_nothing(document: Path) -> None:
    result = run(
        program("spectral"),
        *("lint", "--format=json", "--fail-severity=hint"),
        *("--ruleset", HERE / "spectral.yaml", document),
    )
    assert result.stdout.startswith("["), result.stderr
    found, _ = json.JSONDecoder().raw_decode(result.stdout)  # a sentence follows an empty list
    assert [(one["code"], one["message"]) for one in found] == []
    assert result.returncode == 0
