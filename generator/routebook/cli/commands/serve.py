"""`routebook serve`: a preview of the reference site, with live reload."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import click

from routebook.cli.group import Look
from routebook.cli.options import api_argument, templates_option
from routebook.cli.project import sound_project
from routebook.cli.quiet import quiet, quiet_option


@click.command(cls=Look, short_help="Preview the reference in a browser.")
@api_argument
@click.option(
    "--address",
    metavar="HOST:PORT",
    default="127.0.0.1:8000",
    show_default=True,
    help="Where to serve it.",
)
@click.option("--open", "browser", is_flag=True, help="Open it in the browser.")
@templates_option
@quiet_option
def command(api: str | None, address: str, browser: bool, templates: Path | None) -> None:
    """Preview the reference of an API as a site that follows your edits.

    \b
    routebook serve
    routebook serve api.py --open

    A document from standard input (-) is shown as it was read.

    Needs MkDocs with Material: pip install 'routebook[site]'. Ctrl-C ends it.
    """
    from routebook.cli import preview  # the reference's modules take a while

    mkdocs = preview.command()
    project = sound_project(api, thorough=False)
    arguments = [
        "--dev-addr",
        address,
        *(["--open"] if browser else []),
        *(["--quiet"] if quiet() else []),
    ]
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    gc.enable()
    with preview.folder(project, templates) as file:
        mkdocs.main(
            ["serve", "--config-file", str(file), *arguments],
            prog_name="mkdocs",
            standalone_mode=False,
        )
