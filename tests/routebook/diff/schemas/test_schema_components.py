"""One cause is told once; recursion ends; nothing is walked route by route."""

from __future__ import annotations

from typing import Any

import pytest

from routebook.diff.schemas import Comparer, Comparison, Direction, Effect
from routebook.diff.schemas.parts import Part
from routebook.diff.schemas.witness import Check

REF = "#/components/schemas/"


def to(name: str) -> dict[str, Any]:
    return {"$ref": REF + name}


def record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def causes(result: Comparison) -> list[tuple[str, str]]:
    return [(one.old_name, edit.keyword) for one in result.shared for edit in one.edits]


def test_a_cause_in_a_component_is_one_object_for_all_who_reach_it() -> None:
    old = {"User": record(name={"type": "string"}), "Team": record(lead=to("User"))}
    new = {**old, "User": record(name={"type": "string", "maxLength": 5})}
    comparer = Comparer(old, new)
    user = comparer.compare(to("User"), to("User"), Direction.REQUEST)
    team = comparer.compare(to("Team"), to("Team"), Direction.REQUEST)
    listed = {"type": "array", "items": to("Team")}
    several = comparer.compare(listed, listed, Direction.REQUEST)
    assert user.edits == team.edits == several.edits == ()
    assert user.shared[0] is team.shared[0] is several.shared[0]
    edit = user.shared[0].edits[0]
    assert (edit.keyword, edit.place, edit.new_at) == (
        "maxLength",
        "name",
        ("User", "/properties/name/maxLength"),
    )
    answer = comparer.compare(to("User"), to("User"), Direction.RESPONSE)
    assert answer.shared[0] is not user.shared[0]
    assert not answer.shared[0].edits[0].breaks


def test_a_cause_in_a_merged_component_is_told_there() -> None:
    old = {"Base": record(name={"type": "string"})}
    new = {"Base": {**record(name={"type": "string"}), "required": ["name"]}}
    users = [{"allOf": [to("Base"), record(**{key: {"type": "integer"}})]} for key in ("a", "b")]
    comparer = Comparer(old, new)
    found = [comparer.compare(one, one, Direction.REQUEST) for one in users]
    assert [causes(one) for one in found] == [[("Base", "required")]] * 2
    assert found[0].edits == ()


def test_a_component_that_moved_from_one_branch_to_another_is_no_edit() -> None:
    old = {"A": record(x={"type": "string"}, y={"type": "string"}), "B": record()}
    new = {"A": record(x={"type": "string"}), "B": record(y={"type": "string"})}
    both = {"allOf": [to("A"), to("B")]}
    result = Comparer(old, new).compare(both, both, Direction.RESPONSE)
    assert (result.effect, result.edits, result.shared) == (Effect.EQUAL, (), ())


def test_recursive_components() -> None:
    old = {"Tree": record(label={"type": "string"}, left=to("Tree"), right=to("Tree"))}
    same = {"Tree": record(right=to("Tree"), left=to("Tree"), label={"type": ["string"]})}
    other = {"Tree": record(label={"type": "integer"}, left=to("Tree"), right=to("Tree"))}
    renamed = {"Node": record(label={"type": "string"}, left=to("Node"), right=to("Node"))}
    for new, name in ((same, "Tree"), (renamed, "Node")):
        found = Comparer(old, new).compare(to("Tree"), to(name), Direction.REQUEST)
        assert (found.effect, found.shared) == (Effect.EQUAL, ())
    comparer = Comparer(old, other)
    result = comparer.compare(to("Tree"), to("Tree"), Direction.REQUEST)
    assert causes(result) == [("Tree", "type")]
    witness = comparer.witness(result.shared[0].edits[0])
    assert witness is not None
    assert isinstance(witness.value["label"], str)


def test_references_that_lead_in_a_circle_or_nowhere_end() -> None:
    circle = {"A": to("B"), "B": {"allOf": [to("A")]}}
    other = {"A": to("B"), "B": {"allOf": [to("A")], "type": "string"}}
    comparer = Comparer(circle, other)
    assert comparer.compare(to("A"), to("A"), Direction.REQUEST).effect is Effect.NARROWS
    lost = Comparer({}, {"A": {"type": "string"}})
    assert lost.compare(to("A"), to("A"), Direction.REQUEST).effect is Effect.UNKNOWN
    edits = lost.compare(to("A"), to("A"), Direction.REQUEST).edits
    assert [edit.keyword for edit in edits if edit.reason] == ["$ref"]


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What jsonschema is asked from now on; it refuses all."""
    met: list[Any] = []

    def accepts(_: Check, schemas: Any, value: Any) -> bool:
        met.append((schemas, value))
        return False

    monkeypatch.setattr(Check, "accepts", accepts)
    return met


@pytest.mark.parametrize("side", [0, 1], ids=["old", "new"])
def test_nothing_is_validated_that_would_not_end(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """jsonschema runs into its recursion limit with a circle, once for every instance."""
    met = _asked(monkeypatch)
    circle = record(a=to("A"), b=[to("A"), {"type": "integer"}][side])
    ends = [circle, record(a=to("A"), b={"type": "integer"})]
    definitions = {"A": to("B"), "B": to("A")}
    comparer = Comparer(definitions, definitions)
    found = comparer.compare(ends[side], ends[1 - side], Direction.REQUEST)
    assert [comparer.witness(edit) for edit in found.edits] == [None] * len(found.edits)
    assert met == []


def _multiplying(kind: str) -> dict[str, Any]:
    """Schemas of which each asks for all that follow, in more ways than there is time for."""
    names = [f"S{i}" for i in range(40)]
    return {
        name: {**record(v={"type": kind}), "oneOf": [True, *map(to, names[i + 1 : i + 12])]}
        for i, name in enumerate(names)
    }


def test_schemas_whose_choices_multiply_end() -> None:
    old, new = _multiplying("string"), _multiplying("integer")
    comparer = Comparer(old, new)
    found = comparer.compare(to("S0"), to("S0"), Direction.REQUEST)
    assert len(found.shared) == len(old)
    for one in found.shared[:3]:
        for edit in one.edits:
            assert edit.breaks
            assert not comparer.refuted(edit)
            witness = comparer.witness(edit)
            assert witness is not None
            assert witness.value == "a"  # what is at the place of the edit, not whole


def test_what_takes_too_long_to_validate_is_left_open() -> None:
    check = Check(_multiplying("string"))
    whole = (Part(to("S0"), "", ""),)
    assert check.accepts(whole, {"v": "a"}) is None
    assert not check.refuses_for("const", whole, {"v": 1})
    last = (Part(to("S39"), "", ""),)
    assert check.accepts(last, {"v": "a"})
    assert check.refuses_for("type", last, {"v": 1})


def test_only_witnesses_are_validated_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most edits that need an instance are told without one, as only the first are."""
    met = _asked(monkeypatch)
    old, new = (
        {"oneOf": [record(k={"const": key}, v={"type": kind}) for key in "ab"]}
        for kind in ("string", "integer")
    )
    comparer = Comparer({}, {})
    edit, *_ = comparer.compare(old, new, Direction.REQUEST).edits
    assert not comparer.refuted(edit)
    assert met == []
    assert comparer.witness(edit) is None
    assert met != []


@pytest.mark.parametrize("choice", ["oneOf", "anyOf"])
def test_an_instance_of_a_branch_says_which_one_it_is_of(choice: str) -> None:
    """Even where the property that tells the branches apart may be left out."""
    old, new = (
        {choice: [record(k={"const": key}, v={"type": kind}) for key in "ab"]}
        for kind in ("string", "integer")
    )
    comparer = Comparer({}, {})
    edits = comparer.compare(old, new, Direction.REQUEST).edits
    assert [edit.place for edit in edits] == [f"{choice}[0].v", f"{choice}[1].v"]
    for edit in edits:
        assert not comparer.refuted(edit)
        assert comparer.witness(edit) is not None


def test_every_component_reaches_every_other() -> None:
    """With a walk for each route this would not end: there are 60! of them."""
    names = [f"C{number}" for number in range(60)]

    def components(kind: str) -> dict[str, Any]:
        choice = {"anyOf": [to(name) for name in names]}
        return {
            name: record(**{f"p{name}": {"type": kind}}, next=choice, id={"const": name})
            for name in names
        }

    comparer = Comparer(components("string"), components("integer"))
    found = [comparer.compare(to(name), to(name), Direction.REQUEST) for name in names]
    assert {len(one.shared) for one in found} == {60}
    assert len({id(shared) for one in found for shared in one.shared}) == 60


def test_deep_schemas_end() -> None:
    old: Any = {"type": "string"}
    new: Any = {"type": "integer"}
    for _ in range(400):
        old, new = record(a=old), record(a=new)
    result = Comparer({}, {}).compare(old, new, Direction.REQUEST)
    assert [edit.keyword for edit in result.edits] == ["type"]


def test_a_witness_is_an_instance_of_the_component() -> None:
    def order(*sizes: str) -> dict[str, Any]:
        item = {**record(id={"type": "integer"}, size={"enum": sizes}), "required": ["id", "size"]}
        items = {"type": "array", "minItems": 2, "items": item}
        return {"Order": {**record(items=items), "required": ["items"]}}

    comparer = Comparer(order("s", "m", "l"), order("s", "m"))
    edit = comparer.compare(to("Order"), to("Order"), Direction.REQUEST).shared[0].edits[0]
    assert (edit.keyword, edit.subject, edit.place) == ("enum", '"l"', "items[].size")
    witness = comparer.witness(edit)
    assert witness is not None
    assert "l" in {one["size"] for one in witness.value["items"]}
    assert len(witness.value["items"]) == 2


PRICE = record(amount={"type": "number"})
OTHER = record(amount={"type": "string"})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"Ticket": record(price=PRICE)}, {"Ticket": record(price=to("P")), "P": OTHER}, "Ticket"),
        ({"Ticket": record(price=to("P")), "P": PRICE}, {"Ticket": record(price=OTHER)}, "Ticket"),
        ({"Ticket": record(price=to("P")), "P": PRICE}, {"Ticket": record(price={})}, "Ticket"),
        ({"Ticket": record(price={})}, {"Ticket": record(price=to("P")), "P": PRICE}, "Ticket"),
        ({"Ticket": to("P"), "P": PRICE}, {"Ticket": to("Q"), "Q": OTHER}, "Q"),
    ],
)
def test_what_one_side_writes_out_and_the_other_refers_to_is_told_of_who_writes_it_out(
    old: dict[str, Any], new: dict[str, Any], expected: str
) -> None:
    comparer = Comparer(old, new)
    for direction in Direction:
        found = comparer.compare(to("Ticket"), to("Ticket"), direction)
        assert {one.new_name for one in found.shared} == {expected}
        places = {edit.place for one in found.shared for edit in one.edits}
        assert places <= {"price", "price.amount"} if expected == "Ticket" else places == {"amount"}
        breaking = [edit for one in found.shared for edit in one.edits if edit.breaks]
        for edit in breaking:
            shown = comparer.witness(edit)
            assert shown is not None
            assert list(shown.value) == ["price" if expected == "Ticket" else "amount"]
