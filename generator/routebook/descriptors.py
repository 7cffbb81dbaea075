"""The vocabulary: an HTTP API described once, as frozen values.

The tree is `APIDescriptor` > `RouteDescriptor` > `MethodDescriptor` >
`RequestDescriptor` > `ResponseDescriptor`. Parts that several places share are
one object, held in a constant; with `component` set, the object is also written
once to OpenAPI's `components` under that name.

Every descriptor carries `extra`: fields of OpenAPI that no field here models, and
`x-` extensions, verbatim and in order. Nothing that a document says is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from routebook.contents import (
    BodyDescriptor,
    EncodingDescriptor,
    ExampleDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
)
from routebook.errors import ErrorDescriptor, ErrorGroup
from routebook.metadata import (
    ContactDescriptor,
    Deprecation,
    ExternalDocs,
    LicenseDescriptor,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    TagDescriptor,
)
from routebook.values import Schema, Value, frozen

__all__ = [
    "APIDescriptor",
    "BodyDescriptor",
    "CallbackDescriptor",
    "ComponentsDescriptor",
    "Condition",
    "EncodingDescriptor",
    "ExampleDescriptor",
    "LinkDescriptor",
    "MediaTypeDescriptor",
    "MethodDescriptor",
    "ParameterDescriptor",
    "RequestDescriptor",
    "ResponseDescriptor",
    "RouteDescriptor",
]


@frozen
class LinkDescriptor(Value):
    """An operation that a response leads to (OpenAPI 3.1, section 4.8.20)."""

    name: str
    """Its key among the response's links."""
    operation_id: str = ""
    """The operation by id; or else `operation_ref`."""
    operation_ref: str = ""
    """The operation by URI reference."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Parameter name to value or runtime expression."""
    request_body: Any = None
    """Value or runtime expression for the body; None for none."""
    description: str = ""
    """What following it does."""
    server: ServerDescriptor | None = None
    """Another server for it."""
    component: str = ""
    """The name under which it is shared in `components.links`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class ResponseDescriptor(Value):
    """One answer that a request variant may get. Several may have the same status."""

    status_code: int | str
    """100 to 599, a range `1XX` to `5XX`, or `default`."""
    name: str = ""
    """What tells it apart from other answers, such as `Not Allowed`; part of its id."""
    summary: str = ""
    """A few words (OpenAPI 3.2)."""
    description: str = ""
    """When it comes and what to do then, in CommonMark."""
    when: str = ""
    """The configuration or state of a server that it depends on; empty for none."""
    headers: tuple[ParameterDescriptor, ...] = ()
    """Response headers."""
    fields: tuple[ParameterDescriptor, ...] = ()
    """Body fields that deserve words of their own; the schema stands in `body`."""
    error_codes: tuple[ErrorDescriptor, ...] = ()
    """The codes that its error envelope may carry."""
    body: BodyDescriptor | None = None
    """The body; None for an answer without one."""
    links: tuple[LinkDescriptor, ...] = ()
    """Operations that it leads to."""
    aliases: tuple[str, ...] = ()
    """Other ids under which the reference anchors it."""
    component: str = ""
    """The name under which it is shared in `components.responses`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class Condition(Value):
    """What tells a request variant from its siblings: all of it must hold.

    A part of a request is written `query.NAME`, `header.NAME`, `cookie.NAME` or `body`.
    """

    present: tuple[str, ...] = ()
    """Parts that the request has."""
    absent: tuple[str, ...] = ()
    """Parts that it does not have."""


@frozen
class RequestDescriptor(Value):
    """One variant of a method's request: its own parameters, body and answers."""

    name: str = ""
    """What tells the variant apart, such as `Mount Blob`; empty when there is just one."""
    description: str = ""
    """What the variant does, in CommonMark."""
    when: str = ""
    """When it applies, in words a server author can decide by."""
    condition: Condition | None = None
    """When it applies, for machines; None when nothing but the method decides."""
    headers: tuple[ParameterDescriptor, ...] = ()
    """Request headers."""
    path_parameters: tuple[ParameterDescriptor, ...] = ()
    """One for each variable of the route's path."""
    query_parameters: tuple[ParameterDescriptor, ...] = ()
    """Query parameters."""
    cookie_parameters: tuple[ParameterDescriptor, ...] = ()
    """Cookies."""
    querystring: ParameterDescriptor | None = None
    """The whole query as one value (OpenAPI 3.2's `in: querystring`)."""
    body: BodyDescriptor | None = None
    """The request body; None for none."""
    successes: tuple[ResponseDescriptor, ...] = ()
    """Answers that give what was asked for: statuses below 400."""
    failures: tuple[ResponseDescriptor, ...] = ()
    """Answers that do not: 400 and above, `4XX`, `5XX`, `default`."""
    aliases: tuple[str, ...] = ()
    """Other ids under which the reference anchors it."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class CallbackDescriptor(Value):
    """Requests that the API sends back to its caller (OpenAPI 3.1, section 4.8.18)."""

    name: str
    """Its key among the method's callbacks."""
    routes: tuple[RouteDescriptor, ...] = ()
    """One route for each runtime expression, which is its `path`."""
    component: str = ""
    """The name under which it is shared in `components.callbacks`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class MethodDescriptor(Value):
    """One HTTP method of a route: an operation."""

    method: str
    """As on the request line: `GET`, `POST`, `QUERY`..."""
    description: str = ""
    """What the operation does, in CommonMark."""
    requests: tuple[RequestDescriptor, ...] = (RequestDescriptor(),)
    """The variants, at least one; every request is an instance of one of them."""
    operation_id: str = ""
    """Unique in the API; a good name for a client's method. Empty for none."""
    summary: str = ""
    """One line for lists and headings."""
    tags: tuple[str, ...] = ()
    """Names of the groups it belongs to."""
    deprecated: Deprecation | None = None
    """Set when new callers should not use it."""
    security: tuple[SecurityRequirement, ...] | None = None
    """Alternatives, any of which suffices; None for the API's own, `()` for none needed."""
    servers: tuple[ServerDescriptor, ...] = ()
    """Instead of the route's or the API's, when not empty."""
    callbacks: tuple[CallbackDescriptor, ...] = ()
    """What the API may send back."""
    external_docs: ExternalDocs | None = None
    """More elsewhere."""
    aliases: tuple[str, ...] = ()
    """Other ids under which the reference anchors it (`end-4a`)."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class RouteDescriptor(Value):
    """A path and the methods it answers to."""

    name: str
    """Unique in the API; what the router and the URL builder know it by."""
    path: str
    """A path template: `/v2/{name:[a-z]+}/tags/list`. A variable without a pattern is `[^/]+`."""
    entity: str = ""
    """What stands behind it, such as `Manifest`; the reference's heading."""
    summary: str = ""
    """A few words (OpenAPI's path item summary)."""
    description: str = ""
    """What the entity is, in CommonMark."""
    methods: tuple[MethodDescriptor, ...] = ()
    """In the order that the reference shows them."""
    servers: tuple[ServerDescriptor, ...] = ()
    """Instead of the API's, when not empty."""
    aliases: tuple[str, ...] = ()
    """Other ids under which the reference anchors it."""
    component: str = ""
    """The name under which it is shared in `components.pathItems`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class ComponentsDescriptor(Value):
    """Shared parts that are kept even when nothing uses them.

    What a route uses need not stand here: its own `component` name is enough.
    """

    path_parameters: tuple[ParameterDescriptor, ...] = ()
    """`components.parameters` with `in: path`."""
    query_parameters: tuple[ParameterDescriptor, ...] = ()
    """`components.parameters` with `in: query`."""
    header_parameters: tuple[ParameterDescriptor, ...] = ()
    """`components.parameters` with `in: header`."""
    cookie_parameters: tuple[ParameterDescriptor, ...] = ()
    """`components.parameters` with `in: cookie`."""
    querystrings: tuple[ParameterDescriptor, ...] = ()
    """`components.parameters` with `in: querystring` (OpenAPI 3.2)."""
    headers: tuple[ParameterDescriptor, ...] = ()
    """`components.headers`; `name` is empty."""
    responses: tuple[ResponseDescriptor, ...] = ()
    """`components.responses`; the status of one that nothing uses is `default`."""
    bodies: tuple[BodyDescriptor, ...] = ()
    """`components.requestBodies`."""
    media_types: tuple[MediaTypeDescriptor, ...] = ()
    """`components.mediaTypes` (OpenAPI 3.2)."""
    examples: tuple[ExampleDescriptor, ...] = ()
    """`components.examples`."""
    links: tuple[LinkDescriptor, ...] = ()
    """`components.links`."""
    callbacks: tuple[CallbackDescriptor, ...] = ()
    """`components.callbacks`."""
    path_items: tuple[RouteDescriptor, ...] = ()
    """`components.pathItems`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class APIDescriptor(Value):
    """A whole HTTP API."""

    title: str
    """Its name."""
    version: str
    """The version of the description, as its owner counts."""
    summary: str = ""
    """One line."""
    description: str = ""
    """What it is for and what holds everywhere in it, in CommonMark."""
    terms_of_service: str = ""
    """A URL."""
    contact: ContactDescriptor | None = None
    """Whom to ask."""
    license: LicenseDescriptor | None = None
    """The licence of the API."""
    servers: tuple[ServerDescriptor, ...] = ()
    """Where it is served."""
    security_schemes: tuple[SecurityScheme, ...] = ()
    """The ways to authenticate."""
    security: tuple[SecurityRequirement, ...] | None = None
    """The default alternatives, any of which suffices; None when nothing is said."""
    tags: tuple[TagDescriptor, ...] = ()
    """Groups of operations, in the order that the reference shows them."""
    routes: tuple[RouteDescriptor, ...] = ()
    """In the order in which they are matched."""
    error_groups: tuple[ErrorGroup, ...] = ()
    """Every error code that the API sends belongs to one of them."""
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    """Named schemas: `components.schemas`."""
    components: ComponentsDescriptor = ComponentsDescriptor()
    """Further shared parts."""
    external_docs: ExternalDocs | None = None
    """More elsewhere."""
    webhooks: tuple[RouteDescriptor, ...] = ()
    """Requests that the API sends by itself; `name` is the key, `path` is empty."""
    json_schema_dialect: str = ""
    """The default `$schema` of its schemas (OpenAPI 3.1); empty for OpenAPI's own."""
    self_uri: str = ""
    """The canonical URI of the document (OpenAPI 3.2's `$self`)."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""
    info_extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of OpenAPI's `info`, verbatim."""
