"""Where the parts of a YAML text stand: a second pass over it, made only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from routebook.documents.problems import MOST, finding
from routebook.documents.yamlevents import events, may_be_pairs, paired
from routebook.findings import DescriptionError, Finding, Location


@dataclass(slots=True)
class Node:
    """A mapping or list, and where its children stand."""

    mapping: bool
    children: dict[str, tuple[int, int, Node | None]] = field(default_factory=dict)
    twice: list[tuple[str, int, int]] = field(default_factory=list)
    key: tuple[str, int, int] | None = None

    def add(self, line: int, column: int, child: Node | None) -> None:
        """Take a value, for the key that came before it or at the next index."""
        if not self.mapping:
            self.children[str(len(self.children))] = line, column, child
        elif self.key is not None:
            key, line, column = self.key
            self.key = None
            if key in self.children:
                self.twice.append((key, line, column))
            else:
                self.children[key] = line, column, child


class YamlPlaces:
    """The tree of places of a YAML text."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.nodes: list[Node] = []
        self._root = Node(mapping=False)
        self._written: dict[str, str] = {}
        try:
            self._build(text)
        except DescriptionError as problem:
            if not may_be_pairs(problem, text):
                raise
            self.nodes, self._root = [], Node(mapping=False)
            self._build(paired(text))

    def location(self, parts: list[str]) -> tuple[Location, int]:
        """The place of the deepest part that exists, and how many of `parts` lead to it."""
        line, column, node = self._root.children.get("0", (0, 0, None))
        for count, part in enumerate(parts):
            child = node.children.get(part) if node is not None else None
            if child is None:
                return self._at(line, column), count
            line, column, node = child
        return self._at(line, column), len(parts)

    def _at(self, line: int, column: int) -> Location:
        return Location(file=self.name, line=line + 1, column=column + 1)

    def duplicates(self) -> Iterator[Finding]:
        """A finding for each key that stands twice in one mapping."""
        for node in self.nodes:
            for key, line, column in node.twice:
                first = self._at(*node.children[key][:2])
                yield finding(
                    "document-duplicate-key",
                    f"the key {key!r} stands twice in one mapping, first at {first}",
                    self._at(line, column),
                    hint="keep one of the two",
                )

    def _build(self, text: str) -> None:
        from yaml import events as kinds

        stack = [self._root]
        anchors: dict[str, Node | None] = {}
        starts = (kinds.MappingStartEvent, kinds.SequenceStartEvent)
        ends = (kinds.MappingEndEvent, kinds.SequenceEndEvent)
        for event in events(text, self.name):
            kind, node = type(event), stack[-1]
            if kind in starts:
                child = Node(mapping=kind is kinds.MappingStartEvent)
                self.nodes.append(child)
                self._take(event, node, child, anchors)
                stack.append(child)
            elif kind in ends:
                stack.pop()
            elif kind is kinds.ScalarEvent:
                self._take(event, node, None, anchors)
            elif kind is kinds.AliasEvent:
                self._take(event, node, anchors.get(event.anchor), {})

    def _take(
        self, event: Any, node: Node, child: Node | None, anchors: dict[str, Node | None]
    ) -> None:
        mark = event.start_mark
        if node.mapping and node.key is None:
            text = getattr(event, "value", None)
            text = self._written.get(event.anchor, "") if text is None else text
            node.key = text, mark.line, mark.column
        else:
            node.add(mark.line, mark.column, child)
        if event.anchor is not None:
            anchors[event.anchor] = child
            self._written.setdefault(event.anchor, getattr(event, "value", ""))


def duplicates(text: str, name: str) -> tuple[Finding, ...]:
    """A finding for each key that stands twice in one mapping."""
    return tuple(islice(YamlPlaces(text, name).duplicates(), MOST))
