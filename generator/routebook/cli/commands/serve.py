"""`routebook serve`: a preview of the reference site, with live reload."""

from __future__ import annotations

import gc
import os
from errno import EADDRINUSE
from pathlib import Path

import click

from routebook.cli.group import Look
from routebook.cli.options import api_argument, templates_option
from routebook.cli.project import sound_project
from routebook.cli.quiet import quiet, quiet_option
from routebook.findings import RoutebookError


def _address(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """The address, if it is one; MkDocs would tell it late, or not at all."""
    from ipaddress import ip_address

    host, _, port = value.rpartition(":")
    try:
        if host != "localhost":
            ip_address(host.removeprefix("[").removesuffix("]"))
        if not 0 < int(port) <= MOST_PORT:
            raise ValueError
    except ValueError as error:
        message = f"{value!r} is no HOST:PORT such as 127.0.0.1:8000 or localhost:8080"
        raise click.BadParameter(message) from error
    return value


MOST_PORT = 65535


@click.command(cls=Look, short_help="Preview the reference in a browser.")
@api_argument
@click.option(
    "--address",
    callback=_address,
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
        try:
            mkdocs.main(
                ["serve", "--config-file", str(file), *arguments],
                prog_name="mkdocs",
                standalone_mode=False,
            )
        except OSError as error:
            if error.errno != EADDRINUSE:
                raise
            raise RoutebookError(
                os.strerror(EADDRINUSE),
                place=address,
                hint="choose another port, as in --address 127.0.0.1:8001",
            ) from error
