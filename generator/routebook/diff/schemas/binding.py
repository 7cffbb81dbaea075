"""Whether a schema refuses anything at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from routebook.diff.schemas.node import Node
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.parts import ALL, NOTES, Conjunction, identity
from routebook.diff.schemas.scalars import LIMITS, bound, limit, multiple, patterns

_DECIDING = frozenset({"format", "contains", "propertyNames", "dependentRequired"})
_DECIDING |= {"dependentSchemas", "not", "if", "$ref", "$dynamicRef", "unevaluatedProperties"}


def binds(view: View, conjunction: Conjunction) -> bool:
    """Whether some schemas, taken together, refuse any value.

    A schema that is met again on the way counts as one that refuses nothing. What a rare
    keyword says is not looked into: it counts as refusing.
    """
    seen: set[tuple[int, ...]] = set()
    stack = [conjunction]
    while stack:
        one = stack.pop()
        key = identity(one)
        if key in seen or not one:
            continue
        seen.add(key)
        node = view.normal(one)
        if _refuses(node):
            return True
        stack.extend(_below(node))
    return False


def _refuses(node: Node) -> bool:
    if node.types != ALL or node.limits or node.unions or node.opaque:
        return True
    keys = {key for part, _ in node.atoms for key in part.schema if key not in NOTES}
    if not keys:
        return False
    if keys & (_DECIDING - {"$ref"}) or (node.required() or patterns(node)):
        return True
    if any(limit(node, keyword) for keyword in LIMITS) or multiple(node):
        return True
    unique = any(found.value is True for found in node.anywhere("uniqueItems"))
    return unique or bound(node, upper=False) is not None or bound(node, upper=True) is not None


def _below(node: Node) -> Iterator[Conjunction]:
    """What holds for members, as far as anything does."""
    for value, part in node.find("properties", "object"):
        for name, schema in value.items() if isinstance(value, (dict, Mapping)) else ():
            yield (part.below(schema, "properties", name),)
    yield from node.patterns().values()
    yield node.additional()
    for index in range(node.prefix_length() + 1):
        yield node.of_item(index)
