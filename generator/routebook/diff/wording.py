"""How edits of schemas are told: one sentence each, without a full stop."""

from __future__ import annotations

import json
from typing import Any

from routebook.diff.schemas import SchemaEdit, same

_LONG = 60
_BEFORE = 20


def edit_message(edit: SchemaEdit, whole: str, component: str = "") -> str:
    """What an edit did, and to what."""
    where = f"the schema `{component}`" if component else whole
    subject = f"`{edit.place}` in {where}" if edit.place else where
    return f"{subject} {_done(edit)}"


def _done(edit: SchemaEdit) -> str:
    special = _SPECIAL.get((edit.keyword, edit.action))
    if special is not None and not (edit.keyword == "enum" and edit.subject):
        return special.format(subject=edit.subject, kind=_kind(edit), old=shown(edit.old))
    keyword = "`type`" if edit.keyword == "list-of-types" else f"`{edit.keyword}`"
    if edit.keyword == "enum" and edit.subject:
        verb = "may be" if edit.action == "added" else "may not be"
        return f"{verb} `{short(edit.subject)}` {'now' if edit.action == 'added' else 'any more'}"
    if edit.subject:
        verb = {"added": "has another", "removed": "has lost a"}.get(edit.action, "changed a")
        return f"{verb} member of {keyword}: `{short(edit.subject)}`"
    if edit.action == "added":
        return f"has {keyword} {shown(edit.new)} now"
    if edit.action == "removed":
        return f"has no {keyword} any more; it was {shown(edit.old)}"
    verb = {"increased": "raised", "decreased": "lowered"}.get(edit.action, "changed")
    if edit.keyword.startswith("unevaluated") and same(edit.old, edit.new):
        return f"leaves other members to {keyword} than before"
    old, new = apart(edit.old, edit.new)
    return f"{verb} {keyword} from {old} to {new}"


def _kind(edit: SchemaEdit) -> str:
    return "required" if not edit.guards.isdisjoint({"required", "was-required"}) else "optional"


_SPECIAL = {
    ("properties", "added"): "has a new {kind} property `{subject}`",
    ("properties", "removed"): "has lost the {kind} property `{subject}`",
    ("required", "added"): "requires the property `{subject}` now",
    ("required", "removed"): "does not require the property `{subject}` any more",
    ("nullable", "added"): "may be null now",
    ("nullable", "removed"): "may not be null any more",
    ("enum", "added"): "is limited to listed values now",
    ("enum", "removed"): "is not limited to listed values any more",
    ("readOnly", "added"): "is read-only now",
    ("readOnly", "removed"): "is not read-only any more",
    ("writeOnly", "added"): "is write-only now",
    ("writeOnly", "removed"): "is not write-only any more",
    ("deprecated", "added"): "is deprecated now",
    ("deprecated", "with sunset"): "is deprecated now, and says when it goes",
    ("deprecated", "sunset missing"): "is deprecated now, and does not say when it goes",
    ("deprecated", "sunset invalid"): "is deprecated now with a sunset that is no date",
    ("deprecated", "sunset too near"): "is deprecated now, and goes too soon",
    ("deprecated", "removed"): "is not deprecated any more",
}
"""What is not said well by keyword and action alone."""


def shown(value: Any) -> str:
    """A value as JSON between backticks, shortened."""
    return f"`{short(_json(value))}`"


def apart(old: Any, new: Any) -> tuple[str, str]:
    """Two values as JSON between backticks, shortened so that their difference is seen.

    What they begin with alike is cut away, at a blank, where it fills what is shown.
    """
    texts = _json(old), _json(new)
    pairs = enumerate(zip(*texts, strict=False))
    alike = next((at for at, (a, b) in pairs if a != b), min(map(len, texts)))
    if alike < _LONG // 2 or max(map(len, texts)) <= _LONG:
        return shown(old), shown(new)
    start = texts[0].find(" ", alike - _BEFORE, alike) + 1 or alike
    before, after = (f"`…{short(text[start:])}`" for text in texts)
    return before, after


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return repr(value)


def short(text: str) -> str:
    """A text that fits in a line, without backticks of its own."""
    text = str(text).replace("`", "'")
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
