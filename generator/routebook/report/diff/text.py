"""For people: grouped by operation, each with its places, reason, witness and the safe way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from routebook.diff.model import Change, Report
from routebook.diff.summary import Group, advice, counts, groups, told
from routebook.report.diff import FEW, Options
from routebook.report.diff._parts import brief_details, heading_reach, hidden, line, where

_SHADES = {"error": "31", "warning": "33", "info": "36", "accepted": "32", "bold": "1", "dim": "2"}

MANY = 20
"""How many findings a reader looks through without help."""


def render(report: Report, options: Options) -> str:
    """The report for people; the last line counts, and suggests the step of the version."""
    paint = _Paint(options.color)
    lines: list[str] = []
    for group in groups(report.findings):
        lines += [*_group(group, options, paint), ""]
    lines += [f"note: {line(note)}" for note in report.notes]
    lines += [f"note: {note}" for note in hidden(options)]
    lines += [f"note: {hint}" for hint in _hints(report, options)]
    lines.append(f"{told(counts(report.findings), options.hidden)}; {line(advice(report))}")
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
    for before, change in zip((None, *group.findings), group.findings, strict=False):
        yield _headline(change, paint)
        for detail in brief_details(change, options, group, before):
            yield f"    {paint('dim', f'{detail.label:<8}')} {detail.text}"


def _headline(change: Change, paint: _Paint) -> str:
    level = "accepted" if change.accepted else change.level
    place = f"{shown}: " if (shown := where(change)) else ""
    rule = paint("dim", f"[{change.rule}]")
    return f"  {paint(level, level)}  {place}{line(change.message)} {rule}"


def _hints(report: Report, options: Options) -> Iterator[str]:
    """What helps with a report that fails: its rules, the way to less, and the ways out."""
    grave = () if options.fail_on == "none" else report.at_least(options.fail_on)
    if not grave:
        return
    if len(grave) > MANY:
        often = Counter(one.rule for one in grave).most_common(FEW)
        yield f"most often: {', '.join(f'{rule} ({count})' for rule, count in often)}"
    milder = len(report.findings) - len(grave)
    if milder > MANY:
        yield f"{milder} of these do not fail; --level {options.fail_on} leaves them out"
    yield f"`routebook explain {grave[0].rule}` says more; --accept REASON lets it pass"
