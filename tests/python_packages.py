"""Packages of Python source that stand in memory, imported without a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import CodeType, ModuleType

NAME = "written_package"
"""What such a package is called while it is imported."""


class _Loader(InspectLoader):
    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def find(self, name: str) -> str | None:
        path = name.removeprefix(NAME).lstrip(".").replace(".", "/")
        for file in (f"{path}/__init__.py".lstrip("/"), f"{path}.py"):
            if file in self._files:
                return file
        return None

    def is_package(self, fullname: str) -> bool:
        return (self.find(fullname) or "").endswith("__init__.py")

    def get_source(self, fullname: str) -> str:
        return self._files[self.find(fullname) or ""]

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.get_source(fullname), f"<{fullname}>", "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, files: Mapping[str, str]) -> None:
        self._loader = _Loader(files)

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        ours = fullname == NAME or fullname.startswith(f"{NAME}.")
        if not ours or self._loader.find(fullname) is None:
            return None
        return spec_from_loader(fullname, self._loader)


@contextmanager
def imported(files: Mapping[str, str]) -> Iterator[ModuleType]:
    """The package that these files make, imported; forgotten afterwards."""
    finder = _Finder(files)
    sys.meta_path.insert(0, finder)
    try:
        yield import_module(NAME)
    finally:
        sys.meta_path.remove(finder)
        for name in [one for one in sys.modules if one.split(".")[0] == NAME]:
            del sys.modules[name]
