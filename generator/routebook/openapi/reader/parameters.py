"""Parameters, headers and media types: they hold each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from routebook.descriptors import (
    EncodingDescriptor,
    ExampleDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
)
from routebook.errors import ErrorDescriptor
from routebook.openapi import codes
from routebook.openapi.basics import numbered
from routebook.openapi.parameters import HEADER
from routebook.openapi.reader import shapes
from routebook.openapi.reader.basics import deprecation, example, named, note_of
from routebook.openapi.reader.references import follow, shared
from routebook.openapi.reader.schemas import noted_schema, schema
from routebook.openapi.reader.state import At, Object, State
from routebook.schemas import split_schema
from routebook.values import Type

NOWHERE: frozenset[str] = frozenset()

_PLACES = frozenset({"path", "query", "header", "cookie", "querystring"})


class Role(NamedTuple):
    """What the surroundings of a parameter say of it."""

    place: str = ""
    """OpenAPI's `in`, `HEADER` for a header of a response, `field`; empty to find it inside."""
    name: str = ""
    """The name of a header."""
    spanning: frozenset[str] = NOWHERE
    """The path variables whose value may span segments."""


def parameter(
    state: State, value: Object, at: At, role: Role, component: str
) -> ParameterDescriptor:
    """A Parameter Object, or a Header Object."""
    header = role.place == HEADER
    given, extra = state.fields(value, _shape(role), at)
    note = note_of(given)
    place = role.place or _place(state, given, at)
    name = str(note.get("name", role.name)) if header else given.get("name", "")
    required = note.get("required", given.get("required", False))
    if place == "path":
        required = _required(state, given, note, at)
    made: Object = {
        "name": name,
        "description": given.get("description", ""),
        "required": required,
        "component": component,
    }
    if "deprecated" in given:
        made["deprecated"] = deprecation(state, given, at)
    if note:
        made["format"] = note.get("format", "")
        made["documented_only"] = note.get("documented_only", False)
    spans = place == "path" and name in role.spanning
    if spans:
        extra = {key: one for key, one in extra.items() if key != "x-multi-segment"}
    if note or not _SERIALIZATION.isdisjoint(given):
        extra = {**extra, **_serialization(state, made, given, note, place)}
    if spans and "allow_reserved" not in note:
        made.pop("allow_reserved", None)
        extra.pop("allowReserved", None)
    if beside := _value(state, made, given, note, at):
        extra = {**extra, **beside}
    if extra:
        made["extra"] = extra
    return state.put(ParameterDescriptor(**made), at)


def _shape(role: Role) -> shapes.Shape:
    if role.place == HEADER:
        return shapes.HEADER
    return shapes.FIELD if role.place == "field" else shapes.PARAMETER


def _place(state: State, given: Object, at: At) -> str:
    place = str(given.get("in", ""))
    if place and place not in _PLACES:
        state.say(
            "openapi-structure",
            f"expected path, query, header or cookie, found {place!r}",
            (at, "in"),
        )
    if place == "querystring" and not state.has("3.2"):
        state.warn("openapi-structure", "`querystring` came with OpenAPI 3.2", (at, "in"))
    return place


def place_of(state: State, value: Any) -> str:
    """The `in` of a parameter or of what a reference leads to; empty when that cannot be told."""
    if type(value) is not dict:
        return ""
    if "$ref" not in value:
        place = value.get("in")
        return place if type(place) is str else ""
    reference = value["$ref"]
    if type(reference) is not str:
        return ""
    key = ("in", reference)
    if key not in state.memo:
        before, told = len(state.findings), state.errors_found
        found = follow(state, reference, None)
        del state.findings[before:]  # reading the parameter itself tells them
        state.errors_found = told
        state.memo[key] = place_of(state, found[0]) if found is not None else ""
    return str(state.memo[key])


def _required(state: State, given: Object, note: Object, at: At) -> bool:
    """A path parameter is required, also when the document forgets to say so."""
    if not given.get("required"):
        state.warn(
            "openapi-structure",
            "a path parameter is always required",
            (at, "required") if "required" in given else at,
            "write required: true",
        )
    return bool(note.get("required", True))


_SERIALIZATION = frozenset({"style", "explode", "allowReserved", "allowEmptyValue"})


def _serialization(state: State, made: Object, given: Object, note: Object, place: str) -> Object:
    """Style and its like. Returns those that OpenAPI does not let stand here, as they are."""
    bare = "content" in given
    reserved = place == "query" or (state.has("3.2") and place in {"path", "cookie"})
    style = given.get("style", "")
    allowed = {
        ("style", "style"): not bare and (style != "cookie" or state.has("3.2")),
        ("explode", "explode"): not bare,
        ("allow_reserved", "allowReserved"): reserved and not bare,
        ("allow_empty_value", "allowEmptyValue"): place == "query",
    }
    extra: Object = {}
    for (attribute, key), fits in allowed.items():
        if key in given:
            (made if fits else extra)[attribute if fits else key] = given[key]
        elif attribute in note:
            made[attribute] = note[attribute]
    return extra


def _value(state: State, made: Object, given: Object, note: Object, at: At) -> Object:
    """Schema or content, and examples. Returns what cannot stand beside the rest, as it is."""
    if given.get("content"):
        return _document(state, made, given, note, at)
    if "schema" not in given:
        made["type"] = Type.ANY
    else:
        made.update(_schema(state, given["schema"], note, (at, "schema")))
    if "example" not in given and "examples" not in given:
        return {}
    both = "example" in given and bool(given.get("examples"))
    shown = tuple(_examples(state, given, at, both))
    if shown:
        made["examples"] = shown
    return {"example": given["example"]} if both else {}


def _document(state: State, made: Object, given: Object, note: Object, at: At) -> Object:
    """A value that is a document itself; the rest stands in the note."""
    made["content"] = media_types(state, given["content"], (at, "content"))
    for key in ("regexp", "default"):
        if key in note:
            made[key] = note[key]
    if "schema" in note:
        made["schema"] = noted_schema(state, note["schema"], at)
    if "type" in note:
        made["type"] = Type(note["type"])
    made["examples"] = tuple(_examples(state, note, at, False))
    return {key: given[key] for key in ("schema", "example", "examples") if key in given}


def _schema(state: State, value: Any, note: Object, at: At) -> Object:
    written = schema(state, value, at)
    if not note:
        kind, own, regexp, default = split_schema(written)
        return {"type": kind, "schema": own, "regexp": regexp, "default": default}
    given = Type(note["type"]) if "type" in note else None
    kind, own, regexp, default = split_schema(written, given)
    if "schema" in note:
        own = note["schema"]
        if isinstance(own, list):
            own = {key: written[key] for key in own}
        else:
            own = noted_schema(state, own, at)
    return {
        "type": kind,
        "schema": own,
        "regexp": note.get("regexp", regexp),
        "default": note.get("default", default),
    }


def _examples(state: State, given: Object, at: At, both: bool) -> Iterable[Any]:
    """Examples of a parameter: values, and those that have more than a number for a name."""
    if "example" in given and not both:
        yield given["example"]
    inside = (at, "examples")
    entries = given.get("examples", {})
    seen: Object = {}
    for number, (key, one) in enumerate(entries.items(), 1):
        counted = key == numbered(number, seen) and len(entries) > 1
        seen[key] = one
        if counted and type(one) is dict and list(one) == ["value"]:
            yield one["value"]
        else:
            yield shared(state, one, (inside, key), example, str(key))


def headers(state: State, given: Object, at: At) -> tuple[ParameterDescriptor, ...]:
    """Headers of a response or a part of a body, by name."""
    return tuple(
        shared(state, one, (at, key), parameter, Role(HEADER, str(key)))
        for key, one in given.items()
    )


def media_types(state: State, given: Object, at: At) -> tuple[MediaTypeDescriptor, ...]:
    """The `content` of a body or parameter."""
    return tuple(
        shared(state, one, (at, key), media_type, (str(key), ())) for key, one in given.items()
    )


def media_type(
    state: State,
    value: Object,
    at: At,
    role: tuple[str, tuple[ErrorDescriptor, ...]],
    component: str,
) -> MediaTypeDescriptor:
    """A Media Type Object; its role is its type, and the error codes that come in it."""
    given, extra = state.fields(value, shapes.MEDIA_TYPE, at)
    note = note_of(given)
    name, errors = role
    made: Object = {"content_type": str(note.get("name", name)), "component": component}
    if "schema" in given:
        made["schema"] = schema(state, given["schema"], (at, "schema"))
    shown = given.get("examples", {})
    if errors and "schema" in given:
        made["schema"], shown = _uncoded(state, made["schema"], shown, errors, note)
    examples = _media_examples(state, given, shown, extra, at)
    if examples:
        made["examples"] = examples
    if "itemSchema" in given and state.has("3.2"):
        made["item_schema"] = schema(state, given["itemSchema"], (at, "itemSchema"))
    elif "item_schema" in note:
        made["item_schema"] = noted_schema(state, note["item_schema"], at)
    if "encoding" in given:
        made["encoding"] = _encodings(state, given["encoding"], (at, "encoding"))
    if "format" in note:
        made["format"] = note["format"]
    if extra:
        made["extra"] = extra
    return state.put(MediaTypeDescriptor(**made), at)


def _media_examples(
    state: State, given: Object, shown: Object, extra: Object, at: At
) -> tuple[ExampleDescriptor, ...]:
    inside = (at, "examples")
    out = [shared(state, one, (inside, key), example, str(key)) for key, one in shown.items()]
    if "example" in given and given.get("examples"):
        extra["example"] = given["example"]
    elif "example" in given:
        made = ExampleDescriptor(value=given["example"])
        out.append(state.put(made, (at, "example")))
    return tuple(out)


def _uncoded(
    state: State, written: Any, examples: Object, errors: tuple[ErrorDescriptor, ...], note: Object
) -> tuple[Any, Object]:
    """Schema and examples without what the error codes have added to them."""
    parts: list[Any] = written.get("allOf", []) if isinstance(written, dict) else []
    path = codes.code_path(parts[0], state.schemas) if len(parts) == 2 else None
    if path is None:
        return written, examples
    shown = codes.samples(errors, parts[0], path, state.schemas)
    if written != codes.narrowed(parts[0], path, shown, state.schemas):
        return written, examples
    kept = note.get("examples", ())
    return parts[0], {k: v for k, v in examples.items() if k not in shown or k in kept}


def _encodings(state: State, given: Object, at: At) -> tuple[EncodingDescriptor, ...]:
    return tuple(_encoding(state, one, (at, key), str(key)) for key, one in given.items())


def _encoding(state: State, value: Any, at: At, name: str) -> EncodingDescriptor:
    given, extra = state.fields(value, shapes.ENCODING, at)
    made = EncodingDescriptor(
        name=named(given, name),
        content_type=given.get("contentType", ""),
        headers=headers(state, given.get("headers", {}), (at, "headers")),
        style=given.get("style", ""),
        explode=given.get("explode"),
        allow_reserved=given.get("allowReserved", False),
        extra=extra,
    )
    return state.put(made, at)
