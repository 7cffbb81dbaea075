"""Annotations of a pull request, as GitHub's workflow commands.

See "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

from routebook.diff.model import Change, Report
from routebook.diff.summary import advice, counts, told
from routebook.findings import Location
from routebook.report.diff import Options
from routebook.report.diff._parts import line, paragraph, prefix, primary
from routebook.report.diff._paths import Paths

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, options: Options) -> str:
    """A command a finding; accepted findings are notices. The last one counts."""
    paths = Paths(options.folder)
    made = [_finding(change, report, options, paths) for change in report.findings]
    made += [_command("notice", "routebook diff", note) for note in report.notes]
    made.append(_command("notice", "routebook diff", _total(report)))
    return "".join(made)


def _total(report: Report) -> str:
    return f"{told(counts(report.findings))}; {advice(report)}"


def _finding(change: Change, report: Report, options: Options, paths: Paths) -> str:
    kind = "notice" if change.accepted else _COMMANDS[change.level]
    before = prefix(change)
    head = f"{before}: {change.message}" if before else change.message
    text = "\n".join(part for part in (line(head), paragraph(change, options)) if part)
    return _command(kind, change.rule, text, primary(change, report, paths))


def _command(kind: str, title: str, text: str, where: Location | None = None) -> str:
    fields = {"title": title}
    if where is not None:
        fields = {"file": where.file, **_numbers(where), **fields}
    said = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    body = "\n".join(line(part) for part in text.split("\n"))
    return f"::{kind} {said}::{_data(body)}\n"


def _numbers(where: Location) -> dict[str, str]:
    found = {"line": where.line, "col": where.column}
    return {key: str(number) for key, number in found.items() if number}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(line(text)).replace(":", "%3A").replace(",", "%2C")
