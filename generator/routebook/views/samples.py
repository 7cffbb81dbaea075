"""Makes a value that satisfies a schema: its own example, or else a short one of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.conformance import Evaluator, found, named
from routebook.values import Value, frozen
from routebook.views import merging, scalars
from routebook.views.definitions import Definitions, reference

_LEVELS = (2, 1)
"""How many levels of optional properties a sample has, and has when it is long otherwise."""
_LONG = 160
"""How many values a sample has at most that shows more than one level."""


class _TooLong(Exception):  # noqa: N818  # not an error: it ends the attempt
    """A sample is longer than it may be."""


_DEEPEST = 24
_MOST = 100
"""How many items or properties are written, whatever a schema asks for."""

REQUEST, RESPONSE = "readOnly", "writeOnly"
"""What a sample is for, as the keyword of properties that have no place in it."""


class Sampler:
    """Makes sample values; those of equal need once."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._evaluator = Evaluator(named(definitions.named))
        self.named: dict[tuple[str, int, str], list[_Known]] = {}
        self._known: dict[tuple[int, str], tuple[Any, Any]] = {}

    def conforms(self, value: Any, schema: Any) -> bool:
        """Whether `value` satisfies `schema`, or only a validator could tell."""
        return not self._evaluator.refuses(value, schema)

    def value(self, schema: Any, without: str = "") -> Any:
        """A value for `schema`, JSON Schema 2020-12; None also where there is none.

        `without` is `REQUEST` or `RESPONSE` for a value that is sent: properties that the other
        side sends alone are left out of it (OpenAPI 3.1, section 4.8.24).
        """
        key = (id(schema), without)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (schema, self._made(schema, without))
        return known[1]

    def _made(self, schema: Any, without: str) -> Any:
        for levels in _LEVELS:
            maker = _Maker(self, without, _LONG if levels > 1 else sys.maxsize)
            try:
                value = maker.value(schema, levels, 0)
            except _TooLong:
                continue
            return None if value is _NOTHING else value
        return None


_GIVEN = frozenset({"examples", "enum", "const", "example", "default"})
"""Keywords that name values."""


class _Nothing:
    """Stands for the value of a schema that has none, or none that ends."""


_NOTHING = _Nothing()
_UNFINISHED = _Nothing()
"""Stands for a value that was too long before all of it was there."""
_PLAINEST: tuple[Any, ...] = (None, [], {}, "string", 1)


@frozen(kw_only=False)
class _Known(Value):
    """The value of a named schema, for whenever it comes out the same."""

    value: Any
    count: int
    """How many values it has; of one that is `_UNFINISHED`, how many it has at least."""
    height: int
    """How deep values stand in it."""
    names: frozenset[str]
    """The schemas that mattered, if they were open or not."""
    open: frozenset[str]
    """Those of them that were open."""


class _Maker:
    """Makes one sample."""

    def __init__(self, sampler: Sampler, without: str, most: int) -> None:
        self._definitions = sampler.definitions
        self._conforms = sampler.conforms
        self._named = sampler.named
        self._without = without
        self._most = most
        self._open: list[str] = []
        self._names: set[str] = set()
        self._deepest = 0
        self._cuts = 0
        self._count = 0

    def value(self, schema: Any, levels: int, depth: int) -> Any:
        """A value, with some levels of optional properties."""
        self._count += 1
        if self._count > self._most:
            raise _TooLong
        if not isinstance(schema, dict):
            return _NOTHING if schema is False else None
        self._deepest = max(self._deepest, depth)
        if depth > _DEEPEST:
            self._cuts += 1
            return self._last(schema)
        if not _GIVEN.isdisjoint(schema):
            given = self._given(schema)
            if given is not _NOTHING:
                return given
        if not merging.COMPOSED.isdisjoint(schema):
            name = reference(schema)
            if name and len(schema) == 1:
                return self._reference(name, levels, depth)
            return self._composed(schema, levels, depth)
        return self._typed(schema, levels, depth)

    def _given(self, schema: Mapping[str, Any]) -> Any:
        """The value that a schema names itself and that satisfies it."""
        for key in ("examples", "enum"):
            values = schema.get(key)
            if isinstance(values, (list, tuple)) and values:
                for value in (*(v for v in values if v is not None), None):
                    if (value is not None or None in values) and self._conforms(value, schema):
                        return value
        for key in ("const", "example", "default"):
            if key in schema and (schema[key] is not None or key == "const"):
                value = schema[key]
                if self._conforms(value, schema):
                    return value
        return _NOTHING

    def _reference(self, name: str, levels: int, depth: int) -> Any:
        """A value of a named schema: one that was made before, if it would come out the same."""
        self._names.add(name)
        if name in self._open:
            return self._last(self._definitions.named.get(name, True))
        values = self._named.setdefault((name, max(levels, 0), self._without), [])
        for known in values:
            deepest = depth + known.height
            if deepest > _DEEPEST or known.names.intersection(self._open) != known.open:
                continue
            over = self._count + known.count > self._most
            if over or known.value is not _UNFINISHED:
                self._names |= known.names
                self._deepest = max(self._deepest, deepest)
                self._count += known.count
                if over:
                    raise _TooLong
                return known.value
        return self._remembered(name, levels, depth, values)

    def _remembered(self, name: str, levels: int, depth: int, values: list[_Known]) -> Any:
        """Make the value of a named schema, and remember it unless it was cut for its depth.

        What is remembered of one that is too long is how much there is of it.
        """
        names, deepest, cuts, count = self._names, self._deepest, self._cuts, self._count
        self._names, self._deepest = set(), depth
        opened = frozenset(self._open)
        self._open.append(name)
        value: Any = _UNFINISHED
        try:
            value = self.value(self._definitions.named.get(name, True), levels, depth + 1)
        finally:
            self._open.pop()
            mattered = frozenset(self._names)
            if self._cuts == cuts:
                height, more = self._deepest - depth, self._count - count
                values.append(_Known(value, more, height, mattered, mattered & opened))
            self._names = names | mattered
            self._deepest = max(deepest, self._deepest)
        return value

    def _last(self, schema: Any) -> Any:
        """A value where no more may stand inside: empty, where it may be."""
        schema = self._definitions.resolve(schema)
        if not isinstance(schema, dict):
            return None
        for value in _PLAINEST:
            if self._conforms(value, schema):
                return value
        return _NOTHING

    def _composed(self, schema: Mapping[str, Any], levels: int, depth: int) -> Any:
        """A value of a schema with others in it: of the first of its readings that does."""
        names = list(merging.names(schema, self._definitions))
        again = any(name in self._open for name in names)
        self._names.update(names)
        self._open += names
        best = self._first(schema, levels, depth, again=again)
        if levels > 0 and not self._conforms(best, schema):
            fewer = self._first(schema, 0, depth, again=again)
            best = fewer if self._conforms(fewer, schema) else best
        del self._open[len(self._open) - len(names) :]
        return best

    def _first(self, schema: Mapping[str, Any], levels: int, depth: int, *, again: bool) -> Any:
        """The value of the first reading whose value satisfies the schema; else of the first."""
        best: Any = _NOTHING
        for reading in self._readings(schema, again):
            value = self.value(reading, levels, depth + 1)
            if value is not _NOTHING and self._conforms(value, schema):
                return merging.named(value, schema)
            best = value if best is _NOTHING else best
        return best

    def _readings(self, schema: Mapping[str, Any], again: bool) -> Iterator[Mapping[str, Any]]:
        """The schema without keywords that compose others, as it may be read."""
        readings = merging.readings(schema, self._definitions)
        if again:  # what is open already comes last
            found = list(readings)
            yield from sorted(found, key=lambda one: len(one.get("required", ())))
        else:
            yield from readings

    def _typed(self, schema: Mapping[str, Any], levels: int, depth: int) -> Any:
        types = scalars.types(schema)
        match types[0] if types else "":
            case "object":
                return self._object(schema, levels, depth)
            case "array":
                return self._array(schema, levels, depth)
            case "string":
                return scalars.text(schema)
            case "integer" | "number" as kind:
                return scalars.number(schema, whole=kind == "integer")
            case "boolean":
                return True
        return None

    def _object(self, schema: Mapping[str, Any], levels: int, depth: int) -> Any:
        properties = schema.get("properties") or {}
        required = self._required(schema, properties)
        value: dict[str, Any] = {}
        for name, inner in properties.items():
            if name in required or (levels > 0 and self._wanted(inner)):
                made = self.value(inner, levels - 1, depth + 1)
                if made is not _NOTHING:
                    value[name] = made
        others = schema.get("additionalProperties", True)
        for name in required:
            if name not in properties:
                value[name] = self._shown(self._other(schema, name, others), depth)
        if any(name not in value for name in required):
            return _NOTHING
        self._more(value, schema, others, depth)
        return value

    def _required(
        self, schema: Mapping[str, Any], properties: Mapping[str, Any]
    ) -> Mapping[str, None]:
        names = dict.fromkeys(schema.get("required") or ())
        for name, others in (schema.get("dependentRequired") or {}).items():
            names.update(dict.fromkeys(others) if name in properties or name in names else {})
        if self._without:
            for name in [name for name in names if name in properties]:
                if self._hidden(properties[name]):
                    del names[name]
        return names

    def _hidden(self, schema: Any) -> bool:
        """Whether a property is one that the other side sends alone."""
        return bool(self._without and isinstance(schema, dict) and schema.get(self._without))

    def _wanted(self, schema: Any) -> bool:
        """Whether a property that may be left out is shown."""
        if schema is False or self._hidden(schema):
            return False
        if isinstance(schema, dict) and schema.get("deprecated"):
            return False
        if isinstance(schema, dict) and merging.HOLDING.isdisjoint(schema):
            return True
        names = set(merging.first_references(schema))
        self._names |= names
        return names.isdisjoint(self._open)

    def _other(self, schema: Mapping[str, Any], name: str, others: Any) -> Any:
        """The schema of a property that is not described by its name."""
        for pattern, inner in (schema.get("patternProperties") or {}).items():
            if found(pattern, name):
                return inner
        return others

    def _shown(self, schema: Any, depth: int) -> Any:
        made = self.value(schema, 0, depth + 1)
        return None if made is _NOTHING else made

    def _more(
        self, value: dict[str, Any], schema: Mapping[str, Any], others: Any, depth: int
    ) -> None:
        """Properties under other names, where a schema is about these or asks for some."""
        asked = min(int(schema.get("minProperties", 0)), _MOST)
        is_map = others is not True and others is not False and "properties" not in schema
        least = max(asked, int(is_map and not value and self._wanted(others)))
        names = scalars.names(schema, least)
        for name in names if len(value) < least else ():
            if name not in value:
                made = self.value(self._other(schema, name, others), 0, depth + 1)
                value.update({} if made is _NOTHING else {name: made})
            if len(value) >= least:
                return

    def _array(self, schema: Mapping[str, Any], levels: int, depth: int) -> Any:
        first = schema.get("prefixItems") or ()
        value: list[Any] = [self._shown(inner, depth) for inner in first]
        value = value[: int(schema.get("maxItems", len(value)))]
        items, contained = schema.get("items", True), schema.get("contains")
        if contained is not None and schema.get("minContains", 1):
            both = contained if items is True else {"allOf": [items, contained]}
            value += [self._shown(both, depth)]
        least = min(int(schema.get("minItems", 0)), _MOST)
        wanted = least or int(not value and self._wanted(items))
        wanted = min(wanted, int(schema.get("maxItems", wanted)))
        while len(value) < wanted and items is not False:
            item = self.value(items, levels, depth + 1)
            if item is _NOTHING:
                return _NOTHING if least else value
            unique = schema.get("uniqueItems") is True
            value.append(scalars.other(item, items, value) if unique else item)
        return value
