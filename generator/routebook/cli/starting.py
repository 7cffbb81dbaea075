"""The files that a new description starts with."""

from __future__ import annotations

import shlex
from pathlib import Path

from routebook.findings import RoutebookError

_FILES = {
    ".gitignore": "gitignore.jinja",
    "README.md": "README.md.jinja",
    "pyproject.toml": "pyproject.toml.jinja",
}
_MODULES = ("__init__", "errors", "notes", "schemas")


def files(name: str, title: str | None) -> dict[str, str]:
    """The files of a description called `name`, by their paths in its folder.

    Raises `RoutebookError` for a title that is no line of text.
    """
    from routebook import render

    title = name.replace("_", " ").capitalize() if title is None else title
    if not title.strip() or not title.isprintable() or set(title) & set('"\\`<>[]|#*{}'):
        raise RoutebookError(
            f"the title {title!r} is not plain text",
            hint="write letters, digits and blanks; the description takes any text later",
        )
    environment = render.environment("init")
    wanted = _FILES | {f"{name}/{one}.py": f"package/{one}.py.jinja" for one in _MODULES}
    return {
        path: render.render(environment, template, name=name, title=title)
        for path, template in wanted.items()
    }


def require_room(folder: Path, *, force: bool) -> None:
    """Raise `RoutebookError` where files stand in the way."""
    if folder.exists() and not folder.is_dir():
        raise RoutebookError("is not a folder", place=str(folder), hint="name another folder")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise RoutebookError(
            "the folder is not empty",
            place=str(folder),
            hint="name a new folder; --force writes into this one, over files of the same name",
        )


def next_steps(folder: Path) -> str:
    """The commands to try in the folder."""
    there = folder.resolve() == Path.cwd().resolve()
    move = [] if there else [f"cd {shlex.quote(str(folder))}"]
    lines = (*move, "routebook check", "routebook build")
    return "\n".join(["Next:", *(f"  {line}" for line in lines)])
