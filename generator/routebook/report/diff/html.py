"""One page for a browser: no scripts, nothing fetched, and findings of a level can be hidden."""

from __future__ import annotations

from dataclasses import dataclass

from routebook import render as rendering
from routebook.diff.model import Change, Report
from routebook.diff.summary import Group, advice, counts, groups, spoken, told
from routebook.report.diff import Options
from routebook.report.diff._parts import details, heading_reach, hidden, line, where


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingView:
    """A finding on the page."""

    id: str
    """An id that is its own on the page."""
    level: str
    """`error`, `warning`, `info` or `accepted`."""
    rule: str
    """The rule's id."""
    place: str
    """Where in the operation; empty when the message says it."""
    message: tuple[tuple[str, bool], ...]
    """What changed, in parts, each with whether it is code."""
    details: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    """What else there is to say: labels, and texts in parts, each with whether it is code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """A section: an operation, a component, or the API."""

    title: str
    """`GET /users`."""
    reach: str
    """Which operations it reaches; empty for one."""
    levels: tuple[str, ...]
    """The levels that occur."""
    findings: tuple[FindingView, ...]
    """Its findings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportView:
    """The page. All fields are plain text; the template escapes them."""

    title: str
    """The page's title."""
    base: str
    """What the base is called."""
    head: str
    """What the head is called."""
    total: str
    """Counts, and advice about the version."""
    levels: tuple[tuple[str, int], ...]
    """The levels that occur, and how often."""
    groups: tuple[GroupView, ...]
    """The sections."""
    notes: tuple[tuple[tuple[str, bool], ...], ...]
    """What the reader should know, in parts, each with whether it is code."""


def render(report: Report, options: Options) -> str:
    """The report as a page of HTML that stands alone."""
    environment = rendering.environment("diff")
    environment.autoescape = True
    return rendering.render(environment, "report.html.jinja", report=_view(report, options))


def _view(report: Report, options: Options) -> ReportView:
    found = counts(report.findings)
    ids = _Ids()
    return ReportView(
        title="What changed",
        base=line(report.base),
        head=line(report.head),
        total=f"{told(found, options.hidden)}; {line(advice(report))}",
        levels=tuple((level, count) for level, count in found.items() if count),
        groups=tuple(_group(group, options, ids) for group in groups(report.findings)),
        notes=tuple(spoken(line(note)) for note in (*report.notes, *hidden(options))),
    )


class _Ids:
    """Fingerprints, with a number where one comes again."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, change: Change) -> str:
        again = self._seen[change.fingerprint] = self._seen.get(change.fingerprint, 0) + 1
        return f"f-{change.fingerprint}" + (f"-{again}" if again > 1 else "")


def _group(group: Group, options: Options, ids: _Ids) -> GroupView:
    return GroupView(
        title=line(group.title),
        reach=heading_reach(group, options),
        levels=tuple(level for level, count in counts(group.findings).items() if count),
        findings=tuple(
            FindingView(
                id=ids.of(change),
                level="accepted" if change.accepted else change.level,
                rule=change.rule,
                place=where(change),
                message=spoken(line(change.message)),
                details=tuple(
                    (one.label, ((one.text, True),) if one.code else spoken(one.text))
                    for one in details(change, options, group)
                ),
            )
            for change in group.findings
        ),
    )
