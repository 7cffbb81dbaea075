"""The whole document."""

from __future__ import annotations

from routebook.documents.model import Document
from routebook.findings import Finding
from routebook.openapi.swagger import VERSION, operations
from routebook.openapi.swagger.schemas import schema
from routebook.openapi.swagger.security import scheme
from routebook.openapi.swagger.servers import servers
from routebook.openapi.swagger.state import HOMES, Object, State, mapping

_GONE = frozenset(
    {"swagger", "host", "basePath", "schemes", "consumes", "produces", "securityDefinitions"}
) | frozenset(HOMES)


def converted(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    """A Swagger 2.0 document as OpenAPI 3.0, and what that has no words for."""
    state = State(document)
    root = state.root
    made: Object = {"openapi": VERSION}
    state.came(("openapi",), ("swagger",))
    if "info" in root:
        made["info"] = root["info"]
    if found := servers(root, root.get("schemes")):
        made["servers"] = found
        state.came(("servers",), ("host",) if "host" in root else ("basePath",))
    for key, value in root.items():
        if key == "paths" and isinstance(value, dict):
            made[key] = {
                path: one
                if path.startswith("x-")
                else operations.path_item(state, one, (key, path))
                for path, one in value.items()
            }
        elif key not in _GONE and key not in made:
            made[key] = value
    made.setdefault("paths", {})
    if parts := _components(state):
        made["components"] = parts
    return document.derived(made, state.origins), tuple(state.findings)


def _components(state: State) -> Object:
    """Everything that is shared, by kind."""
    schemas: Object = {}
    for name, node in mapping(state.root.get("definitions")).items():
        fit = state.named("definitions", name)
        schemas[fit] = schema(state, node, ("definitions", name))
        state.came(("components", "schemas", fit), ("definitions", name))
        if fit != name:
            state.say(("definitions", name), f"OpenAPI 3.0 has no such name: it becomes {fit!r}")
    responses: Object = {}
    for name, node in mapping(state.root.get("responses")).items():
        fit, at = state.named("responses", name), ("responses", name)
        out = ("components", "responses", fit)
        responses[fit] = operations.response(state, node, at, out, state.produces)
    parameters, bodies = operations.shared_bodies(state)
    schemes: Object = {}
    for name, node in mapping(state.root.get("securityDefinitions")).items():
        schemes[name] = scheme(state, node, ("securityDefinitions", name))
        state.came(("components", "securitySchemes", name), ("securityDefinitions", name))
    found = {
        "schemas": schemas,
        "responses": responses,
        "parameters": parameters,
        "requestBodies": bodies,
        "securitySchemes": schemes,
    }
    return {kind: parts for kind, parts in found.items() if parts}
