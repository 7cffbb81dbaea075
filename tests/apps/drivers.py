"""Requests sent straight to an application, as a server would: nothing is tidied on the way."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from routebook.envelope import decode
from routebook.errors import Error, ErrorGroup


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    parts: list[bytes] = field(default_factory=list)

    def codes(self, groups: Iterable[ErrorGroup]) -> list[str]:
        """The error codes of the envelope."""
        return [e.code.value for e in decode(self.body, groups) if isinstance(e, Error)]


Send = Callable[..., Reply]


def asgi(
    app: Callable[..., Awaitable[None]],
    method: str,
    target: str,
    headers: dict[str, str] | None = None,
    body: Iterable[bytes] = (),
    **scope: Any,
) -> Reply:
    """One request to an ASGI application; `scope` is laid over what it gives."""
    path, _, query = target.partition("?")
    given = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "server": ("127.0.0.1", 8000),
        "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in (headers or {}).items()],
        **scope,
    }
    incoming = [{"type": "http.request", "body": part, "more_body": True} for part in body]
    incoming.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Any] = []

    async def receive() -> Any:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(given, receive, send))  # type: ignore[arg-type]  # ASGI apps are coroutines
    start, *rest = sent
    assert [message.get("more_body") for message in rest] == [True] * (len(rest) - 1) + [False]
    names = {k.decode(): v.decode("latin-1") for k, v in start["headers"]}
    parts = [message["body"] for message in rest if message["body"]]
    return Reply(start["status"], names, b"".join(parts), parts)


def wsgi(
    app: Callable[..., Iterable[bytes]],
    method: str,
    target: str,
    headers: dict[str, str] | None = None,
    body: Iterable[bytes] = (),
    **environ: Any,
) -> Reply:
    """One request to a WSGI application; `environ` is laid over what it gives."""
    path, _, query = target.partition("?")
    content = b"".join(body)
    given = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "REQUEST_URI": target,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(content),
        **({"CONTENT_LENGTH": str(len(content))} if content else {}),
        **dict(_variables(headers or {})),
        **environ,
    }
    started: list[Any] = []
    result = app(given, lambda status, fields: started.append((status, fields)))
    try:
        parts = [part for part in result if part]
    finally:
        if hasattr(result, "close"):
            result.close()
    ((status, fields),) = started
    names = {name.lower(): value for name, value in fields}
    return Reply(int(status.partition(" ")[0]), names, b"".join(parts), parts)


def _variables(headers: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        variable = name.upper().replace("-", "_")
        yield variable if variable.startswith("CONTENT_") else f"HTTP_{variable}", value
