"""`routebook diff`: what changed between two descriptions, and what breaks whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from routebook.cli.group import Check
from routebook.cli.options import (
    allow_refs_option,
    complete_rule,
    described_argument,
    output_option,
)
from routebook.cli.quiet import quiet_option

if TYPE_CHECKING:
    from datetime import datetime

    from routebook.cli.comparing import Wishes
    from routebook.diff.model import Report
    from routebook.report.diff import Options

FORMATS = ("text", "json", "markdown", "html", "github", "gitlab", "sarif", "junit")
"""The formats, as in `routebook.report.diff.formats`, which help need not load."""

LEVELS = ("error", "warning", "info")
"""The levels of findings, the gravest first."""

MOST = 1_000_000
"""The bytes that GitHub takes as a job summary, less than a mebibyte."""


@click.command(
    cls=Check,
    short_help="Say what changed between two descriptions, and what breaks.",
    epilog="Exit codes: 0 nothing of the level of --fail-on, 1 something, 2 wrong use or input.",
)
@described_argument("base")
@described_argument("head", required=False)
@allow_refs_option
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print the report.",
)
@click.option(
    "--fail-on",
    type=click.Choice((*LEVELS, "none")),
    help="The mildest level that makes the exit code 1. [default: of pyproject.toml, or error]",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="info",
    show_default=True,
    help="The mildest level that is shown.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="RULE-PREFIX",
    shell_complete=complete_rule,
    help="Look only at rules that begin so.",
)
@click.option(
    "--except",
    "leave_out",
    multiple=True,
    metavar="RULE-PREFIX",
    shell_complete=complete_rule,
    help="Leave rules out that begin so.",
)
@click.option(
    "--path", "paths", multiple=True, metavar="GLOB", help="Look only at paths like '/users/*'."
)
@click.option("--tag", "tags", multiple=True, help="Look only at operations with it.")
@click.option(
    "--severity-levels",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Levels of rules, a line each, as oasdiff reads them: RULE err|warn|info|none.",
)
@click.option("--accept", metavar="REASON", help="Accept all that fails, and say why.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day of --accept."
)
@click.option(
    "--accepted-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where accepted changes stand. [default: of pyproject.toml, or .routebook-accepted.toml]",
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Judge as on this day."
)
@click.option("--expand", is_flag=True, help="Name every operation that a change reaches.")
@click.option("--changelog", is_flag=True, help="Write a changelog in Markdown instead.")
@click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Add the report to FILE in Markdown. [default: GitHub's job summary for --format github]",
)
@output_option("Where to write the report; - is standard output.")
@quiet_option
@click.pass_context
def command(ctx: click.Context, /, base: str, head: str | None, **asked: Any) -> None:
    """Say what changed from BASE to HEAD, what breaks whom, and how to do it safely.

    \b
    routebook diff openapi-1.0.yaml openapi.yaml   two documents
    routebook diff main:openapi.yaml               a file, with itself in git
    routebook diff origin/main:shop.api:API        a description in Python
    routebook diff origin/main                     this project's API
    routebook diff v1.4.0:openapi.yaml --changelog -o CHANGES.md
    routebook diff main:openapi.yaml --accept "unused" --until 2027-06-30

    BASE and HEAD are each a document (YAML or JSON), - for standard input, a folder with a
    configured API, a Python description, or any of these at a revision of git, REV:WHAT. HEAD is
    what BASE names in the working tree, or else this project's API. Nothing is fetched. What two
    documents say alike is not looked at: `routebook check` finds what is wrong with it.

    `routebook explain RULE` says more about a rule.
    """
    from routebook import configuration
    from routebook.cli import comparing, console, sides

    _refuse(ctx, (base, head), asked)
    found = configuration.find()
    fail_on = asked["fail_on"] or found.diff.fail_on
    accept = None
    if asked["accept"] is not None:
        until = asked["until"].date().isoformat() if asked["until"] else ""
        accept = comparing.Accepting(reason=asked["accept"], until=until, fail_on=fail_on)
    old, new = sides.both(base, head, found)
    report = comparing.compare(old, new, found, _wishes(asked), accept)
    _tell(report, fail_on, asked)
    failing = len(comparing.failing(report, fail_on))
    if failing and str(asked["output"]) != "-":
        console.note(f"{failing} finding{'s' * (failing > 1)} at or above the level {fail_on}")
    ctx.exit(1 if failing else 0)


def _refuse(ctx: click.Context, named: tuple[str | None, ...], asked: dict[str, Any]) -> None:
    """Raise `UsageError` for options that do not go together, or would do harm."""
    until, output = asked["until"], asked["output"]
    if until and asked["accept"] is None:
        raise click.UsageError("--until goes with --accept.", ctx)
    if until and until.date() < _wishes(asked).today:
        raise click.UsageError(f"--until {until.date()} is past: nothing would be accepted.", ctx)
    chosen = ctx.get_parameter_source("format") is click.core.ParameterSource.COMMANDLINE
    if asked["changelog"] and chosen and asked["format"] != "markdown":
        raise click.UsageError("--changelog writes Markdown, in no other format.", ctx)
    if output.is_file() and any(name and _is_file(name, output) for name in named):
        raise click.UsageError(f"--output {output} is a file that is compared.", ctx)


def _is_file(name: str, file: Path) -> bool:
    """Whether what is compared is a certain file."""
    return Path(name).is_file() and Path(name).samefile(file)


def _wishes(asked: dict[str, Any]) -> Wishes:
    from datetime import date

    from routebook.cli.comparing import Wishes
    from routebook.diff.severity import Selection

    today: datetime | None = asked["today"]
    return Wishes(
        selection=Selection(
            only=asked["only"],
            leave_out=asked["leave_out"],
            paths=asked["paths"],
            tags=asked["tags"],
        ),
        severity_levels=asked["severity_levels"],
        accepted=asked["accepted_file"],
        today=today.date() if today else date.today(),  # noqa: DTZ011  # sunsets are local days
    )


def _tell(report: Report, fail_on: str, asked: dict[str, Any]) -> None:
    """Print or write the report, and the job summary."""
    import sys

    from routebook.cli import comparing, console
    from routebook.report.diff import Options, render

    shown, hidden = comparing.visible(report, asked["level"])
    output: Path = asked["output"]
    options = Options(
        expand=asked["expand"],
        color=str(output) == "-" and sys.stdout.isatty() and console.color() is not False,
        fail_on=fail_on,
        hidden=hidden,
        folder=Path.cwd(),
    )
    if asked["changelog"]:
        from routebook.emit import changelog

        text = changelog.page([shown], expand=options.expand)
    else:
        text = render(shown, asked["format"], options)
    if str(output) == "-":
        console.product(text)
    else:
        console.write(output, text)
    _summarize(shown, options, asked)


def _summarize(report: Report, options: Options, asked: dict[str, Any]) -> None:
    """Add the report in Markdown to the file of the job summary."""
    import os

    file: Path | None = asked["summary"]
    if file is None and asked["format"] == "github" and os.environ.get("GITHUB_STEP_SUMMARY"):
        file = Path(os.environ["GITHUB_STEP_SUMMARY"])
    if file is None:
        return
    from routebook.report.diff import markdown

    with file.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(markdown.shortened(report, options, MOST) + "\n")
