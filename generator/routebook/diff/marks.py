"""Stability levels of properties: `x-stability-level` in schemas, which is no JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from routebook.diff.schemas import Direction, Effect, SchemaEdit, Spot
from routebook.diff.stability import LEVELS

MARK = "x-stability-level"
_REFERENCE = "#/components/schemas/"


class _Step(NamedTuple):
    """Two schemas at one place."""

    old: Any
    new: Any
    place: str
    old_at: Spot
    new_at: Spot


def stability_edits(
    old: Any,
    new: Any,
    definitions: tuple[Mapping[str, Any], Mapping[str, Any]],
    direction: Direction,
) -> Iterator[SchemaEdit]:
    """The properties below two schemas whose stability level is another now, or is none."""
    waiting = [_Step(old, new, "", Spot("", ""), Spot("", ""))]
    seen: set[tuple[int, int]] = set()
    while waiting:
        step = _followed(waiting.pop(), definitions)
        if not isinstance(step.old, Mapping) or not isinstance(step.new, Mapping):
            continue
        if (id(step.old), id(step.new)) in seen:
            continue
        seen.add((id(step.old), id(step.new)))
        edit = _edit(step, direction)
        if edit is not None:
            yield edit
        waiting += _below(step)


def _followed(step: _Step, definitions: tuple[Mapping[str, Any], Mapping[str, Any]]) -> _Step:
    old, old_at = _target(step.old, step.old_at, definitions[0])
    new, new_at = _target(step.new, step.new_at, definitions[1])
    place = step.place if new_at.component == step.new_at.component else ""
    return _Step(old, new, place, old_at, new_at)


def _target(schema: Any, spot: Spot, definitions: Mapping[str, Any]) -> tuple[Any, Spot]:
    """What a reference leads to; at most as many steps as there are definitions."""
    for _ in range(len(definitions) + 1):
        if not isinstance(schema, Mapping) or not isinstance(schema.get("$ref"), str):
            break
        name = schema["$ref"].removeprefix(_REFERENCE)
        if name not in definitions:
            break
        schema, spot = definitions[name], Spot(name, "")
    return schema, spot


def _edit(step: _Step, direction: Direction) -> SchemaEdit | None:
    before, after = step.old.get(MARK, "stable"), step.new.get(MARK, "stable")
    if before == after:
        return None
    if before not in LEVELS or after not in LEVELS:
        action = "invalid"
    else:
        action = "increased" if LEVELS.index(after) > LEVELS.index(before) else "decreased"
    return SchemaEdit(
        keyword=MARK,
        action=action,
        effect=Effect.EQUAL,
        direction=direction,
        old=step.old.get(MARK),
        new=step.new.get(MARK),
        old_at=step.old_at,
        new_at=step.new_at,
        place=step.place,
        annotation=True,
        shows=False,
    )


def _below(step: _Step) -> Iterator[_Step]:
    for keyword in ("properties", "patternProperties"):
        old, new = step.old.get(keyword), step.new.get(keyword)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            for name in (name for name in old if name in new):
                dot = "." if step.place else ""
                yield _inside(step, old[name], new[name], f"{dot}{name}", keyword, name)
    for keyword, shown in (("items", "[]"), ("additionalProperties", "{}")):
        old, new = step.old.get(keyword), step.new.get(keyword)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield _inside(step, old, new, shown, keyword)
    for keyword in ("allOf", "anyOf", "oneOf"):
        old, new = step.old.get(keyword), step.new.get(keyword)
        if isinstance(old, list) and isinstance(new, list):
            for index, (one, other) in enumerate(zip(old, new, strict=False)):
                yield _inside(step, one, other, "", keyword, str(index))


def _inside(step: _Step, old: Any, new: Any, place: str, *keys: str) -> _Step:
    pointer = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
    spots = (Spot(at.component, at.pointer + pointer) for at in (step.old_at, step.new_at))
    return _Step(old, new, step.place + place, *spots)
