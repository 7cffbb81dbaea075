"""References to the web: only what was allowed is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from routebook.documents import bundle, fetching, parse
from routebook.documents.fetching import is_allowed
from routebook.findings import DescriptionError

ANSWERS = {
    "/lib/pet.yaml": "properties: {owner: {$ref: 'more/owner.json#/Owner'}}",
    "/lib/more/owner.json": '{"Owner": {"title": "owner", "not": {"$ref": "/lib/pet.yaml"}}}',
    "/lib/out.yaml": "not: {$ref: ../other/a.yaml}",
    "/other/a.yaml": "title: other",
    "/lib/broken.yaml": "a: [",
    "/lib/file.yaml": "not: {$ref: 'file:///etc/hostname'}",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/lib/moved"):
            self.send_response(302)
            self.send_header("Location", self.path.replace("/lib/moved", ""))
            self.end_headers()
            return
        text = ANSWERS.get(self.path)
        self.send_response(404 if text is None else 200)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def schemas(reference: str, *allowed: str) -> dict[str, object]:
    text = f"openapi: 3.1.0\ncomponents: {{schemas: {{A: {{not: {{$ref: '{reference}'}}}}}}}}"
    data = bundle(parse(text, "a.yaml"), allow_refs=allowed).data
    found: dict[str, object] = data["components"]["schemas"]
    return found


def test_what_is_allowed_is_fetched_and_what_it_refers_to(site: str) -> None:
    found = schemas(f"{site}/lib/pet.yaml", f"{site}/lib/")
    assert found == {
        "A": {"not": {"$ref": "#/components/schemas/pet"}},
        "pet": {"properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
        "Owner": {"title": "owner", "not": {"$ref": "#/components/schemas/pet"}},
    }


@pytest.mark.parametrize(
    ("reference", "allowed", "message"),
    [
        ("/lib/pet.yaml", "/other", "nothing is fetched unless it is allowed"),
        ("/lib/out.yaml", "/lib", "/other/a.yaml is on the web"),
        ("/lib/moved/other/a.yaml", "/lib", "redirects to"),
        ("/lib/none.yaml", "/lib", "cannot be fetched: HTTP Error 404"),
        ("/lib/broken.yaml", "/lib", "/lib/broken.yaml:1:5: is not YAML"),
        ("/lib/file.yaml", "/lib", "expected a file or a web address"),
    ],
)
def test_what_is_refused(site: str, reference: str, allowed: str, message: str) -> None:
    with pytest.raises(DescriptionError) as caught:
        schemas(f"{site}{reference}", f"{site}{allowed}")
    assert message in str(caught.value)
    assert all(finding.location for finding in caught.value.findings)


def test_redirections_inside_of_what_is_allowed(site: str) -> None:
    found = schemas(f"{site}/lib/moved/other/a.yaml", f"{site}/lib", f"{site}/other")
    assert found["a"] == {"title": "other"}


def test_what_is_too_large(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 10)
    with pytest.raises(DescriptionError, match="is larger than"):
        schemas(f"{site}/lib/pet.yaml", site)


def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(DescriptionError, match="cannot be fetched"):
        schemas("http://127.0.0.1:9/a.yaml", "http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("url", "allowed", "expected"),
    [
        ("https://a.example/x/y.yaml", "https://a.example/x", True),
        ("https://a.example/x/y.yaml", "https://a.example/x/", True),
        ("https://a.example/x/y.yaml", "https://a.example", True),
        ("https://a.example/x/y.yaml", "https://a.example/x/y.yaml", True),
        ("https://A.example/x", "HTTPS://a.EXAMPLE/x", True),
        ("https://a.example/xy", "https://a.example/x", False),
        ("https://a.example.evil/x", "https://a.example", False),
        ("https://a.example@evil/x", "https://a.example", False),
        ("http://a.example/x", "https://a.example", False),
        ("https://a.example:444/x", "https://a.example", False),
        ("https://a.example/x/../y", "https://a.example/x", False),
        ("https://a.example/x/%2E%2e/y", "https://a.example/x", False),
        ("https://a.example/x", "/x", False),
    ],
)
def test_what_allows_what(url: str, allowed: str, expected: bool) -> None:
    assert is_allowed(url, [allowed]) is expected
