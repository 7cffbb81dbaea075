"""Evaluators of what decides first: types, `null`, lists of values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from routebook.conformance import value_key
from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Outcome, Pair, place_of, removed_or_added
from routebook.diff.schemas.parts import Found, type_names


def types(pair: Pair) -> Iterator[Outcome]:
    """`type`, however it is written; not `null`, and not what a list of values decides."""
    old, new = pair.old, pair.new
    if not old.types or not new.types:
        yield from _never(pair)
        return
    if old.listed and new.listed:
        return
    apart = {"null"} if _null_alone(pair) else set()
    by_values = frozenset() if _flags(old) or _flags(new) else old.declared & new.declared
    gone = (old.types - new.types) - by_values - apart
    come = (new.types - old.types) - by_values - apart
    if gone or come:
        before, now = _type(old), _type(new)
        action = "changed" if before and now else "added" if now else "removed"
        effect = removed_or_added(bool(gone), bool(come))
        yield pair.edit("type", action, effect, before, now, **_around(pair, before, now))


def _around(pair: Pair, *found: Found | None) -> dict[str, str]:
    """The place of a choice that stands for a list of types, where both sides have one."""
    sides = zip((pair.old, pair.new), found, strict=True)
    holders = [
        union.part
        for node, one in sides
        for union in node.merged
        if one and one.part.pointer.startswith(union.part.at(union.keyword))
    ]
    if len(holders) < len(found):
        return {}
    return {"place": min((place_of("type", one, inside=True) for one in holders), key=len)}


def nullable(pair: Pair) -> Iterator[Outcome]:
    """Whether `null` is accepted, as a type, a value or a branch."""
    if not pair.old.types or not pair.new.types:
        return
    if not _null_alone(pair):
        yield from _meant(pair)
        return
    appears = "null" in pair.new.types
    meant = _said(pair.old if appears else pair.new) is not None
    effect = Effect.EQUAL if meant else Effect.WIDENS if appears else Effect.NARROWS
    yield pair.edit(
        "nullable",
        "added" if appears else "removed",
        effect,
        _type(pair.old),
        _type(pair.new),
        path=(),
        annotation=meant,
        reason="the other side says `nullable` without a `type`, and may mean it" if meant else "",
    )


def _meant(pair: Pair) -> Iterator[Outcome]:
    """`null` that something else refuses, or `nullable` without a `type` beside it.

    No value is accepted for it (OpenAPI 3.0.3, section 4.7.24.1), and null may be meant.
    """
    if "null" in pair.old.types | pair.new.types:
        return
    old, new = _asked(pair.old), _asked(pair.new)
    if bool(old) == bool(new):
        return
    relied = pair.direction.breaks(Effect.WIDENS if new else Effect.NARROWS)
    yield pair.edit(
        "nullable",
        "added" if new else "removed",
        Effect.EQUAL,
        old,
        new,
        annotation=True,
        shows=False,
        guards=frozenset({"relied-on"} if relied else ()),
        reason="as it is written null is refused, but it may be meant",
    )


def _asked(node: Node) -> Found | None:
    """Where null is asked for, whether it is accepted or not."""
    named = (found for found in node.anywhere("type") if isinstance(found.value, (list, tuple)))
    return _said(node) or next((found for found in named if "null" in found.value), None)


def _said(node: Node) -> Found | None:
    return next((one for one in node.anywhere("nullable") if one.value is True), None)


def _null_alone(pair: Pair) -> bool:
    """Whether `null` comes or goes, and that is an edit of its own beside other types."""
    old, new = pair.old, pair.new
    if ("null" in old.types) == ("null" in new.types):
        return False
    if old.listed and new.listed:
        return True
    if not (_type(old) and _type(new)):
        return False
    return bool(old.types & new.types - {"null"}) or old.listed or new.listed


def _never(pair: Pair) -> Iterator[Outcome]:
    """A schema that accepts nothing, on one side."""
    if pair.old.types or pair.new.types:
        effect = Effect.WIDENS if pair.new.types else Effect.NARROWS
        old = Found(pair.old.where.schema, pair.old.where)
        new = Found(pair.new.where.schema, pair.new.where)
        yield pair.edit("schema", "changed", effect, old, new, path=())


def _type(node: Node) -> Found | None:
    """The types of a node, as a `type` keyword would name them."""
    names = type_names(node.types)
    if not names or len(node.types) == 7:
        return None
    part = next((found.part for found in node.anywhere("type")), node.where)
    return Found(names[0] if len(names) == 1 else names, part)


def _flags(node: Node) -> bool:
    """Whether a node is a list of both booleans, and so but another name for the type."""
    return not node.limits and node.types == {"boolean"} and node.declared != node.types


def values(pair: Pair) -> Iterator[Outcome]:
    """`enum` and `const`: values that are gone or new, or a list that appears or goes."""
    if not (pair.old.limits or pair.new.limits) or not (pair.old.types and pair.new.types):
        return
    gone, come, limited, lifted = _values(pair)
    if limited or lifted:
        yield from _whole(pair, limited, lifted)
    consts = _keyword(pair.old) == _keyword(pair.new) == "const"
    if consts and len(gone) == len(come) == 1:
        yield pair.edit("const", "changed", Effect.INCOMPARABLE, gone[0], come[0])
        return
    for found in gone:
        yield _value(pair, "removed", found)
    for found in come:
        yield _value(pair, "added", found)


def _value(pair: Pair, action: str, found: Found) -> Outcome:
    old = found if action == "removed" else None
    new = found if action == "added" else None
    effect = Effect.NARROWS if old else Effect.WIDENS
    keyword = "enum" if "enum" in found.part.schema else "const"
    subject = json.dumps(found.value, ensure_ascii=False, default=str)
    return pair.edit("enum", action, effect, old, new, subject=subject, path=(keyword,))


def _whole(pair: Pair, limited: bool, lifted: bool) -> Iterator[Outcome]:
    """A list of values where there was none, or none where there was one."""
    old, new = _list(pair.old), _list(pair.new)
    effect = removed_or_added(limited, lifted)
    action = "changed" if limited and lifted else "added" if limited else "removed"
    if action == "added":
        yield pair.edit(_keyword(pair.new), action, effect, None, new)
    elif action == "removed":
        yield pair.edit(_keyword(pair.old), action, effect, old, None)
    else:
        yield pair.edit("enum", action, effect, old, new)


def _keyword(node: Node) -> str:
    found = next(chain.from_iterable(limits.values() for limits in node.limits.values()), None)
    return "const" if found and "const" in found.part.schema else "enum"


def _list(node: Node) -> Found | None:
    every = [found for limits in node.limits.values() for found in limits.values()]
    if not every:
        return next(iter(node.anywhere("enum")), None)
    keyword = _keyword(node)
    shown = every[0].value if keyword == "const" else [found.value for found in every]
    return Found(shown, every[0].part)


def _values(pair: Pair) -> tuple[list[Found], list[Found], bool, bool]:
    """The values gone and come, and whether a type became, or stopped to be, a list."""
    old, new = pair.old, pair.new
    gone: list[Found] = []
    come: list[Found] = []
    limited = lifted = False
    told = (old.types ^ new.types) - (old.declared & new.declared)
    finite = old.listed and new.listed
    if finite:
        told = frozenset()
    for kind in sorted(old.types | new.types):
        if kind == "null" or kind in told:
            continue
        before, now = _of_kind(old, kind, finite), _of_kind(new, kind, finite)
        if before is None and now is None:
            continue
        limited |= before is None
        lifted |= now is None
        gone += _missing(before, old, now, new)
        come += _missing(now, new, before, old)
    return gone, come, limited, lifted


def _missing(
    values: dict[Any, Found] | None, own: Node, others: dict[Any, Found] | None, other: Node
) -> list[Found]:
    """The values of one side that the other does not take."""
    if values is None:
        return []
    listed = () if others is None else others
    plain = own.simple and other.simple
    left = [found for key, found in values.items() if key not in listed or plain]
    return [found for found in left if own.takes(found.value) and not other.takes(found.value)]


def listed_on_both(pair: Pair) -> Iterator[Outcome]:
    """Values that both sides list, and one refuses for something else."""
    for kind, before in pair.old.limits.items():
        now = pair.new.limits.get(kind, {})
        for key in (one for one in before if one in now):
            taken, takes = pair.old.takes(before[key].value), pair.new.takes(now[key].value)
            if taken != takes:
                yield _value(
                    pair, "removed" if taken else "added", before[key] if taken else now[key]
                )


def _of_kind(node: Node, kind: str, finite: bool) -> dict[Any, Found] | None:
    """The values of a type; None when they are not listed."""
    if kind not in node.types:
        return {}
    if finite and kind == "boolean" and kind not in node.limits:
        both = (Found(value, node.where) for value in (False, True))
        return {value_key(found.value): found for found in both}
    return node.limits.get(kind)
