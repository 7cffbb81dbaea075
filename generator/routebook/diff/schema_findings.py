"""Edits of schemas as causes: told at the component that they stand in, once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.diff.causes import Cause, component_of, escaped, is_whole, part_of, placed, side
from routebook.diff.data import Schemas, keys_of
from routebook.diff.holders import Held
from routebook.diff.keywords import judged, rule_id
from routebook.diff.marks import stability_edits
from routebook.diff.pairs import Pair, Policy
from routebook.diff.refine import refined
from routebook.diff.schemas import Comparer, SchemaEdit, SharedEdits, Spot
from routebook.diff.uses import Compared, Key, Known, Use, uses
from routebook.diff.verdicts import Verdict
from routebook.diff.wording import edit_message
from routebook.places import Places

_ACCESS = r"/properties/[^/]*(?:/(?:readOnly|writeOnly))?$"
_AROUND = {
    "deprecated": r"/deprecated$",
    "type": r"(?:/(?:oneOf|anyOf)/\d+)?/type$",
    "readOnly": _ACCESS,
    "writeOnly": _ACCESS,
}
"""What leads to an edited keyword from the schema that explains it."""

_UNSHOWN = Verdict(
    "warning", "something may be refused, or come, that was not before; no instance shows it"
)
_INLINE, _STABILITY, _SHARED = 1, 2, 3
"""The ranks of causes: edits that are in no component, marks, edits in components."""


class SchemaFindings:
    """Compares the schemas of pairs, and keeps what came of it."""

    def __init__(
        self,
        schemas: tuple[Schemas, Schemas],
        comparer: Comparer,
        places: tuple[Places | None, Places | None],
        policy: Policy,
    ) -> None:
        self._schemas = schemas
        self._comparer = comparer
        self._policy = policy
        self._places = places
        self._found: list[Compared] = []
        self._marked: list[tuple[int, Pair, Held]] = []
        self._told = 0

    def add(self, order: int, pair: Pair, held: Held) -> None:
        """Compare the schemas of a pair."""
        comparison = self._comparer.compare(held.old, held.new, pair.flow)
        if comparison.edits or comparison.shared:
            self._found.append(Compared(order, pair, held, comparison))
        if self._schemas[0].marked or self._schemas[1].marked:
            self._marked.append((order, pair, held))

    def uses(self) -> dict[Key, Use]:
        """The ways in which edited components are used."""
        return uses(self._found, self._schemas[1].definitions)

    def inline(self) -> Iterator[Cause]:
        """Every edit that is in no component, and what became of how stable schemas are."""
        for order, pair, held, comparison in self._found:
            for edit in comparison.edits:
                rank = _INLINE, order
                yield self._cause(rank, edit, pair, held, pair.reach, root=not edit.place)
        yield from self._stabilities()

    def shared(
        self, part: int, mine: Mapping[Key, Use], known: Mapping[Key, Known]
    ) -> Iterator[Cause]:
        """The edits in components, once for each way in which they are used.

        Those of `mine` are told of which it is known that this part met them first.
        """
        for key, use in mine.items():
            told, twin = known[key], known.get(key.twin)
            if told.part != part:
                continue
            for edit in use.shared.edits:
                rooted, reach = not edit.place, told.reach
                if not rooted and twin is not None:
                    if key.root:
                        continue
                    reach |= twin.reach
                rank, root = (_SHARED, use.order), rooted and key.root
                yield self._cause(
                    rank, edit, use.pair, use.held, reach, root=root, shared=use.shared
                )

    def _stabilities(self) -> Iterator[Cause]:
        definitions = self._schemas[0].definitions, self._schemas[1].definitions
        for order, pair, held in self._marked:
            for edit in stability_edits(held.old, held.new, definitions, pair.flow):
                names = [spot.component if spot else "" for spot in (edit.old_at, edit.new_at)]
                shared = SharedEdits(
                    old_name=names[0], new_name=names[1], direction=pair.flow, edits=(edit,)
                )
                use = shared if names[1] else None
                rank = _STABILITY, order
                yield self._cause(rank, edit, pair, held, pair.reach, root=False, shared=use)

    def _around(self, index: int, root: Any, spot: Spot | None, keyword: str) -> Any:
        """The schema around what was edited; with a type list, the one around its branches.

        With an access, the object that holds the property.
        """
        if spot is None or keyword not in _AROUND:
            return None
        pointer = re.sub(_AROUND[keyword], "", spot.pointer)
        return self._schemas[index].at(root, spot.component, pointer)

    def _cause(
        self,
        rank: tuple[int, int],
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
        raw = edit
        edit = refined(raw, before, after, self._policy, textual=held.textual)
        decided = self._shown(raw, judged(edit, held.position, pair.guards))
        self._told += 1
        return Cause(
            rank=(*rank, self._told),
            rule=rule_id(edit, held.position, root=root),
            level=decided.level,
            reason=f"{decided.reason}; {edit.reason}" if edit.reason else decided.reason,
            message=edit_message(edit, pair.name, shared.new_name if shared else ""),
            reach=reach,
            whole=is_whole(pair),
            place=_place(edit, pair, shared),
            component=f"schemas/{shared.new_name}" if shared else component_of(pair),
            old=self._side(0, pair, held, edit.old_at, edit.old),
            new=self._side(1, pair, held, edit.new_at, edit.new),
            edit=raw,
        )

    def _shown(self, edit: SchemaEdit, decided: Verdict) -> Verdict:
        """The level of an edit; a warning where none of the instances that were tried shows it."""
        choice = "oneOf[" in edit.place or "anyOf[" in edit.place
        if decided.level != "error" or not edit.shows or not (edit.doubtful or choice):
            return decided
        return decided if self._comparer.witness(edit) else _UNSHOWN

    def _side(self, index: int, pair: Pair, held: Held, spot: Spot | None, value: Any) -> Any:
        places = self._places[index]
        part = placed(places, pair, new=index == 1)
        keys = keys_of(spot.pointer) if spot else ()
        if spot and spot.component:
            return side(places, f"/components/schemas/{escaped(spot.component)}", keys, value)
        own = part is part_of(pair.new if index else pair.old)
        return side(places, part, (*held.below, *keys) if own else (), value)


def _place(edit: SchemaEdit, pair: Pair, shared: SharedEdits | None) -> str:
    if shared is not None:
        return edit.place
    dot = "." if edit.place and not edit.place.startswith("[") else ""
    return f"{pair.place}{dot}{edit.place}"
