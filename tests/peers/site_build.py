"""The site, built by the command that users type."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from peers.browser import ORIGIN
from support import ROOT, run


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What came of a build."""

    folder: Path
    """Where the site is."""
    code: int
    """The exit code."""
    log: str
    """What MkDocs said."""


def build_once(base: Path) -> Built:
    """A strict build, made by whichever worker of a test run comes first.

    `base` is the worker's own temporary folder; the site goes beside those of all workers.
    """
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, record = shared / "site", shared / "site.json"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            done = run(
                *(sys.executable, "-m", "mkdocs", "build", "--strict"),
                *("--config-file", ROOT / "site" / "mkdocs.yml", "--site-dir", folder),
                env={"SITE_URL": ORIGIN, "NO_MKDOCS_2_WARNING": "1"},
                timeout=240,
            )
            record.write_text(json.dumps([done.returncode, done.stdout + done.stderr]))
    code, log = json.loads(record.read_text())
    return Built(folder=folder, code=code, log=log)
