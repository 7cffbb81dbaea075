"""`routebook build`: everything that is made from a description."""

from __future__ import annotations

from pathlib import Path

import click

from routebook.cli import console, documents
from routebook.cli.group import Make
from routebook.cli.options import (
    api_argument,
    layout_option,
    openapi_version_option,
    samples_option,
    templates_option,
)
from routebook.cli.project import sound_project
from routebook.cli.quiet import quiet_option
from routebook.findings import DescriptionError


@click.command(cls=Make, short_help="Make everything: OpenAPI, reference, one page.")
@api_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    default="build",
    show_default=True,
    help="The folder to write to.",
)
@openapi_version_option
@templates_option
@layout_option
@samples_option
@click.option(
    "--llms/--no-llms",
    default=True,
    help="Whether to write llms.txt and llms-full.txt. [default: yes]",
)
@quiet_option
def command(
    api: str | None,
    output: Path,
    openapi_version: str | None,
    templates: Path | None,
    layout: str | None,
    samples: tuple[str, ...] | None,
    llms: bool,
) -> None:
    """Make everything from the description of an API, and validate it.

    \b
    DIR/openapi.yaml, DIR/openapi.json   the OpenAPI document
    DIR/reference/                       the Markdown reference, from index.md on
    DIR/api.md                           the same as one page
    DIR/llms.txt, DIR/llms-full.txt      what is where and all of it, for programs

    The document is validated in every version of OpenAPI before anything is written; for an
    OpenAPI document that is given here, in its own version and in the one that is written.
    """
    with console.step("Checking the description"):
        project = sound_project(api)
    settings = project.configuration
    version = openapi_version or settings.openapi_version
    versions = dict.fromkeys((version, *documents.judged_versions(project)))
    invalid = tuple(documents.invalid_openapi(project.api, versions))
    if invalid:
        raise DescriptionError(invalid)
    templates = templates or settings.templates_folder
    with console.step("Writing the reference"):
        shown = settings.samples if samples is None else samples
        target = settings.target
        pages = documents.reference_pages(project.api, target, templates, layout, shown)
        whole = documents.single_page(project.api, templates, shown)
    yaml, json = documents.openapi_texts(project.api, version, ("yaml", "json"))
    files = {"openapi.yaml": yaml, "openapi.json": json, "api.md": whole}
    files |= {f"reference/{page.path}": page.content for page in pages}
    if llms:
        files |= documents.machine_files(project.api, pages, whole)
    console.write_all(output, files)
