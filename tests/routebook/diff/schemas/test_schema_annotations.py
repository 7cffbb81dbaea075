"""What accepts and refuses nothing, and what a direction leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from routebook.diff.schemas import Comparer, Direction, Effect

TEXT = {"type": "string"}


def edits(old: Any, new: Any, direction: Direction = Direction.REQUEST) -> list[tuple[Any, ...]]:
    found = Comparer({}, {}).compare(old, new, direction).edits
    return [(one.keyword, one.action, one.effect, one.breaks, one.annotation) for one in found]


@pytest.mark.parametrize(
    ("keyword", "value", "other"),
    [
        ("title", "x", "y"),
        ("description", "x", "y"),
        ("default", "x", "y"),
        ("default", 1, True),
        ("example", "x", "y"),
        ("examples", ["x"], ["y"]),
        ("xml", {"name": "x"}, {"name": "y"}),
        ("externalDocs", {"url": "https://a.test"}, {"url": "https://b.test"}),
    ],
)
def test_annotations(keyword: str, value: Any, other: Any) -> None:
    for old, new, action in (
        (TEXT, {**TEXT, keyword: value}, "added"),
        ({**TEXT, keyword: value}, TEXT, "removed"),
        ({**TEXT, keyword: value}, {**TEXT, keyword: other}, "changed"),
    ):
        assert edits(old, new) == [(keyword, action, Effect.EQUAL, False, True)]


@pytest.mark.parametrize("keyword", ["deprecated", "readOnly", "writeOnly"])
@pytest.mark.parametrize("direction", Direction)
def test_flags_of_properties(keyword: str, direction: Direction) -> None:
    old = {"type": "object", "properties": {"a": TEXT}}
    new = {"type": "object", "properties": {"a": {**TEXT, keyword: True}}}
    assert edits(old, new, direction) == [(keyword, "added", Effect.EQUAL, False, True)]
    assert edits(new, old, direction) == [(keyword, "removed", Effect.EQUAL, False, True)]


@pytest.mark.parametrize(
    ("keyword", "hidden", "shown"),
    [
        ("readOnly", Direction.REQUEST, Direction.RESPONSE),
        ("writeOnly", Direction.RESPONSE, Direction.REQUEST),
    ],
)
def test_what_a_direction_leaves_out(keyword: str, hidden: Direction, shown: Direction) -> None:
    flagged = {**TEXT, keyword: True}
    old = {"type": "object", "properties": {"a": flagged}}
    for new in (
        {"type": "object", "properties": {"a": {**flagged, "type": "integer"}}},
        {"type": "object", "properties": {"a": flagged}, "required": ["a"]},
        {"type": "object", "properties": {"a": flagged, "b": flagged}, "required": ["b"]},
    ):
        for one, other in ((old, new), (new, old)):
            assert not any(breaks for *_, breaks, _ in edits(one, other, hidden))
        both = edits(old, new, shown) + edits(new, old, shown)
        assert any(breaks for *_, breaks, _ in both)


def test_the_guards_of_a_property() -> None:
    old = {"type": "object", "properties": {}}
    new = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"default": 1, "deprecated": True}, "b": {"type": "string"}},
    }
    first, second = Comparer({}, {}).compare(old, new, Direction.REQUEST).edits
    assert first.guards == {"has-default", "deprecated", "required"}
    assert second.guards == {"optional", "unlisted"}
    assert first.breaks
    assert not second.breaks


def test_an_optional_property_of_a_closed_object() -> None:
    old = {"type": "object", "additionalProperties": False, "properties": {"a": TEXT}}
    new = {**old, "properties": {"a": TEXT, "b": TEXT}}
    assert edits(old, new) == [("properties", "added", Effect.WIDENS, False, False)]
    assert edits(new, old) == [("properties", "removed", Effect.NARROWS, True, False)]


def test_discriminators() -> None:
    kinds = {
        name: {"type": "object", "required": ["k"], "properties": {"k": {"const": name}}}
        for name in ("cat", "dog")
    }
    choice = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in kinds]}
    cat, dog = (f"#/components/schemas/{name}" for name in kinds)
    mapped = {**choice, "discriminator": {"propertyName": "k", "mapping": {"c": cat, "d": dog}}}
    swapped = {**choice, "discriminator": {"propertyName": "k", "mapping": {"c": dog, "d": cat}}}
    fewer = {**choice, "discriminator": {"propertyName": "k", "mapping": {"c": cat}}}
    other = {**choice, "discriminator": {"propertyName": "kind"}}

    def compared(old: Any, new: Any) -> list[tuple[str, str, str, Effect]]:
        found = Comparer(kinds, kinds).compare(old, new, Direction.REQUEST).edits
        return [(one.keyword, one.action, one.subject, one.effect) for one in found]

    assert compared(choice, mapped) == [("discriminator", "added", "", Effect.EQUAL)]
    assert compared(mapped, other) == [("discriminator", "changed", "", Effect.INCOMPARABLE)]
    assert compared(mapped, fewer) == [("mapping", "removed", "d", Effect.EQUAL)]
    assert compared(mapped, swapped) == [
        ("mapping", "changed", "c", Effect.INCOMPARABLE),
        ("mapping", "changed", "d", Effect.INCOMPARABLE),
    ]


def test_a_mapping_to_a_renamed_component_is_no_edit() -> None:
    old = {"cat": {"type": "object", "required": ["k"]}}
    new = {"Cat": {"type": "object", "required": ["k"]}}

    def choice(name: str) -> dict[str, Any]:
        target = f"#/components/schemas/{name}"
        mapping = {"propertyName": "k", "mapping": {"c": target}}
        return {"oneOf": [{"$ref": target}, {"type": "null"}], "discriminator": mapping}

    comparer = Comparer(old, new)
    assert comparer.compare(choice("cat"), choice("Cat"), Direction.RESPONSE).edits == ()


OBJECT = {"type": "object"}
LISTED = {"enum": ["a", "b"], "maxLength": 5}


@pytest.mark.parametrize(
    ("schema", "keyword", "value", "other"),
    [
        (TEXT, "maximum", 3, 5),
        (TEXT, "maxItems", 3, 5),
        (OBJECT, "minLength", 1, 2),
        ({"type": "integer"}, "pattern", "^a", "^b"),
        (LISTED, "maxLength", 5, 6),
        (OBJECT, "unevaluatedItems", False, {"type": "string"}),
    ],
)
def test_keywords_for_other_types_refuse_nothing(
    schema: dict[str, Any], keyword: str, value: Any, other: Any
) -> None:
    moved = "changed" if not isinstance(value, int) or value is False else "increased"
    old, new = {**schema, keyword: value}, {**schema, keyword: other}
    assert edits(old, new) == [(keyword, moved, Effect.EQUAL, False, True)]
    assert edits(old, old) == []
    assert keyword not in [edit[0] for edit in edits(old, {"type": "boolean", keyword: other})]


@pytest.mark.parametrize("direction", Direction)
def test_components_in_an_all_of_are_told_where_they_add_nothing(direction: Direction) -> None:
    named = {"Pet": OBJECT, "Tame": OBJECT, "Note": {"title": "Kept"}, "Fed": {"required": ["a"]}}
    refs = {name: {"$ref": f"#/components/schemas/{name}"} for name in named}
    for other, told in (
        ("Tame", ("allOf", "added")),
        ("Note", ("allOf", "added-annotation-only")),
        ("Fed", ("required", "added")),
    ):
        for old in ({"allOf": [refs["Pet"]]}, refs["Pet"]):
            new = {"allOf": [refs["Pet"], refs[other]]}
            found = Comparer(named, named).compare(old, new, direction)
            every = [*found.edits, *(edit for one in found.shared for edit in one.edits)]
            assert told in [(edit.keyword, edit.action) for edit in every]
            assert len({edit.keyword for edit in every if edit.keyword != "title"}) == 1
