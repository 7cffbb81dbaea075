"""The comparer of two sets of schema definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from routebook.diff.model import Witness
from routebook.diff.schemas.binding import binds
from routebook.diff.schemas.evaluate import evaluate
from routebook.diff.schemas.graph import Entry, Key, reach
from routebook.diff.schemas.model import (
    Comparison,
    Direction,
    Effect,
    SchemaEdit,
    SharedEdits,
)
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.objects import GUARDS, flag, hidden_in
from routebook.diff.schemas.pair import Child, Outcome, Raised, too_deep
from routebook.diff.schemas.parts import Conjunction, Part, identity
from routebook.diff.schemas.sameness import Sameness
from routebook.diff.schemas.witness import Proof, Prover

_SETTLED = frozenset({Effect.INCOMPARABLE, Effect.UNKNOWN})
"""Effects that no further edit changes."""
_DEEPEST = 40
"""How many comparisons may be made inside each other to match branches."""


class Comparer:
    """Compares schemas of an old description with those of a new one.

    Both hold JSON Schema 2020-12 values, with `{"$ref": "#/components/schemas/NAME"}` naming
    one of the definitions of their side. What was found is kept, so one comparer serves all
    operations of two descriptions. The schemas must stay as they are as long as it lives.
    """

    def __init__(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        references: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """`references` are those of the old definitions, as far as they are known already."""
        self._views = View(old), View(new)
        self._same = Sameness(old, new, references)
        self._entries: dict[Key, Entry] = {}
        self._building: set[Key] = set()
        self._related: dict[Key, Effect] = {}
        self._edits: list[SchemaEdit] = []
        self._shared: dict[int, SharedEdits] = {}
        self._causes: dict[tuple[Any, ...], int] = {}
        self._indices: dict[int, int] = {}
        self._tops: dict[int, Key] = {}
        self._comparisons: dict[int, Comparison] = {}
        self._listed: dict[int, tuple[int, ...]] = {}
        self._prover: Prover | None = None
        self._proofs: dict[int, Proof] = {}

    @property
    def changed(self) -> frozenset[str]:
        """The components that changed, or refer to one that did, at any depth."""
        return self._same.changed

    def compare(self, old: Any, new: Any, direction: Direction) -> Comparison:
        """What the edits between two schemas do, for what is sent in `direction`."""
        parts = (Part(old, "", ""),), (Part(new, "", ""),)
        entry = self._entry(*parts, direction)
        found = reach(entry.key, self._built)
        known = self._comparisons.get(found)
        if known is None:
            known = self._comparisons[found] = self._comparison(found, entry.key)
        return known

    def _comparison(self, found: int, top: Key) -> Comparison:
        """The edits of some numbers, those in components apart."""
        inline: list[SchemaEdit] = []
        shared: list[SharedEdits] = []
        effect = Effect.EQUAL
        for index in self._numbers(found):
            edit = self._edits[index]
            if effect not in _SETTLED and not edit.annotation:
                effect = effect.with_other(edit.effect)
            if index in self._shared:
                shared.append(self._shared[index])
            else:
                inline.append(edit)
                self._tops.setdefault(index, top)
        return Comparison(effect=effect, edits=tuple(inline), shared=tuple(shared))

    def witness(self, edit: SchemaEdit) -> Witness | None:
        """An instance that shows a breaking edit, checked with jsonschema; None when none is found.

        It is an instance of the component or root schema that the edit's place is below. One
        for an edit whose effect is unknown proves that it breaks somebody.
        """
        proof = self._proof(edit)
        return None if proof is None else proof.witness

    def refuted(self, edit: SchemaEdit) -> bool:
        """Whether instances were found that could show a breaking edit, and none of them does."""
        proof = self._proof(edit)
        return proof is not None and proof.refutes

    def _proof(self, edit: SchemaEdit) -> Proof | None:
        """What instances show of a breaking edit; None for one that needs none."""
        index = self._indices.get(id(edit))
        if index is None or not edit.shows:
            return None
        known = self._proofs.get(index)
        if known is None:
            if self._prover is None:
                self._prover = Prover(self._views, self._entries)
            known = self._proofs[index] = Proof(self._prover, edit, index, self._top(index))
        return known

    def _top(self, index: int) -> Key:
        """The pair of components that an edit stands in, or else of whole schemas."""
        shared = self._shared.get(index)
        if shared is None:
            return self._tops[index]
        names = shared.old_name, shared.new_name
        old, new = (
            Part(view.definitions[name], name, "")
            for view, name in zip(self._views, names, strict=True)
        )
        entry = self._entry((old,), (new,), shared.direction)
        reach(entry.key, self._built)
        return entry.key

    def _entry(
        self, old: Conjunction, new: Conjunction, direction: Direction, *, hidden: bool = False
    ) -> Entry:
        old, new = self._peeled(old, new)
        way = f"not in a {direction.value}" if hidden else direction.value
        key = (identity(old), identity(new), way)
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = Entry(key, old, new, direction, hidden)
        return entry

    def _peeled(self, old: Conjunction, new: Conjunction) -> tuple[Conjunction, Conjunction]:
        """The components that two schemas are nothing but references to."""
        for _ in range(50):
            first, then = self._referred(0, old), self._referred(1, new)
            if first is None and then is None:
                break
            before, now = first or (None, None), then or (None, None)
            if first and then and before[1] == now[1]:
                old, new = (first[0],), (then[0],)
            elif first and not first[1]:
                old = (first[0],)
            elif then and not then[1]:
                new = (then[0],)
            else:
                break
        return old, new

    def _referred(self, side: int, conjunction: Conjunction) -> tuple[Part, Any] | None:
        """The only schema that a schema refers to, and the notes beside the reference."""
        if len(conjunction) != 1 or not isinstance(conjunction[0].schema, (dict, Mapping)):
            return None
        part = conjunction[0]
        return self._views[side].referred(part)

    def _built(self, key: Key) -> Entry:
        """An entry with its edits and children."""
        entry = self._entries[key]
        if not entry.built and key not in self._building:
            self._building.add(key)
            try:
                self._build(entry)
            finally:
                self._building.discard(key)
            entry.built = True
        return entry

    def _build(self, entry: Entry) -> None:
        if self._same.equal(entry.old, entry.new):
            return
        for outcome in self._outcomes(entry):
            if isinstance(outcome, Child):
                if not self._same.equal(outcome.old, outcome.new):
                    hidden = entry.hidden or self._is_hidden(outcome, entry.direction)
                    child = self._entry(outcome.old, outcome.new, entry.direction, hidden=hidden)
                    entry.children.append((outcome.step, child.key))
            else:
                raised = _unseen(outcome) if entry.hidden else outcome
                entry.edits |= 1 << self._interned(raised, entry.key)

    def _is_hidden(self, child: Child, direction: Direction) -> bool:
        """Whether a property is not sent in a direction, by what both sides say."""
        if child.step.kind != "property":
            return False
        keyword, sides = hidden_in(direction), (child.old, child.new)
        return all(
            flag(view.normal(one), keyword) for view, one in zip(self._views, sides, strict=True)
        )

    def _outcomes(self, entry: Entry) -> list[Outcome]:
        """The edits of a pair, and the pairs below it."""
        old, new, direction = entry.old, entry.new, entry.direction
        try:
            below = self._same.below(old, new, self._views)
            if below is not None:
                return below
            normals = self._views[0].normal, self._views[1].normal
            return evaluate(
                old, new, direction, normals, self._relation(direction), self._same.means_the_same
            )
        except RecursionError:
            return [too_deep(entry.old, entry.new, direction)]

    def _interned(self, raised: Raised, home: Key) -> int:
        """The number of an edit; the same for one cause, however it is reached."""
        edit = raised.edit
        cause = (
            edit.keyword,
            edit.action,
            edit.subject,
            edit.effect,
            home[2],
            id(raised.old.schema),
            id(raised.new.schema),
        )
        index = self._causes.get(cause)
        if index is None:
            index = self._causes[cause] = len(self._edits)
            self._edits.append(edit)
            self._indices[id(edit)] = index
            if edit.old_at and edit.new_at and edit.old_at.component and edit.new_at.component:
                before, now = edit.old_at.component, edit.new_at.component
                if all(raised.holder in view.definitions for view in self._views):
                    before = now = raised.holder
                self._shared[index] = SharedEdits(
                    old_name=before,
                    new_name=now,
                    direction=edit.direction,
                    edits=(edit,),
                )
        return index

    def _relation(self, direction: Direction) -> Any:
        def relate(old: Conjunction, new: Conjunction) -> Effect:
            return self._relate(old, new, direction)

        return relate

    def _relate(self, old: Conjunction, new: Conjunction, direction: Direction) -> Effect:
        """The effect of a pair of schemas; a pair that is being compared counts as equal."""
        if self._same.equal(old, new):
            return Effect.EQUAL
        if not old:
            return Effect.NARROWS if binds(self._views[1], new) else Effect.EQUAL
        if not new:
            return Effect.WIDENS if binds(self._views[0], old) else Effect.EQUAL
        entry = self._entry(old, new, direction)
        known = self._related.get(entry.key)
        if known is not None:
            return known
        if entry.key in self._building:
            return Effect.EQUAL
        if len(self._building) > _DEEPEST:
            return Effect.UNKNOWN
        effect, seen, final = self._walked(entry.key)
        if effect is Effect.EQUAL and final:
            self._related.update(dict.fromkeys(seen, effect))
        elif final or effect in _SETTLED:
            self._related[entry.key] = effect
        return effect

    def _walked(self, root: Key) -> tuple[Effect, set[Key], bool]:
        """The effect of all edits at and below a pair, as far as more of them can change it.

        Beside it the pairs that were met, and whether none of them is still being compared.
        """
        effect, final = Effect.EQUAL, True
        seen = {root}
        stack = [root]
        while stack:
            key = stack.pop()
            if key in self._related:
                effect = effect.with_other(self._related[key])
            elif key in self._building:
                final = False
            else:
                entry = self._built(key)
                for index in self._numbers(entry.edits):
                    edit = self._edits[index]
                    if not edit.annotation:
                        effect = effect.with_other(edit.effect)
                stack.extend(below for _, below in entry.children if below not in seen)
                seen.update(below for _, below in entry.children)
            if effect in _SETTLED:
                break
        return effect, seen, final

    def _numbers(self, bits: int) -> tuple[int, ...]:
        """The numbers of the edits that are set in `bits`."""
        found = self._listed.get(bits)
        if found is None:
            found = self._listed[bits] = tuple(_bits(bits))
        return found


def _unseen(raised: Raised) -> Raised:
    """An edit of what is not sent: it is told, and nobody is affected."""
    edit = raised.edit
    guards = edit.guards | {GUARDS[hidden_in(edit.direction)]}
    return raised._replace(edit=replace(edit, annotation=True, shows=False, guards=guards))


def _bits(number: int) -> Iterator[int]:
    """The places of the ones in a number, the lowest first."""
    digits = bin(number)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
