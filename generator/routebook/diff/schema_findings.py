"""Edits of schemas as causes: told at the component that they stand in, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from routebook.diff import causes
from routebook.diff.causes import (
    Cause,
    Gathered,
    component_of,
    escaped,
    is_whole,
    part_of,
    placed,
    side,
)
from routebook.diff.data import Schemas, keys_of
from routebook.diff.holders import Held
from routebook.diff.keywords import judged, rule_id
from routebook.diff.marks import stability_edits
from routebook.diff.pairs import Pair, Policy
from routebook.diff.refine import refined
from routebook.diff.schemas import Comparer, SchemaEdit, SharedEdits, Spot
from routebook.diff.uses import Compared, uses
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


class Edited(NamedTuple):
    """An edit of a schema, and the first pair that reaches it."""

    kind: int
    order: int
    """The place of the pair among all pairs."""
    edit: SchemaEdit
    pair: Pair
    held: Held
    reach: int
    """The operations that it reaches."""
    root: bool = False
    """Whether it is the whole value that was edited."""
    shared: SharedEdits | None = None
    """The component that it is in; None for none."""
    number: int = 0
    """Its place among all edits."""


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

    def add(self, order: int, pair: Pair, held: Held) -> None:
        """Compare the schemas of a pair."""
        comparison = self._comparer.compare(held.old, held.new, pair.flow)
        if comparison.edits or comparison.shared:
            self._found.append(Compared(order, pair, held, comparison))
        if self._schemas[0].marked or self._schemas[1].marked:
            self._marked.append((order, pair, held))

    def edited(self) -> list[Edited]:
        """Everything that there is to tell, in the order in which it was met."""
        found = chain(self._inline(), self._stabilities(), self._shared())
        return [one._replace(number=number) for number, one in enumerate(found)]

    def told(self, edited: Iterable[Edited]) -> list[Cause]:
        """Some of it as causes, each once, with instances that show what breaks."""
        gathered = Gathered()
        for one in edited:
            gathered.add(self.cause(one))
        found = list(gathered)
        self._witness(found)
        return found

    def _inline(self) -> Iterator[Edited]:
        """Every edit that is in no component."""
        for order, pair, held, comparison in self._found:
            for edit in comparison.edits:
                yield Edited(_INLINE, order, edit, pair, held, pair.reach, root=not edit.place)

    def _shared(self) -> Iterator[Edited]:
        """The edits in components, once for each way in which they are used."""
        known = uses(self._found, self._schemas[1].definitions)
        for key, (order, pair, held, shared, reach) in known.items():
            twin = known.get(key.twin)
            for edit in shared.edits:
                rooted = not edit.place
                if twin is not None and not rooted and key.root:
                    continue
                everyone = reach | twin.reach if twin is not None and not rooted else reach
                root = rooted and key.root
                yield Edited(_SHARED, order, edit, pair, held, everyone, root=root, shared=shared)

    def _stabilities(self) -> Iterator[Edited]:
        """What became of how stable schemas are."""
        definitions = self._schemas[0].definitions, self._schemas[1].definitions
        for order, pair, held in self._marked:
            for edit in stability_edits(held.old, held.new, definitions, pair.flow):
                names = [spot.component if spot else "" for spot in (edit.old_at, edit.new_at)]
                shared = SharedEdits(
                    old_name=names[0], new_name=names[1], direction=pair.flow, edits=(edit,)
                )
                use = shared if names[1] else None
                yield Edited(_STABILITY, order, edit, pair, held, pair.reach, shared=use)

    def _witness(self, found: Iterable[Cause]) -> None:
        """Look for instances that show what breaks, as far as these are among the first."""
        left = causes.WITNESSED if self._policy.witnesses else 0
        for cause in found:
            if left and cause.edit is not None and cause.level == "error":
                left -= 1
                cause.sought = True
                cause.witness = self._comparer.witness(cause.edit)
            cause.edit = None

    def _around(self, index: int, root: Any, spot: Spot | None, keyword: str) -> Any:
        """The schema around what was edited; with a type list, the one around its branches.

        With an access, the object that holds the property.
        """
        if spot is None or keyword not in _AROUND:
            return None
        pointer = re.sub(_AROUND[keyword], "", spot.pointer)
        return self._schemas[index].at(root, spot.component, pointer)

    def cause(self, edited: Edited) -> Cause:
        """An edit as what is told of it."""
        pair, held, shared = edited.pair, edited.held, edited.shared
        raw = edited.edit
        before = self._around(0, held.old, raw.old_at, raw.keyword)
        after = self._around(1, held.new, raw.new_at, raw.keyword)
        edit = refined(raw, before, after, self._policy, textual=held.textual)
        decided = self._shown(raw, judged(edit, held.position, pair.guards))
        return Cause(
            rank=(edited.kind, edited.order, edited.number),
            rule=rule_id(edit, held.position, root=edited.root),
            level=decided.level,
            reason=f"{decided.reason}; {edit.reason}" if edit.reason else decided.reason,
            message=edit_message(edit, pair.name, shared.new_name if shared else ""),
            reach=edited.reach,
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
        return _UNSHOWN if self._comparer.refuted(edit) else decided

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
