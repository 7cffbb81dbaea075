"""References inside a document: what they lead to, read once each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from routebook.nearest import hint
from routebook.openapi.dialect import NOTE
from routebook.openapi.reader.state import At, Made, Object, Read, State, pointer, shown

_OVERRIDING = ("summary", "description")
"""What may stand beside a `$ref` and then counts instead (OpenAPI 3.1, section 4.8.23)."""


def steps_of(reference: str) -> list[str] | None:
    """The steps of a reference's JSON pointer; None when it leads out of the document."""
    if not reference.startswith("#"):
        return None
    text = unquote(reference[1:])
    if text and not text.startswith("/"):
        return None
    return [step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:]]


def follow(state: State, reference: Any, at: At) -> tuple[Any, At] | None:
    """What a reference leads to, through further bare references; None (and told) if nowhere."""
    passed: list[str] = []
    while True:
        if type(reference) is not str:
            state.expected("a reference", reference, (at, "$ref"))
            return None
        if reference in passed:
            circle = " -> ".join([*passed[passed.index(reference) :], reference])
            state.say("openapi-reference", f"references go round in a circle: {circle}", at)
            return None
        passed.append(reference)
        found = lookup(state, reference, at)
        if found is None:
            return None
        value, place = found
        if type(value) is not dict or "$ref" not in value or _is_path_item(place):
            return found
        reference = value["$ref"]


def _is_path_item(at: At) -> bool:
    """Whether a place is that of a path item, whose `$ref` is a field among others."""
    return at is not None and at[0] is not None and at[0][1] in {"paths", "pathItems"}


def lookup(state: State, reference: str, at: At, level: str = "error") -> tuple[Any, At] | None:
    """The value at a reference's pointer, with its place; None (and told) if there is none."""
    steps = steps_of(reference)
    if steps is None:
        state.say(
            "openapi-reference",
            f"the reference {shown(reference)} leads out of the document",
            at,
            "read the document from its file, which says in what folder others are looked for",
        )
        return None
    value: Any = state.root
    place: At = None
    for step in steps:
        inner = _step(value, step)
        if inner is _ABSENT:
            known = [str(key) for key in value] if isinstance(value, dict) else []
            state.say(
                "openapi-reference",
                f"the reference {shown(reference)} leads nowhere: there is no {step!r}",
                at,
                hint(step, known[:1000]) if len(known) < 50 or _near(step, known) else "",
                level,
            )
            return None
        value, place = inner, (place, step)
    return value, place


_ABSENT = object()


def _near(step: str, known: list[str]) -> bool:
    from routebook.nearest import nearest

    return nearest(step, known[:1000]) is not None


def _step(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return value.get(step, _ABSENT)
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    return _ABSENT


def canonical(reference: str) -> str:
    """A reference into the document in its usual spelling, without needless escapes."""
    at: At = None
    for step in steps_of(reference) or ():
        at = (at, step)
    return f"#{pointer(at)}"


def component_of(reference: str) -> str:
    """The name of the component that a reference names; empty when it names none."""
    steps = steps_of(reference) or []
    if len(steps) == 3 and steps[0] == "components":
        return steps[2]
    if len(steps) == 4 and steps[:2] == ["components", NOTE] and steps[2] != "documented":
        return steps[3]
    return ""


def shared(state: State, value: Any, at: At, read: Read[Made], role: Any) -> Made:
    """What an object or the reference in its place stands for; a shared thing is read once.

    `role` is what the surroundings say of it: one component in two roles is read for each.
    """
    if type(value) is not dict:
        return read(state, value, at, role, "")
    if "$ref" not in value:
        name = _noted(value[NOTE]) if NOTE in value else ""
        return read(state, value, at, role, name)
    reference = value["$ref"]
    if type(reference) is not str:
        state.expected("a reference", reference, (at, "$ref"))
        return _empty(state, {}, at, read, role)
    key = (read, reference, role)
    made = state.memo.get(key)
    if made is None:
        made = _read_target(state, value, at, read, role)
        state.memo[key] = made
    return _with_siblings(state, value, at, made) if len(value) > 1 else made


def _noted(note: Any) -> str:
    """The name of the component that something was, by its note; empty for none."""
    name = note.get("component", "") if type(note) is dict else ""
    return name if type(name) is str else ""


def _read_target(state: State, value: Object, at: At, read: Read[Made], role: Any) -> Made:
    reference = value["$ref"]
    found = follow(state, reference, at)
    if found is None:
        return _empty(state, {}, at, read, role)
    state.used.add(canonical(reference))
    content, place = found
    key = (read, reference)
    if key in state.reading:
        state.kept.add(canonical(reference))
        made = _empty(state, {"$ref": reference}, at, read, role)
        state.warn("openapi-circle", f"{reference} is a part of itself", at)
        return made
    state.reading.add(key)
    try:
        return read(state, content, place, role, component_of(reference))
    finally:
        state.reading.remove(key)


def _empty(state: State, content: Object, at: At, read: Read[Made], role: Any) -> Made:
    """What stands for something that cannot be read; that it lacks everything is not told."""
    before, told = len(state.findings), state.errors_found
    made = read(state, content, at, role, "")
    del state.findings[before:]
    state.errors_found = told
    return made


def _with_siblings(state: State, value: Object, at: At, made: Made) -> Made:
    """What stands beside a `$ref`: it counts from OpenAPI 3.1 on, where there is a field for it."""
    overridden: Object = {}
    for key, text in value.items():
        if key == "$ref":
            continue
        fits = state.has("3.1") and key in _OVERRIDING and hasattr(made, key)
        if fits and type(text) is str:
            overridden[key] = text
        else:
            state.warn("openapi-reference-sibling", f"{key!r} beside a $ref is ignored", at)
    if not overridden:
        return made
    state.kept.add(canonical(value["$ref"]))
    return state.put(replace(made, **overridden), at)  # type: ignore[type-var]  # it is a dataclass
