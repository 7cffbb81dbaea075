"""Lays out nested expressions: on one line where they fit, else an item a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from routebook.values import Value, frozen


@frozen(kw_only=False)
class Block(Value):
    """Items between brackets, or the strings that one is put together from."""

    head: str
    """What it begins with, such as `{` or `headers={`."""
    items: tuple[Node, ...]
    """What stands in it."""
    tail: str
    """What it ends with."""
    pad: str = ""
    """What stands inside the brackets where all is on one line."""
    mark: str = ","
    """What stands after each item; the last has it only where each is on a line of its own."""
    last: str = ","
    """What stands after the last item where each is on a line of its own."""


Node = str | Block


def named(head: str, node: Node) -> Node:
    """A node with something before it, such as `headers=`."""
    return head + node if isinstance(node, str) else replace(node, head=head + node.head)


def ended(node: Node, tail: str) -> Node:
    """A node with something after it, such as `;`."""
    return node + tail if isinstance(node, str) else replace(node, tail=node.tail + tail)


def lines(text: str, quoted: Callable[[str], str], around: Block, room: int) -> Node:
    """A text as a literal, or as one for each of its lines where it is longer than `room`."""
    found = text.splitlines(keepends=True)
    whole = quoted(text)
    if len(found) < 2 or len(whole) <= room:
        return whole
    return replace(around, items=tuple(map(quoted, found)))


@frozen(kw_only=False)
class Layout(Value):
    """How wide lines are, and how far inner ones are indented."""

    width: int
    """How many characters a line has at most, where it can be broken."""
    step: str
    """The indentation of a level."""

    def text(self, node: Node, indent: str = "", after: int = 0) -> str:
        """A node that begins behind `indent`, with `after` characters behind it."""
        if isinstance(node, str):
            return node
        flat = _flat(node)
        if len(indent) + len(flat) + after <= self.width:
            return flat
        if not node.items:
            return node.head + node.tail
        inner = indent + self.step
        marks = [node.mark] * (len(node.items) - 1) + [node.last]
        each = [
            inner + self.text(item, inner, len(mark)) + mark
            for item, mark in zip(node.items, marks, strict=True)
        ]
        head = node.head.rstrip(" ")
        closing = [indent + node.tail] if node.tail else []
        return "\n".join([head, *each, *closing])


def _flat(node: Node) -> str:
    if isinstance(node, str):
        return node
    inner = f"{node.mark} ".join(_each(node.items))
    return f"{node.head}{node.pad}{inner}{node.pad}{node.tail}" if inner else node.head + node.tail


def _each(items: Iterable[Node]) -> Iterable[str]:
    return map(_flat, items)
