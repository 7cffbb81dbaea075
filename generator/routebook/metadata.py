"""What a description says about the API as a whole: people, servers, security, groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from routebook.values import Value, frozen


@frozen
class ContactDescriptor(Value):
    """Whom to ask about an API (OpenAPI 3.1, section 4.8.3)."""

    name: str = ""
    """A person or a team."""
    url: str = ""
    """A page."""
    email: str = ""
    """An address."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class LicenseDescriptor(Value):
    """The licence of an API (OpenAPI 3.1, section 4.8.4)."""

    name: str
    """Its name."""
    identifier: str = ""
    """Its SPDX expression, such as `Apache-2.0`; written from OpenAPI 3.1 on."""
    url: str = ""
    """Where it can be read; not together with `identifier`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class ExternalDocs(Value):
    """More documentation elsewhere (OpenAPI 3.1, section 4.8.11)."""

    url: str
    """Where."""
    description: str = ""
    """What is found there."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class ServerVariable(Value):
    """A variable in a server's URL (OpenAPI 3.1, section 4.8.6)."""

    name: str
    """As it stands between braces in the URL."""
    default: str
    """Its value when nothing else is said."""
    enum: tuple[str, ...] = ()
    """The values it may have; empty for any."""
    description: str = ""
    """What it stands for."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class ServerDescriptor(Value):
    """Where an API is served (OpenAPI 3.1, section 4.8.5)."""

    url: str
    """A URL template, absolute or relative to the document."""
    name: str = ""
    """A name for it (OpenAPI 3.2)."""
    description: str = ""
    """What is served there."""
    variables: tuple[ServerVariable, ...] = ()
    """One for each `{name}` in the URL."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class TagDescriptor(Value):
    """A group of operations (OpenAPI 3.2, section 4.22)."""

    name: str
    """What operations call it by."""
    summary: str = ""
    """Its title (OpenAPI 3.2)."""
    description: str = ""
    """What belongs to it, in CommonMark."""
    parent: str = ""
    """The group that it is part of (OpenAPI 3.2)."""
    kind: str = ""
    """What sort of group it is, such as `nav` or `badge` (OpenAPI 3.2)."""
    external_docs: ExternalDocs | None = None
    """More elsewhere."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class Deprecation(Value):
    """What new callers should not use: since when, until when, and what instead."""

    since: str = ""
    """The version or date (RFC 3339 full-date) since when."""
    sunset: str = ""
    """The date (RFC 3339 full-date) after which it may be gone (RFC 8594)."""
    replacement: str = ""
    """The operation id or name to use instead."""


@frozen
class OAuthFlow(Value):
    """One flow of an OAuth 2 scheme (OpenAPI 3.1, section 4.8.29)."""

    name: str
    """`authorizationCode`, `clientCredentials`, `implicit`, `password`, `deviceAuthorization`."""
    authorization_url: str = ""
    """Where the user is sent."""
    token_url: str = ""
    """Where a token is had."""
    refresh_url: str = ""
    """Where a token is renewed."""
    device_authorization_url: str = ""
    """Where a device starts (OpenAPI 3.2)."""
    scopes: Mapping[str, str] = field(default_factory=dict)
    """Scope to what it allows."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class SecurityScheme(Value):
    """A way to authenticate (OpenAPI 3.1, section 4.8.27)."""

    name: str
    """What requirements call it by."""
    type: str
    """`http`, `apiKey`, `oauth2`, `openIdConnect` or `mutualTLS`."""
    description: str = ""
    """How it goes, in CommonMark."""
    scheme: str = ""
    """For `http`: the authentication scheme, such as `bearer` (RFC 9110, section 11.1)."""
    bearer_format: str = ""
    """For bearer tokens: a hint at what they look like."""
    parameter: str = ""
    """For `apiKey`: the name of the header, query parameter or cookie."""
    location: str = ""
    """For `apiKey`: `header`, `query` or `cookie`."""
    flows: tuple[OAuthFlow, ...] = ()
    """For `oauth2`."""
    open_id_connect_url: str = ""
    """For `openIdConnect`."""
    oauth2_metadata_url: str = ""
    """For `oauth2`: the authorization server's metadata, RFC 8414 (OpenAPI 3.2)."""
    deprecated: bool = False
    """Whether new callers should not use it (OpenAPI 3.2)."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class SecurityRequirement(Value):
    """One way that suffices: all of its schemes together. Empty: no authentication."""

    schemes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Scheme name to the scopes that it needs."""
