"""Loading modules as if nothing had been imported: another version of what runs already."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routebook.findings import RoutebookError
from routebook.values import Value

if TYPE_CHECKING:
    from types import ModuleType

    from routebook.descriptors import APIDescriptor

_PLAIN = (str, int, float, type(None), Enum)


@contextmanager
def fresh(top: str, checkout: tuple[Path, Path] | None = None) -> Iterator[None]:
    """Import the package `top` anew; then put the modules that were there back.

    `checkout` is a repository and a copy of it that stands in for it: nothing is imported from
    the first, and what was imported from the second is forgotten. What is to be known about the
    modules must be asked inside (see `settle`).
    """
    path, modules = list(sys.path), dict(sys.modules)
    folder, tree = checkout or (None, None)
    hidden = [name for name, module in modules.items() if _is_of(name, module, top, folder)]
    for name in hidden:
        del sys.modules[name]
    if folder is not None:
        sys.path[:] = [p for p in path if not is_source(Path(p or ".").resolve(), folder)]
    try:
        yield
    finally:
        if checkout is not None:
            sys.path[:] = path
        for name, module in list(sys.modules.items()):
            if name not in modules and _is_of(name, module, top, tree):
                del sys.modules[name]
        sys.modules.update({name: modules[name] for name in hidden})


def _is_of(name: str, module: ModuleType, top: str, folder: Path | None) -> bool:
    """Whether a module belongs to a package or lies in a folder; routebook's own never do."""
    if name.partition(".")[0] in {"routebook", "__main__"}:
        return False
    if top and f"{name}.".startswith(f"{top}."):
        return True
    file = getattr(module, "__file__", None)
    return folder is not None and file is not None and is_source(Path(file), folder)


def is_source(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder and is none of what is installed there."""
    return file.is_relative_to(folder) and not file.is_relative_to(Path(sys.prefix))


def settle(api: APIDescriptor) -> None:
    """Find the JSON Schemas of an API's Python types while the modules of these are there.

    Their annotations are looked up in `sys.modules`; what was found once is kept for the type.
    """
    from routebook.schemas import to_json_schema

    todo: list[Any] = [api]
    seen: set[int] = set()
    while todo:
        value = todo.pop()
        if isinstance(value, _PLAIN) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Value):
            names: tuple[str, ...] = value.__slots__
            todo.extend(getattr(value, name) for name in names)
        elif isinstance(value, Mapping):
            todo.extend(value.values())
        elif isinstance(value, (tuple, list)):
            todo.extend(value)
        else:
            try:
                to_json_schema(value, {})
            except RoutebookError:
                continue  # told by whoever needs the schema
