"""What descriptors call each other by: tags, security schemes, operations, server variables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index
from routebook.descriptors import (
    APIDescriptor,
    LinkDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
)
from routebook.metadata import Deprecation, SecurityRequirement, SecurityScheme, TagDescriptor
from routebook.metadata import ServerDescriptor as Server
from routebook.nearest import hint
from routebook.walk import Node

_NEEDED = {
    "http": ("scheme",),
    "apiKey": ("parameter", "location"),
    "oauth2": ("flows",),
    "openIdConnect": ("open_id_connect_url",),
    "mutualTLS": (),
}
_FLOWS = {
    "implicit": ("authorization_url",),
    "password": ("token_url",),
    "clientCredentials": ("token_url",),
    "authorizationCode": ("authorization_url", "token_url"),
    "deviceAuthorization": ("device_authorization_url", "token_url"),
}


@rule("undeclared-tag", MethodDescriptor, level="warning")
def undeclared_tag(method: MethodDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """An operation has a tag that the API does not declare.

    The declaration gives the group its title, its description and its place in the order.
    """
    for position, tag in enumerate(method.tags):
        if tag not in index.tag_names:
            yield Problem(
                f"the tag {tag!r} is not declared",
                f"add it to the API's tags; {hint(tag, index.tag_names)}",
                f".tags[{position}]",
            )


@rule("unknown-tag-parent", TagDescriptor)
def unknown_tag_parent(tag: TagDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A tag is part of a tag that does not exist, or of itself."""
    parents = {each.name: each.parent for each in index.api.tags}
    if tag.parent and tag.parent not in parents:
        yield Problem(
            f"there is no tag {tag.parent!r}", hint(tag.parent, index.tag_names), ".parent"
        )
    seen: list[str] = []
    name = tag.parent
    while name and name not in seen:
        seen.append(name)
        name = parents.get(name, "")
    if tag.name in seen:
        yield Problem(f"the tag {tag.name!r} is part of itself", "break the circle", ".parent")


@rule("undeclared-security-scheme", SecurityRequirement)
def undeclared_security_scheme(
    requirement: SecurityRequirement, node: Node, index: Index
) -> Iterator[Problem]:
    """A requirement names a security scheme that the API does not declare.

    Nobody could know how to meet it.
    """
    for name in requirement.schemes:
        if name not in index.scheme_names:
            yield Problem(
                f"the security scheme {name!r} is not declared",
                f"add it to security_schemes; {hint(name, index.scheme_names)}",
            )


@rule("unknown-scope", SecurityRequirement, level="warning")
def unknown_scope(requirement: SecurityRequirement, node: Node, index: Index) -> Iterator[Problem]:
    """A requirement asks for a scope that none of the scheme's OAuth 2 flows offers."""
    flows = {s.name: s.flows for s in index.api.security_schemes if s.type == "oauth2"}
    for name, scopes in requirement.schemes.items():
        offered = [scope for flow in flows.get(name, ()) for scope in flow.scopes]
        for scope in scopes if name in flows else ():
            if scope not in offered:
                yield Problem(f"{name!r} offers no scope {scope!r}", hint(scope, offered))


@rule("security-scheme-fields", SecurityScheme, local=True)
def security_scheme_fields(scheme: SecurityScheme, node: Node, index: Index) -> Iterator[Problem]:
    """A security scheme is of an unknown type, or lacks what its type needs.

    OpenAPI 3.1, section 4.8.27, says which fields each type has.
    """
    if scheme.type not in _NEEDED:
        yield Problem(f"the type {scheme.type!r} is unknown", hint(scheme.type, _NEEDED), ".type")
        return
    yield from _lacking(scheme, _NEEDED[scheme.type])
    if scheme.location and scheme.location not in {"header", "query", "cookie"}:
        yield Problem(
            f"an API key is never in {scheme.location!r}",
            "write header, query or cookie",
            ".location",
        )
    for flow in scheme.flows:
        if flow.name not in _FLOWS:
            yield Problem(
                f"the flow {flow.name!r} is unknown",
                hint(flow.name, _FLOWS),
                f".flows[{flow.name}]",
            )
        yield from _lacking(flow, _FLOWS.get(flow.name, ()), f".flows[{flow.name}]")


def _lacking(value: Any, fields: tuple[str, ...], at: str = "") -> Iterator[Problem]:
    for field in fields:
        if not getattr(value, field):
            yield Problem(f"{field} is empty", "say it: this type cannot do without", at)


@rule("unknown-operation", LinkDescriptor)
def unknown_operation(link: LinkDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A link names an operation id that no operation has."""
    if link.operation_id and link.operation_id not in index.operation_ids:
        yield Problem(
            f"there is no operation {link.operation_id!r}",
            hint(link.operation_id, index.operation_ids),
            ".operation_id",
        )


@rule("link-target", LinkDescriptor, local=True)
def link_target(link: LinkDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A link says its operation twice, or not at all.

    It goes by `operation_id` or by `operation_ref` (OpenAPI 3.1, section 4.8.20).
    """
    if bool(link.operation_id) == bool(link.operation_ref):
        yield Problem(
            "a link names one operation", "set either operation_id or operation_ref, and not both"
        )


@rule("unknown-server-variable", Server, local=True)
def unknown_server_variable(server: Server, node: Node, index: Index) -> Iterator[Problem]:
    """A server's URL has a variable that is not defined, or a defined one is not in it.

    Without a default nobody can fill it (OpenAPI 3.1, section 4.8.5).
    """
    inside = re.findall(r"\{([^{}]*)\}", server.url)
    defined = [variable.name for variable in server.variables]
    for name in inside:
        if name not in defined:
            yield Problem(
                f"the URL's variable {name!r} is not defined",
                f"add a ServerVariable; {hint(name, defined)}",
                ".url",
            )
    for name in defined:
        if name not in inside:
            yield Problem(
                f"the URL {server.url!r} has no variable {name!r}",
                hint(name, inside),
                f".variables[{name}]",
            )


@rule("server-variable-default", Server, local=True)
def server_variable_default(server: Server, node: Node, index: Index) -> Iterator[Problem]:
    """The default of a server variable is not among the values that it may have."""
    for variable in server.variables:
        if variable.enum and variable.default not in variable.enum:
            yield Problem(
                f"the default {variable.default!r} is not among the values",
                hint(variable.default, variable.enum),
                f".variables[{variable.name}].default",
            )


@rule("deprecation-date", MethodDescriptor, ParameterDescriptor, level="warning", local=True)
def deprecation_date(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """The date after which something may be gone cannot be read.

    It is a full-date of RFC 3339, such as `2027-03-31`: tools compare it with today.
    """
    deprecated: Deprecation | None = value.deprecated
    sunset = deprecated.sunset if deprecated else ""
    if sunset and not _is_date(sunset):
        yield Problem(f"{sunset!r} is no date", "write YYYY-MM-DD", ".deprecated.sunset")


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2000-01-01")


@rule("missing-description", MethodDescriptor, ParameterDescriptor, level="info", local=True)
def missing_description(value: Any, node: Node, index: Index) -> Iterator[Problem]:
    """An operation or a parameter is not described.

    The reference shows its name alone, and readers are left to guess.
    """
    if not value.description.strip() and not getattr(value, "summary", ""):
        yield Problem("there is no description", "say what it does or means")


@rule("api-title", APIDescriptor)
def api_title(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """The API has no title or no version.

    OpenAPI demands both, and every page of the reference shows them.
    """
    for field in ("title", "version"):
        if not getattr(api, field).strip():
            yield Problem(f"the API's {field} is empty", "give it one", f".{field}")
