"""A comparison that several processes share finds what one finds."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routebook import diff, openapi
from routebook.diff import causes, judging
from routebook.diff.model import Report

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

NAMES = [f"S{index}" for index in range(6)]
REFERENCES = st.sampled_from([{"$ref": f"#/components/schemas/{name}"} for name in NAMES])
SCALARS = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "enum": ["a", "b"]},
        {"type": "string", "enum": ["a", "c"], "deprecated": True},
        {"type": "integer", "maximum": 5},
        {"type": ["integer", "null"], "readOnly": True},
    ]
)
ARRAYS = st.builds(lambda one: {"type": "array", "items": one}, REFERENCES)
VALUES = st.one_of(
    SCALARS,
    REFERENCES,
    ARRAYS,
    st.builds(lambda one, two: {"anyOf": [one, two]}, SCALARS, REFERENCES),
)
OBJECTS = st.builds(
    lambda properties, required: {
        "type": "object",
        "properties": properties,
        "required": [name for name in required if name in properties],
    },
    st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1),
    st.lists(st.sampled_from("abc"), max_size=1),
)
SCHEMAS = st.fixed_dictionaries(dict.fromkeys(NAMES, OBJECTS | SCALARS | ARRAYS))
LIMITS = st.lists(SCALARS, min_size=3, max_size=3)


def _operation(number: int, limit: dict[str, Any], schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "tags": [f"t{number % 2}"],
        "parameters": [{"name": "limit", "in": "query", "schema": limit}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "Done", "content": content}},
    }


def _document(schemas: dict[str, Any], limits: list[dict[str, Any]]) -> dict[str, Any]:
    """A document in which some operations use each schema, some by a reference within another."""
    schemas, limits = json.loads(json.dumps([schemas, limits]))
    references = [{"$ref": f"#/components/schemas/{name}"} for name in NAMES]
    wrapped = [{"type": "array", "items": one} for one in references]
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {
            f"/{number}": {"post": _operation(number, limits[number % 3], schema)}
            for number, schema in enumerate((*references, *wrapped))
        },
        "components": {"schemas": schemas},
    }


def _report(old: dict[str, Any], new: dict[str, Any], processes: int) -> Report:
    before, now = (openapi.reading(document) for document in (old, new))
    return diff.diff(
        before.api,
        now.api,
        old_places=before.places,
        new_places=now.places,
        processes=processes,
    )


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little there is to do, two processes do it."""
    monkeypatch.setattr(judging, "_WORTHWHILE", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


@pytest.mark.usefixtures("shared")
@settings(max_examples=25)
@given(SCHEMAS, SCHEMAS, LIMITS, LIMITS)
def test_two_processes_find_what_one_finds(
    old: dict[str, Any],
    new: dict[str, Any],
    old_limits: list[dict[str, Any]],
    new_limits: list[dict[str, Any]],
) -> None:
    before, now = _document(old, old_limits), _document(new, new_limits)
    assert _report(before, now, 2) == _report(before, now, 1)


@pytest.mark.usefixtures("shared")
def test_as_many_witnesses_are_given_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "WITNESSED", 2)
    limits = [{"type": "integer"}] * 3
    old = _document({name: {"type": "string", "enum": ["a"]} for name in NAMES}, limits)
    new = _document({name: {"type": "string", "enum": ["a", "b"]} for name in NAMES}, limits)
    reports = [_report(old, new, processes) for processes in (1, 2)]
    assert reports[0] == reports[1]
    assert sum(one.witness is not None for one in reports[1].findings) == 2


@pytest.mark.usefixtures("shared")
def test_a_system_that_refuses_processes_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    limits = [{"type": "integer"}] * 3
    old = _document({name: {"type": "string"} for name in NAMES}, limits)
    new = _document({name: {"type": "string", "maxLength": 1} for name in NAMES}, limits)
    alone = _report(old, new, 1)
    monkeypatch.setattr(os, "fork", refuse)
    assert _report(old, new, 2) == alone


@pytest.mark.usefixtures("shared")
@settings(max_examples=25)
@given(SCHEMAS, SCHEMAS, st.sampled_from(NAMES))
def test_what_stands_in_several_places_is_told_where_it_is_met_first(
    old: dict[str, Any], new: dict[str, Any], shared: str
) -> None:
    """As YAML's aliases, and constants of a description in Python, make it."""
    documents = []
    for schemas in (old, new):
        document = _document(schemas, [{"type": "integer"}] * 3)
        own = document["components"]["schemas"][shared]
        for number, item in enumerate(document["paths"].values()):
            operation = item["post"]
            bodies = (operation["requestBody"], operation["responses"]["200"])
            bodies[number % 2]["content"] = {"application/json": {"schema": own}}
        documents.append(document)
    before, now = documents
    assert _report(before, now, 2) == _report(before, now, 1)
