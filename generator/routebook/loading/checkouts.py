"""What lies in a checkout of a revision, told as what the revision has."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from routebook.findings import DescriptionError, RoutebookError
from routebook.loading.model import (
    AbsentError,
    UnknownModuleError,
    UnknownNameError,
    UnreadableError,
)

if TYPE_CHECKING:
    from routebook.loading.revisions import Revision


def mapped(root: Path, tree: Path) -> Iterator[Path]:
    """The folders of the repository that Python looks in, as they are in a checkout."""
    from routebook.loading.fresh import is_source

    for entry in sys.path:
        path = Path(entry or ".").resolve()
        if path != root and is_source(path, root) and (tree / path.relative_to(root)).is_dir():
            yield tree / path.relative_to(root)


def allowed(found: Revision, tree: Path, allow_refs: tuple[str, ...]) -> tuple[str, ...]:
    """Where references may lead: folders of the repository are those of the revision."""
    return tuple(_allowed(found, tree, one) for one in allow_refs)


def _allowed(found: Revision, tree: Path, one: str) -> str:
    path = Path(os.path.normpath(Path.cwd() / one))
    if "://" in one or not path.is_relative_to(found.root):
        return one
    there = tree / path.relative_to(found.root)
    return str(there if there.resolve().is_relative_to(tree) else path)


def require_inside(path: Path, tree: Path) -> None:
    """Refuse what a symbolic link leads to outside of the revision."""
    if not path.resolve().is_relative_to(tree):
        raise RoutebookError(
            "a symbolic link leads out of the revision",
            place=str(path),
            hint="name what it leads to: the revision does not have it",
        )


def require_file(found: Revision, inner: Path, what: str) -> None:
    """Refuse a Python file that the revision does not have."""
    file = what.partition(":")[0]
    if file.endswith(".py") and not (inner / file).exists():
        raise AbsentError(
            "there is no such file in this revision", place=found.named(what), hint=found.near(file)
        )


@contextmanager
def translated(found: Revision, tree: Path, what: str) -> Iterator[None]:
    """Tell errors in a temporary folder as errors in the revision that it holds."""
    names = "|".join(re.escape(name) for name in (str(tree), os.path.relpath(tree)))
    inside = re.compile(rf"(?:{names})/(\S*)")
    allowing = re.compile(rf"(--allow-refs )(?:{names})(/\S*)?")

    def told(text: str) -> str:
        text = allowing.sub(lambda m: m[1] + _here(found.root, m[2] or "/"), text)
        return inside.sub(lambda m: found.named(m[1]), text)

    try:
        yield
    except DescriptionError as error:
        kind = UnreadableError if isinstance(error, UnreadableError) else DescriptionError
        raise kind(
            replace(one, message=told(one.message), hint=told(one.hint)) for one in error.findings
        ) from error
    except UnknownNameError as error:
        known = isinstance(error, UnknownModuleError)
        raise AbsentError(
            f"{error.message if known else 'there is no such module'} in this revision",
            place=found.named(what),
            hint=error.hint if known else found.near(what),
        ) from error
    except RoutebookError as error:
        own = error.place and what.startswith(error.place)
        place = found.named(error.place) if own else told(error.place)
        plain = AbsentError if isinstance(error, AbsentError) else RoutebookError
        raise plain(told(error.message), place=place, hint=told(error.hint)) from error


def _here(root: Path, inner: str) -> str:
    """A folder of the repository, as people write it in the current folder."""
    return os.path.relpath(f"{root}{inner}")
