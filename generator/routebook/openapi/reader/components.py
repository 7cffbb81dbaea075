"""The `components` of a document: those that nothing uses, and those that must be kept anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from routebook.descriptors import ComponentsDescriptor
from routebook.openapi.dialect import NOTE
from routebook.openapi.parameters import HEADER
from routebook.openapi.reader.basics import example, link, note_of
from routebook.openapi.reader.bodies import body, response
from routebook.openapi.reader.operations import Item, callback, code_of, path_item
from routebook.openapi.reader.parameters import Role, media_type, parameter, place_of
from routebook.openapi.reader.references import shared
from routebook.openapi.reader.state import At, Object, State, pointer

_SINCE = {"mediaTypes": "3.2", "pathItems": "3.1"}

_PARAMETERS = {
    "path": "path_parameters",
    "query": "query_parameters",
    "header": "header_parameters",
    "cookie": "cookie_parameters",
    "querystring": "querystrings",
}


def _named(name: str, said: Object) -> str:
    return str(said.get("name", name))


def _item(name: str, said: Object) -> Item:
    return Item(_named(name, said), str(said.get("path", "")))


def _status(_name: str, said: Object) -> int | str:
    return code_of(str(said.get("status_code", "default")))


def _nothing(_name: str, _said: Object) -> None:
    return None


def _parameter(_name: str, _said: Object) -> Role:
    return Role()


def _header(_name: str, said: Object) -> Role:
    return Role(HEADER, _named("", said))


def _media(_name: str, said: Object) -> tuple[str, tuple[()]]:
    return str(said.get("content_type", "")), ()


_KINDS: dict[str, tuple[str, Any, Callable[[str, Object], Any]]] = {
    "pathItems": ("path_items", path_item, _item),
    "callbacks": ("callbacks", callback, _named),
    "responses": ("responses", response, _status),
    "requestBodies": ("bodies", body, _nothing),
    "parameters": ("", parameter, _parameter),
    "headers": ("headers", parameter, _header),
    "mediaTypes": ("media_types", media_type, _media),
    "links": ("links", link, _named),
    "examples": ("examples", example, _named),
}
"""Kind of component: the field that lists it, its reader, and its role where nothing uses it.

What holds others comes first, so that what only they use is known to be used.
"""


def components(state: State, given: Object, extra: Object, at: At) -> ComponentsDescriptor:
    """The parts that stand in the components and that nothing uses; and the further fields."""
    note = note_of(given)
    kept = {one for one in note.get("kept", ()) if isinstance(one, str)}
    lists: dict[str, list[Any]] = {}
    for path, attribute, made in list(_found(state, given, note, kept, at)):
        if path not in state.used or path in kept or path in state.kept:
            lists.setdefault(attribute, []).append(made)
    found = {attribute: tuple(held) for attribute, held in lists.items()}
    return state.put(ComponentsDescriptor(**found, extra=extra), at)


def _names(given: Object, kind: str) -> Any:
    found = given.get(kind)
    return found if isinstance(found, dict) else ()


def _found(
    state: State, given: Object, note: Object, kept: set[str], at: At
) -> Iterator[tuple[str, str, Any]]:
    """Each component that nothing read so far uses: its path, where it is listed, and itself."""
    listed = note.get("listed", {})
    for kind, (attribute, read, role) in _KINDS.items():
        known = state.has(_SINCE.get(kind, ""))
        holder = given if known else note
        where: At = ((at, kind)) if known else ((at, NOTE), kind)
        for name in list(_names(holder, kind)):
            path = f"#{pointer(((at, kind), name))}"
            if known and path in state.used and path not in kept and path not in state.kept:
                continue
            said = listed.get(kind, {}).get(name, {})
            value, place = holder[kind][name], (where, name)
            if known:
                made = _component(state, path, place, read, role(name, said))
            else:
                made = read(state, value, place, role(name, said), name)
            field = attribute or _PARAMETERS.get(place_of(state, value), "")
            if field:
                yield path if known else f"#{path}", field, made


def _component(state: State, path: str, at: At, read: Any, role: Any) -> Any:
    """A component, just as a reference to it gives it; this one is no use of it."""
    used = path in state.used
    made = shared(state, {"$ref": path}, at, read, role)
    if not used:
        state.used.discard(path)
    return made
