"""Descriptions in Python: modules, files, and registered names.

A description is Python, so loading one runs it. Whatever goes wrong inside is told with
the file and line of the description that failed, never as a traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routebook.descriptors import APIDescriptor
from routebook.findings import DescriptionError, RoutebookError
from routebook.loading.model import UnknownModuleError, UnknownNameError
from routebook.nearest import hint, nearest

if TYPE_CHECKING:
    from types import ModuleType, TracebackType

GROUP = "routebook.apis"
"""The entry-point group in which distributions register their descriptions."""

BUNDLED = "registry-v2"
"""The description that comes with routebook, as it is registered."""

_BUNDLED_MODULE = "registry_api.v2"
"""Where it is; to look that up among all installed distributions takes longer than to load it."""

FORMS = "write package.module:NAME, a Python file, a registered name, or an OpenAPI document"
"""What names a description."""


def load_python(spec: str, base: Path, search: Iterable[Path] = ()) -> APIDescriptor:
    """The API of a Python description.

    Files are looked for in `base`; modules in `base` and the folders of `search`, before what is
    installed. Raises `RoutebookError` when there is no such description or when it fails to run.
    """
    target, name = _split(spec)
    if target.endswith(".py"):
        return _pick(_run_file(base / target, target), name, target)
    if target == spec and (spec == BUNDLED or spec in (known := registered_names())):
        return load_registered(spec)
    if (base / spec).is_file():
        raise RoutebookError(
            "the name does not say what it is",
            place=spec,
            hint="documents are called .yaml, .yml or .json, descriptions .py;"
            f" or read it from standard input: routebook ... - < {spec}",
        )
    if target == spec and "." not in target and not is_module(target, base, search):
        raise UnknownNameError(
            f"no description is called {spec!r}",
            hint=f"{hint(spec, known)}\n{FORMS}",
        )
    return _pick(_import(target, base, search), name, target)


def registered_names() -> tuple[str, ...]:
    """The names under which installed distributions registered descriptions, sorted."""
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=GROUP).names))


def load_registered(name: str) -> APIDescriptor:
    """The description that an installed distribution registered as `name`."""
    if name == BUNDLED:
        return _pick(_import_module(_BUNDLED_MODULE), "", _BUNDLED_MODULE)
    from importlib.metadata import entry_points

    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        raise RoutebookError(
            f"no description is registered as {name!r}",
            hint=hint(name, registered_names()),
        )
    with _told(found.module):
        module = _import_module(found.module)
    return _pick(module, found.attr, found.module)


def module_of(spec: str) -> str:
    """The module that a name of a Python description imports; empty for a file."""
    target = spec.rpartition(":")[0] or spec
    if target.endswith(".py"):
        return ""
    if target == BUNDLED:
        return _BUNDLED_MODULE
    if target == spec and target in registered_names():
        from importlib.metadata import entry_points

        return next(iter(entry_points(group=GROUP, name=target))).module
    return target


def _split(spec: str) -> tuple[str, str]:
    """`target:NAME` in two; the colon of a Windows drive belongs to the target."""
    target, colon, name = spec.rpartition(":")
    if not colon or (spec.endswith(".py") and not name.isidentifier()):
        target, name = spec, ""
    elif not name or not target:
        raise RoutebookError(f"{spec!r} names no description", hint=FORMS)
    return target, name


def _pick(module: ModuleType, name: str, target: str) -> APIDescriptor:
    """The API called `name` in a module; without a name, `API` or the only one."""
    apis = {n: v for n, v in vars(module).items() if isinstance(v, APIDescriptor)}
    if not name:
        distinct = {id(value): value for value in apis.values()}
        if "API" in apis or len(distinct) == 1:
            return apis.get("API") or next(iter(distinct.values()))
        raise RoutebookError(
            f"it has {'several APIs' if apis else 'no APIDescriptor'}",
            place=target,
            hint=f"say which: {', '.join(f'{target}:{n}' for n in apis)}"
            if apis
            else "bind one at the top level, such as API = APIDescriptor(...)",
        )
    value: Any = getattr(module, name, None)
    if isinstance(value, APIDescriptor):
        return value
    if hasattr(module, name):
        problem = f"{name} is of type {type(value).__name__}, not an APIDescriptor"
    else:
        problem = f"there is no {name!r}"
    raise RoutebookError(
        problem,
        place=target,
        hint=hint(name, apis) if apis else "the module has no APIDescriptor",
    )


def _run_file(path: Path, shown: str) -> ModuleType:
    """Run a Python file as a module of its own, its folder first on the path."""
    from types import ModuleType

    try:
        source = path.read_bytes()
    except FileNotFoundError as error:
        raise RoutebookError("there is no such file", place=shown, hint=_beside(path)) from error
    except OSError as error:
        raise RoutebookError(f"cannot be read: {error.strerror}", place=shown) from error
    path = path.resolve()
    module = ModuleType(f"routebook_description_{path.stem}")
    module.__file__, module.__package__ = str(path), ""
    search_first([path.parent])
    before = sys.modules.get(module.__name__)
    # dataclasses, typing and pydantic look a class's module up here
    sys.modules[module.__name__] = module
    try:
        with _told(shown):
            # not imported, so that no stale bytecode is ever run: `serve` reloads within a second
            exec(compile(source, str(path), "exec"), vars(module))  # noqa: S102  # it is the point
    except BaseException:
        if before is None:
            del sys.modules[module.__name__]
        else:
            sys.modules[module.__name__] = before
        raise
    return module


def _beside(path: Path) -> str:
    names = [p.name for p in path.parent.glob("*.py")] if path.parent.is_dir() else []
    close = nearest(path.name, names)
    return f"did you mean {close!r}?" if close else "paths start from the current folder"


def _import(target: str, base: Path, search: Iterable[Path]) -> ModuleType:
    search_first([*search, base])
    with _told(target):
        try:
            return _import_module(target)
        except ModuleNotFoundError as error:
            if error.name is None or not f"{target}.".startswith(f"{error.name}."):
                raise
            raise UnknownModuleError(
                f"there is no module {error.name!r}",
                hint=_near_modules(error.name, [*search, base]),
            ) from error


def _import_module(name: str) -> ModuleType:
    from importlib import import_module, invalidate_caches

    if name.startswith("."):
        raise RoutebookError(f"{name!r} names no module", hint=FORMS)
    invalidate_caches()
    return import_module(name)


def is_module(name: str, base: Path, search: Iterable[Path]) -> bool:
    """Whether there is a module of that name to import."""
    from importlib.util import find_spec

    search_first([*search, base])
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _near_modules(name: str, folders: Iterable[Path]) -> str:
    """The nearest module beside the one that is missing."""
    from pkgutil import iter_modules

    parent, _, last = name.rpartition(".")
    paths = list(sys.modules[parent].__path__) if parent in sys.modules else map(str, folders)
    close = nearest(last, [module.name for module in iter_modules(paths)])
    if close is None:
        return (
            "modules are looked for in the current folder, `path` of [tool.routebook], and "
            "what is installed"
        )
    return f"did you mean {f'{parent}.{close}' if parent else close!r}?"


def search_first(folders: Iterable[Path]) -> None:
    """Put folders before all others on `sys.path`, for good: descriptions may import late."""
    for folder in reversed([str(folder.resolve()) for folder in folders]):
        if folder in sys.path:
            sys.path.remove(folder)
        sys.path.insert(0, folder)


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Run a description: what it prints goes to stderr, how it fails becomes a `RoutebookError`."""
    with redirect_stdout(sys.stderr):
        try:
            yield
        except RoutebookError as error:
            where = _failing_line(error.__traceback__)
            if error.place or where is None or isinstance(error, DescriptionError):
                raise
            raise RoutebookError(error.message, place=where, hint=error.hint) from error
        except SyntaxError as error:
            file = shown_path(error.filename or place)
            line = ":".join(str(part) for part in (file, error.lineno, error.offset) if part)
            raise RoutebookError(error.msg, place=line, hint="mend the description") from error
        except (Exception, SystemExit) as error:  # any code may run here
            raise RoutebookError(
                f"{type(error).__name__}: {error}",
                place=_failing_line(error.__traceback__) or place,
                hint="the description fails while it is loaded; mend it there",
            ) from error


def _failing_line(traceback: TracebackType | None) -> str | None:
    """`file:line` of the innermost frame that is neither ours, Python's nor installed."""
    from sysconfig import get_paths

    paths = get_paths()
    foreign = (
        str(Path(__file__).parent.parent),
        paths["stdlib"],
        paths["purelib"],
        paths["platlib"],
    )
    found = None
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if not file.startswith((*foreign, "<")):
            found = f"{shown_path(file)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found


def shown_path(file: str) -> str:
    """A file's path from the current folder when it is inside, whole when it is not."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
