"""Sample requests are what is described, and curl sends them."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

import descriptions
from registry_api.v2 import API
from routebook import (
    BodyDescriptor,
    EncodingDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    SecurityRequirement,
    SecurityScheme,
    Type,
)
from routebook.views import reference
from routebook.views.model import VariantView
from support import require


def variants() -> Iterator[tuple[str, VariantView]]:
    for route in reference(API).routes:
        for operation in route.operations:
            for variant in operation.variants:
                yield operation.method.strip("`"), variant


CASES = [pytest.param(method, variant, id=variant.id) for method, variant in variants()]


@pytest.mark.parametrize(("method", "variant"), CASES)
def test_request_sample_is_a_request(method: str, variant: VariantView) -> None:
    """RFC 9112, section 2.1: request line, headers, an empty line, the body."""
    lines = variant.request.text.split("\n")
    assert lines[0].startswith(f"{method} /v2/")
    assert lines[0].endswith(" HTTP/1.1")
    head = lines[1 : lines.index("")] if "" in lines else lines[1:]
    names = [line.partition(": ")[0].lower() for line in head]
    assert names[0] == "host"
    assert len(set(names)) == len(names)


class Recorder(BaseHTTPRequestHandler):
    """Remembers the last request."""

    last: ClassVar[dict[str, Any]] = {}

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        Recorder.last = {
            "method": self.command,
            "target": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(length),
        }
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815  # as http.server calls them

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def send(command: str, folder: Path, server: str) -> dict[str, Any]:
    """Run a command of the reference as a shell does; what the server got."""
    require("curl", shutil.which("curl"))
    for word in shlex.split(command):
        if word.startswith("@") or "=@" in word:
            (folder / word.rpartition("@")[2].partition(";")[0]).write_bytes(b"\x00content")
    for host in ("https://registry.example.com", "https://api.example.com", "https://example.com"):
        command = command.replace(host, server)
    Recorder.last = {}
    done = subprocess.run(
        ["sh", "-c", command.replace("curl ", "curl -sS --max-time 20 ", 1)],
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "TOKEN": "secret",
            "API_KEY": "k&y",
            "USERNAME": "u",
            "PASSWORD": "p",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, (command, done.stderr)
    return Recorder.last


@pytest.mark.parametrize(("method", "variant"), CASES)
def test_curl_sends_the_described_request(
    method: str, variant: VariantView, server: str, tmp_path: Path
) -> None:
    got = send(variant.samples[0].text, tmp_path, server)
    assert got["method"] == method
    assert got["headers"]["authorization"] == "Bearer secret"
    target = urlsplit(got["target"])
    assert target.path.startswith("/v2/")
    assert "<" not in unquote(got["target"])
    sent = {name for name, _ in parse_qsl(target.query, keep_blank_values=True)}
    for field in variant.parameters:
        if field.required == "yes" and field.place == "query":
            assert field.name.strip("`") in sent
        if field.required == "yes" and field.place == "header":
            assert field.name.strip("`").lower() in got["headers"]
    if variant.body is not None and variant.body.required:
        assert got["body"] == b"\x00content"
        kind = variant.body.media[0].content_type.strip("`")
        assert got["headers"]["content-type"] == kind


def curl_of(**request: Any) -> str:
    security = request.pop("security", None)
    route = descriptions.route("thing", descriptions.request(**request), path="/things/{id}")
    api = descriptions.api(route, **(security or {}))
    return reference(api).routes[0].operations[0].variants[0].samples[0].text


ID = ParameterDescriptor(name="id", examples=("a b/c'd",))


def test_curl_quotes_what_a_shell_would_take(server: str, tmp_path: Path) -> None:
    command = curl_of(
        path_parameters=(ID,),
        query_parameters=(
            ParameterDescriptor(name="q", required=True, examples=("$(id) `x` & 'y' \"z\"",)),
            ParameterDescriptor(
                name="list", required=True, type=Type.ARRAY, examples=([1, "b"],), explode=False
            ),
        ),
        headers=(ParameterDescriptor(name="X-A", required=True, examples=("it's $HOME `id`",)),),
    )
    got = send(command, tmp_path, server)
    assert unquote(got["target"]).startswith("/things/a b/c'd?q=$(id) `x` & 'y' \"z\"&list=1,b")
    assert got["headers"]["x-a"] == "it's $HOME `id`"


def media(content_type: str, schema: Any, **more: Any) -> BodyDescriptor:
    return BodyDescriptor(
        required=True,
        content=(MediaTypeDescriptor(content_type=content_type, schema=schema, **more),),
    )


FORM = {
    "type": "object",
    "required": ["name", "file"],
    "properties": {
        "name": {"type": "string", "const": "a&b"},
        "file": {"type": "string", "contentMediaType": "image/png"},
    },
}


def test_curl_sends_json_forms_and_parts(server: str, tmp_path: Path) -> None:
    request = {"path_parameters": (ID,)}
    sent = send(curl_of(**request, body=media("application/json", FORM)), tmp_path, server)
    assert json.loads(sent["body"])["name"] == "a&b"
    kind = "application/x-www-form-urlencoded"
    sent = send(curl_of(**request, body=media(kind, FORM)), tmp_path, server)
    assert dict(parse_qsl(sent["body"].decode()))["name"] == "a&b"
    parts = (EncodingDescriptor(name="file", content_type="image/png"),)
    sent = send(
        curl_of(**request, body=media("multipart/form-data", FORM, encoding=parts)),
        tmp_path,
        server,
    )
    assert b'name="file"; filename="file.bin"' in sent["body"]
    assert b"\x00content" in sent["body"]


@pytest.mark.parametrize(
    ("scheme", "name", "expected"),
    [
        (SecurityScheme(name="s", type="http", scheme="basic"), "authorization", "Basic dTpw"),
        (SecurityScheme(name="s", type="oauth2"), "authorization", "Bearer secret"),
        (
            SecurityScheme(name="s", type="apiKey", parameter="X-Key", location="header"),
            "x-key",
            "k&y",
        ),
        (
            SecurityScheme(name="s", type="apiKey", parameter="key", location="cookie"),
            "cookie",
            "key=k&y",
        ),
    ],
    ids=str,
)
def test_curl_takes_credentials_from_the_environment(
    scheme: SecurityScheme, name: str, expected: str, server: str, tmp_path: Path
) -> None:
    security = {
        "security_schemes": (scheme,),
        "security": (SecurityRequirement(schemes={"s": ()}),),
    }
    got = send(curl_of(path_parameters=(ID,), security=security), tmp_path, server)
    assert got["headers"][name] == expected
