"""The project that a command runs in, and the API that it is about."""

from __future__ import annotations

from pathlib import Path

import click

from routebook import configuration
from routebook.cli import console
from routebook.cli.options import allowed_refs
from routebook.cli.signals import tidy
from routebook.configuration import Configuration
from routebook.deep import deep
from routebook.descriptors import APIDescriptor
from routebook.findings import DescriptionError, Finding
from routebook.loading import open_api
from routebook.places import Places
from routebook.values import Value, frozen


@frozen
class Project(Value):
    """An API, and the configuration that holds where the command runs."""

    api: APIDescriptor
    """The API."""
    name: str
    """The argument that names it again; empty when it goes without."""
    configuration: Configuration
    """`[tool.routebook]`."""
    places: Places | None = None
    """Where its parts stand in its files; None when it is not known."""
    findings: tuple[Finding, ...] = ()
    """What was odd about a document when it was read."""

    @property
    def written_in(self) -> str | None:
        """The version of OpenAPI of the document that it was read from; None for Python."""
        version: str | None = getattr(self.places, "version", None)
        return version

    @property
    def configured(self) -> bool:
        """Whether it is the API that the configuration is about."""
        return self.name in ("", self.configuration.api)


def open_project(spec: str | None, *, thorough: bool = False) -> Project:
    """Load the API that an argument names; without one the configured API, or the bundled one.

    With `thorough`, the lines of a Python description are noted, and what is odd about a document
    is not told here.
    """
    if (context := click.get_current_context(silent=True)) is not None:
        context.with_resource(deep())  # documents may nest as deeply as their reader allows
    found = configuration.find()
    base, search = (
        (found.root, found.search) if spec is None else (Path.cwd(), (*found.search, found.root))
    )
    with tidy():
        opened = open_api(
            found.api if spec is None else spec,
            base,
            search,
            allow_refs=allowed_refs(),
            places=thorough,
        )
    if opened.findings and not thorough:
        console.warnings(opened.findings)
    return Project(
        api=opened.api,
        name=spec or "",
        configuration=found,
        places=opened.places,
        findings=opened.findings,
    )


def sound_project(spec: str | None, *, thorough: bool = True) -> Project:
    """Like `open_project`, but raises `DescriptionError` for a description with errors.

    Without `thorough`, only what is told quickly is looked for: not schemas, examples and
    overlapping routes.
    """
    from routebook import checks

    project = open_project(spec)
    found = checks.check(
        project.api,
        overlaps=thorough,
        schemas=thorough,
        outside=project.written_in is not None,
        places=project.places,
    )
    errors = [finding for finding in found if finding.level == "error"]
    if errors:
        raise DescriptionError(errors)
    return project
