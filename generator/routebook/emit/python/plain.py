"""Schemas without Python types: a description in which every schema is JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from routebook.descriptors import APIDescriptor
from routebook.schemas import to_json_schema
from routebook.values import Value

_SCHEMAS = {"schema", "item_schema", "detail"}
"""The fields of descriptors that hold a schema."""


def without_types(api: APIDescriptor) -> APIDescriptor:
    """The same API, its Python types converted; the API itself when it has none."""
    conversion = _Conversion()
    named = {
        name: conversion.named(name, schema) if has_types(schema) else schema
        for name, schema in api.schemas.items()
    }
    converted: APIDescriptor = conversion.value(api)
    found = {name: one for name, one in conversion.definitions.items() if name not in named}
    if converted is api and not found and not any(map(has_types, api.schemas.values())):
        return api
    return replace(converted, schemas={**named, **found})


def has_types(schema: Any) -> bool:
    """Whether a Python type stands in a schema."""
    if isinstance(schema, Mapping):
        return any(map(has_types, schema.values()))
    if isinstance(schema, (list, tuple)):
        return any(map(has_types, schema))
    return not (schema is None or isinstance(schema, (str, bool, int, float)))


class _Conversion:
    """Converts descriptors, each once, so that what is shared stays shared."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}
        self._done: dict[int, Any] = {}

    def named(self, name: str, schema: Any) -> Any:
        """The schema that a name stands for."""
        converted = to_json_schema(schema, self.definitions)
        own = converted == {"$ref": f"#/components/schemas/{name}"}
        return self.definitions[name] if own else converted

    def value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            items = tuple(map(self.value, value))
            same = all(new is old for new, old in zip(items, value, strict=True))
            return value if same else items
        if not isinstance(value, Value):
            return value
        if id(value) not in self._done:
            self._done[id(value)] = self._descriptor(value)
        return self._done[id(value)]

    def _descriptor(self, value: Value) -> Value:
        changed: dict[str, Any] = {}
        for field in fields(value):  # type: ignore[arg-type]  # every descriptor is a dataclass
            held = getattr(value, field.name)
            new = self._schema(held) if field.name in _SCHEMAS else self.value(held)
            if new is not held:
                changed[field.name] = new
        return replace(value, **changed) if changed else value  # type: ignore[type-var]  # the same

    def _schema(self, schema: Any) -> Any:
        return to_json_schema(schema, self.definitions) if has_types(schema) else schema
