"""What tests share: real components that a laptop may lack, and ways to run our own command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""


def required(component: str) -> bool:
    """Whether ROUTEBOOK_REQUIRE (`all`, or names between commas) asks for `component`."""
    asked = {name.strip() for name in os.environ.get("ROUTEBOOK_REQUIRE", "").split(",")}
    return "all" in asked or component in asked


def require(component: str, available: object, reason: str = "") -> None:
    """Skip the running test when a real component is missing; fail where it is required.

    A laptop may lack Chromium or a registry. Where ROUTEBOOK_REQUIRE is `all`, or lists
    `component`, its absence is a failure: a suite that skips proves nothing.
    """
    if available:
        return
    message = f"{component} is not there" + (f": {reason}" if reason else "")
    if required(component):
        pytest.fail(message)
    pytest.skip(message)


def run(
    *arguments: str | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run a command, whatever its exit code; `env` is laid over this process's environment."""
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def routebook(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the `routebook` command of this interpreter in a process of its own."""
    return run(sys.executable, "-m", "routebook", *arguments, cwd=cwd, env=env)
