"""`routebook import`: a Python description from an OpenAPI document."""

from __future__ import annotations

from pathlib import Path

import click

from routebook.cli import console
from routebook.cli.group import Make
from routebook.cli.options import api_argument
from routebook.cli.project import open_project
from routebook.cli.quiet import quiet_option


@click.command(cls=Make, short_help="Write a Python description of an OpenAPI document.")
@api_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder of the package; its name is the package's. With --name, the folder above it.",
)
@click.option("--name", metavar="NAME", help="The name of the package. [default: that of DIR]")
@click.option("--force", is_flag=True, help="Replace the package that is there.")
@click.option(
    "--types/--no-types",
    default=True,
    show_default=True,
    help="Write schemas that are plain objects as Python types.",
)
@quiet_option
def command(api: str | None, output: Path, name: str | None, force: bool, types: bool) -> None:
    """Write an API as a Python package, to go on from there in Python.

    \b
    routebook import openapi.yaml -o spec/petstore/
    routebook import openapi.yaml -o spec --name petstore    the same
    curl https://example.com/openapi.json | routebook import - -o petstore

    Importing the package gives the API that was read: everything that the document says stands
    in it. The document is not needed any more.
    """
    from routebook.cli import packages
    from routebook.emit.python import package

    if name is not None:
        output /= packages.new_name(output, name)
    folder = packages.place(output, force=force)
    with console.step("Reading"):
        described = open_project(api).api
    with console.step("Writing"):
        files = package(described, types=types)
        packages.write(folder, files, force=force)
    console.note(packages.summary(output, files, described))
    console.note(packages.next_steps(output))
