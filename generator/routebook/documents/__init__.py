"""Documents as they come: JSON or YAML text from a file, read into data with its places.

`parse` takes text, `read_file` a path; `bundle` brings what stands in other files into one
document. Positions cost nothing until `locate` is asked for one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from routebook.documents.model import Document, Places
from routebook.documents.reading import parse, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Document", "Places", "bundle", "parse", "read_file"]


def bundle(
    document: Document, folder: Path | None = None, allow_refs: Iterable[str] = ()
) -> Document:
    """One document of one that refers to other files; the same one where it refers to none.

    What a reference to another file leads to becomes a component of the kind that its place asks
    for, named after the target; anchors and `$id`s become pointers. Files are read only inside
    of `folder`, or else the folder of the document's file (symbolic links resolved), and inside
    of the folders and URLs of `allow_refs`; only the latter are fetched. `locate` still answers
    with the file in which a part stands.

    Raises `DescriptionError` with every reference that leads nowhere, is not allowed, or goes
    round in a circle of bare references.
    """
    if not isinstance(document.data, dict) or not document.may_refer():
        return document

    from routebook.documents.bundling import bundled

    if folder is None and document.path is not None:
        folder = document.path.parent
    return bundled(document, folder, allow_refs)
