"""Says what a schema says in words: its type, its constraints, and its properties as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.views import escape
from routebook.views.definitions import Definitions, reference
from routebook.views.model import FieldView, ShapeView, TableView
from routebook.views.prose import Prose

_DEEPEST = 3
_SAID = {
    *("type", "format", "title", "description", "default", "examples", "example", "deprecated"),
    *("properties", "patternProperties", "required", "items", "prefixItems", "discriminator"),
    *("oneOf", "anyOf", "allOf", "$ref", "$defs", "$schema", "$id", "$comment", "xml"),
    "externalDocs",
}
"""Keywords that type, rows and description say already."""

_WORDS = {
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
}
_FLAGS = {"uniqueItems": "no item twice", "readOnly": "read only", "writeOnly": "write only"}


class Shapes:
    """Describes schemas; those with a name by a link to them."""

    def __init__(self, definitions: Definitions, ids: Mapping[str, str], prose: Prose) -> None:
        self._definitions = definitions
        self._ids = ids
        self._prose = prose

    def shape(self, schema: Any) -> ShapeView:
        """What a schema says, with its properties in tables of three levels each."""
        tables = []
        waiting: list[tuple[str, Any]] = [("", schema)]
        for title, inner in waiting:
            rows = tuple(self._rows(inner, title, 0, waiting))
            if rows:
                tables.append(TableView(title=escape.code(title) if title else "", rows=rows))
        return ShapeView(
            type=self.type(schema), constraints=self.constraints(schema), tables=tuple(tables)
        )

    def type(self, schema: Any) -> str:
        """The type of a schema in words: a line."""
        if schema is False:
            return "nothing"
        if not isinstance(schema, Mapping):
            return "any"
        if name := schema.get("$ref"):
            return self._named(schema, str(name))
        for key, none, words in (("oneOf", "", "one of "), ("anyOf", "", "any of ")):
            if options := schema.get(key):
                return self._alternatives(options, words) or none
        if parts := schema.get("allOf"):
            own = ["the properties below"] if "properties" in schema else []
            said = [*dict.fromkeys(self.type(part) for part in parts), *own]
            return said[0] if len(said) == 1 else "all of " + _and(said)
        return self._plain(schema)

    def _named(self, schema: Any, target: str) -> str:
        name = reference(schema)
        if name not in self._ids:
            return escape.code(target)
        again = " (recursive)" if name in self._definitions.recursive else ""
        return f"[{escape.text(name)}](#{self._ids[name]}){again}"

    def _alternatives(self, options: Any, words: str) -> str:
        types = [self.type(option) for option in options]
        rest = [word for word in dict.fromkeys(types) if word != "null"]
        null = " or null" if "null" in types else ""
        if len(rest) == 1:
            return f"{rest[0]}{null}"
        joined = ", ".join(rest[:-1]) + f" or {rest[-1]}" if rest else "null"
        return f"{words}{joined}{',' + null if null else ''}"

    def _plain(self, schema: Mapping[str, Any]) -> str:
        named = schema.get("type")
        names = list(map(str, named)) if isinstance(named, (list, tuple)) else [str(named or "")]
        if names == [""]:
            names = ["object" if "properties" in schema else "array" if "items" in schema else ""]
        words = " or ".join(self._kind(name, schema) for name in names if name)
        if not words:
            return "one of the values" if "enum" in schema else "any"
        form = schema.get("format")
        return f"{words} ({escape.text(str(form))})" if form else words

    def _kind(self, name: str, schema: Mapping[str, Any]) -> str:
        if name == "array" and "prefixItems" in schema:
            return f"array of {_and([self.type(item) for item in schema['prefixItems']])} in order"
        if name == "array" and schema.get("items", True) is not True:
            return f"array of {self.type(schema['items'])}"
        others = schema.get("additionalProperties")
        if name == "object" and isinstance(others, Mapping) and "properties" not in schema:
            return f"map of {self.type(others)}"
        return escape.text(name)

    def constraints(self, schema: Any) -> str:
        """What a schema asks for beyond its type: a line."""
        return "; ".join(self._constraints(schema)) if isinstance(schema, Mapping) else ""

    def _constraints(self, schema: Mapping[str, Any]) -> Iterator[str]:
        if "enum" in schema:
            yield "one of " + ", ".join(self.value(item) for item in schema["enum"])
        for key, value in schema.items():
            if key in _WORDS:
                plain = isinstance(value, (int, float)) and key != "const"
                words = _WORDS[key] if value != 1 else _WORDS[key].removesuffix("s")
                yield words.format(value if plain else self.value(value))
            elif key in _FLAGS and value is True:
                yield _FLAGS[key]
            elif key == "additionalProperties":
                yield from self._others(schema, value)
            elif key not in _SAID and key != "enum" and key not in _FLAGS:
                yield escape.code(f"{key}: {_json(value)}")
        if told := schema.get("discriminator"):
            yield self._discriminator(told)
        items = schema.get("items")
        if isinstance(items, Mapping) and not reference(items):
            yield from (f"each: {said}" for said in self._constraints(items))

    def _others(self, schema: Mapping[str, Any], value: Any) -> Iterator[str]:
        if value is False:
            yield "no other properties"
        elif isinstance(value, Mapping) and value and "properties" in schema:
            yield f"other properties: {self.type(value)}"

    def _discriminator(self, told: Any) -> str:
        if not isinstance(told, Mapping):
            return ""
        by = f"told apart by {escape.code(str(told.get('propertyName', '')))}"
        mapping = told.get("mapping") or {}
        ways = [f"{escape.code(k)} is {self._target(str(v))}" for k, v in mapping.items()]
        return f"{by}: {', '.join(ways)}" if ways else by

    def _target(self, target: str) -> str:
        named = {"$ref": target if "/" in target else f"#/components/schemas/{target}"}
        return self._named(named, target)

    def value(self, value: Any) -> str:
        """A JSON value as code: strings without quotes, where that is clear."""
        text = value if isinstance(value, str) else _json(value)
        return escape.code(text or '""')

    def _rows(
        self, schema: Any, path: str, depth: int, waiting: list[tuple[str, Any]]
    ) -> Iterator[FieldView]:
        """A row for each property, and for those of objects in it that have no name."""
        if not isinstance(schema, Mapping) or reference(schema):
            return
        if depth == _DEEPEST:
            waiting.append((path, schema))
            return
        required = schema.get("required", ())
        for name, inner in _properties(schema):
            place = f"{path}.{name}" if path else name
            yield self._row(place, inner, required=name in required)
            yield from self._rows(inner, place, depth + 1, waiting)
        for place, inner in _inside(schema, path):
            yield from self._rows(inner, place, depth + (place != path), waiting)

    def _row(self, path: str, schema: Any, *, required: bool) -> FieldView:
        inner = schema if isinstance(schema, Mapping) else {}
        return FieldView(
            name=escape.code(path),
            type=self.type(schema),
            required="yes" if required else "no",
            default=self.value(inner["default"]) if inner.get("default") is not None else "",
            constraints=self.constraints(schema),
            description=self.about(inner),
        )

    def about(self, schema: Mapping[str, Any]) -> str:
        """A schema's description and examples: a line."""
        words = self._prose.line(str(schema.get("description") or schema.get("title") or ""))
        old = "**Deprecated.**" if schema.get("deprecated") else ""
        old_style = [schema["example"]] if "example" in schema else []
        given = [*(schema.get("examples") or ()), *old_style]
        simple = [self.value(item) for item in given if not isinstance(item, (dict, list))]
        shown = f"Example: {', '.join(simple)}" if simple else ""
        return " ".join(piece for piece in (old, words, shown) if piece)


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from schema.get("properties", {}).items()
    for pattern, inner in schema.get("patternProperties", {}).items():
        yield f"/{pattern}/", inner


def _inside(schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    """The nameless schemas directly inside one, with the path of what they describe."""
    if isinstance(schema.get("items"), Mapping):
        yield f"{path}[]", schema["items"]
    for count, item in enumerate(schema.get("prefixItems", ())):
        yield f"{path}[{count}]", item
    if isinstance(schema.get("additionalProperties"), Mapping):
        yield f"{path}.*" if path else "*", schema["additionalProperties"]
    for part in schema.get("allOf", ()):
        yield path, part
    for key in ("oneOf", "anyOf"):
        options = schema.get(key, ())
        for count, option in enumerate(options, 1):
            several = len([item for item in options if item != {"type": "null"}]) > 1
            yield (f"{path} (option {count})".strip() if several else path), option


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
