"""Folders of Python that commands write: where they may, and what to do with them next."""

from __future__ import annotations

import keyword
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from routebook.findings import RoutebookError

if TYPE_CHECKING:
    from routebook.descriptors import APIDescriptor

_OURS = {".py", ".pyc", ".typed"}
"""What is in a package."""


def place(output: Path, *, force: bool) -> Path:
    """The folder for a package, when there may be one of that name there."""
    folder = output.resolve()
    if not folder.name.isidentifier() or keyword.iskeyword(folder.name):
        raise RoutebookError(
            f"{folder.name!r} is no name for a package",
            place=str(output),
            hint=f"write to {output.parent / package_name(folder.name)}",
        )
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


def package_name(text: str) -> str:
    """The name of a package, from any text."""
    from routebook.emit.python.names import module

    return module(text) or "api"


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
