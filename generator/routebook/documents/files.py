"""The documents that references lead to, each opened once, and only where that is allowed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from routebook.documents.fetching import fetch, is_allowed, is_url
from routebook.documents.model import Document, Tokens
from routebook.documents.reading import parse, read_file
from routebook.findings import RoutebookError
from routebook.nearest import nearest


@dataclass(eq=False, slots=True)
class Source:
    """A document, and where it came from."""

    document: Document
    uri: str
    """Its URI; relative references start from it."""
    folder: Path | None
    """The folder of its file; None for what came from the web or from nowhere."""
    anchors: dict[str, Tokens] = field(default_factory=dict)
    """`$anchor` and `$dynamicAnchor` of its schemas, with their places."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to."""

    source: Source
    tokens: Tokens


class Files:
    """The documents that were opened so far."""

    def __init__(self, root: Document, folder: Path | None, allowed: Iterable[str]) -> None:
        self._allowed = tuple(allowed)
        self._folders = [Path(one).resolve() for one in self._allowed if not is_url(one)]
        self._opened: dict[str, Source] = {}
        self._ids: dict[str, Target] = {}
        self._failed: dict[str, RoutebookError] = {}
        start = folder.resolve() if folder is not None else None
        if start is not None:
            self._folders.append(start)
        path = root.path.resolve() if root.path is not None else None
        uri = path.as_uri() if path else (f"{start.as_uri()}/" if start else "")
        within = path.parent if path else start
        self.root = Source(root, uri, within)
        self._enter(self.root)

    def known(self, uri: str) -> Target | None:
        """The schema resource that bears a URI as its `$id`, or the document opened from it."""
        uri = urldefrag(uri)[0]
        if uri in self._opened:
            return Target(self._opened[uri], ())
        return self._ids.get(uri)

    def may_fetch(self, uri: str) -> bool:
        """Whether a URI may be fetched from the web."""
        return is_allowed(uri, self._allowed)

    def open(self, reference: str, base: Source) -> Source:
        """The document that a reference (without its fragment) names, from inside of another.

        Raises `RoutebookError` when that is not allowed, or there is none, and
        `DescriptionError` for one that cannot be parsed.
        """
        parts = urlsplit(reference)
        remote = base.folder is None and is_url(base.uri)
        if is_url(reference) or (remote and not parts.scheme):
            return self._remote(urljoin(base.uri, reference))
        if len(parts.scheme) > 1 or parts.netloc:
            raise RoutebookError(
                f"expected a file or a web address, found {reference!r}",
                hint="references lead to files, http: and https:",
            )
        if base.folder is None:
            raise RoutebookError(
                f"there is no folder in which {reference!r} could be",
                hint="give the document as a file",
            )
        return self._local(base.folder / unquote(parts.path), reference)

    def _local(self, path: Path, reference: str) -> Source:
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):  # a loop of links, or a null character
            raise RoutebookError(f"there is no file {reference!r}") from None
        if not any(real.is_relative_to(folder) for folder in self._folders):
            raise RoutebookError(
                f"{reference!r} leads out of the document's folder",
                hint=f"allow it with --allow-refs {_shown(real.parent)}",
            )
        if not real.is_file():
            raise RoutebookError(f"there is no file {reference!r}", hint=_beside(real))
        shown = _name(path, self.root.document)
        return self._once(real.as_uri(), lambda: read_file(real, shown=shown), folder=real.parent)

    def _once(self, uri: str, read: Callable[[], Document], folder: Path | None) -> Source:
        """The document at a URI, read when it is first asked for; a failure stays one."""
        if uri in self._failed:
            raise self._failed[uri]
        if uri not in self._opened:
            try:
                self._enter(Source(read(), uri, folder))
            except RoutebookError as problem:
                self._failed[uri] = problem
                raise
        return self._opened[uri]

    def _remote(self, url: str) -> Source:
        url = urldefrag(url)[0]
        if not is_allowed(url, self._allowed):
            raise RoutebookError(
                f"{url} is on the web, and nothing is fetched unless it is allowed",
                hint=f"allow it with --allow-refs {url}",
            )
        return self._once(url, lambda: parse(fetch(url, self._allowed), url), folder=None)

    def _enter(self, source: Source) -> None:
        self._opened[source.uri] = source
        text = source.document.text
        if "$id" not in text and "nchor" not in text and text:
            return
        for tokens, base, node in _resources(source.document.data, source.uri):
            if isinstance(node.get("$id"), str):
                self._ids.setdefault(urldefrag(base)[0], Target(source, tokens))
            for key in ("$anchor", "$dynamicAnchor"):
                if isinstance(node.get(key), str):
                    source.anchors.setdefault(node[key], tokens)


def _resources(data: Any, uri: str) -> Iterator[tuple[Tokens, str, dict[str, Any]]]:
    """Every object, with its place and the base URI that its `$id`s give (JSON Schema, 8.2.1)."""
    todo: list[tuple[Tokens, str, Any]] = [((), uri, data)]
    while todo:
        tokens, base, node = todo.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$id"), str):
                base = urljoin(base, node["$id"])
            yield tokens, base, node
            todo.extend(((*tokens, key), base, value) for key, value in node.items())
        elif isinstance(node, list):
            todo.extend(((*tokens, str(i)), base, value) for i, value in enumerate(node))


def _name(path: Path, root: Document) -> str:
    """How a file is called in places: as the document that leads to it is called."""
    if root.path is None:
        return os.path.relpath(path)
    relative = os.path.relpath(path, root.path.parent)
    before = root.name.removesuffix(root.path.name)
    return f"{before}{relative}" if ":" in before else os.path.normpath(before + relative)


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)


def _beside(file: Path) -> str:
    folder = file.parent
    if not folder.is_dir():
        return f"there is no folder {_shown(folder)}"
    names = [path.name for path in folder.iterdir() if path.is_file()]
    close = nearest(file.name, sorted(names))
    return f"did you mean {close!r}?" if close else "paths start from the file with the reference"
