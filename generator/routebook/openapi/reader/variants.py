"""Request variants, from the note of the operation that they were made one of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from routebook.descriptors import (
    BodyDescriptor,
    Condition,
    ExampleDescriptor,
    MediaTypeDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)
from routebook.openapi.merging import Group, lead, separate
from routebook.openapi.parameters import HEADER, PLACES
from routebook.openapi.reader.basics import example, link, note_of
from routebook.openapi.reader.bodies import (
    Shown,
    codes_of,
    content,
    roster,
    shown_headers,
    told,
)
from routebook.openapi.reader.parameters import Role, media_type, parameter
from routebook.openapi.reader.references import shared
from routebook.openapi.reader.state import At, Object, State

Answers = dict[str, ResponseDescriptor]
"""Every answer of an operation, by the name that variants call it by."""


def request(
    state: State,
    entry: Object,
    shown: dict[str, Shown],
    union: RequestDescriptor,
    answers: Answers,
    spanning: frozenset[str],
    at: At,
) -> RequestDescriptor:
    """A request variant, without its description."""
    made: Object = {
        attribute: roster(
            state, entry[attribute], shown.get(place, []), Role(place, "", spanning), at
        )
        if attribute in entry
        else getattr(union, attribute)
        for attribute, place in PLACES.items()
    }
    whole = union.querystring
    if "querystring" in entry:
        given = entry["querystring"]
        whole = given and shared(state, given, at, parameter, Role("querystring"))
    body = union.body
    if "body" in entry:
        own = entry["body"]
        body = _own_body(state, own, body, at) if own is not None and body is not None else None
    usual = usual_answers(answers)
    return RequestDescriptor(
        name=entry.get("name", ""),
        when=entry.get("when", ""),
        condition=_condition(entry["condition"]) if "condition" in entry else None,
        querystring=whole,
        body=body,
        successes=tuple(answers[one] for one in entry.get("successes", usual["successes"])),
        failures=tuple(answers[one] for one in entry.get("failures", usual["failures"])),
        aliases=tuple(entry.get("aliases", ())),
        extra=entry.get("extra", {}),
        **made,
    )


def _condition(value: Object) -> Condition:
    return Condition(**{key: tuple(parts) for key, parts in value.items()})


def usual_answers(answers: Answers) -> dict[str, list[str]]:
    """All answers of an operation, in its order, by how their status begins."""
    out: dict[str, list[str]] = {"successes": [], "failures": []}
    for name in answers:
        out["successes" if name[:1] in {"1", "2", "3"} else "failures"].append(name)
    return out


def merged_answers(
    state: State,
    status: str,
    written: Object,
    union: ResponseDescriptor,
    entries: Sequence[Object],
    at: At,
) -> Answers:
    """The answers that were merged into one."""
    notes = note_of(written)["merged"]
    shown = shown_headers(state, content(state, written), at)
    parts = [_merged(state, one, union, shown, at) for one in notes]
    names = [f"{status}/{number}" for number in range(1, len(parts) + 1)]
    if any("description" in note for note in notes):
        texts = [note.get("description", "") for note in notes]
    else:
        users = tuple(_users(name, names, entries) for name in names)
        leads = Group(status, tuple(parts), users).leads
        texts = separate(union.description, leads) or []
    made = (replace(one, description=own) for one, own in zip(parts, texts, strict=True))
    return dict(zip(names, made, strict=True))


def _users(name: str, names: Sequence[str], entries: Sequence[Object]) -> tuple[str, ...]:
    """The names of the variants that give an answer."""
    usual, other = ("successes", "failures")[:: 1 if name[:1] in {"1", "2", "3"} else -1]
    return tuple(
        entry["name"]
        for entry in entries
        if len(entries) > 1
        and entry.get("name")
        and name in {*entry.get(usual, names), *entry.get(other, ())}
    )


def _merged(
    state: State, note: Object, union: ResponseDescriptor, shown: Shown, at: At
) -> ResponseDescriptor:
    body = None
    if union.body is not None and note.get("content", ()) is not None:
        rest = {key: getattr(union.body, key) for key in _REST}
        if "body" in note:
            rest = note["body"]
        body = BodyDescriptor(content=_own_content(state, note, union.body, at), **rest)
    by_name = {one.name: one for one in union.links}
    inherited = tuple(made for _, made in shown)
    return ResponseDescriptor(
        status_code=union.status_code,
        **told(state, note, codes_of(state, note, at), at),
        summary=note.get("summary", ""),
        headers=roster(state, note["headers"], shown, Role(HEADER), at)
        if "headers" in note
        else inherited,
        body=body,
        links=tuple(
            by_name[one]
            if isinstance(one, str)
            else shared(state, one["link"], at, link, one["name"])
            for one in note.get("links", list(by_name))
        ),
        component=note.get("component", ""),
        extra=note.get("extra", union.extra),
    )


_REST = ("description", "required", "component", "extra")


def _own_body(state: State, entry: Object, union: BodyDescriptor, at: At) -> BodyDescriptor:
    """A variant's body, against the operation's."""
    return BodyDescriptor(
        content=_own_content(state, entry, union, at),
        **{key: entry[key] for key in _REST if key in entry},
    )


def _own_content(
    state: State, entry: Object, union: BodyDescriptor, at: At
) -> tuple[MediaTypeDescriptor, ...]:
    if "content" not in entry:
        return union.content
    by_type = {one.content_type: one for one in union.content}
    return tuple(
        by_type[one] if isinstance(one, str) else _own_media(state, one, by_type, at)
        for one in entry["content"]
    )


def _own_media(
    state: State, entry: Object, shown: dict[str, MediaTypeDescriptor], at: At
) -> MediaTypeDescriptor:
    if "use" in entry:
        base = shown[entry["use"]]
    else:
        kind, component = entry["content_type"], entry.get("component", "")
        left_out = {"content_type", "component", "samples"}
        rest = {k: v for k, v in entry.items() if k not in left_out}
        base = media_type(state, rest, at, (kind, ()), component)
    there = shown[base.content_type].examples if base.content_type in shown else ()
    return replace(
        base,
        examples=tuple(_own_example(state, one, there, at) for one in entry.get("samples", ())),
    )


def _own_example(
    state: State, entry: Any, there: tuple[ExampleDescriptor, ...], at: At
) -> ExampleDescriptor:
    if isinstance(entry, str):
        return next(one for one in there if one.name == entry)
    if "use" in entry:
        found = next(one for one in there if one.name == entry["use"])
        return replace(found, name=entry["name"])
    return shared(state, entry["example"], at, example, entry["name"])


def with_texts(
    requests: Sequence[RequestDescriptor], entries: Sequence[Object], note: Object, text: str
) -> tuple[tuple[RequestDescriptor, ...], str]:
    """The variants with their descriptions, and the operation's own."""
    texts: Sequence[str]
    if len(requests) == 1 or "description" in note or not requests:
        texts = [note.get("description", text), *(one.get("description", "") for one in entries)]
    else:
        leads = ["", *(lead(one.name, one.when) for one in requests)]
        texts = separate(text, leads) or []
    pairs = zip(requests, texts[1:], strict=True)
    return tuple(replace(one, description=own) for one, own in pairs), texts[0]
