"""Parameters, headers and media types: they hold each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from routebook.descriptors import EncodingDescriptor, MediaTypeDescriptor, ParameterDescriptor
from routebook.metadata import Deprecation
from routebook.openapi.basics import examples, parameter_examples
from routebook.openapi.context import (
    Context,
    JsonObject,
    Notes,
    Slot,
    defaults,
    keyed,
    noted,
    slots,
    unique,
    with_extra,
    without_newer,
)
from routebook.schemas import parameter_schema, plain, split_schema, to_json_schema
from routebook.values import Type

HEADER = "response header"
"""The place of a header of a response, which OpenAPI writes without `name` and `in`."""

FIELD = "field"
"""The place of a body field, which only the note knows."""

PLACES = {
    "path_parameters": "path",
    "query_parameters": "query",
    "headers": "header",
    "cookie_parameters": "cookie",
}
"""A request's lists of parameters, in the order of the document, and OpenAPI's `in`."""

_USUAL = defaults(ParameterDescriptor)


def parameter_content(
    context: Context, parameter: ParameterDescriptor, place: str, spanning: Collection[str] = ()
) -> JsonObject:
    """A Parameter Object, or a Header Object, where it stands.

    `spanning` are the path variables whose value may span segments.
    """
    out: JsonObject = {}
    notes: JsonObject = {}
    if place != HEADER:
        out["name"] = parameter.name
        if place != FIELD:
            out["in"] = place
    if parameter.description:
        out["description"] = parameter.description
    _requirement(out, notes, parameter, place)
    if parameter.deprecated is not None:
        out["deprecated"] = True
        notes.update(deprecation(parameter.deprecated))
    _serialization(context, out, notes, parameter, place)
    _value(context, out, notes, parameter)
    if parameter.format:
        notes["format"] = parameter.format
    if parameter.documented_only:
        notes["documented_only"] = True
    with_extra(out, parameter.extra, _newer(context, place))
    if place == "path" and parameter.name in spanning:
        _span(context, out, notes, parameter)
    return noted(out, **notes)


def _newer(context: Context, place: str) -> frozenset[str]:
    """The fields that mean something else, or may not be, at a parameter of this place."""
    reserved = {"allowReserved": "3.2"} if place in {"path", "cookie"} else {}
    return context.newer(reserved if place == "query" else {**reserved, "allowEmptyValue": "3.1"})


def deprecation(value: Deprecation) -> JsonObject:
    """The note of a deprecation that says more than that there is one."""
    said = _parts(value)
    return {"deprecated": said} if said else {}


def _parts(value: Deprecation) -> JsonObject:
    """What a deprecation says."""
    parts = {"since": value.since, "sunset": value.sunset, "replacement": value.replacement}
    return {key: part for key, part in parts.items() if part}


def _requirement(
    out: JsonObject, notes: JsonObject, parameter: ParameterDescriptor, place: str
) -> None:
    if place == "path":
        out["required"] = True
        if not parameter.required:
            notes["required"] = False
    elif parameter.required:
        out["required"] = True


def _serialization(
    context: Context,
    out: JsonObject,
    notes: JsonObject,
    parameter: ParameterDescriptor,
    place: str,
) -> None:
    """Style and its like, each where OpenAPI lets it stand beside the parameter's schema."""
    bare = bool(parameter.content)
    query = place == "query"
    reserved = query or (context.has("3.2") and place in {"path", "cookie"})
    allowed = {
        "style": not bare and (parameter.style != "cookie" or context.has("3.2")),
        "explode": not bare,
        "allow_reserved": reserved and not bare,
        "allow_empty_value": query,
    }
    keys = {"allow_reserved": "allowReserved", "allow_empty_value": "allowEmptyValue"}
    for attribute, fits in allowed.items():
        value = getattr(parameter, attribute)
        if value == _USUAL[attribute]:
            continue
        if fits:
            out[keys.get(attribute, attribute)] = value
        else:
            notes[attribute] = value


def _value(
    context: Context, out: JsonObject, notes: JsonObject, parameter: ParameterDescriptor
) -> None:
    """The schema or content, with the examples."""
    shown = parameter_examples(context, parameter.examples)
    if not parameter.content:
        written = _schema(context, parameter)
        out["schema"] = context.dialect(written)
        out.update(shown)
        notes.update(_schema_notes(context, parameter, written))
        return
    out["content"] = media_types(context, parameter.content)
    notes.update(shown)
    for attribute in ("type", "regexp", "default", "schema"):
        value = getattr(parameter, attribute)
        if value != _USUAL[attribute]:
            notes[attribute] = _attribute(context, attribute, value)


def _schema(context: Context, parameter: ParameterDescriptor) -> Any:
    """The schema; one that is a boolean stays so where nothing else is said."""
    bare = parameter.type is Type.ANY and not parameter.regexp and parameter.default is None
    if bare and isinstance(parameter.schema, bool):
        return parameter.schema
    return parameter_schema(parameter, context.definitions)


def _attribute(context: Context, attribute: str, value: Any) -> Any:
    if attribute == "type":
        return value.value
    return to_json_schema(value, context.definitions) if attribute == "schema" else plain(value)


def _schema_notes(context: Context, parameter: ParameterDescriptor, written: Any) -> JsonObject:
    """What a reader that splits the written schema again would get wrong."""
    notes: JsonObject = {}
    kind = split_schema(written)[0]
    if kind is not parameter.type:
        notes["type"] = parameter.type.value
    _, rest, regexp, default = split_schema(written, parameter.type)
    schema = parameter.schema
    own = None if schema is None else to_json_schema(schema, context.definitions)
    if rest != own:
        notes["schema"] = _keywords_of(own, written)
    if regexp != parameter.regexp:
        notes["regexp"] = parameter.regexp
    if default != parameter.default:
        notes["default"] = plain(parameter.default)
    return notes


def _keywords_of(own: Any, written: Any) -> Any:
    """A parameter's own schema: the names of its keywords where all stand in the written one."""
    if isinstance(own, dict) and all(written.get(key, ...) == own[key] for key in own):
        return list(own)
    return own


def _span(
    context: Context, out: JsonObject, notes: JsonObject, parameter: ParameterDescriptor
) -> None:
    """Say that a path parameter's value may hold slashes."""
    out["x-multi-segment"] = True
    if context.has("3.2") and not parameter.content:
        out["allowReserved"] = True
        if parameter.allow_reserved:
            notes["allow_reserved"] = True


def parameter(
    context: Context, value: ParameterDescriptor, place: str, spanning: Collection[str] = ()
) -> JsonObject:
    """A Parameter Object or Header Object, or the reference to it."""
    kind = "headers" if place == HEADER else "parameters"
    content = parameter_content(context, value, place, spanning)
    if value.documented_only and not value.component:
        return context.documented(value.name, content)
    return context.share(kind, value.component, content)


def headers(context: Context, values: Iterable[ParameterDescriptor]) -> JsonObject:
    """Headers of a response or a part of a body, by name."""
    out: JsonObject = {}
    for value in values:
        key = unique(value.name, out)
        content = parameter_content(context, value, HEADER)
        notes = {} if key == value.name else {"name": value.name}
        out[key] = context.share("headers", value.component, content, notes)
    return out


def _headers(context: Context, values: Iterable[ParameterDescriptor]) -> JsonObject:
    return headers(context, values)


_ENCODING = (
    Slot("content_type", "contentType"),
    Slot("headers", "headers", convert=_headers),
    Slot("style", "style"),
    Slot("explode", "explode"),
    Slot("allow_reserved", "allowReserved"),
)
_NEWER_IN_MEDIA = frozenset({"prefixEncoding", "itemEncoding"})
_NEWER_IN_ENCODING = _NEWER_IN_MEDIA | {"encoding"}


def _encoding(context: Context, value: EncodingDescriptor) -> JsonObject:
    return without_newer(context, slots(context, value, _ENCODING), _NEWER_IN_ENCODING)


def media_content(
    context: Context, value: MediaTypeDescriptor, codes: JsonObject | None = None
) -> JsonObject:
    """A Media Type Object, where it stands; `codes` replaces its schema and examples."""
    out: JsonObject = {}
    notes: JsonObject = {}
    if codes is None and value.schema is not None:
        out["schema"] = context.schema(value.schema)
    out.update(examples(context, value.examples) if codes is None else codes)
    if value.item_schema is not None:
        if context.has("3.2"):
            out["itemSchema"] = context.schema(value.item_schema)
        else:
            notes["item_schema"] = to_json_schema(value.item_schema, context.definitions)
            context.lost("`itemSchema`")
    if value.encoding:
        out["encoding"] = keyed(
            value.encoding,
            lambda one: one.name,
            lambda one, notes: noted(_encoding(context, one), **notes),
        )
    if value.format:
        notes["format"] = value.format
    with_extra(out, value.extra, context.newer({"itemSchema": "3.2"}))
    return noted(without_newer(context, out, _NEWER_IN_MEDIA), **notes)


def media_type(context: Context, value: MediaTypeDescriptor, notes: Notes) -> JsonObject:
    """A Media Type Object, or from OpenAPI 3.2 on the reference to it."""
    content = media_content(context, value)
    return context.share("mediaTypes", value.component, content, notes, "3.2")


def media_types(context: Context, values: Iterable[MediaTypeDescriptor]) -> JsonObject:
    """The `content` of a body or parameter."""
    return keyed(
        values, lambda one: one.content_type, lambda one, notes: media_type(context, one, notes)
    )
