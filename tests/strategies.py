"""Hypothesis strategies for descriptions: answers, operations, and whole APIs.

`apis()` draws descriptions that are right: what a route's path names, its parameters describe;
operation ids, codes and names are unique; defaults are values of their schemas. Nearly every
field of every descriptor is drawn, so that a law that holds for them holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from json_strategies import SCHEMA_NAMES, extras, named_schemas, prose, words
from part_strategies import (
    COMPONENTS,
    TYPES,
    aliases,
    bodies,
    contacts,
    deprecations,
    envelopes,
    error_codes,
    examples,
    external_docs,
    licenses,
    links,
    media_types,
    names,
    optional,
    parameter_lists,
    parameters,
    security_schemes,
    servers,
    tags,
    tuples_of,
)
from routebook import (
    APIDescriptor,
    CallbackDescriptor,
    ComponentsDescriptor,
    Condition,
    ErrorGroup,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    SecurityRequirement,
)

STANDARD_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")


def responses(statuses: tuple[int | str, ...], codes: Any = error_codes) -> Any:
    """Answers with one of the statuses, and some of the codes."""
    return st.builds(
        ResponseDescriptor,
        status_code=st.sampled_from(statuses),
        name=st.sampled_from(["", "Found", "Not Found"]),
        summary=prose,
        description=prose,
        when=st.sampled_from(["", "Deleting is off"]),
        headers=parameter_lists("response header"),
        fields=parameter_lists("field"),
        error_codes=tuples_of(codes, 2, unique_by=lambda one: one.value),
        body=optional(bodies | envelopes),
        links=tuples_of(links, 1),
        aliases=aliases,
        component=st.sampled_from(COMPONENTS),
        extra=extras,
    )


@st.composite
def requests(
    draw: st.DrawFn,
    path: tuple[ParameterDescriptor, ...] = (),
    name: str = "",
    codes: Any = error_codes,
    body: bool = True,
) -> RequestDescriptor:
    """A request variant of a route whose path parameters are `path`."""
    whole = draw(st.integers(0, 9)) == 0
    return RequestDescriptor(
        name=name,
        description=draw(prose),
        when=draw(st.sampled_from(["", "The query has `n`."])),
        condition=draw(optional(st.builds(Condition, present=st.sampled_from([(), ("query.n",)])))),
        path_parameters=path,
        query_parameters=() if whole else draw(parameter_lists("query")),
        headers=draw(parameter_lists("header")),
        cookie_parameters=draw(parameter_lists("cookie")),
        querystring=ParameterDescriptor(
            name="q", content=(MediaTypeDescriptor(content_type=TYPES[0], schema=True),)
        )
        if whole
        else None,
        body=draw(optional(bodies)) if body else None,
        successes=draw(tuples_of(responses((200, 201, 304, "2XX"), codes))),
        failures=draw(tuples_of(responses((400, 404, "4XX", "default"), codes))),
        aliases=draw(aliases),
        extra=draw(extras),
    )


@st.composite
def methods(
    draw: st.DrawFn,
    method: str = "GET",
    path: tuple[ParameterDescriptor, ...] = (),
    scopes: tuple[str, ...] = (),
    codes: Any = error_codes,
    operation_id: str = "",
    depth: int = 1,
) -> MethodDescriptor:
    """A method, with one or more variants; `scopes` are the names of the security schemes."""
    variants = draw(st.sampled_from([("",), ("",), ("Whole",), ("Whole", "Part"), ("", "")]))
    needs = st.builds(
        SecurityRequirement,
        schemes=st.dictionaries(st.sampled_from(scopes), st.just(()), max_size=2)
        if scopes
        else st.just({}),
    )
    body = method not in {"GET", "HEAD", "DELETE", "TRACE"}
    return MethodDescriptor(
        method=method,
        description=draw(prose),
        requests=tuple(
            draw(requests(path=path, name=name, codes=codes, body=body)) for name in variants
        ),
        operation_id=operation_id,
        summary=draw(prose),
        tags=draw(tuples_of(names)),
        deprecated=draw(optional(deprecations)),
        security=draw(optional(tuples_of(needs))),
        servers=draw(tuples_of(servers, 1)),
        callbacks=draw(tuples_of(callbacks(), 1)) if depth and draw(st.booleans()) else (),
        external_docs=draw(optional(external_docs)),
        aliases=draw(aliases),
        extra=draw(extras),
    )


@st.composite
def callbacks(draw: st.DrawFn) -> CallbackDescriptor:
    route = RouteDescriptor(
        name="callback",
        path="{$request.body#/url}",
        methods=(draw(methods(method="POST", depth=0)),),
        component=draw(st.sampled_from(COMPONENTS)),
    )
    return CallbackDescriptor(
        name=draw(names),
        routes=(route,),
        component=draw(st.sampled_from(COMPONENTS)),
        extra=draw(extras),
    )


VARIABLES = (("id", ""), ("name", "[a-z]+(?:/[a-z]+)*"), ("digest", "[a-z0-9]+:[a-f0-9]{8}"))
"""Names and patterns of path variables; values of the second may span segments."""


@st.composite
def path_templates(draw: st.DrawFn, literal: str) -> tuple[str, tuple[str, ...]]:
    """A path that begins with its own literal segment, and the names of its variables."""
    chosen = draw(st.lists(st.sampled_from(VARIABLES), max_size=2, unique=True))
    path = f"/{literal}"
    for name, pattern in chosen:
        path += f"/{{{name}{':' if pattern else ''}{pattern}}}"
    return path + draw(st.sampled_from(["", "/list"])), tuple(name for name, _ in chosen)


@st.composite
def routes(
    draw: st.DrawFn,
    name: str = "route",
    scopes: tuple[str, ...] = (),
    codes: Any = error_codes,
    webhook: bool = False,
) -> RouteDescriptor:
    """A route whose paths do not meet those of a route of another name."""
    path, variables = ("", ()) if webhook else draw(path_templates(name))
    parts = tuple(draw(parameters(name=one, place="path")) for one in variables)
    verbs = draw(
        st.lists(
            st.sampled_from([*STANDARD_METHODS, "QUERY", "LINK"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    return RouteDescriptor(
        name=name,
        path=path,
        entity=draw(prose),
        summary=draw(prose),
        description=draw(prose),
        methods=tuple(
            draw(
                methods(
                    method=verb,
                    path=parts,
                    scopes=scopes,
                    codes=codes,
                    operation_id=draw(st.sampled_from(["", f"{verb.lower()}-{name}"])),
                )
            )
            for verb in verbs
        ),
        servers=draw(tuples_of(servers, 1)),
        aliases=draw(aliases),
        component=draw(st.sampled_from(COMPONENTS)),
        extra=draw(extras),
    )


def _kept(strategy: st.SearchStrategy[Any]) -> Any:
    """Parts that are shared under names that no other part has."""
    return st.lists(strategy, max_size=2).map(
        lambda parts: tuple(
            replace(one, component=f"Kept{number}") for number, one in enumerate(parts)
        )
    )


@st.composite
def shared_parts(draw: st.DrawFn) -> ComponentsDescriptor:
    """Components that are kept whether or not anything uses them."""
    lists = {
        "query_parameters": parameters(place="query"),
        "headers": parameters(place="response header"),
        "responses": responses((200, "default")),
        "bodies": bodies,
        "media_types": media_types,
        "examples": examples,
        "links": links,
    }
    chosen = draw(st.sets(st.sampled_from(sorted(lists)), max_size=2))
    return ComponentsDescriptor(
        **{name: draw(_kept(lists[name])) for name in sorted(chosen)}, extra=draw(extras)
    )


@st.composite
def apis(draw: st.DrawFn, most_routes: int = 2) -> APIDescriptor:
    """A whole description."""
    schemes = draw(tuples_of(security_schemes, 2, unique_by=lambda one: one.name))
    scopes = tuple(one.name for one in schemes)
    errors = draw(tuples_of(error_codes, 3, unique_by=lambda one: one.value))
    codes = st.sampled_from(errors) | error_codes if errors else error_codes
    count = draw(st.integers(0, most_routes))
    return APIDescriptor(
        title=draw(words),
        version=draw(st.sampled_from(["1.0", "2024-01-01", "v2"])),
        summary=draw(prose),
        description=draw(prose),
        terms_of_service=draw(st.sampled_from(["", "https://example.com/terms"])),
        contact=draw(optional(contacts)),
        license=draw(optional(licenses)),
        servers=draw(tuples_of(servers)),
        security_schemes=schemes,
        security=draw(
            st.sampled_from([None, (), (SecurityRequirement(),)])
            if not scopes
            else st.just((SecurityRequirement(schemes={scopes[0]: ()}),))
        ),
        tags=draw(tuples_of(tags, 2, unique_by=lambda one: one.name)),
        routes=tuple(
            draw(routes(name=f"route-{number}", scopes=scopes, codes=codes))
            for number in range(count)
        ),
        error_groups=(ErrorGroup(name="all", description=draw(prose), errors=errors),)
        if errors
        else (),
        schemas={name: draw(named_schemas) for name in SCHEMA_NAMES},
        components=draw(st.just(ComponentsDescriptor()) | shared_parts()),
        external_docs=draw(optional(external_docs)),
        webhooks=tuple(draw(tuples_of(routes(name="hook", webhook=True), 1))),
        json_schema_dialect=draw(
            st.sampled_from(["", "https://json-schema.org/draft/2020-12/schema"])
        ),
        self_uri=draw(st.sampled_from(["", "https://example.com/openapi.yaml"])),
        extra=draw(extras),
        info_extra=draw(extras),
    )
