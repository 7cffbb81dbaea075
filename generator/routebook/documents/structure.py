"""Where references may stand in an OpenAPI document, and of what kind their targets are.

OpenAPI 3.0 to 3.2 and Swagger 2.0 in one table: a field that a version does not have does no
harm. What is not in the table is data: examples, enumerations, defaults and extensions may hold
anything, also something that looks like a reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from routebook.schemas import LISTED, NAMED, SINGLE

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

Rule = tuple[str, str]
"""How a field holds its parts (`one`, `list`, `map`, or a map `beside` extensions), and what."""

_CONTENT: dict[str, Rule] = {
    "schema": ("one", "schema"),
    "examples": ("map", "example"),
    "content": ("map", "mediaType"),
}
_ENCODING: dict[str, Rule] = {
    "encoding": ("map", "encoding"),
    "prefixEncoding": ("list", "encoding"),
    "itemEncoding": ("one", "encoding"),
}

FIELDS: Mapping[str, Mapping[str, Rule]] = {
    "document": {
        "info": ("one", "info"),
        "servers": ("list", "server"),
        "tags": ("list", "tag"),
        "paths": ("beside", "pathItem"),
        "webhooks": ("map", "pathItem"),
        "x-webhooks": ("map", "pathItem"),
        "components": ("one", "components"),
        "definitions": ("map", "schema"),
        "parameters": ("map", "parameter"),
        "responses": ("map", "response"),
    },
    "components": {
        "schemas": ("map", "schema"),
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "examples": ("map", "example"),
        "requestBodies": ("map", "requestBody"),
        "headers": ("map", "header"),
        "securitySchemes": ("map", "securityScheme"),
        "links": ("map", "link"),
        "callbacks": ("map", "callback"),
        "pathItems": ("map", "pathItem"),
        "mediaTypes": ("map", "mediaType"),
    },
    "pathItem": {
        **dict.fromkeys(_METHODS, ("one", "operation")),
        "additionalOperations": ("map", "operation"),
        "parameters": ("list", "parameter"),
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "requestBody"),
        "responses": ("beside", "response"),
        "callbacks": ("map", "callback"),
    },
    "parameter": _CONTENT,
    "header": _CONTENT,
    "requestBody": {"content": ("map", "mediaType")},
    "mediaType": {
        "schema": ("one", "schema"),
        "itemSchema": ("one", "schema"),
        "examples": ("map", "example"),
        **_ENCODING,
    },
    "encoding": {"headers": ("map", "header"), **_ENCODING},
    "response": {
        "headers": ("map", "header"),
        "content": ("map", "mediaType"),
        "links": ("map", "link"),
        "schema": ("one", "schema"),
    },
    "schema": {
        **dict.fromkeys(SINGLE, ("one", "schema")),
        **dict.fromkeys(LISTED, ("list", "schema")),
        **dict.fromkeys(NAMED, ("map", "schema")),
        "dependencies": ("map", "schema"),
    },
    "callback": {},  # its keys are expressions: see `parts`
    "info": {},
    "server": {},
    "tag": {},
    "example": {},
    "link": {},
    "securityScheme": {},
}
"""For each kind of object, the fields that hold others."""

REFERABLE = frozenset(FIELDS) - {
    *("document", "info", "server", "tag", "components", "operation", "encoding")
}
"""The kinds that a `$ref` may stand for."""

_OPENAPI = {kind: ("components", field) for field, (_, kind) in FIELDS["components"].items()}
_SWAGGER = {
    "schema": ("definitions",),
    "parameter": ("parameters",),
    "response": ("responses",),
}
_SINCE = {"pathItem": "3.1", "mediaType": "3.2"}


def homes(data: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """For each kind of object, where a document keeps what it shares; by the document's version."""
    if "swagger" in data:
        return _SWAGGER
    version = str(data.get("openapi", ""))
    return {kind: home for kind, home in _OPENAPI.items() if version >= _SINCE.get(kind, "")}


_WORDS = frozenset({"description", "summary"})


def inserted(kind: str, key: str) -> str | None:
    """What a `$ref` stands for where OpenAPI has no references, but documents have them.

    The kind of what is inserted: `map KIND` and `list KIND` for several, empty for mere data;
    None where references have their usual meaning, or none.
    """
    rule = FIELDS[kind].get(key)
    if rule is None:
        return "" if key in _WORDS or (kind == "document" and not key.startswith("x-")) else None
    form, inner = rule
    if form == "one":
        return None if inner in REFERABLE else inner
    return f"{'list' if form == 'list' else 'map'} {inner}"


def parts(node: Mapping[str, Any], kind: str) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    """The objects directly inside one: the keys that lead there, the object, its kind."""
    if kind == "callback":
        fields: Any = ((key, ("one", "pathItem")) for key in node if not key.startswith("x-"))
    else:
        table = FIELDS[kind]
        fields = ((key, table[key]) for key in node if key in table)
    for key, (form, inner) in fields:
        value = node[key]
        if isinstance(value, dict) and form in {"map", "beside"}:
            for name, item in value.items():
                if form == "map" or not name.startswith("x-"):
                    yield (key, name), item, inner
        elif isinstance(value, list) and form in {"one", "list"}:
            for index, item in enumerate(value):
                yield (key, str(index)), item, inner
        elif form == "one":
            yield (key,), value, inner
