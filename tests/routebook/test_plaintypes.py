"""Plain types give the schema that pydantic gives.

Annotations are evaluated at once here: all of them as strings would not be plain.
"""

import subprocess
import sys
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_api.v2 import API
from routebook import JsonSchema, TypedDict
from routebook.plaintypes import convert
from routebook.schemas import REFERENCE, _by_pydantic, _in_order
from routebook.walk import walk

Pet = TypedDict("Pet", {"name": str, "age.years": NotRequired[int]})


class Empty(TypedDict):
    pass


class Owner(TypedDict):
    """Who owns pets.

    A pet has one owner.
    """

    pets: list[Pet]
    first: NotRequired[Annotated[Pet, JsonSchema(description="The first.")]]


class Shelter(Owner):
    """An owner of many."""

    empty: Empty
    any: Any


class Tree(TypedDict):
    """It is made of what comes after it, and of itself."""

    branches: list["Tree"]
    leaves: dict[str, "Leaf"]
    up: "Tree"
    next: NotRequired["Tree | None"]
    last: NotRequired[Annotated["Leaf", JsonSchema(description="The last.")]]


class Leaf(TypedDict):
    tree: Tree


def agree(python_type: Any) -> None:
    plain = convert(python_type, REFERENCE)
    assert plain is not None
    schema, definitions = _by_pydantic(python_type)
    assert _in_order(plain.schema) == schema
    assert list(_in_order(plain.schema)) == list(schema)
    named = {name: _in_order(value) for name, value in plain.definitions.items()}
    assert named == definitions
    assert {n: list(v) for n, v in named.items()} == {n: list(v) for n, v in definitions.items()}


@pytest.mark.parametrize(
    "python_type",
    [str, int, float, bool, None, Any, Pet, Empty, Owner, Shelter, list[Owner], int | None,
     None | str | int, dict[str, Pet], dict[str, Any], list[Any], Annotated[str, JsonSchema()]],
)  # fmt: skip
def test_a_table(python_type: Any) -> None:
    agree(python_type)


SCALARS = st.sampled_from([str, int, float, bool, Any, Pet, Owner, Shelter])
KEYWORDS = st.dictionaries(
    st.sampled_from(["description", "title", "examples", "pattern", "minimum", "const", "x-y"]),
    st.integers(),
    max_size=3,
)
TYPES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        inner.map(lambda t: list[t]),  # type: ignore[valid-type]  # made at run time
        inner.map(lambda t: dict[str, t]),  # type: ignore[valid-type]  # the same
        st.tuples(inner, KEYWORDS).map(lambda p: Annotated[p[0], JsonSchema(p[1])]),
        inner.filter(lambda t: t is not Any).map(lambda t: t | None),
    ),
    max_leaves=4,
)


@given(TYPES)
def test_any_type_that_is_plain(python_type: Any) -> None:
    if convert(python_type, REFERENCE) is not None:
        agree(python_type)


def test_all_types_of_the_registry_are_plain() -> None:
    found = [*API.schemas.values()]
    for _, value in walk(API):
        found += [getattr(value, name, None) for name in ("schema", "item_schema", "detail")]
    types = [t for t in found if t is not None and not isinstance(t, (dict, bool))]
    assert types
    for python_type in types:
        agree(python_type)


@dataclass
class Dataclass:
    name: str


class Texts(TypedDict):
    name: "str"


class Other:
    Pet = TypedDict("Pet", {"name": int})


@pytest.mark.parametrize(
    "python_type",
    [Dataclass, Texts, list, dict, dict[int, str], tuple[int, ...], Literal["a"], set[str], bytes,
     Annotated[int, "a note"], list[Dataclass], int | Dataclass, "str",
     Annotated[int, JsonSchema()] | int, list[Pet | Other.Pet]],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_pydantic(python_type: Any) -> None:
    assert convert(python_type, REFERENCE) is None


def test_types_that_hold_themselves() -> None:
    """Pydantic has no schema for these: it knows no recursion through a type's own hook."""
    plain = convert(Tree, REFERENCE)
    assert plain is not None
    tree, leaf = {"$ref": f"{REFERENCE}Tree"}, {"$ref": f"{REFERENCE}Leaf"}
    assert plain.definitions == {
        "Tree": {
            "description": "It is made of what comes after it, and of itself.",
            "type": "object",
            "properties": {
                "branches": {"type": "array", "items": tree},
                "leaves": {"type": "object", "additionalProperties": leaf},
                "up": tree,
                "next": {"anyOf": [tree, {"type": "null"}]},
                "last": {**leaf, "description": "The last."},
            },
            "required": ["branches", "leaves", "up"],
        },
        "Leaf": {"type": "object", "properties": {"tree": tree}, "required": ["tree"]},
    }


def test_the_openapi_document_of_the_registry_needs_no_pydantic() -> None:
    code = (
        "import sys; from registry_api.v2 import API; from routebook import openapi;"
        "openapi.write(API); print('pydantic' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"
