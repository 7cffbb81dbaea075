"""For pull requests and job summaries: Markdown with a table of counts and a section a group."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.model import Report
from routebook.diff.summary import Group, advice, counts, groups, spoken, told
from routebook.report.diff import Options
from routebook.report.diff._parts import brief_details, heading_reach, hidden, line, where
from routebook.views.escape import characters, code, text

_MARKS = {
    "error": "🔴 error",
    "warning": "🟡 warning",
    "info": "🔵 info",
    "accepted": "⚪ accepted",
}


def render(report: Report, options: Options) -> str:
    """The report as GitHub Flavored Markdown, safe to paste anywhere."""
    parts = [_head(report, options)]
    parts += ["\n".join(_group(group, options)) for group in groups(report.findings)]
    notes = [f"- {text(line(note))}" for note in report.notes]
    notes += [f"- {note}" for note in hidden(options)]
    if notes:
        parts.append("\n".join(["## Notes", "", *notes]))
    return "\n\n".join(parts) + "\n"


def shortened(report: Report, options: Options, most: int) -> str:
    """The report in at most `most` bytes: whole groups, and what was left out in the last line.

    GitHub takes no more than a mebibyte as a job summary.
    """
    whole = render(report, options)
    if len(whole.encode()) <= most:
        return whole
    made, left = _head(report, options), 0
    for group in groups(report.findings):
        part = "\n\n" + "\n".join(_group(group, options))
        if left or len((made + part).encode()) > most - 200:
            left += len(group.findings)
            continue
        made += part
    return f"{made}\n\n{left} further findings do not fit here: see the log.\n"


def _head(report: Report, options: Options) -> str:
    found = counts(report.findings)
    sides = " → ".join(code(line(name)) for name in (report.base, report.head) if name)
    lines = ["# What changed", ""]
    if sides:
        lines += [sides, ""]
    if report.findings:
        lines += ["| Level | Findings |", "| --- | ---: |"]
        lines += [f"| {_MARKS[level]} | {n} |" for level, n in found.items() if n]
        lines.append("")
    if not report.findings:
        lines += [_sentence(told(found, options.hidden)), ""]
    lines.append(_sentence(text(line(advice(report)))))
    return "\n".join(lines)


def _group(group: Group, options: Options) -> Iterator[str]:
    yield f"## {code(line(group.title)) if group.kind != 'api' else group.title}"
    yield ""
    if reached := heading_reach(group, options):
        yield _sentence(text(reached))
        yield ""
    for before, change in zip((None, *group.findings), group.findings, strict=False):
        level = "accepted" if change.accepted else change.level
        place = f"{code(shown)}: " if (shown := where(change)) else ""
        said = _prose(line(change.message))
        yield f"- **{_MARKS[level]}** {place}{said} ({code(change.rule)})"
        for detail in brief_details(change, options, group, before):
            shown = code(detail.text) if detail.code else _prose(detail.text)
            yield f"    - {detail.label}: {shown}"


def _prose(words: str) -> str:
    """Words that are text, but for the code between backticks."""
    parts = spoken(words)
    return "".join(code(part) if is_code else characters(part) for part, is_code in parts)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
