"""The bundled registry API against itself, and against next versions that break something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from registry_api.v2 import API
from routebook import (
    APIDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.diff import diff
from routebook.diff.model import Change
from routebook.openapi import read, write


def changes(new: APIDescriptor, old: APIDescriptor = API) -> list[Change]:
    return list(diff(old, new, today=date(2026, 1, 1), witnesses=False).findings)


def said(new: APIDescriptor, old: APIDescriptor = API) -> set[tuple[str, str, str, str]]:
    return {(one.rule, one.level, one.method, one.path) for one in changes(new, old)}


def with_methods(
    change: Callable[[RouteDescriptor, MethodDescriptor], MethodDescriptor],
) -> APIDescriptor:
    routes = (
        replace(route, methods=tuple(change(route, method) for method in route.methods))
        for route in API.routes
    )
    return replace(API, routes=tuple(routes))


def with_requests(
    name: str, method: str, change: Callable[[RequestDescriptor], RequestDescriptor]
) -> APIDescriptor:
    def changed(route: RouteDescriptor, one: MethodDescriptor) -> MethodDescriptor:
        if (route.name, one.method) != (name, method):
            return one
        return replace(one, requests=tuple(map(change, one.requests)))

    return with_methods(changed)


def test_it_is_itself() -> None:
    assert changes(API) == []


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_its_openapi_document_is_itself(version: str) -> None:
    copy = read(write(API, version))
    assert changes(copy) == []
    assert changes(API, copy) == []


def test_a_variant_that_is_gone_breaks_those_who_use_it() -> None:
    new = with_methods(
        lambda _, method: replace(
            method, requests=tuple(one for one in method.requests if one.name != "Mount Blob")
        )
    )
    path = "/v2/{name}/blobs/uploads/"
    assert said(new) == {("request-variant-removed", "error", "POST", path)}
    assert said(API, new) == {("request-variant-added", "info", "POST", path)}


def test_a_code_that_a_response_may_newly_carry_breaks_who_decides_by_it() -> None:
    code = next(code for group in API.error_groups for code in group)

    def carrying(request: RequestDescriptor) -> RequestDescriptor:
        first, *others = request.failures
        assert code not in first.error_codes
        first = replace(first, error_codes=(*first.error_codes, code))
        return replace(request, failures=(first, *others))

    new = with_requests("base", "GET", carrying)
    assert ("response-error-code-added", "error", "GET", "/v2/") in said(new)
    assert ("response-error-code-removed", "info", "GET", "/v2/") in said(API, new)


def test_a_code_that_is_sent_with_another_status_breaks() -> None:
    groups = tuple(
        replace(group, errors=tuple(replace(code, http_status=418) for code in group))
        for group in API.error_groups
    )
    levels = {(one.rule, one.level) for one in changes(replace(API, error_groups=groups))}
    assert levels == {("error-code-status-changed", "error")}


def test_a_code_that_is_gone_is_told() -> None:
    groups = tuple(replace(group, errors=group.errors[1:]) for group in API.error_groups)
    rules = {one.rule for one in changes(replace(API, error_groups=groups))}
    assert rules == {"error-code-removed"}


def test_a_tightened_path_breaks_all_operations_of_the_route_at_once() -> None:
    routes = tuple(
        replace(route, path=route.path.replace("{uuid:", "{uuid:x")) for route in API.routes
    )
    (found,) = changes(replace(API, routes=routes))
    assert (found.rule, found.level) == ("request-parameter-pattern-changed", "error")
    assert [one.method for one in found.operations] == ["GET", "PATCH", "PUT", "DELETE"]


def test_a_renamed_variable_is_no_change() -> None:
    def renamed(route: RouteDescriptor) -> RouteDescriptor:
        methods = tuple(
            replace(method, requests=tuple(map(_renamed, method.requests)))
            for method in route.methods
        )
        return replace(route, path=route.path.replace("{name:", "{repository:"), methods=methods)

    new = replace(API, routes=tuple(map(renamed, API.routes)))
    assert not [one for one in changes(new) if one.level != "info"]


def _renamed(request: RequestDescriptor) -> RequestDescriptor:
    parameters = tuple(
        replace(one, name="repository") if one.name == "name" else one
        for one in request.path_parameters
    )
    return replace(request, path_parameters=parameters)


def test_a_response_that_is_gone_breaks_when_it_was_a_success() -> None:
    def without(request: RequestDescriptor) -> RequestDescriptor:
        return replace(request, successes=())

    new = with_requests("catalog", "GET", without)
    rules = {(one.rule, one.level) for one in changes(new)}
    assert rules == {
        ("response-success-status-removed", "error"),
        ("response-non-success-status-removed", "info"),
    }


def test_one_cause_is_told_once_with_all_operations() -> None:
    """A header that one object describes for many operations."""

    host = next(
        one
        for route in API.routes
        for method in route.methods
        for request in method.requests
        for one in request.headers
        if one.name == "Host"
    )
    other = replace(host, required=not host.required)

    def changed(request: RequestDescriptor) -> RequestDescriptor:
        headers = tuple(other if one is host else one for one in request.headers)
        return replace(request, headers=headers)

    new = with_methods(
        lambda _, method: replace(method, requests=tuple(map(changed, method.requests)))
    )
    (found,) = changes(new)
    assert found.rule.startswith("request-parameter-became-")
    assert len(found.operations) > 5


def test_statuses_are_covered_by_ranges() -> None:
    def ranged(response: ResponseDescriptor) -> ResponseDescriptor:
        return replace(response, status_code="2XX") if response.status_code == 200 else response

    new = with_requests(
        "catalog",
        "GET",
        lambda request: replace(request, successes=tuple(map(ranged, request.successes))),
    )
    assert {one.level for one in changes(new)} == {"info"}
