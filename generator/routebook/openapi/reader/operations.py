"""Operations, path items, callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from routebook import paths
from routebook.descriptors import (
    CallbackDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    RouteDescriptor,
)
from routebook.findings import RoutebookError
from routebook.openapi.dialect import NOTE
from routebook.openapi.parameters import PLACES
from routebook.openapi.reader import shapes
from routebook.openapi.reader.basics import (
    deprecation,
    external_docs,
    note_of,
    security,
    servers,
)
from routebook.openapi.reader.bodies import Shown, body, content, response
from routebook.openapi.reader.notes import fitting
from routebook.openapi.reader.parameters import NOWHERE, Role, parameter, place_of
from routebook.openapi.reader.references import canonical, component_of, follow, shared
from routebook.openapi.reader.state import At, Object, State
from routebook.openapi.reader.variants import (
    Answers,
    merged_answers,
    request,
    usual_answers,
    with_texts,
)

_METHODS = {
    name: name.upper()
    for name in ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
}
_ATTRIBUTES = {place: attribute for attribute, place in PLACES.items()}


class Given(NamedTuple):
    """A parameter as it is written."""

    place: str
    """Its `in`."""
    value: Any
    at: At
    made: ParameterDescriptor | None = None
    """What was read, for one of a path item: it is the very same in all operations."""


Outer = list[Given]
"""The parameters of a path item."""


class Item(NamedTuple):
    """What the surroundings of a path item say of it."""

    name: str
    """The name of its route, unless a note says another."""
    path: str
    """The path, unless a note says another; empty for a webhook."""
    aside: tuple[tuple[str, str], ...] = ()
    """The note of a reference, which has no room for it."""


def path_item(state: State, value: Any, at: At, role: Item, component: str = "") -> RouteDescriptor:
    """A Path Item Object, or what the reference in its place leads to."""
    own, beside = state.fields(value, shapes.PATH_ITEM, at)
    given, extra, where = own, beside, at
    if "$ref" in own:
        given, extra, where, component = _referred(state, own, beside, at)
    elif not component:
        component = str(note_of(own).get("component", ""))
    note = note_of(given)
    place = (
        {**note_of(own), **note, **dict(role.aside)}
        if given is not own
        else {**note, **dict(role.aside)}
    )
    name, path = place.get("name", role.name), place.get("path", role.path)
    spanning = _spanning(path)
    outer = _parameters(state, given.get("parameters") or (), (where, "parameters"))
    methods: tuple[MethodDescriptor, ...] = ()
    with fitting(state, where):
        methods = tuple(_methods(state, given, note, outer, spanning, where))
    if outer and not methods:
        extra = {**extra, "parameters": given["parameters"]}
    made = RouteDescriptor(
        name=name,
        path=path,
        entity=note.get("entity", ""),
        summary=given.get("summary", ""),
        description=given.get("description", ""),
        methods=methods,
        servers=servers(state, given, where),
        aliases=tuple(note.get("aliases", ())),
        component=component,
        extra=extra,
    )
    return state.put(made, at)


def _referred(state: State, own: Object, beside: Object, at: At) -> tuple[Object, Object, At, str]:
    """What a path item's `$ref` leads to, what stands beside it laid over that."""
    reference = own["$ref"]
    rest = {key: value for key, value in own.items() if key not in {"$ref", NOTE}}
    key = (path_item, reference)
    found = follow(state, reference, at) if key not in state.reading else None
    if key in state.reading:
        state.warn("openapi-circle", f"{reference} is a part of itself", at)
    if found is None:
        return rest, {**beside, "$ref": reference}, at, ""
    state.used.add(canonical(reference))
    state.reading.add(key)
    try:
        given, extra = state.fields(found[0], shapes.PATH_ITEM, found[1])
        if "$ref" in given:
            given, extra, where, _ = _referred(state, given, extra, found[1])
            return {**given, **rest}, {**extra, **beside}, where, ""
    finally:
        state.reading.remove(key)
    component = component_of(reference) if state.has("3.1") else ""
    if rest:
        return {**given, **rest}, {**extra, **beside}, found[1], ""
    return given, extra, found[1], component


def _spanning(path: str) -> frozenset[str]:
    """The variables of a path whose value may hold slashes."""
    if ":" not in path or not path.startswith("/"):
        return NOWHERE
    try:
        variables = paths.parse(path).variables
    except RoutebookError:
        return NOWHERE
    return frozenset(one.name for one in variables if one.multi_segment) or NOWHERE


def _methods(
    state: State, given: Object, note: Object, outer: Outer, spanning: frozenset[str], at: At
) -> Iterator[MethodDescriptor]:
    """The operations of a path item, in the order that its note says, or as they stand."""
    known = shapes.PATH_ITEM.known(state.version)
    written: list[tuple[str, Any, At]] = []
    for key, value in given.items():
        if key in _METHODS and key in known:
            written.append((_METHODS[key], value, (at, key)))
        elif key == "additionalOperations" and key in known:
            written += [(str(verb), one, ((at, key), verb)) for verb, one in value.items()]
    rest = note.get("methods", ())
    inside = ((at, NOTE), "methods")
    for index, one in enumerate(rest):
        left = {key: value for key, value in one.items() if key != "method"}
        written.append((one["method"], left, (inside, index)))
    role = Role("", "", spanning)
    if written:
        outer = [
            one._replace(made=shared(state, one.value, one.at, parameter, role)) for one in outer
        ]
    waiting = [
        operation(state, value, place, verb, outer, spanning) for verb, value, place in written
    ]
    if "order" not in note:
        yield from waiting
        return
    for verb in note["order"]:
        found = next(one for one in waiting if one.method == verb)
        waiting.remove(found)
        yield found


def _parameters(state: State, given: Any, at: At) -> list[Given]:
    return [Given(place_of(state, one), one, (at, index)) for index, one in enumerate(given)]


def _all_parameters(state: State, given: Object, outer: Outer, at: At) -> list[Given]:
    """The parameters of an operation: those of its path item that it has none like of its own."""
    own = _parameters(state, given.get("parameters") or (), (at, "parameters"))
    if not outer or not own:
        return [*outer, *own]
    taken = {(one.place, _name(state, one.value)) for one in own}
    kept = [one for one in outer if (one.place, _name(state, one.value)) not in taken]
    return [*kept, *own]


def _name(state: State, value: Any) -> Any:
    if type(value) is dict and "name" in value:
        name = value["name"]
    else:
        name = content(state, value).get("name")
    return name if isinstance(name, str) else None


def operation(
    state: State, value: Any, at: At, verb: str, outer: Outer, spanning: frozenset[str]
) -> MethodDescriptor:
    """An Operation Object."""
    given, extra = state.fields(value, shapes.OPERATION, at)
    note = note_of(given)
    lists: dict[str, list[Any]] = {}
    shown: dict[str, Shown] = {}
    role = Role("", "", spanning)
    for place, one, where, known in _all_parameters(state, given, outer, at):
        made = known or shared(state, one, where, parameter, role)
        if place in lists:
            lists[place].append(made)
        else:
            lists[place] = [made]
        if note:
            shown.setdefault(place, []).append((content(state, one), made))
    union = _union(state, given, lists, at)
    entries = note.get("requests", [{}])
    answers, more = _answers(state, given, entries, at)
    if more:
        extra = {**extra, "responses": more}
    if "requests" in note:
        whole = RequestDescriptor(**union)
        variants = [request(state, one, shown, whole, answers, spanning, at) for one in entries]
        requests, description = with_texts(variants, entries, note, given.get("description", ""))
    else:
        requests = (_request(union, answers),)
        description = str(note.get("description", given.get("description", "")))
    for one in requests:
        state.put(one, at)
    calls, extra = _callbacks(state, given, extra, at)
    method = MethodDescriptor(
        method=verb,
        description=description,
        requests=requests,
        operation_id=str(note.get("operation_id", given.get("operationId", ""))),
        summary=given.get("summary", ""),
        tags=state.texts(given, "tags", (at, "tags")),
        deprecated=deprecation(state, given, at),
        security=security(state, given, at),
        servers=servers(state, given, at),
        callbacks=calls,
        external_docs=external_docs(state, given, at),
        aliases=tuple(note.get("aliases", ())),
        extra=extra,
    )
    return state.put(method, at)


def _union(state: State, given: Object, lists: dict[str, list[Any]], at: At) -> Object:
    """The fields of an operation's request, without its answers."""
    made: Object = {
        _ATTRIBUTES[place]: tuple(held) for place, held in lists.items() if place in _ATTRIBUTES
    }
    whole = lists.get("querystring", ())
    if whole:
        made["querystring"] = whole[0]
    if len(whole) > 1:
        state.say("openapi-structure", "the whole query is one parameter, and here are several", at)
    if "requestBody" in given:
        made["body"] = shared(state, given["requestBody"], (at, "requestBody"), body, None)
    return made


def _request(union: Object, answers: Answers) -> RequestDescriptor:
    """The one request of an operation without variants."""
    usual = usual_answers(answers)
    return RequestDescriptor(
        successes=tuple([answers[one] for one in usual["successes"]]),
        failures=tuple([answers[one] for one in usual["failures"]]),
        **union,
    )


def _answers(state: State, given: Object, entries: Any, at: At) -> tuple[Answers, Object]:
    """Every answer by the name that variants call it by; and the extensions among them."""
    out: Answers = {}
    extra: Object = {}
    at = (at, "responses")
    for key, written in given.get("responses", {}).items():
        status = str(key)
        if status[:2] == "x-":
            if status != NOTE:
                extra[status] = written
            continue
        note = note_of(written) if type(written) is dict else {}
        if note.get("generated"):
            continue
        made = shared(state, written, (at, key), response, code_of(status))
        if "merged" in note:
            parts = merged_answers(state, status, written, made, entries, (at, key))
            out |= {name: state.put(part, (at, key)) for name, part in parts.items()}
        else:
            out[status] = made
    return out, extra


def code_of(status: str) -> int | str:
    """A status as a number where it is one."""
    return int(status) if status.isascii() and status.isdigit() and status[0] != "0" else status


def _callbacks(
    state: State, given: Object, extra: Object, at: At
) -> tuple[tuple[CallbackDescriptor, ...], Object]:
    """The callbacks of an operation; what is no callback among them goes to the extra fields."""
    if "callbacks" not in given:
        return (), extra
    at = (at, "callbacks")
    found, more = [], {}
    for key, one in given["callbacks"].items():
        if str(key)[:2] == "x-" and type(one) is not dict:
            more[key] = one
        else:
            found.append(shared(state, one, (at, key), callback, str(key)))
    return tuple(found), {**extra, "callbacks": more} if more else extra


def callback(state: State, value: Object, at: At, role: str, component: str) -> CallbackDescriptor:
    """A Callback Object; its role is its name."""
    if type(value) is not dict:
        state.expected("an object (callback)", value, at)
        value = {}
    note = note_of(value)
    items: list[RouteDescriptor] = []
    extra: Object = dict(note.get("extra", {}))
    for key, one in value.items():
        if str(key)[:2] != "x-" and key != "$ref":
            items.append(path_item(state, one, (at, key), Item(str(key), str(key))))
        elif key != NOTE:
            extra[key] = one
    inside = ((at, NOTE), "routes")
    for index, one in enumerate(note.get("routes", ())):
        items.append(path_item(state, one, (inside, index), Item("", "")))
    made = CallbackDescriptor(
        name=str(note.get("name", role)), routes=tuple(items), component=component, extra=extra
    )
    return state.put(made, at)
