"""What of an API becomes a constant, what the constant is called, and where it stands.

A constant stands for each part that has a component name, that is one object in several
places, or that several places say in the same words; and for each route and method. What is
shared is in a module for its kind, what only one route needs is beside that route.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from routebook.descriptors import (
    APIDescriptor,
    BodyDescriptor,
    CallbackDescriptor,
    ComponentsDescriptor,
    ExampleDescriptor,
    LinkDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.emit.python import homes, naming
from routebook.emit.python.keys import Keys
from routebook.emit.python.names import Names
from routebook.errors import ErrorDescriptor
from routebook.metadata import SecurityScheme
from routebook.values import Value

_MERGED = (
    ParameterDescriptor,
    ResponseDescriptor,
    BodyDescriptor,
    ExampleDescriptor,
    LinkDescriptor,
)
"""Kinds of which equal ones become one constant."""
_ALWAYS = (ErrorDescriptor, SecurityScheme)
_LOCAL = (RouteDescriptor, MethodDescriptor, CallbackDescriptor)
_SMALL = 12
"""An answer or body of fewer values than this stands where it is used."""


@dataclass(slots=True, eq=False)
class Definition:
    """A constant."""

    value: Value
    """What it stands for."""
    home: str
    """The module that it belongs to: `parameters`, `routes/pets`."""
    name: str
    """Its name there."""
    needs: list[Definition] = field(default_factory=list)
    """The constants that it is made of."""
    path: tuple[str, ...] = ()
    """The file that it stands in, which several of a large module share."""


def rendered(value: Value) -> Iterator[tuple[str, Any]]:
    """The fields of a descriptor that are not as they are by default, in order."""
    for one in fields(value):  # type: ignore[arg-type]  # every descriptor is a dataclass
        held = getattr(value, one.name)
        if not _is_default(held, one):
            yield one.name, held


def _is_default(held: Any, one: Any) -> bool:
    if isinstance(one.default, (str, bool, type(None))):
        return held is one.default or (isinstance(held, str) and held == one.default)
    if callable(one.default_factory):
        return not held and isinstance(held, dict)
    return type(held) is type(one.default) and bool(held == one.default)


def parts(value: Value) -> Iterator[tuple[str, Value]]:
    """The descriptors that stand in the fields of one, each with the field's name."""
    for name, held in rendered(value):
        for item in held if isinstance(held, tuple) else (held,):
            if isinstance(item, Value):
                yield name, item


class Plan:
    """The constants of an API."""

    def __init__(self, api: APIDescriptor, keys: Keys) -> None:
        self.keys = keys
        self.ordered: list[Definition] = []
        """Every constant, after those that it is made of."""
        self.names: dict[str, Names] = {}
        """The names that are taken, by module."""
        self._shared, components = _shared(api, keys)
        self._given = {key: self._place(*one) for key, one in components.items()}
        self._found: dict[tuple[str, int], Definition] = {}
        self._homes = homes.RouteHomes()
        self._visit_api(api)
        homes.settle(self.ordered, self.names_of, keys)

    def names_of(self, home: str) -> Names:
        """The names that are taken in a module."""
        return self.names.setdefault(home, Names(homes.RESERVED))

    def find(self, value: Value, home: str) -> Definition | None:
        """The constant for a value that is used in a module; None when it stands in place."""
        key = self.keys.of(value)
        if key in self._shared:
            return self._found.get(("", key))
        return self._found.get((home, key))

    def defined(self, value: Value, home: str = "") -> Definition:
        """The constant for a value that surely has one."""
        found = self.find(value, home)
        if found is None:
            raise LookupError(f"no constant for {type(value).__name__}")
        return found

    def route_home(self, route: RouteDescriptor) -> str:
        """The module of a route, by its first tag or else its first path segment."""
        return self._homes.of(route)

    def about_routes(self, home: str) -> str:
        """What a module of routes holds, in words."""
        return self._homes.about[home]

    def _visit_api(self, api: APIDescriptor) -> None:
        for group in api.error_groups:
            for error in group.errors:
                self._visit(error, "errors", "errors")
        for name, part in parts(api):
            if isinstance(part, RouteDescriptor):
                home = self.route_home(part) if name == "routes" else "webhooks"
                self._visit(part, name, home)
            elif isinstance(part, ComponentsDescriptor):
                self._visit(part, name, "components")
            else:
                self._visit(part, name, "")

    def _visit(
        self,
        value: Value,
        field: str,
        home: str,
        prefix: str = "",
        owner: Definition | None = None,
        parent: Value | None = None,
    ) -> None:
        shared = self.keys.of(value) in self._shared
        if not shared and not self._stands_alone(value, parent, home):
            self._visit_parts(value, home, prefix, owner)
            return
        key = ("" if shared else home, self.keys.of(value))
        found = self._found.get(key)
        if found is None:
            given = self._given.get(key[1]) if shared else None
            place, name = given or self._place(value, field, *(() if shared else (home, prefix)))
            found = Definition(value, place, name)
            self._visit_parts(value, place, name, found)
            self._found[key] = found
            self.ordered.append(found)
        if owner is not None:
            owner.needs.append(found)

    def _place(self, value: Value, field: str, home: str = "", prefix: str = "") -> tuple[str, str]:
        """The module and the name of a constant; without `home`, those of one that is shared."""
        place = home or homes.of_kind(value, field)
        return place, self.names_of(place).take(*naming.choices(value, field, prefix))

    def _visit_parts(self, value: Value, home: str, prefix: str, owner: Definition | None) -> None:
        for name, part in parts(value):
            self._visit(part, name, home, prefix, owner, value)

    def _stands_alone(self, value: Value, parent: Value | None, home: str) -> bool:
        """Whether a part that nothing shares is a constant beside what uses it."""
        if not home or home == "components":
            return False
        if isinstance(value, _LOCAL):
            return True
        large = self.keys.weight(value) - len(value.__slots__) > _SMALL
        if isinstance(value, BodyDescriptor):
            return large and isinstance(parent, RequestDescriptor)
        return large and isinstance(value, ResponseDescriptor)


def _shared(api: APIDescriptor, keys: Keys) -> tuple[set[int], dict[int, tuple[Value, str]]]:
    """The numbers of the values that have a constant in the module of their kind.

    Beside them, those that have a component name, with their fields, in the author's order: they
    are the first to get names.
    """
    components: dict[int, tuple[Value, str]] = {}
    uses: Counter[int] = Counter()
    objects: Counter[int] = Counter()
    found: set[int] = set()
    stack: list[Value] = [api]
    while stack:
        inside: list[Value] = []
        for name, part in parts(stack.pop()):
            key = keys.of(part)
            merged = isinstance(part, _MERGED)
            uses[key] += merged
            objects[id(part)] += 1
            if getattr(part, "component", ""):
                components.setdefault(key, (part, name))
            if key in components or isinstance(part, _ALWAYS):
                found.add(key)
            if uses[key] > 1 or (objects[id(part)] > 1 and any(rendered(part))):
                found.add(key)
            if not merged or uses[key] == 1:
                inside.append(part)
        stack += reversed(inside)
    return found, components
