"""The examples in the docstrings of the rules of a comparison, as descriptions."""

from __future__ import annotations

from typing import Any

import yaml

import routebook
from routebook import (
    APIDescriptor,
    ErrorDescriptor,
    ErrorGroup,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.diff.pairs import Kind
from routebook.openapi import read

WHOLE = {
    Kind.API,
    Kind.SERVER,
    Kind.SECURITY_SCHEME,
    Kind.TAG,
    Kind.SCHEMA,
    Kind.WEBHOOK,
    Kind.VERSION,
}
"""The kinds of rules whose examples are parts of a document, not of an operation."""

NAMES = {
    **{name: getattr(routebook, name) for name in routebook.__all__},
    "GONE": ErrorDescriptor(value="GONE", http_status=404),
    "UNKNOWN": ErrorDescriptor(value="UNKNOWN", http_status=404),
}


def example_api(kind: Kind, text: str) -> APIDescriptor:
    """The smallest description that an example stands for."""
    if "Descriptor(" in text:
        return _described(text)
    part = yaml.safe_load(text)
    if kind in WHOLE or (kind is Kind.OPERATION and ("paths" in part or "webhooks" in part)):
        return read(_document(part))
    return read(_document({"paths": {"/things": {"get": part}}}))


def _document(part: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {"/things": {"get": {}}},
        **part,
    }
    schemes = {"key": {"type": "apiKey", "name": "key", "in": "header"}}
    schemes["token"] = {"type": "http", "scheme": "bearer"}
    components = document.setdefault("components", {})
    if "securitySchemes" not in components and "security" in str(part):
        components["securitySchemes"] = schemes
    if "securitySchemes" in components:
        document.setdefault("security", [{"s": []}] if "s" in components["securitySchemes"] else [])
    for paths in (document["paths"], document.get("webhooks", {})):
        for item in paths.values():
            for operation in item.values():
                if isinstance(operation, dict):
                    operation.setdefault("responses", {"200": {"description": "Done"}})
    return document


def _described(text: str) -> APIDescriptor:
    found = eval(f"({text},)", dict(NAMES))  # noqa: S307 - our own docstrings
    codes: tuple[Any, ...] = (NAMES["GONE"], NAMES["UNKNOWN"])
    requests: tuple[Any, ...] = (RequestDescriptor(),)
    if isinstance(found[0], ErrorDescriptor):
        codes = found
    elif isinstance(found[0], ResponseDescriptor):
        requests = (RequestDescriptor(failures=found),)
    elif isinstance(found[0], RequestDescriptor):
        requests = found
    method = MethodDescriptor(method="GET", requests=requests)
    return APIDescriptor(
        title="T",
        version="1.0.0",
        routes=(RouteDescriptor(name="things", path="/things", methods=(method,)),),
        error_groups=(ErrorGroup(name="codes", errors=codes),),
    )
