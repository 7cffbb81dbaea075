"""The comparison as whole processes, beside parsing the same files and beside oasdiff.

Prints medians of five, ratios to floors measured in the same run, the most memory, and the size
of what was written. Documents of your own are pairs `NAME/old.*` and `NAME/new.*` below the
folder that ROUTEBOOK_CORPORA names; without it, only documents made here are compared. oasdiff is
taken from the PATH, or installed with Go where that is there.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS = 5

LONGEST = 300
"""Seconds after which a process is stopped."""

ROUTEBOOK = str(Path(sys.executable).with_name("routebook"))

FLOORS = {
    ".json": "import json, sys\nfor file in sys.argv[1:]: json.load(open(file, 'rb'))",
    ".yaml": "import yaml, sys\nload = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)\n"
    "for file in sys.argv[1:]: yaml.load(open(file, 'rb'), load)",
}
"""Programs that parse files, by the suffix of these."""

MEASURED = """
import resource, subprocess, sys
with open(sys.argv[1], "wb") as out:
    code = subprocess.call(sys.argv[2:], stdout=out, stderr=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took; medians, and the most memory of all."""

    seconds: float
    cpu: float
    megabytes: float
    written: int


def measure(*command: str, rounds: int = ROUNDS) -> Run | None:
    """Run a command several times; None when it did not end in time, or failed."""
    found: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        for _ in range(rounds):
            start = time.perf_counter()
            try:
                done = subprocess.run(
                    [sys.executable, "-c", MEASURED, str(out), *command],
                    capture_output=True,
                    text=True,
                    timeout=LONGEST,
                    check=True,
                )
            except subprocess.TimeoutExpired:
                return None
            taken = time.perf_counter() - start
            code, cpu, most = done.stdout.split()
            if int(code) not in (0, 1):
                return None
            found.append(Run(taken, float(cpu), int(most) / 1024, out.stat().st_size))
    return Run(
        statistics.median(run.seconds for run in found),
        statistics.median(run.cpu for run in found),
        max(run.megabytes for run in found),
        found[-1].written,
    )


def oasdiff(folder: Path) -> str:
    """The peer's program; empty, with a word about it, where there is none."""
    if found := shutil.which("oasdiff"):
        return found
    if shutil.which("go") is None:
        print("oasdiff is not there, and neither is Go to install it with")
        return ""
    command = ["go", "install", "github.com/oasdiff/oasdiff@latest"]
    done = subprocess.run(
        command, env={**os.environ, "GOBIN": str(folder)}, capture_output=True, check=False
    )
    if done.returncode:
        print("oasdiff is not there, and Go could not install it")
        return ""
    return str(folder / "oasdiff")


def row(name: str, run: Run | None, floor: Run | None = None, note: str = "") -> None:
    """Print a line about one program."""
    if run is None:
        print(f"  {name:34} did not end within {LONGEST} s, or failed")
        return
    ratio = f"{run.seconds / floor.seconds:6.2f}x" if floor else " " * 7
    size = f"{run.written / 1e6:8.2f} MB" if run.written else " " * 11
    print(
        f"  {name:34} {run.seconds:7.2f} s {run.cpu:7.2f} cpu {run.megabytes:6.0f} MB"
        f" {ratio} {size}  {note}",
        flush=True,
    )


def compare(name: str, old: Path, new: Path, peer: str) -> None:
    """One pair of documents, and the old one with itself."""
    print(f"{name}: {old.stat().st_size / 1e6:.1f} and {new.stat().st_size / 1e6:.1f} MB")
    parse = FLOORS[".json" if old.suffix == ".json" else ".yaml"]
    floor = measure(sys.executable, "-c", parse, str(old), str(new))
    row("parsing both (floor)", floor)
    ours = measure(ROUTEBOOK, "diff", "--quiet", str(old), str(new))
    row("routebook diff", ours, floor)
    row("  --format json", measure(ROUTEBOOK, "diff", "-q", "--format=json", str(old), str(new)))
    if peer:
        theirs = measure(peer, "changelog", str(old), str(new), rounds=3)
        row("oasdiff changelog", theirs, floor)
        if ours and theirs:
            print(f"  routebook / oasdiff: {ours.seconds / theirs.seconds:.2f}   (<= 0.35)")
    if ours and floor:
        print(f"  above the floor: {ours.seconds - floor.seconds:.2f} s   (JSON: <= 1.2 s)")
    floor = measure(sys.executable, "-c", parse, str(old), str(old))
    row("parsing it twice (floor)", floor)
    row("with itself", measure(ROUTEBOOK, "diff", str(old), str(old)), floor, "(<= 1.3x)")
    if peer:
        row("oasdiff, with itself", measure(peer, "breaking", str(old), str(old)), floor)


def made(paths: int, longest: int) -> dict[str, Any]:
    """A document of many operations over schemas that refer to each other in a ring."""
    schemas: dict[str, Any] = {
        f"Thing{n}": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "integer"},
                "name": {"type": "string", "maxLength": longest},
                "kind": {"enum": ["a", "b", f"c{n}"]},
                "next": {"$ref": f"#/components/schemas/Thing{(n + 1) % paths}"},
            },
        }
        for n in range(paths)
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Made", "version": "1.0.0"},
        "paths": {f"/things{n}/{{id}}": {"put": _operation(n)} for n in range(paths)},
        "components": {"schemas": schemas},
    }


def _operation(number: int) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/Thing{number}"}}}
    identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    return {
        "operationId": f"put{number}",
        "parameters": [identity],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "Done.", "content": content}},
    }


def growth(folder: Path) -> None:
    """Documents doubled in size, each compared with one in which every schema changed."""
    print("growth: every schema is in a ring with all others, and changed")
    before: Run | None = None
    for paths in (250, 500, 1000):
        old, new = folder / f"old{paths}.json", folder / f"new{paths}.json"
        old.write_text(json.dumps(made(paths, 50)))
        new.write_text(json.dumps(made(paths, 20)))
        run = measure(ROUTEBOOK, "diff", "-q", str(old), str(new), rounds=3)
        grown = f"x{run.cpu / before.cpu:.2f} cpu, 2 is linear" if run and before else ""
        row(f"{paths} operations, {old.stat().st_size / 1e6:.1f} MB", run, None, grown)
        before = run


def small() -> None:
    """Many small comparisons in one process."""
    from datetime import date

    from routebook import openapi
    from routebook.diff import diff

    old, new = openapi.read(made(3, 50)), openapi.read(made(3, 20))
    diff(old, new, today=date(2026, 1, 1))
    start, count = time.perf_counter(), 100
    for _ in range(count):
        diff(old, new, today=date(2026, 1, 1))
    print(f"small: {count / (time.perf_counter() - start):.0f} a second   (>= 100)")


def startup() -> None:
    """`routebook diff --help` beside loading click."""
    pairs = []
    for _ in range(15):
        times = []
        for command in ((ROUTEBOOK, "diff", "--help"), (sys.executable, "-c", "import click")):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
        pairs.append(times)
    ours, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"start-up: diff --help / import click: {ours / floor:.2f}   (<= 1.6)")


def documents(folder: Path) -> Sequence[tuple[str, Path, Path]]:
    """The pairs of documents below a folder."""
    found = []
    for old in sorted(folder.glob("*/old.*")):
        new = old.with_name(f"new{old.suffix}")
        if new.is_file() and old.suffix in (".json", ".yaml", ".yml"):
            found.append((f"{old.parent.name} ({old.suffix[1:]})", old, new))
    return found


def as_json(folder: Path, *files: Path) -> tuple[Path, Path]:
    """The same documents in JSON, indented as people publish them."""
    from routebook.documents import read_file

    old, new = (folder / f"{file.stem}.json" for file in files)
    for file, made in zip(files, (old, new), strict=True):
        made.write_text(json.dumps(read_file(file).data, indent=2))
    return old, new


def main() -> None:
    """All of them; ROUTEBOOK_BENCH names some of the documents, with commas between."""
    startup()
    small()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        growth(folder)
        corpora = os.environ.get("ROUTEBOOK_CORPORA")
        if not corpora:
            print("set ROUTEBOOK_CORPORA to a folder with NAME/old.json and NAME/new.json for more")
            return
        peer = oasdiff(folder)
        wanted = os.environ.get("ROUTEBOOK_BENCH", "").split(",")
        for title, old, new in documents(Path(corpora)):
            if any(title.startswith(part) for part in wanted):
                compare(title, old, new, peer)
                if old.suffix != ".json":
                    compare(f"{title} as JSON", *as_json(folder, old, new), "")


if __name__ == "__main__":
    main()
