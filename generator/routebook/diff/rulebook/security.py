"""Security: what suffices to be let in, and how the schemes are defined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from routebook.diff.access import Alternatives, alternatives, changes, narrowed, same_schemes
from routebook.diff.frame import Edit, diff_rule
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Effect


def _operation(pair: Pair, what: str) -> Iterator[Edit]:
    """What changed in the alternatives of an operation that has some of its own."""
    if pair.old is None or pair.new is None:
        return
    old, new = pair.old.method.security, pair.new.method.security
    if old is new is None or old == new:
        return
    whole = pair.context
    names = same_schemes(whole.old.security_schemes, whole.new.security_schemes)
    before = alternatives(whole.old.security if old is None else old, names)
    after = alternatives(whole.new.security if new is None else new)
    listed = alternatives(old or (), names), alternatives(new or ())
    if not any(changes(*listed).values()):
        listed = before, after
    yield from _told(*listed, before, after, what, pair.name)


def _told(
    old: Alternatives,
    new: Alternatives,
    before: Alternatives,
    after: Alternatives,
    what: str,
    whom: str,
    reach: int | None = None,
) -> Iterator[Edit]:
    """One kind of change between two lists, `before` and `after` being what holds in effect."""
    found = changes(old, new)
    for shown in found[what]:
        worse = narrowed(before, after)
        if what == "added":
            worse = worse and (not before or frozenset() in before or not found["removed"])
        elif what == "scope removed":
            worse = False
        message = {
            "added": f"`{shown}` suffices to be let in to {whom}",
            "removed": f"`{shown}` does not suffice any more to be let in to {whom}",
            "scope added": f"{whom} asks for a further scope: `{shown}`",
            "scope removed": f"{whom} does not ask for a scope any more: `{shown}`",
        }[what]
        if what == "added" and worse:
            message = f"{whom} asks for `{shown}` now"
        elif what == "removed" and not worse:
            message = f"{whom} does not list `{shown}` any more"
        effect = Effect.NARROWS if worse else Effect.WIDENS
        yield Edit(message, effect, below=("security",), reach=reach)


def _global(pair: Pair, what: str) -> Iterator[Edit]:
    """What changed in the alternatives of the API, for operations that have none of their own."""
    old, new = pair.old.security, pair.new.security
    if old == new:
        return
    reach = 0
    for part in pair.parts:
        if part.kind is Kind.OPERATION and part.old is not None and part.new is not None:
            inherits = part.old.method.security is None and part.new.method.security is None
            reach |= part.reach if inherits else 0
    names = same_schemes(pair.old.security_schemes, pair.new.security_schemes)
    before, after = alternatives(old, names), alternatives(new)
    listed = alternatives(old or (), names), alternatives(new or ())
    for edit in _told(*listed, before, after, what, "the API", reach):
        if not reach and edit.effect is Effect.NARROWS:
            yield replace(edit, guards=frozenset({"unused"}))
        else:
            yield edit


@diff_rule("api-security-added", on=Kind.OPERATION, effects=(Effect.NARROWS, Effect.WIDENS))
def added(pair: Pair) -> Iterator[Edit]:
    """Another way to authenticate is listed for an operation.

    Where some way was listed before, or none was needed and still is none, nobody breaks. Where
    none was needed and now one is, callers without it are refused.

    Before: {}
    After: security: [{key: []}]
    """
    yield from _operation(pair, "added")


@diff_rule("api-security-removed", on=Kind.OPERATION, effects=(Effect.NARROWS, Effect.WIDENS))
def removed(pair: Pair) -> Iterator[Edit]:
    """A way to authenticate is not listed for an operation any more.

    Callers that used it are refused, unless what is listed still lets them in.

    Before: security: [{key: []}, {token: []}]
    After: security: [{token: []}]
    """
    yield from _operation(pair, "removed")


@diff_rule("api-security-scope-added", on=Kind.OPERATION, effects=(Effect.NARROWS, Effect.WIDENS))
def scope_added(pair: Pair) -> Iterator[Edit]:
    """An operation asks for a further scope.

    Tokens without it were good, and are not any more.

    Before: security: [{token: [read]}]
    After: security: [{token: [read, write]}]
    """
    yield from _operation(pair, "scope added")


@diff_rule("api-security-scope-removed", on=Kind.OPERATION, effects=(Effect.NARROWS, Effect.WIDENS))
def scope_removed(pair: Pair) -> Iterator[Edit]:
    """An operation does not ask for a scope any more.

    Before: security: [{token: [read, write]}]
    After: security: [{token: [read]}]
    """
    yield from _operation(pair, "scope removed")


@diff_rule(
    "api-global-security-added",
    on=Kind.API,
    effects=(Effect.NARROWS, Effect.WIDENS),
    may=("unused",),
)
def global_added(pair: Pair) -> Iterator[Edit]:
    """Another way to authenticate is listed for the whole API.

    Before: {}
    After: security: [{key: []}]
    """
    yield from _global(pair, "added")


@diff_rule(
    "api-global-security-removed",
    on=Kind.API,
    effects=(Effect.NARROWS, Effect.WIDENS),
    may=("unused",),
)
def global_removed(pair: Pair) -> Iterator[Edit]:
    """A way to authenticate is not listed for the whole API any more.

    Before: security: [{key: []}, {token: []}]
    After: security: [{token: []}]
    """
    yield from _global(pair, "removed")


@diff_rule(
    "api-global-security-scope-added",
    on=Kind.API,
    effects=(Effect.NARROWS, Effect.WIDENS),
    may=("unused",),
)
def global_scope_added(pair: Pair) -> Iterator[Edit]:
    """The whole API asks for a further scope.

    Before: security: [{token: [read]}]
    After: security: [{token: [read, write]}]
    """
    yield from _global(pair, "scope added")


@diff_rule(
    "api-global-security-scope-removed",
    on=Kind.API,
    effects=(Effect.NARROWS, Effect.WIDENS),
    may=("unused",),
)
def global_scope_removed(pair: Pair) -> Iterator[Edit]:
    """The whole API does not ask for a scope any more.

    Before: security: [{token: [read, write]}]
    After: security: [{token: [read]}]
    """
    yield from _global(pair, "scope removed")
