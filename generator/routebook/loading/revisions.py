"""Descriptions at a revision of git; the working tree is left alone."""

from __future__ import annotations

import os
import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from routebook.findings import RoutebookError
from routebook.loading import git
from routebook.loading.model import FETCH
from routebook.nearest import nearest

_DIVIDED = re.compile(r"((?:\{[^{}]*\}|[^:{])*):(.*)", re.DOTALL)
_NOWHERE = {
    b"dangling": "the symbolic link leads to nothing in this revision",
    b"loop": "symbolic links lead round in a circle",
}
"""What `git cat-file --follow-symlinks` says of links."""


def divided(spec: str) -> tuple[str, str]:
    """`REV:WHAT` in two, where both are there; `HEAD@{10:30}` has no colon outside of braces."""
    match = _DIVIDED.fullmatch(spec)
    return (match[1], match[2]) if match and match[1] and match[2] else ("", "")


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a name is none of a revision."""

    reason: str
    """What keeps git from looking it up; empty where the repository does not have it."""
    hint: str
    """The next step."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of the repository that a folder is in."""

    name: str
    """As it was given: `main`, `HEAD~2`, `v1.4.0`."""
    commit: str
    """The commit that it is."""
    root: Path
    """The top folder of the repository."""
    prefix: Path
    """The folder, from there."""

    def named(self, what: str) -> str:
        """What is at the revision, as people write it."""
        return f"{self.name}:{what}"

    def relative(self, what: str) -> str:
        """An absolute path in the repository, from the folder; all else as it is.

        Raises `RoutebookError` for one that leads out of the repository.
        """
        given, path = what, Path(os.path.normpath(what))
        if path.is_absolute():
            path = path if path.is_relative_to(self.root) else path.parent.resolve() / path.name
            inner = os.path.relpath(path, self.root)
            what = os.path.relpath(path, self.root / self.prefix)
        else:
            inner = os.path.normpath(self.prefix / path)
        if Path(inner).parts[:1] == (os.pardir,):
            raise RoutebookError(
                "it is outside of the repository",
                place=self.named(given),
                hint=f"a revision has what is in {self.root}",
            )
        return what

    def show(self, path: str) -> bytes | None:
        """A file's bytes; its path starts at the folder, or else at the top. None without one.

        Raises `RoutebookError` for a symbolic link that leads out of the revision, or nowhere.
        """
        for start in dict.fromkeys((self.prefix, Path())):
            inner = os.path.normpath(start / path)
            if "\n" in inner or inner.startswith(os.pardir):
                continue
            asked = os.fsencode(f"{self.commit}:{inner}\n")
            answer = git.ask(self.root, "cat-file", "--batch", "--follow-symlinks", given=asked)
            head, _, content = answer.output.partition(b"\n")
            if re.fullmatch(rb"[0-9a-f]+ blob \d+", head):
                return content[:-1]
            self._require_file(path, head, content)
        return None

    def _require_file(self, path: str, head: bytes, content: bytes) -> None:
        """Refuse a symbolic link that leads to no file of the revision."""
        kind = head.partition(b" ")[0]
        if kind == b"symlink":
            raise RoutebookError(
                f"the symbolic link leads out of the repository, to {os.fsdecode(content[:-1])!r}",
                place=self.named(path),
                hint="name the file that it leads to: a revision does not have it",
            )
        if kind in _NOWHERE and not head.endswith(b" missing"):
            raise RoutebookError(
                _NOWHERE[kind],
                place=self.named(path),
                hint="name the file that it should lead to",
            )

    def near(self, path: str) -> str:
        """The next step where a path does not exist: the nearest name in its folder."""
        inner = Path(os.path.normpath(self.prefix / path))
        listed = git.ask(self.root, "ls-tree", "-z", "--name-only", self.commit, f"{inner.parent}/")
        names = [Path(os.fsdecode(name)).name for name in listed.output.split(b"\0") if name]
        close = nearest(inner.name, names)
        return f"did you mean {close!r}?" if close else "paths start from the current folder"

    def checkout(self) -> AbstractContextManager[Path]:
        """The whole revision in a temporary folder, for as long as it lasts."""
        from routebook.loading.worktrees import worktree

        return worktree(self.root, self.commit)


def revision(name: str, base: Path) -> Revision | None:
    """The revision called `name`, where `base` is in a repository that has it; else None."""
    if not name or name.startswith("-"):
        return None
    where = git.ask(base, "rev-parse", "--show-toplevel", "--show-prefix").output
    if not where:
        return None
    root, _, prefix = os.fsdecode(where).rstrip("\n").partition("\n")
    # git takes all up to the last brace for a date: the commit is asked for apart
    dated = _verified(base, name) if "@{" in name else name
    commit = _verified(base, f"{dated}^{{commit}}") if dated else ""
    return Revision(name, commit, Path(root).resolve(), Path(prefix)) if commit else None


def missing(base: Path) -> Missing:
    """Why `revision` knows none of a name."""
    problem = git.ask(base, "rev-parse", "--show-toplevel").problem
    if not problem:
        return Missing("", FETCH)
    if problem == git.ABSENT:
        return Missing(problem, "install git, or name files instead of revisions")
    said, *rest = (line.strip() for line in problem.splitlines())
    if said.startswith("fatal: not a git repository (or any"):
        return Missing("this folder is in no repository of git", "run it in a checkout")
    return Missing(
        f'git says "{said.removeprefix("fatal: ")}"', "\n".join(line for line in rest if line)
    )


def _verified(base: Path, name: str) -> str:
    """The id of the object that a name means; empty where there is none."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return git.ask(base, *asked).output.decode("ascii").strip()
