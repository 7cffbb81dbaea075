"""Comparisons as commands make them: two descriptions, a team's levels, what it accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from routebook.cli import console
from routebook.configuration import Configuration
from routebook.diff import accepting, severity, summary
from routebook.diff.model import LEVELS, Change, Report
from routebook.diff.severity import Selection
from routebook.findings import Finding, RoutebookError
from routebook.loading import Opened
from routebook.nearest import nearest
from routebook.values import Value, frozen


@frozen
class Wishes(Value):
    """What the command line asks for; the configuration fills in what it leaves empty."""

    selection: Selection = field(default_factory=Selection)
    """Which findings to look at."""
    severity_levels: Path | None = None
    """A file of levels in oasdiff's form."""
    accepted: Path | None = None
    """The file of accepted changes."""
    today: date = field(default_factory=date.today)
    """The day that sunsets and acceptances are judged on."""


@frozen
class Accepting(Value):
    """The wish to accept what fails."""

    reason: str
    """Why."""
    until: str
    """The last day, `2026-12-31`; empty for ever."""
    fail_on: str
    """The mildest level that fails."""


def compare(
    old: Opened,
    new: Opened,
    configuration: Configuration,
    wishes: Wishes,
    accepting_now: Accepting | None = None,
) -> Report:
    """The report of a comparison, with the team's levels, acceptances and selection.

    What fails is accepted first when the command line says so.
    """
    from routebook import diff, shares

    levels, chosen = _levels(configuration, wishes), _selection(configuration, wishes)
    file = wishes.accepted or configuration.root / configuration.diff.accepted
    entries = accepting.read(file, shown=_shown(file))
    with console.step("Comparing"):
        found = diff.diff(
            old.api,
            new.api,
            old_places=old.places,
            new_places=new.places,
            today=wishes.today,
            processes=shares.processes(),
        )
    _refuse_unknown(_names(configuration, chosen), found)
    found = replace(severity.relevel(found, levels), base=old.name, head=new.name)

    def judged(entries: tuple[accepting.Entry, ...]) -> Report:
        return _part(accepting.apply(found, entries, wishes.today), chosen)

    if accepting_now is None:
        return judged(entries)
    return judged(_accept(judged(entries), entries, file, accepting_now, chosen))


def _accept(
    report: Report,
    entries: tuple[accepting.Entry, ...],
    file: Path,
    wanted: Accepting,
    chosen: Selection,
) -> tuple[accepting.Entry, ...]:
    """Write what fails to the file of accepted changes; the entries that it has then.

    What reaches other paths than the chosen ones is left: it would be accepted for these, too.
    """
    failed = failing(report, "error" if wanted.fail_on == "none" else wanted.fail_on)
    found = tuple(one for one in failed if severity.is_within(one, chosen))
    extended = accepting.extend(entries, found, wanted.reason, wanted.until)
    if found:
        console.write(Path(_shown(file)), accepting.dump(extended))
    console.note(f"Accepted {_count(found)}")
    left = tuple(one for one in failed if one not in found)
    if left:
        verb = "reaches" if len(left) == 1 else "reach"
        console.note(
            f"Left {_count(left)} that {verb} operations on other paths, too: without --path,"
            " --accept accepts them for all"
        )
    return extended


def _count(found: tuple[Change, ...]) -> str:
    return f"{len(found)} finding{'s' * (len(found) != 1)}"


def failing(report: Report, fail_on: str) -> tuple[Change, ...]:
    """The findings that make the exit code 1."""
    return () if fail_on == "none" else report.at_least(fail_on)


def visible(report: Report, level: str) -> tuple[Report, int]:
    """The report with what is as grave as `level`, and how many findings that leaves out."""
    grave = LEVELS[: LEVELS.index(level) + 1]
    kept = tuple(one for one in report.findings if one.level in grave)
    shown = replace(report, findings=kept, version_step=summary.step(report))
    return shown, len(report.findings) - len(kept)


def as_findings(report: Report) -> Iterator[Finding]:
    """The report as findings of `routebook check`; what is accepted is of the level `info`."""
    for one in report.findings:
        home = one.component or f"{one.method} {one.path}".strip()
        side = one.new or one.old
        message = one.message.removeprefix(f"{home} ")
        reason = "" if one.level == "info" else one.reason
        yield Finding(
            rule=one.rule,
            place=" ".join(part for part in (home, one.place) if part),
            message=f"{message} (accepted: {one.accepted.reason})" if one.accepted else message,
            hint="\n".join(part for part in (reason, one.hint) if part),
            level="info" if one.accepted else one.level,
            location=side.location if side else None,
        )


def _levels(configuration: Configuration, wishes: Wishes) -> Mapping[str, str]:
    """Levels of rules: those of the configuration, and those of a file in oasdiff's form."""
    settings = configuration.diff
    place = "[tool.routebook.diff.levels]"
    own = {rule: severity.level(word, place) for rule, word in settings.levels.items()}
    file = wishes.severity_levels
    if file is None and settings.severity_levels:
        file = configuration.root / settings.severity_levels
    theirs = {} if file is None else severity.read_levels(_text(file), _shown(file))
    if theirs and (strange := severity.unknown(theirs, rule_ids())):
        named = ", ".join(strange[:5]) + (" …" if len(strange) > 5 else "")
        console.note(f"{_shown(file or Path())}: no rule of routebook is called {named}")
    return {**theirs, **own}


def _selection(configuration: Configuration, wishes: Wishes) -> Selection:
    wanted, settings = wishes.selection, configuration.diff
    only = wanted.only or settings.only
    leave_out = (*wanted.leave_out, *settings.leave_out)
    return replace(wanted, only=only, leave_out=leave_out)


def _names(configuration: Configuration, chosen: Selection) -> tuple[str, ...]:
    """The rules, or beginnings of their ids, that the user names."""
    return (*configuration.diff.levels, *chosen.only, *chosen.leave_out)


def _refuse_unknown(names: tuple[str, ...], report: Report) -> None:
    """Raise `RoutebookError` for the beginning of a rule id that no id has, or that all have."""
    if not all(name.rstrip("*") for name in names):
        raise RoutebookError(
            "an empty name stands for every rule", hint="is a variable of your shell not set?"
        )
    told = [one.rule for one in report.findings]
    strange = severity.unknown(names, told)
    ids = rule_ids() if strange else ()
    for name in severity.unknown(strange, ids):
        close = nearest(name, ids)
        raise RoutebookError(
            f"no rule begins with {name!r}",
            hint=f"did you mean {close!r}?" if close else "`routebook explain` lists all rules",
        )


def rule_ids() -> tuple[str, ...]:
    """The ids of all rules of comparisons."""
    from routebook.diff.catalogue import explained

    return tuple(rule.id for rule in explained())


def _part(report: Report, chosen: Selection) -> Report:
    """The chosen findings, with a note where other paths and tags have some."""
    found = severity.select(report, chosen)
    wide = severity.select(report, replace(chosen, paths=(), tags=()))
    reaching = [sum(bool(one.operations) for one in side.findings) for side in (wide, found)]
    left = reaching[0] - reaching[1]
    if not left:
        return found
    asked = [*(f"--path {path}" for path in chosen.paths), *(f"--tag {tag}" for tag in chosen.tags)]
    note = f"{left} finding{'s' * (left > 1)} elsewhere {'are' if left > 1 else 'is'} left out"
    meant = "" if any(one.operations for one in found.findings) else _meant(wide, chosen)
    return replace(found, notes=(*found.notes, f"{note} ({', '.join(asked)}){meant}"))


def _meant(report: Report, chosen: Selection) -> str:
    """The paths and tags that are most like those asked for, as a question; empty for none."""
    paths = {operation.path for one in report.findings for operation in one.operations}
    tags = {tag for one in report.findings for tag in one.tags}
    close = [*(nearest(path, paths) for path in chosen.paths)]
    close += (nearest(tag, tags) for tag in chosen.tags)
    named = ", ".join(repr(name) for name in close if name)
    return f": did you mean {named}?" if named else ""


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or error
        raise RoutebookError(f"cannot be read: {said}", place=str(file)) from error


def _shown(file: Path) -> str:
    here = Path.cwd()
    return str(file.relative_to(here)) if file.is_relative_to(here) else str(file)
