"""An ASGI application from a description and its handlers (ASGI 3.0; HTTP and lifespan).

    @handles(RouteName.BLOB, "GET")
    async def get_blob(request: Request) -> Response:
        return Response(200, body=blobs[request.values["digest"]])

    app = ASGI(API, handlers_of(sys.modules[__name__]))

It needs no framework, and mounts inside any: `Mount("/registry", app)`.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    MutableMapping,
)
from inspect import isawaitable
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from routebook import messages
from routebook.descriptors import APIDescriptor
from routebook.dispatch import Dispatcher, handlers_of, handles
from routebook.findings import RoutebookError
from routebook.messages import Fields, Match, Origin, Response
from routebook.refusals import Refusals

__all__ = ["ASGI", "ClientDisconnected", "Handler", "Request", "Response", "handlers_of", "handles"]

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class ClientDisconnected(Exception):  # noqa: N818 - what happened, and nobody's error
    """The client went away before its request was read to the end."""


class Request(messages.Request):
    """A request, its body read as it comes."""

    def __init__(
        self, match: Match, scope: Scope, receive: Receive, *, query: Fields, headers: Fields
    ) -> None:
        origin = _origin(scope, headers)
        super().__init__(match, origin, method=scope["method"], query=query, headers=headers)
        self.scope = scope
        """The ASGI scope, for what middleware puts there."""
        self._receive = receive
        self._consumed = False

    async def stream(self) -> AsyncIterator[bytes]:
        """The parts of the body. It can be read once.

        Raises `ClientDisconnected` when it ends early, and `RoutebookError` the second time.
        """
        if self._consumed:
            raise RoutebookError("the body has been read", hint="keep what the first reading gave")
        self._consumed = True
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnected
            if message.get("body"):
                yield message["body"]
            more = message.get("more_body", False)

    async def body(self, *, limit: int | None = None) -> bytes:
        """The whole body; raises `ValueError` when it has more than `limit` bytes."""
        parts = bytearray()
        async for part in self.stream():
            parts += part
            if limit is not None and len(parts) > limit:
                raise ValueError(f"the body has more than {limit} bytes")
        return bytes(parts)


Handler: TypeAlias = Callable[[Request], Awaitable[Response] | Response]
"""What serves a method: a coroutine function, or a plain one that never blocks."""


class ASGI:
    """The application; see `Dispatcher` for what its arguments mean and raise."""

    def __init__(
        self,
        api: APIDescriptor,
        handlers: Mapping[tuple[str, str], Handler | None],
        *,
        prefix: str = "",
        headers: Mapping[str, str] | None = None,
        refusals: Refusals | None = None,
    ) -> None:
        """`headers` are sent with every answer that does not set them itself."""
        self._dispatcher = Dispatcher(
            api, handlers, prefix=prefix, headers=headers, refusals=refusals
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the lifespan's messages."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            raise RoutebookError(f"ASGI's {scope['type']!r} is not served here")

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._respond(scope, receive)
        except ClientDisconnected:
            return
        head = scope["method"] == "HEAD"
        complete = response.completed(self._dispatcher.headers, head=head)
        try:
            await _send(complete, send)
        finally:
            await _close(response.body)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        headers = messages.headers(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        )
        query_string = scope["query_string"].decode("latin-1")
        query = messages.query(query_string)
        mount, path = _mounted(scope)
        target = (f"{path}?{query_string}" if query_string else path).encode("latin-1")
        try:
            found = self._dispatcher.find(scope["method"], target, query, headers, mount=mount)
            if isinstance(found, Response):
                return found
            handler, match = found
            answer = handler(Request(match, scope, receive, query=query, headers=headers))
            return self._dispatcher.answered(
                handler, await answer if isawaitable(answer) else answer
            )
        except ClientDisconnected:
            raise
        except Exception as failure:  # noqa: BLE001 - a server answers whatever goes wrong
            return self._dispatcher.failed(failure)


def _mounted(scope: Scope) -> tuple[str, str]:
    """Where the application is mounted, and the path below it, percent-encoded both.

    Frameworks that mount leave the whole path and say in `root_path` how much of it is theirs;
    older ones take it off `path` themselves.
    """
    root = scope.get("root_path", "").rstrip("/")
    encoded = quote(root, safe=_SAFE)
    path = scope["path"]
    below = path[len(root) :] if path.startswith(root + "/") or path == root else path
    raw = (scope.get("raw_path") or b"").partition(b"?")[0].decode("latin-1")
    for candidate in (raw, raw[len(encoded) :] if raw.startswith(encoded) else ""):
        if candidate and unquote(candidate) == below:
            return encoded, candidate
    return encoded, raw if raw and not root else quote(below, safe=_SAFE) or "/"


_SAFE = "/:@!$&'()*+,;=-._~"


def _origin(scope: Scope, headers: Fields) -> Origin:
    server = scope.get("server") or ("localhost", None)
    port = "" if server[1] is None else f":{server[1]}"
    host = headers.get("Host") or f"{server[0]}{port}"
    return Origin(scope.get("scheme", "http"), host, _mounted(scope)[0])


async def _send(response: Response, send: Send) -> None:
    raw = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in response.headers]
    await send({"type": "http.response.start", "status": response.status, "headers": raw})
    if not isinstance(response.body, bytes):
        async for part in _parts(response.body):
            await send({"type": "http.response.body", "body": part, "more_body": True})
    last = response.body if isinstance(response.body, bytes) else b""
    await send({"type": "http.response.body", "body": last, "more_body": False})


async def _parts(body: Iterable[bytes] | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(body, AsyncIterable):
        async for part in body:
            yield part
    else:
        for part in body:
            yield part


async def _close(body: object) -> None:
    """Give files and generators behind a body back, also when nothing was read of it."""
    for name in ("aclose", "close"):
        close = getattr(body, name, None)
        if close is not None:
            result = close()
            if isawaitable(result):
                await result
            return


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
