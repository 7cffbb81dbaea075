"""Start-up: what a process costs, as a ratio to a floor measured in the same run.

Floor and subject take turns, so that a busy moment hits both; the ratio is of the medians.
Our sources are compiled first, as pip does when it installs a wheel, and has done for the floor.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

from support import ROOT

ROUNDS = 25

SCRIPT = Path(sys.executable).with_name("routebook")
"""The installed command."""

RATIOS = (
    # what, its command, the floor, the most that the ratio may be
    (
        "import registry_api.v2",
        (sys.executable, "-c", "import registry_api.v2"),
        "import dataclasses, enum, re, json",
        2.0,
    ),
    ("routebook --version", (str(SCRIPT), "--version"), "import click", 1.5),
    ("routebook openapi -o -", (str(SCRIPT), "openapi", "-o", "-"), "import click, yaml", 4.0),
)


def _seconds(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(command: tuple[str, ...], floor: str, rounds: int = ROUNDS) -> tuple[float, float]:
    """The median seconds of a command, and of an interpreter that only runs `floor`."""
    base = (sys.executable, "-c", floor)
    pairs = [(_seconds(command), _seconds(base)) for _ in range(rounds + 1)]
    subject, ground = zip(*pairs[1:], strict=True)  # the first round warms the caches
    return statistics.median(subject), statistics.median(ground)


def main() -> None:
    """Print one line a ratio."""
    for folder in ("generator", "spec"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    print(f"{'':24} {'time':>9} {'floor':>9} {'ratio':>6} {'limit':>6}   floor is")
    for name, command, floor, limit in RATIOS:
        subject, ground = compare(command, floor)
        ratio = subject / ground
        verdict = "" if ratio <= limit else "   over the limit"
        print(
            f"{name:24} {subject * 1e3:6.1f} ms {ground * 1e3:6.1f} ms {ratio:6.2f} {limit:6.2f}"
            f"   {floor}{verdict}"
        )


if __name__ == "__main__":
    main()
