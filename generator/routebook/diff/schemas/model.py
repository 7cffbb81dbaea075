"""The values of a schema comparison: effects, edits, and what a comparison gives."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, NamedTuple


class Effect(enum.Enum):
    """What an edit does to the set of values that a schema accepts."""

    EQUAL = "equal"
    WIDENS = "widens"
    NARROWS = "narrows"
    INCOMPARABLE = "neither"
    UNKNOWN = "unknown"

    def with_other(self, other: Effect) -> Effect:
        """The effect of two edits together, as far as it follows from those of each."""
        if self is other or other is Effect.EQUAL:
            return self
        if self is Effect.EQUAL:
            return other
        if Effect.UNKNOWN in (self, other):
            return Effect.UNKNOWN
        return Effect.INCOMPARABLE

    def reversed(self) -> Effect:
        """The effect of the edit undone; also that of an edit below a `not`."""
        if self is Effect.WIDENS:
            return Effect.NARROWS
        return Effect.WIDENS if self is Effect.NARROWS else self


class Direction(enum.Enum):
    """Who sends what the schema describes."""

    REQUEST = "request"
    RESPONSE = "response"

    def breaks(self, effect: Effect) -> bool:
        """Whether an edit of this effect breaks somebody.

        A request breaks when a value that was accepted is not any more, a response when a
        value comes that could not come before.
        """
        bad = Effect.NARROWS if self is Direction.REQUEST else Effect.WIDENS
        return effect is bad or effect is Effect.INCOMPARABLE


class Spot(NamedTuple):
    """A place in a description: a component and a pointer into its schema."""

    component: str
    """The name of the component schema; empty for the schema that was handed over."""
    pointer: str
    """The JSON pointer below that schema, `/properties/name/maxLength`."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SchemaEdit:
    """One edit of a schema: one keyword, in one place.

    `keyword` and `action` say what was done. Bounds are `added`, `removed`, `increased` or
    `decreased`; members of a set (`properties`, `required`, `enum`, `anyOf`...) are `added` or
    `removed` with the member as `subject`, and an `enum`, `anyOf` or `oneOf` that appears or
    goes as a whole has no subject; what is neither is `changed`. `nullable` stands for the type
    `null` however it is written; `schema` for a schema that became, or was, `true` or `false`.
    """

    keyword: str
    action: str
    effect: Effect
    direction: Direction
    old: Any = None
    """The keyword's value before; None when there was none."""
    new: Any = None
    """The keyword's value now; None when there is none."""
    old_at: Spot | None = None
    """Where the old value stands; the schema around it when there is none."""
    new_at: Spot | None = None
    """Where the new value stands; the schema around it when there is none."""
    place: str = ""
    """The place below the root or component, to read: `items.name`, `list[].id`.

    A member that was added or removed is not part of it: that is the `subject`.
    """
    subject: str = ""
    """The member that was added or removed: a property, a value, a branch."""
    guards: frozenset[str] = frozenset()
    """What softens or explains it: `read-only`, `write-only`, `optional`, `required`,
    `has-default`, `deprecated`, `was-required`; `unlisted` when it is an optional property of
    an object that takes any other."""
    annotation: bool = False
    """Whether no value is accepted or refused for it: titles, examples, defaults."""
    reason: str = ""
    """Why the effect could not be decided; empty when it was."""
    shows: bool = True
    """Whether an instance can show it: not what JSON Schema asserts nothing of (`format`)."""
    doubtful: bool = False
    """Whether something else may refuse the same values: an instance has to show it."""

    @property
    def breaks(self) -> bool:
        """Whether it breaks somebody, in the direction that it was compared for.

        Not so an optional property that an open object names now, or does not any more: as
        far as JSON Schema goes, its values are bound or free, but nobody relied on either.
        """
        told = self.annotation or "unlisted" in self.guards
        return not told and self.direction.breaks(self.effect)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SharedEdits:
    """The edits inside one pair of components: told once, however many schemas use it.

    A comparer gives the same object each time that the pair is reached: `id` and `is` serve.
    """

    old_name: str
    new_name: str
    direction: Direction
    edits: tuple[SchemaEdit, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Comparison:
    """What became of one schema."""

    effect: Effect
    """All edits together, those in components included."""
    edits: tuple[SchemaEdit, ...] = ()
    """The edits written in the schema itself."""
    shared: tuple[SharedEdits, ...] = ()
    """The components with edits that the schema reaches, each once."""
