"""One file of a package: its docstring, its imports, and its statements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from routebook.emit.python.layout import Assignment, Atom
from routebook.emit.python.text import WIDTH


class Module:
    """A module that is being written, at a path in its package such as `("routes", "pets")`."""

    def __init__(self, path: tuple[str, ...], about: str) -> None:
        self._path = path
        self._about = about
        self._routebook = False
        self._typing: set[str] = set()
        self._helpers: set[str] = set()
        self._siblings: dict[str, set[str]] = {}
        self._statements: list[tuple[int, str]] = []

    @property
    def file(self) -> str:
        """Its file, relative to the package."""
        return "/".join(self._path) + ".py"

    def use_routebook(self) -> None:
        """Import `routebook` as `rb`."""
        self._routebook = True

    def use_typing(self, name: str) -> None:
        """Import a name from `typing`."""
        self._typing.add(name)

    def use_helper(self, name: str) -> None:
        """Import a name from `routebook.schemas`."""
        self._helpers.add(name)

    def use(self, path: tuple[str, ...], name: str) -> None:
        """Import a name from another module."""
        self._siblings.setdefault(self._relative(path), set()).add(name)

    def reference(self, path: tuple[str, ...], name: str) -> Atom:
        """A name that stands in a module: bare in its own, or else behind the module's name."""
        if path == self._path:
            return Atom(name)
        self.use(path[:-1], path[-1])
        return Atom(f"{path[-1]}.{name}")

    def add(self, assignment: Assignment) -> None:
        """Add a constant."""
        self._statements.append((1, assignment.source()))

    def add_source(self, source: str, blank: int = 1) -> None:
        """Add a statement that wants `blank` lines before and after it."""
        self._statements.append((blank, source))

    def _relative(self, target: tuple[str, ...]) -> str:
        here = self._path[:-1]
        if target[: len(here)] == here:
            return "." + ".".join(target[len(here) :])
        return "." * (len(here) + 1) + ".".join(target)

    def text(self) -> str:
        """The whole file."""
        parts = [f'"""{self._about}"""\n']
        sections = [*self._imports()]
        parts += [f"\n{section}" for section in sections]
        before = 1
        for blank, source in self._statements:
            parts.append("\n" * max(blank, before) + source + "\n")
            before = blank
        return "".join(parts)

    def _imports(self) -> Iterable[str]:
        if self._typing:
            yield f"from typing import {', '.join(sorted(self._typing))}\n"
        ours = "import routebook as rb\n" if self._routebook else ""
        if self._helpers:
            ours += f"from routebook.schemas import {', '.join(sorted(self._helpers))}\n"
        if ours:
            yield ours
        if self._siblings:
            yield "".join(
                _import(source, names) for source, names in sorted(self._siblings.items(), key=_far)
            )


def _far(entry: tuple[str, set[str]]) -> tuple[int, list[tuple[int, int | str]]]:
    """The order of isort: what is further up first, then by name."""
    bare = entry[0].lstrip(".")
    return len(bare) - len(entry[0]), _natural(bare)


def _natural(name: str) -> list[tuple[int, int | str]]:
    """Names in the order of people: `v2` before `v10`; constants come before modules."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    kind = 0 if name.isupper() else 1
    return [(kind, 0), *((0, int(p)) if p.isdigit() else (1, p) for p in parts)]


def _import(source: str, names: set[str]) -> str:
    ordered = sorted(names, key=_natural)
    line = f"from {source} import {', '.join(ordered)}\n"
    if len(line) - 1 <= WIDTH:
        return line
    return f"from {source} import (\n{''.join(f'    {name},{chr(10)}' for name in ordered)})\n"
