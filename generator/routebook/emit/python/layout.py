"""Values as Python source in the style of `ruff format`: on one line, or an item a line.

What does not fit is written with a trailing comma after each item, which the formatter takes
for the author's wish, so that its result is the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from routebook.emit.python.text import WIDTH, literal, pieces, width

STEP = 4
"""The columns of one level of indentation."""


class Atom:
    """Source that is never broken: a name, a number, a short text."""

    __slots__ = ("flat",)

    def __init__(self, flat: str) -> None:
        self.flat: str | None = flat

    def broken(self, indent: int) -> str:  # noqa: ARG002  # as the other nodes
        """The source itself."""
        return self.flat or ""


class Text:
    """A string: one literal, or several in parentheses that Python joins."""

    __slots__ = ("flat", "value")

    def __init__(self, value: str) -> None:
        self.value = value
        flat = literal(value) if len(value) <= WIDTH else None
        self.flat = flat if flat is None or width(flat) <= WIDTH else None

    def broken(self, indent: int) -> str:
        """Literals in parentheses, one a line."""
        room = WIDTH - indent - STEP
        parts = [self.value]
        if self.flat is None or width(self.flat) > room:
            parts = pieces(self.value, max(room, 20))
        pad = "\n" + " " * (indent + STEP)
        return f"({''.join(pad + literal(part) for part in parts)}\n{' ' * indent})"


class Group:
    """Something in brackets: a call, a tuple, a list, a dict, a subscript."""

    __slots__ = ("_close", "_comma", "_items", "_open", "flat")

    def __init__(
        self, opening: str, items: Iterable[tuple[str, Node]], close: str, *, comma: bool = True
    ) -> None:
        self._open, self._items, self._close, self._comma = opening, tuple(items), close, comma
        self.flat = self._flat()

    def _flat(self) -> str | None:
        parts: list[str] = []
        room = WIDTH - len(self._open)
        for prefix, node in self._items:
            if node.flat is None or (room := room - len(prefix) - len(node.flat) - 2) < -2:
                return None
            parts.append(prefix + node.flat)
        alone = "," if self._open == "(" and len(parts) == 1 else ""
        return f"{self._open}{', '.join(parts)}{alone}{self._close}"

    def broken(self, indent: int) -> str:
        """The brackets, and between them an item a line."""
        if not self._items:
            return self._open + self._close
        pad, comma = " " * (indent + STEP), "," if self._comma else ""
        lines = [
            f"{pad}{self._item(prefix, node, indent + STEP)}{comma}\n"
            for prefix, node in self._items
        ]
        return f"{self._open}\n{''.join(lines)}{' ' * indent}{self._close}"

    def _item(self, prefix: str, node: Node, indent: int) -> str:
        return prefix + fit(node, indent, width(prefix), 1 if self._comma else 0)


class Dict(Group):
    """A dict; what is too long for a line stands in parentheses."""

    __slots__ = ("_keys",)

    def __init__(self, pairs: Iterable[tuple[str, Node]]) -> None:
        pairs = tuple(pairs)
        self._keys = {f"{literal(key)}: ": key for key, _ in pairs}
        super().__init__("{", zip(self._keys, (node for _, node in pairs), strict=True), "}")

    def _item(self, prefix: str, node: Node, indent: int) -> str:
        before = width(prefix)
        if indent + before >= WIDTH:
            prefix = f"{Text(self._keys[prefix]).broken(indent)}: "
            before = len("): ")
        source = fit(node, indent, before, 1)
        if isinstance(node, Atom) and indent + before + width(source) + 1 > WIDTH:
            pad = " " * indent
            source = f"(\n{pad}{' ' * STEP}{source}\n{pad})"
        return prefix + source


class OrNone:
    """A type in brackets, or None: `list[str] | None`."""

    __slots__ = ("_inner", "flat")

    def __init__(self, inner: Group) -> None:
        self._inner = inner
        self.flat = None if inner.flat is None else f"{inner.flat} | None"

    def broken(self, indent: int) -> str:
        """The type, and None on a line of its own; it must stand in brackets."""
        return f"{fit(self._inner, indent)}\n{' ' * indent}| None"

    def alone(self, indent: int) -> str:
        """The same in brackets."""
        inner = indent + STEP
        return f"(\n{' ' * inner}{fit(self, inner)}\n{' ' * indent})"


Node: TypeAlias = Atom | Text | Group | OrNone


def fit(node: Node, indent: int, before: int = 0, after: int = 0) -> str:
    """The source of a node: `indent`, and `before` columns after it, stand on its first line."""
    flat = node.flat
    if flat is not None and indent + before + width(flat) + after <= WIDTH:
        return flat
    return node.broken(indent)


def call(function: str, arguments: Iterable[tuple[str, Node]]) -> Group:
    """A call with keyword arguments."""
    return Group(f"{function}(", ((f"{name}=", node) for name, node in arguments), ")")


def tupled(items: Iterable[Node]) -> Group:
    """A tuple."""
    return Group("(", (("", node) for node in items), ")")


def subscript(name: str, items: Iterable[Node]) -> Group:
    """A type with arguments: `Annotated[str, ...]`."""
    arguments = tuple(("", node) for node in items)
    return Group(f"{name}[", arguments, "]", comma=len(arguments) > 1)


def or_none(annotation: Node) -> Node:
    """A type, or None."""
    if isinstance(annotation, Group):
        return OrNone(annotation)
    name = annotation.flat or ""
    return Atom(f'"{name[1:-1]} | None"' if name[:1] == '"' else f"{name} | None")


def annotated(name: str, annotation: Node, indent: int) -> str:
    """The line of a field, or its lines."""
    source = fit(annotation, indent, width(f"{name}: "))
    if isinstance(annotation, OrNone) and source != annotation.flat:
        source = annotation.alone(indent)
    return f"{name}: {source}"


@dataclass(frozen=True, slots=True)
class Assignment:
    """`NAME = value`, or `NAME: TYPE = value`."""

    name: str
    """The name."""
    value: Node
    """What it stands for."""
    annotation: str = ""
    """Its type, where a checker cannot see it."""

    def source(self) -> str:
        """The statement, without the line's end."""
        head = f"{self.name}: {self.annotation} = " if self.annotation else f"{self.name} = "
        return head + fit(self.value, 0, width(head))
