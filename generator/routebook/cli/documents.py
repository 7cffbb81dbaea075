"""OpenAPI documents and the Markdown reference as files; what several commands make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from routebook.cli import console
from routebook.descriptors import APIDescriptor
from routebook.findings import Finding
from routebook.garbage import uncollected
from routebook.languages import USUAL

if TYPE_CHECKING:
    from routebook.cli.project import Project
    from routebook.emit.markdown import Begun
    from routebook.emit.page import Page
    from routebook.places import Places

_PROCESSES = 4
"""How many processes write a large reference at most."""

_LARGE = 500_000
"""How many bytes a document has that takes a while to be read."""

SUFFIXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}
"""What the name of a file says about its format."""


def openapi_text(api: APIDescriptor, version: str, format: str) -> str:
    """The OpenAPI document of an API, as `yaml` or `json` text."""
    return openapi_texts(api, version, (format,))[0]


def openapi_texts(api: APIDescriptor, version: str, formats: Iterable[str]) -> tuple[str, ...]:
    """The OpenAPI document in several formats."""
    from routebook import openapi

    document = openapi.write(api, version)
    return tuple(_dump(document, name) for name in formats)


def _dump(document: dict[str, object], format: str) -> str:
    if format == "json":
        from routebook.emit import json

        return json.dump(document)
    from routebook.emit import yaml

    return yaml.dump(document)


def reference_pages(
    api: APIDescriptor,
    target: str = "markdown",
    templates: Path | None = None,
    layout: str | None = None,
    samples: Iterable[str] = USUAL,
    begun: Begun = dict,
) -> tuple[Page, ...]:
    """The pages of the Markdown reference."""
    from routebook.emit import markdown

    with uncollected():
        return markdown.pages(api, target, templates, layout or "", _PROCESSES, samples, begun)


def machine_files(api: APIDescriptor, pages: Iterable[Page], whole: str) -> dict[str, str]:
    """What language models get: `llms.txt`, which lists files, and `llms-full.txt`, the `whole`."""
    from routebook.emit import markdown
    from routebook.emit.machines import llms
    from routebook.emit.machines.targets import targets

    below = [replace(page, path=f"reference/{page.path}") for page in pages]
    homes = {name: page.path for page in below for name in markdown.ids(page.content)}
    links = [
        *llms.contents(api, below, targets(api), homes, "reference"),
        *map(llms.document, ("openapi.yaml", "openapi.json")),
    ]
    sections = [llms.Section(title="Reference", links=tuple(links))]
    note = "All pages in one file: [llms-full.txt](llms-full.txt)."
    index = llms.index(api.title, llms.about(api), [note], sections)
    return {"llms.txt": index, "llms-full.txt": whole}


def begin_reference(document: Path) -> AbstractContextManager[Begun]:
    """Begin with the reference of a document that takes a while to be read."""
    from routebook.emit import markdown

    large = document.is_file() and document.stat().st_size >= _LARGE
    return markdown.ahead(document) if large else nullcontext(dict)


def single_page(
    api: APIDescriptor,
    templates: Path | None = None,
    samples: Iterable[str] = USUAL,
    begun: Begun = dict,
) -> str:
    """The Markdown reference as one page."""
    from routebook.emit import markdown

    return markdown.single_page(api, templates, samples, begun)


def judged_versions(project: Project) -> tuple[str, ...]:
    """The versions of OpenAPI in which a project's document is validated.

    Those of the configuration; for a document that it does not speak of, the one that the
    document is written in.
    """
    if project.written_in is not None and not project.configured:
        return (project.written_in,)
    return project.configuration.openapi_versions


def invalid_openapi(
    api: APIDescriptor, versions: Iterable[str], places: Places | None = None
) -> Iterator[Finding]:
    """What openapi-spec-validator refuses in the documents of these OpenAPI versions.

    `places` is where the document stands that the API was read from.
    """
    from routebook import openapi

    for version in versions:
        with console.step(f"Validating as OpenAPI {version}"):
            found = openapi.validate(openapi.write(api, version))
        for finding in found:
            location = places.locate(finding.place.removeprefix("#")) if places else None
            place = f"OpenAPI {version} {finding.place}".rstrip()
            yield replace(finding, place=place, location=location)
