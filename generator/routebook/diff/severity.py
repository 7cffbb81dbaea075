"""Levels as a team wants them: other levels for rules, and which findings it looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from routebook.diff.model import LEVELS, Change, Report
from routebook.findings import RoutebookError
from routebook.nearest import hint
from routebook.values import Value, frozen

NONE = "none"
"""The level of a rule that is not told at all."""

_WORDS = {"err": "error", "error": "error", "warn": "warning", "warning": "warning"} | {
    "info": "info",
    "none": NONE,
}


_OF_VERSION = frozenset(
    {"api-version-not-bumped", "api-version-decreased", "api-major-version-not-bumped"}
)
"""The rules that compare the version with all that changed."""


@frozen
class Selection(Value):
    """Which findings to look at; whatever is empty selects all."""

    only: tuple[str, ...] = ()
    """Beginnings of rule ids, of which one must fit."""
    leave_out: tuple[str, ...] = ()
    """Beginnings of rule ids, of which none may fit."""
    paths: tuple[str, ...] = ()
    """Patterns of paths, `/users/*`, of which one must fit a path that the change reaches."""
    tags: tuple[str, ...] = ()
    """Tags of operations, of which one must be there."""


def level(word: str, place: str) -> str:
    """A level by its name or oasdiff's (`err`, `warn`, `info`, `none`).

    Raises `RoutebookError` for another word.
    """
    found = _WORDS.get(word.lower())
    if found is None:
        raise RoutebookError(
            f"there is no level {word!r}", place=place, hint=hint(word, (*LEVELS, NONE))
        )
    return found


def read_levels(text: str, place: str) -> dict[str, str]:
    r"""The levels of a file in oasdiff's form: `rule-id level` a line, `#` begins a comment.

    >>> read_levels("api-path-removed-without-deprecation err\n# a comment\n", "levels.txt")
    {'api-path-removed-without-deprecation': 'error'}

    Raises `RoutebookError` with the line for anything else.
    """
    levels: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2:
            raise RoutebookError(
                f"{line.strip()!r} is not a rule and a level",
                place=f"{place}:{number}",
                hint="write a line as in: request-parameter-removed warn",
            )
        levels[words[0]] = level(words[1], f"{place}:{number}")
    return levels


def relevel(report: Report, levels: Mapping[str, str]) -> Report:
    """The report with other levels for some rules; a level of `none` leaves findings out.

    A key is a rule id, or a beginning of ids that ends in `*`; the most exact one counts.
    """
    if not levels:
        return report
    found = []
    for one in report.findings:
        wanted = _level_for(one.rule, levels)
        if wanted != NONE:
            found.append(one if wanted in (None, one.level) else replace(one, level=wanted))
    # stable: what the report's order says within a level holds
    return replace(report, findings=tuple(sorted(found, key=lambda one: LEVELS.index(one.level))))


def select(report: Report, chosen: Selection) -> Report:
    """The report with the chosen findings. What is about the whole API is on every path.

    That says nothing of its version, though: which asks for all that changed.
    """
    return replace(report, findings=tuple(one for one in report.findings if _chosen(one, chosen)))


def is_within(one: Change, chosen: Selection) -> bool:
    """Whether all operations that a change reaches are on the chosen paths."""
    return not chosen.paths or all(
        _any_fits([operation.path], chosen.paths) for operation in one.operations
    )


def unknown(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Names of rules, or beginnings of names, that fit none of the known ids."""
    ids = tuple(known)
    return tuple(
        name for name in names if not any(rule.startswith(name.rstrip("*")) for rule in ids)
    )


def _level_for(rule: str, levels: Mapping[str, str]) -> str | None:
    if rule in levels:
        return levels[rule]
    fitting = [key for key in levels if key.endswith("*") and rule.startswith(key[:-1])]
    return levels[max(fitting, key=len)] if fitting else None


def _chosen(one: Change, chosen: Selection) -> bool:
    if chosen.only and not one.rule.startswith(chosen.only):
        return False
    if chosen.leave_out and one.rule.startswith(chosen.leave_out):
        return False
    if one.rule in _OF_VERSION and (chosen.paths or chosen.tags):
        return False
    reached = [operation.path for operation in one.operations] or [one.path] * bool(one.path)
    if chosen.paths and reached and not _any_fits(reached, chosen.paths):
        return False
    return not (chosen.tags and reached and not set(one.tags) & set(chosen.tags))


def _any_fits(paths: Iterable[str], patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for path in paths for pattern in patterns)
