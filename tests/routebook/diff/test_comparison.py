"""The comparison as a whole: policies, reach, stability, and where findings stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from types import GenericAlias
from typing import Any

import pytest

import routebook as rb
from routebook import APIDescriptor
from routebook.diff import diff
from routebook.diff.model import Change
from routebook.openapi import read, reading, write

TODAY = date(2026, 1, 1)
DONE = {"200": {"description": "Done"}}


def document(operation: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {"/things": {"get": {"responses": DONE, **operation}}},
        **parts,
    }


def api(operation: dict[str, Any], **parts: Any) -> APIDescriptor:
    return read(document(operation, **parts))


def said(old: APIDescriptor, new: APIDescriptor, **options: Any) -> list[tuple[str, str]]:
    return [(one.rule, one.level) for one in found(old, new, **options)]


def found(old: APIDescriptor, new: APIDescriptor, **options: Any) -> tuple[Change, ...]:
    return diff(old, new, today=TODAY, **options).findings


def test_what_makes_no_promise_yet_is_not_told_unless_asked_for() -> None:
    old = api({"x-stability-level": "alpha", "parameters": [{"name": "a", "in": "query"}]})
    new = api({"x-stability-level": "alpha"})
    assert said(old, new) == []
    assert said(old, new, stability="alpha") == [("request-parameter-removed", "warning")]


@pytest.mark.parametrize(
    ("before", "after", "rule", "level"),
    [
        ("beta", "stable", "request-property-stability-increased", "info"),
        ("stable", "beta", "request-property-stability-decreased", "error"),
        (None, "alpha", "request-property-stability-decreased", "error"),
        ("beta", "odd", "api-invalid-stability-level", "error"),
    ],
)
def test_properties_have_levels_of_stability_too(
    before: str | None, after: str | None, rule: str, level: str
) -> None:
    def with_level(value: str | None) -> APIDescriptor:
        mark = {"x-stability-level": value} if value else {}
        schema = {"type": "object", "properties": {"a": {"type": "string", **mark}}}
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
        return api({"requestBody": {"content": content}}, components={"schemas": {"Thing": schema}})

    (one,) = found(with_level(before), with_level(after))[:1]
    assert (one.rule, one.level, one.component, one.place) == (rule, level, "schemas/Thing", "a")


@pytest.mark.parametrize(
    ("sunset", "days", "rule"),
    [
        ("", 0, "endpoint-deprecated"),
        ("", 30, "api-deprecated-sunset-missing"),
        ("2026-01-20", 30, "api-sunset-date-too-small"),
        ("2026-06-01", 30, "endpoint-deprecated-with-sunset"),
        ("soon", 0, "api-deprecated-sunset-parse"),
    ],
)
def test_a_team_may_ask_for_a_time_between_deprecation_and_sunset(
    sunset: str, days: int, rule: str
) -> None:
    extra = {"x-sunset": sunset} if sunset else {}
    new = api({"deprecated": True, **extra})
    assert rule in [rule for rule, _ in said(api({}), new, stable_days=days)]


def test_one_cause_in_a_component_is_told_once_with_what_it_reaches() -> None:
    def with_limit(limit: int) -> APIDescriptor:
        body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
        schemas = {
            "A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
            "B": {"type": "array", "items": {"$ref": "#/components/schemas/A"}, "maxItems": limit},
        }
        operation = {"requestBody": body, "responses": DONE}
        paths = {f"/{n}": {"post": operation, "put": operation} for n in range(20)}
        return read({**document({}, components={"schemas": schemas}), "paths": paths})

    (one, *others) = found(with_limit(9), with_limit(5))
    assert (one.rule, one.component) == ("request-property-max-items-decreased", "schemas/B")
    assert len(one.operations) == 40
    assert [other.rule for other in others] == ["api-version-not-bumped"]


def test_findings_stand_in_both_files() -> None:
    text = """openapi: 3.1.0
info: {title: T, version: 1.0.0}
paths:
  /things:
    get:
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            maximum: 10
      responses: {'200': {description: Done}}
"""
    old = reading(text, name="old.yaml")
    new = reading(text.replace("maximum: 10", "maximum: 9"), name="new.yaml")
    report = diff(old.api, new.api, old_places=old.places, new_places=new.places, today=TODAY)
    one = report.findings[0]
    assert one.old is not None
    assert one.new is not None
    assert one.old.pointer == "/paths/~1things/get/parameters/0/schema/maximum"
    assert str(one.old.location) == "old.yaml:11:13"
    assert str(one.new.location) == "new.yaml:11:13"
    assert (one.old.value, one.new.value) == (10, 9)
    assert one.witness is not None
    assert one.witness.value == 10


LOCATED = """openapi: 3.1.0
info: {title: T, version: 1.0.0}
paths:
  /things/{id}:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - name: id
          in: path
          required: true
          schema: {type: string, pattern: "^[0-9]$"}
      responses:
        '200': {description: Done}
        '202': {description: Later}
    x-routebook: {path: "/things/{id:[0-9]}"}
components:
  schemas:
    Old: {type: string}
"""


@pytest.mark.parametrize(
    ("was", "now", "rule", "places"),
    [
        (
            "        - {name: limit, in: query, schema: {type: integer}}\n",
            "",
            "request-parameter-removed",
            ("old.yaml:7:11", "new.yaml:5:5"),
        ),
        (
            "        '202': {description: Later}\n",
            "",
            "response-success-status-removed",
            ("old.yaml:14:9", "new.yaml:5:5"),
        ),
        (
            "  /things/{id}:\n    get:",
            "  /things/{id}:\n    put:",
            "api-removed-without-deprecation",
            ("old.yaml:5:5", None),
        ),
        (
            "{id:[0-9]}",
            "{id:[1-9]}",
            "request-parameter-pattern-changed",
            ("old.yaml:8:11", "new.yaml:8:11"),
        ),
        ("    Old:", "    New:", "api-schema-added", (None, "new.yaml:18:5")),
        ("    Old:", "    New:", "api-schema-removed", ("old.yaml:18:5", None)),
    ],
)
def test_what_is_gone_stands_where_it_was_taken_out(
    was: str, now: str, rule: str, places: tuple[str | None, str | None]
) -> None:
    assert was in LOCATED
    old = reading(LOCATED, name="old.yaml")
    new = reading(LOCATED.replace(was, now), name="new.yaml")
    report = diff(old.api, new.api, old_places=old.places, new_places=new.places, today=TODAY)
    one = next(one for one in report.findings if one.rule == rule)
    sides = (side and str(side.location) for side in (one.old, one.new))
    assert tuple(sides) == places


ITEM = """openapi: 3.1.0
info: {title: T, version: 1.0.0}
paths:
  /things:
    parameters:
      - {name: q, in: query, schema: {type: string, maxLength: 9}}
      - {name: n, in: query}
    get: {responses: {'200': {description: Done}}}
    put: {responses: {'200': {description: Done}}}
    delete:
      parameters: [{name: n, in: query}]
      responses: {'200': {description: Done}}
"""


@pytest.mark.parametrize(
    ("was", "now", "rules", "reached", "places"),
    [
        ("9}", "5}", "request-parameter-max-length-(de|in)creased", 3, ("6:53", "6:53")),
        ("q, in: query,", "q, in: query, required: true,", ".*-became-.*", 3, ("6:9", "6:30")),
        ("      - {name: n, in: query}\n", "", ".*-parameter(-removed)?", 2, ("7:9", "4:3")),
    ],
    ids=["another schema", "another field", "gone"],
)
def test_a_parameter_of_a_path_is_told_once(
    was: str, now: str, rules: str, reached: int, places: tuple[str, str]
) -> None:
    old, new = reading(ITEM, name="a"), reading(ITEM.replace(was, now), name="b")
    for before, after in ((old, new), (new, old)):
        report = diff(
            before.api, after.api, old_places=before.places, new_places=after.places, today=TODAY
        )
        one, *others = report.findings
        assert re.fullmatch(rules, one.rule)
        assert len(one.operations) == reached
        assert {other.rule for other in others} <= {"api-version-not-bumped"}
        if before is old:
            sides = (side and str(side.location) for side in (one.old, one.new))
            assert tuple(sides) == (f"a:{places[0]}", f"b:{places[1]}")


def test_a_path_of_the_server_may_move_into_the_paths() -> None:
    old = api({}, servers=[{"url": "https://a.example/v1"}])
    moved = {**document({}, servers=[{"url": "https://a.example"}])}
    moved["paths"] = {"/v1/things": moved["paths"]["/things"]}
    assert {level for _, level in said(old, read(moved))} == {"info"}
    gone = {**document({}, servers=[{"url": "https://a.example/v2"}])}
    assert ("api-server-removed", "error") in said(old, read(gone))


def test_renamed_variables_and_headers_in_another_case_are_the_same() -> None:
    def named(variable: str, header: str) -> APIDescriptor:
        parameters = [
            {"name": variable, "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": header, "in": "header", "schema": {"type": "string"}},
        ]
        path = f"/things/{{{variable}}}"
        operation = {"responses": DONE, "parameters": parameters}
        return read({**document({}), "paths": {path: {"get": operation}}})

    assert found(named("id", "X-Trace"), named("thing", "x-trace")) == ()


@pytest.mark.parametrize(
    ("old", "new", "levels"),
    [
        ([], [{"key": []}], {"error"}),
        ([{"key": []}], [], {"info"}),
        ([{"key": []}], [{"key": []}, {}], {"info"}),
        ([{"key": []}, {}], [{"key": []}], {"error"}),
        ([{"key": []}], [{"key": []}, {"token": []}], {"info"}),
        ([{"key": []}], [{"key": [], "token": []}], {"error", "info"}),
        ([{"key": [], "token": []}], [{"key": []}], {"info"}),
        ([{"key": []}, {"token": []}], [{"token": []}, {"key": []}], set()),
    ],
)
def test_security_is_judged_by_whom_it_lets_in(
    old: list[Any], new: list[Any], levels: set[str]
) -> None:
    schemes = {
        "key": {"type": "apiKey", "name": "key", "in": "header"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    parts = {"components": {"securitySchemes": schemes}}
    report = said(api({"security": old}, **parts), api({"security": new}, **parts))
    assert {level for rule, level in report if "security" in rule} == levels


def test_many_small_comparisons_share_a_process() -> None:
    old = api({"parameters": [{"name": "a", "in": "query", "schema": {"type": "string"}}]})
    new = api({"parameters": [{"name": "a", "in": "query", "schema": {"type": "integer"}}]})
    reports = [found(old, new) for _ in range(50)]
    assert all(one == reports[0] for one in reports)


def answer(*required: str) -> dict[str, Any]:
    """A response whose body is an object that has some properties."""
    schema = {
        "type": "object",
        "required": list(required),
        "properties": {name: {"type": "string"} for name in required},
        "additionalProperties": False,
    }
    return {"description": "Answer", "content": {"application/json": {"schema": schema}}}


ADDED, GONE = "response-success-status-added", "response-success-status-removed"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"200": answer("a")}, {"default": answer("a")}, [(GONE, "error")]),
        ({"200": answer("a")}, {"2XX": answer("a")}, [(ADDED, "info"), (GONE, "info")]),
        (
            {"200": answer("a"), "default": answer("fault")},
            {"200": answer("a"), "201": answer("b"), "default": answer("fault")},
            [(ADDED, "info")],
        ),
        (
            {"200": answer("a"), "default": answer("fault")},
            {"200": answer("a"), "404": answer("b"), "default": answer("fault")},
            [
                ("response-required-property-removed", "error"),
                ("response-non-success-status-added", "info"),
                ("response-required-property-added", "info"),
            ],
        ),
    ],
)
def test_a_range_covers_a_status_and_default_covers_failures(
    before: dict[str, Any], after: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    told = said(api({"responses": before}), api({"responses": after}))
    apart = ("api-version", "response-default")
    assert sorted(one for one in told if not one[0].startswith(apart)) == sorted(expected)


@dataclass
class Book:
    title: str


@dataclass
class Shelf:
    books: list[Book]


def test_python_types_are_the_components_of_the_document_that_is_made_of_them() -> None:
    media = rb.MediaTypeDescriptor(content_type="application/json", schema=Shelf)
    answer = rb.ResponseDescriptor(
        status_code=200, description="It.", body=rb.BodyDescriptor(content=(media,))
    )
    method = rb.MethodDescriptor(
        method="GET", requests=(rb.RequestDescriptor(successes=(answer,)),)
    )
    described = rb.APIDescriptor(
        title="Shop",
        version="1",
        routes=(rb.RouteDescriptor(name="a", path="/a", methods=(method,)),),
    )
    written = read(write(described))
    assert set(written.schemas) == {"Book", "Shelf"}
    assert not diff(described, written).findings
    assert not diff(written, described).findings
    further = replace(written, schemas={**written.schemas, "Other": {}})
    (one,) = diff(described, further).findings
    assert (one.rule, one.message) == ("api-schema-added", "the schema `Other` is new")


@pytest.mark.parametrize("shared", [False, True])
def test_one_and_true_are_two_values(*, shared: bool) -> None:
    def with_const(value: Any) -> APIDescriptor:
        schema = {"const": value}
        named = {"components": {"schemas": {"Thing": schema}}} if shared else {}
        used = {"$ref": "#/components/schemas/Thing"} if shared else schema
        content = {"application/json": {"schema": used}}
        return api({"requestBody": {"content": content}}, **named)

    assert said(with_const(1), with_const(1.0)) == []
    assert [level for _, level in said(with_const(1), with_const(True))][:1] == ["error"]
    assert said(with_const(False), with_const(0)) != []


def _typed(maximum: int, wrap: Any) -> APIDescriptor:
    """An API of which an operation alone uses a type, which holds another."""
    bases: Any = (rb.TypedDict,)  # a class at run time
    inner = type("Inner", bases, {"__annotations__": {"size": int}})
    rb.JsonSchema({"properties": {"size": {"type": "integer", "maximum": maximum}}})(inner)
    outer = type("Outer", bases, {"__annotations__": {"inner": inner}})
    media = rb.MediaTypeDescriptor(content_type="application/json", schema=wrap(outer))
    request = rb.RequestDescriptor(body=rb.BodyDescriptor(content=(media,)))
    method = rb.MethodDescriptor(method="POST", requests=(request,))
    route = rb.RouteDescriptor(name="it", path="/it", methods=(method,))
    return APIDescriptor(title="T", version="1", routes=(route,))


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        lambda one: GenericAlias(list, (one,)),
        lambda one: {"type": "array", "items": one},
    ],
    ids=["itself", "list", "object"],
)
def test_types_in_types_that_no_name_lists_are_compared(wrap: Any) -> None:
    rules = said(_typed(9, wrap), _typed(8, wrap))
    assert ("request-property-max-decreased", "error") in rules
    assert said(_typed(9, wrap), _typed(9, wrap)) == []
