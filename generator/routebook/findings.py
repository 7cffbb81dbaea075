"""A finding: something said about a description or document, with its place and the next step."""

from __future__ import annotations

from collections.abc import Iterable

from routebook.values import Value, frozen


@frozen
class Location(Value):
    """A place in a file."""

    file: str
    """Its path, as it was given."""
    line: int = 0
    """Counts from 1; 0 means unknown."""
    column: int = 0
    """Counts from 1, in characters; 0 means unknown."""

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@frozen
class Finding(Value):
    """One thing that is wrong, or worth knowing."""

    rule: str
    """The rule's id: kebab-case, public and permanent."""
    place: str
    """The path in the description, `blob-upload.POST[Mount Blob].query[from]`; empty for all."""
    message: str
    """What is the matter."""
    hint: str = ""
    """The next step."""
    detail: str = ""
    """Further lines, such as a unified diff."""
    level: str = "error"
    """`error`, `warning` or `info`."""
    location: Location | None = None
    """Where it stands in a file, when known."""

    def __str__(self) -> str:
        where = ": ".join(str(part) for part in (self.location, self.place) if part)
        return f"{where}: {self.message}" if where else self.message


class RoutebookError(Exception):
    """Wrong use or unreadable input: what is wrong, where, and the next step. Exit code 2."""

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        self.message = message
        self.place = place
        self.hint = hint
        super().__init__(f"{place}: {message}" if place else message)


class DescriptionError(RoutebookError):
    """A description with errors; all of them at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
