"""Parameters of Swagger 2.0: parameters, request bodies and form fields of OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from routebook.documents.model import Tokens
from routebook.openapi.swagger.schemas import schema
from routebook.openapi.swagger.state import Object, State, extensions, items, mapping

Part = tuple[Any, Tokens]
"""A parameter, and where it stands."""

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_STYLES = {"csv": "form", "multi": "form", "ssv": "spaceDelimited", "pipes": "pipeDelimited"}
_OWN = frozenset({"name", "in", "description", "required", "allowEmptyValue", "collectionFormat"})
"""Fields of a parameter that are none of its schema."""


def kind(state: State, node: Any) -> str:
    """Where a parameter goes: `body`, `formData`, or elsewhere; references are followed."""
    shared = state.shared("parameters", node)
    place = mapping(shared[1] if shared else node).get("in")
    return place if isinstance(place, str) else ""


def parameter(state: State, node: Any, at: Tokens) -> Any:
    """A parameter in a path, query or header."""
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {**node, "$ref": state.reference(node["$ref"], at)}
    kept = ("name", "in", "description", "required", "allowEmptyValue")
    made = {key: node[key] for key in kept if key in node}
    made |= extensions({key: value for key, value in node.items() if key != "x-nullable"})
    made |= _style(state, node, at)
    return {**made, "schema": value_schema(state, node, at)}


def header(state: State, node: Any, at: Tokens) -> Any:
    """A header of a response."""
    if not isinstance(node, dict):
        return node
    made = {key: node[key] for key in ("description",) if key in node}
    made |= extensions({key: value for key, value in node.items() if key != "x-nullable"})
    made |= _style(state, {**node, "in": "header"}, at)
    return {**made, "schema": value_schema(state, node, at)}


def value_schema(state: State, node: Mapping[str, Any], at: Tokens) -> Any:
    """The schema of a parameter, header or form field, whose keywords stand among its fields."""
    own = {
        key: value
        for key, value in node.items()
        if key not in _OWN and (not key.startswith("x-") or key == "x-nullable")
    }
    if isinstance(own.get("items"), dict):
        own["items"] = _items(state, own["items"], (*at, "items"))
    return schema(state, own, at)


def _items(state: State, node: Object, at: Tokens) -> Object:
    """The items of a list that is written in one text, without the separator of lists in them."""
    made = {key: value for key, value in node.items() if key != "collectionFormat"}
    if node.get("type") == "array" and node.get("collectionFormat", "csv") != "csv":
        state.say((*at, "collectionFormat"), "OpenAPI 3.0 has no words for lists in lists")
    if isinstance(made.get("items"), dict):
        made["items"] = _items(state, made["items"], (*at, "items"))
    return made


def _style(state: State, node: Mapping[str, Any], at: Tokens) -> Object:
    """How a list is written (`collectionFormat`), in the words of OpenAPI 3.0."""
    form = node.get("collectionFormat", "csv")
    if node.get("type") != "array":
        return {}
    if node.get("in") in ("path", "header"):
        if form == "csv":
            return {}
    elif form == "csv":
        return {"explode": False}
    elif form == "multi":
        return {"explode": True}
    elif isinstance(form, str) and form in _STYLES:
        return {"style": _STYLES[form], "explode": False}
    state.say(
        (*at, "collectionFormat"),
        f"OpenAPI 3.0 has no words for a list of the format {form!r} here",
        "it is kept as x-collectionFormat",
    )
    return {"x-collectionFormat": form}


def body(state: State, node: Any, at: Tokens, consumes: tuple[str, ...]) -> Object:
    """A request body made of a body parameter."""
    made = {key: node[key] for key in ("description", "required") if key in node}
    made |= extensions(node)
    if isinstance(node.get("name"), str) and node["name"] != "body":
        made["x-body-name"] = node["name"]
    media = {"schema": schema(state, node["schema"], (*at, "schema"))} if "schema" in node else {}
    return {**made, "content": dict.fromkeys(consumes or ("*/*",), media)}


def form(state: State, fields: Iterable[Part], consumes: tuple[str, ...]) -> Object:
    """A request body made of form fields."""
    properties: Object = {}
    required: list[str] = []
    encoding: Object = {}
    has_file = False
    for node, at in fields:
        name = str(node.get("name", ""))
        made = value_schema(state, node, at)
        if "description" in node:
            made["description"] = node["description"]
        properties[name] = {**made, **extensions(node)}
        properties[name].pop("x-nullable", None)
        has_file = has_file or node.get("type") == "file"
        if node.get("required") is True:
            required.append(name)
        style = _style(state, node, at)
        style.pop("x-collectionFormat", None)
        if style:
            encoding[name] = {"style": "form", **style}
    made_schema: Object = {"type": "object", "properties": properties}
    if required:
        made_schema["required"] = required
    media: Object = {"schema": made_schema, **({"encoding": encoding} if encoding else {})}
    named = tuple(one for one in consumes if one.partition(";")[0].strip().lower() in _FORMS)
    types = named or (_FORMS[0] if has_file else _FORMS[1],)
    made_body: Object = {"content": dict.fromkeys(types, media)}
    return {**made_body, "required": True} if required else made_body


def merged(above: list[Part], own: list[Part]) -> list[Part]:
    """The parameters of an operation: its own, and those of its path that it does not replace."""
    replaced = [(mapping(node).get("name"), mapping(node).get("in")) for node, _ in own]
    bodies = any(mapping(node).get("in") == "body" for node, _ in own)
    kept = [
        (node, at)
        for node, at in above
        if (mapping(node).get("name"), mapping(node).get("in")) not in replaced
        and not (bodies and mapping(node).get("in") == "body")
    ]
    return [*kept, *own]


def parts(node: Any, at: Tokens) -> list[Part]:
    """The parameters in a field of a path item or operation, each with its place."""
    return [(one, (*at, "parameters", str(i))) for i, one in enumerate(items(node))]
