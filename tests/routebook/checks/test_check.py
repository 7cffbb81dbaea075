"""What `check` makes of whole descriptions, and of values that are none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from descriptions import (
    ANSWER,
    GONE,
    OK,
    api,
    media,
    one,
    parameter,
    query,
    request,
    route,
)
from registry_api.v2 import API as REGISTRY
from routebook import (
    APIDescriptor,
    ErrorDescriptor,
    ErrorGroup,
    Finding,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    SecurityScheme,
    Type,
)
from routebook.checks import all_rules, check
from rule_cases import CASES


def said(subject: Any) -> list[tuple[str, str]]:
    return [(finding.rule, finding.place) for finding in check(subject)]


@pytest.mark.parametrize(("rule", "place", "subject"), CASES)
def test_rule(rule: str, place: str, subject: APIDescriptor) -> None:
    assert (rule, place) in [(finding.rule, finding.place) for finding in check(subject)]


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in all_rules()} == {rule for rule, _, _ in CASES}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_is_documented(rule: Any) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
    assert rule.level in {"error", "warning", "info"}
    assert rule.summary.endswith(".")
    assert rule.needs in {"", "overlaps", "schemas"}


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(ids) == len(set(ids))


def test_nothing_is_wrong_with_what_surrounds_the_cases() -> None:
    assert check(one()) == ()


def test_nothing_is_wrong_with_the_registry() -> None:
    assert [str(finding) for finding in check(REGISTRY) if finding.level != "info"] == []


def test_everything_is_told_at_once() -> None:
    subject = api(
        route("r", request(query_parameters=(parameter(regexp="("),)), path="/{x}"),
        route("r", request(successes=(replace(OK, status_code=700),)), path="/y"),
    )
    assert said(subject) == [
        ("duplicate-route", "routes[1]"),
        ("missing-path-parameter", "r.POST"),
        ("invalid-regexp", "r.POST.query[p].regexp"),
        ("status-range", "r.POST.successes[0].status_code"),
    ]


def test_what_is_shared_is_told_once() -> None:
    shared = parameter(regexp="(")
    subject = api(
        route("r", request(query_parameters=(shared,))),
        route("s", request(query_parameters=(shared,))),
    )
    (finding,) = check(subject)
    assert finding.place == "r.POST.query[p].regexp"
    assert finding.message.endswith("(and so in 1 more place)")


def test_the_nearest_name_is_given() -> None:
    subject = one(failures=(replace(ANSWER, error_codes=(replace(GONE, value="GONNE"),)),))
    assert "did you mean 'GONE'?" in check(subject)[0].hint


def test_what_takes_long_can_be_left_out() -> None:
    subject = api(
        route("r", request(), path="/a"),
        route("s", request(query_parameters=(parameter(schema={"type": "x"}),)), path="/a/"),
    )
    assert len(check(subject)) == 2
    assert len(check(subject, overlaps=False)) == 1
    assert check(subject, overlaps=False, schemas=False) == ()


def test_a_mended_description_is_judged_further() -> None:
    subject = api(routes=[route("r", request(query_parameters=parameter(regexp="(")))])
    assert ("invalid-regexp", "r.POST.query[p].regexp") in said(subject)
    assert ("wrong-type", "routes") in said(subject)


WRONG: list[Any] = [None, 3, "text", b"bytes", [], {}, object(), (None,), (3,), ("x",), GONE, True]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(
    "kind",
    [APIDescriptor, RouteDescriptor, MethodDescriptor, RequestDescriptor, ResponseDescriptor,
     ParameterDescriptor, MediaTypeDescriptor, ErrorDescriptor, ErrorGroup, SecurityScheme],
)  # fmt: skip
def test_no_value_in_any_field_gives_a_traceback(kind: Any, wrong: Any) -> None:
    for name in kind.__dataclass_fields__:
        findings = check(WITH[kind](name, wrong))
        assert all(isinstance(finding, Finding) for finding in findings)


def _parameter_with(name: str, wrong: Any) -> APIDescriptor:
    return query(replace(parameter(), **{name: wrong}))


WITH: dict[Any, Any] = {
    APIDescriptor: lambda name, wrong: replace(one(), **{name: wrong}),
    RouteDescriptor: lambda name, wrong: api(replace(route("r", request()), **{name: wrong})),
    MethodDescriptor: lambda name, wrong: api(route("r", request(), **{name: wrong})),
    RequestDescriptor: lambda name, wrong: one(**{name: wrong}),
    ResponseDescriptor: lambda name, wrong: one(failures=(replace(ANSWER, **{name: wrong}),)),
    ParameterDescriptor: _parameter_with,
    MediaTypeDescriptor: lambda name, wrong: one(body=media(**{name: wrong})),
    ErrorDescriptor: lambda name, wrong: api(
        error_groups=(ErrorGroup(name="g", errors=(GONE, replace(GONE, **{name: wrong}))),)
    ),
    ErrorGroup: lambda name, wrong: api(
        error_groups=(replace(ErrorGroup(name="g"), **{name: wrong}),)
    ),
    SecurityScheme: lambda name, wrong: api(
        security_schemes=(
            replace(SecurityScheme(name="s", type="http", scheme="basic"), **{name: wrong}),
        )
    ),
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: type(value).__name__)
def test_what_is_no_api_is_said(wrong: Any) -> None:
    assert [finding.rule for finding in check(wrong)] == ["wrong-type"]


def _deep(depth: int) -> Any:
    schema: Any = True
    for _ in range(depth):
        schema = {"items": schema}
    return schema


def _cyclic() -> Any:
    schema: dict[str, Any] = {}
    schema["items"] = schema
    return schema


ODD_SCHEMAS: list[Any] = [
    {1: 2},
    {"properties": {1: True}},
    {"type": {"string"}},
    {"enum": "x"},
    {"$ref": 3},
    {"$ref": "#/%ZZ"},
    {"$ref": "#/components/schemas/"},
    {"$ref": "#nowhere"},
    {"$id": "::", "$ref": "x"},
    {"$schema": 3},
    {"$schema": "urn:unknown"},
    {"patternProperties": {"(": True}},
    {"pattern": 3},
    {"properties": []},
    {"allOf": 3},
    {"multipleOf": 0},
    {"examples": 3},
    {"const": float("nan")},
    _deep(20),
    _deep(5000),
    _cyclic(),
]


@pytest.mark.parametrize("schema", ODD_SCHEMAS, ids=range(len(ODD_SCHEMAS)))
def test_no_schema_gives_a_traceback(schema: Any) -> None:
    subject = api(
        route("r", request(query_parameters=(parameter(schema=schema, examples=({"a": []},)),))),
        schemas={
            "S": schema,
            "Loop": {"$ref": "#/components/schemas/Loop"},
            "B": {"items": schema},
        },
    )
    assert all(isinstance(finding, Finding) for finding in check(subject))


def test_an_example_of_schemas_that_only_refer_to_each_other_is_passed_over() -> None:
    there, back = ({"$ref": f"#/components/schemas/{name}"} for name in ("Back", "There"))
    shown = parameter(type=Type.ANY, schema=there, examples=("x",))
    subject = api(
        route("r", request(query_parameters=(shown,))), schemas={"There": there, "Back": back}
    )
    assert [finding.rule for finding in check(subject)] == ["circular-schema"]


def test_documents_of_others_are_judged_mildly() -> None:
    subject, *_ = (case[2] for case in CASES if case[0] == "api-title")
    levels = {one.rule: one.level for one in check(subject)}
    mild = {one.rule: one.level for one in check(subject, outside=True)}
    assert levels["api-title"] == "error"
    assert mild["api-title"] == "warning"
