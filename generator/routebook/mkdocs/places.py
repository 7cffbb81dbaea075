"""Where the pages and files of a site are, for people and for machines."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import quote, unquote

from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url


def beside(dest_uri: str) -> str:
    """Where the Markdown of a page is: beside its HTML, under that name with `.md` behind it."""
    return f"{dest_uri}.md"


class Places:
    """Finds files of a site by their paths in its sources."""

    def __init__(self, files: Files, base: str, has_markdown: Callable[[str], bool]) -> None:
        """`base` is the URL of the site, or empty; `has_markdown` whether a page is there so."""
        self._files = files
        self._base = base
        self._has_markdown = has_markdown

    def dest(self, path: str) -> str:
        """The path of a page or file in the site that is built."""
        file = self._files.get_file_from_path(path)
        return file.dest_uri if file else path

    def read(self, path: str) -> str:
        """The URL where people read a page, relative to the site."""
        file = self._files.get_file_from_path(path)
        url = file.url if file else quote(path)
        return "" if url in {".", "./"} else url

    def url(self, path: str) -> str:
        """The URL of a page, as Markdown where it is there so, or of a file."""
        return self._base + self._relative(path)

    def _relative(self, path: str) -> str:
        file = self._files.get_file_from_path(path)
        if file is not None and file.is_documentation_page() and self._has_markdown(path):
            return quote(beside(file.dest_uri))
        return self.read(path)

    def from_beside(self, path: str) -> Callable[[str], str]:
        """Turns the links of a page into those of its Markdown beside it."""
        start = quote(beside(self.dest(path)))
        known: dict[str, str] = {}

        def pointed(url: str) -> str:
            head, mark, fragment = url.partition("#")
            if head and head not in known:
                target = self.target(path, head)
                to = head if target is None else get_relative_url(self._relative(target), start)
                known[head] = to
            return f"{known[head] if head else ''}{mark}{fragment}"

        return pointed

    def target(self, path: str, url: str) -> str | None:
        """The file that a link of a page leads to, by its path; None for one elsewhere."""
        if not url or url.startswith("/") or ":" in url or "?" in url:
            return None
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(url)))
        return found if self._files.get_file_from_path(found) is not None else None
