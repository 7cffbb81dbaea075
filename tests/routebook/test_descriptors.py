"""The vocabulary as a whole: what holds of every descriptor class."""

from __future__ import annotations

import ast
import copy
import dataclasses
import inspect
import pickle
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import routebook
from registry_api.v2 import API
from routebook import ErrorDescriptor, ParameterDescriptor, Type, errors
from routebook.values import Value, frozen
from routebook.walk import walk

CLASSES: list[Any] = [
    value
    for name in routebook.__all__
    if isinstance(value := getattr(routebook, name), type) and issubclass(value, Value)
]
FIELDS = [(kind, field) for kind in CLASSES for field in dataclasses.fields(kind)]


def filled(kind: Any) -> Any:
    """A descriptor of a kind with nothing but what it needs."""
    needed = {
        field.name: 200 if field.name == "status_code" else "x"
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    return kind(**needed)


def other(field: Any) -> Any:
    """A value that the field of a filled descriptor does not have."""
    if field.type.startswith("tuple"):
        return ("another",)
    return {"another": True} if field.type.startswith("Mapping") else "another"


def documented(kind: Any) -> dict[str, str]:
    """The text below each field in the source of a class."""
    tree = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(tree, ast.ClassDef)
    return {
        before.target.id: after.value.value
        for before, after in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign)
        and isinstance(before.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    }


def test_the_vocabulary_is_there() -> None:
    assert len(CLASSES) >= 25


@pytest.mark.parametrize("kind", CLASSES)
def test_is_frozen_keyword_only_and_slotted(kind: Any) -> None:
    assert all(field.kw_only for field in dataclasses.fields(kind))
    assert not hasattr(filled(kind), "__dict__")
    with pytest.raises(TypeError):
        kind("by position")


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda it: getattr(it, "name", None))
def test_a_field_cannot_be_set(kind: Any, field: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(filled(kind), field.name, other(field))


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda it: getattr(it, "name", None))
def test_a_field_is_documented(kind: Any, field: Any) -> None:
    text = documented(kind).get(field.name, "")
    assert re.match(r"[A-Z`4\d]", text), f"{kind.__name__}.{field.name} has no documentation"
    assert text.rstrip().endswith((".", "..."))


@pytest.mark.parametrize("kind", CLASSES)
def test_a_class_is_documented(kind: Any) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")


@pytest.mark.parametrize("kind", CLASSES)
def test_sequences_are_tuples(kind: Any) -> None:
    types = " ".join(str(field.type) for field in dataclasses.fields(kind))
    assert not re.search(r"\b(list|List|Sequence|set|dict)\b", types)


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda it: getattr(it, "name", None))
def test_every_field_counts_in_equality_and_repr(kind: Any, field: Any) -> None:
    one = filled(kind)
    same, changed = filled(kind), dataclasses.replace(one, **{field.name: other(field)})
    assert one == same
    assert hash(one) == hash(same)
    assert one != changed
    assert f"{field.name}={other(field)!r}" in repr(changed)


@pytest.mark.parametrize("kind", CLASSES)
def test_a_repr_builds_the_value_again(kind: Any) -> None:
    one = filled(kind)
    assert eval(repr(one), {kind.__name__: kind}) == one  # noqa: S307  # our own repr


def test_is_not_equal_to_another_kind() -> None:
    assert ParameterDescriptor(name="x") != ErrorDescriptor(value="x")
    assert ParameterDescriptor(name="x") != "x"


def test_is_hashed_though_a_field_is_a_mapping() -> None:
    assert (
        len({ParameterDescriptor(name="x", extra={"x-a": []})} | {ParameterDescriptor(name="x")})
        == 2
    )


@pytest.mark.parametrize("kind", CLASSES)
def test_is_copied_and_pickled(kind: Any) -> None:
    one = filled(kind)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301  # what we pickled ourselves
    assert copy.copy(one) == copy.deepcopy(one) == one


def test_the_registry_is_copied_and_pickled_whole() -> None:
    assert pickle.loads(pickle.dumps(API)) == API  # noqa: S301  # what we pickled ourselves


def test_the_registry_is_found_again_by_its_places() -> None:
    places = [(place, type(value)) for place, value in walk(API)]
    assert places[0] == ("", routebook.APIDescriptor)
    assert ("blob-upload.POST[Mount Blob].query[from]", ParameterDescriptor) in places
    assert len(places) == len(set(places))


@pytest.mark.parametrize("member", Type)
def test_a_type_has_a_meaning_and_a_schema_of_its_own(member: Type) -> None:
    assert member.meaning.endswith(".")
    member.json_schema["type"] = "changed"
    assert member.json_schema.get("type") != "changed"


@given(st.text(), st.text())
def test_equality_is_that_of_the_fields(one: str, two: str) -> None:
    first, second = ParameterDescriptor(name=one), ParameterDescriptor(name=two)
    assert (first == second) is (one == two)
    assert first != second or hash(first) == hash(second)


def test_an_error_is_found_by_its_value() -> None:
    group = routebook.ErrorGroup(name="g", errors=(ErrorDescriptor(value="A"),))
    assert errors.find_error((group,), "A") is group.errors[0]
    assert errors.find_error((group,), "B") is None


@pytest.mark.parametrize("said", [{}, {"required": True, "extra": {"x-a": 1}}], ids=["-", "+"])
def test_a_constructor_fills_in_what_is_not_said(said: dict[str, Any]) -> None:
    made = [ParameterDescriptor(name="n", **said) for _ in range(2)]
    assert made[0] == made[1] == dataclasses.replace(made[0])
    assert made[0].extra is not made[1].extra or said
    for field in dataclasses.fields(ParameterDescriptor):
        held = getattr(made[1], field.name)
        default = {} if field.name == "extra" else field.default
        assert held == said.get(field.name, "n" if field.name == "name" else default)
    with pytest.raises(TypeError, match="'other'"):
        ParameterDescriptor(name="n", other=1)  # type: ignore[call-arg]  # there is none


@pytest.mark.parametrize("kind", CLASSES)
def test_a_constructor_has_the_signature_of_a_dataclass(kind: Any) -> None:
    usual = dataclasses.make_dataclass(
        "Usual",
        [(field.name, field.type, _copy(field)) for field in dataclasses.fields(kind)],
        kw_only=True,
    )
    assert str(inspect.signature(kind)) == str(inspect.signature(usual))


def _copy(field: Any) -> Any:
    factory = field.default_factory
    return (
        dataclasses.field(default=field.default)
        if factory is dataclasses.MISSING
        else dataclasses.field(default_factory=factory)
    )


@frozen
class _Nothing(Value):
    """A class of values without fields."""


@frozen(kw_only=False)
class _Pair(Value):
    """Two fields that are given by position."""

    first: int
    second: list[int] = dataclasses.field(default_factory=list, repr=False)


def test_values_have_any_fields() -> None:
    assert _Nothing() == _Nothing()
    assert _Pair(1, [2]) == _Pair(first=1, second=[2]) == copy.copy(_Pair(1, [2]))
    assert _Pair(1) != _Pair(1, [2])
    assert repr(_Pair(1, [2])) == "_Pair(first=1)"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del _Pair(1).first
