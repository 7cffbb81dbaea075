"""Where the types of Python descriptions stand: the lines of their classes and fields."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from routebook.loading import Opened, open_api

BASES = """\
import routebook as rb


class Base(rb.TypedDict):
    inherited: int
    overridden: str
"""
TYPES = """\
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NotRequired, TypeVar

import pydantic
import routebook as rb
from routebook.schemas import json_schemas

from .bases import Base

if rb:

    @rb.JsonSchema(
        minProperties=1,
    )
    class Typed(Base):
        overridden: str
        short: Annotated[
            list[Annotated[str, rb.JsonSchema(maxLength=3)]],
            rb.JsonSchema(
                maxItems=9,
            ),
        ]
        parts: NotRequired[list["Nested"]]


class Nested(rb.TypedDict):
    of: Colour


class Colour(enum.Enum):
    RED = "red"


@dataclass
class Record:
    own: Nested | None
    size: int = 3


T = TypeVar("T")


class Page(pydantic.BaseModel, Generic[T]):
    items: list[T]


class Held(pydantic.BaseModel):
    kept: bool


class Outer:
    class Model(pydantic.BaseModel):
        from_: str = pydantic.Field(
            alias="from",
            max_length=3,
        )


Written = rb.TypedDict(
    "Written",
    {
        "os.version": str,
    },
)

PLAIN = {
    "properties": {
        "a": {
            "maxLength": 3,
        },
    },
}
ALL = {
    "Kept": {
        "type": "string",
    },
}
Typed2 = Base
MANY: dict[str, Any] = json_schemas(
    {
        "re-named": Outer.Model,
        "Again": PLAIN,
    }
)
"""
SHOP = """\
import routebook as rb
from . import types


def media(schema, **more):
    return rb.MediaTypeDescriptor(
        content_type="application/json",
        schema=schema,
        **more,
    )


ITEMS = media(list[types.Record])
API = rb.APIDescriptor(
    title="T",
    version="1",
    schemas={
        "Typed": types.Typed,
        "Written": types.Written,
        "Plain": types.PLAIN,
        **types.ALL,
        **types.MANY,
        "In~/line": {
            "maxLength": 3,
        },
        "Text": str,
        "Pages": types.Page[types.Held],
    },
    routes=(
        rb.RouteDescriptor(
            name="it",
            path="/it",
            methods=(
                rb.MethodDescriptor(
                    method="GET",
                    requests=(
                        rb.RequestDescriptor(
                            body=rb.BodyDescriptor(content=(ITEMS,)),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
OTHER = rb.APIDescriptor(title="Other", version="1", schemas={"Typed": types.Nested})
"""
FILES = {"shop/__init__.py": SHOP, "shop/types.py": TYPES, "shop/bases.py": BASES}


@pytest.fixture(autouse=True)
def _undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.fixture(name="shop")
def _shop() -> Opened:
    _write(FILES)
    return open_api("shop:API")


def _write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def _git(*command: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "core.hooksPath=")
    subprocess.run(["git", *identity, *command], check=True, capture_output=True)


def _place(opened: Opened, part: object, *below: str) -> str:
    assert opened.places is not None
    return str(opened.places.locate(part, *below))


def _line(place: str) -> str:
    """The file of a place, and what stands on its line."""
    file, _, line = place.rpartition(":")
    return f"{Path(file).name}: {FILES[file].splitlines()[int(line) - 1].strip()}"


@pytest.mark.parametrize(
    ("name", "below", "line"),
    [
        ("Typed", "", "types.py: class Typed(Base):"),
        ("Typed", "required 0", "types.py: class Typed(Base):"),
        ("Typed", "minProperties", "types.py: minProperties=1,"),
        ("Typed", "properties gone", "types.py: class Typed(Base):"),
        ("Typed", "properties inherited type", "bases.py: inherited: int"),
        ("Typed", "properties overridden", "types.py: overridden: str"),
        ("Typed", "properties short maxItems", "types.py: maxItems=9,"),
        (
            "Typed",
            "properties short items maxLength",
            "types.py: list[Annotated[str, rb.JsonSchema(maxLength=3)]],",
        ),
        ("Nested", "properties of", "types.py: of: Colour"),
        ("Colour", "enum 0", "types.py: class Colour(enum.Enum):"),
        ("Record", "", "types.py: class Record:"),
        ("Record", "properties size default", "types.py: size: int = 3"),
        ("Page_Held_", "properties items", "types.py: items: list[T]"),
        ("Held", "properties kept", "types.py: kept: bool"),
        ("re-named", "", "types.py: class Model(pydantic.BaseModel):"),
        ("re-named", "properties from maxLength", "types.py: max_length=3,"),
        ("Written", "", "types.py: Written = rb.TypedDict("),
        ("Written", "properties os.version type", 'types.py: "os.version": str,'),
        ("Plain", "", "types.py: PLAIN = {"),
        ("Plain", "properties a maxLength", 'types.py: "maxLength": 3,'),
        ("Plain", "properties b", 'types.py: "properties": {'),
        ("Again", "properties a", 'types.py: "a": {'),
        ("Kept", "", 'types.py: "Kept": {'),
        ("Kept", "type", 'types.py: "type": "string",'),
        ("In~0~1line", "", '__init__.py: "In~/line": {'),
        ("In~0~1line", "maxLength", '__init__.py: "maxLength": 3,'),
        ("Text", "", '__init__.py: "Text": str,'),
        ("Text", "maxLength", '__init__.py: "Text": str,'),
    ],
)
def test_a_named_schema_stands_where_its_type_does(
    shop: Opened, name: str, below: str, line: str
) -> None:
    keys = below.split()
    pointer = f"/components/schemas/{name}"
    assert _line(_place(shop, pointer, *keys)) == line
    assert _place(shop, "/".join([pointer, *keys])) == _place(shop, pointer, *keys)


def test_what_no_description_has_is_nowhere(shop: Opened) -> None:
    for pointer in ("/components/schemas/Gone", "/components/schemas/int", "/paths/~1it"):
        assert _place(shop, pointer) == "None"


def test_a_type_whose_source_is_gone_stands_at_the_descriptor_that_uses_it(shop: Opened) -> None:
    Path("shop/types.py").unlink()
    request = shop.api.routes[0].methods[0].requests[0]
    assert request.body is not None
    assert _place(shop, "/components/schemas/Record") == _place(shop, request.body.content[0])


def test_the_types_of_a_revision_stand_where_they_did() -> None:
    _write(FILES)
    _git("init", "-q")
    _git("add", ".")
    _git("commit", "-qm", "Add")
    _write({**FILES, "shop/types.py": f"# moved\n# down\n{TYPES}"})
    old, new = open_api("HEAD:shop:API"), open_api("shop:API")
    for below, was, now in (
        ((), "HEAD:shop/types.py:18", "shop/types.py:20"),
        (("properties", "inherited"), "HEAD:shop/bases.py:5", "shop/bases.py:5"),
    ):
        pointer = "/components/schemas/Typed"
        assert (_place(old, pointer, *below), _place(new, pointer, *below)) == (was, now)
