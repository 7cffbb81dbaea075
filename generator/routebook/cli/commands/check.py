"""`routebook check`: every gate that a description must pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click

from routebook import checks
from routebook.cli import committed, console, documents
from routebook.cli.group import Check
from routebook.cli.options import api_argument
from routebook.cli.project import Project, open_project
from routebook.cli.quiet import quiet_option
from routebook.findings import Finding
from routebook.report import formats, render

LEVELS = ("error", "warning", "info")
"""The levels of findings, the gravest first."""


@click.command(cls=Check, short_help="Check the description and what is made from it.")
@api_argument
@click.option(
    "--format",
    type=click.Choice(formats()),
    default="text",
    show_default=True,
    help="How to print findings.",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="The mildest level that makes the exit code 1. [default: error, and for --against what"
    " [tool.routebook.diff] says]",
)
@click.option("--fix", is_flag=True, help="Write committed files that are out of date anew.")
@click.option(
    "--against",
    metavar="REV",
    help="Compare the API with itself at this revision of git, as `routebook diff` does.",
)
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    api: str | None,
    format: str,
    fail_on: str | None,
    fix: bool,
    against: str | None,
) -> None:
    """Check an API: its description, its OpenAPI documents, and committed files.

    \b
    1. The description: parameters, names, error codes, schemas, examples,
       and a proof that at most one route matches any path.
    2. Its OpenAPI documents are valid, in every version; for an OpenAPI document
       that is given here, in the version that it is written in.
    3. The generated files that [tool.routebook.committed] of pyproject.toml
       names are up to date; a diff shows where they are not.
    4. With --against, as in --against origin/main: nothing breaks that
       worked at that revision. Nothing is fetched.

    Findings go to standard output: each has its place, what is wrong, and the next step.
    """
    project = open_project(api, thorough=True)
    found = _once(project, _findings(project, fix=fix))
    changes = _changes(against, api, project) if against is not None else ()
    console.findings(render((*found, *changes), format))
    console.note(_summary(project, (*found, *changes)))
    fails = _fails(found, fail_on or "error")
    fails |= _fails(changes, fail_on or project.configuration.diff.fail_on)
    ctx.exit(1 if fails else 0)


def _fails(found: tuple[Finding, ...], fail_on: str) -> bool:
    """Whether some finding is at a level or graver; never for the level `none`."""
    return fail_on in LEVELS and any(
        LEVELS.index(finding.level) <= LEVELS.index(fail_on) for finding in found
    )


def _once(project: Project, judged: Iterator[Finding]) -> tuple[Finding, ...]:
    """What was told when a document was read and what judges add to it, by line, each thing once.

    Of one place the validator says gravest, and the reader says most.
    """
    if project.written_in is None:
        return tuple(judged)
    nowhere = [one.message for one in project.findings if "leads nowhere" in one.message]
    told = {one.place: one for one in project.findings}
    found: list[Finding] = []
    for one in judged:
        _, mark, pointer = one.place.partition("#")
        same = told.pop(mark + pointer, None) if mark else None
        if same is not None:
            found.append(replace(one, message=same.message, hint=same.hint or one.hint))
        elif one.level == "error" or not any(one.message in message for message in nowhere):
            found.append(one)
    return tuple(sorted((*told.values(), *found), key=_line))


def _line(finding: Finding) -> tuple[str, int]:
    where = finding.location
    return (where.file, where.line) if where else ("", 0)


def _findings(project: Project, *, fix: bool) -> Iterator[Finding]:
    """All findings; what builds on a sound description is left out for an unsound one."""
    with console.step("Checking the description"):
        outside = project.written_in is not None
        found = checks.check(project.api, outside=outside, places=project.places)
    yield from found
    if any(finding.level == "error" for finding in found):
        return
    versions = documents.judged_versions(project)
    yield from documents.invalid_openapi(project.api, versions, project.places)
    if project.configured:
        outdated = tuple(committed.outdated(project))
        if fix:
            committed.mend(project, outdated)
        else:
            yield from (file.finding for file in outdated)


def _changes(revision: str, api: str | None, project: Project) -> tuple[Finding, ...]:
    """What changed since a revision, as `[tool.routebook.diff]` judges it."""
    from routebook.cli import comparing, sides

    old, new = sides.against(revision, project.configuration, api)
    report = comparing.compare(old, new, project.configuration, comparing.Wishes())
    for note in report.notes:
        console.note(note)
    return tuple(comparing.as_findings(report))


def _summary(project: Project, found: tuple[Finding, ...]) -> str:
    counts = {level: sum(f.level == level for f in found) for level in LEVELS}
    said = [f"{n} {level}{'s' * (n > 1 and level != 'info')}" for level, n in counts.items() if n]
    return f"{project.api.title or 'The API'}: {', '.join(said) if said else 'all is well'}."
