"""Badges of methods: their style sheet, and those of pages in the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from routebook.emit.machines.targets import Target
from routebook.views.ids import slug

STYLE = "assets/routebook.css"
"""Where the style sheet is in the site."""


def add_style(config: MkDocsConfig) -> None:
    """Have the style sheet loaded, before those of the site, which may change what it says."""
    if STYLE not in config.extra_css:
        config.extra_css.insert(0, STYLE)


def add_file(files: Files, config: MkDocsConfig) -> None:
    """Add the style sheet to the site, where it has no file of this name."""
    if files.get_file_from_path(STYLE) is None:
        text = Path(__file__).with_name("routebook.css").read_text(encoding="utf-8")
        files.append(File.generated(config, STYLE, content=text))


def statuses(targets: Iterable[Target], homes: Mapping[str, str], folder: str) -> dict[str, str]:
    """Material's `status` of pages, which becomes classes of a mark in the navigation.

    Pages in the folder of single operations say the method; each page whose operations are all
    deprecated says that.
    """
    on: dict[str, list[Target]] = {}
    for target in targets:
        if target.method and target.id in homes:
            on.setdefault(homes[target.id], []).append(target)
    found = {}
    for path, operations in on.items():
        marks = []
        if path.startswith(folder):
            marks.append(f"routebook-{slug(operations[0].method)}")
        if all(operation.deprecated for operation in operations):
            marks.append("routebook-deprecated")
        if marks:
            found[path] = " md-status--".join(marks)
    return found
