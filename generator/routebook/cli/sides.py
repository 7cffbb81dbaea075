"""The two sides of a comparison, as the command line names them."""

from __future__ import annotations

import filecmp
from dataclasses import replace
from pathlib import Path

import click

from routebook.cli import console
from routebook.cli.options import allowed_refs
from routebook.configuration import Configuration
from routebook.deep import deep
from routebook.findings import RoutebookError
from routebook.loading import BUNDLED, Opened, open_api
from routebook.loading.opening import is_document


def both(base: str, head: str | None, configuration: Configuration) -> tuple[Opened, Opened]:
    """Open the base and the head.

    Without a head it is what a base `REV:WHAT` names in the working tree, or else the configured
    API. A base that is only a revision of git means the configured API there.
    """
    if base == head == "-":
        raise RoutebookError(
            "both sides are standard input, which can be read once", hint="name a file for one"
        )
    if head is not None:
        old = opened(base, configuration)
        if _same_document(base, head):
            return old, replace(old, name=head)
        return old, opened(head, configuration)
    if _is_revision(base):
        return against(base, configuration)
    if what := _what(base):
        return opened(base, configuration), opened(what, configuration)
    return opened(base, configuration), _configured(configuration)


def against(
    revision: str, configuration: Configuration, spec: str | None = None
) -> tuple[Opened, Opened]:
    """An API at a revision of git, and as it is in the working tree; the configured one if None.

    Raises `RoutebookError` where no API is configured, or the revision does not exist.
    """
    if not _is_revision(revision):
        raise RoutebookError(
            f"there is no revision {revision!r}",
            hint="name a branch, tag or commit of this repository; nothing is fetched",
        )
    if spec is not None:
        return opened(f"{revision}:{spec}", configuration), opened(spec, configuration)
    if configuration.api is None:
        raise RoutebookError(
            "this project configures no API",
            place=revision,
            hint=f"name what to compare, {revision}:openapi.yaml, or set `api` of [tool.routebook]",
        )
    old = _open(f"{revision}:{configuration.api}", configuration.root, configuration.search)
    return old, _configured(configuration)


def opened(spec: str, configuration: Configuration) -> Opened:
    """Open what the command line names, and tell what is odd about it."""
    return _open(spec, Path.cwd(), (*configuration.search, configuration.root))


def _configured(configuration: Configuration) -> Opened:
    return _open(configuration.api or BUNDLED, configuration.root, configuration.search)


def _open(spec: str, base: Path, search: tuple[Path, ...]) -> Opened:
    if (context := click.get_current_context(silent=True)) is not None:
        context.with_resource(deep())  # documents may nest as deeply as their reader allows
    with console.step(f"Reading {spec}"):
        found = open_api(spec, base, search, allow_refs=allowed_refs())
    if found.findings:
        console.warnings(found.findings)
    return found


def _same_document(base: str, head: str) -> bool:
    """Whether two names are documents of one folder with the same bytes: read one for both."""
    old, new = Path(base), Path(head)
    return (
        is_document(base)
        and old.is_file()
        and new.is_file()
        and old.resolve().parent == new.resolve().parent
        and filecmp.cmp(old, new, shallow=False)
    )


def _is_revision(name: str) -> bool:
    """Whether a name is a revision of git, and no file, folder or registered description."""
    from routebook.loading.revisions import revision

    if name == "-" or name == BUNDLED or Path(name).exists():
        return False
    return revision(name, Path.cwd()) is not None


def _what(spec: str) -> str:
    """What `REV:WHAT` names in the working tree; empty when it is no such name."""
    from routebook.loading.modules import is_module

    before, colon, what = spec.partition(":")
    if not colon or not what or Path(spec).exists():
        return ""
    if what.isidentifier() and is_module(before.partition(".")[0], Path.cwd(), ()):
        return ""
    return what if _is_revision(before) else ""
