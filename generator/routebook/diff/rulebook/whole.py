"""The API as a whole: servers, named schemas, error codes, versions, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from routebook.diff.endpoints import prefix, server_path
from routebook.diff.frame import Edit, diff_rule
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect
from routebook.diff.servers import covered, is_overridden, variables_changed
from routebook.diff.versions import Version, parse_version
from routebook.metadata import ServerDescriptor


def _both(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None


def _moved(pair: Pair, url: str) -> bool:
    """Whether the path of a server only moved into the paths of the API, or out of them."""
    if pair.parent is None or pair.parent.kind is not Kind.API:
        return False
    old, new = pair.parent.old, pair.parent.new
    if prefix(old) == prefix(new):
        return False
    one, other = (
        (old, new)
        if any(server.url.rstrip("/") == url.rstrip("/") for server in old.servers)
        else (new, old)
    )
    path = server_path(url)
    host = url.rstrip("/").removesuffix(path) if path else url.rstrip("/")
    hosts = {_host(server.url) for server in other.servers} or {""}
    return host in hosts and _same_urls(one, other)


def _host(url: str) -> str:
    path = server_path(url)
    return url.rstrip("/").removesuffix(path) if path else url.rstrip("/")


def _same_urls(one: Any, other: Any) -> bool:
    mine = {prefix(one) + route.path for route in one.routes}
    return not mine.isdisjoint({prefix(other) + route.path for route in other.routes})


@diff_rule("api-server-removed", on=Kind.SERVER, effect=Effect.NARROWS, may=("covered", "unused"))
def server_removed(pair: Pair) -> Iterator[Edit]:
    """A server is gone.

    Clients that call it must be told of another one, unless another one has the same URLs. Where
    each operation has servers of its own, these override it (OpenAPI 3.1, section 4.8.10): then
    nobody calls it.

    Before: servers: [{url: "https://a.example"}, {url: "https://b.example"}]
    After: servers: [{url: "https://b.example"}]
    """
    if pair.new is None:
        same = _moved(pair, pair.old.url) or covered(pair.old, _servers_now(pair))
        guards = frozenset({"covered"}) if same else _overridden(pair)
        yield Edit(f"the server {pair.name} is gone", guards=guards)


def _servers_now(pair: Pair) -> tuple[ServerDescriptor, ...]:
    return pair.parent.new.servers if pair.parent is not None else ()


def _overridden(pair: Pair) -> frozenset[str]:
    return frozenset({"unused"} if is_overridden(pair.parent) else ())


@diff_rule("api-server-added", on=Kind.SERVER, effect=Effect.WIDENS)
def server_added(pair: Pair) -> Iterator[str]:
    """The API is served at another URL as well.

    Before: servers: [{url: "https://a.example"}]
    After: servers: [{url: "https://a.example"}, {url: "https://b.example"}]
    """
    if pair.old is None:
        yield f"the server {pair.name} is new"


@diff_rule(
    "api-server-variable-changed",
    on=Kind.SERVER,
    effects=(Effect.INCOMPARABLE, Effect.NARROWS),
    may=("covered", "unused"),
)
def server_variable(pair: Pair) -> Iterator[Edit]:
    """A variable of a server's URL has other values, or another default.

    Clients that use a value that is gone call what is not there, unless another server has the
    same URLs, or each operation has servers of its own.

    Before: servers: [{url: "https://{r}.example", variables: {r: {default: eu, enum: [eu, us]}}}]
    After: servers: [{url: "https://{r}.example", variables: {r: {default: eu, enum: [eu]}}}]
    """
    if not _both(pair):
        return
    more = _overridden(pair)
    for edit in variables_changed(pair.old, pair.new, _servers_now(pair), pair.name):
        yield replace(edit, guards=edit.guards | more)


@diff_rule("api-server-documentation-changed", on=Kind.SERVER)
def server_documentation(pair: Pair) -> Iterator[str]:
    """What is said about a server is another text.

    Before: servers: [{url: "https://a.example"}]
    After: servers: [{url: "https://a.example", description: Production}]
    """
    fields = ("name", "description")
    if _both(pair) and any(getattr(pair.old, f) != getattr(pair.new, f) for f in fields):
        yield f"the server {pair.name} is described otherwise"
    if _both(pair):
        texts = [{v.name: v.description for v in side.variables} for side in (pair.old, pair.new)]
        if texts[0] != texts[1]:
            yield f"a variable of the server {pair.name} is described otherwise"


@diff_rule("api-schema-removed", on=Kind.SCHEMA)
def schema_removed(pair: Pair) -> Iterator[str]:
    """A named schema is gone.

    What that means for operations is told at them. Generated code has lost a type.

    Before: components: {schemas: {Thing: {type: object}}}
    After: {}
    """
    if pair.new is None:
        yield f"{pair.name} is gone"


@diff_rule("api-schema-added", on=Kind.SCHEMA)
def schema_added(pair: Pair) -> Iterator[str]:
    """A named schema is new.

    Before: {}
    After: components: {schemas: {Thing: {type: object}}}
    """
    if pair.old is None:
        yield f"{pair.name} is new"


@diff_rule("error-code-removed", on=Kind.ERROR_CODE, guards=("relied-on",))
def code_removed(pair: Pair) -> Iterator[str]:
    """An error code is gone from the API.

    Clients that name it in their code go on, and wait for what never comes.

    Before: ErrorDescriptor(value="GONE"), ErrorDescriptor(value="UNKNOWN")
    After: ErrorDescriptor(value="UNKNOWN")
    """
    if pair.new is None:
        yield f"{pair.name} is gone"


@diff_rule("error-code-added", on=Kind.ERROR_CODE)
def code_added(pair: Pair) -> Iterator[Edit]:
    """An error code is new in the API.

    Where it may come is told at the responses.

    Before: ErrorDescriptor(value="UNKNOWN")
    After: ErrorDescriptor(value="UNKNOWN"), ErrorDescriptor(value="GONE")
    """
    if pair.old is None:
        yield Edit(f"{pair.name} is new")


@diff_rule("error-code-status-changed", on=Kind.ERROR_CODE, effect=Effect.INCOMPARABLE)
def code_status(pair: Pair) -> Iterator[Edit]:
    """An error code is sent with another HTTP status.

    Clients that decide by the status do something else than they did.

    Before: ErrorDescriptor(value="GONE", http_status=404)
    After: ErrorDescriptor(value="GONE", http_status=410)
    """
    if _both(pair) and pair.old.http_status != pair.new.http_status:
        old, new = pair.old.http_status, pair.new.http_status
        yield Edit(f"{pair.name} is sent with {new}, not with {old}", old=old, new=new)


@diff_rule("error-code-message-changed", on=Kind.ERROR_CODE, guards=("relied-on",))
def code_message(pair: Pair) -> Iterator[Edit]:
    """An error code is sent with another message.

    Messages are for people, but some clients look for words in them.

    Before: ErrorDescriptor(value="GONE", message="gone")
    After: ErrorDescriptor(value="GONE", message="not here any more")
    """
    if _both(pair) and pair.old.message != pair.new.message:
        old, new = pair.old.message, pair.new.message
        yield Edit(f"{pair.name} has another message", old=old, new=new)


@diff_rule("error-code-documentation-changed", on=Kind.ERROR_CODE)
def code_documentation(pair: Pair) -> Iterator[str]:
    """What is said about an error code is another text.

    Before: ErrorDescriptor(value="GONE")
    After: ErrorDescriptor(value="GONE", description="It was there once.")
    """
    if _both(pair) and pair.old.description != pair.new.description:
        yield f"{pair.name} is described otherwise"


def _versions(pair: Pair) -> tuple[Version, Version] | None:
    """The versions of two descriptions with breaking changes between them."""
    old, new = parse_version(pair.old), parse_version(pair.new)
    return (old, new) if pair.context and old is not None and new is not None else None


@diff_rule("api-version-not-bumped", on=Kind.VERSION)
def version_same(pair: Pair) -> Iterator[str]:
    """There are breaking changes, and the version is the same.

    Before: {info: {title: T, version: 1.0.0}, paths: {/things: {get: {}}}}
    After: {info: {title: T, version: 1.0.0}, paths: {}}
    """
    found = _versions(pair)
    if found is not None and found[0] == found[1]:
        yield f"there are breaking changes, and the version is still {pair.new}"


@diff_rule("api-version-decreased", on=Kind.VERSION)
def version_lower(pair: Pair) -> Iterator[str]:
    """There are breaking changes, and the version went down.

    Before: {info: {title: T, version: 2.0.0}, paths: {/things: {get: {}}}}
    After: {info: {title: T, version: 1.0.0}, paths: {}}
    """
    found = _versions(pair)
    if found is not None and found[1] < found[0]:
        yield f"there are breaking changes, and the version went down to {pair.new}"


@diff_rule("api-major-version-not-bumped", on=Kind.VERSION)
def version_minor(pair: Pair) -> Iterator[str]:
    """There are breaking changes, and only a small part of the version went up.

    Semantic versions ask for a step of the first number, or of the second while the first is 0.

    Before: {info: {title: T, version: 1.0.0}, paths: {/things: {get: {}}}}
    After: {info: {title: T, version: 1.0.1}, paths: {}}
    """
    found = _versions(pair)
    if (
        found is not None
        and found[1] > found[0]
        and found[1].breaking_part == (found[0].breaking_part)
    ):
        yield f"there are breaking changes, and the version went only from {pair.old} to {pair.new}"
