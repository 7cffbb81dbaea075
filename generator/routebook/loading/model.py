"""What loading gives, and how it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routebook.findings import DescriptionError, RoutebookError
from routebook.values import Value, frozen

if TYPE_CHECKING:
    from typing import TypeAlias

    from routebook.descriptors import APIDescriptor
    from routebook.documents import Document
    from routebook.findings import Finding
    from routebook.places import Places


@frozen
class Opened(Value):
    """An API that was loaded, with what is known about where it came from."""

    api: APIDescriptor
    """The API."""
    places: Places | None
    """Where its parts stand in their files; None when that was not asked for."""
    name: str
    """What it was called by."""
    findings: tuple[Finding, ...] = ()
    """What is odd about a document, and does not keep it from being read: warnings."""


@frozen
class Unread(Value):
    """An OpenAPI document that was found, and is not read as one yet."""

    document: Document
    """The document."""
    name: str
    """What it was called by."""
    allow_refs: tuple[str, ...] = ()
    """Where its references may lead: folders and URLs."""


Found: TypeAlias = "Opened | Unread"
"""What a name leads to."""


FETCH = "nothing is fetched: a revision must be here already (git fetch; fetch-depth: 0 in CI)"
"""What helps where a revision of git is missing."""


class UnknownNameError(RoutebookError):
    """A name that is that of no description."""


class UnknownModuleError(UnknownNameError):
    """A module that there is not."""


class AbsentError(RoutebookError):
    """A file or module that a revision of git does not have."""


class UnreadableError(DescriptionError):
    """A document that cannot be read: wrong input, unlike a description with faults."""
