"""What is wrong with a document's text, as findings with their places."""

from __future__ import annotations

from collections.abc import Iterable

from routebook.findings import DescriptionError, Finding, Location

DEPTH = 500
"""How deep values may stand in each other: real documents stay below 50."""

MOST = 100
"""How many errors of one kind are told at once."""


def finding(
    rule: str, message: str, location: Location | None, *, hint: str = "", place: str = ""
) -> Finding:
    """One error in a document; `place` is a JSON pointer, where one is known."""
    return Finding(rule=rule, place=place, message=message, hint=hint, location=location)


def error(
    rule: str, message: str, location: Location | None, *, hint: str = "", place: str = ""
) -> DescriptionError:
    """The exception of a single finding."""
    return DescriptionError([finding(rule, message, location, hint=hint, place=place)])


def too_deep(location: Location | None) -> DescriptionError:
    """The exception of a document that is nested beyond `DEPTH`."""
    return error(
        "document-depth",
        f"values are nested more than {DEPTH} deep",
        location,
        hint="let schemas refer to each other with `$ref` instead",
    )


def at(name: str, text: str, index: int) -> Location:
    """The place of the character at `index` in a text."""
    index = max(0, min(index, len(text)))
    start = text.rfind("\n", 0, index) + 1
    return Location(file=name, line=text.count("\n", 0, start) + 1, column=index - start + 1)


def tokens(parts: Iterable[str]) -> str:
    """The JSON pointer (RFC 6901) of a list of reference tokens."""
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def split(pointer: str) -> list[str]:
    """The reference tokens of a JSON pointer (RFC 6901, section 4)."""
    if not pointer:
        return []
    parts = pointer.removeprefix("/").split("/")
    if "~" not in pointer:
        return parts
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]
