"""JSON Schemas of plain Python types, without loading pydantic.

Pydantic converts any type, and takes longer to load than everything else that `routebook
openapi` does. Types made only of what is named here give the same schema right away; a test
compares the two.
"""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from routebook.values import JsonSchema, TypedDict

_SCALARS: dict[Any, dict[str, Any]] = {
    Any: {},
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    None: {"type": "null"},
    type(None): {"type": "null"},
}

_TYPED_DICT: Any = TypedDict
"""routebook's own, a class at run time; type checkers take it for `typing.TypedDict`."""


class Converted(NamedTuple):
    """A type's schema, and the schemas of the named types in it, what a type holds before it."""

    schema: dict[str, Any]
    definitions: dict[str, Any]


class _NotPlainError(Exception):
    """The type needs pydantic."""


def convert(python_type: Any, reference: str) -> Converted | None:
    """The JSON Schema 2020-12 of a plain type; None for a type that is not plain.

    Plain are `str`, `int`, `float`, `bool`, `None`, `Any`, routebook's `TypedDict`s, and
    `list[...]`, `dict[str, ...]`, `... | ...` and `Annotated[..., JsonSchema(...)]` (but no
    title) of plain types; a text that names a class of the same module stands for it, also as
    `"Pet | None"`. A named type becomes a `$ref` that begins with `reference`.
    """
    conversion = _Conversion(reference)
    try:
        return Converted(conversion.schema(python_type), conversion.definitions)
    except _NotPlainError:
        return None


def convert_named(named: Mapping[str, Any], reference: str) -> dict[str, dict[str, Any]] | None:
    """The schemas of plain types, which refer to each other by the keys of `named`.

    None when one of them is not plain. Unlike `convert`, keywords may name a title.
    """
    names = {one: name for name, one in named.items() if isinstance(one, type)}
    conversion = _Conversion(reference, names)
    try:
        found = {name: conversion.definition(one) for name, one in named.items()}
    except _NotPlainError:
        return None
    return found if conversion.definitions.keys() <= found.keys() else None


class _Conversion:
    """One type's conversion, with what it has met so far."""

    def __init__(self, reference: str, names: Mapping[type, str] | None = None) -> None:
        self.definitions: dict[str, Any] = {}
        self._reference = reference
        self._names = names
        self._named: dict[str, type] = {}
        self._around: list[type] = []

    def schema(self, annotation: Any) -> dict[str, Any]:
        if isinstance(annotation, (str, typing.ForwardRef)):
            return self.schema(self._meant(annotation))
        if isinstance(annotation, Hashable) and annotation in _SCALARS:
            return dict(_SCALARS[annotation])
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is None and isinstance(annotation, type):
            return self._named_type(annotation)
        if origin is typing.Annotated:
            return self._annotated(*arguments)
        if origin is list:
            return {"type": "array", "items": self.schema(arguments[0])}
        if origin is dict and arguments[0] is str:
            return {"type": "object", "additionalProperties": self.schema(arguments[1]) or True}
        if origin in (typing.Union, types.UnionType):
            return self._union(arguments)
        raise _NotPlainError

    def _meant(self, annotation: str | typing.ForwardRef) -> Any:
        """The class of the same module that a text names, such as `"Pet"` or `"Pet | None"`."""
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        name, _, rest = text.partition(" | ")
        module = sys.modules.get(self._around[-1].__module__) if self._around else None
        found = getattr(module, name, None)
        if not isinstance(found, type) or rest not in {"", "None"}:
            raise _NotPlainError
        return typing.Union[found, None] if rest else found  # noqa: UP007  # mypy: of values

    def definition(self, python_type: Any) -> dict[str, Any]:
        """The schema that a type's name stands for; of one without a name, its schema."""
        schema = self.schema(python_type)
        if not isinstance(python_type, type) or python_type in _SCALARS:
            return schema
        return dict(self.definitions[schema["$ref"].removeprefix(self._reference)])

    def _named_type(self, python_type: type) -> dict[str, Any]:
        name = python_type.__name__
        if _TYPED_DICT not in python_type.__mro__[1:] or not name.isidentifier():
            raise _NotPlainError
        name = (self._names or {}).get(python_type, name)
        if name not in self._named:
            self._named[name] = python_type
            self._around.append(python_type)
            self.definitions[name] = self._typed_dict(python_type)
            self._around.pop()
        if self._named[name] is not python_type:
            raise _NotPlainError
        return {"$ref": f"{self._reference}{name}"}

    def _typed_dict(self, python_type: type) -> dict[str, Any]:
        properties, required = {}, []
        for name, annotation in _annotations(python_type).items():
            if typing.get_origin(annotation) is typing.NotRequired:
                properties[name] = self.schema(typing.get_args(annotation)[0])
            else:
                properties[name] = self.schema(annotation)
                required.append(name)
        schema: dict[str, Any] = {}
        if documentation := vars(python_type).get("__doc__"):
            schema["description"] = inspect.cleandoc(documentation)
        schema |= {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        return {**schema, **vars(python_type).get("_schema_keywords", {})}

    def _annotated(self, inner: Any, *notes: Any) -> dict[str, Any]:
        schema = self.schema(inner)
        for note in notes:
            if not isinstance(note, JsonSchema):
                raise _NotPlainError
            if "title" in note.keywords and self._names is None:  # pydantic drops some
                raise _NotPlainError
            schema = note.over(schema)
        return schema

    def _union(self, members: tuple[Any, ...]) -> dict[str, Any]:
        last = sorted(members, key=lambda member: member is type(None))
        schemas = [self.schema(member) for member in last]
        if any("anyOf" in schema or schema in schemas[:n] for n, schema in enumerate(schemas)):
            raise _NotPlainError
        return {"anyOf": schemas}


def _annotations(python_type: type) -> dict[str, Any]:
    """The fields, those of base classes first; annotations that are text need pydantic."""
    found: dict[str, Any] = {}
    for base in reversed(python_type.__mro__):
        found |= inspect.get_annotations(base)
    return found
