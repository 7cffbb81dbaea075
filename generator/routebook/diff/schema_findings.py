"""Edits of schemas as causes: told at the component that they stand in, once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.diff.causes import Cause, component_of, side
from routebook.diff.data import Schemas, keys_of
from routebook.diff.holders import Held
from routebook.diff.keywords import judged, rule_id
from routebook.diff.pairs import Pair, Policy
from routebook.diff.refine import refined
from routebook.diff.schemas import Comparer, Comparison, SchemaEdit, SharedEdits, Spot
from routebook.diff.wording import edit_message
from routebook.places import Places

_REFERENCE = "#/components/schemas/"


class SchemaFindings:
    """Compares the schemas of pairs, and keeps what came of it."""

    def __init__(
        self,
        schemas: tuple[Schemas, Schemas],
        places: tuple[Places | None, Places | None],
        policy: Policy,
    ) -> None:
        self._schemas = schemas
        self._policy = policy
        self._places = places
        self.comparer = Comparer(schemas[0].definitions, schemas[1].definitions)
        self._found: list[tuple[Pair, Held, Comparison]] = []

    def add(self, pair: Pair, held: Held) -> None:
        """Compare the schemas of a pair."""
        comparison = self.comparer.compare(held.old, held.new, pair.flow)
        if comparison.edits or comparison.shared:
            self._found.append((pair, held, comparison))

    def causes(self) -> Iterator[Cause]:
        """Every edit: those in components once for each way in which they are used."""
        shared: dict[tuple[int, str, bool], tuple[Pair, Held, SharedEdits]] = {}
        reach: dict[tuple[int, str, bool], int] = {}
        for pair, held, comparison in self._found:
            for edit in comparison.edits:
                yield self._cause(edit, pair, held, pair.reach, root=_at_root(edit))
            for one in comparison.shared:
                key = (id(one), held.position, self._is_root(held, one))
                shared.setdefault(key, (pair, held, one))
                reach[key] = reach.get(key, 0) | pair.reach
        for key, (pair, held, one) in shared.items():
            twin = (key[0], key[1], not key[2])
            for edit in one.edits:
                rooted = _at_root(edit)
                bits = reach[key]
                if not rooted and twin in shared:
                    if key[2]:
                        continue
                    bits |= reach[twin]
                root = rooted and key[2]
                yield self._cause(edit, pair, held, bits, root=root, shared=one)

    def _around(self, index: int, root: Any, spot: Spot | None, keyword: str) -> Any:
        """The schema around what was edited; with a type list, the one around its branches."""
        if spot is None or keyword not in ("deprecated", "type"):
            return None
        pointer = re.sub(r"(?:/(?:oneOf|anyOf)/\d+)?/(?:type|deprecated)$", "", spot.pointer)
        return self._schemas[index].at(root, spot.component, pointer)

    def _is_root(self, held: Held, shared: SharedEdits) -> bool:
        """Whether a component is what the schema of a pair refers to, and nothing beside."""
        definitions = self._schemas[1].definitions
        schema, seen = held.new, set[str]()
        while isinstance(schema, Mapping) and isinstance(schema.get("$ref"), str):
            name: str = schema["$ref"].removeprefix(_REFERENCE)
            if name == shared.new_name:
                return True
            if name in seen:
                return False
            seen.add(name)
            schema = definitions.get(name)
        return False

    def _cause(
        self,
        edit: SchemaEdit,
        pair: Pair,
        held: Held,
        reach: int,
        *,
        root: bool,
        shared: SharedEdits | None = None,
    ) -> Cause:
        before = self._around(0, held.old, edit.old_at, edit.keyword)
        after = self._around(1, held.new, edit.new_at, edit.keyword)
        edit = refined(edit, before, after, self._policy)
        decided = judged(edit, held.position, pair.guards)
        return Cause(
            rule=rule_id(edit, held.position, root=root),
            level=decided.level,
            reason=f"{decided.reason}; {edit.reason}" if edit.reason else decided.reason,
            message=edit_message(edit, pair.name, shared.new_name if shared else ""),
            pair=pair,
            reach=reach,
            place=_place(edit, pair, shared),
            component=f"schemas/{shared.new_name}" if shared else component_of(pair),
            old=self._side(0, pair.old, held, edit.old_at, edit.old),
            new=self._side(1, pair.new, held, edit.new_at, edit.new),
            edit=edit,
        )

    def _side(self, index: int, part: Any, held: Held, spot: Spot | None, value: Any) -> Any:
        places = self._places[index]
        if spot is None:
            return side(places, part, held.below, value)
        keys = keys_of(spot.pointer)
        if spot.component:
            name = spot.component.replace("~", "~0").replace("/", "~1")
            return side(places, f"/components/schemas/{name}", keys, value)
        return side(places, part, (*held.below, *keys), value)


_COMBINED = re.compile(r"\.?(?:oneOf|anyOf|allOf)\[\d+\]")


def _at_root(edit: SchemaEdit) -> bool:
    """Whether an edit is about the whole value, be it in one of its branches."""
    return not _COMBINED.sub("", edit.place)


def _place(edit: SchemaEdit, pair: Pair, shared: SharedEdits | None) -> str:
    if shared is not None:
        return edit.place
    dot = "." if edit.place and not edit.place.startswith("[") else ""
    return f"{pair.place}{dot}{edit.place}"
