"""The names that type checkers see in `routebook` are those that it loads when they are used."""

from __future__ import annotations

import ast

import routebook
from support import ROOT


def test_the_names_for_type_checkers_are_the_names_there_are() -> None:
    tree = ast.parse((ROOT / "generator/routebook/__init__.py").read_text())
    checked = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("routebook")
        for alias in node.names
    }
    assert {*checked, "__version__"} == set(routebook.__all__)
