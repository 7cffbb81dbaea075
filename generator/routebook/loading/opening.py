"""From what the command line says to an API with its places."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from routebook.findings import DescriptionError, RoutebookError
from routebook.loading import modules
from routebook.loading.checkouts import (
    allowed,
    mapped,
    require_file,
    require_inside,
    translated,
)
from routebook.loading.model import (
    AbsentError,
    Found,
    Opened,
    Unread,
    UnreadableError,
)
from routebook.values import Value, frozen

if TYPE_CHECKING:
    from routebook.documents import Document
    from routebook.loading.revisions import Revision
    from routebook.openapi.reader.result import Reading

SUFFIXES = (".yaml", ".yml", ".json")
"""What the names of documents end with."""

STDIN = "-"
"""What stands for a document on standard input."""


@frozen
class Wanted(Value):
    """How to open what a name leads to; see `routebook.loading.find`."""

    allow_refs: tuple[str, ...] = ()
    places: bool = True
    beside: Document | None = None


def find_spec(spec: str, base: Path, search: tuple[Path, ...], wanted: Wanted) -> Found:
    """Find whatever `spec` names; see `routebook.loading.find`."""
    if spec == STDIN or (is_document(spec) and (base / spec).exists()):
        return _document(spec, base, wanted)
    if _is_stream(base / spec):
        return _streamed(base / spec, spec, wanted)
    if spec.lower().startswith(("http://", "https://")):
        raise RoutebookError(
            "descriptions are not fetched from the web",
            place=spec,
            hint=f"curl -sSL {spec} | routebook ... -",
        )
    if ":" in spec and (found := _revised(spec, base, search, wanted)) is not None:
        return found
    if is_document(spec):
        return _document(spec, base, wanted)
    if ":" not in spec and _is_folder(spec, base):
        return _folder(base / spec, spec, wanted)
    return _python(spec, base, search, wanted.places)


def _revised(spec: str, base: Path, search: tuple[Path, ...], wanted: Wanted) -> Found | None:
    """What `REV:WHAT` names; None for a name without revision."""
    from routebook.loading.revisions import divided, missing, revision

    before, what = divided(spec)
    if not before or _is_python(before, what, base, search):
        return None
    found = revision(before, base)
    if found is not None:
        return _at_revision(found, what, wanted)
    no_python = is_document(spec) or not (what.isidentifier() or before.endswith(".py"))
    if no_python and len(before) > 1 and not (base / before).is_dir():
        why = missing(base)
        raise RoutebookError(
            f"there is no {'such file, and no ' * is_document(spec)}revision {before!r} of git"
            + (f": {why.reason}" if why.reason else ""),
            place=spec,
            hint=why.hint,
        )
    return None


def read(found: Found) -> Opened:
    """What was found, read when it is a document."""
    from routebook import openapi

    if isinstance(found, Opened):
        return found
    with _readable():
        made = openapi.reading(found.document, allow_refs=found.allow_refs)
    return _opened(made, found.name)


def read_both(old: Found, new: Found) -> tuple[Opened, Opened]:
    """Two versions for a comparison; see `routebook.loading.open_both`."""
    from routebook.openapi.reader.source import read_versions

    if isinstance(old, Opened) or isinstance(new, Opened):
        return read(old), read(new)
    with _readable():
        before, now = read_versions((old.document, old.allow_refs), (new.document, new.allow_refs))
    return _opened(before, old.name), _opened(now, new.name)


def _opened(made: Reading, name: str) -> Opened:
    return Opened(api=made.api, places=made.places, name=name, findings=made.findings)


def is_document(spec: str) -> bool:
    """Whether a name is that of a JSON or YAML file."""
    return spec.lower().endswith(SUFFIXES)


def _is_python(before: str, what: str, base: Path, search: tuple[Path, ...]) -> bool:
    """Whether `before:what` is a module or Python file and a name in it, no revision."""
    if not what.isidentifier():
        return False
    return before.endswith(".py") or modules.is_module(before.partition(".")[0], base, search)


def _is_folder(spec: str, base: Path) -> bool:
    """Whether a name is that of a folder which is no package."""
    folder = base / spec
    return (
        folder.is_dir()
        and not spec.endswith(".py")
        and (not spec.isidentifier() or not (folder / "__init__.py").exists())
    )


def _document(spec: str, base: Path, wanted: Wanted) -> Found:
    from routebook import documents

    with _readable():
        document = documents.read_file(spec, base, beside=wanted.beside)
    return Unread(document=document, name=spec, allow_refs=wanted.allow_refs)


def _is_stream(path: Path) -> bool:
    """Whether a path is that of a pipe or device: `<(git show ...)` of a shell, `/dev/stdin`."""
    return (
        path.is_fifo() or path.is_char_device() or (Path("/dev") in path.parents and path.exists())
    )


def _streamed(path: Path, spec: str, wanted: Wanted) -> Found:
    """A document that comes through a pipe; as one on standard input, it has no folder."""
    from routebook import documents

    try:
        content = path.read_bytes()
    except OSError as error:
        raise RoutebookError(f"cannot be read: {error.strerror}", place=spec) from error
    with _readable():
        document = documents.parse(content, spec, beside=wanted.beside)
    return Unread(document=document, name=spec, allow_refs=wanted.allow_refs)


@contextmanager
def _readable() -> Iterator[None]:
    """Tell the errors of a document as wrong input."""
    try:
        yield
    except DescriptionError as error:
        raise UnreadableError(error.findings) from error


def _folder(folder: Path, spec: str, wanted: Wanted) -> Found:
    """The API of a package, or the one that a folder's project configures."""
    from routebook import configuration

    if (package := _package(folder)) is not None:
        return replace(_python(*package, (), wanted.places), name=spec)
    found = configuration.find(folder.resolve())
    if found.api is None:
        raise RoutebookError(
            "this folder configures no API",
            place=spec,
            hint="set `api` of [tool.routebook] in its pyproject.toml, or name a file",
        )
    return replace(find_spec(found.api, found.root, found.search, wanted), name=spec)


def _package(folder: Path) -> tuple[str, Path] | None:
    """The name of the package in a folder, and the folder to import it from; None for no package.

    The folder may be a part of a package: `spec/registry_api/v2` is `registry_api.v2`.
    """
    top = folder.resolve()
    names: list[str] = []
    while (top / "__init__.py").is_file():
        names.insert(0, top.name)
        top = top.parent
    return (".".join(names), top) if names else None


def _python(spec: str, base: Path, search: tuple[Path, ...], places: bool) -> Opened:
    if not places:
        return Opened(api=modules.load_python(spec, base, search), places=None, name=spec)
    return _recorded(spec, base, search, modules.shown_path, None)


def _recorded(
    spec: str,
    base: Path,
    search: tuple[Path, ...],
    shown: Callable[[str], str],
    checkout: tuple[Path, Path] | None,
) -> Opened:
    """A Python description with the lines of its descriptors, loaded where nothing hides it."""
    from routebook.loading.fresh import fresh, settle
    from routebook.loading.recording import PythonPlaces, recording

    top = modules.module_of(spec).partition(".")[0]
    places = PythonPlaces(shown)
    with fresh(top, checkout):
        modules.search_first(search)
        with recording(places):
            api = modules.load_python(spec, base, search)
        if checkout is not None and top:
            _require_inside(top, checkout[1], spec)
        settle(api)
    places.api = api
    return Opened(api=api, places=places, name=spec)


def _require_inside(top: str, tree: Path, spec: str) -> None:
    """Refuse a module that came from elsewhere than the revision that was asked for."""
    file = getattr(sys.modules.get(top), "__file__", None) or next(
        iter(getattr(sys.modules.get(top), "__path__", ())), ""
    )
    if not Path(file).resolve().is_relative_to(tree):
        raise AbsentError(
            f"there is no module {top!r} in this revision",
            place=spec,
            hint="name its folder in `path` of [tool.routebook], or the file",
        )


def _at_revision(found: Revision, what: str, wanted: Wanted) -> Found:
    from routebook import documents

    what = found.relative(what)
    name = found.named(what)
    if is_document(what):
        content = found.show(what)
        if content is None:
            raise AbsentError(
                "there is no such file in this revision", place=name, hint=found.near(what)
            )
        with _readable():
            document = documents.parse(content, name, beside=wanted.beside)
        if not document.may_refer():
            return Unread(document=document, name=name, allow_refs=wanted.allow_refs)
    with found.checkout() as tree, translated(found, tree, what):
        opened = _in_tree(found, tree, what, wanted)
    places = opened.places if wanted.places or is_document(what) else None
    return replace(opened, places=places, name=name)


def _in_tree(found: Revision, tree: Path, what: str, wanted: Wanted) -> Opened:
    """Open what lies in a checked-out revision."""
    from routebook import configuration

    wanted = replace(wanted, allow_refs=allowed(found, tree, wanted.allow_refs))
    inner = tree / found.prefix
    inner = inner if inner.is_dir() else tree
    if is_document(what):
        start = inner if (inner / what).is_file() else tree
        return _in_checkout(what, start, found.named(what), wanted)
    folder = inner / what
    require_inside(inner / what.partition(":")[0], tree)
    require_file(found, inner, what)
    project = configuration.find(folder if _is_folder(what, inner) else inner)
    inside = project.root.is_relative_to(tree)
    search = (*(project.search if inside else ()), *mapped(found.root, tree))
    if _is_folder(what, inner) and (package := _package(folder)) is not None:
        what, inner = package
    elif _is_folder(what, inner):
        if project.api is None or not inside:
            raise RoutebookError(
                "this folder configures no API",
                place=found.named(what),
                hint="set `api` of [tool.routebook] in its pyproject.toml, or name a file",
            )
        what, inner = project.api, project.root
        if is_document(what):
            require_inside(inner / what, tree)
            way = (inner / what).relative_to(tree)
            return _in_checkout(what, inner, found.named(str(way)), wanted)

    def shown(file: str) -> str:
        return file.replace(f"{tree}/", f"{found.name}:", 1)

    return _recorded(what, inner, search, shown, (found.root, tree))


def _in_checkout(what: str, folder: Path, shown: str, wanted: Wanted) -> Opened:
    """Read a document before its checkout goes: it may refer to other files there."""
    from routebook import documents

    with _readable():
        document = documents.read_file(what, folder, shown=shown, beside=wanted.beside)
    return read(Unread(document=document, name=what, allow_refs=wanted.allow_refs))
