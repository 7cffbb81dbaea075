"""Schema edits, seen with what stands around them: what kind of type list, which sunset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from routebook.diff.pairs import Policy
from routebook.diff.schemas import Effect, SchemaEdit
from routebook.diff.stability import days_needed, read_date, sunset_text

POLICIES = frozenset({"sunset missing", "sunset invalid", "sunset too near"})
"""Actions on `deprecated` that break what a team asks for, and so are errors by themselves."""


_PLAIN = frozenset({"boolean", "integer", "number"})
"""Types whose values, written as text, are texts as well."""


def refined(
    edit: SchemaEdit, old: Any, new: Any, policy: Policy, *, textual: str = ""
) -> SchemaEdit:
    """An edit as rules tell it; `old` and `new` are the schemas around it.

    `textual` is `text` where values are written as plain text, and `xml` where they are in XML.
    """
    if edit.keyword == "xml" and textual == "xml" and _renamed(edit):
        return replace(edit, annotation=False, effect=Effect.INCOMPARABLE)
    if textual and edit.keyword == "type" and edit.effect is Effect.INCOMPARABLE:
        before, now = _names(edit.old), _names(edit.new)
        if before <= _PLAIN and now == {"string"}:
            return replace(edit, action="compatible", effect=Effect.WIDENS)
        if before == {"string"} and now <= _PLAIN:
            return replace(edit, action="compatible", effect=Effect.NARROWS)
    if edit.keyword in ("readOnly", "writeOnly") and _required(edit, old):
        return replace(edit, guards=edit.guards | {"was-required"})
    if edit.keyword == "deprecated":
        return replace(edit, action=_lifetime(edit, new, policy))
    if edit.keyword == "type" and _about_lists(edit, old, new):
        return replace(edit, keyword="list-of-types")
    return edit


def _renamed(edit: SchemaEdit) -> bool:
    """Whether a value stands elsewhere in an XML document, or by another name."""
    usual = edit.place.rpartition(".")[2]
    before, now = (
        {
            "name": usual,
            **{key: said for key, said in (value or {}).items() if said and key != "prefix"},
        }
        for value in (edit.old, edit.new)
    )
    return before != now


def _required(edit: SchemaEdit, holder: Any) -> bool:
    """Whether the object that holds the edited property asked for it."""
    if edit.old_at is None or not isinstance(holder, Mapping):
        return False
    listed = holder.get("required")
    name = edit.place.rpartition(".")[2]
    return isinstance(listed, (list, tuple)) and name in listed


def _names(types: Any) -> frozenset[str]:
    """The types that a `type` keyword names."""
    return frozenset([types] if isinstance(types, str) else types or ("any",))


def _about_lists(edit: SchemaEdit, old: Any, new: Any) -> bool:
    """Whether an edit is one of a choice between bare types, that takes more or fewer now."""
    before, now = _bare_branches(old), _bare_branches(new)
    if {} in before or {} in now:
        return False
    both = before and now
    return bool(both or ((before or now) and edit.effect is not Effect.INCOMPARABLE))


def _bare_branches(schema: Any) -> list[Any]:
    """The branches of a choice between bare types; nothing for another schema."""
    branches = isinstance(schema, Mapping) and (schema.get("oneOf") or schema.get("anyOf"))
    if not isinstance(branches, list):
        return []
    bare = all(isinstance(one, Mapping) and set(one) <= {"type", "format"} for one in branches)
    return branches if bare else []


def _lifetime(edit: SchemaEdit, new: Any, policy: Policy) -> str:
    """What became of a property that is deprecated now, or not any more."""
    if not (edit.action == "added" or edit.new is True) or not isinstance(new, Mapping):
        return "removed"
    text = sunset_text(new, None)
    needed = days_needed(new, policy)
    if not text:
        return "sunset missing" if needed else "added"
    day = read_date(text)
    if day is None:
        return "sunset invalid"
    return "sunset too near" if (day - policy.today).days < needed else "with sunset"
