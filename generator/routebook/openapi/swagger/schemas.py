"""Schemas of Swagger 2.0 (section "Schema Object") in the keywords of OpenAPI 3.0."""

from __future__ import annotations

from typing import Any

from routebook.documents.model import Tokens
from routebook.openapi.swagger.state import Object, State
from routebook.schemas import LISTED, NAMED, SINGLE


def schema(state: State, node: Any, at: Tokens) -> Any:
    """One schema, and those in it."""
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {**node, "$ref": state.reference(node["$ref"], at)}
    made = {key: _field(state, key, value, (*at, key)) for key, value in node.items()}
    _discriminator(made)
    _types(state, made, at)
    _nullable(made)
    return made


def _field(state: State, key: str, value: Any, at: Tokens) -> Any:
    if isinstance(value, dict):
        if key in SINGLE:
            return schema(state, value, at)
        if key in NAMED:
            return {name: schema(state, one, (*at, name)) for name, one in value.items()}
    if isinstance(value, list) and key in LISTED:
        return [schema(state, one, (*at, str(index))) for index, one in enumerate(value)]
    if isinstance(value, list) and key == "items":
        return _tuple(state, value, at)
    return value


def _tuple(state: State, schemas: list[Any], at: Tokens) -> Any:
    state.say(at, "expected one schema for all items, found a list of them", "use anyOf")
    made = [schema(state, one, (*at, str(index))) for index, one in enumerate(schemas)]
    return made[0] if len(made) == 1 else {"anyOf": made} if made else {}


def _discriminator(made: Object) -> None:
    """A property's name becomes an object (OpenAPI 3.0.3, section 4.7.25)."""
    if isinstance(made.get("discriminator"), str):
        made["discriminator"] = {"propertyName": made["discriminator"]}


def _types(state: State, made: Object, at: Tokens) -> None:
    """Files become binary texts; a list of types, which JSON Schema has, what 3.0 has for it."""
    if made.get("type") == "file":
        made["type"] = "string"
        made.setdefault("format", "binary")
    elif made.get("type") == "null":
        state.say((*at, "type"), "OpenAPI 3.0 has no type for null")
        del made["type"]
        made["nullable"] = True
    elif isinstance(made.get("type"), list):
        types = [one for one in made["type"] if one != "null"]
        if len(types) < len(made["type"]):
            made["nullable"] = True
        if len(types) == 1:
            made["type"] = types[0]
        else:
            del made["type"]
            if types and "anyOf" not in made:
                made["anyOf"] = [{"type": one} for one in types]


def _nullable(made: Object) -> None:
    if isinstance(made.get("x-nullable"), bool):
        nullable = made.pop("x-nullable")
        if nullable:
            made["nullable"] = True
