"""What schemas are compared as: parts of a description, and values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from routebook.conformance import compiled

ALL = frozenset({"null", "boolean", "integer", "fraction", "string", "array", "object"})
"""The types of JSON values; `fraction` are the numbers that are not integers."""
NUMBERS = frozenset({"integer", "fraction"})
NOTES = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "$comment"}
    | {"readOnly", "writeOnly", "xml", "externalDocs", "discriminator", "$id", "$schema", "$anchor"}
)
"""Keywords that accept and refuse nothing."""
REFERENCE = "#/components/schemas/"
NAMED_PATTERNS = ("", ".*", "^.*$", "^.*", ".*$", "^", "$", "(?s).*", "^[\\s\\S]*$", "[\\s\\S]*")
"""Patterns that every text matches."""


class Part(NamedTuple):
    """A schema, and where it stands."""

    schema: Any
    component: str
    pointer: str

    def at(self, *tokens: str | int) -> str:
        """The pointer to something below it."""
        pointer = self.pointer
        for token in tokens:
            text = str(token)
            pointer += "/" + (escaped(text) if "/" in text or "~" in text else text)
        return pointer

    def below(self, schema: Any, *tokens: str | int) -> Part:
        """A schema below it."""
        return Part(schema, self.component, self.at(*tokens))


class Atom(NamedTuple):
    """A part whose own keywords count for values of the types in `mask`."""

    part: Part
    mask: frozenset[str]

    @property
    def schema(self) -> Any:
        """Its schema, a mapping."""
        return self.part.schema


class Found(NamedTuple):
    """A keyword's value, and the part that it stands in."""

    value: Any
    part: Part


Conjunction = tuple[Part, ...]
"""Schemas that all have to be met."""


def escaped(token: str) -> str:
    """A reference token as it stands in a pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def name_in(reference: str) -> str:
    """The component that a reference is to, or into."""
    return steps_in(reference)[0]


def steps_in(reference: str) -> list[str]:
    """The name of the component that a reference is to, and the steps from there (RFC 6901)."""
    rest = reference.removeprefix(REFERENCE)
    if "%" in rest:
        rest = unquote(rest)
    return [step.replace("~1", "/").replace("~0", "~") for step in rest.split("/")]


def identity(conjunction: Conjunction) -> tuple[int, ...]:
    """What two conjunctions of the same schemas share, as long as the schemas live."""
    if len(conjunction) == 1:
        return (id(conjunction[0].schema),)
    return tuple(sorted({id(part.schema) for part in conjunction}))


@lru_cache(maxsize=256)
def _types(name: str) -> frozenset[str]:
    if name == "number":
        return NUMBERS
    return frozenset({name}) & ALL


def types_of(keyword: Any) -> frozenset[str]:
    """The types that the value of a `type` keyword names."""
    if isinstance(keyword, str):
        return _types(keyword)
    if isinstance(keyword, (list, tuple)):
        names = (_types(name) for name in keyword if isinstance(name, str))
        return frozenset().union(*names)
    return ALL


def type_names(types: frozenset[str]) -> list[str]:
    """The names that a `type` keyword has for types, in a fixed order."""
    plain = sorted(types - {"fraction"} - ({"integer"} if types >= NUMBERS else set()))
    return sorted([*plain, "number"]) if "fraction" in types else plain


@cache
def typed(types: frozenset[str]) -> Part:
    """A part that says nothing but types: the same one for the same types."""
    return Part({"type": type_names(types)}, "", "")


def type_of(value: Any) -> str:
    """The type of a JSON value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "integer" if value == value // 1 else "fraction"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, (dict, Mapping)) else "array"


_NESTED = re.compile(r"[+*}]\??[^()]*\)+[+*{]")
SHORT = 24
"""How long a text may be that is matched with a pattern of repeats inside repeats."""


def costly(pattern: str) -> bool:
    """Whether matching may take a time that grows exponentially with the text."""
    return _NESTED.search(pattern) is not None


def matches(pattern: str, text: str) -> bool:
    """Whether a text matches; not when the pattern cannot be read, or takes too long."""
    if len(text) > SHORT and costly(pattern):
        return False
    expression = compiled(pattern)
    return expression is not None and expression.search(text) is not None
