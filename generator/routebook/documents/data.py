"""Looking into data, and copies of it in which a part is another."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from routebook.documents.model import Tokens

ABSENT = object()
"""What is found where there is nothing."""


def lookup(data: Any, way: Tokens) -> Any:
    """What the tokens of a JSON pointer lead to, or `ABSENT`."""
    for token in way:
        if isinstance(data, dict):
            data = data.get(token, ABSENT)
        elif isinstance(data, list) and token.isascii() and token.isdecimal():
            data = data[int(token)] if len(token) < 10 and int(token) < len(data) else ABSENT
        else:
            return ABSENT
    return data


def is_bare(node: Any) -> bool:
    """Whether something is a reference and nothing else."""
    return isinstance(node, dict) and len(node) == 1 and isinstance(node.get("$ref"), str)


def put(changed: dict[str, Any], node: Mapping[str, Any], keys: Tokens, made: Any) -> None:
    """Put a part into a copy of its object, whose own maps and lists are copied once."""
    key = keys[0]
    if len(keys) == 1:
        changed[key] = made
        return
    if changed[key] is node[key]:
        changed[key] = copy(node[key])
    inner = changed[key]
    inner[int(keys[1]) if isinstance(inner, list) else keys[1]] = made


def put_below(data: Any, home: Tokens, made: Mapping[str, Any]) -> Any:
    """A copy of a document in which a home also holds what was made."""
    if not home:
        return {**data, **made} if isinstance(data, dict) else dict(made)
    data = data if isinstance(data, dict) else {}
    return {**data, home[0]: put_below(data.get(home[0]), home[1:], made)}
