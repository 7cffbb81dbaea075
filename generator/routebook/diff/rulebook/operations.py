"""Operations: added, removed, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.endpoints import prefix, shape
from routebook.diff.frame import Edit, diff_rule
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Direction, Effect
from routebook.diff.servers import covered, served_by, variables_changed
from routebook.diff.stability import read_date, sunset_text

KEEP = "keep it, mark it `deprecated` with a sunset date, and remove it after that date"


def _gone(pair: Pair, *, whole_path: bool, state: str) -> Iterator[Edit]:
    """That an operation is gone: of a path that is gone or not, in a state of its deprecation."""
    if pair.new is not None or pair.old.kind == "webhook":
        return
    its = shape(pair.old.route.path)
    ways = {its, prefix(pair.context.old) + its}
    gone = pair.old.kind == "operation" and ways.isdisjoint(pair.context.new_paths)
    if gone is not whole_path or _state(pair) != state:
        return
    text = sunset_text(pair.old.method.extra, pair.old.method.deprecated)
    dated = f" before its sunset {text}" if state == "early" else ""
    yield Edit(f"{pair.name} is gone{dated}")


def _state(pair: Pair) -> str:
    """How a removed operation had been announced."""
    method = pair.old.method
    if method.deprecated is None:
        return "without"
    text = sunset_text(method.extra, method.deprecated)
    if not text:
        return "announced"
    day = read_date(text)
    if day is None:
        return "unreadable"
    return "early" if day > pair.context.policy.today else "announced"


@diff_rule(
    "api-path-removed-without-deprecation",
    on=Kind.OPERATION,
    effect=Effect.INCOMPARABLE,
    hint=KEEP,
)
def path_removed(pair: Pair) -> Iterator[Edit]:
    """An operation is gone with its whole path, and was never deprecated.

    Clients that call it get an error from one day to the next.

    Before: paths: {/things: {get: {}}, /others: {get: {}}}
    After: paths: {/others: {get: {}}}
    """
    yield from _gone(pair, whole_path=True, state="without")


@diff_rule(
    "api-path-removed-before-sunset", on=Kind.OPERATION, effect=Effect.INCOMPARABLE, hint=KEEP
)
def path_removed_early(pair: Pair) -> Iterator[Edit]:
    """An operation is gone with its whole path before the date that was promised.

    Clients were told how long they have, and have less.

    Before: paths: {/things: {get: {deprecated: true, x-sunset: "9999-12-31"}}, /o: {get: {}}}
    After: paths: {/o: {get: {}}}
    """
    yield from _gone(pair, whole_path=True, state="early")


@diff_rule("api-path-removed-with-deprecation", on=Kind.OPERATION)
def path_removed_announced(pair: Pair) -> Iterator[Edit]:
    """A deprecated operation is gone with its whole path, as announced.

    Its sunset has passed, or none was given.

    Before: paths: {/things: {get: {deprecated: true}}, /others: {get: {}}}
    After: paths: {/others: {get: {}}}
    """
    yield from _gone(pair, whole_path=True, state="announced")


@diff_rule(
    "api-removed-without-deprecation", on=Kind.OPERATION, effect=Effect.INCOMPARABLE, hint=KEEP
)
def operation_removed(pair: Pair) -> Iterator[Edit]:
    """A method of a path is gone, and was never deprecated.

    Clients that call it get an error from one day to the next.

    Before: paths: {/things: {get: {}, delete: {}}}
    After: paths: {/things: {get: {}}}
    """
    yield from _gone(pair, whole_path=False, state="without")


@diff_rule("api-removed-before-sunset", on=Kind.OPERATION, effect=Effect.INCOMPARABLE, hint=KEEP)
def operation_removed_early(pair: Pair) -> Iterator[Edit]:
    """A method of a path is gone before the date that was promised.

    Clients were told how long they have, and have less.

    Before: paths: {/things: {get: {}, delete: {deprecated: true, x-sunset: "9999-12-31"}}}
    After: paths: {/things: {get: {}}}
    """
    yield from _gone(pair, whole_path=False, state="early")


@diff_rule("api-removed-with-deprecation", on=Kind.OPERATION)
def operation_removed_announced(pair: Pair) -> Iterator[Edit]:
    """A deprecated method of a path is gone, as announced.

    Its sunset has passed, or none was given.

    Before: paths: {/things: {get: {}, delete: {deprecated: true}}}
    After: paths: {/things: {get: {}}}
    """
    yield from _gone(pair, whole_path=False, state="announced")


@diff_rule("endpoint-added", on=Kind.OPERATION, effect=Effect.WIDENS)
def endpoint_added(pair: Pair) -> Iterator[str]:
    """An operation is new.

    Nobody called it, so nobody breaks.

    Before: paths: {/things: {get: {}}}
    After: paths: {/things: {get: {}, post: {}}}
    """
    if pair.old is None and pair.new.kind == "operation":
        yield f"{pair.name} is new"


@diff_rule("webhook-added", on=Kind.WEBHOOK, effect=Effect.WIDENS)
def webhook_added(pair: Pair) -> Iterator[str]:
    """A webhook is new.

    Receivers get it when they ask for it.

    Before: {}
    After: webhooks: {thingMade: {post: {}}}
    """
    if pair.old is None:
        yield f"{pair.name} is new"


@diff_rule("webhook-removed", on=Kind.WEBHOOK, effect=Effect.INCOMPARABLE)
def webhook_removed(pair: Pair) -> Iterator[str]:
    """A webhook is gone.

    Receivers that wait for it never hear again.

    Before: webhooks: {thingMade: {post: {}}}
    After: {}
    """
    if pair.new is None:
        yield f"{pair.name} is gone"


@diff_rule("webhook-operation-removed", on=Kind.OPERATION, effect=Effect.INCOMPARABLE)
def webhook_operation_removed(pair: Pair) -> Iterator[str]:
    """A webhook does not use a method any more.

    Receivers that answer to that method never hear again.

    Before: webhooks: {thingMade: {post: {}, put: {}}}
    After: webhooks: {thingMade: {post: {}}}
    """
    if pair.new is None and pair.old.kind == "webhook" and _inside_both(pair):
        yield f"{pair.name} is not sent any more"


@diff_rule("webhook-operation-added", on=Kind.OPERATION, guards=("relied-on",))
def webhook_operation_added(pair: Pair) -> Iterator[Edit]:
    """A webhook uses another method, or a callback another request.

    Receivers get requests that they did not get before. They answer those that they do not know
    with an error, as HTTP has it.

    Before: webhooks: {thingMade: {post: {}}}
    After: webhooks: {thingMade: {post: {}, put: {}}}
    """
    if pair.old is None and pair.new.kind != "operation" and _inside_both(pair):
        yield Edit(f"{pair.name} is sent now")


def _inside_both(pair: Pair) -> bool:
    return pair.parent is None or None not in (pair.parent.old, pair.parent.new)


@diff_rule("api-callback-added", on=Kind.CALLBACK)
def callback_added(pair: Pair) -> Iterator[str]:
    """An operation may call back in a way that is new.

    Before: {}
    After: callbacks: {done: {"{$request.body#/url}": {post: {}}}}
    """
    if pair.old is None:
        yield f"{pair.name} is new"


@diff_rule("api-callback-removed", on=Kind.CALLBACK, effect=Effect.INCOMPARABLE)
def callback_removed(pair: Pair) -> Iterator[Edit]:
    """An operation does not call back any more.

    Clients that wait for the request never hear.

    Before: callbacks: {done: {"{$request.body#/url}": {post: {}}}}
    After: {}
    """
    if pair.new is None:
        yield Edit(f"{pair.name} is gone")


@diff_rule("api-operation-id-added", on=Kind.OPERATION)
def operation_id_added(pair: Pair) -> Iterator[Edit]:
    """An operation that had no id has one.

    Before: {}
    After: operationId: listThings
    """
    old, new = _ids(pair)
    if new and not old:
        yield Edit(f"{pair.name} has the id `{new}` now", new=new, below=("operationId",))


@diff_rule("api-operation-id-removed", on=Kind.OPERATION)
def operation_id_removed(pair: Pair) -> Iterator[Edit]:
    """The id of an operation is gone, or another.

    Nothing changes on the wire. Generated clients name their methods after it.

    Before: operationId: listThings
    After: operationId: getThings
    """
    old, new = _ids(pair)
    if old and new != old:
        became = f"`{new}` now" if new else "gone"
        yield Edit(f"the id `{old}` of {pair.name} is {became}", old=old, new=new or None)


def _ids(pair: Pair) -> tuple[str, str]:
    if pair.old is None or pair.new is None:
        return "", ""
    return pair.old.method.operation_id, pair.new.method.operation_id


@diff_rule("api-tag-added", on=Kind.OPERATION)
def tag_added(pair: Pair) -> Iterator[str]:
    """An operation belongs to another group as well.

    Before: tags: [things]
    After: tags: [things, stock]
    """
    for tag in _tags(pair)[1]:
        yield f"{pair.name} has the tag `{tag}` now"


@diff_rule("api-tag-removed", on=Kind.OPERATION)
def tag_removed(pair: Pair) -> Iterator[str]:
    """An operation does not belong to a group any more.

    Generated clients may put its method elsewhere.

    Before: tags: [things, stock]
    After: tags: [things]
    """
    for tag in _tags(pair)[0]:
        yield f"{pair.name} does not have the tag `{tag}` any more"


def _tags(pair: Pair) -> tuple[list[str], list[str]]:
    """The tags that only the old side has, and those that only the new one has."""
    if pair.old is None or pair.new is None:
        return [], []
    old, new = pair.old.method.tags, pair.new.method.tags
    return [one for one in old if one not in new], [one for one in new if one not in old]


@diff_rule("request-variant-removed", on=Kind.VARIANT, effect=Effect.NARROWS)
def variant_removed(pair: Pair) -> Iterator[Edit]:
    """A variant of a request is gone: one way of using the operation.

    Clients that send such requests are refused, or get another answer.

    Before: RequestDescriptor(name="Mount", query_parameters=()), RequestDescriptor(name="Start")
    After: RequestDescriptor(name="Start")
    """
    if pair.new is None:
        yield Edit(f"{pair.name} is gone", effect=Effect.INCOMPARABLE)


@diff_rule("request-variant-added", on=Kind.VARIANT, effects=(Effect.WIDENS,))
def variant_added(pair: Pair) -> Iterator[Edit]:
    """A request has a variant that is new: another way of using the operation.

    Before: RequestDescriptor(name="Start")
    After: RequestDescriptor(name="Start"), RequestDescriptor(name="Mount")
    """
    if pair.old is None:
        inverted = pair.flow is Direction.RESPONSE
        yield Edit(f"{pair.name} is new", effect=Effect.WIDENS if inverted else Effect.EQUAL)


@diff_rule("request-variant-condition-changed", on=Kind.VARIANT, effect=Effect.UNKNOWN)
def variant_condition(pair: Pair) -> Iterator[Edit]:
    """What tells a variant of a request from the others is another condition.

    Requests that were of this variant may be of another one now, with other answers.

    Before: RequestDescriptor(name="Mount", condition=Condition(present=("query.mount",)))
    After: RequestDescriptor(name="Mount", condition=Condition(present=("query.from",)))
    """
    if pair.old is not None and pair.new is not None and pair.old.condition != pair.new.condition:
        message = f"{pair.name} is told from the others by another condition"
        yield Edit(message)


@diff_rule("endpoint-server-removed", on=Kind.OPERATION, effect=Effect.NARROWS, may=("covered",))
def server_removed(pair: Pair) -> Iterator[Edit]:
    """An operation with servers of its own is not served at a URL any more.

    Clients that call it there must be told of another one, unless another one has the same URLs.
    Servers of its own replace those of the API, which has `/` where it lists none (OpenAPI 3.1,
    section 4.8.1).

    Before: servers: [{url: "https://a.example"}, {url: "https://b.example"}]
    After: servers: [{url: "https://b.example"}]
    """
    old, new = served_by(pair)
    for url, server in old.items():
        if url not in new:
            guards = frozenset({"covered"} if covered(server, new.values()) else ())
            shown = url or "/"
            yield Edit(f"{pair.name} is not served at `{shown}` any more", guards=guards, old=shown)


@diff_rule("endpoint-server-added", on=Kind.OPERATION, effect=Effect.WIDENS)
def server_added(pair: Pair) -> Iterator[Edit]:
    """An operation with servers of its own is served at another URL as well.

    Before: servers: [{url: "https://a.example"}]
    After: servers: [{url: "https://a.example"}, {url: "https://b.example"}]
    """
    old, new = served_by(pair)
    for url in new:
        if url not in old:
            shown, kept = url or "/", not old.keys().isdisjoint(new)
            how = "as well" if kept else "now"
            yield Edit(f"{pair.name} is served at `{shown}` {how}", new=shown)


@diff_rule(
    "endpoint-server-changed",
    on=Kind.OPERATION,
    effects=(Effect.INCOMPARABLE, Effect.NARROWS),
    may=("covered",),
)
def server_changed(pair: Pair) -> Iterator[Edit]:
    """A server of an operation has other variables, or is described otherwise.

    A value of a variable that is gone is a URL that is gone, as at the servers of the API.

    Before: servers: [{url: "https://{r}.example", variables: {r: {default: eu, enum: [eu, us]}}}]
    After: servers: [{url: "https://{r}.example", variables: {r: {default: eu, enum: [eu]}}}]
    """
    old, new = served_by(pair)
    for url, server in old.items():
        if url not in new or server == new[url]:
            continue
        name = f"the server `{url or '/'}` of {pair.name}"
        edits = tuple(variables_changed(server, new[url], new.values(), name))
        yield from edits or (Edit(f"{name} is described otherwise"),)
