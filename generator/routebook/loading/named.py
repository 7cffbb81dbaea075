"""What the names of schemas stand for in a Python description: types, and JSON Schemas."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from routebook.descriptors import APIDescriptor
from routebook.loading.sources import Sources
from routebook.walk import walk

_WORD = re.compile(r"[^\W\d][\w.]*")
_STRANGE = re.compile(r"[^a-zA-Z0-9.\-_]")
"""What pydantic writes `_` for in names."""
_OWN = "routebook."
"""Where `TypedDict("Name", {...})` is made."""


class Named(NamedTuple):
    """What a name stands for, and the descriptor that uses it."""

    schema: Any
    """A Python type, or a JSON Schema."""
    user: object


class Line(NamedTuple):
    """A line of a file."""

    file: str
    line: int


class Schemas:
    """The named schemas of a Python description, and where they stand in its modules.

    `origins` are the types that were converted already, by the `id` of what was made of them.
    """

    def __init__(
        self,
        api: APIDescriptor,
        origins: Mapping[int, Any],
        modules: Mapping[str, ModuleType],
        sources: Sources,
    ) -> None:
        self._modules = modules
        self._sources = sources
        self._named = {
            name: Named(origins.get(id(schema), schema), api)
            for name, schema in api.schemas.items()
        }
        self._api = api
        self._reached: dict[str, Named] | None = None
        self._variables: dict[int, list[_Variable]] | None = None

    def find(self, name: str) -> Named | None:
        """What a name stands for; None when it is that of nothing."""
        if name in self._named:
            return self._named[name]
        if self._reached is None:
            known = (one.schema for one in self._named.values())
            self._reached = reached(self._api, known, self._modules)
        return self._reached.get(name)

    def line(self, schema: Any, keys: Sequence[str]) -> Line | None:
        """The line of a schema, or of what stands below it; None when it cannot be found."""
        if schema is None or isinstance(schema, bool):
            return None  # there is one object of these, wherever it stands
        if not isinstance(schema, type):
            return self._variable(schema, keys)
        if schema.__module__ not in self._modules and not schema.__module__.startswith(_OWN):
            return None
        return self._class(schema, keys) or self._variable(schema, keys)

    def _class(self, kind: type, keys: Sequence[str]) -> Line | None:
        """The line of a class, or of its field, which a base may define."""
        if keys[:1] == ["properties"] and len(keys) > 1:
            for one in lineage(kind):
                file = self._file(one.__module__)
                if line := self._sources.of(file).field_line(one.__qualname__, keys[1], keys[2:]):
                    return Line(file, line)
        file = self._file(kind.__module__)
        line = self._sources.of(file).class_line(kind.__qualname__, keys)
        return Line(file, line) if line else None

    def _variable(self, schema: Any, keys: Sequence[str]) -> Line | None:
        """The line of the variable that a schema is the value of, or stands in the value of."""
        if self._variables is None:
            self._variables = _variables(self._modules)
        if isinstance(schema, type) and keys[:1] == ["properties"]:
            keys = keys[1:]  # TypedDict("Name", {...})
        for module, name, key in self._variables.get(id(schema), ()):
            file = self._file(module)
            if line := self._sources.of(file).variable_line(name, [*key, *keys]):
                return Line(file, line)
        return None

    def _file(self, module: str) -> str:
        """The file of a module; empty for one that is none of the description's."""
        return str(self._modules[module].__file__) if module in self._modules else ""


_Variable = tuple[str, str, tuple[str, ...]]
"""A module, a variable, and the keys in its value."""


def _variables(modules: Mapping[str, ModuleType]) -> dict[int, list[_Variable]]:
    """The variables that have an object as their value, or hold it by a key, by its `id`.

    Installed packages are left out: there are many, and they may hold anything.
    """
    found: dict[int, list[_Variable]] = {}
    for module, held in modules.items():
        if "site-packages" in str(held.__file__):
            continue
        for name, value in list(vars(held).items()):
            found.setdefault(id(value), []).append((module, name, ()))
            for key, one in value.items() if isinstance(value, dict) else ():
                found.setdefault(id(one), []).append((module, name, (str(key),)))
    return found


def reached(
    api: APIDescriptor, schemas: Iterable[Any], modules: Mapping[str, ModuleType]
) -> dict[str, Named]:
    """The classes that the types of an API are made of, by the names that their schemas have.

    `schemas` are those that the API names. `modules` are those that the types come from: what
    annotations name in texts is looked up there.
    """
    roots: list[tuple[Any, object]] = [(schema, api) for schema in schemas]
    for _, part in walk(api):
        fields = ("schema", "item_schema", "detail")
        roots.extend((getattr(part, field, None), part) for field in fields)
    found: dict[str, Named] = {}
    seen: dict[int, object] = {}
    for schema, user in roots:
        for one in _classes(schema, modules, seen):
            found.setdefault(_STRANGE.sub("_", one.__name__), Named(one, user))
    return found


def lineage(kind: type) -> Iterator[type]:
    """A class, and those whose fields it has: a `TypedDict` of `typing` has no others as bases."""
    for one in kind.__mro__:
        yield one
        for base in vars(one).get("__orig_bases__", ()):
            origin = typing.get_origin(base) or base
            if isinstance(origin, type) and origin not in kind.__mro__:
                yield from lineage(origin)


def _classes(
    schema: Any, modules: Mapping[str, ModuleType], seen: dict[int, object]
) -> Iterator[type]:
    """The classes that a schema is made of, each before what it holds."""
    waiting: list[tuple[Any, str]] = [(schema, "")]
    for one, module in waiting:  # it grows meanwhile
        if isinstance(one, str):
            waiting.extend((part, module) for part in _meant(one, modules.get(module)))
        elif id(one) in seen:
            continue
        elif isinstance(one, type):
            seen[id(one)] = one
            if one.__module__ != "builtins":
                yield one
                waiting.extend(_annotations(one))
        else:
            seen[id(one)] = one
            waiting.extend((part, module) for part in _parts(one))


def _annotations(kind: type) -> Iterator[tuple[Any, str]]:
    """The annotations of a class's fields, each with the module that it stands in."""
    for one in lineage(kind):
        try:
            found = inspect.get_annotations(one)
        except (NameError, ValueError):  # they name what is not there
            continue
        given = vars(one).get("__pydantic_generic_metadata__", {}).get("args", ())  # Page[Pet]
        yield from ((annotation, one.__module__) for annotation in (*found.values(), *given))


def _meant(text: str, module: ModuleType | None) -> Iterator[Any]:
    """What an annotation that is a text, such as `"list[Pet] | None"`, names in its module."""
    for word in _WORD.findall(text) if module is not None else ():
        found: Any = module
        for name in word.split("."):
            inside = isinstance(found, (ModuleType, type))
            found = vars(found).get(name) if inside else None
        if found is not None:
            yield found


def _parts(one: Any) -> Iterator[Any]:
    """What a schema, or a type that is no class, is made of."""
    if isinstance(one, Mapping):
        yield from one.values()
    elif isinstance(one, (list, tuple)):
        yield from one
    elif isinstance(one, typing.ForwardRef):
        yield one.__forward_arg__
    else:
        yield from (typing.get_origin(one), *typing.get_args(one))
        if type(one).__module__ in ("typing", "typing_extensions"):
            names = ("__value__", "__supertype__")  # `type Name = ...`, and NewType
            yield from (getattr(one, name, None) for name in names)
