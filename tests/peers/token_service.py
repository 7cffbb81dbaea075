"""An authorization service for one registry: passwords in, signed tokens out.

It signs what docker-registry's `token` access controller verifies: RS256 with the
certificate in `x5c`, the claims of RFC 7519, and `access`.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ISSUER, SERVICE = "tests", "registry.example"


class Signer:
    """A key made for this run, and its certificate."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, ISSUER)])
        now = dt.datetime.now(dt.UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def token(self, subject: str, access: list[dict[str, Any]]) -> str:
        """A token that allows `subject` the `access`, for five minutes."""
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        header = {"typ": "JWT", "alg": "RS256", "x5c": [base64.b64encode(der).decode()]}
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": subject,
            "aud": SERVICE,
            "jti": f"{now}-{subject}",
            "iat": now,
            "nbf": now - 10,
            "exp": now + 300,
            "access": access,
        }
        signed = b".".join(_base64url(json.dumps(part).encode()) for part in (header, claims))
        signature = self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return b".".join((signed, _base64url(signature))).decode()


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def access(scope: str, allowed: set[str]) -> list[dict[str, Any]]:
    """What of a `scope` is granted when only `allowed` actions are."""
    kind, name, actions = scope.split(":")
    granted = [action for action in actions.split(",") if action in allowed]
    return [{"type": kind, "name": name, "actions": granted}]


class _Handler(BaseHTTPRequestHandler):
    signer: Signer
    users: dict[str, tuple[str, set[str]]]

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        encoded = self.headers.get("Authorization", "").removeprefix("Basic ")
        name, _, password = base64.b64decode(encoded).decode().partition(":")
        known, allowed = self.users.get(name, ("", set()))
        if not name or known != password or query.get("service") != SERVICE:
            self.send_error(401)
            return
        token = self.signer.token(name, access(query["scope"], allowed))
        body = json.dumps({"token": token, "expires_in": 300}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests read what the registry says."""


@contextmanager
def token_service(
    folder: Path, users: dict[str, tuple[str, set[str]]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A running service; gives its host and the `auth` of a registry that trusts it.

    `users` maps a name to the password and the actions that are allowed.
    """
    signer = Signer()
    bundle = folder / "issuer.pem"
    bundle.write_bytes(signer.certificate.public_bytes(serialization.Encoding.PEM))
    handler = type("Handler", (_Handler,), {"signer": signer, "users": users})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        host = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield (
                host,
                {
                    "token": {
                        "realm": f"http://{host}/token",
                        "service": SERVICE,
                        "issuer": ISSUER,
                        "rootcertbundle": str(bundle),
                    }
                },
            )
        finally:
            server.shutdown()
            thread.join()
