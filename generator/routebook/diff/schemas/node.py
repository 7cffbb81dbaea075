"""Schemas in normal form, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from routebook.diff.schemas.parts import ALL, Atom, Conjunction, Found, Part, matches


class Union(NamedTuple):
    """An `anyOf` or `oneOf` that could not be merged."""

    keyword: str
    branches: tuple[Part, ...]
    part: Part
    mask: frozenset[str]


class Closer(NamedTuple):
    """What holds for the members that no keyword names: `additionalProperties` and its like."""

    schema: Any
    part: Part
    keyword: str
    names: frozenset[str]
    patterns: tuple[str, ...]
    length: int

    def covers(self, name: str) -> bool:
        """Whether it decides about a property."""
        return name not in self.names and not any(matches(one, name) for one in self.patterns)

    @property
    def conjunction(self) -> Part:
        """Its schema, as a part."""
        return self.part.below(self.schema, self.keyword)


class Node:
    """A schema in normal form: what holds for values of each type.

    `refuses` tells which instances are not valid for sure against a schema of its description.
    """

    __slots__ = (
        "_required",
        "_tags",
        "atoms",
        "closers",
        "conjunction",
        "declared",
        "limits",
        "merged",
        "opaque",
        "refuses",
        "types",
        "unions",
        "where",
    )

    def __init__(self, conjunction: Conjunction, refuses: Callable[[Any, Any], bool]) -> None:
        self.conjunction = conjunction
        self.refuses = refuses
        self.where = conjunction[0] if conjunction else Part(True, "", "")
        self.atoms: list[Atom] = []
        self.types: frozenset[str] = ALL
        self.declared: frozenset[str] = ALL
        self.limits: dict[str, dict[Any, Found]] = {}
        self.unions: list[Union] = []
        self.merged: list[Union] = []
        self.closers: dict[str, list[Closer]] = {"object": [], "array": []}
        self.opaque: list[tuple[str, Found]] = []
        self._required: dict[str, Part] | None = None
        self._tags: dict[str, frozenset[str]] | None = None

    def find(self, keyword: str, kind: str) -> Iterator[Found]:
        """The values of a keyword that count for a type."""
        for part, mask in self.atoms:
            if keyword in part.schema and kind in mask:
                yield Found(part.schema[keyword], part)

    def anywhere(self, keyword: str) -> Iterator[Found]:
        """The values of a keyword, whatever the type."""
        for part, _ in self.atoms:
            if keyword in part.schema:
                yield Found(part.schema[keyword], part)

    def property_names(self) -> dict[str, None]:
        """The properties that are described, in order."""
        names: dict[str, None] = {}
        for value, _ in self.find("properties", "object"):
            if isinstance(value, (dict, Mapping)):
                names.update(dict.fromkeys(value))
        return names

    def patterns(self) -> dict[str, Conjunction]:
        """What holds for properties whose names match each pattern."""
        found: dict[str, list[Part]] = {}
        for value, part in self.find("patternProperties", "object"):
            for pattern, schema in members(value):
                below = part.below(schema, "patternProperties", pattern)
                found.setdefault(pattern, []).append(below)
        for pattern, parts in found.items():
            parts.extend(one.conjunction for one in self._others(pattern))
        return {pattern: tuple(parts) for pattern, parts in found.items()}

    def _others(self, pattern: str) -> Iterator[Closer]:
        return (one for one in self.closers["object"] if pattern not in one.patterns)

    def own_properties(self) -> Mapping[str, Any]:
        """The schemas of properties of which nothing else says anything."""
        if len(self.atoms) != 1:
            return {}
        ((part, mask),) = self.atoms
        named = part.schema.get("properties")
        plain = "object" in mask and "patternProperties" not in part.schema
        return named if plain and isinstance(named, (dict, Mapping)) else {}

    def of_property(self, name: str) -> Conjunction:
        """What holds for the value of a property; nothing when anything may stand there."""
        parts: list[Part] = []
        for part, mask in self.atoms:
            if "object" not in mask:
                continue
            named = part.schema.get("properties")
            if isinstance(named, (dict, Mapping)) and name in named:
                parts.append(part.below(named[name], "properties", name))
            if "patternProperties" in part.schema:
                parts.extend(_matching(part, name))
        if self.closers["object"]:
            parts.extend(one.conjunction for one in self.closers["object"] if one.covers(name))
        return tuple(parts)

    def additional(self) -> Conjunction:
        """What holds for properties that nothing names."""
        return tuple(one.conjunction for one in self.closers["object"])

    def prefix_length(self) -> int:
        """How many items have a schema of their own."""
        lengths = [len(v) for v, _ in self.find("prefixItems", "array") if isinstance(v, list)]
        return max(lengths, default=0)

    def of_item(self, index: int) -> Conjunction:
        """What holds for an item; past the prefix, for each."""
        parts: list[Part] = []
        for value, part in self.find("prefixItems", "array"):
            if isinstance(value, list) and index < len(value):
                parts.append(part.below(value[index], "prefixItems", index))
        parts.extend(one.conjunction for one in self.closers["array"] if index >= one.length)
        return tuple(parts)

    def required(self) -> dict[str, Part]:
        """The properties that must be there, and the parts that say so."""
        if self._required is None:
            self._required = {}
            for value, part in self.find("required", "object"):
                for name in value if isinstance(value, (list, tuple)) else ():
                    self._required.setdefault(name, part)
        return self._required

    def tags(self) -> dict[str, frozenset[str]]:
        """The properties that are one text only, and these: what tells branches apart."""
        if self._tags is None:
            self._tags = {}
            for value, _ in self.find("properties", "object"):
                for name, schema in members(value):
                    if (tag := _tag(schema)) is not None:
                        self._tags[name] = frozenset({tag})
        return self._tags

    def takes(self, value: Any) -> bool:
        """Whether a value is valid, as far as that is known."""
        return not any(self.refuses(value, part.schema) for part in self.conjunction)

    @property
    def simple(self) -> bool:
        """Whether nothing but the keywords of each type decides."""
        return not self.unions and not self.opaque

    @property
    def listed(self) -> bool:
        """Whether it is a list of values that somebody wrote."""
        return bool(self.limits) and self.finite

    @property
    def finite(self) -> bool:
        """Whether it is a list of values."""
        return all(kind in self.limits or kind in ("null", "boolean") for kind in self.types)


def _matching(part: Part, name: str) -> Iterator[Part]:
    """What the patterns of a part say of a property."""
    for pattern, schema in members(part.schema["patternProperties"]):
        if matches(pattern, name):
            yield part.below(schema, "patternProperties", pattern)


def _tag(schema: Any) -> str | None:
    """The one text that a schema takes, as far as that is seen at once."""
    if not isinstance(schema, (dict, Mapping)):
        return None
    if isinstance(schema.get("const"), str):
        return str(schema["const"])
    listed = schema.get("enum")
    return str(listed[0]) if isinstance(listed, list) and len(listed) == 1 else None


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """The names and values of a mapping; nothing of what is none."""
    return iter(value.items()) if isinstance(value, (dict, Mapping)) else iter(())
