"""The example registry against the OCI Distribution Specification 1.1, category by category.

Each test says which endpoints of the specification (`end-2`...) it is about. The order and the
cases are those that a conformance run goes through: pull, push, discovery, management.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from apps.referrers import create
from peers_registry.images import CONFIG, INDEX, MANIFEST, digest_of
from registry_api.v2 import API
from routebook.envelope import decode
from routebook.errors import Error

FIRST, SECOND = b"a" * 1000, b"b" * 500
BLOB = FIRST + SECOND
EMPTY = b"{}"
OCTETS = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def client(registry_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{registry_url}/v2") as client:
        yield client


def refused(response: httpx.Response, status: int, *codes: str) -> None:
    """Check that an answer is a failure with these codes."""
    assert response.status_code == status
    found = decode(response.content, API.error_groups)
    assert [error.code.value for error in found if isinstance(error, Error)] == list(codes)


def push_blob(client: httpx.Client, content: bytes, name: str = "app") -> str:
    start = client.post(f"/{name}/blobs/uploads/")
    assert start.status_code == 202
    digest = digest_of(content)
    done = client.put(
        start.headers["Location"], params={"digest": digest}, content=content, headers=OCTETS
    )
    assert done.status_code == 201
    return digest


def manifest(config: bytes = EMPTY, layers: tuple[bytes, ...] = (), **more: Any) -> bytes:
    value = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {"mediaType": CONFIG, "digest": digest_of(config), "size": len(config)},
        "layers": [
            {"mediaType": "application/octet-stream", "digest": digest_of(one), "size": len(one)}
            for one in layers
        ],
        **more,
    }
    return json.dumps(value).encode()


def push(
    client: httpx.Client, content: bytes, reference: str = "", media_type: str = MANIFEST
) -> httpx.Response:
    reference = reference or digest_of(content)
    headers = {"Content-Type": media_type}
    return client.put(f"/app/manifests/{reference}", content=content, headers=headers)


def test_pull(client: httpx.Client) -> None:
    """end-1, end-2, end-3."""
    assert client.get("/").status_code == 200
    push_blob(client, EMPTY)
    image = manifest()
    push(client, image, "1")
    for reference in ("1", digest_of(image)):
        got, head = (
            client.request(method, f"/app/manifests/{reference}") for method in ("GET", "HEAD")
        )
        assert got.content == image
        assert (got.headers["Content-Type"], head.content) == (MANIFEST, b"")
        assert head.headers["Content-Length"] == str(len(image))
        assert head.headers["Docker-Content-Digest"] == digest_of(image)
    refused(client.get("/app/manifests/2"), 404, "MANIFEST_UNKNOWN")
    assert client.head("/app/manifests/2").status_code == 404
    blob = client.head(f"/app/blobs/{digest_of(EMPTY)}")
    assert (blob.status_code, blob.headers["Content-Length"]) == (200, "2")
    refused(client.get(f"/app/blobs/{digest_of(b'x')}"), 404, "BLOB_UNKNOWN")


def test_push_in_a_stream(client: httpx.Client) -> None:
    """end-4a, end-5, end-6: the body has no length, and comes in parts."""
    start = client.post("/app/blobs/uploads/")
    patched = client.patch(start.headers["Location"], content=iter([FIRST, SECOND]), headers=OCTETS)
    assert (patched.status_code, patched.headers["Range"]) == (202, "0-1499")
    done = client.put(patched.headers["Location"], params={"digest": digest_of(BLOB)})
    assert done.status_code == 201
    assert client.get(done.headers["Location"]).content == BLOB


def test_push_in_chunks(client: httpx.Client) -> None:
    """end-5, end-6, end-13: in order, with retries and a question in between."""
    location = client.post("/app/blobs/uploads/").headers["Location"]

    def patch(content: bytes, start: int) -> httpx.Response:
        headers = {**OCTETS, "Content-Range": f"{start}-{start + len(content) - 1}"}
        return client.patch(location, content=content, headers=headers)

    refused(patch(SECOND, 1000), 416, "RANGE_INVALID")
    first = patch(FIRST, 0)
    assert (first.status_code, first.headers["Range"]) == (202, "0-999")
    location = first.headers["Location"]
    refused(patch(FIRST, 0), 416, "RANGE_INVALID")
    status = client.get(location)
    assert (status.status_code, status.headers["Range"], status.content) == (204, "0-999", b"")
    location = status.headers["Location"]
    wrong = {**OCTETS, "Content-Range": "1000-1001"}
    refused(client.patch(location, content=SECOND, headers=wrong), 400, "SIZE_INVALID")
    malformed = {**OCTETS, "Content-Range": "bytes 1000-1499/1500"}
    refused(client.patch(location, content=SECOND, headers=malformed), 416, "RANGE_INVALID")
    done = client.put(
        location,
        params={"digest": digest_of(BLOB)},
        content=SECOND,
        headers={**OCTETS, "Content-Range": "1000-1499"},
    )
    assert done.status_code == 201
    assert client.get(done.headers["Location"]).content == BLOB


def test_push_at_once(client: httpx.Client) -> None:
    """end-4b."""
    target = "/app/blobs/uploads/"
    done = client.post(target, params={"digest": digest_of(BLOB)}, content=BLOB, headers=OCTETS)
    assert done.status_code == 201
    assert client.get(done.headers["Location"]).content == BLOB
    wrong = client.post(target, params={"digest": digest_of(b"x")}, content=BLOB, headers=OCTETS)
    refused(wrong, 400, "DIGEST_INVALID")


def test_another_algorithm(client: httpx.Client) -> None:
    location = client.post("/app/blobs/uploads/").headers["Location"]
    digest = f"sha512:{hashlib.sha512(BLOB).hexdigest()}"
    assert client.put(location, params={"digest": digest}, content=BLOB).status_code == 201
    assert client.get(f"/app/blobs/{digest}").content == BLOB
    push_blob(client, EMPTY)
    image = manifest()
    digest = f"sha512:{hashlib.sha512(image).hexdigest()}"
    assert push(client, image, digest).headers["Docker-Content-Digest"] == digest
    assert client.get(f"/app/manifests/{digest}").content == image


def test_mount(client: httpx.Client) -> None:
    """end-11."""
    digest = push_blob(client, BLOB)
    mounted = client.post("/other/blobs/uploads/", params={"mount": digest, "from": "app"})
    assert mounted.status_code == 201
    assert client.get(mounted.headers["Location"]).content == BLOB
    absent = {"mount": digest_of(b"x"), "from": "app"}
    assert client.post("/other/blobs/uploads/", params=absent).status_code == 202
    assert client.post("/third/blobs/uploads/", params={"mount": digest}).status_code == 202


def test_push_manifests(client: httpx.Client) -> None:
    """end-7."""
    push_blob(client, EMPTY)
    image = manifest()
    tagged = push(client, image, "1")
    assert (tagged.status_code, tagged.headers["Docker-Content-Digest"]) == (201, digest_of(image))
    assert client.get(tagged.headers["Location"]).content == image
    index = {
        "schemaVersion": 2,
        "manifests": [{"mediaType": MANIFEST, "digest": digest_of(image), "size": len(image)}],
    }
    assert push(client, json.dumps(index).encode(), "all", INDEX).status_code == 201
    refused(
        push(client, manifest(b"x", (b"y", EMPTY)), "2"),
        400,
        "MANIFEST_BLOB_UNKNOWN",
        "MANIFEST_BLOB_UNKNOWN",
    )
    refused(push(client, b"[]", "2"), 400, "MANIFEST_INVALID")
    refused(
        push(client, b'{"schemaVersion": 2, "config": 5, "layers": {}}'), 400, "MANIFEST_INVALID"
    )
    refused(push(client, b" " * (4 * 1024 * 1024 + 1), "2"), 400, "MANIFEST_INVALID")
    refused(push(client, image, digest_of(b"x")), 400, "DIGEST_INVALID")


def test_lists_in_pages(client: httpx.Client) -> None:
    """end-8a, end-8b, and the catalog."""
    push_blob(client, EMPTY)
    for tag in ("c", "a", "B", "d"):
        push(client, manifest(), tag)
    assert client.get("/app/tags/list").json() == {"name": "app", "tags": ["B", "a", "c", "d"]}
    pages, following = [], "/v2/app/tags/list?n=2"
    while following:
        answer = client.get(httpx.URL(str(client.base_url)).join(following))
        pages.append(answer.json()["tags"])
        following = answer.links.get("next", {}).get("url", "")
    assert pages == [["B", "a"], ["c", "d"]]
    none = client.get("/app/tags/list?n=0")
    assert (none.json()["tags"], none.links) == ([], {})
    assert client.get("/app/tags/list?n=5&last=bb").json()["tags"] == ["c", "d"]
    for name in ("x", "y/z"):
        push_blob(client, EMPTY, name)
    first = client.get("/_catalog?n=2")
    assert first.json() == {"repositories": ["app", "x"]}
    second = client.get(httpx.URL(str(client.base_url)).join(first.links["next"]["url"]))
    assert (second.json(), second.links) == ({"repositories": ["y/z"]}, {})
    refused(client.get("/_catalog?n=-1"), 400, "PAGINATION_NUMBER_INVALID")


def test_referrers(client: httpx.Client) -> None:
    """end-12a, end-12b: a route that the description of the API was extended by."""
    push_blob(client, EMPTY)
    image = manifest()
    subject = {"mediaType": MANIFEST, "digest": digest_of(image), "size": len(image)}
    signature = manifest(artifactType="x/signature", subject=subject, annotations={"a": "b"})
    config_type = manifest(subject=subject)
    pushed = [push(client, content) for content in (signature, config_type)]
    assert {answer.headers["OCI-Subject"] for answer in pushed} == {digest_of(image)}
    found = client.get(f"/app/referrers/{digest_of(image)}")
    assert found.headers["Content-Type"] == INDEX
    assert found.json()["manifests"] == [
        {
            "mediaType": MANIFEST,
            "digest": digest_of(signature),
            "size": len(signature),
            "artifactType": "x/signature",
            "annotations": {"a": "b"},
        },
        {
            "mediaType": MANIFEST,
            "digest": digest_of(config_type),
            "size": len(config_type),
            "artifactType": CONFIG,
        },
    ]
    filtered = client.get(f"/app/referrers/{digest_of(image)}", params={"artifactType": CONFIG})
    assert filtered.headers["OCI-Filters-Applied"] == "artifactType"
    assert [one["artifactType"] for one in filtered.json()["manifests"]] == [CONFIG]
    assert client.get(f"/nobody/referrers/{digest_of(b'x')}").json()["manifests"] == []
    refused(client.get("/app/referrers/sha256:abc"), 400, "DIGEST_INVALID")


def test_management(client: httpx.Client) -> None:
    """end-9, end-10, end-14."""
    digest = push_blob(client, EMPTY)
    image = manifest()
    for tag in ("1", "2", "3"):
        push(client, image, tag)
    assert client.delete("/app/manifests/1").status_code == 202
    refused(client.delete("/app/manifests/1"), 404, "MANIFEST_UNKNOWN")
    assert client.get("/app/tags/list").json()["tags"] == ["2", "3"]
    assert client.get(f"/app/manifests/{digest_of(image)}").status_code == 200
    assert client.delete(f"/app/manifests/{digest_of(image)}").status_code == 202
    assert client.get("/app/tags/list").json()["tags"] == []
    refused(client.get("/app/manifests/2"), 404, "MANIFEST_UNKNOWN")
    assert client.delete(f"/app/blobs/{digest}").status_code == 202
    refused(client.delete(f"/app/blobs/{digest}"), 404, "BLOB_UNKNOWN")
    upload = client.post("/app/blobs/uploads/").headers["Location"]
    assert client.delete(upload).status_code == 204
    refused(client.get(upload), 404, "BLOB_UPLOAD_UNKNOWN")


def test_an_upload_that_breaks_off_leaves_the_upload_as_it_was(client: httpx.Client) -> None:
    location = client.post("/app/blobs/uploads/").headers["Location"]

    def broken() -> Iterator[bytes]:
        yield FIRST
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        client.patch(location, content=broken())
    assert client.get(location).headers["Range"] == "0-0"
    assert client.patch(location, content=FIRST).headers["Range"] == "0-999"


def test_locations_are_those_that_the_client_sees(client: httpx.Client) -> None:
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "registry.example.com"}
    start = client.post("/app/blobs/uploads/", headers=proxied)
    location = "https://registry.example.com/v2/app/blobs/uploads/"
    assert start.headers["Location"] == location + start.headers["Docker-Upload-UUID"]


def test_a_mounted_registry_knows_where_it_is() -> None:
    app = Starlette(routes=[Mount("/in/here", create())])

    async def start() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://host") as client:
            return await client.post("/in/here/v2/app/blobs/uploads/")

    location = asyncio.run(start()).headers["Location"]
    assert location.startswith("http://host/in/here/v2/app/blobs/uploads/")
