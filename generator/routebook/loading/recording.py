"""Places of Python descriptions: the lines on which descriptors are made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routebook import contents, descriptors, errors, metadata
from routebook.findings import Location
from routebook.loading.modules import shown_path
from routebook.values import Value

if TYPE_CHECKING:
    from types import FrameType

_MODULES = {module.__name__ for module in (contents, descriptors, errors, metadata)}
_OWN = str(Path(descriptors.__file__).parent)
_STANDARD = str(Path(contextmanager.__code__.co_filename).parent)


class PythonPlaces:
    """Where the descriptors of a Python description were made, by identity."""

    def __init__(self, shown: Callable[[str], str] = shown_path) -> None:
        self._shown = shown
        self._made: dict[int, tuple[object, str, int]] = {}

    def note(self, made: object, frame: FrameType | None) -> None:
        """Remember the line of the innermost frame that belongs to the description."""
        while frame is not None:
            file = frame.f_code.co_filename
            if not file.startswith((_OWN, _STANDARD, "<")) or "site-packages" in file:
                self._made[id(made)] = made, file, frame.f_lineno
                return
            frame = frame.f_back

    def pointer(self, part: object) -> str:  # noqa: ARG002  # the protocol's signature
        """Empty: Python has no JSON pointers."""
        return ""

    def locate(self, part: object, *below: str) -> Location | None:  # noqa: ARG002  # the same
        """The file and line of the call that made a descriptor; None for one that is not known."""
        found = self._made.get(id(part))
        if found is None:
            return None
        return Location(file=self._shown(found[1]), line=found[2])

    def marked(self, component: str) -> None:
        """None: nobody looked into the schemas."""


@contextmanager
def recording(places: PythonPlaces) -> Iterator[None]:
    """Note where each descriptor is made while this lasts."""
    wrapped: list[tuple[Any, Any]] = [(kind, kind.__init__) for kind in _kinds(Value)]
    for kind, make in wrapped:
        kind.__init__ = _noting(make, places)
    try:
        yield
    finally:
        for kind, make in wrapped:
            kind.__init__ = make


def _kinds(base: Any) -> Iterator[Any]:
    for kind in base.__subclasses__():
        if kind.__module__ in _MODULES and "__init__" in vars(kind):
            yield kind
        yield from _kinds(kind)


def _noting(make: Callable[..., None], places: PythonPlaces) -> Callable[..., None]:
    def noting(self: Any, *args: Any, **fields: Any) -> None:
        make(self, *args, **fields)
        places.note(self, sys._getframe(1))  # there is no other way up

    return noting
