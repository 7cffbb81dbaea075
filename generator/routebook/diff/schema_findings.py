"""Edits of schemas as causes: told at the component that they stand in, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from routebook.diff.causes import Cause, component_of, side
from routebook.diff.data import Schemas, keys_of
from routebook.diff.holders import Held
from routebook.diff.keywords import judged, rule_id
from routebook.diff.marks import stability_edits
from routebook.diff.pairs import Pair, Policy
from routebook.diff.refine import refined
from routebook.diff.schemas import Comparer, Comparison, SchemaEdit, SharedEdits, Spot
from routebook.diff.wording import edit_message
from routebook.places import Places

_REFERENCE = "#/components/schemas/"
_ACCESS = r"/properties/[^/]*(?:/(?:readOnly|writeOnly))?$"
_AROUND = {
    "deprecated": r"/deprecated$",
    "type": r"(?:/(?:oneOf|anyOf)/\d+)?/type$",
    "readOnly": _ACCESS,
    "writeOnly": _ACCESS,
}
"""What leads to an edited keyword from the schema that explains it."""


class _Key(NamedTuple):
    """A way in which a component is used."""

    edits: int
    position: str
    root: bool
    textual: bool


@dataclass(slots=True, eq=False)
class _Group:
    """Pairs that reach the same edits, from the same components: the first, and its operations."""

    order: int
    pair: Pair
    held: Held
    comparison: Comparison
    roots: frozenset[str]
    reach: int = 0


@dataclass(slots=True)
class _Use:
    """The first pair that uses a component in a way, and the operations that do."""

    order: int
    pair: Pair
    held: Held
    shared: SharedEdits
    reach: int


def _together(groups: Iterable[_Group]) -> int:
    """The operations that groups reach."""
    reach = 0
    for one in groups:
        reach |= one.reach
    return reach


def _add(
    uses: dict[_Key, _Use], key: _Key, shared: SharedEdits, groups: list[_Group], reach: int
) -> None:
    """Count groups as users; the one that was met first stands for all."""
    first = groups[0]
    use = uses.get(key)
    if use is None:
        uses[key] = _Use(first.order, first.pair, first.held, shared, reach)
        return
    use.reach |= reach
    if first.order < use.order:
        use.order, use.pair, use.held = first.order, first.pair, first.held


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
        self._marked: list[tuple[Pair, Held]] = []

    def add(self, pair: Pair, held: Held) -> None:
        """Compare the schemas of a pair."""
        comparison = self.comparer.compare(held.old, held.new, pair.flow)
        if comparison.edits or comparison.shared:
            self._found.append((pair, held, comparison))
        if self._schemas[0].marked or self._schemas[1].marked:
            self._marked.append((pair, held))

    def causes(self) -> Iterator[Cause]:
        """Every edit: those in components once for each way in which they are used."""
        for pair, held, comparison in self._found:
            for edit in comparison.edits:
                yield self._cause(edit, pair, held, pair.reach, root=_at_root(edit))
        yield from self._stabilities()
        uses = self._uses()
        for key, use in uses.items():
            twin = uses.get(key._replace(root=not key.root))
            for edit in use.shared.edits:
                rooted, reach = _at_root(edit), use.reach
                if not rooted and twin is not None:
                    if key.root:
                        continue
                    reach |= twin.reach
                root = rooted and key.root
                yield self._cause(edit, use.pair, use.held, reach, root=root, shared=use.shared)

    def _stabilities(self) -> Iterator[Cause]:
        definitions = self._schemas[0].definitions, self._schemas[1].definitions
        for pair, held in self._marked:
            for edit in stability_edits(held.old, held.new, definitions, pair.flow):
                names = [spot.component if spot else "" for spot in (edit.old_at, edit.new_at)]
                shared = SharedEdits(
                    old_name=names[0], new_name=names[1], direction=pair.flow, edits=(edit,)
                )
                use = shared if names[1] else None
                yield self._cause(edit, pair, held, pair.reach, root=False, shared=use)

    def _uses(self) -> dict[_Key, _Use]:
        """The ways in which edited components are used, in the order in which they were met."""
        uses: dict[_Key, _Use] = {}
        for position, textual, group in self._groups():
            everyone = _together(group)
            rooted: dict[str, list[_Group]] = {}
            for one in group:
                for name in one.roots:
                    rooted.setdefault(name, []).append(one)
            for shared in group[0].comparison.shared:
                mine = rooted.get(shared.new_name, [])
                others = [one for one in group if one not in mine] if mine else group
                if mine:
                    _add(
                        uses,
                        _Key(id(shared), position, True, textual),
                        shared,
                        mine,
                        _together(mine),
                    )
                if others:
                    reach = _together(others) if mine else everyone
                    _add(uses, _Key(id(shared), position, False, textual), shared, others, reach)
        return dict(sorted(uses.items(), key=lambda item: item[1].order))

    def _groups(self) -> Iterator[tuple[str, bool, list[_Group]]]:
        """What reaches the same edits in the same position; one for each component it begins at."""
        groups: dict[tuple[int, str, bool], dict[frozenset[str], _Group]] = {}
        for order, (pair, held, comparison) in enumerate(self._found):
            alike = groups.setdefault((id(comparison), held.position, held.textual), {})
            roots = self._roots(held.new)
            if roots not in alike:
                alike[roots] = _Group(order, pair, held, comparison, roots)
            alike[roots].reach |= pair.reach
        for (_, position, textual), group in groups.items():
            yield position, textual, list(group.values())

    def _around(self, index: int, root: Any, spot: Spot | None, keyword: str) -> Any:
        """The schema around what was edited; with a type list, the one around its branches.

        With an access, the object that holds the property.
        """
        if spot is None or keyword not in _AROUND:
            return None
        pointer = re.sub(_AROUND[keyword], "", spot.pointer)
        return self._schemas[index].at(root, spot.component, pointer)

    def _roots(self, schema: Any) -> frozenset[str]:
        """The components that a schema refers to, one the next, and nothing beside."""
        seen: set[str] = set()
        while isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
            name: str = schema["$ref"].removeprefix(_REFERENCE)
            if name in seen:
                break
            seen.add(name)
            schema = self._schemas[1].definitions.get(name)
        return frozenset(seen)

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
        raw = edit
        edit = refined(raw, before, after, self._policy, textual=held.textual)
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
            edit=raw,
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
