"""Samples of requests, run as their readers run them, against a server on loopback."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qsl, quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from routebook import APIDescriptor
from routebook.views import reference
from support import require

HOSTS = re.compile(r"https://(?:registry|ferries)\.example\.(?:com|net)")
SECRETS = {"TOKEN": "secret", "API_KEY": "k&y/1", "USERNAME": "ada", "PASSWORD": "l o:v=e"}
BINARY = b"\x00\xffcontent\r\n"
FILES = {
    **dict.fromkeys(("content.bin", "picture.bin", "plan.bin"), BINARY),
    **dict.fromkeys(("json-long.json", "json-patch.json"), b'{"from": "a file"}'),
}
USUAL_HEADERS = frozenset(
    {
        *("host", "connection", "content-length", "user-agent", "accept-encoding"),
        *("accept-language", "sec-fetch-mode", "referer"),
    }
)
"""Headers that clients send by themselves, and that do not change what is asked for."""


@dataclass(frozen=True)
class Recorded:
    """A request as it came."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __str__(self) -> str:
        """The request in a form that is the same whatever client sent it."""
        kept = sorted(
            f"{name}: {value}"
            for name, value in self.headers
            if name not in USUAL_HEADERS and (name, value) != ("accept", "*/*")
        )
        lines = (_plain(line) for line in kept)
        return "\n".join([f"{self.method} {self.target}", *lines, *self._content()])

    def _content(self) -> Iterator[str]:
        kind = dict(self.headers).get("content-type", "")
        if not self.body:
            return
        if "json" in kind:
            yield json.dumps(json.loads(self.body), sort_keys=True, ensure_ascii=False)
        elif "urlencoded" in kind:
            yield from map(repr, sorted(parse_qsl(self.body.decode(), keep_blank_values=True)))
        elif "multipart" in kind:
            yield from sorted(_parts(kind, self.body))
        else:
            yield repr(self.body)


def _plain(header: str) -> str:
    """A header without what differs by client: boundary, charset of forms, blanks, digest."""
    if header.startswith("authorization: Digest "):
        found = re.findall(r'(?:username|realm)="[^"]*"', header)
        return f"authorization: Digest {', '.join(sorted(found))}"
    if header.startswith("cookie:"):
        return re.sub(r"; *", "; ", header)
    header = re.sub(r"; boundary=.*", "", header)
    return re.sub(r"(urlencoded);charset=UTF-8$", r"\1", header)


def _parts(kind: str, body: bytes) -> Iterator[str]:
    """The parts, without what `FormData` of JavaScript makes of them.

    That gives a text with a media type a file name, and ends lines of others with CR LF, as the
    form of a page does (HTML, section 4.10.22.8).
    """
    raw = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
    for part in message_from_bytes(raw, policy=policy.HTTP).iter_parts():
        name = str(part["content-disposition"]).replace('; filename="blob"', "")
        name = name.replace('\\"', "%22")
        inner = part.get_payload(decode=True)
        assert isinstance(inner, bytes)
        kind = part.get("content-type") or "text"
        text = inner.replace(b"\r\n", b"\n") if kind == "text" else inner
        yield f"{name} | {kind} | {text!r}"


class _Handler(BaseHTTPRequestHandler):
    """Remembers requests by what the first segment of their path says."""

    protocol_version = "HTTP/1.1"
    records: dict[str, list[Recorded]]

    def answer(self) -> None:
        assert "chunked" not in self.headers.get("Transfer-Encoding", "")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        _, _, path = self.path.partition("/~")
        name = re.split(r"[/?]", path)[0]
        headers = tuple(
            (key.lower(), value.encode("latin-1").decode("utf-8", "replace"))
            for key, value in self.headers.items()
        )
        target = path.removeprefix(name)
        self.records.setdefault(name, []).append(Recorded(self.command, target, headers, body))
        if name.startswith("op-auth-digest") and "authorization" not in dict(headers):
            challenge = 'Digest realm="quay", nonce="n0", qop="auth", algorithm=MD5'
            self._send(401, ("WWW-Authenticate", challenge))
        elif name.startswith("op-redirected") and not target.endswith("/landed"):
            self._send(302, ("Location", f"/~{name}/landed"))
        else:
            binary = any(word in name for word in ("blob-get", "binary", "redirected"))
            kind = "application/octet-stream" if binary else "application/json"
            self._send(200, ("Content-Type", kind), BINARY if binary else b"{}")

    def _send(self, status: int, header: tuple[str, str], text: bytes = b"{}") -> None:
        self.send_response(status)
        self.send_header(*header)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815  # as http.server calls them
    do_OPTIONS = do_QUERY = answer  # noqa: N815  # the same

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def recording() -> Iterator[tuple[str, dict[str, list[Recorded]]]]:
    """A server on loopback: its URL, and what it is sent."""
    records: dict[str, list[Recorded]] = {}
    handler = type("Handler", (_Handler,), {"records": records})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", records
        server.shutdown()


def samples(api: APIDescriptor, language: str) -> dict[str, str]:
    """The samples of an API in a language, by the id of the variant."""
    found: dict[str, str] = {}
    view = reference(api, (language,))
    for route in (*view.routes, *view.webhooks):
        for operation in route.operations:
            for variant in operation.variants:
                found.update((variant.id, sample.text) for sample in variant.samples)
    return found


def sent(
    api: APIDescriptor, language: str, folder: Path, files: Mapping[str, bytes]
) -> dict[str, list[Recorded]]:
    """Run all samples of a language; what the server got, by the id of the variant.

    `files` are in the folder that they run in, besides `FILES`.
    """
    for name, content in {**FILES, **files}.items():
        (folder / name).write_bytes(content)
    certificate(folder)
    with recording() as (server, records):
        aimed = {
            name: HOSTS.sub(f"{server}/~{name}", text)
            for name, text in samples(api, language).items()
        }
        {
            "curl": run_curl,
            "python": run_python,
            "javascript": run_javascript,
            "go": run_go,
        }[language](aimed, server, folder)
    return records


def certificate(folder: Path) -> None:
    """A certificate for clients that names itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "client")])
    day = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day.replace(year=2120))
    shown = builder.sign(key, hashes.SHA256())
    form = (PrivateFormat.PKCS8, NoEncryption())
    (folder / "client.pem").write_bytes(shown.public_bytes(Encoding.PEM))
    (folder / "client.key").write_bytes(key.private_bytes(Encoding.PEM, *form))


def _environment(server: str, name: str) -> dict[str, str]:
    return {**SECRETS, "URL": f"{server}/~{name}/hook", "NO_PROXY": "*"}


def _done(command: list[str], folder: Path, env: Mapping[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,  # the first build of a Go that has not built anything takes a minute
    )
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])


def run_curl(aimed: Mapping[str, str], server: str, folder: Path) -> None:
    require("curl", shutil.which("curl"))
    for name, text in aimed.items():
        command = text.replace("curl", "curl -sS --fail --max-time 20", 1)
        env = _environment(server, name)
        if re.search(r"[?&]key=\$API_KEY", text):
            env["API_KEY"] = quote(env["API_KEY"], safe="")  # a shell fills it in as it is
        _done(["sh", "-c", command], folder, env)


def run_python(aimed: Mapping[str, str], server: str, folder: Path) -> None:
    """In this process: each sample is a module of its own."""
    with chdir(folder):
        for name, text in aimed.items():
            with patch.dict(os.environ, _environment(server, name)):
                exec(compile(text, f"{name}.py", "exec"), {})  # noqa: S102  # what is tested


def run_javascript(aimed: Mapping[str, str], server: str, folder: Path) -> None:
    """One process imports each sample as a module."""
    node = shutil.which("node")
    require("node", node)
    driver = []
    for name, text in aimed.items():
        (folder / f"{name}.mjs").write_text(text, encoding="utf-8")
        driver.append(f"process.env.URL = {json.dumps(f'{server}/~{name}/hook')};")
        driver.append(f"await import({json.dumps(f'./{name}.mjs')});")
    (folder / "driver.mjs").write_text("\n".join(driver), encoding="utf-8")
    _done([str(node), "driver.mjs"], folder, _environment(server, ""))


def run_go(aimed: Mapping[str, str], server: str, folder: Path) -> None:
    """One program is built that has the `main` of each sample as a function, and calls them."""
    go = shutil.which("go")
    require("go", go)
    module = folder / "program"
    module.mkdir()
    (module / "go.mod").write_text("module samples\n\ngo 1.19\n", encoding="utf-8")
    calls = []
    for count, (name, text) in enumerate(aimed.items()):
        assert text.count("\nfunc main() {\n") == 1
        function = text.replace("\nfunc main() {\n", f"\nfunc sample{count}() {{\n")
        (module / f"sample{count}.go").write_text(function, encoding="utf-8")
        calls.append(f'\tos.Setenv("URL", {json.dumps(f"{server}/~{name}/hook")})')
        calls.append(f"\tsample{count}()")
    driver = ["package main", "", 'import "os"', "", "func main() {", *calls, "}", ""]
    (module / "driver.go").write_text("\n".join(driver), encoding="utf-8")
    env = {"HOME": str(Path.home()), "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"}
    env |= {key: os.environ[key] for key in ("GOCACHE", "GOROOT") if key in os.environ}
    _done([str(go), "build", "-o", str(folder / "samples"), "."], module, env)
    _done([str(folder / "samples")], folder, _environment(server, ""))
