"""A registry: the whole of the Docker Registry HTTP API V2, made from its description.

Routing, methods, parameters and the form of errors come from `registry_api.v2`; what is left
is what a registry does. It keeps everything in memory, for as long as it runs:

    uvicorn --factory apps.registry:create --port 5000
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter

from registry_api.v2 import API, RouteName, errors
from registry_api.v2.manifests import FORMATS
from registry_api.v2.urls import URLBuilder
from routebook import Errors
from routebook.asgi import ASGI, Request, Response, handlers_of, handles

ALGORITHMS = {"sha256": 64, "sha512": 128}
MAX_MANIFEST = 4 * 1024 * 1024
YEAR = 365 * 24 * 60 * 60
VERSION = {"Docker-Distribution-Api-Version": "registry/2.0"}


# --8<-- [start:store]
@dataclass(frozen=True)
class Manifest:
    """A manifest: its bytes as they were pushed, and what they say."""

    digest: str
    media_type: str
    content: bytes
    value: dict[str, Any]


@dataclass
class Upload:
    """A blob on its way."""

    repository: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    content: bytearray = field(default_factory=bytearray)


@dataclass
class Repository:
    """What a name stands for."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


# --8<-- [end:store]


# --8<-- [start:create]
def create() -> ASGI:
    """The application."""
    return ASGI(API, handlers_of(Registry()), headers=VERSION)


# --8<-- [end:create]


class Registry:
    """The handlers: one for each method of each route. HEAD is GET without the body."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.uploads: dict[str, Upload] = {}

    def repository(self, name: str) -> Repository:
        """The repository of a name; a new, empty one when there is none."""
        return self.repositories.get(name) or Repository()

    def add_blob(self, name: str, digest: str, content: bytes) -> None:
        self.repositories.setdefault(name, Repository()).blobs[digest] = content

    # --8<-- [start:lists]
    @handles(RouteName.BASE, "GET")
    async def base(self, _: Request) -> Response:
        return Response.json({})

    @handles(RouteName.TAGS, "GET")
    async def list_tags(self, request: Request) -> Response:
        name = request.values["name"]
        if name not in self.repositories:
            raise errors.NAME_UNKNOWN.with_detail({"name": name})
        url = partial(urls(request, relative=True).tags, name)
        tags, link = page(request, self.repositories[name].tags, url)
        return Response.json({"name": name, "tags": tags}, headers=link)

    @handles(RouteName.CATALOG, "GET")
    async def list_repositories(self, request: Request) -> Response:
        url = urls(request, relative=True).catalog
        names, link = page(request, self.repositories, url)
        return Response.json({"repositories": names}, headers=link)

    # --8<-- [end:lists]

    # --8<-- [start:manifests]
    @handles(RouteName.MANIFEST, "GET")
    async def get_manifest(self, request: Request) -> Response:
        manifest = self.find_manifest(request)
        headers = {"Docker-Content-Digest": manifest.digest, "ETag": f'"{manifest.digest}"'}
        if is_cached(request, manifest.digest):
            return Response(304, headers)
        return Response(200, {"Content-Type": manifest.media_type, **headers}, manifest.content)

    def find_manifest(self, request: Request) -> Manifest:
        name, reference = request.values["name"], request.values["reference"]
        repository = self.repository(name)
        manifest = repository.manifests.get(repository.tags.get(reference, reference))
        if manifest is None:
            revision = {"Name": name, "Revision": reference}
            detail = revision if ":" in reference else {"Tag": reference}
            raise errors.MANIFEST_UNKNOWN.with_detail(detail)
        return manifest

    @handles(RouteName.MANIFEST, "PUT")
    async def put_manifest(self, request: Request) -> Response:
        name, reference = request.values["name"], request.values["reference"]
        manifest = await read_manifest(request)
        repository = self.repository(name)
        missing = [
            errors.MANIFEST_BLOB_UNKNOWN.with_detail(digest)
            for digest in missing_parts(manifest.value, repository)
        ]
        if missing:
            raise Errors(*missing)
        self.repositories[name] = repository
        repository.manifests[manifest.digest] = manifest
        if ":" not in reference:
            repository.tags[reference] = manifest.digest
        location = urls(request).manifest(name, digest=manifest.digest)
        return Response(201, {"Location": location, "Docker-Content-Digest": manifest.digest})

    @handles(RouteName.MANIFEST, "DELETE")
    async def delete_manifest(self, request: Request) -> Response:
        manifest, reference = self.find_manifest(request), request.values["reference"]
        repository = self.repository(request.values["name"])
        if reference in repository.tags:
            del repository.tags[reference]
        else:
            del repository.manifests[manifest.digest]
            kept = {t: d for t, d in repository.tags.items() if d != manifest.digest}
            repository.tags = kept
        return Response(202)

    # --8<-- [end:manifests]

    # --8<-- [start:blobs]
    @handles(RouteName.BLOB, "GET")
    async def get_blob(self, request: Request) -> Response:
        digest, content = request.values["digest"], self.find_blob(request)
        headers = {
            "Docker-Content-Digest": digest,
            "ETag": f'"{digest}"',
            "Cache-Control": f"max-age={YEAR}",
        }
        if is_cached(request, digest):
            return Response(304, headers)
        if not holds(request, "If-Match", digest):
            return Response(412, headers)
        headers |= {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes"}
        if "Range" not in request.headers or not holds(request, "If-Range", digest):
            return Response(200, headers, content)
        start, end = byte_range(request.headers["Range"], len(content))
        if start == end:
            del headers["Content-Type"]
            return Response(416, {**headers, "Content-Range": f"bytes */{len(content)}"})
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
        return Response(206, headers, content[start:end])

    def find_blob(self, request: Request) -> bytes:
        digest = checked(request.values["digest"])
        content = self.repository(request.values["name"]).blobs.get(digest)
        if content is None:
            raise errors.BLOB_UNKNOWN.with_detail(digest)
        return content

    @handles(RouteName.BLOB, "DELETE")
    async def delete_blob(self, request: Request) -> Response:
        self.find_blob(request)
        digest = request.values["digest"]
        del self.repository(request.values["name"]).blobs[digest]
        return Response(202, {"Docker-Content-Digest": digest})

    # --8<-- [end:blobs]

    # --8<-- [start:uploads]
    @handles(RouteName.BLOB_UPLOAD, "POST")
    async def start_upload(self, request: Request) -> Response:
        """Three variants of one request; the description has told them apart."""
        name = request.values["name"]
        if request.variant == "Mount Blob":
            digest, source = checked(request.query["mount"]), request.query.get("from", name)
            content = self.repository(source).blobs.get(digest)
            if content is not None:
                self.add_blob(name, digest, content)
                return created(request, digest)
        upload = Upload(name)
        if request.variant == "Initiate Monolithic Blob Upload":
            return await self.finish(request, upload)
        self.uploads[upload.id] = upload
        return progress(request, upload, 202)

    @handles(RouteName.BLOB_UPLOAD_CHUNK, "GET")
    async def upload_status(self, request: Request) -> Response:
        return progress(request, self.find_upload(request), 204)

    @handles(RouteName.BLOB_UPLOAD_CHUNK, "PATCH")
    async def append(self, request: Request) -> Response:
        upload = self.find_upload(request)
        await receive(request, upload)
        return progress(request, upload, 202)

    @handles(RouteName.BLOB_UPLOAD_CHUNK, "PUT")
    async def complete(self, request: Request) -> Response:
        return await self.finish(request, self.find_upload(request))

    @handles(RouteName.BLOB_UPLOAD_CHUNK, "DELETE")
    async def cancel(self, request: Request) -> Response:
        upload = self.find_upload(request)
        del self.uploads[upload.id]
        return Response(204, {"Docker-Upload-UUID": upload.id})

    def find_upload(self, request: Request) -> Upload:
        upload = self.uploads.get(request.values["uuid"])
        if upload is None or upload.repository != request.values["name"]:
            raise errors.BLOB_UPLOAD_UNKNOWN.error()
        return upload

    async def finish(self, request: Request, upload: Upload) -> Response:
        digest = checked(request.query["digest"])
        await receive(request, upload)
        self.uploads.pop(upload.id, None)
        content = bytes(upload.content)
        if digest_of(content, digest) != digest:
            raise errors.DIGEST_INVALID.with_detail({"Digest": digest})
        self.add_blob(upload.repository, digest, content)
        return created(request, digest)

    # --8<-- [end:uploads]


# --8<-- [start:helpers]
def urls(request: Request, *, relative: bool = False) -> URLBuilder:
    """Builds URLs as the client sees the registry, behind whatever proxy."""
    return URLBuilder.from_request(
        scheme=request.origin.scheme,
        host=request.origin.host,
        path=request.origin.mount + request.match.path,
        headers=request.headers,
        relative=relative,
    )


def page(
    request: Request, names: Iterable[str], url: Callable[[dict[str, str]], str]
) -> tuple[list[str], dict[str, str]]:
    """The names that a request for a list asks for, and the header with the page after them."""
    last, count = request.query.get("last", ""), request.query.integer("n")
    rest = sorted(name for name in names if name > last)
    shown = rest[:count]
    if not shown or len(shown) == len(rest):
        return shown, {}
    following = url({"n": str(count), "last": shown[-1]})
    return shown, {"Link": f'<{following}>; rel="next"'}


def holds(request: Request, header: str, digest: str) -> bool:
    """Whether a header is absent, or names the entity tag of `digest`."""
    tags = request.headers.get(header, "*")
    return "*" in tags or f'"{digest}"' in tags


def is_cached(request: Request, digest: str) -> bool:
    return "If-None-Match" in request.headers and holds(request, "If-None-Match", digest)


def digest_of(content: bytes, like: str = "sha256:") -> str:
    """The digest of `content`, by the algorithm of the digest `like`."""
    algorithm = like.partition(":")[0]
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


def checked(digest: str) -> str:
    """`digest`, of an algorithm that is supported."""
    algorithm, _, encoded = digest.partition(":")
    if len(encoded) != ALGORITHMS.get(algorithm) or not re.fullmatch("[0-9a-f]+", encoded):
        raise errors.DIGEST_INVALID.with_detail(f"none of {', '.join(ALGORITHMS)}: {digest}")
    return digest


# --8<-- [end:helpers]


def created(request: Request, digest: str) -> Response:
    location = urls(request).blob(request.values["name"], digest)
    return Response(201, {"Location": location, "Docker-Content-Digest": digest})


def progress(request: Request, upload: Upload, status: int) -> Response:
    headers = {
        "Location": urls(request).blob_upload_chunk(upload.repository, upload.id),
        "Range": f"0-{max(len(upload.content) - 1, 0)}",
        "Docker-Upload-UUID": upload.id,
    }
    return Response(status, headers)


async def receive(request: Request, upload: Upload) -> None:
    """Append the body to an upload, if it belongs there and comes as a whole."""
    chunk = bytearray()
    async for part in request.stream():
        chunk += part
    if "Content-Range" in request.headers:
        start, end = map(int, request.headers["Content-Range"].split("-"))
        if start != len(upload.content) or end < start:
            raise errors.RANGE_INVALID.error()
        if len(chunk) != end - start + 1:
            raise errors.SIZE_INVALID.error()
    upload.content += chunk


def byte_range(header: str, size: int) -> tuple[int, int]:
    """Where the part begins and ends that has all ranges of a Range header (RFC 9110, 14.2)."""
    spans = []
    for start, end in re.findall(r"([0-9]*)-([0-9]*)", header):
        first = int(start) if start else max(size - int(end or 0), 0)
        behind = min(int(end) + 1, size) if start and end else size
        if first < behind:
            spans.append((first, behind))
    return (min(spans)[0], max(behind for _, behind in spans)) if spans else (0, 0)


@cache
def format_of(media_type: str) -> TypeAdapter[dict[str, Any]]:
    """What a manifest of a media type must look like: as the description says."""
    schemas: dict[str, Any] = {entry.content_type: entry.schema for entry in FORMATS[:4]}
    if media_type not in schemas:
        raise errors.MANIFEST_INVALID.with_detail(f"not a format for manifests: {media_type}")
    return TypeAdapter(schemas[media_type])


async def read_manifest(request: Request) -> Manifest:
    """The manifest of a body, which must be what its media type and its reference say."""
    reference = request.values["reference"]
    like = checked(reference) if ":" in reference else "sha256:"
    media_type = request.headers.get("Content-Type", "").partition(";")[0].strip()
    try:
        content = await request.body(limit=MAX_MANIFEST)
        value = format_of(media_type).validate_json(content)
    except ValueError as wrong:
        raise errors.MANIFEST_INVALID.with_detail(wrong) from wrong
    if value.get("mediaType", media_type) != media_type:
        raise errors.MANIFEST_INVALID.with_detail("Content-Type is not the mediaType")
    digest = digest_of(content, like)
    if ":" in reference and digest != reference:
        raise errors.DIGEST_INVALID.with_detail({"Digest": reference})
    return Manifest(digest, media_type, content, value)


def missing_parts(value: dict[str, Any], repository: Repository) -> Iterator[str]:
    """The digests of what a manifest needs and its repository lacks."""
    for part in [*([value["config"]] if "config" in value else []), *value.get("layers", [])]:
        if not part.get("urls") and part["digest"] not in repository.blobs:
            yield part["digest"]
    for part in value.get("manifests", []):
        if part["digest"] not in repository.manifests:
            yield part["digest"]
