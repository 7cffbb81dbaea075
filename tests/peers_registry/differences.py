"""Where the example registry answers otherwise than Debian's docker-registry 2.8.2, and why.

Each entry has its reason, its steps, and for each header (or `status`, or `content`) that differs
what docker-registry says and what the example says; None where it says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peers_registry.images import MANIFEST
from peers_registry.steps import DIGEST, IMAGE, REVISION


@dataclass(frozen=True)
class Difference:
    reason: str
    steps: tuple[str, ...]
    fields: dict[str, tuple[Any, Any]]


JSON, TEXT = "application/json", "text/plain"
UPLOAD = "http://HOST/v2/app/blobs/uploads/UUID"
BOTH = {"name": "app", "tags": ["1.0", "1.1"]}
REFUSED_NOT_STARTED = {
    "content-length": ("0", ""),
    "content-type": (None, JSON),
    "docker-upload-uuid": ("UUID", None),
    "location": (UPLOAD, None),
}

LISTED = (
    # What the adapter answers by itself.
    Difference(
        "Errors that no handler raised have the envelope, too; the Go library sends text.",
        ("no such path", "no such path, nor method", "blob.GET no digest", "manifest.PUT long tag"),
        {"content": ("some text/plain", ["UNKNOWN"]), "content-type": (TEXT, JSON)},
    ),
    Difference(
        "The same; and the Go library refuses the request before the registry sees it.",
        ("base.GET malformed escape",),
        {
            "content": ("some text/plain", ["UNKNOWN"]),
            "content-type": (TEXT, JSON),
            "docker-distribution-api-version": (None, "registry/2.0"),
        },
    ),
    Difference(
        "A method that a route does not have is answered with the envelope.",
        ("blob.PUT", "manifest.POST", "tags.DELETE", "catalog.POST"),
        {"content": ("some text/plain", ["UNSUPPORTED"]), "content-type": (TEXT, JSON)},
    ),
    Difference(
        "The same, without its body.", ("tags.HEAD",), {"content-type": (TEXT, JSON)}
    ),
    Difference(
        "A redirect has no body: what the Go library adds is for browsers.",
        ("base.GET without the slash", "tags.GET with a slash"),
        {
            "content": ("some text/html", ""),
            "content-length": ("", "0"),
            "content-type": ("text/html", None),
        },
    ),
    Difference(
        "docker-registry does not look at the method here; GET is the one that is described.",
        ("base.HEAD",),
        {"allow": (None, "GET"), "status": (200, 405)},
    ),
    Difference(
        "The same.",
        ("base.POST",),
        {"allow": (None, "GET"), "content": ({}, ["UNSUPPORTED"]), "status": (200, 405)},
    ),
    Difference(
        "The same; and OPTIONS tells the methods on every route.",
        ("base.OPTIONS",),
        {
            "allow": (None, "GET"),
            "content": ({}, ""),
            "content-length": ("", "0"),
            "content-type": (JSON, None),
        },
    ),
    Difference(
        "docker-registry keeps one list of methods for the two upload routes, and looks for the "
        "upload first. Here each route has the methods that are described for it.",
        ("blob-upload.OPTIONS",),
        {"allow": ("DELETE, GET, HEAD, PATCH, POST, PUT", "POST")},
    ),
    Difference(
        "The same.",
        ("blob-upload.GET",),
        {
            "allow": (None, "POST"),
            "content": (["BLOB_UPLOAD_UNKNOWN"], ["UNSUPPORTED"]),
            "status": (404, 405),
        },
    ),
    Difference(
        "The same.",
        ("blob-upload-chunk.POST",),
        {
            "allow": (None, "DELETE, GET, PATCH, PUT"),
            "content": (["BLOB_UPLOAD_INVALID"], ["UNSUPPORTED"]),
            "status": (404, 405),
        },
    ),
    Difference(
        "The same.",
        ("blob-upload-chunk.OPTIONS",),
        {
            "allow": (None, "DELETE, GET, PATCH, PUT"),
            "content": (["BLOB_UPLOAD_INVALID"], ""),
            "content-length": ("", "0"),
            "content-type": (JSON, None),
            "status": (404, 200),
        },
    ),
    Difference(
        "The limit of 255 characters is described, so that the adapter refuses longer names; "
        "docker-registry fails on them.",
        ("blob-upload.POST long name", "blob.GET long name", "manifest.PUT long name",
         "tags.GET long name"),
        {"content": (["UNKNOWN"], ["NAME_INVALID"]), "status": (500, 400)},
    ),
    Difference(
        "A digest that is none is refused as described; docker-registry 2.8.2 ignores it and "
        "starts an upload.",
        ("blob-upload.POST[Monolithic] bad digest", "blob-upload.POST[Mount] bad digest"),
        {
            **REFUSED_NOT_STARTED,
            "content": ("", ["DIGEST_INVALID"]),
            "range": ("0-0", None),
            "status": (202, 400),
        },
    ),
    Difference(
        "So is a repository name that is none.",
        ("blob-upload.POST[Mount] bad name",),
        {
            **REFUSED_NOT_STARTED,
            "content": ("", ["NAME_INVALID"]),
            "range": ("0-0", None),
            "status": (202, 400),
        },
    ),
    Difference(
        "A range that cannot be read is refused by the adapter, before the blob is looked for.",
        ("blob.GET[Part] unreadable",),
        {
            "cache-control": ("max-age=31536000", None),
            "content": ("", ["RANGE_INVALID"]),
            "content-type": (TEXT, JSON),
            "docker-content-digest": (DIGEST, None),
            "etag": (f'"{DIGEST}"', None),
        },
    ),
    # What version 3 of the reference implementation, or the OCI's specification, does otherwise.
    Difference(
        "A chunk must begin where the upload ends, as in version 3 and in the OCI's "
        "specification; 2.8.2 does not look at Content-Range.",
        ("blob-upload-chunk.PATCH[Chunked] out of order",),
        {
            **REFUSED_NOT_STARTED,
            "content": ("", ["RANGE_INVALID"]),
            "range": ("0-1004", None),
            "status": (202, 416),
        },
    ),
    Difference(
        "It follows from that.",
        ("blob-upload-chunk.GET after that",),
        {"range": ("0-1004", "0-999")},
    ),
    Difference(
        "The blob is taken with one request, which the protocol allows and the reference "
        "implementation does not do.",
        ("blob-upload.POST[Monolithic]",),
        {
            "docker-content-digest": (None, DIGEST),
            "docker-upload-uuid": ("UUID", None),
            "location": (UPLOAD, f"http://HOST/v2/app/blobs/{DIGEST}"),
            "range": ("0-0", None),
            "status": (202, 201),
        },
    ),
    Difference(
        "Tags come in pages, as in version 3; 2.8.2 ignores n and last.",
        ("tags.GET[Paginated]",),
        {
            "content": (BOTH, {"name": "app", "tags": ["1.0"]}),
            "link": (None, '</v2/app/tags/list?last=1.0&n=1>; rel="next"'),
        },
    ),
    Difference(
        "The same.",
        ("tags.GET[Paginated] next", "tags.GET[Tags] last"),
        {"content": (BOTH, {"name": "app", "tags": ["1.1"]})},
    ),
    Difference(
        "The same.",
        ("tags.GET[Paginated] none",),
        {"content": (BOTH, {"name": "app", "tags": []})},
    ),
    Difference(
        "A bad n is refused, as in version 3.",
        ("tags.GET[Paginated] no number", "tags.GET[Paginated] negative"),
        {"content": (BOTH, ["PAGINATION_NUMBER_INVALID"]), "status": (200, 400)},
    ),
    Difference(
        "The same.",
        ("catalog.GET[Paginated] no number",),
        {
            "content": ({"repositories": ["app", "other"]}, ["PAGINATION_NUMBER_INVALID"]),
            "status": (200, 400),
        },
    ),
    Difference(
        "A tag can be deleted, as in version 3 and in the OCI's specification.",
        ("manifest.DELETE by tag",),
        {
            "content": (["DIGEST_INVALID"], ""),
            "content-length": ("", "0"),
            "content-type": (JSON, None),
            "status": (400, 202),
        },
    ),
    Difference(
        "The same.",
        ("manifest.DELETE unknown tag",),
        {"content": (["DIGEST_INVALID"], ["MANIFEST_UNKNOWN"]), "status": (400, 404)},
    ),
    # What the example leaves out to be short, or does better.
    Difference(
        "The state of an upload is not in its URL, so that none is missing from it.",
        ("blob-upload-chunk.GET unknown",),
        {"content": (["BLOB_UPLOAD_INVALID"], ["BLOB_UPLOAD_UNKNOWN"])},
    ),
    Difference(
        "There is no body, so that there is no media type; and ranges stay acceptable.",
        ("blob.GET[Part] behind the end",),
        {
            "accept-ranges": (None, "bytes"),
            "content-length": ("", "0"),
            "content-type": (TEXT, None),
        },
    ),
    Difference(
        "Several ranges are answered with one that has them all, as HTTP allows "
        "(RFC 9110, section 15.3.7).",
        ("blob.GET[Part] several",),
        {
            "content": ("--BOUNDARY", "layerla"),
            "content-length": ("LENGTH", "7"),
            "content-range": (None, "bytes 0-6/1000"),
            "content-type": (
                "multipart/byteranges; boundary=...",
                "application/octet-stream",
            ),
        },
    ),
    Difference(
        "The Go library announces the blob with 412, and does not send it.",
        ("blob.GET If-Match another",),
        {"content-length": ("1000", "0"), "content-type": ("application/octet-stream", None)},
    ),
    Difference(
        "What is no manifest is refused; docker-registry fails on it.",
        ("manifest.PUT no manifest",),
        {"content": (["UNKNOWN"], ["MANIFEST_INVALID"]), "status": (500, 400)},
    ),
    Difference(
        "An algorithm that nobody knows is a manifest that nobody has; docker-registry fails.",
        ("manifest.GET unknown algorithm",),
        {"content": (["UNKNOWN"], ["MANIFEST_UNKNOWN"]), "status": (500, 404)},
    ),
    Difference(
        "Without Accept anything may be sent (RFC 9110, section 12.5.1); docker-registry sends "
        "the formats that are older than the OCI's.",
        ("manifest.GET without Accept",),
        {
            "content": (["MANIFEST_UNKNOWN"], IMAGE[:10].decode()),
            "content-length": ("", str(len(IMAGE))),
            "content-type": (JSON, MANIFEST),
            "docker-content-digest": (None, REVISION),
            "etag": (None, f'"{REVISION}"'),
            "status": (404, 200),
        },
    ),
    Difference(
        "304 has the headers that 200 would have (RFC 9110, section 15.4.5).",
        ("manifest.GET not modified",),
        {"docker-content-digest": (None, REVISION), "etag": (None, f'"{REVISION}"')},
    ),
    Difference(
        "A repository with blobs exists: docker-registry has it in the catalog, too.",
        ("tags.GET blobs and no manifest",),
        {"content": (["NAME_UNKNOWN"], {"name": "other", "tags": []}), "status": (404, 200)},
    ),
    Difference(
        "docker-registry promises a page after the last one.",
        ("catalog.GET[Paginated] next",),
        {"link": ('</v2/_catalog?last=other&n=1>; rel="next"', None)},
    ),
    Difference(
        "A list without entries is a list.",
        ("tags.GET all deleted",),
        {"content": ({"name": "app", "tags": None}, {"name": "app", "tags": []})},
    ),
    Difference(
        "The digest of what was deleted is described, and not sent by docker-registry.",
        ("blob.DELETE",),
        {"docker-content-digest": (None, DIGEST)},
    ),
)  # fmt: skip  # short entries stay on few lines

DIFFERENCES = {step: difference.fields for difference in LISTED for step in difference.steps}
