"""Schemas of a document as JSON Schema 2020-12.

A schema that says the same in both dialects is kept as the very object that it is.
"""

from __future__ import annotations

from typing import Any

from routebook.openapi.dialect import NOTE, up
from routebook.openapi.reader.state import At, State


def schema(state: State, value: Any, at: At) -> Any:
    """A Schema Object or a boolean."""
    if type(value) is not dict and type(value) is not bool:
        state.expected("a schema (an object or a boolean)", value, at)
        return {}
    return up(value, state.version)


def here(value: Any) -> Any:
    """A schema of a note, its references to others there as if those stood with the rest."""
    if isinstance(value, list):
        return [here(item) for item in value]
    if not isinstance(value, dict):
        return value.replace(f"/{NOTE}/schemas/", "/schemas/") if isinstance(value, str) else value
    return {key: here(item) for key, item in value.items()}
