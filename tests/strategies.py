"""Hypothesis strategies for descriptions, from single schemas to whole APIs.

`apis()` draws descriptions that are right: what a route's path names, its parameters describe;
operation ids, codes and names are unique; defaults are values of their schemas. Nearly every
field of every descriptor is drawn, so that a law that holds for them holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from routebook import (
    APIDescriptor,
    BodyDescriptor,
    CallbackDescriptor,
    ComponentsDescriptor,
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

STANDARD_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
SCHEMA_NAMES = ("Pet", "Owner", "Tree")
COMPONENTS = ("", "", "", "Shared", "Other")
"""Few names, so that one stands for equal and for different parts alike."""
TYPES = ("application/json", "text/plain", "application/x-ndjson", "image/*", "multipart/form-data")

words = st.sampled_from(
    [
        "blob",
        "tag",
        "upload",
        "yes",
        "no",
        "12:30",
        "1e3",
        "0o10",
        "null",
        "2020-01-01",
        "été",
        "😀",
    ]
)
"""Texts of one word, most of which some YAML reader takes for something else."""

prose = st.one_of(
    st.just(""),
    words,
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.lists(words, min_size=1, max_size=30).map(" ".join),
    st.lists(st.sampled_from(["A | b.", "", "- item", "  code", "**x**", "`y`"]), max_size=5).map(
        "\n".join
    ),
)
"""What people write: empty, a word, a long line, lines with Markdown in them."""

json_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    words,
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
"""JSON data."""

given_values = json_values.filter(lambda value: value is not None)
"""JSON data but for null, which in a descriptor's field stands for nothing."""

extras: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["x-owner", "x-internal", "x-Y"]), json_values, max_size=1
) | st.just({})
"""Extra fields."""

names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
urls = st.sampled_from(["https://example.com/a", "https://example.org/{b}", "/relative"])
aliases = st.lists(names, max_size=2, unique=True).map(tuple)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def tuples_of(strategy: st.SearchStrategy[Any], most: int = 2, **more: Any) -> Any:
    return st.lists(strategy, max_size=most, **more).map(tuple)


_annotations = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "description": prose,
        "deprecated": st.booleans(),
        "readOnly": st.booleans(),
        "examples": st.lists(json_values, max_size=2),
        "$comment": words,
    },
)

_leaves = st.one_of(
    st.sampled_from(SCHEMA_NAMES).map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 9),
            "pattern": st.sampled_from(["^a", "^[a-z]+$", "a|b"]),
            "format": st.sampled_from(["uuid", "date-time", "binary", "byte"]),
            "contentEncoding": st.just("base64"),
            "contentMediaType": st.sampled_from(["application/octet-stream", "image/png"]),
            "enum": st.lists(words, min_size=1, max_size=3, unique=True),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(0, 9),
            "exclusiveMinimum": st.integers(0, 9),
            "exclusiveMaximum": st.integers(10, 99),
            "maximum": st.integers(10, 99),
            "multipleOf": st.sampled_from([1, 2, 0.5]),
        },
    ),
    st.sampled_from(
        [
            True,
            False,
            {},
            {"type": "null"},
            {"type": ["string", "null"]},
            {"type": ["integer", "string", "null"]},
            {"type": "boolean"},
            {"const": "a"},
            {"enum": [None]},
            {"enum": ["a", None, 1]},
        ]
    ),
)


def _composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of schemas."""
    several = st.lists(inner, min_size=1, max_size=2)
    no_names = inner.filter(lambda schema: isinstance(schema, bool) or "$ref" not in schema)
    parts = st.lists(no_names, min_size=1, max_size=2)  # a name here can be part of itself
    some = st.dictionaries(st.sampled_from(["name", "code", "a b"]), inner, max_size=2)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object")},
            optional={
                "properties": some,
                "required": st.lists(st.sampled_from(["name", "code"]), max_size=2, unique=True),
                "additionalProperties": inner,
                "patternProperties": st.dictionaries(st.just("^x-"), inner, max_size=1),
                "propertyNames": inner,
                "unevaluatedProperties": inner,
                "dependentRequired": st.just({"name": ["code"]}),
            },
        ),
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={
                "items": inner,
                "prefixItems": several,
                "contains": inner,
                "uniqueItems": st.booleans(),
            },
        ),
        st.fixed_dictionaries({}, optional={"anyOf": several, "oneOf": several, "allOf": parts}),
        st.fixed_dictionaries({"if": inner}, optional={"then": inner, "else": inner, "not": inner}),
    )


def _annotated(schema: Any) -> st.SearchStrategy[Any]:
    if isinstance(schema, bool):
        return st.just(schema)
    return _annotations.map(lambda more: {**schema, **more})


schemas = st.recursive(
    _leaves.flatmap(_annotated), lambda inner: _composed(inner).flatmap(_annotated), max_leaves=5
)
"""JSON Schema 2020-12 values; they may refer to the schemas named in `SCHEMA_NAMES`."""

named_schemas = schemas.filter(lambda schema: isinstance(schema, bool) or "$ref" not in schema)
"""What a name may stand for: not another name, since such names can go round in a circle."""

deprecations = st.builds(
    Deprecation,
    since=st.sampled_from(["", "2.1", "2024-01-01"]),
    sunset=st.sampled_from(["", "2030-01-01"]),
    replacement=st.sampled_from(["", "newOne"]),
)
contacts = st.builds(
    ContactDescriptor, name=words, url=st.sampled_from(["", "https://example.com"]), extra=extras
)
licenses = st.one_of(
    st.builds(LicenseDescriptor, name=words, identifier=st.just("Apache-2.0"), extra=extras),
    st.builds(LicenseDescriptor, name=words, url=st.just("https://example.com/licence")),
)
external_docs = st.builds(
    ExternalDocs, url=st.just("https://example.com/docs"), description=prose, extra=extras
)
_variables = st.builds(
    ServerVariable,
    name=names,
    default=st.just("a"),
    enum=st.sampled_from([(), ("a",), ("a", "b")]),
    description=prose,
    extra=extras,
)
servers = st.builds(
    ServerDescriptor,
    url=urls,
    name=st.sampled_from(["", "main"]),
    description=prose,
    variables=tuples_of(_variables, unique_by=lambda one: one.name),
    extra=extras,
)
tags = st.builds(
    TagDescriptor,
    name=names,
    summary=prose,
    description=prose,
    kind=st.sampled_from(["", "nav", "badge"]),
    external_docs=optional(external_docs),
    extra=extras,
)
_flows = st.sampled_from(["implicit", "clientCredentials", "deviceAuthorization"]).flatmap(
    lambda name: st.builds(
        OAuthFlow,
        name=st.just(name),
        authorization_url=st.just("https://a.example" if name == "implicit" else ""),
        device_authorization_url=st.just("https://d.example" if name[0] == "d" else ""),
        token_url=st.just("" if name == "implicit" else "https://t.example"),
        refresh_url=st.sampled_from(["", "https://r.example"]),
        scopes=st.dictionaries(names, prose, max_size=2),
        extra=extras,
    )
)
security_schemes = st.one_of(
    st.builds(
        SecurityScheme,
        name=names,
        type=st.just("http"),
        scheme=st.just("bearer"),
        description=prose,
        bearer_format=st.sampled_from(["", "JWT"]),
        deprecated=st.booleans(),
        extra=extras,
    ),
    st.builds(
        SecurityScheme,
        name=names,
        type=st.just("apiKey"),
        parameter=st.just("key"),
        location=st.sampled_from(["header", "query", "cookie"]),
    ),
    st.builds(
        SecurityScheme,
        name=names,
        type=st.just("oauth2"),
        flows=tuples_of(_flows, 3, unique_by=lambda one: one.name),
        oauth2_metadata_url=st.sampled_from(["", "https://m.example"]),
    ),
    st.builds(
        SecurityScheme,
        name=names,
        type=st.just("openIdConnect"),
        open_id_connect_url=st.just("https://o.example"),
    ),
    st.builds(SecurityScheme, name=names, type=st.just("mutualTLS")),
)

_example_names = st.sampled_from(["one", "two", "1"])
examples = st.one_of(
    st.builds(
        ExampleDescriptor,
        name=_example_names,
        summary=prose,
        description=prose,
        value=json_values,
        component=st.sampled_from(COMPONENTS),
        extra=extras,
    ),
    st.builds(ExampleDescriptor, name=_example_names, external_value=st.just("https://e.example")),
    st.builds(ExampleDescriptor, name=_example_names, extra=st.just({"serializedValue": "a"})),
)
_bare_examples = st.builds(ExampleDescriptor, value=json_values)
example_lists = st.one_of(
    st.just(()),
    _bare_examples.map(lambda one: (one,)),
    tuples_of(examples, 2, unique_by=lambda one: one.name),
)


@st.composite
def parameters(draw: st.DrawFn, name: str = "", place: str = "query") -> ParameterDescriptor:
    """A parameter for a place: `path`, `query`, `header`, `cookie`, `response header`, `field`."""
    kind, default = draw(
        st.sampled_from([(one, None) for one in Type] + [(Type.STRING, "a"), (Type.INTEGER, 1)])
    )
    content: tuple[MediaTypeDescriptor, ...] = ()
    schema = None
    if draw(st.integers(0, 9)) == 0:
        content = (
            draw(st.builds(MediaTypeDescriptor, content_type=st.just(TYPES[0]), schema=schemas)),
        )
    elif default is None:
        schema = draw(st.none() | schemas)
    query = place == "query"
    return ParameterDescriptor(
        name=name or draw(names),
        type=kind,
        description=draw(prose),
        required=place == "path" or draw(st.booleans()),
        format=draw(st.sampled_from(["", "<name>"])),
        regexp=draw(st.sampled_from(["", "", "[a-z]+", "a|b"])) if default is None else "",
        examples=draw(tuples_of(json_values | examples)),
        schema=schema,
        content=content,
        style=draw(st.sampled_from(["", "form"])) if query else "",
        explode=draw(st.sampled_from([None, True, False])),
        allow_reserved=query and draw(st.booleans()),
        allow_empty_value=query and draw(st.booleans()),
        default=default,
        deprecated=draw(optional(deprecations)),
        documented_only=place in {"header", "response header"} and draw(st.booleans()),
        component=draw(st.sampled_from(COMPONENTS)),
        extra=draw(extras),
    )


def parameter_lists(place: str) -> Any:
    return tuples_of(parameters(place=place), 2, unique_by=lambda one: one.name)


_encodings = st.builds(
    EncodingDescriptor,
    name=st.sampled_from(["name", "code"]),
    content_type=st.sampled_from(["", "image/png, image/jpeg"]),
    headers=parameter_lists("response header"),
    style=st.sampled_from(["", "form"]),
    explode=st.sampled_from([None, True, False]),
    allow_reserved=st.booleans(),
    extra=extras,
)
media_types = st.builds(
    MediaTypeDescriptor,
    content_type=st.sampled_from(TYPES),
    schema=optional(schemas),
    item_schema=optional(schemas),
    format=st.sampled_from(["", "<binary data>"]),
    examples=example_lists,
    encoding=tuples_of(_encodings, 1),
    component=st.sampled_from(COMPONENTS),
    extra=extras,
)
bodies = st.builds(
    BodyDescriptor,
    content=st.lists(
        media_types, min_size=1, max_size=2, unique_by=lambda one: one.content_type
    ).map(tuple),
    description=prose,
    required=st.booleans(),
    component=st.sampled_from(COMPONENTS),
    extra=extras,
)
links = st.builds(
    LinkDescriptor,
    name=names,
    operation_ref=st.just("#/paths/~1x/get"),
    parameters=st.dictionaries(names, st.just("$request.path.id"), max_size=2),
    request_body=json_values,
    description=prose,
    server=optional(servers),
    component=st.sampled_from(COMPONENTS),
    extra=extras,
)
error_codes = st.builds(
    ErrorDescriptor,
    value=st.sampled_from(["NAME_INVALID", "TOO_MANY", "UNKNOWN"]),
    message=prose,
    description=prose,
    http_status=st.sampled_from([400, 404, 429]),
    detail=optional(schemas),
    aliases=aliases,
)
"""Codes; those of one value need not be equal."""

ENVELOPE = {
    "type": "object",
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            },
        }
    },
}
"""The schema of an envelope of errors."""

_envelopes = st.builds(
    BodyDescriptor,
    content=st.builds(
        MediaTypeDescriptor,
        content_type=st.just(TYPES[0]),
        schema=st.just(ENVELOPE),
        examples=st.just(()) | st.just((ExampleDescriptor(name="UNKNOWN", value={}),)),
    ).map(lambda one: (one,)),
)


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
        body=optional(bodies | _envelopes),
        links=tuples_of(links, 1),
        aliases=aliases,
        component=st.sampled_from(COMPONENTS),
        extra=extras,
    )


_answers = st.lists(st.nothing(), max_size=0).map(tuple)


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
