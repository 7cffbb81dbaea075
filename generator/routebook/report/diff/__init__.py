"""Reports of comparisons as text: a module a format, each with `render(report, options) -> str`.

A new format is a new module here: its name is the choice of `routebook diff --format`, and the
first line of its docstring the help. Every format carries every finding, and the same report
gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from routebook.findings import RoutebookError
from routebook.nearest import hint
from routebook.values import Value, frozen

if TYPE_CHECKING:
    from pathlib import Path

    from routebook.diff.model import Report

FEW = 3
"""How many of the operations that a change reaches are named when not all are."""


@frozen
class Options(Value):
    """What the reader asked for."""

    expand: bool = False
    """Whether to name all operations that a change reaches, and show values whole."""
    color: bool = False
    """Whether text may be coloured."""
    fail_on: str = "error"
    """The mildest level that fails, or `none`; for formats that know failures only."""
    hidden: int = 0
    """How many findings the reader chose not to see."""
    folder: Path | None = None
    """Where paths start from: GitHub's, GitLab's and SARIF's are then written from the top of the
    repository. None leaves them as they are."""


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    names = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def render(report: Report, format: str = "text", options: Options | None = None) -> str:
    """A report in one format; ends with a line break unless it is empty.

    Raises `RoutebookError` for a format that there is not.
    """
    if format not in formats():
        raise RoutebookError(f"there is no format {format!r}", hint=hint(format, formats()))
    module = import_module(f"{__name__}.{format}")
    text: str = module.render(report, options or Options())
    return text
