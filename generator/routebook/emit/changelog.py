"""A changelog in Markdown: what changed from one version of an API to the next, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from routebook.diff.model import Change, Report
from routebook.diff.summary import Group, advice, groups, names_place, spoken
from routebook.safe import printable
from routebook.views.escape import characters, clean, code, text

FEW = 3
"""How many of the operations that a change reaches are named when not all are."""

SECTIONS = {
    "Breaking": "What clients or servers that work today may fail on.",
    "Possibly breaking": "What breaks only for some, or could not be decided.",
    "Added": "",
    "Changed": "",
    "Deprecated": "",
    "Removed": "",
    "Documentation": "",
}
"""The sections in their order, and what stands below the heading of some."""

_KINDS = (
    ("Deprecated", re.compile(r"deprecat|sunset|stability")),
    (
        "Documentation",
        re.compile(
            r"description|documentation|summary|-title\b|contact|license|external-docs|example|\btags?\b"
        ),
    ),
    ("Added", re.compile(r"(?:^|-)(?:added|new)(?:-|$)")),
    ("Removed", re.compile(r"(?:^|-)(?:removed|deleted)(?:-|$)")),
)


def section(change: Change) -> str:
    """The heading that a finding stands under."""
    if change.level == "error":
        return "Breaking"
    if change.level == "warning":
        return "Possibly breaking"
    return next((name for name, kind in _KINDS if kind.search(change.rule)), "Changed")


def page(reports: Iterable[Report], title: str = "Changelog", *, expand: bool = False) -> str:
    """A page with a chapter for each report, in the order given.

    `expand` names all operations that a change reaches, not the first few.
    """
    parts = [f"# {text(_flat(title))}"]
    parts += [_chapter(report, expand) for report in reports]
    return "\n\n".join(parts) + "\n"


def _chapter(report: Report, expand: bool) -> str:
    blocks = [f"## {_heading(report)}"]
    if not report.findings:
        return "\n\n".join([*blocks, "Nothing changed that a client or server could notice."])
    blocks.append(f"{_sentence(characters(_flat(advice(report))))}")
    for name, below in SECTIONS.items():
        members = [change for change in report.findings if section(change) == name]
        if members:
            blocks.append(f"### {name}")
            blocks += [below] * bool(below)
            blocks.append("\n".join(_items(members, expand)))
    return "\n\n".join(blocks)


def _heading(report: Report) -> str:
    new = report.new_version or report.head
    old = report.old_version or report.base
    if new == old or not old:
        return text(_flat(new or "Changes"))
    return f"{text(_flat(new))}, after {characters(_flat(old))}"


def _items(members: Iterable[Change], expand: bool) -> Iterator[str]:
    """A list item a change; the changes of one operation below its name."""
    for group in groups(members):
        name = _name(group, expand)
        # one edit may be told of requests and of answers, in the same words
        said = dict.fromkeys(_change(change) for change in group.findings)
        if len(said) > 1:
            yield f"- {name}:"
            yield from (f"    - {text}" for text in said)
            continue
        only = group.findings[0]
        if only.message.startswith(f"{group.title} "):
            only = replace(only, message=only.message.removeprefix(f"{group.title} "))
            yield f"- {name} {_change(only)}"
        else:
            yield f"- {name}: {_change(only)}"


def _name(group: Group, expand: bool) -> str:
    if group.kind == "api":
        return "**The API**"
    shown = group.title.removeprefix("schemas/")
    name = f"**{code(_flat(shown))}**"
    if group.kind != "component" or not group.operations:
        return name
    named = group.operations if expand else group.operations[:FEW]
    more = len(group.operations) - len(named)
    used = ", ".join(code(_flat(str(operation))) for operation in named)
    return f"{name} (in {used}{f' and {more} more' if more else ''})"


def _change(change: Change) -> str:
    where = "" if names_place(change) else f"{code(_flat(change.place))}: "
    said = _stopped(_prose(change.message))
    hint = f" {_sentence(_prose(change.hint))}" if change.hint else ""
    why = f" Accepted: {characters(_flat(change.accepted.reason))}" if change.accepted else ""
    return f"{where}{said}{hint if change.level == 'error' else ''}{why}"


def _prose(words: str) -> str:
    """Words that are text, but for the code between backticks."""
    parts = spoken(_flat(words))
    return "".join(code(part) if is_code else characters(part) for part, is_code in parts)


def _sentence(words: str) -> str:
    """Words with a capital at the beginning and a full stop at the end."""
    return _stopped(f"{words[:1].upper()}{words[1:]}")


def _stopped(words: str) -> str:
    """Words with a full stop at the end."""
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


def _flat(words: str) -> str:
    return " ".join(clean(printable(words)).split())
