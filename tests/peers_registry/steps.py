"""What is asked of both registries: every route, method and variant, and what can go wrong.

The steps go in order, for they build on each other. `{upload}` in a target is the `Location`
that the last answer of this conversation gave, with a `?` or `&` for what follows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from peers_registry.images import CONFIG, INDEX, LAYER, MANIFEST, digest_of

BLOB = b"layer" * 200
DIGEST = digest_of(BLOB)
CONFIGURATION = b'{"architecture":"amd64","os":"linux"}'
ABSENT = digest_of(b"nobody has this")
IMAGE = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {
            "mediaType": CONFIG,
            "digest": digest_of(CONFIGURATION),
            "size": len(CONFIGURATION),
        },
        "layers": [{"mediaType": LAYER, "digest": DIGEST, "size": len(BLOB)}],
    }
).encode()
LACKING = IMAGE.replace(DIGEST.encode(), ABSENT.encode())
HALF = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": INDEX,
        "manifests": [{"mediaType": MANIFEST, "digest": ABSENT, "size": 5}],
    }
).encode()
REVISION = digest_of(IMAGE)
LONG = "/".join(["a" * 50] * 6)


@dataclass(frozen=True)
class Step:
    """One request."""

    name: str
    """Route, method and variant, and what is special: `blob.GET[Fetch Blob] not there`."""
    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


START = "/v2/app/blobs/uploads/"
OCTETS = {"Content-Type": "application/octet-stream"}
AS_IMAGE = {"Content-Type": MANIFEST}
ACCEPT = {"Accept": MANIFEST}
BLOB_URL = f"/v2/app/blobs/{DIGEST}"
IMAGE_URL = "/v2/app/manifests/"
TAGS = "/v2/app/tags/list"

BASE = (
    Step("base.GET", "GET", "/v2/"),
    Step("base.HEAD", "HEAD", "/v2/"),
    Step("base.POST", "POST", "/v2/"),
    Step("base.OPTIONS", "OPTIONS", "/v2/"),
    Step("base.GET without the slash", "GET", "/v2"),
    Step("base.GET not clean", "GET", "//v2//../v2/?x=1"),
    Step("base.GET malformed escape", "GET", "/v2/%zz"),
    Step("no such path", "GET", "/v2/app"),
    Step("no such path, nor method", "POST", "/v2/app/nothing/x"),
)

UPLOADS = (
    Step("blob-upload.POST[Resumable]", "POST", START),
    Step("blob-upload-chunk.GET nothing yet", "GET", "{upload}"),
    Step("blob-upload-chunk.PATCH[Stream]", "PATCH", "{upload}", OCTETS, BLOB[:500]),
    Step("blob-upload-chunk.GET", "GET", "{upload}"),
    Step("blob-upload-chunk.PUT", "PUT", "{upload}digest=" + DIGEST, OCTETS, BLOB[500:]),
    Step("blob-upload-chunk.GET completed", "GET", "{upload}"),
    Step("blob-upload.POST again", "POST", START),
    Step(
        "blob-upload-chunk.PATCH[Chunked]", "PATCH", "{upload}",
        {**OCTETS, "Content-Range": "0-499"}, BLOB[:500],
    ),
    Step(
        "blob-upload-chunk.PATCH[Chunked] next", "PATCH", "{upload}",
        {**OCTETS, "Content-Range": "500-999"}, BLOB[500:],
    ),
    Step(
        "blob-upload-chunk.PATCH[Chunked] out of order", "PATCH", "{upload}",
        {**OCTETS, "Content-Range": "2000-2004"}, b"extra",
    ),
    Step("blob-upload-chunk.GET after that", "GET", "{upload}"),
    Step("blob-upload-chunk.PUT without digest", "PUT", "{upload}"),
    Step("blob-upload-chunk.PUT malformed digest", "PUT", "{upload}digest=abc"),
    Step("blob-upload-chunk.PUT unknown algorithm", "PUT", "{upload}digest=md5:abc"),
    Step("blob-upload.POST for a wrong digest", "POST", START),
    Step("blob-upload-chunk.PUT wrong digest", "PUT", "{upload}digest=" + ABSENT, OCTETS, b"x"),
    Step("blob-upload.POST to cancel", "POST", START),
    Step("blob-upload-chunk.DELETE", "DELETE", "{upload}"),
    Step("blob-upload-chunk.DELETE again", "DELETE", "{upload}"),
    Step("blob-upload-chunk.PATCH cancelled", "PATCH", "{upload}", OCTETS, b"x"),
    Step("blob-upload-chunk.PUT cancelled", "PUT", "{upload}digest=" + DIGEST),
    Step("blob-upload-chunk.GET unknown", "GET", START + "0b0cd3f6-90b0-4c1b-b0d7-0cb2f5b1c5f1"),
    Step("blob-upload.POST[Monolithic]", "POST", f"{START}?digest={DIGEST}", OCTETS, BLOB),
    Step("blob-upload.POST[Monolithic] bad digest", "POST", f"{START}?digest=x", OCTETS, BLOB),
    Step("blob-upload.POST for the configuration", "POST", START),
    Step(
        "blob-upload-chunk.PUT at once", "PUT", "{upload}digest=" + digest_of(CONFIGURATION),
        OCTETS, CONFIGURATION,
    ),
    Step("blob-upload.POST[Mount]", "POST", f"/v2/other/blobs/uploads/?mount={DIGEST}&from=app"),
    Step("blob-upload.POST[Mount] not there", "POST", f"{START}?mount={ABSENT}&from=other"),
    Step("blob-upload.POST[Mount] without from", "POST", f"/v2/x/blobs/uploads/?mount={DIGEST}"),
    Step("blob-upload.POST[Mount] bad digest", "POST", f"{START}?mount=abc&from=app"),
    Step("blob-upload.POST[Mount] bad name", "POST", f"{START}?mount={DIGEST}&from=A%20B"),
    Step("blob-upload.POST long name", "POST", f"/v2/{LONG}/blobs/uploads/"),
    Step("blob-upload.GET", "GET", START),
    Step("blob-upload.OPTIONS", "OPTIONS", START),
    Step("blob-upload.POST without the slash", "POST", START.rstrip("/")),
    Step("blob-upload-chunk.POST", "POST", START + "0b0cd3f6"),
    Step("blob-upload-chunk.OPTIONS", "OPTIONS", START + "0b0cd3f6"),
)  # fmt: skip  # the target beside the name

BLOBS = (
    Step("blob.GET[Fetch Blob]", "GET", BLOB_URL),
    Step("blob.GET[Fetch Blob] mounted", "GET", BLOB_URL.replace("app", "other")),
    Step("blob.HEAD", "HEAD", BLOB_URL),
    Step("blob.GET[Part]", "GET", BLOB_URL, {"Range": "bytes=5-9"}),
    Step("blob.GET[Part] to the end", "GET", BLOB_URL, {"Range": "bytes=990-"}),
    Step("blob.GET[Part] the last", "GET", BLOB_URL, {"Range": "bytes=-4"}),
    Step("blob.GET[Part] longer than it is", "GET", BLOB_URL, {"Range": "bytes=990-2000"}),
    Step("blob.GET[Part] behind the end", "GET", BLOB_URL, {"Range": "bytes=1000-"}),
    Step("blob.GET[Part] unreadable", "GET", BLOB_URL, {"Range": "bytes=a-b"}),
    Step("blob.GET[Part] several", "GET", BLOB_URL, {"Range": "bytes=0-1,5-6"}),
    Step(
        "blob.GET[Part] If-Range", "GET", BLOB_URL,
        {"Range": "bytes=0-1", "If-Range": f'"{DIGEST}"'},
    ),
    Step(
        "blob.GET[Part] If-Range another", "GET", BLOB_URL,
        {"Range": "bytes=0-1", "If-Range": f'"{ABSENT}"'},
    ),
    Step("blob.GET not modified", "GET", BLOB_URL, {"If-None-Match": f'"{DIGEST}"'}),
    Step("blob.GET modified", "GET", BLOB_URL, {"If-None-Match": f'"{ABSENT}"'}),
    Step("blob.HEAD not modified", "HEAD", BLOB_URL, {"If-None-Match": f'"{DIGEST}"'}),
    Step("blob.GET If-Match", "GET", BLOB_URL, {"If-Match": f'"{DIGEST}"'}),
    Step("blob.GET If-Match another", "GET", BLOB_URL, {"If-Match": f'"{ABSENT}"'}),
    Step("blob.GET not there", "GET", f"/v2/app/blobs/{ABSENT}"),
    Step("blob.HEAD not there", "HEAD", f"/v2/app/blobs/{ABSENT}"),
    Step("blob.GET unknown repository", "GET", f"/v2/nobody/blobs/{DIGEST}"),
    Step("blob.GET short digest", "GET", "/v2/app/blobs/sha256:abc"),
    Step("blob.GET unknown algorithm", "GET", "/v2/app/blobs/md5:d41d8cd98f00b204e9800998ecf8427e"),
    Step("blob.GET no digest", "GET", "/v2/app/blobs/abc"),
    Step("blob.GET long name", "GET", f"/v2/{LONG}/blobs/{DIGEST}"),
    Step("blob.PUT", "PUT", BLOB_URL),
    Step("blob.OPTIONS", "OPTIONS", BLOB_URL),
)  # fmt: skip  # the target beside the name

MANIFESTS = (
    Step("manifest.PUT by tag", "PUT", IMAGE_URL + "1.0", AS_IMAGE, IMAGE),
    Step("manifest.PUT by digest", "PUT", IMAGE_URL + REVISION, AS_IMAGE, IMAGE),
    Step("manifest.PUT second tag", "PUT", IMAGE_URL + "1.1", AS_IMAGE, IMAGE),
    Step("manifest.PUT wrong digest", "PUT", IMAGE_URL + ABSENT, AS_IMAGE, IMAGE),
    Step("manifest.PUT layer missing", "PUT", IMAGE_URL + "2.0", AS_IMAGE, LACKING),
    Step(
        "manifest.PUT manifest missing", "PUT", IMAGE_URL + "2.0", {"Content-Type": INDEX}, HALF
    ),
    Step("manifest.PUT no JSON", "PUT", IMAGE_URL + "2.0", AS_IMAGE, b"{"),
    Step("manifest.PUT empty", "PUT", IMAGE_URL + "2.0", AS_IMAGE, b""),
    Step("manifest.PUT no manifest", "PUT", IMAGE_URL + "2.0", AS_IMAGE, b"{}"),
    Step("manifest.PUT other type", "PUT", IMAGE_URL + "2.0", {"Content-Type": INDEX}, IMAGE),
    Step("manifest.PUT odd type", "PUT", IMAGE_URL + "2.0", {"Content-Type": "text/plain"}, IMAGE),
    Step("manifest.PUT no type", "PUT", IMAGE_URL + "2.0", {}, IMAGE),
    Step("manifest.PUT long tag", "PUT", IMAGE_URL + "a" * 129, AS_IMAGE, IMAGE),
    Step("manifest.PUT long name", "PUT", f"/v2/{LONG}/manifests/1.0", AS_IMAGE, IMAGE),
    Step("manifest.GET by tag", "GET", IMAGE_URL + "1.0", ACCEPT),
    Step("manifest.GET by digest", "GET", IMAGE_URL + REVISION, ACCEPT),
    Step("manifest.HEAD by tag", "HEAD", IMAGE_URL + "1.0", ACCEPT),
    Step("manifest.HEAD by digest", "HEAD", IMAGE_URL + REVISION, ACCEPT),
    Step("manifest.GET without Accept", "GET", IMAGE_URL + "1.0"),
    Step(
        "manifest.GET not modified", "GET", IMAGE_URL + "1.0",
        {**ACCEPT, "If-None-Match": f'"{REVISION}"'},
    ),
    Step("manifest.GET unknown tag", "GET", IMAGE_URL + "3.0", ACCEPT),
    Step("manifest.HEAD unknown tag", "HEAD", IMAGE_URL + "3.0", ACCEPT),
    Step("manifest.GET unknown digest", "GET", IMAGE_URL + ABSENT, ACCEPT),
    Step("manifest.GET unknown algorithm", "GET", IMAGE_URL + "md5:abc", ACCEPT),
    Step("manifest.GET unknown repository", "GET", "/v2/nobody/manifests/1.0", ACCEPT),
    Step("manifest.POST", "POST", IMAGE_URL + "1.0"),
    Step("manifest.OPTIONS", "OPTIONS", IMAGE_URL + "1.0"),
)  # fmt: skip  # the target beside the name

LISTS = (
    Step("tags.GET[Tags]", "GET", TAGS),
    Step("tags.GET[Paginated]", "GET", TAGS + "?n=1"),
    Step("tags.GET[Paginated] next", "GET", TAGS + "?n=1&last=1.0"),
    Step("tags.GET[Tags] last", "GET", TAGS + "?last=1.0"),
    Step("tags.GET[Paginated] none", "GET", TAGS + "?n=0"),
    Step("tags.GET[Paginated] no number", "GET", TAGS + "?n=x"),
    Step("tags.GET[Paginated] negative", "GET", TAGS + "?n=-1"),
    Step("tags.GET blobs and no manifest", "GET", "/v2/other/tags/list"),
    Step("tags.GET unknown repository", "GET", "/v2/nobody/tags/list"),
    Step("tags.GET long name", "GET", f"/v2/{LONG}/tags/list"),
    Step("tags.GET with a slash", "GET", TAGS + "/?n=1"),
    Step("tags.HEAD", "HEAD", TAGS),
    Step("tags.DELETE", "DELETE", TAGS),
    Step("tags.OPTIONS", "OPTIONS", TAGS),
    Step("manifest.PUT for a second repository", "PUT", "/v2/other/manifests/1", AS_IMAGE, LACKING),
    Step("catalog.GET[Fetch]", "GET", "/v2/_catalog"),
    Step("catalog.GET[Paginated]", "GET", "/v2/_catalog?n=1"),
    Step("catalog.GET[Paginated] next", "GET", "/v2/_catalog?n=1&last=app"),
    Step("catalog.GET[Fetch] last", "GET", "/v2/_catalog?last=zzz"),
    Step("catalog.GET[Paginated] no number", "GET", "/v2/_catalog?n=x"),
    Step("catalog.POST", "POST", "/v2/_catalog"),
    Step("catalog.OPTIONS", "OPTIONS", "/v2/_catalog"),
)

DELETES = (
    Step("manifest.DELETE by tag", "DELETE", IMAGE_URL + "1.1"),
    Step("manifest.DELETE unknown tag", "DELETE", IMAGE_URL + "9.9"),
    Step("manifest.DELETE", "DELETE", IMAGE_URL + REVISION),
    Step("manifest.DELETE again", "DELETE", IMAGE_URL + REVISION),
    Step("manifest.DELETE unknown repository", "DELETE", f"/v2/nobody/manifests/{ABSENT}"),
    Step("manifest.GET deleted", "GET", IMAGE_URL + REVISION, ACCEPT),
    Step("manifest.GET tag of the deleted", "GET", IMAGE_URL + "1.0", ACCEPT),
    Step("tags.GET all deleted", "GET", TAGS),
    Step("blob.DELETE", "DELETE", BLOB_URL),
    Step("blob.DELETE again", "DELETE", BLOB_URL),
    Step("blob.GET deleted", "GET", BLOB_URL),
    Step("blob.GET mounted elsewhere", "GET", BLOB_URL.replace("app", "other")),
    Step("blob.DELETE short digest", "DELETE", "/v2/app/blobs/sha256:abc"),
)

STEPS = (*BASE, *UPLOADS, *BLOBS, *MANIFESTS, *LISTS, *DELETES)
