"""Scores `routebook.diff` on a folder of known answers: `micro.jsonl`, `cases.json` and `specs/`.

    python tests/benchmarks/score_diff.py FOLDER [--list] [--micro] [--cases]

The folder may be given by the environment variable `ROUTEBOOK_DIFF_CASES`. `micro.jsonl` holds
minimal pairs with what the contract says (`breaking` or `safe`), `cases.json` what oasdiff said.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from routebook.diff import diff
from routebook.diff.differences import differs
from routebook.findings import RoutebookError
from routebook.openapi import read

TODAY = date(2026, 11, 23)
LEVELS = {"ERR": "error", "WARN": "warning", "INFO": "info"}


def worst(levels: set[str]) -> str:
    return next((one for one in ("error", "warning", "info") if one in levels), "silent")


def micro(folder: Path, *, show: bool) -> None:
    """How breaking and safe edits are judged."""
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    began = time.perf_counter()
    lines = (folder / "micro.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        case = json.loads(line)
        try:
            report = diff(read(case["base"]), read(case["revision"]), today=TODAY)
        except RoutebookError as error:
            wrong.append(f"{case['id']}: {error}")
            counts["unread", ""] += 1
            continue
        level = worst({one.level for one in report.findings})
        verdict = case["verdict"] or "unjudged"
        counts[verdict, level] += 1
        good = {"breaking": level == "error", "safe": level in ("info", "silent")}
        if not good.get(verdict, True):
            said = [(one.rule, one.level) for one in report.findings]
            wrong.append(f"{case['id']} {verdict}: {said} oasdiff {case['oasdiff']}")
    took = time.perf_counter() - began
    print(f"micro: {len(lines)} pairs in {took:.1f} s")
    for (verdict, level), count in sorted(counts.items()):
        print(f"  {verdict:9} {level:8} {count}")
    if show:
        print("\n".join(wrong))


def told(report: Any) -> Iterator[tuple[str, str, str, str]]:
    """What a report says, once for each operation that it reaches."""
    for one in report.findings:
        if not one.method:
            yield one.rule, one.level, "", ""
        for operation in one.operations if one.method else ():
            webhook = "webhook:" if operation.kind == "webhook" else ""
            yield one.rule, one.level, operation.method, webhook + operation.path


def options(flags: list[str]) -> dict[str, Any] | None:
    """oasdiff's flags as ours; None for what has no counterpart."""
    known: dict[str, tuple[str, type]] = {
        "--deprecation-days-stable": ("stable_days", int),
        "--deprecation-days-beta": ("beta_days", int),
        "--stability-level": ("stability", str),
    }
    found: dict[str, Any] = {}
    rest = list(flags)
    while rest:
        flag = rest.pop(0)
        if flag not in known:
            return None
        name, kind = known[flag]
        found[name] = kind(rest.pop(0))
    return found


def cases(folder: Path, *, show: bool) -> None:
    """How often we say what oasdiff says."""
    same, deliberate, missing, extra = (
        Counter[str](),
        Counter[str](),
        Counter[str](),
        Counter[str](),
    )
    lines: list[str] = []
    unread = 0
    for case in json.loads((folder / "cases.json").read_text(encoding="utf-8")):
        wanted = options(case["flags"])
        if wanted is None or ("expected" not in case and "full_changelog" not in case):
            continue
        sides = [folder / "specs" / case[side][0] for side in ("base", "revision")]
        try:
            report = diff(read(sides[0]), read(sides[1]), today=TODAY, **wanted)
        except RoutebookError as error:
            unread += 1
            lines.append(f"{case['id']}: unread: {str(error)[:200]}")
            continue
        theirs = case.get("full_changelog") or case.get("expected") or []
        answers = {(one[0], LEVELS[one[1]], one[2], one[3]) for one in theirs}
        silenced = set(case.get("silenced_rule_ids", ()))
        answers = {one for one in answers if one[0] not in silenced}
        ours = {one for one in told(report) if one[0] not in silenced}
        same.update(one[0] for one in answers & ours)
        for one in sorted(answers - ours):
            reason = differs(one, ours, answers)
            (deliberate if reason else missing)[one[0]] += 1
            if not reason:
                near = sorted({(o[0], o[1]) for o in ours - answers if o[2:] == one[2:]})
                lines.append(f"{case['id']} {sides[0].name} {sides[1].name} misses {one}: {near}")
        extra.update(one[0] for one in ours - answers)
    agreed, missed = same.total(), missing.total()
    print(f"cases: {agreed} as oasdiff says, {deliberate.total()} deliberately not, {missed} not")
    print(f"  agreement {agreed / max(1, agreed + missed):.1%}; {unread} not read")
    print("  deliberate:", dict(deliberate.most_common()))
    print("  missing:", dict(missing.most_common()))
    print("  ours alone:", dict(extra.most_common()))
    if show:
        print("\n".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("ROUTEBOOK_DIFF_CASES"))
    parser.add_argument("--list", action="store_true", help="list what is wrong")
    parser.add_argument("--micro", action="store_true", help="only micro.jsonl")
    parser.add_argument("--cases", action="store_true", help="only cases.json")
    arguments = parser.parse_args()
    if arguments.folder is None:
        parser.exit(2, "give the folder, or set ROUTEBOOK_DIFF_CASES\n")
    folder = Path(arguments.folder)
    if not arguments.cases:
        micro(folder, show=arguments.list)
    if not arguments.micro:
        cases(folder, show=arguments.list)


if __name__ == "__main__":
    main()
