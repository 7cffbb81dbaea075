"""Descriptors and JSON data as source, in the module where they stand."""

from __future__ import annotations

import keyword
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from routebook.emit.python import layout
from routebook.emit.python.keys import no_json
from routebook.emit.python.layout import Assignment, Atom, Dict, Group, Node, Text
from routebook.emit.python.names import constant
from routebook.emit.python.plan import rendered
from routebook.values import Type, Value

if TYPE_CHECKING:
    from routebook.emit.python.modules import Module
    from routebook.emit.python.plan import Definition, Plan

_DEEPEST = 9
"""Levels of brackets; what is nested more deeply gets a constant of its own."""

_NAME = 40
"""Characters that the name of such a constant may have."""

_FORMAL = frozenset({"properties", "items", "allOf", "anyOf", "oneOf", "schema", "required"})
"""Keys that say nothing about what stands behind them."""

_LARGEST = 10**4000
"""Python reads no decimal numbers of more than 4,300 digits."""


class Expressions:
    """Makes the source of what stands in one module."""

    def __init__(self, module: Module, plan: Plan, home: str) -> None:
        self._module = module
        self._plan = plan
        self._home = home
        self._within = ""

    def define(self, definition: Definition) -> None:
        """Add the constant to the module."""
        self._within = definition.name
        node = self.descriptor(definition.value)
        self._module.add(Assignment(definition.name, node))

    def descriptor(self, value: Value, depth: int = 1) -> Node:
        """The call that makes a descriptor."""
        self._module.use_routebook()
        arguments = ((name, self.value(held, depth, name)) for name, held in rendered(value))
        return layout.call(f"rb.{type(value).__name__}", arguments)

    def value(self, value: Any, depth: int = 1, name: str = "") -> Node:
        """Any value: a descriptor, by its constant where it has one, or JSON data."""
        if isinstance(value, Value):
            found = self._plan.find(value, self._home)
            if found is not None:
                return self._module.reference(found.path, found.name)
            return self.descriptor(value, depth + 1)
        if isinstance(value, (Mapping, list, tuple)):
            return self._container(value, depth, name)
        return scalar(value, self._module)

    def within(self, name: str) -> None:
        """Name what is hoisted out of what follows after `name`."""
        self._within = name

    def named(self, name: str, value: Any) -> Node:
        """JSON data that becomes the constant `name`: what is deep in it is named after that."""
        self._within = name
        return self.value(value)

    def _container(self, value: Any, depth: int, name: str) -> Node:
        if depth <= _DEEPEST or isinstance(value, tuple):
            return self._whole(value, depth, name)
        before = self._within
        self._within = _deeper(before, name)
        node = self._whole(value, 1, name)
        if node.flat is None:
            chosen = self._plan.names_of(self._home).take(self._within)
            self._module.use_typing("Any")
            self._module.add(Assignment(chosen, node, "Any"))
            node = Atom(chosen)
        self._within = before
        return node

    def _whole(self, value: Any, depth: int, name: str) -> Node:
        if isinstance(value, Mapping):
            for key in value:
                if not isinstance(key, str):
                    raise no_json(key)
            pairs = [
                (key, self.value(held, depth + 1, name if key in _FORMAL else key))
                for key, held in value.items()
            ]  # no generators: those that nest take Python 3.12's little room for calls from C
            return Dict(pairs)
        items = [("", self.value(held, depth + 1, name)) for held in value]
        return Group("(", items, ")") if isinstance(value, tuple) else Group("[", items, "]")


def scalar(value: Any, module: Module) -> Node:
    """Text, a number, or a word that JSON has for a value.

    Raises `RoutebookError` for anything else.
    """
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, Type):
        module.use_routebook()
        return Atom(f"rb.Type.{value.name}")
    if isinstance(value, float) and not math.isfinite(value):
        return Atom(f'float("{value}")')
    if isinstance(value, int) and abs(value) > _LARGEST:
        return Atom(hex(value))
    if value is not None and not isinstance(value, (int, float)):
        raise no_json(value)
    return Atom(repr(value).replace("e+", "e"))


def _deeper(before: str, name: str) -> str:
    """The name for what stands in the part `name` of a constant."""
    last = constant(name, most=_NAME // 2)
    return constant(before, last, most=_NAME - len(last)) or before


def keywords(pairs: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """The arguments of `JsonSchema`: by keyword where all of them can be, or else one dict."""
    if all(name.isidentifier() and not keyword.iskeyword(name) for name in pairs):
        yield from ((f"{name}=", node) for name, node in pairs.items())
    else:
        yield "", Dict(pairs.items())
