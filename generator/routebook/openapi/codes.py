"""Error codes in a response: which codes its envelope carries, as a schema and as examples.

The place of the code is found in the schema of the body: the property `code` that is nearest to
the top, through references, `allOf`, properties and items. So any envelope will do, as long as
its schema says where the code is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from routebook.errors import ErrorDescriptor
from routebook.openapi.context import JsonObject
from routebook.schemas import REFERENCE

ITEMS = "[]"
"""The step of a path that goes into the items of a list."""

_DEEPEST = 6

Path = tuple[str, ...]
Definitions = Mapping[str, Any]


def resolve(schema: Any, definitions: Definitions) -> Any:
    """A schema, or what its `$ref` to a named schema stands for."""
    for _ in range(_DEEPEST):
        reference = schema.get("$ref") if isinstance(schema, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith(REFERENCE):
            break
        schema = definitions.get(reference[len(REFERENCE) :])
    return schema


def code_path(schema: Any, definitions: Definitions) -> Path | None:
    """The way from the top of a body to its error code; None when the schema does not say."""
    level: list[tuple[Path, Any]] = [((), schema)]
    for _ in range(_DEEPEST):
        for path, one in level:
            properties = dict(_properties(one, definitions))
            if "code" in properties and _is_text(properties["code"], definitions):
                return (*path, "code")
        level = [step for path, one in level for step in _steps(path, one, definitions)]
    return None


def _steps(path: Path, schema: Any, definitions: Definitions) -> Iterator[tuple[Path, Any]]:
    for name, inner in _properties(schema, definitions):
        yield (*path, name), inner
    for part in _parts(schema, definitions):
        if "items" in part:
            yield (*path, ITEMS), part["items"]


def _parts(schema: Any, definitions: Definitions, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The schema and what it is composed of by `allOf`."""
    schema = resolve(schema, definitions)
    if isinstance(schema, Mapping) and depth < _DEEPEST:
        yield schema
        for inner in schema.get("allOf", ()):
            yield from _parts(inner, definitions, depth + 1)


def _properties(schema: Any, definitions: Definitions) -> Iterator[tuple[str, Any]]:
    for part in _parts(schema, definitions):
        yield from part.get("properties", {}).items()


def _is_text(schema: Any, definitions: Definitions) -> bool:
    return any(
        part.get("type", "string") == "string" or "enum" in part
        for part in _parts(schema, definitions)
    )


def narrowed(schema: Any, path: Path, values: Iterable[str], definitions: Definitions) -> Any:
    """The schema, and that the code at `path` is one of `values`.

    A named schema on the way is named again beside what is added to it, so that each level says
    all that it may hold: some linters take what a level does not mention for a mistake.
    """
    step, *rest = path
    if step == ITEMS:
        inner: Any = next(
            (one["items"] for one in _parts(schema, definitions) if "items" in one), {}
        )
        return {"items": _level(inner, tuple(rest), values, definitions)}
    if not rest:
        return {"allOf": [schema, {"properties": {step: {"enum": list(values)}}}]}
    inner = dict(_properties(schema, definitions)).get(step, {})
    narrow = _level(inner, tuple(rest), values, definitions)
    return {"allOf": [schema, {"properties": {step: narrow}}]}


def _level(schema: Any, path: Path, values: Iterable[str], definitions: Definitions) -> Any:
    """A level below the top: whole where the schema is named, else only what is added."""
    narrow = narrowed(schema, path, values, definitions)
    named = isinstance(schema, Mapping) and "$ref" in schema
    return narrow if named or "allOf" not in narrow else narrow["allOf"][1]


def sample(error: ErrorDescriptor, schema: Any, path: Path, definitions: Definitions) -> Any:
    """A body that carries the code: the code at `path`, its message beside it."""
    step, *rest = path
    if step == ITEMS:
        item: Any = next((p["items"] for p in _parts(schema, definitions) if "items" in p), {})
        return [sample(error, item, tuple(rest), definitions)]
    properties = dict(_properties(schema, definitions))
    if rest:
        return {step: sample(error, properties.get(step), tuple(rest), definitions)}
    beside = {"message": error.message} if "message" in properties else {}
    return {step: error.value, **beside}


def samples(
    errors: Iterable[ErrorDescriptor], schema: Any, path: Path, definitions: Definitions
) -> dict[str, JsonObject]:
    """An Example Object for each code, by the code."""
    return {error.value: {"value": sample(error, schema, path, definitions)} for error in errors}
