"""The small objects of OpenAPI: people, servers, tags, security, examples, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from routebook.descriptors import ExampleDescriptor, LinkDescriptor
from routebook.metadata import (
    ExternalDocs,
    OAuthFlow,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    TagDescriptor,
)
from routebook.openapi.context import (
    Context,
    JsonObject,
    Notes,
    Slot,
    hints,
    keyed,
    noted,
    slots,
    unique,
    without_newer,
)
from routebook.schemas import plain

CONTACT = (Slot("name", "name"), Slot("url", "url"), Slot("email", "email"))
LICENSE = (Slot("name", "name"), Slot("identifier", "identifier", "3.1"), Slot("url", "url"))
EXTERNAL_DOCS = (Slot("description", "description"), Slot("url", "url"))
_VARIABLE = (Slot("enum", "enum"), Slot("default", "default"), Slot("description", "description"))


def external_docs(context: Context, value: ExternalDocs) -> JsonObject:
    """An External Documentation Object."""
    return slots(context, value, EXTERNAL_DOCS)


def _variables(context: Context, value: Any) -> JsonObject:
    return keyed(
        value,
        lambda one: one.name,
        lambda one, notes: noted(slots(context, one, _VARIABLE), **notes),
    )


_SERVER = (
    Slot("name", "name", "3.2"),
    Slot("url", "url"),
    Slot("description", "description"),
    Slot("variables", "variables", convert=_variables),
)

_TAG = (
    Slot("name", "name"),
    Slot("summary", "summary", "3.2"),
    Slot("description", "description"),
    Slot("parent", "parent", "3.2"),
    Slot("kind", "kind", "3.2"),
    Slot("external_docs", "externalDocs", convert=external_docs),
)

_FLOW = (
    Slot("authorization_url", "authorizationUrl"),
    Slot("device_authorization_url", "deviceAuthorizationUrl", "3.2"),
    Slot("token_url", "tokenUrl"),
    Slot("refresh_url", "refreshUrl"),
)

_FLOWS = ("implicit", "password", "clientCredentials", "authorizationCode")


def _flow(context: Context, flow: OAuthFlow) -> JsonObject:
    out = slots(context, flow, _FLOW)
    return {**out, "scopes": plain(flow.scopes)}


def _flows(context: Context, flows: tuple[OAuthFlow, ...]) -> JsonObject:
    """The flows by name; one that the version does not know stands in the note."""
    out: JsonObject = {}
    rest: JsonObject = {}
    for flow in flows:
        known = flow.name in _FLOWS or (flow.name == "deviceAuthorization" and context.has("3.2"))
        place = out if known and flow.name not in out else rest
        place[unique(flow.name, place)] = _flow(context, flow)
    if rest:
        context.lost(f"the OAuth flow `{next(iter(rest))}`")
        rest = {"flows": rest}
        order = [flow.name for flow in flows]
        if order != [*out, *rest["flows"]]:
            rest["order"] = order
    return noted(out, **rest)


_SCHEME = (
    Slot("type", "type"),
    Slot("description", "description"),
    Slot("scheme", "scheme"),
    Slot("bearer_format", "bearerFormat"),
    Slot("parameter", "name"),
    Slot("location", "in"),
    Slot("flows", "flows", convert=_flows),
    Slot("open_id_connect_url", "openIdConnectUrl"),
    Slot("oauth2_metadata_url", "oauth2MetadataUrl", "3.2"),
    Slot("deprecated", "deprecated", "3.2"),
)


def security_scheme(context: Context, scheme: SecurityScheme) -> JsonObject:
    """A Security Scheme Object.

    OpenAPI 3.0 has no `mutualTLS`. Requirements name the scheme, so it cannot be left out; it
    becomes an HTTP scheme `mutual`, and the note says what it is.
    """
    out = slots(context, scheme, _SCHEME)
    if scheme.type == "oauth2":
        out.setdefault("flows", {})
    if scheme.type == "mutualTLS" and not context.has("3.1"):
        context.lost("a security scheme of the type `mutualTLS`")
        notes = {"type": scheme.type, **({"scheme": scheme.scheme} if scheme.scheme else {})}
        return noted({**out, "type": "http", "scheme": "mutual"}, **notes)
    return out


def security(requirements: Iterable[SecurityRequirement]) -> list[JsonObject]:
    """Security Requirement Objects."""
    return [plain(requirement.schemes) for requirement in requirements]


def servers(context: Context, values: Iterable[ServerDescriptor]) -> list[JsonObject]:
    """Server Objects."""
    return [slots(context, server, _SERVER) for server in values]


def tags(context: Context, values: Iterable[TagDescriptor]) -> list[JsonObject]:
    """Tag Objects."""
    return [slots(context, tag, _TAG) for tag in values]


_EXAMPLE = (
    Slot("summary", "summary"),
    Slot("description", "description"),
    Slot("external_value", "externalValue"),
)
_EXAMPLE_32 = frozenset({"dataValue", "serializedValue"})


def example_content(context: Context, example: ExampleDescriptor) -> JsonObject:
    """An Example Object, where it stands."""
    out = slots(context, example, _EXAMPLE)
    elsewhere = example.external_value or _EXAMPLE_32 & example.extra.keys()
    if example.value is not None or not (elsewhere or hints(example.extra).get("absent")):
        place = {key: out.pop(key) for key in list(out) if key.startswith("x-")}
        out.update(value=plain(example.value), **place)
    return without_newer(context, out, _EXAMPLE_32)


def example(
    context: Context, value: ExampleDescriptor, notes: Notes = MappingProxyType({})
) -> JsonObject:
    """An Example Object, or the reference to it."""
    return context.share("examples", value.component, example_content(context, value), notes)


def is_bare(value: Any) -> bool:
    """Whether an example says nothing but its value, so that `example` can hold it."""
    return isinstance(value, ExampleDescriptor) and value == ExampleDescriptor(value=value.value)


def examples(context: Context, values: tuple[ExampleDescriptor, ...]) -> JsonObject:
    """The `example` or `examples` of a media type."""
    if not values:
        return {}
    if len(values) == 1 and is_bare(values[0]):
        return {"example": plain(values[0].value)}
    return {
        "examples": keyed(
            values, lambda one: one.name, lambda one, notes: example(context, one, notes)
        )
    }


def parameter_examples(context: Context, values: tuple[Any, ...]) -> JsonObject:
    """The `example` or `examples` of a parameter; values without a name are numbered from 1."""
    if len(values) == 1 and not isinstance(values[0], ExampleDescriptor):
        return {"example": plain(values[0])}
    out: JsonObject = {}
    for number, value in enumerate(values, 1):
        counted = numbered(number, out)
        if not isinstance(value, ExampleDescriptor):
            out[counted] = {"value": plain(value)}
            continue
        key = unique(value.name or "item", out)
        written = example(context, value, {} if key == value.name else {"name": value.name})
        bare = key == counted and len(values) > 1 and list(written) == ["value"]
        out[key] = example(context, value, {"name": value.name}) if bare else written
    return {"examples": out} if out else {}


def numbered(number: int, taken: Mapping[str, Any]) -> str:
    """The key of the example at a position, when it has no name: the next number not taken."""
    return next(key for n in range(number, len(taken) + number + 1) if (key := str(n)) not in taken)


def _server(context: Context, value: ServerDescriptor) -> JsonObject:
    return slots(context, value, _SERVER)


_LINK = (
    Slot("operation_ref", "operationRef"),
    Slot("operation_id", "operationId"),
    Slot("parameters", "parameters"),
    Slot("request_body", "requestBody"),
    Slot("description", "description"),
    Slot("server", "server", convert=_server),
)


def link_content(context: Context, value: LinkDescriptor) -> JsonObject:
    """A Link Object, where it stands."""
    return slots(context, value, _LINK)


def link(
    context: Context, value: LinkDescriptor, notes: Notes = MappingProxyType({})
) -> JsonObject:
    """A Link Object, or the reference to it."""
    return context.share("links", value.component, link_content(context, value), notes)
