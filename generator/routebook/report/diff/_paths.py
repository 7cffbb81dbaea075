"""Paths for services that show findings beside a repository's files: they begin at its top."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables in which GitHub and GitLab name the folder that they check a repository out to."""


class Paths:
    """Paths that start from a folder, each looked up once; without a folder, none is."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._from_top: dict[str, str] = {}
        self._now: dict[str, str | None] = {}

    def from_top(self, file: str) -> str:
        """A file's path from the top of its repository, with slashes.

        The path of a file that does not exist, or is in no repository, is only written in its
        shortest form.
        """
        if file not in self._from_top:
            found = None if self._folder is None else _whole(self._folder / file)
            top = _top(found) if found is not None and _is_file(found) else None
            inner = found.relative_to(top).as_posix() if found and top else None
            self._from_top[file] = inner or posixpath.normpath(file.replace(os.sep, "/"))
        return self._from_top[file]

    def now(self, file: str) -> str | None:
        """A file that exists, or the one that `REV:PATH` names; None where there is none.

        `PATH` starts from the folder, or from the top of its repository.
        """
        if self._folder is None:
            return None
        if file not in self._now:
            self._now[file] = next(_candidates(file, self._folder), None)
        return self._now[file]


def _candidates(file: str, folder: Path) -> Iterator[str]:
    if _is_file(folder / file):
        yield file
    _, colon, named = file.partition(":")
    starts = (folder, _top(folder / "-")) if colon and named else ()
    found = (_whole(start / named) for start in starts if start is not None)
    yield from (str(path) for path in found if _is_file(path))


def _top(file: Path) -> Path | None:
    """The top folder of the repository that a file is in; None for none.

    It has a `.git`: a folder, or a file in worktrees and submodules. Where a checkout has none, as
    in some containers, the environment names it.
    """
    return next(_tops(file), None)


def _tops(file: Path) -> Iterator[Path]:
    yield from (folder for folder in file.parents if (folder / ".git").exists())
    named = (os.environ.get(name) for name in CHECKOUTS)
    for folder in (_whole(Path(name)) for name in named if name):
        if file.is_relative_to(folder):
            yield folder


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  # `resolve` would follow links out of the repository


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name that a file can have
        return False
