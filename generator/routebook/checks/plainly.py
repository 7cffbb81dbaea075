"""Quick answers about schemas, for the great many that are simple.

Both are sure when they say yes. No means that it takes a validator to tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from typing import Any

from routebook.schemas import LISTED, NAMED, REFERENCE, SINGLE

Named = Mapping[str, Any]
"""The schemas that references name."""

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
"""The types of JSON and the Python types of their values."""


def _is_type(value: Any) -> bool:
    if type(value) is str:
        return value in _TYPES
    return bool(value) and _distinct(value) and _TYPES.keys() >= set(value)


def _distinct(value: Any) -> bool:
    texts = type(value) is list and all(type(one) is str for one in value)
    return texts and len(set(value)) == len(value)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is kind


_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_WORDS = ("title", "description", "$comment", "format", "contentEncoding", "contentMediaType")
_FLAGS = ("deprecated", "readOnly", "writeOnly", "uniqueItems")

_SOUND: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(_BOUNDS, _is_number),
    **dict.fromkeys(_COUNTS, _is_count),
    **dict.fromkeys((*_WORDS, "pattern"), _is(str)),
    **dict.fromkeys(_FLAGS, _is(bool)),
    "type": _is_type,
    "required": _distinct,
    "enum": _is(list),
    "examples": _is(list),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    "minContains": _is_count,
    "maxContains": _is_count,
}
"""Keyword to what makes its value right in the metaschema of JSON Schema 2020-12."""

_UNSURE = frozenset(
    {"$schema", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "definitions"}
    | {"dependencies", "dependentRequired", "$recursiveRef", "$recursiveAnchor"}
)
"""Keywords that are left to a validator."""


def is_sound(schema: Any, named: Named) -> bool:
    """Whether a schema surely is JSON Schema 2020-12, and its references lead to `named`."""
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if type(one) is bool:
            continue
        if type(one) is not dict:
            return False
        for key, value in one.items():
            inner = _parts(key, value, named)
            if inner is None:
                return False
            waiting += inner
    return True


def _parts(key: str, value: Any, named: Named) -> list[Any] | None:
    """The schemas in a keyword; None when the keyword is not sure to be right."""
    fits = _SOUND.get(key)
    if fits is not None:
        return [] if fits(value) else None
    if key == "$ref":
        known = type(value) is str and value.startswith(REFERENCE)
        return [] if known and value[len(REFERENCE) :] in named else None
    if key in SINGLE:
        return [value]
    if key in LISTED:
        return value if type(value) is list and value else None
    if key in NAMED and key not in _UNSURE:
        return list(value.values()) if type(value) is dict else None
    return None if key in _UNSURE else []


_SAYS_NOTHING = frozenset(
    {"title", "description", "$comment", "examples", "default", "deprecated", "readOnly"}
    | {"writeOnly", "contentEncoding", "contentMediaType", "xml", "discriminator", "externalDocs"}
    | {"nullable", "example"}
)
"""Keywords that no value can be refused by."""

_DEEPEST = 60

Conforms = Callable[[Any, str], bool]
"""Whether a value is of a format."""


class Acceptance:
    """Says that values surely are what a schema asks for."""

    def __init__(self, named: Named, conforms: Conforms) -> None:
        self._named = named
        self._conforms = conforms

    def accepts(self, value: Any, schema: Any, depth: int = 0) -> bool:
        """Whether a schema surely accepts a value."""
        if schema is True:
            return True
        if type(schema) is not dict or depth > _DEEPEST:
            return False
        return all(
            self._keyword(key, said, value, schema, depth)
            for key, said in schema.items()
            if key not in _SAYS_NOTHING and key[:2] != "x-"
        )

    def _keyword(self, key: str, said: Any, value: Any, schema: Any, depth: int) -> bool:
        judge = _JUDGES.get(key)
        if judge is not None:
            return judge(said, value)
        if key == "format":
            return self._conforms(value, said)
        if key == "$ref":
            return self._named_accepts(said, value, depth)
        if key in {"allOf", "anyOf", "oneOf"}:
            return self._composed(key, said, value, depth)
        if key == "items":
            prefix = "prefixItems" in schema
            return type(value) is not list or (
                not prefix and all(self.accepts(one, said, depth + 1) for one in value)
            )
        if key in {"properties", "additionalProperties"}:
            return type(value) is not dict or self._members(key, said, value, schema, depth)
        return False

    def _named_accepts(self, reference: Any, value: Any, depth: int) -> bool:
        if type(reference) is not str or not reference.startswith(REFERENCE):
            return False
        return self.accepts(value, self._named.get(reference[len(REFERENCE) :]), depth + 1)

    def _composed(self, key: str, parts: Any, value: Any, depth: int) -> bool:
        if type(parts) is not list:
            return False
        if key == "allOf":
            return all(self.accepts(value, one, depth + 1) for one in parts)
        fitting = [one for one in parts if self.accepts(value, one, depth + 1)]
        if key == "anyOf":
            return bool(fitting)
        return len(fitting) == 1 and all(
            one is fitting[0] or self._refuses_type(value, one) for one in parts
        )

    def _refuses_type(self, value: Any, schema: Any, depth: int = 0) -> bool:
        """Whether a schema surely refuses a value for its type alone."""
        if type(schema) is not dict or depth > _DEEPEST:
            return False
        reference = schema.get("$ref")
        if type(reference) is str and reference.startswith(REFERENCE):
            named = self._named.get(reference[len(REFERENCE) :])
            return self._refuses_type(value, named, depth + 1)
        return "type" in schema and _is_type(schema["type"]) and not _of_type(schema["type"], value)

    def _members(self, key: str, said: Any, value: Any, schema: Any, depth: int) -> bool:
        properties = schema.get("properties", {})
        if type(properties) is not dict or "patternProperties" in schema:
            return False
        if key == "properties":
            return all(
                self.accepts(value[name], inner, depth + 1)
                for name, inner in said.items()
                if name in value
            )
        others = (one for name, one in value.items() if name not in properties)
        return all(self.accepts(one, said, depth + 1) for one in others)


def _of_type(names: Any, value: Any) -> bool:
    wanted = [names] if isinstance(names, str) else names
    kind = type(value)
    integral = kind is float and value.is_integer() and "integer" in wanted
    return integral or any(kind in _TYPES.get(name, ()) for name in wanted)


def _same(one: Any, value: Any) -> bool:
    return type(one) is type(value) and one == value


def _matches(pattern: Any, value: Any) -> bool:
    if type(value) is not str:
        return True
    try:
        return re.search(pattern, value) is not None
    except (re.error, TypeError, RecursionError, OverflowError):
        return False


def _counts(kind: type[Sized], fits: Callable[[int, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda said, value: (
        type(value) is not kind or (type(said) is int and fits(len(value), said))
    )


def _compares(fits: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda said, value: not _is_number(value) or (_is_number(said) and fits(value, said))


def _at_least(found: Any, said: Any) -> bool:
    return bool(found >= said)


def _at_most(found: Any, said: Any) -> bool:
    return bool(found <= said)


_JUDGES: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda said, value: _is_type(said) and _of_type(said, value),
    "enum": lambda said, value: type(said) is list and any(_same(one, value) for one in said),
    "const": _same,
    "pattern": _matches,
    "minLength": _counts(str, _at_least),
    "maxLength": _counts(str, _at_most),
    "minItems": _counts(list, _at_least),
    "maxItems": _counts(list, _at_most),
    "minProperties": _counts(dict, _at_least),
    "maxProperties": _counts(dict, _at_most),
    "minimum": _compares(_at_least),
    "maximum": _compares(_at_most),
    "exclusiveMinimum": _compares(lambda value, said: bool(value > said)),
    "exclusiveMaximum": _compares(lambda value, said: bool(value < said)),
    "required": lambda said, value: (
        type(value) is not dict or (type(said) is list and all(one in value for one in said))
    ),
    "uniqueItems": lambda said, value: said is False or type(value) is not list or len(value) < 2,
}
"""Keyword to whether a value surely is what it says."""
