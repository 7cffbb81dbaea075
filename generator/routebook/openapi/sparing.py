"""A document without the schemas that no validator can find anything wrong with.

openapi-spec-validator takes half a minute for a document of 13 MB, nearly all of it for schemas.
Most of them are so plain that a glance shows that they are valid; an empty schema in their place
changes nothing in the judgement. Where a glance is not enough, a schema stays as it is, and where
references lead into the middle of schemas, or could go in circles, all of them do.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.documents.structure import FIELDS
from routebook.schemas import REFERENCE

_TEXTS = ("title", "description", "format", "contentEncoding", "contentMediaType", "$comment")
_FLAGS = ("uniqueItems", "readOnly", "writeOnly", "deprecated")
_NUMBERS = ("maximum", "minimum")
_COUNTS = (
    "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties",
)  # fmt: skip  # a table of names
_TYPES = frozenset({"array", "boolean", "integer", "number", "object", "string"})
_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE_31 = ("contains", "if", "then", "else", "propertyNames", "unevaluatedProperties")
_COMPONENT = re.compile(r"#/components/[A-Za-z]+/[A-Za-z0-9._-]+\Z")
_VALUES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
_HARMLESS = frozenset(
    {"type", "default", "title", "description", "deprecated", "nullable", "enum", "minimum"}
    | {"maximum", "example", "examples", "readOnly", "writeOnly"}
)
"""Keywords beside which a default is easily judged."""
_ENDS = ("inimum", "aximum")
_LOOKED_INTO = frozenset({"default", "required", "$id"})
"""Keywords for which the validator may look into all that the schema holds."""
_COLLECTED = ("allOf", "anyOf", "oneOf", "items", "not")
"""Where the validator looks for the properties of a schema, references included."""


def spared(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document, the schemas that are surely valid replaced by empty ones."""
    spare = _Sparing(document)
    made = spare.part(document, "document")
    if spare.intricate or spare.may_circle():
        return document
    return spare.restored(made)


class _Sparing:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self.old = str(document.get("openapi", "")).startswith("3.0")
        components = document.get("components")
        schemas = components.get("schemas") if isinstance(components, Mapping) else None
        self.named: Mapping[str, Any] = schemas if isinstance(schemas, Mapping) else {}
        self.intricate = False
        self._empty: dict[str, Any] = {}
        self._starts: set[str] = set()
        self._known: dict[int, bool] = {}
        self._made: dict[int, Any] = {}
        self._needed: set[str] = set()

    def part(self, node: Any, kind: str) -> Any:
        """A part of a document without those schemas; one object in two places stays one."""
        if kind != "schema" or not isinstance(node, dict):
            return self._part(node, kind)
        if id(node) not in self._made:
            self._made[id(node)] = self._part(node, kind)
        return self._made[id(node)]

    def _part(self, node: Any, kind: str) -> Any:
        if kind == "schema" and self.is_sound(node):
            return self._empty
        if not isinstance(node, dict):
            return node
        if kind == "schema" and _LOOKED_INTO & node.keys():
            self._needed.update(_referred(node))
            return node
        reference = node.get("$ref")
        if reference is not None and not _is_component(reference):
            self.intricate = True
        fields = FIELDS[kind] if kind != "callback" else dict.fromkeys(node, ("one", "pathItem"))
        changed = {
            key: self._field(node[key], form, inner)
            for key, (form, inner) in fields.items()
            if key in node
        }
        return {**node, **changed} if changed else node

    def _field(self, value: Any, form: str, inner: str) -> Any:
        if isinstance(value, dict) and form in {"map", "beside"}:
            return {key: self.part(item, inner) for key, item in value.items()}
        if isinstance(value, list) and form == "list":
            return [self.part(item, inner) for item in value]
        return self.part(value, inner) if form == "one" else value

    def is_sound(self, schema: Any) -> bool:
        """Whether a schema is surely valid. All of it is looked at: for references."""
        if not isinstance(schema, dict):
            return isinstance(schema, bool) and not self.old
        known = self._known.get(id(schema))
        if known is None:
            known = self._known[id(schema)] = self._judge(schema)
        return known

    def _judge(self, schema: dict[str, Any]) -> bool:
        if "allOf" in schema:
            self._starts.update(_collected(schema["allOf"]))
        sound = True
        for key, value in schema.items():
            sound = self._is_keyword(key, value) and sound
        if "$ref" in schema and self.old:
            return sound and len(schema) == 1
        return sound and self._fits_together(schema)

    def _is_keyword(self, key: str, value: Any) -> bool:
        if key in {"items", "not", "additionalProperties"}:
            return self._is_inner(key, value)
        if key in _LISTS:
            return self._all(value) and bool(value)
        if key == "properties":
            return isinstance(value, dict) and self._all(list(value.values()))
        if key == "$ref":
            self.intricate = self.intricate or not _is_component(value)
            return isinstance(value, str) and value.removeprefix(REFERENCE) in self.named
        return self._is_plain(key, value) if key in _PLAIN else self._is_rest(key, value)

    def _is_inner(self, key: str, value: Any) -> bool:
        if key == "additionalProperties" and isinstance(value, bool):
            return True
        return self.is_sound(value)

    def _all(self, values: Any) -> bool:
        if not isinstance(values, list):
            return False
        sound = [self.is_sound(one) for one in values]  # each has to be looked at
        return all(sound)

    def _is_plain(self, key: str, value: Any) -> bool:
        kind: Any = type(value)
        if key in _COUNTS:
            return kind is int and value >= 0
        if key == "pattern":
            return kind is str and _compiles(value)
        return kind in _PLAIN[key]

    def _is_rest(self, key: str, value: Any) -> bool:
        if key.startswith("x-") or key in {"example", "default"}:
            return True
        if key in {"exclusiveMinimum", "exclusiveMaximum"}:
            return type(value) in ((bool,) if self.old else (int, float))
        if key == "nullable":
            return type(value) is bool or not self.old
        if key == "type":
            return self._is_type(value)
        if key in {"required", "enum"}:
            return isinstance(value, list) and bool(value) and _differ(key, value)
        if key == "discriminator":
            return _is_discriminator(value)
        return not self.old and self._is_newer(key, value)

    def _is_newer(self, key: str, value: Any) -> bool:
        if key in {"examples", "prefixItems"}:
            return isinstance(value, list) and (
                key == "examples" or (self._all(value) and bool(value))
            )
        if key in _SINGLE_31:
            return self.is_sound(value)
        return key == "const"

    def _is_type(self, value: Any) -> bool:
        if isinstance(value, str):
            return value in _TYPES or (value == "null" and not self.old)
        if self.old or not isinstance(value, list) or not value:
            return False
        return _differ("required", value) and {*value} <= {*_TYPES, "null"}

    def _fits_together(self, schema: Mapping[str, Any]) -> bool:
        """Whether keywords that are looked at together agree."""
        if "allOf" in schema and "required" in schema:
            return all(name in schema.get("properties", ()) for name in schema["required"])
        if self.old and any(
            f"exclusiveM{end}" in schema and f"m{end}" not in schema for end in _ENDS
        ):
            return False
        return "default" not in schema or _is_default(schema)

    def restored(self, made: dict[str, Any]) -> dict[str, Any]:
        """The document with all named schemas that one that stayed as it is refers to."""
        waiting = [name for name in self._needed if name in self.named]
        needed: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += [one for one in _referred(self.named[name]) if one in self.named]
        if not needed:
            return made
        schemas = made["components"]["schemas"]
        whole = {name: self.named[name] if name in needed else schemas[name] for name in schemas}
        return {**made, "components": {**made["components"], "schemas": whole}}

    def may_circle(self) -> bool:
        """Whether looking for the properties of an `allOf` may never come to an end."""
        below = {name: set(_collected(schema)) for name, schema in self.named.items()}
        ends: set[str] = set()
        while more := {name for name in below if name not in ends and below[name] <= ends}:
            ends |= more
        return not self._starts <= ends


def _collected(schema: Any) -> Iterator[str]:
    """The named schemas in which the validator looks for the properties of this one."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"].removeprefix(REFERENCE)
            waiting += [node[key] for key in _COLLECTED if key in node]


def _referred(schema: Any) -> Iterator[str]:
    """The named schemas that a schema refers to anywhere."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"].removeprefix(REFERENCE)
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _is_component(reference: Any) -> bool:
    """Whether a reference leads to a component, and not into the middle of one."""
    return isinstance(reference, str) and _COMPONENT.match(reference) is not None


def _compiles(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python may read otherwise one day
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _differ(key: str, values: list[Any]) -> bool:
    """Whether a list holds texts, or for an enumeration plain values, of which none is twice."""
    kinds = (str,) if key == "required" else (str, int, float, type(None))
    return all(isinstance(one, kinds) for one in values) and len({*values}) == len(values)


def _is_discriminator(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"propertyName", "mapping"}:
        return False
    mapping = value.get("mapping", {})
    texts = isinstance(value.get("propertyName"), str) and isinstance(mapping, dict)
    return texts and all(isinstance(one, str) for one in mapping.values())


def _is_default(schema: Mapping[str, Any]) -> bool:
    """Whether a default is surely a value of its schema."""
    value, kind = schema["default"], schema.get("type")
    keys = {key for key in schema if not key.startswith("x-")}
    if not isinstance(kind, str) or not keys <= _HARMLESS:
        return False
    if type(value) not in _VALUES.get(kind, ()):
        return False
    if "enum" in schema:
        return any(type(one) is type(value) and one == value for one in schema["enum"])
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    numbers = isinstance(low, (int, float)) and isinstance(high, (int, float))
    return isinstance(value, str) or (numbers and low <= value <= high)


_PLAIN: dict[str, Any] = {
    **dict.fromkeys(_TEXTS, (str,)),
    **dict.fromkeys(_FLAGS, (bool,)),
    **dict.fromkeys(_NUMBERS, (int, float)),
    **dict.fromkeys(_COUNTS, (int,)),
    "pattern": (str,),
}
