"""No edit of a description goes unseen: a rule sees it, or a waiver says why none does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest

from diff_edits import (
    HELD,
    Edit,
    api,
    edits,
    media,
    parameter,
    response,
    with_media,
    with_request,
    with_response,
)
from routebook import (
    APIDescriptor,
    ErrorDescriptor,
    ErrorGroup,
    RequestDescriptor,
    Type,
    descriptors,
    errors,
    metadata,
)
from routebook.descriptors import ComponentsDescriptor
from routebook.diff import diff
from routebook.diff.catalogue import explained
from routebook.diff.examples import PAIRS
from routebook.diff.keywords import judged
from routebook.diff.model import Change
from routebook.diff.schemas import Comparer, Direction
from routebook.values import Value

TODAY = date(2026, 1, 1)
LEVELS = {one.id: one.levels for one in explained()}

WAIVED = {
    "aliases": "an anchor of the reference; nothing on the wire",
    "component": "the name of a shared part; the same part inline is no change",
    "extra": "extensions make no promise that rules know; newer encodings are known edits",
    "info_extra": "the same for the information about the API",
    "documented_only": "whether the OpenAPI document lists it; requests are the same",
    "RouteDescriptor.name": "what code knows the route by; for webhooks it is the webhook",
    "ErrorGroup.name": "how codes are grouped in the reference",
    "ErrorGroup.description": "what is said about a group in the reference",
    "Deprecation.since": "when it was deprecated, which changes nothing for callers",
    "Deprecation.replacement": "advice to callers",
    "APIDescriptor.security=()": "nothing is said, and nothing is needed: the same",
    "MethodDescriptor.security in webhook=()": "the same",
    "RouteDescriptor.path in webhook": "a webhook has no path",
    "RequestDescriptor.path_parameters in ": "path parameters always are required",
    "RequestDescriptor.path_parameters in callback": "the same",
    "ParameterDescriptor.required in path": "the same",
    "ParameterDescriptor.name in querystring": "it is not on the wire",
    "ParameterDescriptor.explode=True": "what the style has anyway",
    "ParameterDescriptor.explode=False": "what the style has anyway",
    "ParameterDescriptor.allow_reserved in response header": "it is about URLs",
    "ParameterDescriptor.allow_empty_value in response header": "it is about URLs",
    "EncodingDescriptor.name": "an encoding that says nothing beside a name",
    "EncodingDescriptor.explode=True": "what the style has anyway",
}
"""Fields, with class, position or value, that no rule sees; each with its reason."""


@cache
def _told() -> tuple[tuple[Edit, tuple[Change, ...]], ...]:
    """Every edit that changes something, and what is told of it."""
    changed = (edit for edit in edits() if edit.old != edit.new)
    return tuple(
        (edit, diff(edit.old, edit.new, today=TODAY, witnesses=False).findings) for edit in changed
    )


def _waiver(edit: Edit) -> str:
    owned = f"{edit.owner}.{edit.field}"
    placed = f"{owned} in {edit.position}"
    names = edit.field, owned, placed, f"{owned}={edit.value}", f"{placed}={edit.value}"
    return next((name for name in names if name in WAIVED), "")


def test_every_edit_is_seen_or_waived() -> None:
    waivers = {str(edit): _waiver(edit) for edit, found in _told() if not found}
    assert [edit for edit, waiver in waivers.items() if not waiver] == []
    assert WAIVED.keys() - set(waivers.values()) == set(), "waivers that nothing needs"


def _unexplained(changes: Iterable[Change]) -> set[tuple[str, str]]:
    """The ids of findings that the catalogue does not know, or not at their level."""
    return {(one.rule, one.level) for one in changes if one.level not in LEVELS.get(one.rule, ())}


def test_every_finding_explains_itself() -> None:
    assert _unexplained(one for _, found in _told() for one in found) == set()


def test_every_class_of_descriptors_is_edited() -> None:
    known = {
        value
        for module in (descriptors, metadata, errors)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Value) and value is not Value
    }
    assert known - set(HELD) == {ComponentsDescriptor}, "what nothing uses reaches nobody"


POSITIONS: dict[str, Callable[[Any], APIDescriptor]] = {
    "query": lambda schema: with_parameter("query_parameters", schema),
    "header": lambda schema: with_parameter("headers", schema),
    "path": lambda schema: with_parameter("path_parameters", schema),
    "request body": lambda schema: with_media(media(schema=schema), request=True),
    "response body": lambda schema: with_media(media(schema=schema), request=False),
    "items of a stream": lambda schema: with_media(media(item_schema=schema), request=False),
    "response header": lambda schema: with_response(
        response(headers=(parameter(type=Type.ANY, schema=schema),))
    ),
    "error detail": lambda schema: api(
        error_groups=(ErrorGroup(name="all", errors=(ErrorDescriptor(value="A", detail=schema),)),)
    ),
}
"""Where a schema may stand."""


def with_parameter(field: str, schema: Any) -> APIDescriptor:
    name = "id" if field == "path_parameters" else "limit"
    held: dict[str, Any] = {field: (parameter(name=name, type=Type.ANY, schema=schema),)}
    return with_request(RequestDescriptor(**held))


USUAL = {
    "uniqueItems": False,
    "deprecated": False,
    "readOnly": False,
    "writeOnly": False,
    "minContains": 1,
}
"""Values that keywords have when they are not there."""

SILENT = {
    "contentSchema": "without `contentMediaType` it says nothing (Validation, section 8.5)",
    "x-extensible-enum": "a list that appears or goes as a whole promises nothing",
}
"""Keywords that no rule sees, each with its reason."""


POLICY = ("x-stability", "x-sunset", "'default'")
"""What is judged by more than the values that are accepted."""


def _meaning(schema: Any, *, request: bool) -> Any:
    """What of a schema a rule must see."""
    if not isinstance(schema, dict):
        return schema
    if schema.get("readOnly" if request else "writeOnly") is True:
        return "not sent"
    return {
        key: {name: _meaning(one, request=request) for name, one in value.items()}
        if key == "properties"
        else value
        for key, value in schema.items()
        if key not in SILENT and USUAL.get(key) is not value and USUAL.get(key) != value
    }


@pytest.mark.parametrize("position", POSITIONS)
def test_every_edit_of_a_schema_is_seen(position: str) -> None:
    request = position in ("query", "header", "path", "request body")
    for one, other in PAIRS:
        for old, new in ((one, other), (other, one), (_nested(one), _nested(other))):
            if _meaning(old, request=request) == _meaning(new, request=request):
                continue
            held = POSITIONS[position]
            report = diff(held(old), held(new), today=TODAY, witnesses=False)
            assert report.findings, (old, new)
            assert _unexplained(report.findings) == set()
            if not any(word in f"{old}{new}" for word in POLICY):
                flow = Direction.REQUEST if request else Direction.RESPONSE
                breaks = any(one.level == "error" for one in report.findings)
                assert breaks == _breaks(old, new, flow), (old, new)


def _breaks(old: Any, new: Any, flow: Direction) -> bool:
    """Whether an edit of a schema breaks somebody, wherever the schema stands."""
    edits = Comparer({}, {}).compare(deepcopy(old), deepcopy(new), flow).edits
    return any(judged(edit).level == "error" for edit in edits)


def _nested(schema: Any) -> Any:
    return {"type": "object", "properties": {"p": schema}}
