"""Places of Python descriptions: where descriptors are made, and the types of their schemas."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from routebook import contents, descriptors, errors, metadata, schemas
from routebook.findings import Location
from routebook.loading.modules import shown_path
from routebook.values import Value

if TYPE_CHECKING:
    from types import FrameType

    from routebook.descriptors import APIDescriptor
    from routebook.loading.named import Schemas
    from routebook.loading.sources import Sources

_MODULES = {module.__name__ for module in (contents, descriptors, errors, metadata)}
_OWN = f"{Path(descriptors.__file__).parent}{os.sep}"
_STANDARD = f"{Path(contextmanager.__code__.co_filename).parent}{os.sep}"
_COMPONENTS = "/components/schemas/"


class PythonPlaces:
    """Where the descriptors of a Python description were made, by identity; and its types.

    Types and their fields are looked for in the source when they are asked for.
    """

    def __init__(self, shown: Callable[[str], str] = shown_path) -> None:
        self.api: APIDescriptor | None = None
        """The API whose schemas may be asked for by name."""
        self._shown = shown
        self._made: dict[int, tuple[object, str, int]] = {}
        self._converted: dict[int, tuple[object, Any]] = {}
        self._modules: dict[str, ModuleType] = {}
        self._kept: dict[str, bytes] = {}
        self._sources: Sources | None = None
        self._schemas: Schemas | None = None

    def note(self, made: object, frame: FrameType | None) -> None:
        """Remember the line of the innermost frame that belongs to the description."""
        while frame is not None:
            file = frame.f_code.co_filename
            if _is_described(file):
                self._made[id(made)] = made, file, frame.f_lineno
                return
            frame = frame.f_back

    def note_converted(self, types: Mapping[str, Any], made: Mapping[str, Any]) -> None:
        """Remember which types JSON Schemas were made of."""
        for name, origin in types.items():
            self._converted[id(made[name])] = made[name], origin

    def note_modules(self) -> None:
        """Remember the modules that there are, and what stands in those that will be gone."""
        for name, module in list(sys.modules.items()):
            file = vars(module).get("__file__") if isinstance(module, ModuleType) else None
            if isinstance(file, str) and file.endswith(".py") and _is_described(file):
                self._modules[name] = module
                if self._shown(file) != shown_path(file):
                    with suppress(OSError):
                        self._kept[file] = Path(file).read_bytes()

    def pointer(self, part: object) -> str:  # noqa: ARG002  # the protocol's signature
        """Empty: Python has no JSON pointers."""
        return ""

    def locate(self, part: object, *below: str) -> Location | None:
        """The file and line of a descriptor; None for what is not known.

        A named schema, or what stands below it, is found in its class or variable, and otherwise
        at the descriptor that uses it.
        """
        if isinstance(part, str):
            return self._schema(part, below)
        return self._descriptor(part, ())

    def _descriptor(self, part: object, below: Sequence[str]) -> Location | None:
        """The line of a descriptor, or of what is written out below its arguments."""
        found = self._made.get(id(part))
        if found is None:
            return None
        _, file, line = found
        if below:
            line = self._parsed().of(file).call_line(type(part).__name__, line, below) or line
        return Location(file=self._shown(file), line=line)

    def marked(self, component: str) -> None:
        """None: nobody looked into the schemas."""

    def _schema(self, pointer: str, below: Sequence[str]) -> Location | None:
        if self.api is None or not pointer.startswith(_COMPONENTS):
            return None
        steps = pointer.removeprefix(_COMPONENTS).split("/")
        name, *keys = (step.replace("~1", "/").replace("~0", "~") for step in steps)
        known = self._named(self.api)
        named = known.find(name)
        if named is None:
            return None
        keys += below
        if line := known.line(named.schema, keys):
            return Location(file=self._shown(line.file), line=line.line)
        below = ("schemas", name, *keys) if named.user is self.api else ()
        return self._descriptor(named.user, below)

    def _named(self, api: APIDescriptor) -> Schemas:
        if self._schemas is None:
            from routebook.loading.named import Schemas

            origins = {key: origin for key, (_, origin) in self._converted.items()}
            self._schemas = Schemas(api, origins, self._modules, self._parsed())
        return self._schemas

    def _parsed(self) -> Sources:
        if self._sources is None:
            from routebook.loading.sources import Sources  # with what parses Python

            self._sources = Sources(self._kept)
        return self._sources


@lru_cache(maxsize=4096)
def _is_described(file: str) -> bool:
    """Whether a file is neither ours nor the standard library's."""
    if file.startswith((_OWN, "<")):
        return False
    return not file.startswith(_STANDARD) or "site-packages" in file


@contextmanager
def recording(places: PythonPlaces) -> Iterator[None]:
    """Note where each descriptor is made while this lasts, and the types that are converted."""
    wrapped: list[tuple[Any, Any]] = [(kind, kind.__init__) for kind in _kinds(Value)]
    for kind, make in wrapped:
        kind.__init__ = _noting(make, places)
    convert = schemas.json_schemas
    vars(schemas)["json_schemas"] = _converting(convert, places)
    try:
        yield
        places.note_modules()
    finally:
        for kind, make in wrapped:
            kind.__init__ = make
        vars(schemas)["json_schemas"] = convert


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


_Convert = Callable[[Mapping[str, Any]], dict[str, Any]]


def _converting(convert: _Convert, places: PythonPlaces) -> _Convert:
    def converting(named: Mapping[str, Any]) -> dict[str, Any]:
        made = convert(named)
        places.note_converted(named, made)
        return made

    return converting
