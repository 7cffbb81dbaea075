"""Descriptions at a revision of git; the working tree is left alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from routebook.findings import RoutebookError
from routebook.nearest import nearest

_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")

_LOCAL = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})
"""What git tells its hooks about the repository; a checkout elsewhere must not write there."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of the repository that a folder is in."""

    name: str
    """As it was given: `main`, `HEAD~2`, `v1.4.0`."""
    root: Path
    """The top folder of the repository."""
    prefix: Path
    """The folder, from there."""

    def show(self, path: str) -> bytes | None:
        """A file's bytes; its path starts at the folder, or else at the top. None without one."""
        for start in dict.fromkeys((self.prefix, Path())):
            inner = os.path.normpath(start / path)
            kind = _git(self.root, "ls-tree", self.name, "--", inner)
            if kind.startswith(b"100"):
                return _git(self.root, "cat-file", "blob", f"{self.name}:{inner}")
        return None

    def near(self, path: str) -> str:
        """The next step where a path does not exist: the nearest name in its folder."""
        inner = Path(os.path.normpath(self.prefix / path))
        listed = _git(self.root, "ls-tree", "-z", "--name-only", self.name, f"{inner.parent}/")
        names = [Path(os.fsdecode(name)).name for name in listed.split(b"\0") if name]
        close = nearest(inner.name, names)
        return f"did you mean {close!r}?" if close else "paths start from the current folder"

    @contextmanager
    def checkout(self) -> Iterator[Path]:
        """The whole revision in a temporary folder (a worktree of git), for as long as it lasts.

        Hooks do not run.
        """
        with TemporaryDirectory(prefix="routebook-", ignore_cleanup_errors=True) as name:
            tree = Path(name).resolve() / "tree"
            try:
                _git(
                    self.root,
                    *_QUIET,
                    "worktree",
                    "add",
                    "--detach",
                    str(tree),
                    self.name,
                    told=True,
                )
                yield tree
            finally:
                _git(self.root, "worktree", "remove", "--force", str(tree))
                _git(self.root, "worktree", "prune")


def revision(name: str, base: Path) -> Revision | None:
    """The revision called `name`, where `base` is in a repository that has it; else None."""
    if not name or name.startswith("-"):
        return None
    where = _git(base, "rev-parse", "--show-toplevel", "--show-prefix")
    if not where:
        return None
    root, _, prefix = os.fsdecode(where).rstrip("\n").partition("\n")
    given = _git(base, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return Revision(name, Path(root).resolve(), Path(prefix)) if given else None


def _git(folder: Path, *command: str, told: bool = False) -> bytes:
    """What git prints; nothing when it fails, unless the failure is to be told."""
    outside = {key: value for key, value in os.environ.items() if key not in _LOCAL}
    environment = {**outside, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    with suppress(OSError):
        done = subprocess.run(  # noqa: S603  # no shell; what users say comes after --
            ["git", "-C", str(folder), *command],  # noqa: S607  # the git of the user
            capture_output=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout
        if told:
            message = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise RoutebookError(f"git cannot check the revision out: {message}")
    return b""
