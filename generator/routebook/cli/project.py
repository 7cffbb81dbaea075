"""The project that a command runs in, and the API that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from routebook import configuration
from routebook.cli import console
from routebook.cli.options import allowed_refs
from routebook.configuration import Configuration
from routebook.deep import deep
from routebook.descriptors import APIDescriptor
from routebook.findings import DescriptionError
from routebook.loading import open_api
from routebook.places import Places


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """An API, and the configuration that holds where the command runs."""

    api: APIDescriptor
    """The API."""
    name: str
    """The argument that names it again; empty when it goes without."""
    configuration: Configuration
    """`[tool.routebook]`."""
    places: Places | None = None
    """Where the parts of a document stand in it; None for other descriptions."""

    @property
    def configured(self) -> bool:
        """Whether it is the API that the configuration is about."""
        return self.name in ("", self.configuration.api)


def open_project(spec: str | None) -> Project:
    """Load the API that an argument names; without one the configured API, or the bundled one."""
    if (context := click.get_current_context(silent=True)) is not None:
        context.with_resource(deep())  # documents may nest as deeply as their reader allows
    found = configuration.find()
    base, search = (
        (found.root, found.search) if spec is None else (Path.cwd(), (*found.search, found.root))
    )
    opened = open_api(
        found.api if spec is None else spec,
        base,
        search,
        allow_refs=allowed_refs(),
        places=False,
    )
    if opened.findings:
        console.warnings(opened.findings)
    return Project(api=opened.api, name=spec or "", configuration=found, places=opened.places)


def sound_project(spec: str | None, *, thorough: bool = True) -> Project:
    """Like `open_project`, but raises `DescriptionError` for a description with errors.

    Without `thorough`, only what is told quickly is looked for: not schemas, examples and
    overlapping routes.
    """
    from routebook import checks

    project = open_project(spec)
    found = checks.check(
        project.api, overlaps=thorough, schemas=thorough, outside=project.places is not None
    )
    errors = [finding for finding in found if finding.level == "error"]
    if errors:
        raise DescriptionError(errors)
    return project
