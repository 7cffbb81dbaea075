"""What the parts of one conversion share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from routebook.documents.model import Document, Tokens
from routebook.documents.problems import split, tokens
from routebook.findings import Finding

Object = dict[str, Any]

HOMES = {"definitions": "schemas", "parameters": "parameters", "responses": "responses"}
"""Where Swagger keeps what is shared, and where in `components` OpenAPI does."""

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def mapping(value: Any) -> Mapping[str, Any]:
    """The object in a field; nothing for anything else, which the reader will tell."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The list in a field; nothing for anything else, which the reader will tell."""
    return value if isinstance(value, list) else []


class State:
    """A document that is being converted."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root: Mapping[str, Any] = document.data
        self.findings: list[Finding] = []
        self.origins: dict[Tokens, tuple[Document, Tokens]] = {(): (document, ())}
        self.names = {home: _names(mapping(self.root.get(home))) for home in HOMES}
        self.consumes = media_types(self.root.get("consumes"))
        self.produces = media_types(self.root.get("produces"))

    def say(self, at: Tokens, message: str, hint: str = "") -> None:
        """Tell what OpenAPI 3.0 has no words for."""
        pointer = tokens(at)
        self.findings.append(
            Finding(
                rule="swagger-conversion",
                place=f"#{pointer}",
                message=message,
                hint=hint,
                level="warning",
                location=self.document.locate(pointer),
            )
        )

    def came(self, out: Tokens, at: Tokens) -> None:
        """Remember what a part was made of."""
        self.origins[out] = (self.document, at)

    def named(self, home: str, name: str) -> str:
        """The name of a shared part among the components."""
        return self.names[home].get(name, name)

    def reference(self, reference: str, at: Tokens) -> str:
        """A `$ref`, as it is written in the converted document."""
        if not reference.startswith("#/"):
            return reference
        way = split(unquote(reference[1:]))
        if way[0] in HOMES and len(way) > 1:
            name = self.named(way[0], way[1])
            return f"#{tokens(['components', HOMES[way[0]], name, *way[2:]])}"
        self.say(
            (*at, "$ref"),
            f"the reference {reference!r} leads to what stands elsewhere in OpenAPI 3.0",
            "move its target to definitions, parameters or responses",
        )
        return reference

    def shared(self, home: str, node: Any) -> tuple[str, Any] | None:
        """What a reference to a shared part leads to, with its name there; else None."""
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str) or not reference.startswith(f"#/{home}/"):
            return None
        name = split(unquote(reference[1:]))[1]
        target = mapping(self.root.get(home)).get(name)
        return (name, target) if isinstance(target, dict) else None


def media_types(value: Any) -> tuple[str, ...]:
    """The media types of `consumes` or `produces`, each once."""
    return tuple(dict.fromkeys(one for one in items(value) if isinstance(one, str)))


def extensions(node: Mapping[str, Any]) -> Object:
    """The extensions among the fields of an object."""
    return {key: value for key, value in node.items() if key.startswith("x-")}


def _names(parts: Mapping[str, Any]) -> dict[str, str]:
    """Names that components may have (OpenAPI 3.0.3, section 4.7.7), unique."""
    taken = {name for name in parts if not _UNFIT.search(name) and name}
    names: dict[str, str] = {}
    for name in parts:
        fit, number = _UNFIT.sub("-", name).strip("-") or "Unnamed", 2
        if name in taken:
            fit = name
        else:
            stem = fit
            while fit in taken:
                fit = f"{stem}-{number}"
                number += 1
        taken.add(fit)
        names[name] = fit
    return names
