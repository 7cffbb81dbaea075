"""Request bodies and responses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from routebook.descriptors import BodyDescriptor, ParameterDescriptor, ResponseDescriptor
from routebook.errors import ErrorDescriptor
from routebook.openapi.parameters import HEADER
from routebook.openapi.reader import shapes
from routebook.openapi.reader.basics import links, note_of
from routebook.openapi.reader.parameters import Role, headers, media_type, media_types, parameter
from routebook.openapi.reader.references import shared
from routebook.openapi.reader.schemas import noted_schema
from routebook.openapi.reader.state import At, Object, State

Shown = list[tuple[Object, ParameterDescriptor]]
"""Parameters that an operation or response has: as they are written, and what that is."""


def error(state: State, value: Object, at: At) -> ErrorDescriptor:
    """An error code, all of it."""
    made = {**value, "aliases": tuple(value.get("aliases", ()))}
    if "detail" in made:
        made["detail"] = noted_schema(state, made["detail"], at)
    return ErrorDescriptor(**made)


def codes_of(state: State, note: Object, at: At) -> tuple[ErrorDescriptor, ...]:
    """The error codes that a note names, or describes."""
    return tuple(
        state.errors[one] if isinstance(one, str) else error(state, one, at)
        for one in note.get("error_codes", ())
    )


def body(state: State, value: Object, at: At, _role: None, component: str) -> BodyDescriptor:
    """A Request Body Object."""
    given, extra = state.fields(value, shapes.BODY, at)
    made: Object = {"component": component}
    if "content" in given:
        made["content"] = media_types(state, given["content"], (at, "content"))
    for key in ("description", "required"):
        if key in given:
            made[key] = given[key]
    if extra:
        made["extra"] = extra
    return state.put(BodyDescriptor(**made), at)


def response(
    state: State, value: Object, at: At, role: int | str, component: str
) -> ResponseDescriptor:
    """A Response Object; its role is its status."""
    given, extra = state.fields(value, shapes.RESPONSE, at)
    note = note_of(given)
    made: Object = {"status_code": role, "component": component}
    errors: tuple[ErrorDescriptor, ...] = ()
    if note:
        errors = _all_codes(state, note, at)
        made.update(told(state, note, errors, at))
    if "description" in given:
        made["description"] = given["description"]
    summary = given.get("summary", "") if state.has("3.2") else note.get("summary", "")
    if summary:
        made["summary"] = summary
    if "headers" in note:
        shown = shown_headers(state, given, at)
        made["headers"] = roster(state, note["headers"], shown, Role(HEADER), at)
    elif "headers" in given:
        made["headers"] = headers(state, given["headers"], (at, "headers"))
    if "content" in given:
        made["body"] = _body(state, given["content"], note, errors, (at, "content"))
    if "links" in given:
        made["links"] = links(state, given["links"], (at, "links"))
    if extra:
        made["extra"] = extra
    return state.put(ResponseDescriptor(**made), at)


def _all_codes(state: State, note: Object, at: At) -> tuple[ErrorDescriptor, ...]:
    """The codes of a response; those of all that were merged into it, each once."""
    if "merged" not in note:
        return codes_of(state, note, at)
    return tuple(dict.fromkeys(one for part in note["merged"] for one in codes_of(state, part, at)))


def told(state: State, note: Object, errors: tuple[ErrorDescriptor, ...], at: At) -> Object:
    """What a note says of a response wherever it stands."""
    return {
        "name": note.get("name", ""),
        "when": note.get("when", ""),
        "error_codes": errors,
        "fields": tuple(
            shared(state, one, at, parameter, Role("field")) for one in note.get("fields", ())
        ),
        "aliases": tuple(note.get("aliases", ())),
    }


def _body(
    state: State, content: Object, note: Object, errors: tuple[ErrorDescriptor, ...], at: At
) -> BodyDescriptor:
    if errors:
        media = tuple(
            shared(state, one, (at, key), media_type, (key, errors)) for key, one in content.items()
        )
    else:
        media = media_types(state, content, at)
    return state.put(BodyDescriptor(content=media, **note.get("body", {})), at)


def shown_headers(state: State, given: Object, at: At) -> Shown:
    """The headers of a response, as they are written and what that is."""
    found = given.get("headers", {})
    made = headers(state, found, (at, "headers"))
    return list(zip((content(state, one) for one in found.values()), made, strict=True))


def content(state: State, value: Object) -> Object:
    """A value, or what the reference in its place leads to."""
    from routebook.openapi.reader.references import follow

    if type(value) is dict and "$ref" in value:
        found = follow(state, value["$ref"], None)
        value = found[0] if found is not None else {}
    return value if type(value) is dict else {}


def roster(
    state: State, entries: Iterable[Any], shown: Shown, role: Role, at: At
) -> tuple[ParameterDescriptor, ...]:
    """A variant's parameters, by name or whole."""
    return tuple(_listed(state, one, shown, role, at) for one in entries)


def _listed(state: State, entry: Any, shown: Shown, role: Role, at: At) -> ParameterDescriptor:
    name = entry if isinstance(entry, str) else entry.get("use", entry.get("name", ""))
    if isinstance(entry, str):
        return next(made for _, made in shown if made.name == name)
    if "use" in entry:
        base = next(written for written, made in shown if made.name == name)
        entry = {**base, **{k: v for k, v in entry.items() if k != "use"}}
    elif "header" in entry:
        entry = entry["header"]
    if role.place == HEADER:
        entry = {k: v for k, v in entry.items() if k != "name"}
    return shared(state, entry, at, parameter, role._replace(name=name))
