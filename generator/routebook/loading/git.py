"""Git, asked by its command: nothing is fetched, and the user's index is not touched."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ABSENT = "git is not installed"
"""The problem where there is no git."""

_LOCAL = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})
"""What git tells its hooks about the repository; a checkout elsewhere must not write there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What git answered."""

    output: bytes
    """What it printed; empty when it failed."""
    problem: str = ""
    """Why it failed, in its words; empty when it did not."""


def ask(folder: Path, *command: str, given: bytes = b"") -> Answer:
    """Run git in a folder, with something to read on its standard input."""
    outside = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    environment = {**outside, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603  # no shell; what users say comes after --
            ["git", "-C", str(folder), *command],  # noqa: S607  # the git of the user
            capture_output=True,
            env=environment,
            input=given,
            check=False,
        )
    except OSError:
        return Answer(b"", ABSENT)
    if done.returncode == 0:
        return Answer(done.stdout)
    said = done.stderr.decode("utf-8", "replace").strip()
    return Answer(b"", said or f"git failed with {done.returncode}")
