"""Texts and numbers that satisfy a schema, for samples."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from routebook.conformance import equal
from routebook.views.texts import matching

_MOST = 2000
"""How long a text is at most, whatever a schema asks for."""
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
    "url": "https://example.com/",
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
_HINTS = {
    "object": ("properties", "required", "additionalProperties", "minProperties"),
    "array": ("items", "prefixItems", "minItems", "contains"),
    "string": ("pattern", "format", "minLength", "maxLength", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


def types(schema: Mapping[str, Any]) -> list[str]:
    """The types of a schema, null last; told from its other keywords when it names none."""
    named = schema.get("type")
    if isinstance(named, str):
        return [named]
    if isinstance(named, (list, tuple)):
        return sorted(map(str, named), key=lambda one: one == "null")
    return [kind for kind, keys in _HINTS.items() if any(key in schema for key in keys)][:1]


def text(schema: Mapping[str, Any]) -> str:
    """A text; `string` where no pattern of the schema's kind can be followed."""
    least = min(int(schema.get("minLength", 0)), _MOST)
    most = int(schema.get("maxLength", 1 << 30))
    if pattern := schema.get("pattern"):
        written = matching(str(pattern), least)
        return written if written is not None else "string"
    text = _FORMATS.get(str(schema.get("format", "")), "string")
    if "contentMediaType" in schema and "format" not in schema:
        text = "<binary data>"
    if schema.get("contentEncoding") in {"base64", "base64url"}:
        text = "YQ=="
    if len(text) < least:
        text = (text * (least // len(text) + 1))[:least]
    return text[:most]


def number(schema: Mapping[str, Any], *, whole: bool) -> int | float:
    """A number: 1, or the nearest that is within the bounds."""
    low = _bound(schema, "minimum", "exclusiveMinimum", max)
    high = _bound(schema, "maximum", "exclusiveMaximum", min)
    step = schema.get("multipleOf") or (1 if whole else 0)
    if whole and step != int(step):
        step = 1
    value = 1 if low is None else max(1, low)
    value = high if high is not None and value > high else value
    if step:
        value = _multiple(value, step, high)
    if low is not None and value <= schema.get("exclusiveMinimum", -math.inf):
        value = value + (step or 1) if step or high is None else _middle(value, high)
    if high is not None and value >= schema.get("exclusiveMaximum", math.inf):
        value = value - (step or 1) if step or low is None else _middle(low, value)
    exact = isinstance(value, float) and math.isfinite(value) and value == int(value)
    return int(value) if exact else value


def _bound(schema: Mapping[str, Any], key: str, exclusive: str, strictest: Any) -> Any:
    given = (schema[name] for name in (key, exclusive) if name in schema)
    bounds = [
        one
        for one in given
        if isinstance(one, int) or (isinstance(one, float) and math.isfinite(one))
    ]
    return strictest(bounds) if bounds else None


def _multiple(value: float, step: float, high: float | None) -> float:
    up = _steps(value, step, math.ceil) * step
    return _steps(high, step, math.floor) * step if high is not None and up > high else up


def _middle(low: float, high: float) -> float:
    try:
        return (low + high) / 2
    except OverflowError:
        return (low + high) // 2


def _steps(value: float, step: float, rounded: Callable[[float], int]) -> int:
    """How many steps lead to a number, which may be larger than any float."""
    try:
        return rounded(value / step)
    except OverflowError:
        return int(value // int(step)) if step >= 1 else 0


def other(item: Any, schema: Any, taken: list[Any]) -> Any:
    """An item that is not among those taken already, where there is one."""
    if not any(equal(item, one) for one in taken):
        return item
    known = schema.get("enum") if isinstance(schema, dict) else None
    for value in known or ():
        if not any(equal(value, one) for one in taken):
            return value
    if isinstance(item, bool):
        return not item
    if isinstance(item, (int, float)):
        step = schema.get("multipleOf", 1) if isinstance(schema, dict) else 1
        return max(one for one in taken if isinstance(one, (int, float))) + step
    if isinstance(item, dict) and item:
        return _other_object(item, schema, taken)
    return f"{item}{len(taken)}" if isinstance(item, str) else item


def _other_object(item: dict[str, Any], schema: Any, taken: list[Any]) -> dict[str, Any]:
    """The same with one of its scalars changed."""
    properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
    for name, value in item.items():
        if isinstance(value, (str, int)) and "enum" not in (properties.get(name) or {}):
            values = [one[name] for one in taken if isinstance(one, dict) and name in one]
            return {**item, name: other(value, properties.get(name, {}), values)}
    return item


def names(schema: Mapping[str, Any], count: int) -> Iterator[str]:
    """Names for properties that a schema does not name."""
    rule = schema.get("propertyNames")
    if isinstance(rule, dict) and isinstance(rule.get("enum"), (list, tuple)):
        yield from map(str, rule["enum"])
        return
    pattern = rule.get("pattern") if isinstance(rule, dict) else None
    if pattern is None and schema.get("additionalProperties") is False:
        pattern = next(iter(schema.get("patternProperties") or ()), None)
    if pattern is not None:
        texts = (matching(str(pattern), least) for least in range(count * 2 + 2))
        yield from (text for text in texts if text is not None)
        return
    yield "key"
    yield from (f"key{number}" for number in range(2, count * 2 + 2))
