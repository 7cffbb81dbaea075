"""Hypothesis strategies for the parts of descriptions: what operations send, and share."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from json_strategies import extras, json_values, prose, schemas, words
from routebook import (
    BodyDescriptor,
    ContactDescriptor,
    Deprecation,
    EncodingDescriptor,
    ErrorDescriptor,
    ExampleDescriptor,
    ExternalDocs,
    LicenseDescriptor,
    LinkDescriptor,
    MediaTypeDescriptor,
    OAuthFlow,
    ParameterDescriptor,
    SecurityScheme,
    ServerDescriptor,
    ServerVariable,
    TagDescriptor,
    Type,
)

COMPONENTS = ("", "", "", "Shared", "Other")
"""Few names, so that one stands for equal and for different parts alike."""
TYPES = ("application/json", "text/plain", "application/x-ndjson", "image/*", "multipart/form-data")

names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
urls = st.sampled_from(["https://example.com/a", "https://example.org/{b}", "/relative"])
aliases = st.lists(names, max_size=2, unique=True).map(tuple)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def tuples_of(strategy: st.SearchStrategy[Any], most: int = 2, **more: Any) -> Any:
    return st.lists(strategy, max_size=most, **more).map(tuple)


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

envelopes = st.builds(
    BodyDescriptor,
    content=st.builds(
        MediaTypeDescriptor,
        content_type=st.just(TYPES[0]),
        schema=st.just(ENVELOPE),
        examples=st.just(()) | st.just((ExampleDescriptor(name="UNKNOWN", value={}),)),
    ).map(lambda one: (one,)),
)
