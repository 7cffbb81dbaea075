"""Finds the files that come with routebook: its templates."""

from __future__ import annotations

from pathlib import Path

from routebook.findings import RoutebookError


def templates() -> Path:
    """The folder of templates: `routebook/templates` in a wheel, the root's in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parents[1] / "templates"):
        if folder.is_dir():
            return folder
    raise RoutebookError(
        f"the templates that come with routebook are not in {package}",
        hint="install routebook again",
    )
