"""Folders of Python that commands write: where they may, and what to do with them next."""

from __future__ import annotations

import keyword
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from routebook.findings import RoutebookError

if TYPE_CHECKING:
    from routebook.descriptors import APIDescriptor

_TAKEN = {"registry_api", "routebook"}
"""Packages that every description may need."""

_OURS = {".py", ".pyc", ".typed"}
"""What is in a package."""


def place(output: Path, *, force: bool) -> Path:
    """The folder for a package, when there may be one of that name there."""
    folder = output.resolve()
    problem = name_problem(folder.name)
    if problem:
        better = output.parent / package_name(folder.name)
        raise RoutebookError(problem, place=str(output), hint=f"write to {better}")
    if not folder.exists():
        return folder
    if not folder.is_dir():
        raise RoutebookError("is not a folder", place=str(output), hint="choose another with -o")
    if any(folder.iterdir()):
        _may_replace(folder, output, force=force)
    return folder


def _may_replace(folder: Path, output: Path, *, force: bool) -> None:
    if not force:
        raise RoutebookError(
            "the folder is not empty",
            place=str(output),
            hint="--force replaces the package in it, with all changes that were made there",
        )
    if Path.cwd().resolve().is_relative_to(folder):
        raise RoutebookError(
            "the current folder cannot be replaced",
            place=str(output),
            hint="run the command somewhere else",
        )
    strange = next((p for p in sorted(folder.rglob("*")) if _is_strange(p)), None)
    if strange is not None or not (folder / "__init__.py").is_file():
        what = f"there is {strange.relative_to(folder)}" if strange else "it has no __init__.py"
        raise RoutebookError(
            f"the folder is not only a package: {what}",
            place=str(output),
            hint="choose another with -o, or move what is in it",
        )


def _is_strange(path: Path) -> bool:
    return path.is_symlink() or (path.is_file() and path.suffix not in _OURS)


def name_problem(name: str) -> str:
    """Why a package cannot have a name; empty when it can."""
    if not name.isidentifier() or keyword.iskeyword(name):
        return f"{name!r} is no name for a package"
    if name in sys.stdlib_module_names or name in _TAKEN:
        return f"a package {name!r} would hide the one of that name"
    return ""


def package_name(text: str) -> str:
    """A name for a package, from any text."""
    from routebook.emit.python.names import module

    name = module(text) or "api"
    return f"{name}_api" if name_problem(name) else name


def new_name(folder: Path, name: str | None) -> str:
    """The name for a new package in a folder: the one asked for, or else one like the folder's."""
    if name is None:
        return package_name(folder.resolve().name)
    problem = name_problem(name)
    if problem:
        better = package_name(name)
        raise RoutebookError(problem, place="--name", hint=f"use another, such as {better}")
    return name


def write(folder: Path, files: Mapping[str, str], *, force: bool) -> None:
    """Write the package: all of it, or nothing."""
    from routebook.output import write_folder

    write_folder(folder, files, replace=force)


def summary(output: Path, files: Mapping[str, str], api: APIDescriptor) -> str:
    """What was written."""
    counts = {
        "file": len(files),
        "route": len(api.routes),
        "schema": len(api.schemas),
        "error code": sum(len(group.errors) for group in api.error_groups),
    }
    said = ", ".join(f"{n} {what}{'s' * (n != 1)}" for what, n in counts.items() if n)
    return f"Wrote {output}: {said}"


def next_steps(output: Path) -> str:
    """The commands to try on a package."""
    name = shlex.quote(str(output))
    lines = (f"routebook check {name}", f"routebook build {name} -o build")
    return "\n".join(["Next:", *(f"  {line}" for line in lines)])
