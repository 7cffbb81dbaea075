"""The Markdown reference of large documents: time and memory, as ratios to other generators.

Whole processes, medians of `ROUNDS`, in turns: the time that passes, and in brackets that of all
processors together, which other work disturbs less. Memory is that of the largest process; ours
are up to four, which share most of theirs. The documents are those of the folder that the
environment variable `ROUTEBOOK_CORPORA` names, `NAME/new.json` or `.yaml` in it, all handed over
as JSON. The other generators come from npm, into a folder of the cache, on the first run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROUNDS = 5
NAMES = ("github", "stripe")
PACKAGES = ("openapi-to-md@1", "widdershins@4", "@redocly/cli@2")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "routebook-bench"

LIMITS = {
    ("github", "openapi-to-md"): (0.3, 0.5),
    ("github", "widdershins"): (0.3, 0.5),
    ("github", "redocly"): (1.0, None),
    ("stripe", "openapi-to-md"): (0.5, 0.5),
    ("stripe", "widdershins"): (0.1, 0.5),
}
"""The most that our part of a peer's time and memory may be."""
GROWTH = 2.3
"""The most that a document twice as large may cost, as a multiple."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    megabytes: float
    busy: float


def main() -> None:
    """Print one line for each peer and document, and one for growth."""
    root = os.environ.get("ROUTEBOOK_CORPORA")
    if not root:
        print("set ROUTEBOOK_CORPORA to a folder of documents, NAME/new.json or NAME/new.yaml")
        return
    only = os.environ.get("ROUTEBOOK_BENCH_ONLY", " ".join(NAMES)).split()
    with tempfile.TemporaryDirectory() as folder:
        for name in only:
            own = Path(folder) / name
            own.mkdir()
            document = _as_json(Path(root) / name, own / f"{name}.json")
            _compare(name, document, own)
            _growth(name, document, own)


def _as_json(source: Path, target: Path) -> Path:
    """The newest document of a folder, written as JSON."""
    if (source / "new.json").is_file():
        shutil.copy(source / "new.json", target)
        return target
    from routebook.documents import read_file

    document = read_file(source / "new.yaml")
    target.write_text(json.dumps(document.data), encoding="utf-8")
    return target


def _ours(document: Path, folder: Path) -> tuple[str, ...]:
    """A run into a new folder: file systems are slow where files have just been deleted."""
    script = Path(sys.executable).with_name("routebook")
    pages = Path(tempfile.mkdtemp(prefix="ours-", dir=folder)) / "pages"
    return (str(script), "reference", str(document), "-o", str(pages), "--quiet")


def _peers(document: Path, folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    binaries = _installed()
    if binaries is None:
        return
    out = str(folder / "peer.md")
    yield "openapi-to-md", (str(binaries / "openapi-to-md"), str(document), out)
    yield "widdershins", (str(binaries / "widdershins"), str(document), "-o", out)
    html = str(folder / "peer.html")
    redocly = (str(binaries / "redocly"), "build-docs", str(document), "-o", html)
    yield "redocly", redocly


def _installed() -> Path | None:
    """The folder of the peers' commands; None where npm is missing or cannot reach them."""
    binaries = CACHE / "node_modules" / ".bin"
    if all((binaries / name).exists() for name in ("openapi-to-md", "widdershins", "redocly")):
        return binaries
    if shutil.which("npm") is None:
        print("npm is not installed: the other generators are left out")
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run(("npm", "install", *options, *PACKAGES), cwd=CACHE, check=False)
    return binaries if done.returncode == 0 else None


def measured(command: tuple[str, ...]) -> Cost:
    """The time of a process, and the most memory that it or one that it started used."""
    script = (
        "import resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "busy = used.ru_utime + used.ru_stime\n"
        "print(time.perf_counter() - start, used.ru_maxrss, busy, code)"
    )
    done = subprocess.run(
        (sys.executable, "-c", script, *command), capture_output=True, text=True, check=True
    )
    seconds, used, busy, code = done.stdout.split()
    if code != "0":
        print(f"  {Path(command[0]).name} failed with exit code {code}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(float(seconds), int(used) / unit, float(busy))


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.megabytes for cost in costs),
        statistics.median(cost.busy for cost in costs),
    )


def _compare(name: str, document: Path, folder: Path) -> None:
    costs: dict[str, list[Cost]] = {}
    for _ in range(ROUNDS):
        costs.setdefault("routebook", []).append(measured(_ours(document, folder)))
        for peer, command in _peers(document, folder):
            costs.setdefault(peer, []).append(measured(command))
    ours = _median(costs.pop("routebook"))
    pages = list(next(folder.glob("ours-*")).rglob("*.md"))
    size = sum(page.stat().st_size for page in pages) / 1e6
    print(
        f"{name}: {ours.seconds:.2f} s ({ours.busy:.2f}), {ours.megabytes:.0f} MB,"
        f" {len(pages)} pages, {size:.1f} MB"
    )
    for peer, found in costs.items():
        other = _median(found)
        time_ratio = ours.seconds / other.seconds
        memory_ratio = ours.megabytes / other.megabytes
        limits = LIMITS.get((name, peer), (None, None))
        print(
            f"  {peer:14} {other.seconds:6.2f} s {other.megabytes:5.0f} MB   ratio of time"
            f" {time_ratio:.2f} ({ours.busy / other.busy:.2f})"
            f"{_verdict(time_ratio, limits[0])}, of memory"
            f" {memory_ratio:.2f}{_verdict(memory_ratio, limits[1])}"
        )


def _verdict(ratio: float, limit: float | None) -> str:
    if limit is None:
        return ""
    return f" (limit {limit})" if ratio <= limit else f" (OVER the limit {limit})"


def _growth(name: str, document: Path, folder: Path) -> None:
    """The cost of the document with everything in it twice, under two names."""
    twice = folder / f"{name}-twice.json"
    twice.write_text(json.dumps(doubled(json.loads(document.read_text("utf-8")))), "utf-8")
    pairs = [
        (measured(_ours(document, folder)), measured(_ours(twice, folder))) for _ in range(ROUNDS)
    ]
    one, two = _median([a for a, _ in pairs]), _median([b for _, b in pairs])
    ratio = two.seconds / one.seconds
    print(
        f"  twice as large: {two.seconds:.2f} s, {ratio:.2f} times"
        f" ({two.busy / one.busy:.2f}){_verdict(ratio, GROWTH)}"
    )


_REFERENCE = re.compile(r"^#/components/(\w+)/(.+)$")


def doubled(document: dict[str, Any]) -> dict[str, Any]:
    """A document with a second copy of its paths and components, renamed."""
    again = _renamed(document)
    whole = dict(document)
    whole["paths"] = document["paths"] | {f"/again{p}": v for p, v in again["paths"].items()}
    components = {
        kind: members if kind == "securitySchemes" else members | _again(again["components"][kind])
        for kind, members in document.get("components", {}).items()
    }
    return whole | {"components": components}


def _again(members: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}-again": value for name, value in members.items()}


def _renamed(value: Any) -> Any:
    """A copy in which references and operation ids are other ones."""
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _renamed(item) for key, item in value.items()}
    if isinstance(target := value.get("$ref"), str) and _REFERENCE.match(target):
        copy["$ref"] = f"{target}-again"
    if isinstance(name := value.get("operationId"), str):
        copy["operationId"] = f"{name}-again"
    return copy


if __name__ == "__main__":
    main()
