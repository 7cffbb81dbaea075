"""The description against a real registry: whatever it answers is described."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jsonschema import Draft202012Validator

from peers.registries import PROGRAM, registry
from registry_api.v2 import API
from routebook import MethodDescriptor, RequestDescriptor, ResponseDescriptor
from routebook.paths import parse
from routebook.schemas import to_json_schema
from support import require

SCHEMA2 = "application/vnd.docker.distribution.manifest.v2+json"
OCI = "application/vnd.oci.image.manifest.v1+json"
DEFINITIONS: dict[str, Any] = {}
for _schema in API.schemas.values():
    to_json_schema(_schema, DEFINITIONS)


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


LAYER = b"layer" * 200
CONFIG = b"{}"
ABSENT = digest(b"nobody has this")
MANIFEST = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": SCHEMA2,
        "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": len(CONFIG),
            "digest": digest(CONFIG),
        },
        "layers": [
            {
                "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
                "size": len(LAYER),
                "digest": digest(LAYER),
            }
        ],
    }
).encode()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    described: ResponseDescriptor


class Client:
    """Sends requests, and looks each answer up in the description."""

    def __init__(self, root: str) -> None:
        self.host = urlsplit(root).netloc

    def __call__(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.request(method, target, body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        try:
            content = response.read()
        except http.client.IncompleteRead:  # 412 and 416 announce a body that they do not send
            content = b""
        connection.close()
        variant = described_request(method, parts.path, parts.query, headers or {})
        found = {name.lower(): value for name, value in response.getheaders()}
        described = described_answer(variant, response.status, found, content, method)
        return Answer(response.status, found, content, described)


def described_request(
    method: str, path: str, query: str, headers: Mapping[str, str]
) -> RequestDescriptor:
    operation = next(
        one
        for route in API.routes
        if re.fullmatch(f"(?:{parse(route.path).regex.rstrip('/')})/?", path, re.ASCII)
        for one in route.methods
        if one.method == method
    )
    present = {f"query.{name}" for name in parse_qs(query)}
    present |= {f"header.{name}" for name in headers}
    return next(one for one in operation.requests if holds(one, present))


def holds(request: RequestDescriptor, present: set[str]) -> bool:
    if request.condition is None:
        return True
    return present >= set(request.condition.present) and not present & set(request.condition.absent)


def described_answer(
    request: RequestDescriptor, status: int, headers: Mapping[str, str], body: bytes, method: str
) -> ResponseDescriptor:
    """The described answer that this one is; fails when there is none."""
    reasons = []
    for response in (*request.successes, *request.failures):
        if response.status_code == status:
            reason = difference(response, headers, body, method)
            if not reason:
                return response
            reasons.append(f"{response.name}: {reason}")
    pytest.fail(f"{method} [{request.name}] {status} {body[:200]!r} is not described: {reasons}")


def difference(
    response: ResponseDescriptor, headers: Mapping[str, str], body: bytes, method: str
) -> str:
    for header in response.headers:
        value = headers.get(header.name.lower())
        if value is None and header.required:
            return f"no {header.name}"
        if value is not None and header.regexp and not re.fullmatch(header.regexp, value):
            return f"{header.name}: {value}"
    if "docker-distribution-api-version" not in headers:
        return "no version"
    if method == "HEAD" or not body or response.body is None:
        return "" if method == "HEAD" or not response.error_codes else "no body"
    kind = headers["content-type"].partition(";")[0]
    content = next((one for one in response.body.content if one.content_type == kind), None)
    if content is None:
        return f"is {kind}"
    if "json" not in kind:
        return ""
    document = json.loads(body)
    root = {
        "$ref": "#/it",
        "it": to_json_schema(content.schema, DEFINITIONS),
        "components": {"schemas": DEFINITIONS},
    }
    wrong = [error.message for error in Draft202012Validator(root).iter_errors(document)]
    codes = {error.value for error in response.error_codes}
    unknown = [one["code"] for one in document.get("errors", ()) if one["code"] not in codes]
    return "; ".join([*wrong, *unknown])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    require("docker-registry", PROGRAM)
    with registry(tmp_path_factory.mktemp("registry")) as root:
        client = Client(root)
        for content in (LAYER, CONFIG):
            push(client, "foo/bar", content)
        headers = {"Content-Type": SCHEMA2}
        assert client("PUT", "/v2/foo/bar/manifests/1.0", MANIFEST, headers).status == 201
        yield client


def start(client: Client, repository: str = "foo/bar") -> str:
    answer = client("POST", f"/v2/{repository}/blobs/uploads/")
    assert answer.described.name == "Upload Started"
    return answer.headers["location"]


def push(client: Client, repository: str, content: bytes) -> Answer:
    answer = client("PUT", f"{start(client, repository)}&digest={digest(content)}", content)
    assert answer.described.name == "Upload Complete"
    return answer


BLOB = f"/v2/foo/bar/blobs/{digest(LAYER)}"
TAG = f'"{digest(LAYER)}"'
BY_TAG = "/v2/foo/bar/manifests/1.0"
BY_DIGEST = f"/v2/foo/bar/manifests/{digest(MANIFEST)}"


@pytest.mark.parametrize(
    ("method", "path", "headers", "name"),
    [
        ("GET", "/v2/", {}, "Supported"),
        ("GET", "/v2", {}, "Moved Permanently"),
        ("GET", "/v2/foo/bar/tags/list", {}, "Tag List"),
        ("GET", "/v2/foo/bar/tags/list/", {}, "Moved Permanently"),
        ("GET", "/v2/foo/bar/tags/list?n=1", {}, "Tag Page"),
        ("GET", "/v2/none/tags/list", {}, "No Such Repository Error"),
        ("GET", f"/v2/{'a' * 300}/tags/list", {}, "Internal Error"),
        ("GET", "/v2/_catalog", {}, "Repository List"),
        ("GET", "/v2/_catalog?n=1", {}, "Repository Page"),
        ("GET", "/v2/_catalog?n=2000000", {}, "Invalid pagination number"),
        ("GET", BY_TAG, {"Accept": SCHEMA2}, "Manifest"),
        ("GET", BY_TAG, {}, "Invalid Name or Reference"),
        ("GET", BY_TAG, {"If-None-Match": f'"{digest(MANIFEST)}"'}, "Not Modified"),
        ("GET", "/v2/foo/bar/manifests/2.0", {}, "Manifest Unknown"),
        ("GET", f"/v2/foo/bar/manifests/{ABSENT}", {}, "Manifest Unknown"),
        ("GET", "/v2/none/manifests/1.0", {}, "Manifest Unknown"),
        ("HEAD", BY_DIGEST, {"Accept": SCHEMA2}, "Manifest Exists"),
        ("HEAD", BY_DIGEST, {"If-None-Match": f'"{digest(MANIFEST)}"'}, "Not Modified"),
        ("HEAD", "/v2/foo/bar/manifests/2.0", {}, "Manifest Unknown"),
        ("DELETE", BY_TAG, {}, "Invalid Name or Reference"),
        ("DELETE", f"/v2/foo/bar/manifests/{ABSENT}", {}, "Unknown Manifest"),
        ("GET", BLOB, {}, "Blob"),
        ("GET", BLOB, {"If-None-Match": TAG}, "Not Modified"),
        ("GET", BLOB, {"If-Match": '"other"'}, "Precondition Failed"),
        ("GET", BLOB, {"Range": "bytes=0-9"}, "Partial Content"),
        ("GET", BLOB, {"Range": "bytes=0-9,20-29"}, "Partial Content"),
        ("GET", BLOB, {"Range": "bytes=0-9", "If-Range": '"other"'}, "Whole Blob"),
        ("GET", BLOB, {"Range": "bytes=90000-"}, "Range Not Satisfiable"),
        ("GET", f"/v2/foo/bar/blobs/{ABSENT}", {}, "Blob Unknown"),
        ("GET", "/v2/foo/bar/blobs/sha256:abc", {}, "Invalid Name or Digest"),
        ("HEAD", BLOB, {}, "Blob Exists"),
        ("HEAD", BLOB, {"If-None-Match": TAG}, "Not Modified"),
        ("HEAD", BLOB, {"If-Match": '"other"'}, "Precondition Failed"),
        ("HEAD", f"/v2/foo/bar/blobs/{ABSENT}", {}, "Blob Unknown"),
        ("HEAD", "/v2/foo/bar/blobs/md5:abc", {}, "Invalid Name or Digest"),
        ("DELETE", f"/v2/foo/bar/blobs/{ABSENT}", {}, "Blob Unknown"),
        ("POST", f"/v2/foo/bar/blobs/uploads/?digest={digest(LAYER)}", {}, "Upload Started"),
        ("POST", f"/v2/baz/blobs/uploads/?mount={digest(LAYER)}&from=foo/bar", {}, "Created"),
        ("POST", f"/v2/baz/blobs/uploads/?mount={ABSENT}&from=foo/bar", {}, "Mount Failed"),
        ("POST", f"/v2/baz/blobs/uploads/?mount={digest(LAYER)}", {}, "Mount Failed"),
        ("GET", "/v2/foo/bar/blobs/uploads/none", {}, "Upload Unknown"),
        ("DELETE", "/v2/foo/bar/blobs/uploads/none", {}, "Upload Unknown"),
    ],
)
def test_answers(
    client: Client, method: str, path: str, headers: dict[str, str], name: str
) -> None:
    assert client(method, path, headers=headers).described.name == name


@pytest.mark.parametrize(
    ("reference", "content", "kind", "name"),
    [
        ("1.0", MANIFEST, SCHEMA2, "Created"),
        (digest(MANIFEST), MANIFEST, SCHEMA2, "Created"),
        (ABSENT, MANIFEST, SCHEMA2, "Invalid Manifest"),
        ("1.0", MANIFEST, "text/plain", "Invalid Manifest"),
        ("1.0", b"{", SCHEMA2, "Invalid Manifest"),
        (
            "1.0",
            MANIFEST.replace(digest(LAYER).encode(), ABSENT.encode()),
            SCHEMA2,
            "Missing Layer(s)",
        ),
    ],
)
def test_pushing_a_manifest(
    client: Client, reference: str, content: bytes, kind: str, name: str
) -> None:
    headers = {"Content-Type": kind}
    answer = client("PUT", f"/v2/foo/bar/manifests/{reference}", content, headers)
    assert answer.described.name == name


def test_an_upload_in_chunks(client: Client) -> None:
    content = b"x" * 300
    old = start(client)
    answer = client("PATCH", old, content[:100], {"Content-Range": "0-99"})
    assert (answer.described.name, answer.headers["range"]) == ("Chunk Accepted", "0-99")
    answer = client("PATCH", answer.headers["location"], content[100:200])
    assert (answer.described.name, answer.headers["range"]) == ("Data Accepted", "0-199")
    answer = client("GET", answer.headers["location"])
    assert (answer.described.name, answer.headers["range"]) == ("Upload Progress", "0-199")
    wrong = client("PATCH", old, content[100:200])
    assert wrong.described.name in {"Upload Unknown", "Range Not Satisfiable"}
    location = f"{answer.headers['location']}&digest={digest(content)}"
    assert client("PUT", location, content[200:]).described.name == "Upload Complete"
    assert client("GET", answer.headers["location"]).described.name == "Upload Unknown"


def test_uploads_that_come_to_nothing(client: Client) -> None:
    url = start(client)
    wrong = client("PATCH", url, b"x", {"Content-Type": "text/plain"})
    assert wrong.described.name == "Internal Error"
    assert client("DELETE", url).described.name == "Upload Deleted"
    assert client("DELETE", url).described.name == "Upload Unknown"
    for query in ("", "&digest=sha256:abc", f"&digest={ABSENT}"):
        assert client("PUT", start(client) + query, b"x").described.name == "Invalid Digest"


def test_pages_of_repositories(client: Client) -> None:
    push(client, "another", b"1")
    push(client, "other", b"2")
    pages, url = [], "/v2/_catalog?n=1"
    while url:
        answer = client("GET", url)
        pages.append(json.loads(answer.body)["repositories"])
        link = re.match(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        url = link[1] if link else ""
    assert all(len(page) <= 1 for page in pages)
    names = [name for page in pages for name in page]
    assert names == sorted(names)
    assert {"another", "foo/bar", "other"} <= set(names)


def test_deleting(client: Client) -> None:
    content = b"short-lived"
    push(client, "gone", content)
    push(client, "gone", CONFIG)
    manifest = json.loads(MANIFEST)
    manifest["layers"] = []
    text = json.dumps(manifest).encode()
    client("PUT", "/v2/gone/manifests/1.0", text, {"Content-Type": SCHEMA2})
    for path, name in (
        (f"/v2/gone/manifests/{digest(text)}", "Manifest Deleted"),
        (f"/v2/gone/manifests/{digest(text)}", "Unknown Manifest"),
        (f"/v2/gone/blobs/{digest(content)}", "Blob Deleted"),
        (f"/v2/gone/blobs/{digest(content)}", "Blob Unknown"),
    ):
        assert client("DELETE", path).described.name == name
    assert client("GET", "/v2/gone/tags/list").described.name == "Tag List"


def test_credentials(tmp_path: Path) -> None:
    require("docker-registry", PROGRAM)
    (tmp_path / "htpasswd").write_text("")
    auth = {"htpasswd": {"realm": "Registry", "path": str(tmp_path / "htpasswd")}}
    with registry(tmp_path, auth) as root:
        client = Client(root)
        for method, path in (("GET", "/v2/"), ("GET", "/v2/_catalog"), ("HEAD", BY_TAG)):
            answer = client(method, path)
            assert answer.described.name == "Authentication Required"
            assert answer.headers["www-authenticate"] == 'Basic realm="Registry"'


def test_head_is_described_as_get_is() -> None:
    for route in API.routes:
        methods: dict[str, MethodDescriptor] = {one.method: one for one in route.methods}
        if "HEAD" in methods:
            statuses = {
                one.status_code
                for request in methods["GET"].requests
                for one in (*request.successes, *request.failures)
            }
            for request in methods["HEAD"].requests:
                answers = (*request.successes, *request.failures)
                assert {one.status_code for one in answers} <= statuses
