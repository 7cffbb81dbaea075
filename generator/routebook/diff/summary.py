"""What a report comes to: how much of what, grouped by where it is, and the step of the version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from routebook.diff.model import LEVELS, Change, Operation, Report
from routebook.values import Value, frozen

STEPS = ("major", "minor", "patch", "none")
"""The steps of a version that Semantic Versioning knows, the greatest first; `none` for no step."""

_WORDS_ONLY = re.compile(
    r"\b(?:description|documentation|summary|title|contact|license|terms-of-service|external-docs"
    r"|examples?|tags?|operation-id|docs|version)\b"
)
_SEMVER = re.compile(r"v?(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:\.(0|[1-9]\d{0,8}))?")


@frozen
class Group(Value):
    """Findings that stand together: of one operation, of one component, or of the whole API."""

    title: str
    """`GET /users`, `schemas/User`, or `The API`."""
    kind: str
    """`operation`, `component` or `api`."""
    operations: tuple[Operation, ...]
    """The operations that it reaches, each once."""
    findings: tuple[Change, ...]
    """In the order of the report."""


def counts(findings: Iterable[Change]) -> dict[str, int]:
    """How many there are of each level, and how many are `accepted`, which no level counts."""
    found = dict.fromkeys((*LEVELS, "accepted"), 0)
    for one in findings:
        found["accepted" if one.accepted else one.level] += 1
    return found


def told(found: Mapping[str, int], hidden: int = 0) -> str:
    """Counts in words: `2 errors, 1 warning, 3 accepted`; `hidden` ones are none of them."""
    words = {"error": "error", "warning": "warning"}
    parts = [
        f"{found[level]} {word}{'s' * (found[level] != 1)}"
        for level, word in words.items()
        if found[level]
    ]
    parts += [f"{found[key]} {key}" for key in ("info", "accepted") if found[key]]
    return ", ".join(parts) or ("nothing as grave as asked for" if hidden else "no change")


def groups(findings: Iterable[Change]) -> tuple[Group, ...]:
    """Findings by what they are about: the gravest group first, then in the report's order."""
    gathered: dict[tuple[str, str], list[Change]] = {}
    for one in findings:
        gathered.setdefault(_home(one), []).append(one)
    made = [
        Group(
            title=title,
            kind=kind,
            operations=_reached(members),
            findings=tuple(members),
        )
        for (kind, title), members in gathered.items()
    ]
    return tuple(sorted(made, key=_gravity))


def spoken(message: str) -> tuple[tuple[str, bool], ...]:
    """A message in parts, each with whether it is code: what stands between backticks.

    >>> spoken("the parameter `limit` is gone")
    (('the parameter ', False), ('limit', True), (' is gone', False))
    """
    parts = message.split("`")
    if len(parts) % 2 == 0:  # a backtick without its other
        return ((message, False),)
    return tuple((part, at % 2 == 1) for at, part in enumerate(parts) if part)


def names_place(change: Change) -> bool:
    """Whether a message names the place in the operation, by the last part of it."""
    last = change.place.removesuffix("]").replace("[", ".").rpartition(".")[2]
    return not last or any(
        is_code and (part == last or part.endswith(f".{last}"))
        for part, is_code in spoken(change.message)
    )


def step(report: Report) -> str:
    """The step of the version that Semantic Versioning asks for; accepted breaks break as well."""
    if report.version_step:
        return report.version_step
    if not report.findings:
        return "none"
    if any(one.level == "error" for one in report.findings):
        return "major"
    if all(one.level == "info" and _WORDS_ONLY.search(one.rule) for one in report.findings):
        return "patch"
    return "minor"


def next_version(version: str, step: str) -> str:
    """The version after a step, `1.4.2` and `minor` give `1.5.0`; empty when it has other parts.

    Below 1.0.0 a breaking change raises the second number (Semantic Versioning, section 4, leaves
    it open; this is what most do).
    """
    match = _SEMVER.fullmatch(version)
    if match is None or step == "none":
        return ""
    major, minor, patch = (int(part or 0) for part in match.groups())
    if step == "major" and major == 0:
        step = "minor"
    made = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }[step]
    shown = made if match[3] is not None else made[: 3 if step == "patch" else 2]
    return "v" * version.startswith("v") + ".".join(map(str, shown))


def advice(report: Report) -> str:
    """One line about the version: what Semantic Versioning asks for, and what the head says."""
    wanted = step(report)
    if wanted == "none":
        return "no new version is needed"
    following = next_version(report.old_version, wanted)
    text = f"suggested version step: {wanted}"
    if following:
        text += f" ({report.old_version} to {following})"
    if following and not _reaches(report.new_version, following):
        text += f"; the head says {report.new_version or 'nothing'}"
    return text


def _reaches(version: str, wanted: str) -> bool:
    """Whether a version is at least the one that is wanted; true for what is no such version."""
    pair = (_SEMVER.fullmatch(version), _SEMVER.fullmatch(wanted))
    have, need = (tuple(int(part or 0) for part in m.groups()) if m else () for m in pair)
    return not have or have >= need


def _home(one: Change) -> tuple[str, str]:
    if one.component:
        return "component", one.component
    if one.path:
        return "operation", f"{one.method} {one.path}".strip()
    return "api", "The API"


def _reached(members: list[Change]) -> tuple[Operation, ...]:
    first = members[0].operations
    if all(one.operations == first for one in members):
        return first
    # most operations are told by many changes, as the same object
    same = {id(operation): operation for one in members for operation in one.operations}
    return tuple({str(operation): operation for operation in same.values()}.values())


def _gravity(group: Group) -> int:
    open_ones = [one for one in group.findings if one.accepted is None]
    return min((LEVELS.index(one.level) for one in open_ones), default=len(LEVELS))
