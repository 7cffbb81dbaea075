"""JSON Schemas as annotations: exactly what they say, in Python's words where it has them.

`routebook.schemas.json_schemas` turns each annotation back into the schema it came from. What
Python cannot say is laid over it with `JsonSchema`.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from routebook.emit.python import layout
from routebook.emit.python.expressions import keywords
from routebook.emit.python.layout import Atom, Group, Node
from routebook.schemas import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from routebook.emit.python.expressions import Expressions
    from routebook.emit.python.keys import Keys
    from routebook.emit.python.modules import Module

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_WORDS = frozenset(
    {"Annotated", "Any", "NotRequired", "None", "bool", "dict", "float", "int", "list", "object"}
    | {"rb", "str"}
)
"""Names that annotations are made of; a field of that name would hide them."""
_LONGEST = 60
"""Characters that the name of a field may have, for its line to fit."""


def is_plain_object(schema: Any, taken: Collection[str]) -> bool:
    """Whether a schema is an object of named fields that a class can have.

    `taken` are names that a field may not have, because annotations use them.
    """
    if not isinstance(schema, Mapping) or schema.get("type") != "object" or "$ref" in schema:
        return False
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        return False
    required = schema.get("required", [])
    if not isinstance(required, (list, tuple)) or not all(name in properties for name in required):
        return False
    return all(
        len(name) <= _LONGEST
        and name.isascii()
        and name.isidentifier()
        and not keyword.iskeyword(name)
        and not name.startswith("__")
        and name not in _WORDS
        and name not in taken
        for name in properties
    )


class Annotations:
    """Makes annotations in one module; `classes` gives the source of a named schema's class."""

    def __init__(
        self,
        module: Module,
        expressions: Expressions,
        keys: Keys,
        classes: Callable[[str], Node | None],
    ) -> None:
        self._module = module
        self._expressions = expressions
        self._keys = keys
        self._classes = classes

    def fields(self, schema: Mapping[str, Any]) -> list[tuple[str, Node]]:
        """The fields of an object and their annotations."""
        required = schema.get("required", [])
        return [
            (name, self._field(held, name, name in required))
            for name, held in schema["properties"].items()
        ]

    def _field(self, schema: Any, name: str, required: bool) -> Node:
        node = self.annotation(schema, name)
        if required:
            return node
        self._module.use_typing("NotRequired")
        return layout.subscript("NotRequired", [node])

    def annotation(self, schema: Any, name: str) -> Node:
        """The annotation whose JSON Schema is `schema`."""
        if not isinstance(schema, Mapping):
            schema = {} if schema is True else {"not": {}} if schema is False else schema
        node, said = self._inner(schema, name)
        rest = {
            key: value
            for key, value in schema.items()
            if key not in said or self._keys.of(said[key]) != self._keys.of(value)
        }
        if "type" in rest:
            rest = dict(schema)  # a `type` among the keywords says that they are all
        return self._annotated(node, rest) if rest else node

    def _annotated(self, node: Node, rest: Mapping[str, Any]) -> Node:
        self._module.use_typing("Annotated")
        return layout.subscript("Annotated", [node, self.json_schema(rest)])

    def json_schema(self, rest: Mapping[str, Any]) -> Node:
        """`JsonSchema` of some keywords."""
        self._module.use_routebook()
        pairs = {key: self._expressions.value(held, 3, key) for key, held in rest.items()}
        return Group("rb.JsonSchema(", keywords(pairs), ")")

    def _inner(self, schema: Mapping[str, Any], name: str) -> tuple[Node, dict[str, Any]]:
        """The Python type that comes closest, and the keywords that it stands for."""
        target, kind = schema.get("$ref"), schema.get("type")
        if isinstance(target, str):
            found = self._classes(target.removeprefix(REFERENCE))
            return (found, {"$ref": target}) if found else self._any()
        if isinstance(kind, str):
            return self._single(kind, schema, name)
        if kind is None and (optional := _optional(schema.get("anyOf"))) is not None:
            inner = layout.or_none(self.annotation(optional, name))
            return inner, {"anyOf": [optional, {"type": "null"}]}
        if isinstance(kind, list) and len(kind) == 2 and "null" in kind and kind != ["null"] * 2:
            other = kind[0] if kind[1] == "null" else kind[1]
            return self._nullable(other), {}
        return self._any()

    def _single(
        self, kind: str, schema: Mapping[str, Any], name: str
    ) -> tuple[Node, dict[str, Any]]:
        if kind in _SCALARS:
            return Atom(_SCALARS[kind]), {"type": kind}
        if kind == "null":
            return Atom("None"), {"type": "null"}
        if kind == "array":
            return self._array(schema, name)
        values = schema.get("additionalProperties")
        if kind == "object" and "properties" not in schema and values not in (None, False, {}):
            inner = self.annotation(values, name)
            return layout.subscript("dict", [Atom("str"), inner]), {
                "type": "object",
                "additionalProperties": values,
            }
        return self._nullable(kind, null=False), {}

    def _array(self, schema: Mapping[str, Any], name: str) -> tuple[Node, dict[str, Any]]:
        items = schema.get("items")
        if isinstance(items, Mapping):
            inner = self.annotation(items, name)
            return layout.subscript("list", [inner]), {"type": "array", "items": items}
        return self._nullable("array", null=False), {}

    def _nullable(self, kind: str, *, null: bool = True) -> Node:
        """A type for people and type checkers; its keywords are said beside it in full."""
        known = {**_SCALARS, "array": "list[Any]", "object": "dict[str, Any]"}
        if kind not in known:
            return self._any()[0]
        if "Any" in known[kind]:
            self._module.use_typing("Any")
        return Atom(known[kind] + (" | None" if null else ""))

    def _any(self) -> tuple[Node, dict[str, Any]]:
        self._module.use_typing("Any")
        return Atom("Any"), {}


def _optional(alternatives: Any) -> Mapping[str, Any] | None:
    """What a schema allows beside null, where it says so in two alternatives."""
    if not isinstance(alternatives, (list, tuple)) or len(alternatives) != 2:
        return None
    first, last = alternatives
    fits = isinstance(first, Mapping) and "anyOf" not in first and "null" not in str(first)
    return first if fits and last == {"type": "null"} else None
