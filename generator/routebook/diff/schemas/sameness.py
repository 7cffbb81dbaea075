"""What need not be compared: schemas that are written alike, down to all they refer to."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from routebook.conformance import equal
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.pair import Child, Outcome, Step
from routebook.diff.schemas.parts import NOTES, Conjunction, Part, name_in

_PLAIN = NOTES | {"type", "format", "required", "properties", "items", "anyOf", "oneOf"}
_PLAIN |= {"additionalProperties", "minItems", "maxItems", "uniqueItems", "minProperties"}
_PLAIN |= {"maxProperties", "$ref"}

_SCALARS = frozenset({str, int, float, bool, type(None)})


class Sameness:
    """Knows which schemas of two descriptions are alike."""

    def __init__(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        references: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """`references` are those of the old definitions, as far as they are known already."""
        self._dirty: dict[int, bool] = {}
        self._kept: list[Any] = []
        known = references or {}
        changed = {name for name in {**old, **new} if not _alike(name, old, new)}
        used = {
            name: known[name] if name in known else frozenset(references_in(old[name]))
            for name in old
            if name in new and changed
        }
        self.changed = _closure(changed, used)
        """The components that changed, or refer to one that did, at any depth."""

    def equal(self, old: Conjunction, new: Conjunction) -> bool:
        """Whether two conjunctions are written alike, and mean the same."""
        return self.alike(old, new) and not any(self.dirty(part.schema) for part in old)

    def means_the_same(self, old: Any, new: Any) -> bool:
        """Whether two schemas are written alike, and mean the same."""
        written = _written(old)
        if written is not None and b"$ref" not in written and written == _written(new):
            return True
        return (old is new or same(old, new)) and not self.dirty(old)

    @staticmethod
    def alike(old: Conjunction, new: Conjunction) -> bool:
        """Whether two conjunctions are written alike."""
        if len(old) != len(new):
            return False
        pairs = zip(old, new, strict=True)
        return all(one.schema is two.schema or same(one.schema, two.schema) for one, two in pairs)

    def dirty(self, schema: Any) -> bool:
        """Whether a schema refers, at any depth, to a component that changed.

        One that is nested too deeply to be looked through may.
        """
        if type(schema) in _SCALARS or not self.changed:
            return False
        try:
            return self._is_dirty(schema)
        except RecursionError:
            return True

    def _is_dirty(self, schema: Any) -> bool:
        """As `dirty`, for what is no scalar; what was looked at is not looked at again."""
        known = self._dirty.get(id(schema))
        if known is not None:
            return known
        found = False
        values: Iterable[Any] = ()
        if isinstance(schema, (dict, Mapping)):
            reference = schema.get("$ref")
            found = isinstance(reference, str) and name_in(reference) in self.changed
            values = schema.values()
        elif isinstance(schema, (list, tuple)):
            values = schema
        if found or _SCALARS.issuperset(map(type, values)):
            return found
        found = any(type(value) not in _SCALARS and self._is_dirty(value) for value in values)
        self._dirty[id(schema)] = found
        self._kept.append(schema)
        return found

    def below(
        self, old: Conjunction, new: Conjunction, views: tuple[View, View]
    ) -> list[Outcome] | None:
        """For schemas that are written alike: the pairs below in which something changed.

        None when they are not alike, or when what changed lies below a keyword through which
        its effect is not the same.
        """
        if (
            len(old) != 1
            or not self.alike(old, new)
            or not isinstance(old[0].schema, (dict, Mapping))
        ):
            return None
        outcomes: list[Outcome] = []
        for keyword, value in old[0].schema.items():
            if not self.dirty(value) and keyword != "$ref":
                continue
            if keyword not in _PLAIN:
                return None
            outcomes.extend(self._children(keyword, old[0], new[0], views))
        return outcomes

    def _children(
        self, keyword: str, old: Part, new: Part, views: tuple[View, View]
    ) -> Iterator[Outcome]:
        before, now = old.schema[keyword], new.schema[keyword]
        if keyword == "$ref":
            first, then = views[0].target(before), views[1].target(now)
            if first and then:
                yield Child(Step("same"), (first,), (then,))
        elif keyword == "properties":
            for name in before:
                if self.dirty(before[name]):
                    first, then = (
                        old.below(before[name], keyword, name),
                        new.below(now[name], keyword, name),
                    )
                    yield Child(Step("property", name), (first,), (then,))
        elif keyword in ("anyOf", "oneOf"):
            for index, branch in enumerate(before):
                first = old.below(branch, keyword, index)
                yield Child(Step("same"), (first,), (new.below(now[index], keyword, index),))
        elif keyword in ("items", "additionalProperties"):
            step = Step("item", 0) if keyword == "items" else Step("additional")
            yield Child(step, (old.below(before, keyword),), (new.below(now, keyword),))


def _alike(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return name in old and name in new and same(old[name], new[name])


def same(old: Any, new: Any) -> bool:
    """Whether two JSON values are equal; 1 and true are not, as they are for Python.

    Values that are nested too deeply to be looked through at once are not.
    """
    try:
        return bool(old == new) and _strictly(old, new)
    except RecursionError:
        return False


def _strictly(old: Any, new: Any) -> bool:
    """Whether values that are equal for Python are equal JSON values."""
    if not isinstance(old, (dict, list, tuple, Mapping)):
        return isinstance(old, bool) == isinstance(new, bool)
    written = _written(old)
    return (written is not None and written == _written(new)) or equal(old, new)


def _written(value: Any) -> bytes | None:
    """Bytes that are the same for values that are the same, in the same order.

    None for a value that is nested very deeply, or no plain data.
    """
    try:
        return marshal.dumps(value, 2)
    except ValueError:
        return None


def references_in(schema: Any) -> Iterator[str]:
    """The components that a schema names, wherever in it."""
    stack = [schema]
    while stack:
        one = stack.pop()
        values: Iterable[Any] = ()
        if isinstance(one, (dict, Mapping)):
            reference = one.get("$ref")
            if isinstance(reference, str):
                yield name_in(reference)
            values = one.values()
        elif isinstance(one, (list, tuple)):
            values = one
        for value in values:
            if type(value) not in _SCALARS:
                stack.append(value)  # noqa: PERF401  # quicker than extend() here


def _closure(changed: set[str], references: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The components from which a changed one is reached."""
    users: dict[str, list[str]] = {}
    for name, used in references.items():
        for one in used:
            users.setdefault(one, []).append(name)
    reached = set(changed)
    queue = list(changed)
    while queue:
        for user in users.get(queue.pop(), ()):
            if user not in reached:
                reached.add(user)
                queue.append(user)
    return frozenset(reached)
