"""URLs of a registry, one method a route.

    urls = URLBuilder("https://registry.example/")
    urls.manifest("library/alpine", tag="3.20")

Names, tags and digests are checked before a URL is built: a name may have 255 characters,
and a digest must be one that can stand in a reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_api.v2 import API
from registry_api.v2.names import RouteName
from registry_api.v2.reference import InvalidReferenceError, Reference, parse_name
from routebook import urls

if TYPE_CHECKING:
    from typing import Self

    from routebook.uri import URI


class URLBuilder:
    """Builds the URLs of one registry; `root` and `relative` are as for `routebook.urls`.

    Each method raises `RoutebookError` for what its route cannot have. A `query` is a
    mapping of names to values, or pairs; several are put together.
    """

    def __init__(self, root: str | URI, relative: bool = False) -> None:
        """Raises `RoutebookError` for a root that is no URL."""
        self._urls = urls.URLBuilder(API, root, relative)

    @classmethod
    def from_string(cls, root: str, relative: bool = False) -> Self:
        """The builder for a root that is a text. Raises `RoutebookError` when it is no URL."""
        return cls(root, relative)

    @classmethod
    def from_request(
        cls,
        *,
        scheme: str = "http",
        host: str = "",
        path: str = "/",
        headers: urls.Headers = (),
        relative: bool = False,
    ) -> Self:
        """The builder for answers to a request; see `routebook.urls.URLBuilder`.

        The prefix is what stands before the first `/v2/` of the path.
        """
        builder = cls("", relative)
        builder._urls = urls.URLBuilder.from_request(
            API, scheme=scheme, host=host, path=path, headers=headers, relative=relative
        )
        return builder

    def base(self) -> str:
        """Where a client asks whether the registry speaks this protocol."""
        return self._urls.build(RouteName.BASE)

    def catalog(self, *query: urls.Query) -> str:
        """The list of repositories; `n` and `last` page it."""
        return self._urls.build(RouteName.CATALOG, {}, _merged(query))

    def tags(self, name: str | Reference, *query: urls.Query) -> str:
        """The list of a repository's tags; `n` and `last` page it."""
        return self._urls.build(RouteName.TAGS, {"name": _name(name)}, _merged(query))

    def manifest(self, name: str | Reference, *, tag: str = "", digest: str = "") -> str:
        """A manifest by its tag or digest, given here or with the reference; a tag goes first."""
        reference = name if isinstance(name, Reference) else parse_name(name)
        if tag:
            reference = reference.with_tag(tag)
        elif digest:
            reference = Reference(domain=reference.domain, path=reference.path).with_digest(digest)
        chosen = reference.tag or reference.digest
        if not chosen:
            raise InvalidReferenceError(
                "reference must have a tag or digest",
                place=str(reference),
                hint="give tag= or digest=",
            )
        return self._urls.build(RouteName.MANIFEST, {"name": _name(reference), "reference": chosen})

    def blob(self, name: str | Reference, digest: str = "") -> str:
        """A blob by its digest, given here or with the reference."""
        reference = name if isinstance(name, Reference) else parse_name(name)
        if digest or not reference.digest:
            reference = reference.with_digest(digest)
        values = {"name": _name(reference), "digest": reference.digest}
        return self._urls.build(RouteName.BLOB, values)

    def blob_upload(self, name: str | Reference, *query: urls.Query) -> str:
        """Where an upload begins."""
        return self._urls.build(RouteName.BLOB_UPLOAD, {"name": _name(name)}, _merged(query))

    def blob_upload_chunk(self, name: str | Reference, uuid: str, *query: urls.Query) -> str:
        """An upload under way. For registries: a client uses the `Location` it was given."""
        values = {"name": _name(name), "uuid": uuid}
        return self._urls.build(RouteName.BLOB_UPLOAD_CHUNK, values, _merged(query))


def _name(name: str | Reference) -> str:
    """The repository name, checked."""
    return parse_name(name.name if isinstance(name, Reference) else name).name


def _merged(queries: tuple[urls.Query, ...]) -> list[tuple[str, str | int]]:
    return [pair for query in queries for pair in urls.query_pairs(query)]
