"""What is written otherwise in a description and is the same on the wire, and what is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from routebook.diff import diff
from routebook.openapi import read

DONE = {"200": {"description": "Done"}}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
HOST = [{"url": "https://eu.zoo.example/v1"}]


def levels(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}
    sides = [read({**document, **side}) for side in (old, new)]
    report = diff(*sides, today=date(2026, 1, 1))
    return {one.level for one in report.findings if not one.rule.startswith("api-version")}


def operation(**parts: Any) -> dict[str, Any]:
    return {"paths": {"/things": {"post": {"responses": DONE, **parts}}}}


def parameter(**parts: Any) -> dict[str, Any]:
    one = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}, **parts}
    return operation(parameters=[one])


def part(schema: dict[str, Any], content_type: str = "") -> dict[str, Any]:
    media: dict[str, Any] = {"schema": {"type": "object", "properties": {"a": schema}}}
    if content_type:
        media["encoding"] = {"a": {"contentType": content_type}}
    return operation(requestBody={"content": {"multipart/form-data": media}})


def served(url: str, **variables: Any) -> dict[str, Any]:
    return {"servers": [{"url": url, "variables": variables}]}


def called_back(**parts: Any) -> dict[str, Any]:
    hook = {"post": {"responses": DONE, **parts}}
    return operation(callbacks={"done": {"{$request.body#/url}": hook}})


@pytest.mark.parametrize(
    ("url", "variables", "expected"),
    [
        ("HTTPS://EU.zoo.example/v1", {}, "info"),
        ("https://eu.zoo.example:443/v1/", {}, "info"),
        ("https://{r}.zoo.example/v1", {"r": {"default": "eu", "enum": ["eu", "us"]}}, "info"),
        ("https://{r}.zoo.example/{v}", {"r": {"default": "us"}, "v": {"default": "v2"}}, "info"),
        ("https://{r}.zoo.example/v1", {"r": {"default": "us", "enum": ["us"]}}, "error"),
        ("https://eu.zoo.example/V1", {}, "error"),
        ("http://eu.zoo.example/v1", {}, "error"),
        ("https://eu.zoo.example:8443/v1", {}, "error"),
        ("https://{r}.example/v1", {"r": {"default": "eu"}}, "info"),
        ("https://{r}/v1", {"r": {"default": "a"}}, "info"),
        ("https://eu.zoo.example/{v}/x", {"v": {"default": "v1"}}, "error"),
    ],
)
def test_a_server_is_there_as_long_as_its_urls_are(
    url: str, variables: dict[str, Any], expected: str
) -> None:
    new = served(url, **variables)
    assert max(levels({"servers": HOST}, new), key=["info", "error"].index) == expected
    own_old, own_new = operation(servers=HOST), operation(**new)
    assert max(levels(own_old, own_new), key=["info", "error"].index) == expected


def test_servers_with_many_variables_are_compared_in_no_time() -> None:
    names = [f"v{index}" for index in range(40)]
    free = {name: {"default": "x"} for name in names}
    url = "https://" + "x".join(f"{{{name}}}" for name in names)
    assert "error" in levels(served("https://" + "x" * 60 + "/y"), served(url, **free))
    assert "error" not in levels(served("https://" + "x" * 90), served(url, **free))


def test_a_server_with_too_many_urls_covers_itself_only() -> None:
    many = {name: {"default": "0", "enum": [*"0123456789"]} for name in "ab"}
    assert "error" in levels(served("https://{a}{b}.example", **many), served("https://1.example"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (KEY, {**KEY, "name": "x-key"}, set()),
        (KEY, {**KEY, "name": "X-Token"}, {"error"}),
        ({**KEY, "in": "query"}, {**KEY, "in": "query", "name": "x-key"}, {"error"}),
    ],
)
def test_names_of_headers_have_no_case(
    old: dict[str, str], new: dict[str, str], expected: set[str]
) -> None:
    def secured(scheme: dict[str, str]) -> dict[str, Any]:
        return {"security": [{"key": []}], "components": {"securitySchemes": {"key": scheme}}}

    assert levels(secured(old), secured(new)) == expected


@pytest.mark.parametrize(
    ("schema", "place", "expected"),
    [
        ({"type": "string"}, "header", "info"),
        ({"type": "integer"}, "query", "info"),
        ({"type": "array"}, "header", "info"),
        ({"type": "array"}, "query", "error"),
        ({"type": "object"}, "header", "error"),
        ({"type": ["string", "array"]}, "header", "info"),
        ({"type": ["string", "array"]}, "query", "error"),
        ({}, "header", "error"),
    ],
)
def test_only_lists_and_objects_are_exploded(
    schema: dict[str, Any], place: str, expected: str
) -> None:
    old = parameter(schema=schema, **{"in": place, "explode": False})
    new = parameter(schema=schema, **{"in": place, "explode": True})
    assert levels(old, new) == levels(new, old) == {expected}


@pytest.mark.parametrize(
    ("schema", "before", "after", "expected"),
    [
        ({"type": "object"}, "", "application/json", set()),
        ({"type": "string"}, "", "text/plain", set()),
        ({"type": "array", "items": {"type": "integer"}}, "", "text/plain", set()),
        ({"type": "string"}, "", "text/csv", {"error"}),
        ({"type": "string", "format": "binary"}, "", "text/plain", {"error"}),
        ({}, "", "text/plain", {"error"}),
        ({"type": "string"}, "image/png", "image/*", {"info"}),
        ({"type": "string"}, "image/*", "image/png", {"error"}),
        ({"type": "string"}, "image/png", "image/png, image/gif", {"info"}),
        ({"type": "string"}, "image/png", "image/gif", {"error"}),
    ],
)
def test_a_part_has_the_media_type_of_its_type(
    schema: dict[str, Any], before: str, after: str, expected: set[str]
) -> None:
    assert levels(part(schema, before), part(schema, after)) == expected


@pytest.mark.parametrize(("target", "expected"), [("Dog", set()), ("Cat", {"error"})])
def test_a_discriminator_maps_to_a_reference_or_to_a_name(target: str, expected: set[str]) -> None:
    def pets(target: str) -> dict[str, Any]:
        kinds = {"propertyName": "kind", "mapping": {"d": target}}
        whole = {"type": "object", "properties": {"kind": {"type": "string"}}}
        schemas = {
            "Pet": {**whole, "discriminator": kinds},
            "Dog": {**whole, "required": ["bark"]},
            "Cat": {**whole, "required": ["meow"]},
        }
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
        body = operation(requestBody={"content": content})
        return {**body, "components": {"schemas": schemas}}

    assert levels(pets("#/components/schemas/Dog"), pets(target)) == expected


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ({"parameters": [{"name": "n", "in": "query", "required": True}]}, {"error"}),
        ({"parameters": [{"name": "n", "in": "query"}]}, {"warning"}),
        ({"requestBody": {"content": {"application/json": {}}}}, {"error"}),
    ],
)
def test_who_is_called_back_misses_what_always_came(
    gone: dict[str, Any], expected: set[str]
) -> None:
    assert levels(called_back(**gone), called_back()) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([["a"], ["b"]], [["a", "c"], ["b"]], {("scope-added", "error")}),
        ([["a", "c"], ["b"]], [["a"], ["b"]], {("scope-removed", "info")}),
        ([["a"], ["b"]], [["a"], ["c"]], {("scope-added", "error"), ("scope-removed", "info")}),
        ([["a"], ["b"]], [["b"]], {("removed", "error")}),
        ([["a"], ["b"]], [["c"], ["d"]], {("added", "info"), ("removed", "error")}),
    ],
)
def test_scopes_are_told_where_one_alternative_of_a_scheme_changed(
    old: list[list[str]], new: list[list[str]], expected: set[tuple[str, str]]
) -> None:
    flow = {"tokenUrl": "https://zoo.example/token", "scopes": dict.fromkeys("abcd", "")}
    scheme = {"type": "oauth2", "flows": {"clientCredentials": flow}}

    def secured(ways: list[list[str]]) -> dict[str, Any]:
        asked = operation(security=[{"token": scopes} for scopes in ways])
        return {**asked, "components": {"securitySchemes": {"token": scheme}}}

    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    report = diff(read({**document, **secured(old)}), read({**document, **secured(new)}))
    start = "api-security-"
    found = [one for one in report.findings if one.rule.startswith(start)]
    assert {(one.rule.removeprefix(start), one.level) for one in found} == expected
