"""Makes a value that satisfies a schema: its own example, or else a short one of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.views.definitions import Definitions, reference
from routebook.views.texts import matching

_DEEPEST = 12
_FORMATS = {
    "date-time": "2024-05-17T09:30:00Z",
    "date": "2024-05-17",
    "time": "09:30:00Z",
    "duration": "P1D",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "https://example.com/",
    "iri": "https://example.com/",
    "iri-reference": "https://example.com/",
    "uri-template": "https://example.com/{id}",
    "uuid": "0b9f1c52-7d3e-4a88-9f5d-2c6a1e4b7d90",
    "json-pointer": "/name",
    "relative-json-pointer": "0",
    "regex": "^[a-z]+$",
    "byte": "YQ==",
    "binary": "<binary data>",
    "password": "secret",
}


class Sampler:
    """Makes sample values; each named schema's once."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._named: dict[str, Any] = {}
        self._open: list[str] = []

    def value(self, schema: Any) -> Any:
        """A value for `schema`, JSON Schema 2020-12; None also where there is none."""
        return self._value(schema, 0)

    def _value(self, schema: Any, depth: int) -> Any:
        if not isinstance(schema, Mapping):
            return None
        found, given = _given(schema)
        if found:
            return given
        if name := reference(schema):
            return self._reference(name, depth)
        merged = self._merged(schema, depth)
        found, given = _given(merged)
        if found:
            return given
        for key in ("oneOf", "anyOf"):
            if options := merged.get(key):
                return self._option(merged, key, options, depth)
        return self._typed(merged, depth)

    def _reference(self, name: str, depth: int) -> Any:
        if name in self._named:
            return self._named[name]
        if name in self._open or depth > _DEEPEST:
            return self._shallow(name)
        self._open.append(name)
        value = self._value(self._definitions.named.get(name, True), depth + 1)
        self._open.pop()
        if not self._open:
            self._named[name] = value
        return value

    def _shallow(self, name: str) -> Any:
        """A value of a schema that is being written already: empty, where it may be."""
        schema = self._definitions.resolve({"$ref": f"#/components/schemas/{name}"})
        if not isinstance(schema, Mapping) or "null" in _types(schema):
            return None
        return [] if "array" in _types(schema) else {} if "object" in _types(schema) else None

    def _merged(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        """The schema with those of `allOf` laid into it."""
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        for part in schema.get("allOf", ()) if depth <= _DEEPEST else ():
            resolved = self._definitions.resolve(part)
            if isinstance(resolved, Mapping):
                _lay(merged, self._merged(resolved, depth + 1))
        return merged

    def _option(self, merged: dict[str, Any], key: str, options: list[Any], depth: int) -> Any:
        """A value of the first alternative that is more than null, within what stands beside."""
        chosen = next((item for item in options if not _null(item)), options[0])
        resolved = self._definitions.resolve(chosen)
        if reference(chosen) and not merged.keys() - {key, "discriminator", "title", "description"}:
            return self._value(chosen, depth + 1)
        combined = {name: value for name, value in merged.items() if name != key}
        if isinstance(resolved, Mapping) and depth <= _DEEPEST:
            _lay(combined, self._merged(resolved, depth + 1))
        return self._value(combined, depth + 1)

    def _typed(self, schema: Mapping[str, Any], depth: int) -> Any:
        types = _types(schema)
        match types[0] if types else "":
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "string":
                return _text(schema)
            case "integer":
                return _number(schema, whole=True)
            case "number":
                return _number(schema, whole=False)
            case "boolean":
                return True
        return None

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {})
        required = schema.get("required", ())
        value = {}
        for name, inner in properties.items():
            if name in required:
                value[name] = self._value(inner, depth + 1)
            elif inner is not False and self._wanted(inner, depth):
                given = self._value(inner, depth + 1)
                value.update({} if given is None else {name: given})
        others = schema.get("additionalProperties", True)
        for name in required:
            value.setdefault(name, self._value(others, depth + 1))
        least = max(int(schema.get("minProperties", 0)), int(not value and others is not True))
        count = 0
        while len(value) < least and others is not False:
            count += 1
            value.setdefault(f"key{count}" if count > 1 else "key", self._value(others, depth + 1))
        return value

    def _wanted(self, schema: Any, depth: int) -> bool:
        """Whether a property that may be left out is shown."""
        if depth > _DEEPEST // 3 or (isinstance(schema, Mapping) and schema.get("deprecated")):
            return False
        return not any(name in self._open for name in _first_references(schema))

    def _array(self, schema: Mapping[str, Any], depth: int) -> list[Any]:
        value = [self._value(inner, depth + 1) for inner in schema.get("prefixItems", ())]
        items = schema.get("items", True)
        least = int(schema.get("minItems", 0))
        wanted = least or int(not value and self._wanted(items, depth))
        wanted = min(wanted, int(schema.get("maxItems", wanted)))
        while len(value) < wanted and items is not False:
            item = self._value(items, depth + 1)
            if schema.get("uniqueItems") and item in value:
                item = _other(item, len(value))
            value.append(item)
        return value


def _given(schema: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether a schema names a value itself, and the value."""
    for key in ("examples", "enum"):
        values = schema.get(key)
        if isinstance(values, (list, tuple)) and values:
            return True, next((value for value in values if value is not None), None)
    for key in ("const", "example", "default"):
        if key in schema and (schema[key] is not None or key == "const"):
            return True, schema[key]
    return False, None


def _types(schema: Mapping[str, Any]) -> list[str]:
    """The types of a schema, null last; told from its other keywords when it names none."""
    named = schema.get("type")
    if isinstance(named, str):
        return [named]
    if isinstance(named, (list, tuple)):
        return sorted(map(str, named), key=lambda one: one == "null")
    hints = {
        "object": ("properties", "required", "additionalProperties", "minProperties"),
        "array": ("items", "prefixItems", "minItems"),
        "string": ("pattern", "format", "minLength", "maxLength", "contentMediaType"),
        "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    }
    return [kind for kind, keys in hints.items() if any(key in schema for key in keys)][:1]


def _lay(target: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Lay a second schema over a first, so that what satisfies the outcome satisfies both."""
    for key, value in other.items():
        mine = target.get(key)
        if key not in target:
            target[key] = value
        elif key == "properties":
            joined = dict(mine or {})
            for name, inner in value.items():
                both = name in joined and joined[name] != inner
                joined[name] = {"allOf": [joined[name], inner]} if both else inner
            target[key] = joined
        elif key == "required":
            target[key] = list(dict.fromkeys((*(mine or ()), *value)))
        elif key in {"minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"}:
            target[key] = max(mine, value)
        elif key in {"maximum", "maxLength", "maxItems", "exclusiveMaximum"}:
            target[key] = min(mine, value)


def _null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def _first_references(schema: Any) -> Iterator[str]:
    """The names that a schema refers to itself, not deeper."""
    if name := reference(schema):
        yield name
    if isinstance(schema, Mapping):
        for key in ("oneOf", "anyOf", "allOf"):
            for item in schema.get(key, ()):
                yield from _first_references(item)
        if "items" in schema:
            yield from _first_references(schema["items"])


def _text(schema: Mapping[str, Any]) -> str:
    least = int(schema.get("minLength", 0))
    most = int(schema.get("maxLength", 1 << 30))
    if pattern := schema.get("pattern"):
        written = matching(str(pattern), least)
        return written if written is not None else "string"
    text = _FORMATS.get(str(schema.get("format", "")), "string")
    if "contentMediaType" in schema and "format" not in schema:
        text = "<binary data>"
    if len(text) < least:
        text = (text * (least // len(text) + 1))[:least]
    return text[:most]


def _number(schema: Mapping[str, Any], *, whole: bool) -> int | float:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    step = schema.get("multipleOf", 1 if whole else 0)
    value = max(1, low) if low is not None else 1
    if high is not None and value > high:
        value = high
    if step:
        value = math.ceil(value / step) * step
        if high is not None and value > high:
            value = math.floor(high / step) * step
    if value == schema.get("exclusiveMinimum"):
        value += step or (1 if high is None else (high - value) / 2)
    if value == schema.get("exclusiveMaximum"):
        value -= step or (1 if low is None else (value - low) / 2)
    return int(value) if whole or value == int(value) else value


def _other(item: Any, count: int) -> Any:
    """Another value of the kind of `item`."""
    if isinstance(item, bool) or not isinstance(item, (int, float, str)):
        return item
    return f"{item}{count}" if isinstance(item, str) else item + count
