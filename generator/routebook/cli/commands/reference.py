"""`routebook reference`: the Markdown reference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from routebook.cli import console, documents
from routebook.cli.group import Make
from routebook.cli.options import (
    api_argument,
    layout_option,
    samples_option,
    templates_option,
)
from routebook.cli.project import open_project, sound_project
from routebook.cli.quiet import quiet_option
from routebook.configuration import TARGETS
from routebook.garbage import keep

if TYPE_CHECKING:
    from routebook.cli.project import Project
    from routebook.emit.markdown import Begun


@click.command(cls=Make, short_help="Write the Markdown reference.")
@api_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder of the pages; index.md is the first.",
)
@click.option(
    "--single-page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write everything as one page; - is standard output.",
)
@templates_option
@click.option(
    "--target",
    type=click.Choice(TARGETS),
    help="Plain Markdown, or that of MkDocs. [default: of pyproject.toml, or markdown]",
)
@layout_option
@samples_option
@quiet_option
def command(
    api: str | None,
    output: Path | None,
    single_page: Path | None,
    templates: Path | None,
    target: str | None,
    layout: str | None,
    samples: tuple[str, ...] | None,
) -> None:
    """Write the Markdown reference of an API: as pages, as one page, or both.

    \b
    routebook reference -o docs/reference
    routebook reference --single-page api.md
    routebook reference -o docs/reference --templates docs/templates
    routebook reference openapi.yaml -o docs/reference --layout operation
    routebook reference -o docs/reference --samples curl,python,javascript,go
    """
    if output is None and single_page is None:
        raise click.UsageError("Say where to: -o DIR for pages, --single-page FILE for one page.")
    project, begun = _opened(api)
    keep(project)
    templates = templates or project.configuration.templates_folder
    samples = project.configuration.samples if samples is None else samples
    if output is not None:
        chosen = target or project.configuration.target
        pages = documents.reference_pages(project.api, chosen, templates, layout, samples, begun)
        console.write_all(output, {page.path: page.content for page in pages})
    if single_page is not None:
        text = documents.single_page(project.api, templates, samples, begun)
        if str(single_page) == "-":
            console.product(text)
        else:
            console.write(single_page, text)


def _opened(api: str | None) -> tuple[Project, Begun]:
    """The project of an API, and what was begun of its reference while it was read."""
    # A document may be shown whatever its examples are like: `check` is for those.
    if api is None or (api != "-" and Path(api).suffix.lower() not in documents.SUFFIXES):
        return sound_project(api), dict
    begun = click.get_current_context().with_resource(documents.begin_reference(Path(api)))
    return open_project(api), begun
