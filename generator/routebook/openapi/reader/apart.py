"""Two versions of a document without what both say alike: what a comparison need not read."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from routebook.documents.outline import LINKS, MARKS
from routebook.documents.problems import split

Object: TypeAlias = dict[str, Any]

Component: TypeAlias = tuple[str, str]
"""The kind and the name of a component: `("schemas", "User")`."""

Home: TypeAlias = tuple[str, str, str]
"""Where an operation stands: the field of the document, the path, the method."""

Marked: TypeAlias = Mapping[int, Sequence[Object]]
"""The objects in a part of a document that have one of the keys in `MARKS`, by its `id`."""

_PATHS = ("paths", "webhooks", "x-webhooks")
"""The fields of a document that hold path items."""

_FREE = frozenset({*_PATHS, "components", "info", "tags", "externalDocs"})
"""The fields of a document that change nothing in what an operation means."""

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})

_ELSEWHERE = LINKS - {"$ref", "mapping"}
"""Fields by which one part may mean another without a pointer to it."""

_BY_NAME = ("securitySchemes",)
"""The kinds of components that operations name, without a reference."""

_POINTER = "#/components/"


class _ElsewhereError(Exception):
    """Parts may mean each other in other ways than by pointers to components."""


def apart(old: Any, new: Any, marked: Marked | None = None) -> tuple[Any, Any]:
    """Two documents without the operations and components that are the same in both.

    What is left means what it meant: whatever it refers to is there, and so is every path. Both
    come back as they are where something changed that all operations share, where parts may mean
    each other in other ways than by pointers to components, and where an operation or a component
    is of the wrong kind, so that the reader can tell. `marked` knows what is in some parts of
    them, by their `id`: see `routebook.documents.outline.Outline.marked`.
    """
    if not (_is_plain(old) and _is_plain(new) and _alike_around(old, new)):
        return old, new
    if old is new:
        return (_bare(old),) * 2
    references = _References(marked or {})
    try:
        components = _Components(old, new, references)
        operations = _Operations(old, new, components.changed, references)
        needed = components.reached(operations.references | references.of(map(_around, (old, new))))
    except _ElsewhereError:
        return old, new
    return _left(old, operations.alike, needed), _left(new, operations.alike, needed)


def _is_plain(document: Any) -> bool:
    """Whether a document's operations and components are of the kinds that these can be."""
    if not isinstance(document, dict):
        return False
    items = [item for field in _PATHS for item in _object(document.get(field)).values()]
    return all(
        isinstance(item, dict)
        and all(isinstance(item[key], dict) for key in item.keys() & _METHODS)
        for item in items
    ) and all(isinstance(one, (dict, bool)) for one in _named(document).values())


def _alike_around(old: Object, new: Object) -> bool:
    """Whether all that every operation depends on is the same."""
    fields = {key for key in (*old, *new) if key not in _FREE and not key.startswith("x-")}
    before, now = _object(old.get("components")), _object(new.get("components"))
    return all(_alike(old.get(key), new.get(key)) for key in fields) and all(
        _alike(before.get(kind), now.get(kind)) for kind in _BY_NAME
    )


class _Components:
    """The components of two documents: what they refer to, and which may mean something else."""

    def __init__(self, old: Object, new: Object, references: _References) -> None:
        before, now = _named(old), _named(new)
        self._uses: dict[Component, frozenset[Component]] = {}
        changed: set[Component] = set()
        for key in {**before, **now}:
            sides = [side[key] for side in (before, now) if key in side]
            if len(sides) == 2 and _alike(*sides):
                sides.pop()
            else:
                changed.add(key)
            self._uses[key] = references.of(sides)
        self.changed = _closure(changed, self._users())
        """Those that changed, or refer to one that did, at any depth."""

    def _users(self) -> dict[Component, list[Component]]:
        users: dict[Component, list[Component]] = {}
        for key, used in self._uses.items():
            for one in used:
                users.setdefault(one, []).append(key)
        return users

    def reached(self, start: Iterable[Component]) -> set[Component]:
        """The changed ones, those in `start`, and all that these refer to."""
        return _closure({*self.changed, *start}, self._uses)


class _Operations:
    """The operations of two documents: which are the same, and what the others refer to."""

    def __init__(
        self, old: Object, new: Object, changed: set[Component], references: _References
    ) -> None:
        self.alike: set[Home] = set()
        """Those that are the same in both, down to all that they refer to."""
        self.references: set[Component] = set()
        """The components that the others refer to."""
        self._changed = changed
        self._of = references.of
        for field in _PATHS:
            before, now = _object(old.get(field)), _object(new.get(field))
            for path in {**before, **now}:
                self._item(field, path, before.get(path), now.get(path))

    def _item(self, field: str, path: str, old: Any, new: Any) -> None:
        if not (isinstance(old, dict) and isinstance(new, dict)):
            self.references |= self._of([old, new])
            return
        before, now = _shared(old), _shared(new)
        shared = self._of([before, now])
        self.references |= shared
        unchanged = _alike(before, now) and self._changed.isdisjoint(shared)
        methods = _METHODS if unchanged else frozenset[str]()
        for key in {**old, **new}:
            sides = [side[key] for side in (old, new) if key in side]
            same = len(sides) == 2 and _alike(*sides)
            references = self._of(sides[:1] if same else sides)
            if same and key in methods and self._changed.isdisjoint(references):
                self.alike.add((field, path, key))
            else:
                self.references |= references


def _shared(item: Object) -> Object:
    """What all operations of a path item share."""
    return {key: value for key, value in item.items() if key not in _METHODS}


def _named(document: Object) -> dict[Component, Any]:
    return {
        (str(kind), str(name)): value
        for kind, named in _object(document.get("components")).items()
        if _is_listed(kind, named)
        for name, value in named.items()
    }


def _is_listed(kind: str, named: Any) -> bool:
    """Whether a field of the components holds some that are used by reference alone."""
    return isinstance(named, dict) and kind not in _BY_NAME and not kind.startswith("x-")


def _around(document: Object) -> Object:
    """A document without its operations, and without what is used by reference alone."""
    left = {key: value for key, value in document.items() if key not in _PATHS}
    left["components"] = {
        kind: named
        for kind, named in _object(document.get("components")).items()
        if not _is_listed(kind, named)
    }
    return left


def _left(document: Object, alike: set[Home], needed: set[Component]) -> Object:
    """A document without operations that are the same, and components that nothing needs."""
    left = dict(document)
    for field in _PATHS:
        if isinstance(items := document.get(field), dict):
            left[field] = {
                path: {key: one for key, one in item.items() if (field, path, key) not in alike}
                if isinstance(item, dict)
                else item
                for path, item in items.items()
            }
    if isinstance(components := document.get("components"), dict):
        left["components"] = {
            kind: {name: one for name, one in named.items() if (kind, name) in needed}
            if _is_listed(kind, named)
            else named
            for kind, named in components.items()
        }
    return left


def _bare(document: Object) -> Object:
    """A document without operations, and without components that only they refer to."""
    left = {**document, **{field: {} for field in _PATHS if isinstance(document.get(field), dict)}}
    if isinstance(components := document.get("components"), dict):
        left["components"] = {
            kind: {} if _is_listed(kind, named) else named for kind, named in components.items()
        }
    return left


def _alike(old: Any, new: Any) -> bool:
    """Whether two values are written alike: the same, in the same order."""
    if old is new:
        return True
    return bool(old == new) and marshal.dumps(old, 2) == marshal.dumps(new, 2)


def _object(value: Any) -> Object:
    return value if isinstance(value, dict) else {}


def _closure(start: set[Component], onward: Any) -> set[Component]:
    reached, queue = set(start), list(start)
    while queue:
        for one in onward.get(queue.pop(), ()):
            if one not in reached:
                reached.add(one)
                queue.append(one)
    return reached


class _References:
    """Finds the components that parts of two documents refer to."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked

    def of(self, values: Iterable[Any]) -> frozenset[Component]:
        """The components that values refer to, wherever in them."""
        found: set[str] = set()
        waiting = list(values)
        while waiting:
            value = waiting.pop()
            known = self._marked.get(id(value))
            if known is not None:
                for one in known:
                    _look(one, found)
            elif type(value) is dict:
                if not MARKS.isdisjoint(value):
                    _look(value, found)
                waiting.extend(value.values())
            elif type(value) is list:
                waiting.extend(value)
        return frozenset(map(_component, found))


def _look(value: Object, found: set[str]) -> None:
    """Add what an object refers to itself."""
    if not _ELSEWHERE.isdisjoint(value):
        raise _ElsewhereError
    reference = value.get("$ref")
    if type(reference) is str:
        found.add(reference)
    if "mapping" in value and "propertyName" in value:
        found.update(_mapped(value["mapping"]))


def _mapped(mapping: Any) -> Iterator[str]:
    """The references of a discriminator's mapping, which may be bare names of schemas."""
    for value in _object(mapping).values():
        if isinstance(value, str):
            yield value if value.startswith("#") else f"{_POINTER}schemas/{value}"


def _component(reference: str) -> Component:
    if not reference.startswith(_POINTER):
        raise _ElsewhereError
    parts = split(reference.removeprefix("#"))
    if len(parts) < 3:
        raise _ElsewhereError
    return parts[1], parts[2]
