"""Security definitions of Swagger 2.0 as security schemes (OpenAPI 3.0.3, section 4.7.27)."""

from __future__ import annotations

from typing import Any

from routebook.documents.model import Tokens
from routebook.openapi.swagger.state import State

_FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_PARTS = ("authorizationUrl", "tokenUrl", "scopes")


def scheme(state: State, node: Any, at: Tokens) -> Any:
    """One security scheme."""
    if not isinstance(node, dict):
        return node
    if node.get("type") == "basic":
        return {**node, "type": "http", "scheme": "basic"}
    if node.get("type") != "oauth2":
        return node
    made = {key: value for key, value in node.items() if key not in {*_PARTS, "flow"}}
    flow = _FLOWS.get(str(node.get("flow")))
    if flow is None:
        state.say(
            (*at, "flow"),
            f"expected one of the flows {', '.join(_FLOWS)}, found {node.get('flow')!r}",
        )
        return {**made, "flows": {}}
    parts = {key: node[key] for key in _PARTS if key in node}
    return {**made, "flows": {flow: {"scopes": {}, **parts}}}
