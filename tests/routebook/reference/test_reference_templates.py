"""Templates ask for what their views have, and a user can put others in their place."""

from __future__ import annotations

import ast
import inspect
import typing
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any

import pytest
from jinja2 import nodes

from registry_api.v2 import API
from routebook import RoutebookError, render, resources
from routebook.emit.dialect import MkDocs
from routebook.emit.markdown import ahead, pages, single_page
from routebook.render import environment
from routebook.views import model

FOLDER = resources.templates() / "markdown"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.jinja"))

GIVEN: dict[str, Any] = {
    "api": model.ReferenceView,
    "route": model.RouteView,
    "operation": model.OperationView,
    "variant": model.VariantView,
    "response": model.ResponseView,
    "body": model.BodyView,
    "error": model.ErrorView,
    "schema": model.SchemaView,
    "group": model.GroupView,
    "routes": tuple[model.RouteView, ...],
    "errors": tuple[model.ErrorGroupView, ...],
    "schemas": tuple[model.SchemaView, ...],
    "listing": str,
    "first": bool,
    "overview": bool,
}
"""What a template may call by name, and what that is."""


def views() -> list[type]:
    return [x for x in vars(model).values() if inspect.isclass(x) and is_dataclass(x)]


def plain(annotation: Any) -> Any:
    """A type without its None."""
    if isinstance(annotation, UnionType):
        return next(part for part in annotation.__args__ if part is not type(None))
    return annotation


def hints_of(view: type) -> dict[str, Any]:
    """The fields and properties of a view, with their types."""
    found = inspect.getmembers_static(view, lambda member: isinstance(member, property))
    made = {name: typing.get_type_hints(member.fget)["return"] for name, member in found}
    return {**typing.get_type_hints(view), **made}


def type_of(node: nodes.Node, scope: dict[str, Any]) -> Any:
    """The type of an expression over views; None where it is no path of names."""
    if isinstance(node, nodes.Name):
        assert node.name in scope, f"line {node.lineno}: nothing is called {node.name}"
        return scope[node.name]
    if isinstance(node, nodes.Getattr):
        owner = type_of(node.node, scope)
        if owner is None:
            return None
        hints = hints_of(owner)
        assert node.attr in hints, f"line {node.lineno}: {owner.__name__} has no {node.attr}"
        return plain(hints[node.attr])
    for child in node.iter_child_nodes():
        type_of(child, scope)
    return None


def look(node: nodes.Node, scope: dict[str, Any]) -> None:
    """Check every name and attribute that a template uses."""
    if isinstance(node, nodes.For):
        items = type_of(node.iter, scope)
        assert isinstance(node.target, nodes.Name)
        inner = {**scope, node.target.name: typing.get_args(items)[0], "loop": None}
        for child in node.body:
            look(child, inner)
    elif isinstance(node, nodes.With):
        names = [target.name for target in node.targets if isinstance(target, nodes.Name)]
        given = [type_of(value, scope) for value in node.values]
        for child in node.body:
            look(child, {**scope, **dict(zip(names, given, strict=True))})
    elif isinstance(node, nodes.Expr):
        type_of(node, scope)
    else:
        for child in node.iter_child_nodes():
            look(child, scope)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_asks_for_fields_that_its_view_has(name: str) -> None:
    env = environment("markdown")
    env.filters.update(MkDocs().filters())
    look(env.parse((FOLDER / name).read_text(encoding="utf-8")), GIVEN)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_short(name: str) -> None:
    assert len((FOLDER / name).read_text(encoding="utf-8").splitlines()) <= 90


@pytest.mark.parametrize("view", views(), ids=lambda view: view.__name__)
def test_view_is_documented(view: type) -> None:
    tree = ast.parse(inspect.getsource(view)).body[0]
    assert isinstance(tree, ast.ClassDef)
    documented = [
        before.target.id
        for before, after in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign)
        and isinstance(before.target, ast.Name)
        and isinstance(after, ast.Expr)
    ]
    assert documented == [field.name for field in fields(view)]
    assert view.__doc__


@pytest.mark.parametrize("where", ["", "markdown"])
def test_user_overrides_a_template(tmp_path: Path, where: str) -> None:
    folder = tmp_path / where
    folder.mkdir(exist_ok=True)
    (folder / "schema.md.jinja").write_text("{{ schema | heading(2) }}\n\nMine.\n", "utf-8")
    found = {page.path: page.content for page in pages(API, templates=tmp_path)}
    assert found["schemas.md"].count("Mine.") == len(API.schemas)
    assert found["errors.md"] == {page.path: page.content for page in pages(API)}["errors.md"]
    assert "Mine." in single_page(API, tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ schema.nothing }}", "has no attribute 'nothing'"),
        ("a\n{{ nobody }}", "'nobody' is undefined"),
        ("{% if %}", "Expected an expression"),
        ("{{ 1 | nofilter }}", "No filter named 'nofilter'"),
        ('{% include "none.jinja" %}', "there is no template 'none.jinja'"),
        ("{{ schema.shape | heading(2) }}", "has no attribute 'title'"),
    ],
)
def test_wrong_template_is_an_error_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "schema.md.jinja").write_text(text, "utf-8")
    with pytest.raises(RoutebookError, match=message) as raised:
        pages(API, templates=tmp_path)
    assert raised.value.place.endswith((".jinja", ".jinja:1", ".jinja:2"))
    assert raised.value.hint


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RoutebookError, match="does not exist"):
        pages(API, templates=tmp_path / "none")


def test_templates_compiled_ahead_write_the_same(tmp_path: Path) -> None:
    document = tmp_path / "none.json"
    before = pages(API)
    render._codes.cache_clear()
    with ahead(document) as begun:
        assert pages(API, begun=begun) == before
    (tmp_path / "schema.md.jinja").write_text("Mine.\n", "utf-8")
    render._codes.cache_clear()
    with ahead(document) as begun:
        made = pages(API, templates=tmp_path, begun=begun)
    assert "Mine." in {page.path: page.content for page in made}["schemas.md"]
