"""Evaluators of what JSON Schema asserts nothing of: titles, defaults, examples, hints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.conformance import value_key
from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Outcome, Pair
from routebook.diff.schemas.parts import Found

NOTES = ("title", "description", "default", "example", "examples", "xml", "externalDocs")
FLAGS = ("deprecated", "readOnly", "writeOnly")
_NAME = re.compile(r"[A-Za-z0-9_-]+")
"""A name of a schema that cannot be a file's."""


def notes(pair: Pair) -> Iterator[Outcome]:
    """Titles, descriptions, defaults, examples: no value is accepted or refused for them."""
    for keyword in NOTES:
        old, new = _first(pair.old, keyword), _first(pair.new, keyword)
        if not (old or new) or (old and new and value_key(old.value) == value_key(new.value)):
            continue
        action = "changed" if old and new else "added" if new else "removed"
        yield pair.edit(keyword, action, Effect.EQUAL, old, new, annotation=True, shows=False)


def flags(pair: Pair) -> Iterator[Outcome]:
    """`deprecated`, `readOnly`, `writeOnly`."""
    for keyword in FLAGS:
        old, new = _first(pair.old, keyword), _first(pair.new, keyword)
        before, now = bool(old and old.value is True), bool(new and new.value is True)
        if before != now:
            action = "added" if now else "removed"
            yield pair.edit(keyword, action, Effect.EQUAL, old, new, annotation=True, shows=False)


def _first(node: Node, keyword: str) -> Found | None:
    return next(node.anywhere(keyword), None)


def discriminator(pair: Pair) -> Iterator[Outcome]:
    """`discriminator`: the property that names a branch, and what its values stand for."""
    old, new = _first(pair.old, "discriminator"), _first(pair.new, "discriminator")
    before, now = _name(old), _name(new)
    if not before and not now:
        return
    if before != now:
        action = "changed" if before and now else "added" if now else "removed"
        effect = Effect.INCOMPARABLE if before and now else Effect.EQUAL
        yield pair.edit(
            "discriminator",
            action,
            effect,
            old,
            new,
            annotation=effect is Effect.EQUAL,
            shows=False,
        )
        return
    yield from _mapping(pair, old, new)


def _name(found: Found | None) -> Any:
    value = found.value if found else None
    return value.get("propertyName") if isinstance(value, (dict, Mapping)) else None


def _mapping(pair: Pair, old: Found | None, new: Found | None) -> Iterator[Outcome]:
    """What values of the property stand for, and those that no value is for (OpenAPI 3.2)."""
    if not (old and new):
        return
    before, now = _entries(old), _entries(new)
    for value in {**before, **now}:
        ends = before.get(value), now.get(value)
        yield from _target(pair, (old, new), ends, ("mapping", value))
    defaults = (_reference(one.value.get("defaultMapping")) for one in (old, new))
    yield from _target(pair, (old, new), tuple(defaults), ("defaultMapping",))


def _target(
    pair: Pair, found: tuple[Found, Found], ends: tuple[Any, ...], path: tuple[str, ...]
) -> Iterator[Outcome]:
    """What a value stood for, and stands for now; None where it stands for nothing."""
    before, now = ends
    if _same(pair, *found, before, now):
        return
    action = "removed" if now is None else "added" if before is None else "changed"
    effect = Effect.INCOMPARABLE if action == "changed" else Effect.EQUAL
    yield pair.edit(
        path[0],
        action,
        effect,
        None if before is None else Found(before, found[0].part),
        None if now is None else Found(now, found[1].part),
        path=("discriminator", *path),
        subject=path[1] if len(path) > 1 else "",
        annotation=effect is Effect.EQUAL,
        shows=False,
    )


def _same(pair: Pair, old: Found, new: Found, before: Any, now: Any) -> bool:
    """Whether a value stands for the same schema, whatever its name is now."""
    if before is None or now is None:
        return before is now
    if before == now:
        return True
    first = (old.part.below({"$ref": before}, "discriminator"),)
    then = (new.part.below({"$ref": now}, "discriminator"),)
    return pair.relate(first, then) is Effect.EQUAL


def _entries(found: Found) -> Mapping[str, Any]:
    value = found.value.get("mapping")
    if not isinstance(value, (dict, Mapping)):
        return {}
    return {key: _reference(target) for key, target in value.items()}


def _reference(target: Any) -> Any:
    """What a value stands for as a reference; it may be a schema's name (OpenAPI, 4.8.25)."""
    named = isinstance(target, str) and _NAME.fullmatch(target)
    return f"#/components/schemas/{target}" if named else target
