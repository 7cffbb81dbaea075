"""Findings as text: a module a format, each with `render(findings) -> str`.

A new format is a new module here: its name is the choice on the command line, and the
first line of its docstring the help.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from routebook.findings import Finding, RoutebookError
from routebook.nearest import hint


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.ispkg))


def render(findings: Iterable[Finding], format: str = "text") -> str:
    """Findings in one format, in the order they come in; ends with a line break unless empty."""
    if format not in formats():
        raise RoutebookError(f"there is no format {format!r}", hint=hint(format, formats()))
    text: str = import_module(f"{__name__}.{format}").render(tuple(findings))
    return text
