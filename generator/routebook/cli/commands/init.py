"""`routebook init`: a new description to start from."""

from __future__ import annotations

from pathlib import Path

import click

from routebook.cli import console
from routebook.cli.group import Make
from routebook.cli.quiet import quiet_option


@click.command(cls=Make, short_help="Start a new description in a folder.", epilog="")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--name",
    metavar="NAME",
    help="The name of the Python package. [default: made of the folder's]",
)
@click.option("--title", metavar="TEXT", help="The title of the API. [default: made of NAME]")
@click.option("--force", is_flag=True, help="Write even where there are files already.")
@quiet_option
def command(folder: Path, name: str | None, title: str | None, force: bool) -> None:
    """Start a new description: a small one that is right, to be changed into your own.

    \b
    routebook init notes-api                    the package is notes_api
    routebook init . --name shop --title Shop   here, with names of your own

    It has a pyproject.toml with [tool.routebook], a package with the description, and a README.
    """
    from routebook.cli import packages, starting

    chosen = packages.new_name(folder, name)
    files = starting.files(chosen, title)
    starting.require_room(folder, force=force)
    console.write_all(folder, files)
    console.note(starting.next_steps(folder))
