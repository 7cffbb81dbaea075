"""Revisions of git in temporary folders, as worktrees, which are always taken away again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import IO

from routebook.findings import RoutebookError
from routebook.loading import git

_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")

_PREFIX = "routebook-"
_TREE = "tree"
_LOCK = ".routebook-lock"
"""A file that its maker holds locked: unlocked, the folder belongs to a process that is gone."""


@contextmanager
def worktree(root: Path, commit: str) -> Iterator[Path]:
    """A commit of the repository in a temporary folder, for as long as this lasts.

    Hooks do not run. What killed processes left of theirs is taken away, too. Raises
    `RoutebookError` with git's words where it cannot be checked out.
    """
    _tidy(root)
    folder = Path(mkdtemp(prefix=_PREFIX)).resolve()
    tree = folder / _TREE
    try:
        with (folder / _LOCK).open("wb") as held:
            _lock(held)
            adding = ("worktree", "add", "--detach", str(tree), commit)
            made = git.ask(root, *_QUIET, *_whole(root), *adding)
            if made.problem:
                said = made.problem.rpartition("\n")[2]
                raise RoutebookError(f"git cannot check the revision out: {said}")
            yield tree
    finally:
        _remove(root, folder)


def _whole(root: Path) -> tuple[str, ...]:
    """What checks all out though the working tree is sparse, unless that would fetch it."""
    partial = git.ask(root, "config", "--get-regexp", r"^remote\..*\.promisor$").output
    return () if partial else ("-c", "core.sparseCheckout=false")


def _remove(root: Path, folder: Path) -> None:
    """Take a worktree away, however far its making came: one in the making is locked by git."""
    git.ask(root, "worktree", "remove", "--force", "--force", str(folder / _TREE))
    rmtree(folder, ignore_errors=True)
    git.ask(root, "worktree", "prune")


def _tidy(root: Path) -> None:
    """Take away the worktrees of this kind whose makers are gone."""
    for line in git.ask(root, "worktree", "list", "--porcelain").output.splitlines():
        path = Path(os.fsdecode(line.removeprefix(b"worktree ")))
        folder = path.parent
        if path.name != _TREE or not folder.name.startswith(_PREFIX):
            continue
        with suppress(OSError), (folder / _LOCK).open("rb+") as held:
            if _lock(held):
                _remove(root, folder)


def _lock(file: IO[bytes]) -> bool:
    """Lock a file until it is closed; false when another process holds it, or none can."""
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True
