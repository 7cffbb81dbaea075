"""The schemas of descriptors as JSON data, for the comparer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from routebook.descriptors import APIDescriptor, ParameterDescriptor
from routebook.diff.marks import MARK
from routebook.diff.schemas import name_in
from routebook.findings import RoutebookError
from routebook.schemas import REFERENCE, parameter_schema, to_json_schema
from routebook.walk import walk

if TYPE_CHECKING:
    from routebook.places import Places

_SCALARS = frozenset({str, bool, int, float, type(None)})


class Schemas:
    """The schemas of one description: each converted once, and kept as long as this lives."""

    def __init__(self, api: APIDescriptor, places: Places | None = None) -> None:
        self.definitions: dict[str, Any] = {}
        self.references: dict[str, frozenset[str]] = {}
        """The definitions that each definition refers to."""
        self.marked = False
        """Whether a schema says how stable it is."""
        self.is_tree = places is not None and bool(api.schemas)
        """Whether it is known that no schema stands, as the very same object, in several places."""
        self.repeated = False
        """Whether one was met that does."""
        self._made: dict[int, tuple[Any, Any]] = {}
        self._seen: set[int] = set()
        self._defining: set[int] = set()
        self._named: set[str] = set()
        for name, schema in api.schemas.items():
            self._named = set()
            if places is not None and (marked := places.marked(name)) is not None:
                self._look(marked)
                self._made[id(schema)] = schema, schema
            else:
                self.is_tree = False
            made = self.of(schema)
            if made != {"$ref": REFERENCE + name}:  # a type's own name: it is defined already
                self.definitions[name] = made
                self._defining.add(id(schema))
                self.references[name] = frozenset(self._named)

    def of(self, schema: Any) -> Any:
        """The JSON Schema of a schema value; the value itself when it is JSON data already."""
        if schema is None:
            return True
        made = self._made.get(id(schema))
        if made is None:
            found = schema
            if not self._is_json(schema):
                found = to_json_schema(schema, self.definitions)
                self._is_json(found)
            made = self._made[id(schema)] = schema, found
        elif id(schema) in self._defining:
            self.repeated = True
        return made[1]

    def _is_json(self, value: Any) -> bool:
        """Whether a value is JSON data as `json.loads` gives it, all through.

        What else is to be known of it is noted on the way.
        """
        waiting = [value] if type(value) not in _SCALARS else []
        for one in waiting:  # it grows meanwhile
            if type(one) is dict:
                if "$ref" in one or MARK in one:
                    self._look((one,))
                below: Iterable[Any] = one.values()
            elif type(one) is list:
                below = one
            else:
                return False
            if not _SCALARS.issuperset(map(type, below)):
                waiting.extend([inner for inner in below if type(inner) not in _SCALARS])
        if not self.is_tree:
            these = set(map(id, waiting))
            if len(these) < len(waiting) or not self._seen.isdisjoint(these):
                self.repeated = True
            self._seen |= these
        return True

    def _look(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Note what objects refer to, and whether they say how stable they are."""
        for one in objects:
            if MARK in one:
                self.marked = True
            reference = one.get("$ref")
            if type(reference) is str:
                self._named.add(name_in(reference))

    def typed(self, api: APIDescriptor) -> frozenset[str]:
        """The names of all definitions, with those of the Python types in the parts of an API.

        A type is known only once it was converted: ask before definitions are compared.
        """
        for _, part in walk(api):
            for field in ("schema", "item_schema", "detail"):
                schema = getattr(part, field, None)
                if schema is not None and not isinstance(schema, bool):
                    with suppress(RoutebookError):  # told when it is compared
                        self.of(schema)
        return frozenset(self.definitions)

    def of_parameter(self, parameter: ParameterDescriptor) -> Any:
        """The JSON Schema of a parameter or header; of its media type where it has one."""
        made = self._made.get(id(parameter))
        if made is None:
            made = (parameter, self._parameter(parameter))
            self._made[id(parameter)] = made
        return made[1]

    def _parameter(self, parameter: ParameterDescriptor) -> Any:
        if parameter.content:
            return self.of(parameter.content[0].schema)
        return self.of(parameter_schema(parameter, self.definitions))

    def at(self, root: Any, component: str, pointer: str) -> Any:
        """What stands at a pointer below a schema or a component; None for nothing."""
        value = self.definitions.get(component) if component else root
        for key in keys_of(pointer):
            if isinstance(value, Mapping):
                value = value.get(key)
            elif isinstance(value, (list, tuple)) and key.isdigit() and int(key) < len(value):
                value = value[int(key)]
            else:
                return None
        return value


def keys_of(pointer: str) -> tuple[str, ...]:
    """The keys of a JSON pointer (RFC 6901)."""
    return tuple(key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:])
