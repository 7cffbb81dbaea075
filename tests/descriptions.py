"""Small descriptions without a fault, to be given one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from routebook import (
    APIDescriptor,
    BodyDescriptor,
    ErrorDescriptor,
    ErrorGroup,
    ExampleDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)

OK = ResponseDescriptor(status_code=200, description="It is there.")
GONE = ErrorDescriptor(value="GONE", message="gone", http_status=404)
ENVELOPE = BodyDescriptor(content=(MediaTypeDescriptor(content_type="application/json"),))
ANSWER = ResponseDescriptor(status_code=404, error_codes=(GONE,), body=ENVELOPE)


def parameter(name: str = "p", **fields: Any) -> ParameterDescriptor:
    return ParameterDescriptor(name=name, **{"description": "A thing.", **fields})


def media(schema: Any = None, *examples: Any, **fields: Any) -> BodyDescriptor:
    shown = tuple(ExampleDescriptor(name=f"e{n}", value=v) for n, v in enumerate(examples))
    content = {"content_type": "application/json", "schema": schema, "examples": shown, **fields}
    return BodyDescriptor(content=(MediaTypeDescriptor(**content),))


def api(*routes: RouteDescriptor, **fields: Any) -> APIDescriptor:
    groups = (ErrorGroup(name="g", errors=(GONE,)),)
    used = route("used", request(failures=(ANSWER,)))
    return APIDescriptor(
        **{
            "title": "T",
            "version": "1",
            "routes": (*routes, used),
            "error_groups": groups,
            **fields,
        }
    )


def route(name: str, *requests: RequestDescriptor, path: str = "", **fields: Any) -> Any:
    given = {"method": "POST", "description": "It does.", "requests": requests, **fields}
    method = MethodDescriptor(**given)
    return RouteDescriptor(name=name, path=path or f"/{name}", methods=(method,))


def request(**fields: Any) -> RequestDescriptor:
    return RequestDescriptor(**{"successes": (OK,), **fields})


def one(**fields: Any) -> APIDescriptor:
    """An API whose route `r` has one request with these fields."""
    return api(route("r", request(**fields)))


def query(*parameters: ParameterDescriptor) -> APIDescriptor:
    return one(query_parameters=parameters)


def success(**fields: Any) -> APIDescriptor:
    return one(successes=(replace(OK, **fields),))


def failure(**fields: Any) -> APIDescriptor:
    return one(failures=(replace(ANSWER, **fields),))


def codes(*errors: ErrorDescriptor, **fields: Any) -> APIDescriptor:
    return api(error_groups=(ErrorGroup(name="g", errors=errors),), **fields)
