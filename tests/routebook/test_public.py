"""The public surface: what `import routebook` gives, what it costs, and that it is documented."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys

import pytest

import routebook
from support import run

CORE = [
    "routebook",
    "routebook.descriptors",
    "routebook.walk",
    "routebook.paths",
    "routebook.router",
    "routebook.urls",
    "routebook.envelope",
    "routebook.asgi",
    "routebook.wsgi",
    "routebook.checks",
    "registry_api.v2",
]
"""What a server or client imports."""


def test_exports_are_sorted_and_exist() -> None:
    assert routebook.__all__ == sorted(set(routebook.__all__))
    for name in routebook.__all__:
        assert getattr(routebook, name) is not None


def test_nothing_unexported_leaks() -> None:
    modules = {module.name for module in pkgutil.iter_modules(routebook.__path__)}
    public = {name for name in dir(routebook) if not name.startswith("_")}
    assert public - modules - {"TYPE_CHECKING"} <= set(routebook.__all__)


@pytest.mark.parametrize(
    "name", [n for n in routebook.__all__ if n not in {"__version__", "Schema"}]
)
def test_every_export_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(routebook, name))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="APIDescripto"):
        getattr(routebook, "APIDescripto")  # noqa: B009  # the name must not be known to mypy


@pytest.mark.parametrize("module", CORE)
def test_loads_nothing_but_the_standard_library(module: str) -> None:
    code = (
        "import json, sys; before = set(sys.modules); "
        f"import {module}; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    loaded = {
        name.partition(".")[0] for name in json.loads(run(sys.executable, "-Ic", code).stdout)
    }
    assert loaded - set(sys.stdlib_module_names) <= {"routebook", "registry_api"}


def test_the_vocabulary_loads_nothing_but_the_standard_library() -> None:
    code = (
        "import json, sys; before = set(sys.modules); from routebook import *; "
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    loaded = {
        name.partition(".")[0] for name in json.loads(run(sys.executable, "-Ic", code).stdout)
    }
    assert loaded - set(sys.stdlib_module_names) == {"routebook"}


def test_every_module_can_be_imported() -> None:
    for module in pkgutil.walk_packages(routebook.__path__, "routebook."):
        if module.name != "routebook.__main__":
            importlib.import_module(module.name)
