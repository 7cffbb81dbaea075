"""How components whose schemas were edited are used: by which operations, and in what positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from routebook.diff.holders import Held
from routebook.diff.pairs import Pair
from routebook.diff.schemas import Comparison, SharedEdits

_REFERENCE = "#/components/schemas/"


class Key(NamedTuple):
    """A way in which an edited component is used."""

    edit: tuple[str, ...]
    """What was edited, and where in which component."""
    position: str
    root: bool
    """Whether the component is the whole value there."""
    textual: str
    silent: bool
    """Whether the edit says nothing of values there, as of one that is not sent."""

    @property
    def twin(self) -> Key:
        """The way that differs in whether the component is the whole value."""
        return self._replace(root=not self.root)


class Compared(NamedTuple):
    """A comparison that found something: of what pair, and the order of that among all."""

    order: int
    pair: Pair
    held: Held
    comparison: Comparison


class Use(NamedTuple):
    """The first pair that uses a component in a way, and the operations that do."""

    order: int
    pair: Pair
    held: Held
    shared: SharedEdits
    reach: int


@dataclass(slots=True, eq=False)
class _Group:
    """Pairs that reach the same edits, from the same components: the first, and its operations."""

    first: Compared
    roots: frozenset[str]
    reach: int = 0


def uses(found: Iterable[Compared], definitions: Mapping[str, Any]) -> dict[Key, Use]:
    """The ways in which edited components are used, in the order in which they were met.

    `definitions` are the new schemas by their names.
    """
    made: dict[Key, Use] = {}
    for position, textual, group in _groups(found, definitions):
        everyone = _together(group)
        rooted: dict[str, list[_Group]] = {}
        for one in group:
            for name in one.roots:
                rooted.setdefault(name, []).append(one)
        for shared in group[0].first.comparison.shared:
            edit, silent = _identity(shared), shared.edits[0].annotation
            mine = rooted.get(shared.new_name, [])
            others = [one for one in group if one not in mine] if mine else group
            if mine:
                _add(
                    made, Key(edit, position, True, textual, silent), shared, mine, _together(mine)
                )
            if others:
                reach = _together(others) if mine else everyone
                _add(made, Key(edit, position, False, textual, silent), shared, others, reach)
    for key in [one for one in made if one.silent]:
        _cede(made, key)
    return dict(sorted(made.items(), key=lambda item: item[1].order))


def _cede(made: dict[Key, Use], key: Key) -> None:
    """Leave the operations to a way of use in which the same edit says something."""
    telling = [made.get(key._replace(silent=False, root=root)) for root in (True, False)]
    reach = made[key].reach
    for one in telling:
        reach &= ~one.reach if one else reach
    if reach:
        made[key] = made[key]._replace(reach=reach)
    else:
        del made[key]


def _groups(
    found: Iterable[Compared], definitions: Mapping[str, Any]
) -> Iterator[tuple[str, str, list[_Group]]]:
    """What reaches the same edits in the same position; one for each component it begins at."""
    groups: dict[tuple[int, str, str], dict[frozenset[str], _Group]] = {}
    for one in found:
        held = one.held
        alike = groups.setdefault((id(one.comparison), held.position, held.textual), {})
        roots = _roots(held.new, definitions)
        if roots not in alike:
            alike[roots] = _Group(one, roots)
        alike[roots].reach |= one.pair.reach
    for (_, position, textual), group in groups.items():
        yield position, textual, list(group.values())


def _together(groups: Iterable[_Group]) -> int:
    """The operations that groups reach."""
    reach = 0
    for one in groups:
        reach |= one.reach
    return reach


def _add(
    made: dict[Key, Use], key: Key, shared: SharedEdits, groups: list[_Group], reach: int
) -> None:
    """Count groups as users; the one that was met first stands for all."""
    first = groups[0].first
    use = made.get(key)
    if use is None or first.order < use.order:
        reach |= use.reach if use else 0
        shared = use.shared if use else shared
        made[key] = Use(first.order, first.pair, first.held, shared, reach)
    else:
        made[key] = use._replace(reach=use.reach | reach)


def _roots(schema: Any, definitions: Mapping[str, Any]) -> frozenset[str]:
    """The components that a schema refers to, one the next, and nothing beside."""
    seen: set[str] = set()
    while isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
        name: str = schema["$ref"].removeprefix(_REFERENCE)
        if name in seen:
            break
        seen.add(name)
        schema = definitions.get(name)
    return frozenset(seen)


def _identity(shared: SharedEdits) -> tuple[str, ...]:
    """What tells the edit of a component from all others."""
    edit = shared.edits[0]
    spots = [(at.component, at.pointer) for at in (edit.old_at, edit.new_at) if at]
    said = (edit.keyword, edit.action, edit.subject, edit.effect.value, edit.place)
    return (edit.direction.value, *said, *(text for spot in spots for text in spot))
