"""The rule ids of schema edits: made of the position, the keyword and what was done to it.

The ids are those of oasdiff where the meaning is the same.
"""

from __future__ import annotations

import re

from routebook.diff.marks import MARK
from routebook.diff.refine import POLICIES
from routebook.diff.schemas import Direction, Effect, SchemaEdit
from routebook.diff.verdicts import Verdict, hidden, verdict

STEMS = {
    "maximum": "max",
    "minimum": "min",
    "exclusiveMaximum": "exclusive-max",
    "exclusiveMinimum": "exclusive-min",
    "default": "default-value",
    "patternProperties": "pattern-property",
    "dependentSchemas": "dependent-schema",
    "format": "type",
    "$ref": "reference",
    "$dynamicRef": "dynamic-reference",
    MARK: "stability",
}
"""How keywords are written in ids, where that is not their name with hyphens."""

BOUNDS = frozenset(
    {
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
    }
)
"""Keywords that are `set` and `unset`, not added and removed."""

_EDGES = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum"})
"""Limits of numbers: one that takes the place of another is set."""

_IRREGULAR = {
    ("enum", "added"): "became-enum",
    ("enum", "removed"): "became-not-enum",
    ("enum", "value added"): "enum-value-added",
    ("enum", "value removed"): "enum-value-removed",
    ("x-extensible-enum", "value removed"): "x-extensible-enum-value-removed",
    ("x-extensible-enum", "value added"): "x-extensible-enum-value-added",
    ("nullable", "added"): "became-nullable",
    ("nullable", "removed"): "became-not-nullable",
    ("deprecated", "added"): "deprecated",
    ("deprecated", "removed"): "reactivated",
    ("deprecated", "with sunset"): "deprecated-with-sunset",
    ("deprecated", "sunset missing"): "deprecated-sunset-missing",
    ("deprecated", "sunset invalid"): "deprecated-sunset-invalid",
    ("deprecated", "sunset too near"): "sunset-date-too-small",
    ("discriminator", "changed"): "discriminator-property-name-changed",
    ("mapping", "added"): "discriminator-mapping-added",
    ("mapping", "removed"): "discriminator-mapping-deleted",
    ("mapping", "changed"): "discriminator-mapping-changed",
    ("defaultMapping", "added"): "discriminator-default-mapping-added",
    ("defaultMapping", "removed"): "discriminator-default-mapping-deleted",
    ("defaultMapping", "changed"): "discriminator-default-mapping-changed",
}
"""Endings that do not follow from keyword and action."""

_LISTS = {Effect.WIDENS: "widened", Effect.NARROWS: "narrowed"}

READ_ONLY = frozenset(
    {
        "enum-value-removed",
        "exclusive-max-decreased",
        "exclusive-min-increased",
        "max-decreased",
        "max-length-decreased",
        "min-increased",
    }
)
"""Endings that have an id of their own for read-only properties of requests."""


REQUIRED = frozenset({"required", "was-required"})
"""The guards of a property that must be there, or had to."""


def base(position: str, *, root: bool) -> str:
    """The beginning of an id: of an edit of the whole value, or of something in it."""
    if position in ("request", "response"):
        return f"{position}-body" if root else f"{position}-property"
    if position == "request-header":
        return "request-parameter" if root else "request-header-property"
    return position if root else f"{position}-property"


def rule_id(edit: SchemaEdit, position: str, *, root: bool) -> str:
    """The id of a schema edit at a position: `request-property-max-length-decreased`."""
    if edit.keyword in ("properties", "required"):
        return _property_id(edit, position)
    if edit.keyword in ("readOnly", "writeOnly"):
        return _access_id(edit, position)
    if edit.keyword == MARK and edit.action == "invalid":
        return "api-invalid-stability-level"
    stem = ending(edit, position, root=root)
    start = base(position, root=root)
    if position == "request-header" and not root and stem != "became-enum":
        start = "request-parameter-property"
    if start == "response-body" and stem == "enum-value-removed":
        return "response-mediatype-enum-value-removed"
    if start == "request-property" and "read-only" in edit.guards and stem in READ_ONLY:
        start = "request-read-only-property"
    if start == "response-property" and "write-only" in edit.guards and stem == "enum-value-added":
        start = "response-write-only-property"
    return f"{start}-{stem}"


def ending(edit: SchemaEdit, position: str, *, root: bool) -> str:
    """The end of an id, after the position."""
    keyword, action = edit.keyword, edit.action
    if keyword == "list-of-types":
        return f"list-of-types-{_LISTS.get(edit.effect, 'changed')}"
    if keyword in ("type", "format", "schema"):
        return _type_ending(edit, position, root=root)
    if keyword in ("enum", "x-extensible-enum") and edit.subject:
        action = f"value {action}"
    if (found := _IRREGULAR.get((keyword, action))) is not None:
        return found
    if keyword == "pattern" and action == "changed" and position != "response":
        return "pattern-generalized" if edit.effect is Effect.WIDENS else "pattern-changed"
    if keyword in ("contentEncoding", "contentMediaType"):
        action = "changed"
    elif keyword in ("minLength", "minItems"):
        action = {"added": "increased", "removed": "decreased"}.get(action, action)
    elif keyword in BOUNDS:
        action = {"added": "set", "removed": "unset"}.get(action, action)
        if keyword in _EDGES and action == "changed":
            action = "set"
    return f"{stem(keyword)}-{action}"


def stem(keyword: str) -> str:
    """A keyword as it is written in ids: `maxLength` is `max-length`."""
    found = STEMS.get(keyword)
    if found is not None:
        return found
    return re.sub(r"[^a-z0-9-]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", keyword).lower())


def _type_ending(edit: SchemaEdit, position: str, *, root: bool) -> str:
    if edit.action == "compatible":
        return "type-changed" if edit.breaks else "type-compatible"
    if position in ("response", "response-header", "error-detail"):
        if edit.effect is Effect.WIDENS and (edit.keyword == "format" or edit.new is None):
            return "type-changed"
        named = {Effect.WIDENS: "type-generalized", Effect.NARROWS: "type-specialized"}
    elif root or position == "request":
        named = {Effect.WIDENS: "type-generalized"}
    else:
        named = {Effect.WIDENS: "type-generalized", Effect.NARROWS: "type-specialized"}
    return named.get(edit.effect, "type-changed")


def _property_id(edit: SchemaEdit, position: str) -> str:
    """The id of a property that was added or removed, or became required or optional."""
    guards = edit.guards
    start = base(position, root=False)
    required = not guards.isdisjoint(REQUIRED)
    with_default = "-with-default" if "has-default" in guards else ""
    if edit.keyword == "required":
        if position == "response" and "write-only" in guards:
            start = "response-write-only-property"
        if edit.action != "added":
            return f"{start}-became-optional"
        return f"{start}-became-required" + (with_default if position == "request" else "")
    if position == "response":
        kind = ("required" if required else "optional") + (
            "-write-only" if "write-only" in guards else ""
        )
        return f"response-{kind}-property-{edit.action}"
    if edit.action == "added" and position.startswith("request"):
        kind = "required" if required else "optional"
        ends = with_default if required and position == "request" else ""
        return f"new-{kind}-{start}{ends}"
    return f"{start}-{edit.action}"


def _access_id(edit: SchemaEdit, position: str) -> str:
    """The id of a property that became read-only or write-only, or is so no longer."""
    became = _set(edit)
    kind = "optional" if edit.guards.isdisjoint(REQUIRED) else "required"
    access = "read-only" if edit.keyword == "readOnly" else "write-only"
    start = position if position in ("request", "response") else base(position, root=True)
    return f"{start}-{kind}-property-became-{'' if became else 'not-'}{access}"


def extra_guards(edit: SchemaEdit) -> frozenset[str]:
    """Guards that follow from what was edited, for the level."""
    required = not edit.guards.isdisjoint(REQUIRED)
    response = edit.direction is Direction.RESPONSE
    relied_on = False
    unsent = edit.annotation and hidden(edit.direction, edit.guards)
    if edit.keyword == "properties" and edit.action == "removed" and not unsent:
        unseen = "never" in edit.guards or (response and "write-only" in edit.guards)
        relied_on = not required and not unseen
    elif edit.keyword == "writeOnly" and not _set(edit):
        relied_on = required and response
    return frozenset({"relied-on"}) if relied_on else frozenset()


def judged(edit: SchemaEdit, position: str = "", guards: frozenset[str] = frozenset()) -> Verdict:
    """The level of a schema edit, and why."""
    guards |= edit.guards | extra_guards(edit)
    if edit.keyword in ("readOnly", "writeOnly"):
        guards -= {"read-only", "write-only"}
    if edit.keyword == "deprecated" and edit.action in POLICIES:
        return Verdict("error", "the team asks for a sunset date that is far enough away")
    if edit.keyword == MARK and edit.action != "increased":
        return Verdict("error", "it promises less stability than it did, or none that is known")
    of_parameter = position in ("request-parameter", "request-header")
    if edit.keyword == "default" and of_parameter and edit.direction is Direction.REQUEST:
        return Verdict("error", "a request without it means something else now")
    if edit.annotation and "relied-on" not in guards:
        unsent = hidden(edit.direction, guards)
        return Verdict("info", unsent or "no value is accepted or refused for it")
    if edit.keyword == "properties" and edit.action == "added" and not _described(edit):
        guards |= {"foreseen"}
    effect = _property_effect(edit) if edit.keyword == "properties" else edit.effect
    return verdict(Effect.EQUAL if edit.annotation else effect, edit.direction, guards)


def _property_effect(edit: SchemaEdit) -> Effect:
    """What a property that is new or gone does to whom.

    Strictly, an object that says nothing of further properties may hold any. But nobody sends
    what is not described, and nobody minds what is new. It is another thing where further
    properties have a schema, and the property does not keep to it.
    """
    if _described(edit):
        return edit.effect
    required = not edit.guards.isdisjoint(REQUIRED)
    request = edit.direction is Direction.REQUEST
    if edit.action == "added":
        return Effect.NARROWS if required and request else Effect.WIDENS
    if edit.action != "removed":
        return edit.effect
    if request:
        return edit.effect if edit.effect is Effect.NARROWS else Effect.WIDENS
    unseen = "write-only" in edit.guards
    return Effect.WIDENS if required and not unseen else Effect.EQUAL


def _described(edit: SchemaEdit) -> bool:
    """Whether a property does not keep to the schema that it had, or has, without being listed."""
    return "foretold" in edit.guards and edit.breaks


def _set(edit: SchemaEdit) -> bool:
    """Whether a flag is set now."""
    return edit.action == "added" or (edit.action == "changed" and edit.new is True)
