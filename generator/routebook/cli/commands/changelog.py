"""`routebook changelog`: what changed from version to version, for the readers of an API."""

from __future__ import annotations

from pathlib import Path

import click

from routebook.cli.group import Make
from routebook.cli.options import allow_refs_option, described_argument, output_option
from routebook.cli.quiet import quiet_option


@click.command(cls=Make, short_help="Write a changelog of several versions.", epilog="")
@described_argument("versions", nargs=-1, required=True, metavar="OLD... NEW")
@allow_refs_option
@click.option("--title", default="Changelog", show_default=True, help="The heading of the page.")
@click.option("--expand", is_flag=True, help="Name every operation that a change reaches.")
@output_option("Where to write it; - is standard output.")
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    versions: tuple[str, ...],
    title: str,
    expand: bool,
    output: Path,
) -> None:
    """Write a page of Markdown that says what changed from version to version, the newest first.

    \b
    routebook changelog v1.0:openapi.yaml v1.1:openapi.yaml openapi.yaml
    routebook changelog 1.0.yaml 1.1.yaml shop.api -o docs/changelog.md

    Each version is named as `routebook diff` takes it, from the oldest to the newest. Levels and
    what is left out are those of [tool.routebook.diff].
    """
    from itertools import pairwise

    from routebook import configuration
    from routebook.cli import comparing, console, sides
    from routebook.emit import changelog

    if len(versions) < 2:
        raise click.UsageError("A changelog needs two versions at least.", ctx)
    found = configuration.find()
    opened = [sides.opened(version, found) for version in versions]
    wishes = comparing.Wishes()
    reports = [comparing.compare(old, new, found, wishes) for old, new in pairwise(opened)]
    text = changelog.page(reversed(reports), title, expand=expand)
    if str(output) == "-":
        console.product(text)
    else:
        console.write(output, text)
