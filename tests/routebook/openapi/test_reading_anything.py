"""Whatever stands in a document, it is read or refused; reading never fails."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from openapi_snippets import SNIPPETS
from routebook.findings import RoutebookError
from routebook.openapi import read, write

NOTED: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "x-routebook": {
        "error_groups": [{"name": "g", "errors": [{"value": "A", "http_status": 400}]}]
    },
    "components": {"x-routebook": {"kept": [], "headers": {}, "listed": {"links": {}}}},
    "paths": {
        "/a": {
            "x-routebook": {"name": "a", "order": ["GET"]},
            "get": {
                "description": "**One.** x\n\n**Two.** y",
                "parameters": [
                    {
                        "name": "q",
                        "in": "query",
                        "schema": {"type": "string"},
                        "x-routebook": {"format": "<q>", "schema": ["type"]},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "d",
                        "headers": {"X": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"type": "object"}}},
                        "x-routebook": {"merged": [{"name": "m"}, {"headers": ["X"]}]},
                    }
                },
                "x-routebook": {
                    "requests": [
                        {"name": "One", "query_parameters": ["q"], "successes": ["200/1"]},
                        {"name": "Two", "condition": {"present": ["query.q"]}, "body": None},
                    ],
                    "aliases": ["b"],
                },
            },
        }
    },
}
"""A document with notes, all of which anyone may have changed."""

DOCUMENTS = [*SNIPPETS.values(), NOTED]

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(["", "a", "/a", "#/paths", "#/components/schemas/Thing", "200", "x-a", "$ref"]),
)
keys = st.sampled_from(["$ref", "x-routebook", "schema", "type", "name", "in", "a", "properties"])
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """One of the documents, some of whose parts are something else."""
    whole = {"document": copy.deepcopy(draw(st.sampled_from(DOCUMENTS)))}
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = whole
        key: Any = "document"
        while isinstance(holder[key], (dict, list)) and holder[key] and draw(st.integers(0, 6)):
            holder = holder[key]
            choices = sorted(holder) if isinstance(holder, dict) else range(len(holder))
            key = draw(st.sampled_from(choices))
        holder[key] = draw(values)
    return whole["document"]


@settings(max_examples=400, deadline=None)
@given(document=mutated())
def test_any_document_is_read_or_refused(document: Any) -> None:
    text = json.dumps(document)
    try:
        api = read(document) if isinstance(document, dict) else read(text.encode())
    except RoutebookError:
        return
    assert json.dumps(document) == text
    write(api)
