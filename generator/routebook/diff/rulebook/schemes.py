"""Security schemes: how callers authenticate."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.access import used_schemes
from routebook.diff.endpoints import Both, match
from routebook.diff.frame import Edit, diff_rule
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect
from routebook.metadata import SecurityScheme


def _both(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None


def _guards(pair: Pair) -> frozenset[str]:
    """Whether any operation uses a scheme."""
    used = used_schemes(pair.parent.old) if pair.parent is not None else ()
    return frozenset() if pair.old.name in used else frozenset({"unused"})


@diff_rule("api-security-component-added", on=Kind.SECURITY_SCHEME)
def added(pair: Pair) -> Iterator[str]:
    """A security scheme is new.

    Before: {}
    After: components: {securitySchemes: {key: {type: apiKey, name: key, in: header}}}
    """
    if pair.old is None:
        yield f"the security scheme {pair.name} is new"


@diff_rule("api-security-component-removed", on=Kind.SECURITY_SCHEME)
def removed(pair: Pair) -> Iterator[str]:
    """A security scheme is gone.

    What that means for operations is told at them.

    Before: components: {securitySchemes: {key: {type: apiKey, name: key, in: header}}}
    After: {}
    """
    if pair.new is None:
        yield f"the security scheme {pair.name} is gone"


def _field(pair: Pair, field: str, what: str, effect: Effect) -> Iterator[Edit]:
    if not _both(pair):
        return
    old, new = getattr(pair.old, field), getattr(pair.new, field)
    if old != new:
        message = f"the {what} of the security scheme {pair.name} is `{new}`, not `{old}`"
        yield Edit(message, effect, _guards(pair), (), old, new)


@diff_rule(
    "api-security-component-type-changed",
    on=Kind.SECURITY_SCHEME,
    effects=(Effect.INCOMPARABLE,),
    may=("unused",),
)
def type_changed(pair: Pair) -> Iterator[Edit]:
    """A security scheme is of another kind.

    Callers authenticate in the old way, and are refused.

    Before: components: {securitySchemes: {s: {type: http, scheme: basic}}}
    After: components: {securitySchemes: {s: {type: apiKey, name: key, in: header}}}
    """
    yield from _field(pair, "type", "type", Effect.INCOMPARABLE)


@diff_rule(
    "api-security-component-scheme-changed",
    on=Kind.SECURITY_SCHEME,
    effects=(Effect.INCOMPARABLE,),
    may=("unused",),
)
def scheme_changed(pair: Pair) -> Iterator[Edit]:
    """A security scheme uses another HTTP authentication scheme.

    Before: components: {securitySchemes: {s: {type: http, scheme: basic}}}
    After: components: {securitySchemes: {s: {type: http, scheme: bearer}}}
    """
    if _both(pair) and pair.old.scheme.lower() != pair.new.scheme.lower():
        yield from _field(pair, "scheme", "HTTP scheme", Effect.INCOMPARABLE)


@diff_rule(
    "api-security-component-name-changed",
    on=Kind.SECURITY_SCHEME,
    effects=(Effect.INCOMPARABLE,),
    may=("unused",),
)
def name_changed(pair: Pair) -> Iterator[Edit]:
    """An API key is sent under another name.

    Before: components: {securitySchemes: {s: {type: apiKey, name: key, in: header}}}
    After: components: {securitySchemes: {s: {type: apiKey, name: token, in: header}}}
    """
    if not _both(pair) or _same_header(pair.old, pair.new):
        return
    yield from _field(pair, "parameter", "name of the parameter", Effect.INCOMPARABLE)


def _same_header(old: SecurityScheme, new: SecurityScheme) -> bool:
    """Whether a key goes in the same header: their names have no case (RFC 9110, section 5.1)."""
    return old.location == new.location == "header" and (
        old.parameter.lower() == new.parameter.lower()
    )


@diff_rule(
    "api-security-component-in-changed",
    on=Kind.SECURITY_SCHEME,
    effects=(Effect.INCOMPARABLE,),
    may=("unused",),
)
def in_changed(pair: Pair) -> Iterator[Edit]:
    """An API key is sent in another place.

    Before: components: {securitySchemes: {s: {type: apiKey, name: key, in: header}}}
    After: components: {securitySchemes: {s: {type: apiKey, name: key, in: query}}}
    """
    yield from _field(pair, "location", "place", Effect.INCOMPARABLE)


@diff_rule(
    "api-security-component-open-id-connect-url-changed",
    on=Kind.SECURITY_SCHEME,
    effects=(Effect.UNKNOWN,),
    may=("unused",),
)
def discovery_changed(pair: Pair) -> Iterator[Edit]:
    """A security scheme is discovered at another URL.

    Before: components: {securitySchemes: {s: {type: openIdConnect, openIdConnectUrl: "https://a"}}}
    After: components: {securitySchemes: {s: {type: openIdConnect, openIdConnectUrl: "https://b"}}}
    """
    yield from _field(pair, "open_id_connect_url", "discovery URL", Effect.UNKNOWN)
    yield from _field(pair, "oauth2_metadata_url", "metadata URL", Effect.UNKNOWN)


@diff_rule("api-security-component-documentation-changed", on=Kind.SECURITY_SCHEME)
def documentation_changed(pair: Pair) -> Iterator[Edit]:
    """What is said about a security scheme is another text, or it is deprecated now.

    Before: components: {securitySchemes: {s: {type: http, scheme: basic}}}
    After: components: {securitySchemes: {s: {type: http, scheme: basic, description: New}}}
    """
    for field in ("description", "bearer_format", "deprecated"):
        yield from _field(pair, field, field.replace("_", " "), Effect.EQUAL)


def _flows(pair: Pair) -> list[Both]:
    if not _both(pair):
        return []
    return list(match(pair.old.flows, pair.new.flows, lambda flow: flow.name))


@diff_rule(
    "api-security-component-oauth-flow-removed",
    on=Kind.SECURITY_SCHEME,
    effects=(Effect.NARROWS,),
    may=("unused",),
)
def flow_removed(pair: Pair) -> Iterator[Edit]:
    """A flow of an OAuth scheme is gone: clients that get their tokens by it get none.

    Before: components: {securitySchemes: {s: {type: oauth2, flows: {password: {tokenUrl: /t}}}}}
    After: components: {securitySchemes: {s: {type: oauth2, flows: {}}}}
    """
    for old, new in _flows(pair):
        if old is not None and new is None:
            message = f"the flow `{_name(old)}` of {pair.name} is gone"
            yield Edit(message, Effect.NARROWS, _guards(pair))


@diff_rule("api-security-component-oauth-flow-added", on=Kind.SECURITY_SCHEME)
def flow_added(pair: Pair) -> Iterator[Edit]:
    """An OAuth scheme has another flow.

    Before: components: {securitySchemes: {s: {type: oauth2, flows: {}}}}
    After: components: {securitySchemes: {s: {type: oauth2, flows: {password: {tokenUrl: /t}}}}}
    """
    for old, new in _flows(pair):
        if old is None:
            yield Edit(f"the flow `{_name(new)}` of {pair.name} is new")


def _name(flow: object) -> str:
    return str(getattr(flow, "name", ""))


def _url(pair: Pair, field: str, what: str) -> Iterator[Edit]:
    for old, new in _flows(pair):
        if old is None or new is None:
            continue
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            message = f"the {what} URL of the flow `{_name(new)}` of {pair.name} is another now"
            yield Edit(message, Effect.EQUAL, frozenset(), (), before, after)


@diff_rule("api-security-component-oauth-url-changed", on=Kind.SECURITY_SCHEME)
def oauth_url(pair: Pair) -> Iterator[Edit]:
    """The user is sent to another URL to give leave.

    Before: components: {securitySchemes: {s: {type: oauth2,
      flows: {implicit: {authorizationUrl: "https://a", scopes: {}}}}}}
    After: components: {securitySchemes: {s: {type: oauth2,
      flows: {implicit: {authorizationUrl: "https://b", scopes: {}}}}}}
    """
    yield from _url(pair, "authorization_url", "authorization")
    yield from _url(pair, "device_authorization_url", "device authorization")


@diff_rule("api-security-component-oauth-token-url-changed", on=Kind.SECURITY_SCHEME)
def token_url(pair: Pair) -> Iterator[Edit]:
    """Tokens are had at another URL.

    Before: components: {securitySchemes: {s: {type: oauth2, flows: {password: {tokenUrl: /t}}}}}
    After: components: {securitySchemes: {s: {type: oauth2, flows: {password: {tokenUrl: /u}}}}}
    """
    yield from _url(pair, "token_url", "token")
    yield from _url(pair, "refresh_url", "refresh")


def _scopes(pair: Pair) -> Iterator[tuple[str, str | None, str | None]]:
    for old, new in _flows(pair):
        if old is None or new is None:
            continue
        before, after = getattr(old, "scopes", {}), getattr(new, "scopes", {})
        for scope in dict.fromkeys((*before, *after)):
            yield scope, before.get(scope), after.get(scope)


@diff_rule("api-security-component-oauth-scope-added", on=Kind.SECURITY_SCHEME)
def scope_added(pair: Pair) -> Iterator[str]:
    """An OAuth flow has another scope.

    Before: components: {securitySchemes: {s: {type: oauth2,
      flows: {password: {tokenUrl: /t, scopes: {}}}}}}
    After: components: {securitySchemes: {s: {type: oauth2,
      flows: {password: {tokenUrl: /t, scopes: {read: Read}}}}}}
    """
    for scope, old, new in _scopes(pair):
        if old is None and new is not None:
            yield f"the scope `{scope}` of {pair.name} is new"


@diff_rule("api-security-component-oauth-scope-removed", on=Kind.SECURITY_SCHEME)
def scope_removed(pair: Pair) -> Iterator[str]:
    """An OAuth flow does not have a scope any more.

    Before: components: {securitySchemes: {s: {type: oauth2,
      flows: {password: {tokenUrl: /t, scopes: {read: Read}}}}}}
    After: components: {securitySchemes: {s: {type: oauth2,
      flows: {password: {tokenUrl: /t, scopes: {}}}}}}
    """
    for scope, old, new in _scopes(pair):
        if old is not None and new is None:
            yield f"the scope `{scope}` of {pair.name} is gone"


@diff_rule("api-security-component-oauth-scope-changed", on=Kind.SECURITY_SCHEME)
def scope_changed(pair: Pair) -> Iterator[str]:
    """What is said of an OAuth scope is another text.

    Before: components: {securitySchemes: {s: {type: oauth2,
      flows: {password: {tokenUrl: /t, scopes: {read: Read}}}}}}
    After: components: {securitySchemes: {s: {type: oauth2,
      flows: {password: {tokenUrl: /t, scopes: {read: Read all}}}}}}
    """
    for scope, old, new in _scopes(pair):
        if old is not None and new is not None and old != new:
            yield f"the scope `{scope}` of {pair.name} is described otherwise"
