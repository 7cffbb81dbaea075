"""What a reading gives: the API, where its parts stand, and what was odd about the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from routebook.descriptors import APIDescriptor
from routebook.documents.outline import Outline
from routebook.findings import DescriptionError, Finding, Location, RoutebookError
from routebook.garbage import uncollected
from routebook.nearest import hint
from routebook.openapi.dialect import NOTE
from routebook.openapi.reader.document import api
from routebook.openapi.reader.notes import fitting
from routebook.openapi.reader.state import At, Object, State, pointer, shown
from routebook.values import Value, frozen

Locate = Callable[[str], "Location | None"]
"""File, line and column of a JSON pointer in a document."""

VERSIONS = ("3.0", "3.1", "3.2")


class DocumentPlaces:
    """Where the descriptors that were read stand in their document."""

    def __init__(
        self,
        places: dict[int, At],
        locate: Locate | None,
        version: str,
        outline: Outline | None = None,
    ) -> None:
        self._places = places
        self._locate = locate
        self._outline = outline
        self.version = version
        """The version of OpenAPI that the document is read as: `3.0` for Swagger 2.0, too."""

    def pointer(self, part: object) -> str:
        """The JSON pointer of a descriptor; empty for the API, and for one that is not known."""
        return pointer(self._places.get(id(part)))

    def locate(self, part: object, *below: str) -> Location | None:
        """Where a descriptor, or a pointer, or what stands below it begins in the file."""
        if self._locate is None or not (isinstance(part, str) or id(part) in self._places):
            return None
        above = part if isinstance(part, str) else self.pointer(part)
        at: At = None
        for step in below:
            at = (at, step)
        return self._locate(above.removeprefix("#") + pointer(at))

    def marked(self, component: str) -> Sequence[Mapping[str, Any]] | None:
        """The objects in a named schema that have a `$ref` or an `x-stability-level`.

        None when they are not known, as where a text has no outline.
        """
        if self._outline is None:
            return None
        node = self._outline.at("components", "schemas", component)
        if node is None or node.marked is None or any(NOTE in one for one in node.marked):
            return None
        return node.marked


@frozen(kw_only=False)
class Reading(Value):
    """A document that was read."""

    api: APIDescriptor
    """What it describes."""
    places: DocumentPlaces
    """Where the descriptors stand in it, by identity."""
    findings: tuple[Finding, ...]
    """What is odd about it and does not keep it from being read: warnings."""
    version: str
    """The version of OpenAPI that it is written in: `3.0`, `3.1`, `3.2`, or `2.0`."""


def read_data(
    data: Any, locate: Locate | None = None, name: str = "", outline: Outline | None = None
) -> Reading:
    """Read the document that `data` is; `outline` is that of the text that says it.

    Raises `DescriptionError` with everything that is wrong with it.
    """
    version = _version(data, locate)
    state = State(data, version)
    with uncollected():
        made = None
        try:
            with fitting(state, None):
                made = api(state)
        except DescriptionError:
            pass
        except RecursionError as error:
            raise RoutebookError(
                "it is nested too deeply to be read", place=name, hint="is it an OpenAPI document?"
            ) from error
    findings = tuple(located(one, locate) for one in state.findings)
    if made is None or state.errors_found:
        raise DescriptionError(one for one in findings if one.level == "error")
    places = DocumentPlaces(state.places, locate, version, outline)
    return Reading(made, places, findings, version)


def located(finding: Finding, locate: Locate | None) -> Finding:
    """A finding with its place in the file, when that is known."""
    if locate is None:
        return finding
    place = locate(finding.place.removeprefix("#"))
    if place is None:
        return finding
    return Finding(
        rule=finding.rule,
        place=finding.place,
        message=finding.message,
        hint=finding.hint,
        detail=finding.detail,
        level=finding.level,
        location=place,
    )


def _version(data: Any, locate: Locate | None) -> str:
    """The version that a document names; it is an error when that cannot be read."""
    if not isinstance(data, dict):
        raise _refused(
            f"expected an OpenAPI document (an object), found {shown(data)}", "", locate, ""
        )
    if "openapi" not in data:
        keys = [key for key in data if isinstance(key, str)][:50]
        raise _refused(
            "it does not say what version of OpenAPI it is",
            "",
            locate,
            hint("openapi", keys) if keys and "openapi" in str(keys).lower() else _BEGIN,
        )
    found = re.match(r"(\d+\.\d+)(?:\.|$)", str(data["openapi"]))
    version = found[1] if found else ""
    if version not in VERSIONS:
        raise _refused(
            f"expected one of the versions {', '.join(VERSIONS)}, found {shown(data['openapi'])}",
            "/openapi",
            locate,
            _BEGIN,
        )
    return version


_BEGIN = "an OpenAPI document begins with a line such as openapi: 3.1.0"


def _refused(message: str, place: str, locate: Locate | None, hint: str) -> DescriptionError:
    finding = Finding(
        rule="openapi-structure", place=f"#{place}", message=message, hint=hint, level="error"
    )
    return DescriptionError([located(finding, locate)])


def root_of(data: Any) -> Object:
    """A document as dicts and lists, whatever mappings it was made of."""
    from routebook.schemas import plain

    return data if type(data) is dict else plain(data)
