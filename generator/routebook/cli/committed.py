"""Generated files that a project commits: which are out of date, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from routebook.cli import console, documents
from routebook.cli.project import Project
from routebook.findings import Finding
from routebook.output import leftovers, stale

PATTERN = "**/*.md"
"""The files in the folder of the reference that must be of the reference."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outdated:
    """A committed file that does not say what the description says."""

    path: str
    """Its path, relative to the project."""
    text: str | None
    """What it should say; None when it should be gone."""
    diff: str = ""
    """A unified diff from what it says to what it should say."""

    @property
    def finding(self) -> Finding:
        """The finding about it."""
        fix = "run `routebook check --fix`"
        return Finding(
            rule="file-out-of-date" if self.text is not None else "file-left-over",
            place=self.path,
            message="is not what the description gives"
            if self.text is not None
            else "is made by nothing any more",
            hint=f"{fix} and commit it"
            if self.text is not None
            else f"delete it, or {fix}; hand-written pages belong elsewhere",
            detail=self.diff,
        )


def outdated(project: Project) -> Iterator[Outdated]:
    """The committed files that are missing, out of date or left over."""
    root = project.configuration.root
    expected = dict(_expected(project))
    for path, text in expected.items():
        if diff := stale(root / path, text, shown=path):
            yield Outdated(path=path, text=text, diff=diff)
    folder = project.configuration.committed.reference
    if folder:
        known = [p.removeprefix(f"{folder}/") for p in expected if p.startswith(f"{folder}/")]
        for file in leftovers(root / folder, known, PATTERN):
            yield Outdated(path=file.relative_to(root).as_posix(), text=None)


def mend(project: Project, files: Sequence[Outdated]) -> None:
    """Write the files anew, and delete those that are left over."""
    root = project.configuration.root
    console.write_all(root, {file.path: file.text for file in files if file.text is not None})
    for file in files:
        if file.text is None:
            (root / file.path).unlink(missing_ok=True)
            console.note(f"Deleted {file.path}")


def _expected(project: Project) -> Iterator[tuple[str, str]]:
    settings = project.configuration
    templates = settings.templates_folder
    for path in settings.committed.openapi:
        kind = documents.SUFFIXES.get(Path(path).suffix.lower(), "yaml")
        version = settings.openapi_version
        yield path, documents.openapi_text(project.api, version, kind)
    if folder := settings.committed.reference:
        pages = documents.reference_pages(
            project.api, settings.target, templates, samples=settings.samples
        )
        yield from ((f"{folder}/{page.path}", page.content) for page in pages)
    if path := settings.committed.single_page:
        yield path, documents.single_page(project.api, templates, settings.samples)
