"""JUnit's XML: a test case a finding, a suite an operation, failed where the level fails."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from routebook.diff.model import LEVELS, Change, Report
from routebook.diff.summary import Group, groups
from routebook.report.diff import Options
from routebook.report.diff._parts import line, paragraph

# XML 1.0, section 2.2: what no document may hold, even as a reference
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, options: Options) -> str:
    """The report as a file that servers of builds read.

    Accepted findings are skipped tests, notes are tests that pass.
    """
    made = groups(report.findings)
    failing = _failing(options)
    failures = sum(_fails(change, failing) for change in report.findings)
    total = max(len(report.findings), 1) + len(report.notes)
    name = _attribute(f"routebook diff {report.base} {report.head}".strip())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name={name} tests="{total}" failures="{failures}" errors="0">',
    ]
    for group in made:
        lines += _suite(group, failing, options)
    if not made:
        lines += [
            '  <testsuite name="routebook diff" tests="1" failures="0" errors="0" skipped="0">',
            '    <testcase classname="routebook diff" name="no change"/>',
            "  </testsuite>",
        ]
    return "\n".join([*lines, *_notes(report.notes), "</testsuites>"]) + "\n"


def _failing(options: Options) -> tuple[str, ...]:
    return () if options.fail_on == "none" else LEVELS[: LEVELS.index(options.fail_on) + 1]


def _fails(change: Change, failing: tuple[str, ...]) -> bool:
    return change.accepted is None and change.level in failing


def _suite(group: Group, failing: tuple[str, ...], options: Options) -> list[str]:
    failures = sum(_fails(change, failing) for change in group.findings)
    skipped = sum(change.accepted is not None for change in group.findings)
    title = _attribute(group.title)
    head = f'  <testsuite name={title} tests="{len(group.findings)}" failures="{failures}"'
    lines = [f'{head} errors="0" skipped="{skipped}">']
    for change in group.findings:
        name = _attribute(" ".join(filter(None, (change.rule, change.place, change.message))))
        lines.append(f"    <testcase classname={title} name={name}>")
        lines.append(f"      {_outcome(change, failing, options)}")
        lines.append("    </testcase>")
    return [*lines, "  </testsuite>"]


def _notes(notes: tuple[str, ...]) -> list[str]:
    """What the reader should know, as a suite; nothing where there is nothing."""
    if not notes:
        return []
    head = f'  <testsuite name="notes" tests="{len(notes)}" failures="0" errors="0" skipped="0">'
    cases = [f'    <testcase classname="notes" name={_attribute(note)}/>' for note in notes]
    return [head, *cases, "  </testsuite>"]


def _outcome(change: Change, failing: tuple[str, ...], options: Options) -> str:
    if change.accepted is not None:
        return f"<skipped message={_attribute(f'accepted: {change.accepted.reason}')}/>"
    body = _text(f"{line(change.message)}\n{paragraph(change, options, now=True)}".rstrip("\n"))
    if change.level in failing:
        message = _attribute(change.message)
        return f"<failure type={_attribute(change.level)} message={message}>{body}</failure>"
    return f"<system-out>{change.level}: {body}</system-out>"


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", line(text)))
