"""For people: grouped by operation, each with its places, reason, witness and the safe way."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.model import Change, Report
from routebook.diff.summary import Group, advice, counts, groups, told
from routebook.report.diff import Options
from routebook.report.diff._parts import details, heading_reach, line, where

_SHADES = {"error": "31", "warning": "33", "info": "36", "accepted": "32", "bold": "1", "dim": "2"}


def render(report: Report, options: Options) -> str:
    """The report for people; the last line counts, and suggests the step of the version."""
    paint = _Paint(options.color)
    lines: list[str] = []
    for group in groups(report.findings):
        lines += [*_group(group, options, paint), ""]
    lines += [f"note: {line(note)}" for note in report.notes]
    if options.hidden:
        lines.append(f"note: {options.hidden} milder findings are not shown")
    lines.append(f"{told(counts(report.findings))}; {line(advice(report))}")
    return "\n".join(lines) + "\n"


class _Paint:
    """Colours words when the reader's terminal takes colours."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, shade: str, text: str) -> str:
        return f"\x1b[{_SHADES[shade]}m{text}\x1b[0m" if self._on else text


def _group(group: Group, options: Options, paint: _Paint) -> Iterator[str]:
    yield paint("bold", line(group.title))
    if reached := heading_reach(group, options):
        yield paint("dim", f"  {reached}")
    for change in group.findings:
        yield from _finding(change, group, options, paint)


def _finding(change: Change, group: Group, options: Options, paint: _Paint) -> Iterator[str]:
    level = "accepted" if change.accepted else change.level
    place = f"{shown}: " if (shown := where(change)) else ""
    rule = paint("dim", f"[{change.rule}]")
    yield f"  {paint(level, level)}  {place}{line(change.message)} {rule}"
    for detail in details(change, options, group):
        yield f"    {paint('dim', f'{detail.label:<8}')} {detail.text}"
