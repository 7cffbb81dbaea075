"""Schemas: Python types become JSON Schema 2020-12, and a parameter's parts become one schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from routebook import plaintypes
from routebook.findings import RoutebookError
from routebook.values import Schema, Type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routebook.descriptors import ParameterDescriptor

REFERENCE = "#/components/schemas/"
"""What the `$ref` of a named schema begins with."""

SINGLE = frozenset(
    {"additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items"}
    | {"not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
)
"""Keywords whose value is a schema (JSON Schema 2020-12, core and validation)."""
LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
"""Keywords whose value is a list of schemas."""
NAMED = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})
"""Keywords whose value is an object of schemas."""

JsonValue = Any
"""A value as `json.loads` gives it."""


def plain(value: Any) -> JsonValue:
    """A copy of JSON data in which mappings are dicts and tuples are lists.

    Descriptors may hold any mapping and share it; what is made of it is the caller's own.
    """
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def to_json_schema(schema: Schema, definitions: dict[str, Any]) -> dict[str, Any] | bool:
    """The JSON Schema 2020-12 of a schema value, as a new object.

    A Python type (also one inside a mapping) is converted by pydantic's `TypeAdapter`; a named
    one (dataclass, TypedDict, enum...) becomes `{"$ref": "#/components/schemas/NAME"}`, and
    what the name stands for is added to `definitions`. Raises `RoutebookError` for a type that
    has no JSON Schema, and for two types of one name.
    """
    if isinstance(schema, bool):
        return schema
    if isinstance(schema, Mapping):
        return {key: _keyword(key, value, definitions) for key, value in schema.items()}
    return _from_type(schema, definitions)


def _keyword(key: str, value: Any, definitions: dict[str, Any]) -> Any:
    if key in SINGLE:
        return to_json_schema(value, definitions)
    if key in LISTED and isinstance(value, (list, tuple)):
        return [to_json_schema(item, definitions) for item in value]
    if key in NAMED and isinstance(value, Mapping):
        return {name: to_json_schema(item, definitions) for name, item in value.items()}
    return plain(value)


def _from_type(python_type: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    try:
        schema, found = _generated(python_type)
    except TypeError:  # an annotation that cannot be hashed is converted each time
        schema, found = _generated.__wrapped__(python_type)
    for name, definition in found.items():
        if definitions.setdefault(name, definition) != definition:
            raise two_schemas(name)
    return dict(schema)


def json_schemas(named: Mapping[str, Schema]) -> dict[str, Any]:
    """Named schemas as JSON Schema: Python types among them refer to each other by these names.

    A type may so have another name in the document than in Python. JSON Schemas stay as they
    are. Raises what `to_json_schema` raises.
    """
    types = {
        name: schema for name, schema in named.items() if not isinstance(schema, (bool, Mapping))
    }
    converted = plaintypes.convert_named(types, REFERENCE)
    if converted is None:
        definitions: dict[str, Any] = {}
        converted = {}
        for name, one in types.items():
            schema = to_json_schema(one, definitions)
            own = schema == {"$ref": REFERENCE + name}
            converted[name] = definitions[name] if own else dict(schema)  # type: ignore[arg-type]  # no bool comes of a type
        named = {**named, **{name: one for name, one in definitions.items() if name not in named}}
    return {
        name: _first_things_first(converted[name]) if name in converted else schema
        for name, schema in named.items()
    }


def two_schemas(name: str) -> RoutebookError:
    """The error that two different schemas have one name."""
    return RoutebookError(
        f"two different schemas are named {name!r}",
        place=f"schemas.{name}",
        hint="rename one of the types, or the key in the API's `schemas`",
    )


@lru_cache(maxsize=1024)
def _generated(python_type: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a Python type, and those of the named types in it."""
    plainly = plaintypes.convert(python_type, REFERENCE)
    if plainly is not None:
        return _in_order(plainly.schema), _in_order({"$defs": plainly.definitions})["$defs"]
    return _by_pydantic(python_type)


def _by_pydantic(python_type: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same for any type that pydantic can describe."""
    from pydantic import PydanticUserError, TypeAdapter  # slow to load
    from pydantic.errors import PydanticInvalidForJsonSchema  # the same

    try:
        adapter = TypeAdapter(python_type)
        schemas, rest = TypeAdapter.json_schemas(
            [("it", "validation", adapter)],
            ref_template=REFERENCE + "{model}",
            schema_generator=_generator(),
        )
    except (PydanticUserError, PydanticInvalidForJsonSchema) as error:
        raise RoutebookError(
            f"{python_type!r} has no JSON Schema: {error}",
            hint="use a type that pydantic can describe, or a JSON Schema object",
        ) from error
    found = _in_order(rest).get("$defs", {})
    for name, definition in found.items():
        if definition.get("title") == name:
            del definition["title"]
    return _in_order(schemas["it", "validation"]), found


@lru_cache(maxsize=1)
def _generator() -> type:
    """Pydantic's generator, without titles made of field names, and in an order to read."""
    from pydantic.json_schema import GenerateJsonSchema  # slow to load

    class Generator(GenerateJsonSchema):
        def field_title_should_be_set(self, _schema: Any) -> bool:
            return False

        def sort(self, value: Any, _parent: str | None = None) -> Any:
            return value

    return Generator


_ORDER = {key: place for place, key in enumerate(("title", "description", "type", "format"))}


def _first_things_first(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema, the keywords that say what it is about before the others; not those inside it."""
    return {
        key: schema[key] for key in sorted(schema, key=lambda key: _ORDER.get(key, len(_ORDER)))
    }


def _in_order(schema: Any) -> Any:
    """A schema that pydantic made, the keywords that say what it is about first."""
    if isinstance(schema, list):
        return [_in_order(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _values(key, value) for key, value in _first_things_first(schema).items()}


def _values(key: str, value: Any) -> Any:
    if key in NAMED and isinstance(value, dict):
        return {name: _in_order(item) for name, item in value.items()}
    return _in_order(value) if key in SINGLE or key in LISTED else value


def subschemas(schema: Any) -> Iterator[Any]:
    """The schemas directly inside a JSON Schema."""
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        if key in SINGLE:
            yield value
        elif key in LISTED and isinstance(value, (list, tuple)):
            yield from value
        elif key in NAMED and isinstance(value, Mapping):
            yield from value.values()


def anchored(regexp: str) -> str:
    """The JSON Schema `pattern` that a whole value must match: `a|b` is `^(?:a|b)$`."""
    return f"^(?:{regexp})$" if has_alternatives(regexp) else f"^{regexp}$"


def unanchored(pattern: str) -> str:
    """The pattern whose `anchored` form is `pattern`; empty when there is none."""
    for start, end in (("^(?:", ")$"), ("^", "$")):
        inner = pattern[len(start) : -len(end)]
        if inner and anchored(inner) == pattern and _compiles(inner):
            return inner
    return ""


def has_alternatives(regexp: str) -> bool:
    """Whether a `|` stands outside all groups and sets."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "", regexp, flags=re.DOTALL)
    depth = 0
    for char in bare:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth <= 0:
            return True
    return False


def _compiles(regexp: str) -> bool:
    try:
        re.compile(regexp)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def parameter_schema(
    parameter: ParameterDescriptor, definitions: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A parameter's JSON Schema: its type's, its own `schema` over that, its regexp and default.

    Named Python types are added to `definitions`, as `to_json_schema` does. A `pattern` that
    `schema` has itself is kept beside the one that `regexp` gives.
    """
    schema = parameter.type.json_schema
    own = to_json_schema({} if parameter.schema is None else parameter.schema, _or_new(definitions))
    schema.update({"not": {}} if own is False else {} if own is True else own)
    if parameter.regexp:
        pattern = anchored(parameter.regexp)
        if isinstance(own, dict) and own.get("pattern", pattern) != pattern:
            schema["allOf"] = [*schema.get("allOf", ()), {"pattern": pattern}]
        else:
            schema["pattern"] = pattern
    if parameter.default is not None:
        schema["default"] = plain(parameter.default)
    return schema


def _or_new(definitions: dict[str, Any] | None) -> dict[str, Any]:
    return {} if definitions is None else definitions


def split_schema(
    written: dict[str, Any] | bool, kind: Type | None = None
) -> tuple[Type, dict[str, Any] | bool | None, str, Any]:
    """Type, schema, regexp and default whose `parameter_schema` is `written`: its inverse.

    The type is `kind`, or else the one whose schema has the most keywords of `written`; the
    first of these in the order of `Type`.
    """
    if isinstance(written, bool):
        return kind or Type.ANY, written, "", None
    kind = kind or _likeliest(written)
    own = kind.json_schema
    rest = {key: value for key, value in written.items() if key not in own or own[key] != value}
    default = rest.pop("default") if rest.get("default") is not None else None
    regexp = ""
    if isinstance(rest.get("pattern"), str):
        regexp = unanchored(rest["pattern"])
        if regexp:
            del rest["pattern"]
    return kind, rest or None, regexp, default


@lru_cache(maxsize=1)
def _by_type() -> dict[Any, list[tuple[Type, dict[str, Any]]]]:
    """The types with their schemas by the `type` in them, those with the most keywords first."""
    found: dict[Any, list[tuple[Type, dict[str, Any]]]] = {}
    for one in sorted(Type, key=lambda one: -len(one.json_schema)):
        found.setdefault(one.json_schema.get("type"), []).append((one, one.json_schema))
    return found


def _likeliest(written: Mapping[str, Any]) -> Type:
    """The first of the types whose schemas have the most keywords of `written`."""
    kind = written.get("type")
    for one, own in _by_type().get(kind, ()) if isinstance(kind, str) else ():
        if own.keys() <= written.keys() and all(written[key] == own[key] for key in own):
            return one
    return Type.ANY
