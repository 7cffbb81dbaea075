"""A description as a Python package: what `routebook import` writes.

Importing the package gives an `API` that is equal to the one that it was made of, its shared
parts shared. The text is what `ruff format` makes of it, with lines of 100 columns.
"""

from __future__ import annotations

from routebook.deep import deep
from routebook.descriptors import APIDescriptor
from routebook.emit.python.assembly import Assembly
from routebook.emit.python.plain import without_types


def package(api: APIDescriptor, *, types: bool = True) -> dict[str, str]:
    """The files of the package, by their paths in it.

    With `types`, named schemas that are plain objects become classes. Raises `RoutebookError`
    for a value that is no JSON data, and for a Python type without a JSON Schema.
    """
    with deep():
        assembly = Assembly(without_types(api), types=types)
        return {module.file: module.text() for module in assembly.modules()}
