"""The named schemas of an API: classes where they are plain objects, or else JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from routebook.emit.python import homes, layout
from routebook.emit.python.expressions import Expressions
from routebook.emit.python.keys import Keys
from routebook.emit.python.layout import Assignment, Atom, Dict, Group, Node
from routebook.emit.python.modules import Module
from routebook.emit.python.names import Names, class_name, constant
from routebook.emit.python.plan import Plan
from routebook.emit.python.text import docstring
from routebook.emit.python.types import Annotations, is_plain_object
from routebook.schemas import REFERENCE, subschemas

HOME = "schemas"


class Schemas:
    """Writes the modules of the named schemas."""

    def __init__(self, schemas: Mapping[str, Any], plan: Plan, keys: Keys, *, types: bool) -> None:
        self._schemas = schemas
        self._plan = plan
        self._keys = keys
        self._names = plan.names_of(HOME)
        self._classes = self._class_names() if types else {}
        self._written: dict[str, tuple[tuple[str, ...], str]] = {}

    def _class_names(self) -> dict[str, str]:
        """The names of the classes, by the names of their schemas."""
        names = Names()
        found = {
            name: names.take(*_choices(name, class_name))
            for name, schema in self._schemas.items()
            if is_plain_object(schema, ())
        }
        taken = set(found.values())
        return {
            name: self._names.take(chosen, f"{chosen}Schema")
            for name, chosen in found.items()
            if is_plain_object(self._schemas[name], taken)
        }

    def modules(self) -> Iterator[Module]:
        """The modules, the one with all `SCHEMAS` last."""
        chunks = list(self._chunks())
        split = len(chunks) > 1
        index = Module((HOME, "__init__") if split else (HOME,), "The named schemas.")
        for number, chunk in enumerate(chunks, 1):
            path = (HOME, f"part{number}") if split else (HOME,)
            about = f"Named schemas, part {number}."
            module = Module(path, about) if split else index
            for name in chunk:
                self._define(name, module, path, frozenset(chunk))
            if split:
                yield module
        self._add_index(index)
        yield index

    def _add_index(self, index: Module) -> None:
        """`SCHEMAS`, in the author's order."""
        named = Dict((name, self._reference(name, index)) for name in self._schemas)
        if not self._classes:
            index.use_routebook()
            index.add(Assignment("SCHEMAS", named, "dict[str, rb.Schema]"))
            return
        index.use_helper("json_schemas")
        node = Group("json_schemas(", [("", named)], ")", comma=False)
        index.add(Assignment("SCHEMAS", node))

    def _reference(self, name: str, module: Module) -> Node:
        return module.reference(*self._written[name])

    def _chunks(self) -> Iterator[list[str]]:
        """The names in an order in which classes come after those that they are made of."""
        chunk: list[str] = []
        size = 0
        for name in self._in_order():
            if size > homes.LARGE:
                yield chunk
                chunk, size = [], 0
            chunk.append(name)
            size += self._keys.weight(self._schemas[name])
        if chunk:
            yield chunk

    def _in_order(self) -> Iterator[str]:
        seen: set[str] = set()
        for first in self._schemas:
            stack = [(first, False)]
            while stack:
                name, done = stack.pop()
                if done:
                    yield name
                elif name not in seen:
                    seen.add(name)
                    stack.append((name, True))
                    if name in self._classes:
                        stack += [(n, False) for n in self._targets(name) if n in self._classes]

    def _targets(self, name: str) -> list[str]:
        """The schemas that the annotations of a class name, the first last."""
        found: list[str] = []
        stack = [self._schemas[name]]
        while stack:
            schema = stack.pop()
            if isinstance(schema, Mapping) and isinstance(schema.get("$ref"), str):
                found.append(schema["$ref"].removeprefix(REFERENCE))
            stack += subschemas(schema)
        return found

    def _define(
        self, name: str, module: Module, path: tuple[str, ...], beside: frozenset[str]
    ) -> None:
        """Define a named schema in a module; `beside` are those that come into it, too."""
        expressions = Expressions(module, self._plan, HOME)
        if name in self._classes:
            self._define_class(name, module, expressions, beside)
            self._written[name] = (path, self._classes[name])
            return
        chosen = self._names.take(*_choices(name, constant))
        module.use_routebook()
        node = expressions.named(chosen, self._schemas[name])
        module.add(Assignment(chosen, node, "rb.Schema"))
        self._written[name] = (path, chosen)

    def _define_class(
        self, name: str, module: Module, expressions: Expressions, beside: frozenset[str]
    ) -> None:
        schema = self._schemas[name]

        def written(target: str) -> Node | None:
            if target not in self._classes:
                return None
            if target in self._written:
                return self._reference(target, module)
            return Atom(f'"{self._classes[target]}"') if target in beside else None

        expressions.within(constant(name))
        annotations = Annotations(module, expressions, self._keys, written)
        module.use_routebook()
        description = schema.get("description")
        words = docstring(description, 4) if isinstance(description, str) else ""
        fields = annotations.fields(schema)
        head = self._decorator(schema, annotations, bool(words))
        lines = [f"{head}class {self._classes[name]}(rb.TypedDict):"]
        lines += [f"    {words}\n"] if words else []
        lines += [f"    {layout.annotated(field, node, 4)}" for field, node in fields]
        module.add_source("\n".join(lines), 2)

    def _decorator(
        self, schema: Mapping[str, Any], annotations: Annotations, documented: bool
    ) -> str:
        """`@rb.JsonSchema(...)` for what fields and docstring do not say; empty for nothing."""
        required = [name for name in schema["properties"] if name in schema.get("required", ())]
        said = {"type", "properties"} | ({"description"} if documented else set())
        rest = {key: held for key, held in schema.items() if key not in said}
        if required and self._keys.of(rest["required"]) == self._keys.of(required):
            del rest["required"]
        return f"@{layout.fit(annotations.json_schema(rest), 0, 1)}\n" if rest else ""


def _choices(name: str, make: Callable[[str], str]) -> tuple[str, str]:
    """Names in Python for a schema: for what its name ends with after the last dot, and for all."""
    found = make(name.rpartition(".")[2]), make(name)
    return found if any(found) else (make("schema"), "")
