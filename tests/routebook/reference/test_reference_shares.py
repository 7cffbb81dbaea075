"""A reference is the same, whichever process writes which page, and in whatever order."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from routebook import openapi, shares
from routebook.cli import run
from routebook.emit import layout as emit_layout
from routebook.emit import markdown
from routebook.views.definitions import Definitions
from routebook.views.later import Later
from routebook.views.samples import Sampler

NODE = {"type": "object", "properties": {"node": {"$ref": "#/components/schemas/Leaf"}}}
TREE = {
    "type": "object",
    "required": ["size"],
    "properties": {
        "size": {"type": "integer"},
        "left": {"$ref": "#/components/schemas/Leaf"},
    },
}
LEAF = {
    "type": "object",
    "properties": {
        "green": {"type": "boolean"},
        "tree": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Tree"}]},
    },
}


def document(operations: int) -> dict[str, Any]:
    def body(name: str) -> dict[str, Any]:
        schema = {"$ref": f"#/components/schemas/{name}"}
        return {"description": f"A {name}", "content": {"application/json": {"schema": schema}}}

    return {
        "openapi": "3.1.0",
        "info": {"title": "Trees", "version": "1"},
        "paths": {
            f"/{name.lower()}s/{count}": {
                "get": {
                    "tags": [f"T{count % 7}"],
                    "operationId": f"get{name}{count}",
                    "responses": {"200": body(name), "404": {"description": f"No {name}"}},
                }
            }
            for count in range(operations // 3)
            for name in ("Node", "Tree", "Leaf")
        },
        "components": {"schemas": {"Node": NODE, "Tree": TREE, "Leaf": LEAF}},
    }


@pytest.mark.parametrize("target", ["markdown", "mkdocs"])
@pytest.mark.parametrize("layout", ["", "group", "route", "single"])
def test_any_number_of_processes_writes_the_same_pages(
    layout: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = openapi.read(document(90))
    monkeypatch.setattr(shares, "processes", lambda: 3)
    monkeypatch.setattr(emit_layout, "_BLOCK", 10)
    alone = markdown.pages(api, target, layout=layout)
    assert [(page.path, page.title, page.sections, page.content) for page in alone] == [
        (page.path, page.title, page.sections, page.content)
        for page in markdown.pages(api, target, layout=layout, processes=3)
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_done_while_a_document_was_read_changes_nothing(
    processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "processes", lambda: processes)
    described = document(9) | {"tags": [{"name": "T1", "description": "Has `Leaf`, *no* `Root`."}]}
    file = tmp_path / "trees.json"
    file.write_text(json.dumps(described, indent=8), "utf-8")
    api = openapi.read(described)
    with markdown.ahead(file) as begun:
        assert list(begun()) == (["Has `Leaf`, *no* `Root`."] if processes > 1 else [])
        for layout in ("group", "single"):
            made = markdown.pages(api, layout=layout, begun=begun)
            assert made == markdown.pages(api, layout=layout)


def test_no_process_is_left_when_a_document_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "processes", lambda: 2)
    file = tmp_path / "wrong.json"
    file.write_text('{"openapi": "3.1.0", ' + " " * 500_000, "utf-8")
    assert run(["reference", str(file), "-o", str(tmp_path / "pages")]) == 2
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def long(count: int, **others: str) -> dict[str, Any]:
    """An object of many properties, some of which are other ones."""
    properties: dict[str, Any] = {f"p{number}": {"type": "integer"} for number in range(count)}
    references = {name: {"$ref": f"#/components/schemas/{to}"} for name, to in others.items()}
    return {"type": "object", "properties": properties | references}


FOREST = {
    "Park": long(80, heath="Heath", bush="Bush", wood="Wood"),
    "Wood": long(3, heath="Heath"),
    "Heath": long(120, bush="Bush", leaf="Leaf"),
    "Bush": long(30, heath="Heath", wood="Wood"),
}
"""Schemas that hold one another, whose samples are longer than they may be, or nearly."""


@pytest.mark.parametrize("names", [("Node", "Tree", "Leaf"), tuple(FOREST)])
def test_a_sample_does_not_depend_on_those_before_it(names: tuple[str, ...]) -> None:
    described = document(3)
    described["components"]["schemas"] |= FOREST
    api = openapi.read(described)
    schemas = {name: {"$ref": f"#/components/schemas/{name}"} for name in names}
    alone = {name: Sampler(Definitions(api)).value(schemas[name]) for name in names}
    for first in names:
        for second in names:
            sampler = Sampler(Definitions(api))
            for name in (first, second, *names):
                assert sampler.value(schemas[name]) == alone[name]


def test_what_is_made_later_is_made_once() -> None:
    made = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return (1, 2)

    later = Later(2, make)
    assert len(later) == 2
    assert made == []
    assert (later[0], later[-1:], list(later), made) == (1, (2,), [1, 2], [1])
    assert later == (1, 2)
    assert later == Later(2, make)
    assert hash(later) == hash((1, 2))


def test_what_is_forgotten_is_made_again() -> None:
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return (7,)

    later = Later(1, make)
    assert (list(later), later[0], made) == ([7], 7, [1])
    later.forget()
    assert (list(later), made) == ([7], [1, 1])
