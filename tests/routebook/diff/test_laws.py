"""What holds for every description: nothing changed is nothing told, and so on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diff_edits import edits, media, response, with_media, with_request
from json_strategies import SCHEMA_NAMES, named_schemas, schemas
from routebook import APIDescriptor, BodyDescriptor, RequestDescriptor
from routebook.diff import diff
from routebook.diff.model import Report
from routebook.openapi import read, write
from strategies import apis

TODAY = date(2026, 1, 1)
few = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
"""Whole APIs take a while to draw."""
modest = settings(max_examples=15, deadline=None)


def compare(old: APIDescriptor, new: APIDescriptor) -> Report:
    return diff(old, new, today=TODAY, witnesses=False)


def grave(report: Report) -> list[str]:
    return [f"{one.level} {one.rule}: {one.message}" for one in report.at_least("warning")]


@few
@given(apis(most_routes=1), st.randoms(use_true_random=False))
def test_what_means_the_same_is_no_change(api: APIDescriptor, random: Any) -> None:
    """Itself, a copy, another version of OpenAPI, another order."""
    assert compare(api, api).findings == ()
    copy = read(write(api))
    assert grave(compare(api, copy)) == []
    assert grave(compare(copy, read(write(api, "3.0")))) == []
    shuffled = replace(
        api,
        routes=_shuffled(api.routes, random),
        tags=_shuffled(api.tags, random),
        servers=_shuffled(api.servers, random),
        security_schemes=_shuffled(api.security_schemes, random),
        schemas=dict(_shuffled(tuple(api.schemas.items()), random)),
    )
    assert grave(compare(api, shuffled)) == []


def _shuffled(parts: tuple[Any, ...], random: Any) -> tuple[Any, ...]:
    return tuple(random.sample(parts, len(parts)))


def test_what_is_told_is_complete_and_the_same_each_time() -> None:
    for edit in list(edits())[::3]:
        there, back = compare(edit.old, edit.new), compare(edit.new, edit.old)
        for found in there.findings:
            assert found.level in ("error", "warning", "info")
            assert found.message
            assert found.reason
        assert there == compare(edit.old, edit.new)
        gone = ("api-path-removed", "api-removed", "api-path-sunset-parse")
        assert _operations(there, *gone) == _operations(back, "endpoint-added")


def _operations(report: Report, *rules: str) -> set[tuple[str, str]]:
    return {(one.method, one.path) for one in report.findings if one.rule.startswith(rules)}


named = st.fixed_dictionaries(dict.fromkeys(SCHEMA_NAMES, named_schemas))


def both_ways(schema: Any, schemas: dict[str, Any]) -> APIDescriptor:
    """An API that takes and gives a schema."""
    body = BodyDescriptor(content=(media(schema=schema),))
    return replace(
        with_request(RequestDescriptor(body=body, successes=(response(body=body),))),
        schemas=schemas,
    )


@modest
@given(schemas, named)
def test_renaming_components_is_no_change(schema: Any, held: dict[str, Any]) -> None:
    text = json.dumps([schema, held]).replace("schemas/Pet", "schemas/Animal")
    renamed, others = json.loads(text)
    others["Animal"] = others.pop("Pet")
    assert grave(compare(both_ways(schema, held), both_ways(renamed, others))) == []


@modest
@given(schemas, named)
def test_extracting_and_inlining_a_component_is_no_change(
    schema: Any, held: dict[str, Any]
) -> None:
    extracted = {"$ref": "#/components/schemas/Extracted"}
    inline = both_ways(schema, held)
    shared = both_ways(extracted, {**held, "Extracted": schema})
    assert grave(compare(inline, shared)) == []
    assert grave(compare(shared, inline)) == []


@modest
@given(schemas, named)
def test_wrapping_in_all_of_is_no_change(schema: Any, held: dict[str, Any]) -> None:
    wrapped = {"allOf": [schema]}
    assert grave(compare(both_ways(schema, held), both_ways(wrapped, held))) == []


NARROWED = (
    ("maximum", {"type": "integer"}, lambda low, high: (high, low)),
    ("minimum", {"type": "integer"}, lambda low, high: (low, high)),
    ("maxLength", {"type": "string"}, lambda low, high: (high, low)),
    ("minLength", {"type": "string"}, lambda low, high: (low, high)),
    ("maxItems", {"type": "array"}, lambda low, high: (high, low)),
    ("maxProperties", {"type": "object"}, lambda low, high: (high, low)),
)


@modest
@given(st.sampled_from(NARROWED), st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_what_narrows_breaks_requests_and_its_undoing_responses(
    how: Any, low: int, more: int, nested: bool
) -> None:
    keyword, schema, order = how
    wide, narrow = ({**schema, keyword: value} for value in order(low, low + more))
    if nested:
        wide, narrow = ({"type": "object", "properties": {"p": one}} for one in (wide, narrow))
    there = compare(_request(wide), _request(narrow))
    back = compare(_request(narrow), _request(wide))
    assert [one.level for one in there.findings if "version" not in one.rule] == ["error"]
    assert [one.level for one in back.findings] == ["info"]
    there = compare(_response(wide), _response(narrow))
    back = compare(_response(narrow), _response(wide))
    assert [one.level for one in there.findings] == ["info"]
    assert [one.level for one in back.findings if "version" not in one.rule] == ["error"]


def _request(schema: Any) -> APIDescriptor:
    return with_media(media(schema=schema), request=True)


def _response(schema: Any) -> APIDescriptor:
    return with_media(media(schema=schema), request=False)
