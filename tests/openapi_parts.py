"""Parts that small OpenAPI documents are made of."""

from __future__ import annotations

from typing import Any

Object = dict[str, Any]


def document(version: str, item: Any = None, **more: Any) -> Object:
    """A document with one path, or the given fields."""
    paths = {} if item is None else {"/things/{id}": item}
    info = {"title": "Things", "version": "1"}
    return {"openapi": version, "info": info, "paths": paths, **more}


def operation(**fields: Any) -> Object:
    """A path item with one operation."""
    return {"get": {"responses": {"200": {"description": "It."}}, **fields}}


ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
TEXT = {"schema": {"type": "string"}}


def answer(**fields: Any) -> Object:
    return operation(parameters=[ID], responses={"200": {"description": "It.", **fields}})


def body(version: str, schema: Any, **components: Any) -> Object:
    """A document with a schema, inline and named."""
    item = answer(content={"application/json": {"schema": schema}})
    parts = {"schemas": {"Thing": schema, "Other": {"type": "object"}, **components}}
    return document(version, item, components=parts)
