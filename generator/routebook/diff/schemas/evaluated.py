"""What is left over by choices and conditions: for `unevaluatedProperties` and `...Items`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from routebook.diff.schemas.model import Effect
from routebook.diff.schemas.node import Node
from routebook.diff.schemas.pair import Outcome, Pair
from routebook.diff.schemas.parts import Found

_NAMED = ("properties", "patternProperties")
_LISTED = ("anyOf", "oneOf", "allOf")
_INNER = ("then", "else")
_EVALUATING = ("if", *_INNER, "dependentSchemas", *_LISTED)
"""Keywords that may evaluate members, and so take them from what is left over."""


def evaluated(pair: Pair) -> Iterator[Outcome]:
    """Members that are left over in other cases, as choices and conditions name others.

    Whether that refuses anything, instances have to show (JSON Schema 2020-12, core, section 11).
    """
    for keyword in ("unevaluatedProperties", "unevaluatedItems"):
        old, new = _closed(pair.old, keyword), _closed(pair.new, keyword)
        if old is None or new is None:
            continue
        before, now = _named(pair.old), _named(pair.new)
        if before == now:
            continue
        gone, come = _names(before) - _names(now), _names(now) - _names(before)
        effect = Effect.INCOMPARABLE
        if gone or come:
            effect = Effect.NARROWS if not come else Effect.WIDENS if not gone else effect
        yield pair.edit(
            keyword, "changed", effect, old, new, reason="what other keywords evaluate changed"
        )


def _closed(node: Node, keyword: str) -> Found | None:
    """The keyword of a schema that limits what is left over, where its effect is not known."""
    found = [one for name, one in node.opaque if name == keyword]
    return found[0] if len(found) == 1 and found[0].value not in (True, {}) else None


def _named(node: Node) -> tuple[Any, ...]:
    return tuple(
        (name, _members(found.value, name)) for name in _EVALUATING for found in node.anywhere(name)
    )


def _members(value: Any, keyword: str) -> Any:
    """What a keyword evaluates, and when, without what it says of the members."""
    if keyword in _LISTED and isinstance(value, (list, tuple)):
        return tuple(_of_schema(one) for one in value)
    if keyword == "dependentSchemas" and isinstance(value, (dict, Mapping)):
        return tuple(sorted((name, _of_schema(one)) for name, one in value.items()))
    return (repr(value) if keyword == "if" else "", _of_schema(value))


def _of_schema(schema: Any) -> tuple[Any, ...]:
    if not isinstance(schema, (dict, Mapping)):
        return ()
    found: list[Any] = []
    for keyword, value in sorted(schema.items()):
        if keyword in _NAMED and isinstance(value, (dict, Mapping)):
            found += [_Name(f"{keyword} {name}") for name in sorted(value)]
        elif keyword == "prefixItems" and isinstance(value, (list, tuple)):
            found += [_Name(f"item {index}") for index in range(len(value))]
        elif keyword in ("items", "additionalProperties", "contains"):
            found.append(_Name(f"rest {keyword}"))
        elif keyword == "$ref":
            found.append(str(value))
        elif keyword in _EVALUATING:
            found.append((keyword, _members(value, keyword)))
    return tuple(found)


class _Name(str):
    """The name of what is evaluated."""

    __slots__ = ()


def _names(value: Any) -> frozenset[str]:
    if isinstance(value, _Name):
        return frozenset({value})
    if isinstance(value, tuple):
        return frozenset().union(*map(_names, value))
    return frozenset()
