"""Says in words what a schema says: its type, and what else holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from routebook.schemas import REFERENCE
from routebook.views import escape
from routebook.views.definitions import Definitions, reference
from routebook.views.jsontext import compact

_DEEPEST = 6
"""How many types stand inside one another in words: below, only the outermost is said."""

ALTERNATIVES = {"oneOf": "one of ", "anyOf": "any of "}
"""The keywords of alternatives, and how their words begin."""

_SAID = frozenset(
    {"type", "format", "title", "description", "default", "examples", "example", "deprecated"}
    | {"properties", "patternProperties", "required", "items", "prefixItems", "oneOf", "anyOf"}
    | {"allOf", "$ref", "$defs", "definitions", "$schema", "$id", "$comment", "xml"}
    | {
        "nullable",
        "externalDocs",
        "$anchor",
        "$vocabulary",
        "minContains",
        "maxContains",
        "then",
        "else",
    }
)
"""Keywords that type, rows, description or another keyword's words say already; `nullable`
without a type, as OpenAPI 3.0 allows, says nothing."""

_LIMITS = {
    "minimum": "≥ {}",
    "maximum": "≤ {}",
    "exclusiveMinimum": "> {}",
    "exclusiveMaximum": "< {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} properties",
    "maxProperties": "at most {} properties",
    "pattern": "matches {}",
    "const": "always {}",
    "contentMediaType": "holds {}",
    "contentEncoding": "encoded as {}",
    "$dynamicRef": "refers to {}",
    "$dynamicAnchor": "is called {}",
}
_FLAGS = {"uniqueItems": "no item twice", "readOnly": "read only", "writeOnly": "write only"}
_SCHEMAS = {
    "not": "not {}",
    "propertyNames": "each name of a property: {}",
    "unevaluatedProperties": "properties that nothing else describes: {}",
    "unevaluatedItems": "items that nothing else describes: {}",
    "contentSchema": "what it holds: {}",
    "additionalItems": "further items: {}",
}
"""Keywords with one schema in them."""


class Words:
    """Describes schemas in words; those with a name by a link to them."""

    def __init__(self, definitions: Definitions, ids: Mapping[str, str]) -> None:
        self._definitions = definitions
        self._ids = ids
        self._named: dict[str, str] = {}

    def type(self, schema: Any, depth: int = 0) -> str:
        """The type of a schema: a line."""
        if schema is False:
            return "nothing"
        if not isinstance(schema, dict):
            return "any"
        if target := schema.get("$ref"):
            return self._link(str(target))
        if _SIMPLE.issuperset(schema) and isinstance(name := schema.get("type"), str):
            form = schema.get("format")
            return _simple(name, "" if form is None else str(form))
        said = list(self._types(schema, depth))
        return ", ".join(said) if said else "one of the values" if "enum" in schema else "any"

    def _types(self, schema: Mapping[str, Any], depth: int) -> Iterator[str]:
        if plain := self._plain(schema, depth):
            yield plain
        if depth > _DEEPEST:
            return
        for key, words in ALTERNATIVES.items():
            if schema.get(key):
                yield self._alternatives(schema[key], words, depth)
        if parts := schema.get("allOf"):
            own = (
                ["the properties below"] if "properties" in schema and "type" not in schema else []
            )
            said = [*dict.fromkeys(self.full(part, depth + 1) for part in parts), *own]
            yield said[0] if len(said) == 1 else "all of " + joined(said)

    def full(self, schema: Any, depth: int = 0) -> str:
        """The type of a schema with what else holds, where it has no section of its own."""
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return self.type(schema, depth)
        names = schema.get("required")
        if names and not schema.keys() - {"required"}:
            return f"with {joined([escape.code(str(name)) for name in names])}"
        said = self.constraints(schema, depth)
        title = schema.get("title")
        words = self.type(schema, depth)
        if title and "$ref" not in schema:
            words = (
                f"*{escape.characters(str(title).strip())}*: {words}"
                if str(title).strip()
                else words
            )
        return f"{words} ({said})" if said else words

    def _link(self, target: str) -> str:
        known = self._named.get(target)
        if known is None:
            known = self._named[target] = self._linked(target)
        return known

    def _linked(self, target: str) -> str:
        name = reference({"$ref": target})
        if name not in self._ids:
            return escape.code(target)
        again = " (recursive)" if name in self._definitions.recursive else ""
        return f"[{escape.text(name)}](#{self._ids[name]}){again}"

    def _alternatives(self, options: Any, words: str, depth: int) -> str:
        types = [self.full(option, depth + 1) for option in options]
        rest = [word for word in dict.fromkeys(types) if word != "null"]
        null = " or null" if "null" in types else ""
        if len(rest) == 1:
            return f"{rest[0]}{null}"
        listed = ", ".join(rest[:-1]) + f" or {rest[-1]}" if rest else "null"
        return f"{words}{listed}{',' + null if null else ''}"

    def _plain(self, schema: Mapping[str, Any], depth: int) -> str:
        named = schema.get("type")
        if isinstance(named, str):
            words = self._kind(named, schema, depth)
        elif isinstance(named, (list, tuple)):
            words = " or ".join(self._kind(str(name), schema, depth) for name in named)
        else:
            words = self._kind(_implied(schema), schema, depth)
        form = schema.get("format")
        return f"{words} ({escape.text(str(form))})".lstrip() if form else words

    def _kind(self, name: str, schema: Mapping[str, Any], depth: int) -> str:
        if name == "array" and depth <= _DEEPEST:
            return self._list(schema, depth)
        others = schema.get("additionalProperties")
        if name == "object" and isinstance(others, dict) and "properties" not in schema:
            return f"map of {self.type(others, depth + 1)}"
        return escape.text(name)

    def _list(self, schema: Mapping[str, Any], depth: int) -> str:
        first = [self.type(item, depth + 1) for item in schema.get("prefixItems", ())]
        rest = schema.get("items", True)
        if not first:
            return "array" if rest is True else f"array of {self.type(rest, depth + 1)}"
        more = ", then " + self.type(rest, depth + 1) if "items" in schema and rest else ""
        end = " and no more" if rest is False else ""
        return f"array of {joined(first)} in order{more}{end}"

    def constraints(self, schema: Any, depth: int = 0) -> str:
        """What a schema asks for beyond its type: a line."""
        if not isinstance(schema, dict):
            return ""
        if _SAID.issuperset(schema) and not isinstance(schema.get("items"), dict):
            return ""
        return "; ".join(self._constraints(schema, depth))

    def _constraints(self, schema: Mapping[str, Any], depth: int) -> Iterator[str]:
        if "enum" in schema:
            yield "one of " + ", ".join(value(item) for item in schema["enum"])
        for key, given in schema.items():
            if key not in _SAID:
                yield from self._constraint(key, given, schema, depth)
        if told := schema.get("discriminator"):
            yield self._discriminator(told)
        items = schema.get("items")
        if isinstance(items, dict) and depth <= _DEEPEST and "$ref" not in items:
            yield from (f"each: {said}" for said in self._constraints(items, depth + 1))

    def _constraint(
        self, key: str, given: Any, schema: Mapping[str, Any], depth: int
    ) -> Iterator[str]:
        if words := _LIMITS.get(key):
            plain = isinstance(given, (int, float)) and key != "const"
            words = words if given != 1 or not words.endswith("s") else _singular(words)
            yield words.format(given if plain else value(given))
        elif key in _FLAGS:
            if given is True:
                yield _FLAGS[key]
        elif key in _SCHEMAS:
            yield from self._schema(key, given, depth)
        elif key == "additionalProperties":
            yield from self._others(schema, given, depth)
        elif key in _STRUCTURES:
            yield from _STRUCTURES[key](self, given, schema, depth)
        elif key not in {"enum", "discriminator"} and not key.startswith("x-"):
            yield escape.code(f"{key}: {compact(given)}")

    def _schema(self, key: str, given: Any, depth: int) -> Iterator[str]:
        if key == "unevaluatedProperties" and given is False:
            yield "no other properties"
        elif key == "unevaluatedItems" and given is False:
            yield "no other items"
        elif key == "not" or given is not True:
            yield _SCHEMAS[key].format(self.full(given, depth + 1))

    def _others(self, schema: Mapping[str, Any], given: Any, depth: int) -> Iterator[str]:
        if given is False:
            yield "no other properties"
        elif isinstance(given, dict) and given and depth <= _DEEPEST:
            if "properties" in schema:
                yield f"other properties: {self.full(given, depth + 1)}"
            elif said := self.constraints(given, depth + 1) if "$ref" not in given else "":
                yield f"each value: {said}"

    def _condition(self, given: Any, schema: Mapping[str, Any], depth: int) -> Iterator[str]:
        words = f"if {self.full(given, depth + 1)}"
        for key, word in (("then", ", then"), ("else", ", else")):
            if key in schema:
                words += f"{word} {self.full(schema[key], depth + 1)}"
        yield words

    def _contains(self, given: Any, schema: Mapping[str, Any], depth: int) -> Iterator[str]:
        least, most = schema.get("minContains", 1), schema.get("maxContains")
        count = f"at least {least}" + (f" and at most {most}" if most is not None else "")
        yield f"{count} of the items: {self.full(given, depth + 1)}"

    def _dependents(self, given: Any, schema: Mapping[str, Any], depth: int) -> Iterator[str]:
        del schema, depth
        for name, others in given.items() if isinstance(given, dict) else ():
            yield f"with {escape.code(name)} also {joined([escape.code(str(x)) for x in others])}"

    def _dependent_schemas(
        self, given: Any, schema: Mapping[str, Any], depth: int
    ) -> Iterator[str]:
        del schema
        for name, inner in given.items() if isinstance(given, dict) else ():
            yield f"with {escape.code(name)}: {self.full(inner, depth + 1)}"

    def _discriminator(self, told: Any) -> str:
        if not isinstance(told, dict):
            return ""
        by = f"told apart by {escape.code(str(told.get('propertyName', '')))}"
        mapping = told.get("mapping") or {}
        ways = [f"{escape.code(k)} is {self._target(str(v))}" for k, v in mapping.items()]
        return f"{by}: {', '.join(ways)}" if ways else by

    def _target(self, target: str) -> str:
        return self._link(target if "/" in target else f"{REFERENCE}{target}")


_STRUCTURES = {
    "if": Words._condition,
    "contains": Words._contains,
    "dependentRequired": Words._dependents,
    "dependentSchemas": Words._dependent_schemas,
}
"""Keywords whose words need those beside them."""


_SIMPLE = frozenset({"type", "format", "description", "title", "default"}) | frozenset(_LIMITS)
"""Keywords of schemas whose type is one word."""


@lru_cache(maxsize=1024)
def _simple(name: str, form: str) -> str:
    return f"{escape.text(name)} ({escape.text(str(form))})" if form else escape.text(name)


def value(given: Any) -> str:
    """A JSON value as code: strings without quotes, where that is clear."""
    text = given if isinstance(given, str) else compact(given)
    return escape.code(text or '""')


def joined(words: list[str]) -> str:
    """A list in words."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _singular(words: str) -> str:
    return words.replace("properties", "property").removesuffix("s")


def _implied(schema: Mapping[str, Any]) -> str:
    """The type that a schema which names none is about."""
    if "properties" in schema and "allOf" not in schema:
        return "object"
    return "array" if "items" in schema or "prefixItems" in schema else ""
