"""APIs by name: OpenAPI documents, `package.module:NAME`, registered names, revisions of git."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from routebook.loading.model import Found, Opened, Unread, UnreadableError
from routebook.loading.modules import BUNDLED, GROUP, load_registered, registered_names

if TYPE_CHECKING:
    from routebook.descriptors import APIDescriptor

__all__ = [
    "BUNDLED",
    "GROUP",
    "Found",
    "Opened",
    "UnreadableError",
    "find",
    "load",
    "load_registered",
    "open_api",
    "open_both",
    "registered_names",
]


def load(
    spec: str | None = None,
    base: Path | None = None,
    search: Iterable[Path] = (),
    *,
    allow_refs: Iterable[str] = (),
) -> APIDescriptor:
    """The API that `spec` names, as `open_api` opens it, without places and warnings."""
    return open_api(spec, base, search, allow_refs=allow_refs, places=False).api


def open_api(
    spec: str | None = None,
    base: Path | None = None,
    search: Iterable[Path] = (),
    *,
    allow_refs: Iterable[str] = (),
    places: bool = True,
) -> Opened:
    """The API that `spec` names; None names the bundled Docker Registry HTTP API V2.

    `spec` is one of

    - an OpenAPI document: a file `.yaml`, `.yml` or `.json`, or `-` for standard input;
    - a Python description: `package.module:NAME`, a Python file with or without `:NAME`, or a
      registered name; without `:NAME`, its `API` or the only API that it has;
    - a folder, for the API that its `[tool.routebook]` configures;
    - `REVISION:` and one of these, as it is at a revision of git.

    Files are looked for in `base` (the current folder when None); modules in `base` and the
    folders of `search`, before what is installed. References of documents lead to other files
    in the document's folder, and elsewhere only to what `allow_refs` lists: folders and URLs.
    With `places`, a Python description is loaded anew, and the line of each descriptor noted.

    Raises `RoutebookError` when there is no such description or when it fails to run, and
    `UnreadableError` with all that is wrong with a document.
    """
    if spec is None and not places:
        return Opened(api=load_registered(BUNDLED), places=None, name=BUNDLED)
    from routebook.loading.opening import Wanted, find_spec, read

    wanted = Wanted(allow_refs=tuple(allow_refs), places=places)
    return read(find_spec(spec or BUNDLED, base or Path.cwd(), tuple(search), wanted))


def find(
    spec: str,
    base: Path,
    search: Iterable[Path] = (),
    *,
    allow_refs: Iterable[str] = (),
    beside: Found | None = None,
) -> Found:
    """As `open_api`, but leave a document unread, for `open_both`.

    `beside` is another version of it: what both say in the same words is not parsed twice.
    """
    from routebook.loading.opening import Wanted, find_spec

    other = beside.document if isinstance(beside, Unread) else None
    wanted = Wanted(allow_refs=tuple(allow_refs), beside=other)
    return find_spec(spec, base, tuple(search), wanted)


def open_both(old: Found, new: Found) -> tuple[Opened, Opened]:
    """Two versions of an API, for a comparison.

    Of two documents, operations and components that are the same in both, down to all that they
    refer to, are left out of what is read: nothing can be said of them. Raises as `open_api`.
    """
    from routebook.loading.opening import read_both

    return read_both(old, new)
