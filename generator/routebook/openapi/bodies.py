"""Request bodies and responses."""

from __future__ import annotations

from typing import Any

from routebook.descriptors import (
    BodyDescriptor,
    MediaTypeDescriptor,
    ResponseDescriptor,
)
from routebook.errors import ErrorDescriptor
from routebook.openapi import codes
from routebook.openapi.basics import example, link
from routebook.openapi.context import Context, JsonObject, Notes, keyed, noted, with_extra
from routebook.openapi.parameters import (
    FIELD,
    HEADER,
    headers,
    media_content,
    media_type,
    media_types,
    parameter,
)
from routebook.schemas import plain, to_json_schema


def request_body_content(context: Context, body: BodyDescriptor) -> JsonObject:
    """A Request Body Object, where it stands."""
    out: JsonObject = {}
    if body.description:
        out["description"] = body.description
    out["content"] = media_types(context, body.content)
    if body.required:
        out["required"] = True
    return with_extra(out, body.extra)


def request_body(context: Context, body: BodyDescriptor) -> JsonObject:
    """A Request Body Object, or the reference to it."""
    return context.share("requestBodies", body.component, request_body_content(context, body))


def response(context: Context, value: ResponseDescriptor) -> JsonObject:
    """A Response Object, or the reference to it."""
    return context.share("responses", value.component, response_content(context, value))


def response_content(context: Context, value: ResponseDescriptor) -> JsonObject:
    """A Response Object, where it stands."""
    out: JsonObject = {}
    if value.summary and context.has("3.2"):
        out["summary"] = value.summary
    if value.description or not context.has("3.2"):
        out["description"] = value.description
    shown = headers(context, (one for one in value.headers if not one.documented_only))
    if shown:
        out["headers"] = shown
    if value.body is not None:
        out["content"] = _content(context, value)
    if value.links:
        out["links"] = keyed(
            value.links, lambda one: one.name, lambda one, notes: link(context, one, notes)
        )
    with_extra(out, value.extra, context.newer({"summary": "3.2"}))
    return noted(out, **_notes(context, value))


def _notes(context: Context, value: ResponseDescriptor) -> JsonObject:
    """What a Response Object has no field for."""
    notes: JsonObject = {}
    if value.summary and not context.has("3.2"):
        notes["summary"] = value.summary
        context.lost("the `summary` of a response")
    notes.update(told(context, value))
    if any(header.documented_only for header in value.headers):
        with context.hidden():
            notes["headers"] = [
                {"name": one.name, "header": parameter(context, one, HEADER)}
                if one.documented_only
                else one.name
                for one in value.headers
            ]
    if value.body is not None:
        rest = body_rest(value.body)
        if rest:
            notes["body"] = rest
    return notes


def told(context: Context, value: ResponseDescriptor) -> JsonObject:
    """What the note says of a response wherever it stands."""
    notes: JsonObject = {}
    if value.name:
        notes["name"] = value.name
    if value.when:
        notes["when"] = value.when
    if value.error_codes:
        notes["error_codes"] = [error_code(context, error) for error in value.error_codes]
    if value.fields:
        with context.hidden():
            notes["fields"] = [parameter(context, one, FIELD) for one in value.fields]
    if value.aliases:
        notes["aliases"] = list(value.aliases)
    return notes


def body_rest(body: BodyDescriptor) -> JsonObject:
    """What the body of a response may say and its Response Object cannot."""
    out: JsonObject = {}
    for name in ("description", "required", "component"):
        if getattr(body, name):
            out[name] = getattr(body, name)
    if body.extra:
        out["extra"] = plain(body.extra)
    return out


def error_code(context: Context, error: ErrorDescriptor) -> Any:
    """A code by its value; whole, when the API's groups have another or none of it."""
    if context.errors.get(error.value) == error:
        return error.value
    return error_object(error, context.definitions)


def error_object(error: ErrorDescriptor, definitions: JsonObject) -> JsonObject:
    """All that is said about a code, under the names of its fields."""
    out: JsonObject = {"value": error.value}
    if error.message:
        out["message"] = error.message
    out["http_status"] = error.http_status
    if error.description:
        out["description"] = error.description
    if error.detail is not None:
        out["detail"] = to_json_schema(error.detail, definitions)
    if error.aliases:
        out["aliases"] = list(error.aliases)
    return out


def _content(context: Context, value: ResponseDescriptor) -> JsonObject:
    """The representations; those that have a place for an error code say which codes come."""
    assert value.body is not None  # noqa: S101  # the caller asks only for a response with a body
    return keyed(
        value.body.content,
        lambda one: one.content_type,
        lambda one, notes: _coded(context, one, value.error_codes, notes),
    )


def _coded(
    context: Context, media: MediaTypeDescriptor, errors: tuple[ErrorDescriptor, ...], place: Notes
) -> JsonObject:
    schema = None
    if errors and media.schema is not None:
        schema = to_json_schema(media.schema, context.definitions)
    path = codes.code_path(schema, context.definitions)
    if path is None:
        return media_type(context, media, place)
    shown = codes.samples(errors, schema, path, context.definitions)
    own = keyed(
        media.examples, lambda one: one.name, lambda one, notes: example(context, one, notes)
    )
    written: JsonObject = {
        "schema": context.dialect(codes.narrowed(schema, path, shown, context.definitions)),
        "examples": {**own, **{key: one for key, one in shown.items() if key not in own}},
    }
    kept = [key for key in own if key in shown]
    notes: JsonObject = {"examples": kept, **place} if kept else {**place}
    if media.component:
        notes["component"] = media.component
    return noted(media_content(context, media, written), **notes)
