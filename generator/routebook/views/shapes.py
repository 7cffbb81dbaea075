"""The properties of a schema as tables: small objects within them, large ones folded below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from routebook.views import escape
from routebook.views.contents import Once, content
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


@dataclass(slots=True)
class _Part:
    """The properties of one object; all paths start there."""

    rows: list[tuple[str, FieldView]] = field(default_factory=list)
    """Path and row of each property, of small inner objects too."""
    inner: list[tuple[str, Any, _Part]] = field(default_factory=list)
    """Large inner objects: path, schema, and what is in it."""
    later: list[tuple[str, Any]] = field(default_factory=list)
    """Path and schema of what is too deep for a table in a table."""
    views: tuple[FieldView, ...] | None = None
    """The rows by themselves, once they were asked for."""


class Shapes:
    """Describes schemas: their types, constraints and properties; equal ones once."""

    def __init__(self, definitions: Definitions, ids: Mapping[str, str], prose: Prose) -> None:
        self._words = Words(definitions, ids)
        self._prose = prose
        self.type = self._words.type
        self.constraints = self._words.constraints
        self.value = value
        self._shapes: dict[bytes | None, ShapeView] = {}
        self._row = Once(self._nameless)
        self._rows: dict[tuple[str, bool, int], tuple[FieldView, FieldView]] = {}
        self._parts: dict[tuple[bytes, int], _Part] = {}

    def shape(self, schema: Any) -> ShapeView:
        """What a schema says, with tables of its properties."""
        key = content(schema)
        known = self._shapes.get(key)
        if known is None or key is None:
            known = self._shapes[key] = self._shape(schema, key)
        return known

    def once(self, schema: Any) -> ShapeView:
        """The same of a schema that is hardly met again, such as a named one."""
        return self._shape(schema, None)

    def _shape(self, schema: Any, key: bytes | None) -> ShapeView:
        tables: list[TableView] = []
        waiting: list[tuple[str, Any]] = [("", schema)] if _structured(schema) else []
        for path, inner in waiting:
            part = self._part(inner, key if inner is schema else content(inner), 0)
            if part.rows or part.inner:
                tables.append(self._table(path, inner, part))
            waiting += [(_below(path, deeper), one) for deeper, one in part.later]
        return ShapeView(
            type=self.type(schema), constraints=self.constraints(schema), tables=tuple(tables)
        )

    def _part(self, schema: Any, key: bytes | None, depth: int) -> _Part:
        """What a schema, whose content is `key`, says about the properties of an object."""
        part = self._parts.get((key, depth)) if key else None
        if part is None:
            part = _Part()
            self._fill(part, schema, depth)
            if key:
                self._parts[key, depth] = part
        return part

    def _fill(self, part: _Part, schema: Any, depth: int) -> None:
        """Add what a schema says to the part of an object."""
        required = schema.get("required") or ()
        inside = depth + (4 if "properties" in schema else 1)
        for name, inner in _properties(schema):
            key = content(inner)
            row = self._named(self._row.of(inner, key), name, required=name in required)
            part.rows.append((name, row))
            if _structured(inner):
                self._grow(part, name, inner, key, inside)
        for place, inner in _inside(schema):
            if _structured(inner):
                self._grow(part, place, inner, content(inner) if place else None, inside)

    def _grow(self, part: _Part, path: str, schema: Any, key: bytes | None, depth: int) -> None:
        """Add an inner object: in the same table, in a table of its own, or after all tables."""
        if depth > _DEEPEST:
            part.later.append((path, schema))
            return
        if not path:
            self._fill(part, schema, depth)
            return
        inner = self._part(schema, key, depth)
        part.later += [(_below(path, deeper), one) for deeper, one in inner.later]
        if not inner.rows:
            part.inner += [(_below(path, name), one, below) for name, one, below in inner.inner]
        elif len(inner.rows) > _SMALL or inner.inner:
            part.inner.append((path, schema, inner))
        else:
            for name, row in inner.rows:
                whole = _below(path, name)
                part.rows.append((whole, self._named(row, whole, required=row.required == "yes")))

    def _table(self, path: str, schema: Any, part: _Part) -> TableView:
        known = schema if isinstance(schema, dict) else {}
        shown = _shown(path)
        if part.views is None:
            part.views = tuple([row for _, row in part.rows])
        return TableView(
            title=escape.code(shown) if shown else "",
            path=shown,
            about=self.about(known) if shown.endswith((")", "]", "*")) else "",
            rows=part.views,
            tables=tuple([self._table(*inner) for inner in part.inner]),
        )

    def _named(self, row: FieldView, path: str, *, required: bool) -> FieldView:
        """A row under a path."""
        key = (path, required, id(row))
        known = self._rows.get(key)
        if known is None:
            view = FieldView(
                name=escape.code(_shown(path)),
                type=row.type,
                required="yes" if required else "no",
                default=row.default,
                constraints=row.constraints,
                description=row.description,
            )
            known = self._rows[key] = (row, view)
        return known[1]

    def _nameless(self, schema: Any) -> FieldView:
        """The row of a schema that stands under no name yet."""
        inner = schema if isinstance(schema, dict) else {}
        default = inner.get("default")
        return FieldView(
            name="",
            type=self.type(schema),
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


def _below(path: str, name: str) -> str:
    """The path of something inside something."""
    return f"{path}.{name}" if path and name[:1] not in ("[", " ") else f"{path}{name}"


def _shown(path: str) -> str:
    """A path by itself: what follows a name after a blank does not begin with one."""
    return path[1:] if path.startswith(" (") else path


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
