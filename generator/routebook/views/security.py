"""How an operation is authenticated, in words and as schemes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from routebook.descriptors import APIDescriptor, MethodDescriptor
from routebook.metadata import OAuthFlow, SecurityRequirement, SecurityScheme
from routebook.views import escape
from routebook.views.model import SchemeView
from routebook.views.prose import Prose

_FLOWS = {
    "authorizationCode": "authorization code",
    "clientCredentials": "client credentials",
    "deviceAuthorization": "device authorization",
}


def requirements(api: APIDescriptor, method: MethodDescriptor) -> tuple[SecurityRequirement, ...]:
    """The alternatives of an operation: its own, or the API's."""
    return api.security or () if method.security is None else method.security


def first_schemes(api: APIDescriptor, method: MethodDescriptor) -> tuple[SecurityScheme, ...]:
    """The schemes of the first alternative, which samples use."""
    named = {scheme.name: scheme for scheme in api.security_schemes}
    first = next(iter(requirements(api, method)), SecurityRequirement())
    return tuple(named[name] for name in first.schemes if name in named)


def auth(alternatives: tuple[SecurityRequirement, ...] | None, ids: Mapping[str, str]) -> str:
    """The alternatives in words, with links: a line. Empty when nothing is said."""
    if alternatives is None:
        return ""
    ways = [_together(requirement, ids) for requirement in alternatives]
    return " or ".join(ways) if ways else "none"


def _together(requirement: SecurityRequirement, ids: Mapping[str, str]) -> str:
    if not requirement.schemes:
        return "none"
    return " and ".join(
        _scheme(name, ids) + (f" ({', '.join(map(escape.code, scopes))})" if scopes else "")
        for name, scopes in requirement.schemes.items()
    )


def _scheme(name: str, ids: Mapping[str, str]) -> str:
    return f"[{escape.text(name)}](#{ids[name]})" if name in ids else escape.code(name)


def schemes(api: APIDescriptor, ids: Mapping[str, str], prose: Prose) -> Iterator[SchemeView]:
    """The security schemes of an API."""
    for scheme in api.security_schemes:
        old = ("Deprecated: new callers should not use it.",) if scheme.deprecated else ()
        yield SchemeView(
            id=ids[scheme.name],
            title=escape.text(scheme.name),
            kind=_kind(scheme),
            description=prose.block(scheme.description),
            notes=(*old, *_notes(scheme)),
        )


def _kind(scheme: SecurityScheme) -> str:
    match scheme.type:
        case "http":
            hint = f", {escape.text(scheme.bearer_format)}" if scheme.bearer_format else ""
            word = escape.code(f"Authorization: {scheme.scheme.capitalize()} …")
            return f"HTTP authentication, {word}{hint}"
        case "apiKey":
            return f"A key in the {escape.text(scheme.location)} {escape.code(scheme.parameter)}"
        case "oauth2":
            return "OAuth 2.0"
        case "openIdConnect":
            return "OpenID Connect"
        case "mutualTLS":
            return "Mutual TLS: the client shows a certificate"
    return escape.text(scheme.type)


def _notes(scheme: SecurityScheme) -> Iterator[str]:
    for label, url in (
        ("Discovery", scheme.open_id_connect_url),
        ("Metadata", scheme.oauth2_metadata_url),
    ):
        if url:
            yield f"{label}: {escape.link('', url)}"
    for flow in scheme.flows:
        yield from _flow(flow)


def _flow(flow: OAuthFlow) -> Iterator[str]:
    urls = (
        ("authorization", flow.authorization_url),
        ("device authorization", flow.device_authorization_url),
        ("token", flow.token_url),
        ("refresh", flow.refresh_url),
    )
    links = [f"{label} at {escape.link('', url)}" for label, url in urls if url]
    yield f"Flow {escape.text(_FLOWS.get(flow.name, flow.name))}: {', '.join(links)}"
    for scope, meaning in flow.scopes.items():
        yield f"Scope {escape.code(scope)}: {escape.text(meaning)}"
