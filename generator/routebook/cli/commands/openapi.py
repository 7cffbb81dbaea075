"""`routebook openapi`: the OpenAPI document."""

from __future__ import annotations

from pathlib import Path

import click

from routebook.cli import console, documents
from routebook.cli.group import Make
from routebook.cli.options import api_argument, openapi_version_option, output_option
from routebook.cli.project import sound_project
from routebook.cli.quiet import quiet_option


@click.command(cls=Make, short_help="Write the OpenAPI document.")
@api_argument
@openapi_version_option
@click.option(
    "--format",
    type=click.Choice(["yaml", "json"]),
    help="How to write it. [default: by the suffix of FILE, or else yaml]",
)
@output_option("Where to write it; - is standard output.")
@quiet_option
def command(api: str | None, openapi_version: str | None, format: str | None, output: Path) -> None:
    """Write the OpenAPI document of an API.

    \b
    routebook openapi                          the YAML of this project's API
    routebook openapi -o openapi.json          JSON, by the name of the file
    routebook openapi --openapi-version 3.0    for tools that are not at 3.1 yet
    routebook openapi registry-v2 | less       the Docker Registry HTTP API V2
    """
    project = sound_project(api, thorough=False)
    version = openapi_version or project.configuration.openapi_version
    chosen = format or documents.SUFFIXES.get(output.suffix.lower(), "yaml")
    text = documents.openapi_text(project.api, version, chosen)
    if str(output) == "-":
        console.product(text)
    else:
        console.write(output, text)
