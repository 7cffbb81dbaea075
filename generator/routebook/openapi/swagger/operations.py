"""Path items, operations and responses of Swagger 2.0 as OpenAPI 3.0 has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routebook.documents.model import Tokens
from routebook.openapi.swagger import parameters
from routebook.openapi.swagger.parameters import Part
from routebook.openapi.swagger.schemas import schema
from routebook.openapi.swagger.servers import servers
from routebook.openapi.swagger.state import HOMES, Object, State, mapping, media_types

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_BODIES = ("body", "formData")
_GONE = frozenset({"consumes", "produces", "schemes"})


def path_item(state: State, node: Any, at: Tokens) -> Any:
    """A path item; its body and form parameters become part of its operations."""
    if not isinstance(node, dict):
        return node
    above = parameters.parts(node.get("parameters"), at)
    bodies = [part for part in above if parameters.kind(state, part[0]) in _BODIES]
    made: Object = {}
    for key, value in node.items():
        if key == "parameters" and isinstance(value, list):
            plain = [part for part in above if part not in bodies]
            if plain or not bodies:
                made[key] = _plain(state, plain, at)
        elif key in _METHODS and isinstance(value, dict):
            made[key] = _operation(state, value, (*at, key), bodies)
        else:
            made[key] = value
    return made


def _operation(state: State, node: Mapping[str, Any], at: Tokens, above: list[Part]) -> Object:
    consumes = media_types(node["consumes"]) if "consumes" in node else state.consumes
    produces = media_types(node["produces"]) if "produces" in node else state.produces
    own = parameters.parts(node.get("parameters"), at)
    bodies = [part for part in own if parameters.kind(state, part[0]) in _BODIES]
    request = _request(state, parameters.merged(_followed(state, above), bodies), at, consumes)
    made: Object = {}
    for key, value in node.items():
        if key == "parameters" and isinstance(value, list):
            plain = [part for part in own if part not in bodies]
            if plain:
                made[key] = _plain(state, plain, at)
        elif key == "responses" and isinstance(value, dict):
            made |= request
            request = {}
            made[key] = {
                code: _response(state, one, (*at, key, code), produces, code)
                for code, one in value.items()
            }
        elif key == "schemes" and servers(state.root, value):
            made["servers"] = servers(state.root, value)
        elif key not in _GONE:
            made[key] = value
    return {**made, **request}


def _followed(state: State, above: list[Part]) -> list[Part]:
    """Parameters of a path, their references followed so that they can be compared."""
    found = [(state.shared("parameters", node), node, at) for node, at in above]
    return [
        (shared[1], ("parameters", shared[0])) if shared else (node, at)
        for shared, node, at in found
    ]


def _plain(state: State, found: list[Part], at: Tokens) -> list[Any]:
    """A list of parameters that are no bodies; remembers what each was."""
    for index, (_, place) in enumerate(found):
        state.came((*at, "parameters", str(index)), place)
    return [parameters.parameter(state, node, place) for node, place in found]


def _request(state: State, found: list[Part], at: Tokens, consumes: tuple[str, ...]) -> Object:
    """The request body of an operation, if it has one."""
    if not found:
        return {}
    bodies = [part for part in found if parameters.kind(state, part[0]) == "body"]
    fields = [part for part in found if part not in bodies]
    for _, place in [*bodies[1:], *(fields if bodies else [])]:
        state.say(
            place,
            "an operation has one body: this one, beside another, is left out",
            "use one body parameter, or form fields only",
        )
    if not bodies:
        state.came((*at, "requestBody"), fields[0][1])
        return {"requestBody": parameters.form(state, _followed(state, fields), consumes)}
    node, place = bodies[0]
    state.came((*at, "requestBody"), place)
    shared = state.shared("parameters", node)
    if shared is None:
        return {"requestBody": parameters.body(state, node, place, consumes)}
    if consumes == state.consumes:
        name = state.named("parameters", shared[0])
        return {"requestBody": {"$ref": f"#/components/requestBodies/{name}"}}
    place = ("parameters", shared[0])
    return {"requestBody": parameters.body(state, shared[1], place, consumes)}


def _response(state: State, node: Any, at: Tokens, produces: tuple[str, ...], code: str) -> Any:
    if code.startswith("x-"):
        return node
    shared = state.shared("responses", node)
    if shared and produces != state.produces and shared[1].keys() & {"schema", "examples"}:
        return response(state, shared[1], ("responses", shared[0]), at, produces)
    return response(state, node, at, at, produces)


def response(state: State, node: Any, at: Tokens, out: Tokens, produces: tuple[str, ...]) -> Any:
    """A response, its body in each media type that is produced."""
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {**node, "$ref": state.reference(node["$ref"], at)}
    if at != out:
        state.came(out, at)
    made = {
        key: value for key, value in node.items() if key not in {"schema", "examples", "headers"}
    }
    if "headers" in node:
        made["headers"] = _headers(state, node["headers"], (*at, "headers"))
    content = _content(state, node, at, out, produces)
    return {**made, "content": content} if content else made


def _headers(state: State, node: Any, at: Tokens) -> Any:
    if not isinstance(node, dict):
        return node
    return {
        name: one
        if name.startswith("x-") and not isinstance(one, dict)
        else parameters.header(state, one, (*at, name))
        for name, one in node.items()
    }


def _content(
    state: State, node: Mapping[str, Any], at: Tokens, out: Tokens, produces: tuple[str, ...]
) -> Object:
    """The media types of a response, with its schema and examples."""
    examples = mapping(node.get("examples"))
    media: Object = {}
    if "schema" in node:
        media = {"schema": schema(state, node["schema"], (*at, "schema"))}
    types = (produces or ("*/*",)) if media else ()
    made: Object = {}
    for one in dict.fromkeys((*types, *(k for k in examples if not k.startswith("x-")))):
        made[one] = {**media, **({"example": examples[one]} if one in examples else {})}
        if media:
            state.came((*out, "content", one, "schema"), (*at, "schema"))
        if one in examples:
            state.came((*out, "content", one, "example"), (*at, "examples", one))
    return made


def shared_bodies(state: State) -> tuple[Object, Object]:
    """The shared parameters, and the request bodies among them."""
    plain: Object = {}
    bodies: Object = {}
    for name, node in mapping(state.root.get("parameters")).items():
        fit, at = state.named("parameters", name), ("parameters", name)
        place = parameters.kind(state, node)
        if place == "body":
            bodies[fit] = parameters.body(state, node, at, state.consumes)
            state.came(("components", "requestBodies", fit), at)
        elif place != "formData":
            plain[fit] = parameters.parameter(state, node, at)
            state.came(("components", HOMES["parameters"], fit), at)
    return plain, bodies
