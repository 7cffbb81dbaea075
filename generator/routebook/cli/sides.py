"""The two sides of a comparison, as the command line names them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import click

from routebook.cli import console
from routebook.cli.options import allowed_refs
from routebook.cli.signals import tidy
from routebook.configuration import Configuration
from routebook.deep import deep
from routebook.findings import Finding, RoutebookError
from routebook.loading import BUNDLED, Found, Opened, find, open_api, open_both
from routebook.loading.model import AbsentError, UnknownNameError, Unread


def both(base: str, head: str | None, configuration: Configuration) -> tuple[Opened, Opened]:
    """Open the base and the head.

    Without a head it is what a base `REV:WHAT` names in the working tree, or else the configured
    API. A base that is only a revision of git means the configured API there. Raises
    `RoutebookError` where the configured API is meant, and there is none.
    """
    _require_name("base", base)
    _require_name("head", base if head is None else head)
    if base == head == "-":
        raise RoutebookError(
            "both sides are standard input, which can be read once", hint="name a file for one"
        )
    if head is None and _is_revision(base):
        return against(base, configuration)
    here = (Path.cwd(), (*configuration.search, configuration.root))
    named = head or _what(base)
    if named:
        return _both((base, *here), (named, *here))
    if configuration.api is None:
        _base(base, *here)  # what is wrong with it is told first
    way = f"name what to compare it with, routebook diff {base} HEAD"
    return _both((base, *here), _configured(configuration, base, way))


def against(
    revision: str, configuration: Configuration, spec: str | None = None
) -> tuple[Opened, Opened]:
    """An API at a revision of git, and as it is in the working tree; the configured one if None.

    Raises `RoutebookError` where no API is configured, or the revision does not exist.
    """
    from routebook.loading import revisions

    if revisions.revision(revision, Path.cwd()) is None:
        why = revisions.missing(Path.cwd())
        raise RoutebookError(
            f"there is no revision {revision!r}" + (f": {why.reason}" if why.reason else ""),
            hint=f"name a branch, tag or commit of this repository\n{why.hint}",
        )
    if spec is not None:
        here = (Path.cwd(), (*configuration.search, configuration.root))
        return _both((f"{revision}:{spec}", *here), (spec, *here))
    way = f"name what to compare, {revision}:openapi.yaml"
    spec, root, search = _configured(configuration, revision, way)
    then = (f"{revision}:.", root, search)  # what that revision's own project configures
    return _both((f"{revision}:{spec}", root, search), (spec, root, search), then)


def opened(spec: str, configuration: Configuration) -> Opened:
    """Open what the command line names, and tell what is odd about it."""
    _require_name("version", spec)
    _allow_depth()
    with tidy(), console.step(f"Reading {spec}"):
        found = open_api(
            spec,
            Path.cwd(),
            (*configuration.search, configuration.root),
            allow_refs=allowed_refs(),
        )
    _warn(found)
    return found


def _require_name(side: str, name: str) -> None:
    """Refuse an empty name, which is that of a variable that the shell does not know."""
    if not name.strip() or name.startswith(":"):
        raise RoutebookError(
            f"the {side} has no {'revision' if name.strip() else 'name'}: {name!r}",
            hint="is a variable of the shell empty? Name a document, a description or REV:WHAT",
        )


Named: TypeAlias = tuple[str, Path, tuple[Path, ...]]
"""What is named, the folder that it is named from, and where modules are looked for."""


def _both(old: Named, new: Named, other: Named | None = None) -> tuple[Opened, Opened]:
    """Open two versions, and tell what is odd about them.

    `other` is where the older one may be, too: it is opened where it is not where it should be.
    """
    _allow_depth()
    with tidy(), console.step(f"Reading {old[0]}"):
        try:
            before = _base(*old)
        except AbsentError as error:
            before = _moved(error, old[0], new[0], other)
    with tidy(), console.step(f"Reading {new[0]}"):
        now = find(*new, allow_refs=allowed_refs(), beside=before)
        _note_same(before, now, new[0])
        both = open_both(before, now)
    _warn(*both)
    return both


def _note_same(before: Found, now: Found, new: str) -> None:
    """Say that both sides are one file, since nothing else in a report would."""
    file = _file(before)
    if file and file == _file(now):
        console.note(
            f"Both sides are the same, {file}; did you mean REV:{new}, such as main:{new}?"
        )


def _file(found: Found) -> str:
    """The file that something was found in, and the line where it may hold several."""
    if isinstance(found, Unread):
        path = found.document.path
        return str(path.resolve()) if path is not None else ""
    return str(found.places.locate(found.api) or "") if found.places else ""


def _base(spec: str, root: Path, search: tuple[Path, ...]) -> Found:
    """Find the older version, which people mean to be at a revision."""
    try:
        return find(spec, root, search, allow_refs=allowed_refs())
    except UnknownNameError as error:
        from routebook.loading.revisions import missing

        why = missing(root)
        raise RoutebookError(
            f"{spec!r} is no description, and no revision of git "
            + (f"either: {why.reason}" if why.reason else "that is here"),
            hint=f"{error.hint}\n{why.hint}",
        ) from error


def _moved(error: AbsentError, old: str, new: str, other: Named | None) -> Found:
    """What the older version was called; raises the error with the next step where none was."""
    from routebook.loading.revisions import divided

    if other is not None:
        with suppress(RoutebookError):
            found = find(*other, allow_refs=allowed_refs())
            console.note(
                f"{old} is not there; the base is {_file(found)}, which the project configured then"
            )
            return found
    revision, what = divided(old)
    if what != new:
        raise error
    raise RoutebookError(
        error.message,
        place=error.place,
        hint=f"{error.hint}\n"
        f"where it was moved, name both: routebook diff {revision}:OLD {new}\n"
        "where this change adds it, there is nothing to compare it with until that is merged",
    ) from error


def _configured(configuration: Configuration, place: str, way: str) -> Named:
    """The configured API; raises `RoutebookError` with another way where there is none."""
    if configuration.api is None:
        raise RoutebookError(
            "this project configures no API",
            place=place,
            hint=f"{way}, or set `api` of [tool.routebook]",
        )
    return configuration.api, configuration.root, configuration.search


def _allow_depth() -> None:
    """Let documents nest as deeply as their reader allows, until the command ends."""
    if (context := click.get_current_context(silent=True)) is not None:
        context.with_resource(deep())


def _warn(*versions: Opened) -> None:
    """Tell what is odd; what is so in several versions, of the last one."""
    told: set[tuple[str, str]] = set()
    found: list[Finding] = []
    for one in reversed(versions):
        found += (of for of in one.findings if (of.place, of.message) not in told)
        told |= {(of.place, of.message) for of in one.findings}
    if found:
        console.warnings(found)


def _is_revision(name: str) -> bool:
    """Whether a name is a revision of git, and no file, folder or registered description."""
    from routebook.loading.revisions import revision

    if name == "-" or name == BUNDLED or Path(name).exists():
        return False
    return revision(name, Path.cwd()) is not None


def _what(spec: str) -> str:
    """What `REV:WHAT` names in the working tree; empty when it is no such name."""
    from routebook.loading.modules import is_module
    from routebook.loading.revisions import divided

    before, what = divided(spec)
    if not before or Path(spec).exists():
        return ""
    if what.isidentifier() and is_module(before.partition(".")[0], Path.cwd(), ()):
        return ""
    return what if _is_revision(before) else ""
