"""The properties of a schema as tables: small objects within them, large ones folded below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from routebook.views import escape
from routebook.views.definitions import Definitions
from routebook.views.model import FieldView, ShapeView, TableView
from routebook.views.prose import Prose
from routebook.views.words import ALTERNATIVES, Words, value

_DEEPEST = 12
"""How deep tables stand inside one another, an object counting four and a list one; what is
deeper follows them."""
_SMALL = 8
"""How many rows an inner object has at most that is shown in the table of the outer one."""
_SHORT = 100
"""How long the JSON of an example may be that is shown in a table."""

_Branches = list["_Branch"]


@dataclass(slots=True)
class _Branch:
    """The properties of one object."""

    path: str
    """Where it is, from the object around it."""
    schema: Any
    rows: list[tuple[str, FieldView]] = field(default_factory=list)
    """Path and row of each property, of small inner objects too."""
    inner: _Branches = field(default_factory=list)
    """Large inner objects."""


class Shapes:
    """Describes schemas: their types, constraints and properties."""

    def __init__(self, definitions: Definitions, ids: Mapping[str, str], prose: Prose) -> None:
        self._words = Words(definitions, ids)
        self._prose = prose
        self.type = self._words.type
        self.constraints = self._words.constraints
        self.value = value

    def shape(self, schema: Any) -> ShapeView:
        """What a schema says, with tables of its properties."""
        tables: list[TableView] = []
        waiting: list[tuple[str, Any]] = [("", schema)] if _structured(schema) else []
        for path, inner in waiting:
            branch = _Branch(path, inner)
            self._fill(branch, inner, 0, _Later(path, waiting))
            if branch.rows or branch.inner:
                tables.append(self._table(branch))
        return ShapeView(
            type=self.type(schema), constraints=self.constraints(schema), tables=tuple(tables)
        )

    def _fill(self, branch: _Branch, schema: Any, depth: int, later: _Later) -> None:
        """Add what a schema says about the properties of an object to its branch."""
        required = schema.get("required") or ()
        inside = depth + (4 if "properties" in schema else 1)
        for name, inner in _properties(schema):
            row = self._row(name, inner, required=name in required)
            branch.rows.append((name, row))
            if _structured(inner):
                self._grow(branch, name, inner, inside, later)
        for place, inner in _inside(schema):
            if _structured(inner):
                self._grow(branch, place, inner, inside, later)

    def _grow(self, branch: _Branch, path: str, schema: Any, depth: int, later: _Later) -> None:
        """Add an inner object: in the same table, in a table of its own, or after all tables."""
        if depth > _DEEPEST:
            later.add(path, schema)
            return
        if not path:
            self._fill(branch, schema, depth, later)
            return
        inner = _Branch(path, schema)
        self._fill(inner, schema, depth, later.below(path))
        if not inner.rows:
            for deeper in inner.inner:
                deeper.path = _below(path, deeper.path)
            branch.inner += inner.inner
        elif len(inner.rows) > _SMALL or inner.inner:
            branch.inner.append(inner)
        else:
            for name, row in inner.rows:
                whole = _below(path, name)
                branch.rows.append((whole, _renamed(row, whole)))

    def _table(self, branch: _Branch) -> TableView:
        schema = branch.schema if isinstance(branch.schema, dict) else {}
        return TableView(
            title=escape.code(branch.path) if branch.path else "",
            path=branch.path,
            about=self.about(schema) if branch.path.endswith((")", "]", "*")) else "",
            rows=tuple(row for _, row in branch.rows),
            tables=tuple(map(self._table, branch.inner)),
        )

    def _row(self, path: str, schema: Any, *, required: bool) -> FieldView:
        inner = schema if isinstance(schema, dict) else {}
        default = inner.get("default")
        return FieldView(
            name=escape.code(path),
            type=self.type(schema),
            required="yes" if required else "no",
            default="" if default is None else value(default),
            constraints=self.constraints(schema),
            description=self.about(inner),
        )

    def about(self, schema: Mapping[str, Any]) -> str:
        """A schema's description and examples: a line."""
        words = self._prose.line(str(schema.get("description") or schema.get("title") or ""))
        if _MORE.isdisjoint(schema):
            return words
        words += "." if words[-1:].isalnum() else ""
        pieces = ["**Deprecated.**", words] if schema.get("deprecated") else [words]
        given = schema.get("examples") or ()
        if "example" in schema:
            given = (*given, schema["example"]) if isinstance(given, (list, tuple)) else ()
        if given:
            pieces += self._examples(given)
        items = schema.get("items")
        if isinstance(items, dict) and ("description" in items or "examples" in items):
            each = self.about(items)
            pieces += [f"Each: {each}"] if each and each != words else []
        for key in ALTERNATIVES:
            pieces += self._options(schema.get(key) or ())
        if docs := schema.get("externalDocs"):
            pieces.append(self._more(docs))
        return " ".join(piece for piece in pieces if piece)

    def _options(self, options: Any) -> Iterator[str]:
        """What the alternatives say about themselves, those that have no section."""
        for count, option in enumerate(options, 1):
            if isinstance(option, dict) and "description" in option:
                yield f"Option {count}: {self._prose.line(str(option['description']))}"

    def _examples(self, given: Any) -> list[str]:
        shown = [value(item) for item in given]
        short = [text for text in shown if len(text) <= _SHORT]
        return [f"Example: {', '.join(short)}"] if short else []

    def _more(self, docs: Any) -> str:
        if not isinstance(docs, dict):
            return ""
        label = self._prose.line(str(docs.get("description") or "More"))
        return escape.link(label, str(docs.get("url", "")))


_MORE = frozenset({"deprecated", "examples", "example", "items", "oneOf", "anyOf", "externalDocs"})
"""Keywords that `about` says something of, besides title and description."""


@dataclass(frozen=True, slots=True)
class _Later:
    """Where what is too deep for a table waits, under its whole path."""

    path: str
    waiting: list[tuple[str, Any]]

    def add(self, path: str, schema: Any) -> None:
        self.waiting.append((_below(self.path, path), schema))

    def below(self, path: str) -> _Later:
        return _Later(_below(self.path, path), self.waiting)


def _renamed(row: FieldView, path: str) -> FieldView:
    """The row of a property under another path."""
    return FieldView(
        name=escape.code(path),
        type=row.type,
        required=row.required,
        default=row.default,
        constraints=row.constraints,
        description=row.description,
    )


def _below(path: str, name: str) -> str:
    """The path of something inside something."""
    return f"{path}.{name}" if path and name[:1] not in ("[", " ") else f"{path}{name}".strip()


def _structured(schema: Any) -> bool:
    """Whether a schema without a name has anything inside it."""
    return isinstance(schema, dict) and "$ref" not in schema and not _STRUCTURES.isdisjoint(schema)


_STRUCTURES = frozenset(
    {"properties", "patternProperties", "items", "prefixItems", "additionalProperties"}
    | {"allOf", "oneOf", "anyOf", "if", "then", "else", "not", "contains", "dependentSchemas"}
)


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    properties = schema.get("properties")
    if isinstance(properties, dict):
        yield from properties.items()
    patterns = schema.get("patternProperties")
    if isinstance(patterns, dict):
        yield from ((f"/{pattern}/", inner) for pattern, inner in patterns.items())


def _inside(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The nameless schemas directly inside one, with the path of what they describe from it.

    An empty path is that of the schema itself: the properties stand among its own.
    """
    if "items" in schema:
        yield "[]", schema["items"]
    for count, item in enumerate(schema.get("prefixItems") or ()):
        yield f"[{count}]", item
    if "additionalProperties" in schema:
        yield "*", schema["additionalProperties"]
    for part in schema.get("allOf") or ():
        yield "", part
    for key in ALTERNATIVES:
        options = schema.get(key) or ()
        several = len([item for item in options if item != {"type": "null"}]) > 1
        for count, option in enumerate(options, 1):
            yield (f" (option {count})" if several else ""), option
    for key in ("if", "then", "else", "not", "contains"):
        if key in schema:
            yield f" ({key})", schema[key]
    for name, inner in (schema.get("dependentSchemas") or {}).items():
        yield f" (with {name})", inner
