"""Edits of descriptions, one at a time: each field of each descriptor, added, changed, removed.

The fields are found by reflection, so that a new one is an edit that no rule sees yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, replace
from itertools import pairwise
from typing import Any, NamedTuple

from routebook import (
    APIDescriptor,
    BodyDescriptor,
    CallbackDescriptor,
    Condition,
    ContactDescriptor,
    Deprecation,
    EncodingDescriptor,
    ErrorDescriptor,
    ErrorGroup,
    ExampleDescriptor,
    ExternalDocs,
    LicenseDescriptor,
    LinkDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    OAuthFlow,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    ServerVariable,
    TagDescriptor,
    Type,
)

WORD = {"type": "string"}
NUMBER = {"type": "integer"}


def media(**said: Any) -> MediaTypeDescriptor:
    return MediaTypeDescriptor(**{"content_type": "application/json", "schema": WORD, **said})


def parameter(**said: Any) -> ParameterDescriptor:
    return ParameterDescriptor(**{"name": "limit", **said})


def response(**said: Any) -> ResponseDescriptor:
    return ResponseDescriptor(**{"status_code": 200, **said})


def method(**said: Any) -> MethodDescriptor:
    return MethodDescriptor(**{"method": "POST", **said})


def route(**said: Any) -> RouteDescriptor:
    return RouteDescriptor(**{"name": "things", "path": "/things/{id}", **said})


def api(**said: Any) -> APIDescriptor:
    return APIDescriptor(**{"title": "T", "version": "1.0.0", **said})


def with_method(one: MethodDescriptor) -> APIDescriptor:
    return api(
        routes=(route(methods=(one,)),),
        security_schemes=(
            SecurityScheme(name="key", type="apiKey", parameter="k", location="query"),
        ),
        security=(SecurityRequirement(schemes={"key": ()}),),
    )


def with_request(one: RequestDescriptor) -> APIDescriptor:
    return with_method(method(requests=(one,)))


def with_response(one: ResponseDescriptor) -> APIDescriptor:
    failed = str(one.status_code)[:1] in "45d"
    held: dict[str, Any] = {"failures" if failed else "successes": (one,)}
    return with_request(RequestDescriptor(**held))


def with_media(one: MediaTypeDescriptor, *, request: bool) -> APIDescriptor:
    body = BodyDescriptor(content=(one,))
    return (
        with_request(RequestDescriptor(body=body))
        if request
        else with_response(response(body=body))
    )


def with_callback(one: RouteDescriptor) -> APIDescriptor:
    return with_method(method(callbacks=(CallbackDescriptor(name="done", routes=(one,)),)))


HELD: dict[type[Any], dict[str, tuple[Any, Callable[[Any], APIDescriptor]]]] = {
    APIDescriptor: {"": (api(), lambda one: one)},
    RouteDescriptor: {
        "": (route(methods=(method(),)), lambda one: api(routes=(one,))),
        "webhook": (
            RouteDescriptor(name="made", path="", methods=(method(),)),
            lambda one: api(webhooks=(one,)),
        ),
    },
    MethodDescriptor: {
        "": (method(), with_method),
        "webhook": (
            method(),
            lambda one: api(webhooks=(RouteDescriptor(name="made", path="", methods=(one,)),)),
        ),
    },
    RequestDescriptor: {
        "": (RequestDescriptor(), with_request),
        "callback": (
            RequestDescriptor(),
            lambda one: with_callback(
                RouteDescriptor(name="c", path="{$url}", methods=(method(requests=(one,)),))
            ),
        ),
    },
    Condition: {
        "": (Condition(), lambda one: with_request(RequestDescriptor(condition=one))),
    },
    BodyDescriptor: {
        "request": (
            BodyDescriptor(content=(media(),)),
            lambda one: with_request(RequestDescriptor(body=one)),
        ),
    },
    MediaTypeDescriptor: {
        "request": (media(), lambda one: with_media(one, request=True)),
        "response": (media(), lambda one: with_media(one, request=False)),
    },
    EncodingDescriptor: {
        "request": (
            EncodingDescriptor(name="part"),
            lambda one: with_media(media(encoding=(one,)), request=True),
        ),
        "response": (
            EncodingDescriptor(name="part"),
            lambda one: with_media(media(encoding=(one,)), request=False),
        ),
    },
    ParameterDescriptor: {
        "query": (
            parameter(),
            lambda one: with_request(RequestDescriptor(query_parameters=(one,))),
        ),
        "header": (parameter(), lambda one: with_request(RequestDescriptor(headers=(one,)))),
        "cookie": (
            parameter(),
            lambda one: with_request(RequestDescriptor(cookie_parameters=(one,))),
        ),
        "path": (
            parameter(name="id"),
            lambda one: with_request(RequestDescriptor(path_parameters=(one,))),
        ),
        "querystring": (
            parameter(),
            lambda one: with_request(RequestDescriptor(querystring=one)),
        ),
        "response header": (parameter(), lambda one: with_response(response(headers=(one,)))),
        "response field": (parameter(), lambda one: with_response(response(fields=(one,)))),
        "part header": (
            parameter(),
            lambda one: with_media(
                media(encoding=(EncodingDescriptor(name="part", headers=(one,)),)), request=True
            ),
        ),
    },
    ResponseDescriptor: {
        "success": (response(), with_response),
        "failure": (response(status_code=404), with_response),
    },
    LinkDescriptor: {
        "": (LinkDescriptor(name="next"), lambda one: with_response(response(links=(one,)))),
    },
    CallbackDescriptor: {
        "": (
            CallbackDescriptor(name="done"),
            lambda one: with_method(method(callbacks=(one,))),
        ),
    },
    ExampleDescriptor: {
        "": (
            ExampleDescriptor(name="one"),
            lambda one: with_media(media(examples=(one,)), request=True),
        ),
    },
    ErrorDescriptor: {
        "": (
            ErrorDescriptor(value="GONE"),
            lambda one: api(error_groups=(ErrorGroup(name="all", errors=(one,)),)),
        ),
    },
    ErrorGroup: {"": (ErrorGroup(name="all"), lambda one: api(error_groups=(one,)))},
    SecurityScheme: {
        "": (
            SecurityScheme(name="key", type="http"),
            lambda one: api(
                security_schemes=(one,), security=(SecurityRequirement(schemes={one.name: ()}),)
            ),
        ),
    },
    OAuthFlow: {
        "": (
            OAuthFlow(name="implicit"),
            lambda one: api(
                security_schemes=(SecurityScheme(name="o", type="oauth2", flows=(one,)),)
            ),
        ),
    },
    SecurityRequirement: {
        "": (SecurityRequirement(), lambda one: api(security=(one,))),
        "operation": (SecurityRequirement(), lambda one: with_method(method(security=(one,)))),
    },
    ServerDescriptor: {
        "": (ServerDescriptor(url="https://a"), lambda one: api(servers=(one,))),
        "operation": (
            ServerDescriptor(url="https://a"),
            lambda one: with_method(method(servers=(one,))),
        ),
    },
    ServerVariable: {
        "": (
            ServerVariable(name="r", default="eu"),
            lambda one: api(servers=(ServerDescriptor(url="https://{r}", variables=(one,)),)),
        ),
    },
    TagDescriptor: {"": (TagDescriptor(name="t"), lambda one: api(tags=(one,)))},
    ContactDescriptor: {"": (ContactDescriptor(), lambda one: api(contact=one))},
    LicenseDescriptor: {"": (LicenseDescriptor(name="MIT"), lambda one: api(license=one))},
    ExternalDocs: {"": (ExternalDocs(url="https://a"), lambda one: api(external_docs=one))},
    Deprecation: {
        "operation": (Deprecation(), lambda one: with_method(method(deprecated=one))),
        "parameter": (
            Deprecation(),
            lambda one: with_request(
                RequestDescriptor(query_parameters=(parameter(deprecated=one),))
            ),
        ),
    },
}
"""For each class of descriptors: its positions, each with a descriptor and what it stands in."""

BY_FIELD: dict[str, tuple[Any, ...]] = {
    "status_code": (201, "4XX", "default"),
    "http_status": (404, 410),
    "method": ("PUT", "QUERY"),
    "path": ("/things/{id:[a-z]+}", "/others"),
    "default": ("a", "b"),
    "schema": (NUMBER, {"type": "boolean"}),
    "item_schema": (WORD, NUMBER),
    "detail": (WORD, NUMBER),
    "type": (Type.INTEGER, Type.BOOLEAN),
    "location": ("header", "query"),
    "content_type": ("text/plain", "application/vnd.acme+json"),
    "style": ("spaceDelimited", "deepObject"),
    "explode": (True, False),
    "sunset": ("9999-01-01", "9999-12-31"),
    "url": ("https://b", "https://c"),
    "security": ((), (SecurityRequirement(schemes={"other": ()}),)),
    "schemes": ({"key": ()}, {"key": ("read",)}, {"other": ()}),
    "scopes": ({"read": "Read"}, {"read": "Read all"}),
    "parameters": ({"a": "$request.body"}, {"a": "$response.body"}),
    "schemas": ({"Thing": WORD}, {"Other": WORD}),
    "extra": ({"x-a": 1}, {"x-a": 2}),
    "info_extra": ({"x-a": 1}, {"x-a": 2}),
    "regexp": ("[a-z]+", "[0-9]+"),
    "examples": (("a",), ("b",)),
    "value": ("A", "B"),
    "request_body": ("$request.body", "$request.body#/a"),
    "contact": (ContactDescriptor(name="A"), ContactDescriptor(name="B")),
    "license": (LicenseDescriptor(name="A"), LicenseDescriptor(name="B")),
    "external_docs": (ExternalDocs(url="https://a"), ExternalDocs(url="https://b")),
    "server": (ServerDescriptor(url="https://a"), ServerDescriptor(url="https://b")),
    "servers": ((ServerDescriptor(url="https://a"),), (ServerDescriptor(url="https://b"),)),
    "variables": ((ServerVariable(name="a", default="b"),), ()),
    "deprecated": (Deprecation(), None),
    "condition": (Condition(present=("body",)), Condition(absent=("body",))),
    "body": (BodyDescriptor(content=(media(),)), BodyDescriptor(content=(media(schema=NUMBER),))),
    "content": ((media(),), (media(schema=NUMBER),), (media(content_type="text/csv"),)),
    "encoding": ((EncodingDescriptor(name="a", style="deepObject"),), ()),
    "querystring": (parameter(), parameter(required=True)),
    "flows": ((OAuthFlow(name="implicit"),), (OAuthFlow(name="password"),)),
    "successes": ((response(),), (response(status_code=201),)),
    "failures": ((response(status_code=404),), (response(status_code=409),)),
    "links": ((LinkDescriptor(name="next"),), (LinkDescriptor(name="last"),)),
    "callbacks": ((CallbackDescriptor(name="a"),), (CallbackDescriptor(name="b"),)),
    "error_codes": ((ErrorDescriptor(value="A"),), (ErrorDescriptor(value="B"),)),
    "errors": ((ErrorDescriptor(value="A"),), (ErrorDescriptor(value="B"),)),
    "error_groups": ((ErrorGroup(name="a", errors=(ErrorDescriptor(value="A"),)),), ()),
    "security_schemes": ((SecurityScheme(name="a", type="http"),), ()),
    "methods": ((method(method="PUT"),), (method(method="DELETE"),)),
    "routes": ((route(methods=(method(),)),), (route(path="/o", methods=(method(),)),)),
    "webhooks": ((RouteDescriptor(name="w", path="", methods=(method(),)),), ()),
    "requests": ((RequestDescriptor(headers=(parameter(),)),), (RequestDescriptor(name="a"),)),
    "components": (),
}
"""Values of a field, by its name, where its type does not give them."""

PARAMETERS = ("headers", "path_parameters", "query_parameters", "cookie_parameters", "fields")
BY_OWNER: dict[tuple[str, str], tuple[Any, ...]] = {
    ("APIDescriptor", "tags"): ((TagDescriptor(name="a"),), (TagDescriptor(name="b"),)),
    ("SecurityScheme", "type"): ("apiKey", "oauth2"),
    ("SecurityScheme", "deprecated"): (True,),
    ("TagDescriptor", "deprecated"): (True,),
    ("ServerVariable", "default"): ("us", "asia"),
    ("ServerVariable", "enum"): (("eu",), ("eu", "us")),
    ("MediaTypeDescriptor", "examples"): (
        (ExampleDescriptor(value="a"),),
        (ExampleDescriptor(value="b"),),
    ),
    ("CallbackDescriptor", "routes"): (
        (RouteDescriptor(name="c", path="{$url}", methods=(method(),)),),
        (RouteDescriptor(name="c", path="{$other}", methods=(method(),)),),
    ),
}
"""The same where one name means several things."""


class Edit(NamedTuple):
    """One edit of a description."""

    owner: str
    field: str
    position: str
    action: str
    value: str
    old: APIDescriptor
    new: APIDescriptor

    def __str__(self) -> str:
        position = self.position or "plain"
        return f"{self.owner}.{self.field} {self.action} ({position}): {self.value}"


def edits() -> Iterator[Edit]:
    """Every edit."""
    for owner, positions in HELD.items():
        for position, (base, held) in positions.items():
            for field in fields(owner):
                yield from _of_field(owner.__name__, field, position, base, held)


def _of_field(
    owner: str,
    field: Field[Any],
    position: str,
    base: Any,
    held: Callable[[Any], APIDescriptor],
) -> Iterator[Edit]:
    before = held(base)
    values = _values(owner, field)
    changed = [(repr(value), held(replace(base, **{field.name: value}))) for value in values]
    for value, after in changed:
        yield Edit(owner, field.name, position, "added", value, before, after)
        yield Edit(owner, field.name, position, "removed", value, after, before)
    for (_, one), (value, other) in pairwise(changed):
        yield Edit(owner, field.name, position, "changed", value, one, other)


def _values(owner: str, field: Field[Any]) -> tuple[Any, ...]:
    """A few values of a field that are not the usual one."""
    if (owner, field.name) in BY_OWNER:
        return BY_OWNER[owner, field.name]
    if field.name in PARAMETERS:
        return ((parameter(),), (parameter(required=True),))
    if field.name in BY_FIELD:
        return BY_FIELD[field.name]
    usual = None if field.default is MISSING else field.default
    if isinstance(usual, bool):
        return (not usual,)
    if usual == () or str(field.type).startswith("tuple[str"):
        return (("a",), ("b",))
    return ("one", "other")
