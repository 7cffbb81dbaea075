"""A WSGI application from a description and its handlers (PEP 3333).

    @handles(RouteName.BLOB, "GET")
    def get_blob(request: Request) -> Response:
        return Response(200, body=blobs[request.values["digest"]])

    app = WSGI(API, handlers_of(sys.modules[__name__]))

It needs no framework, and mounts beside any: Werkzeug's `DispatcherMiddleware(flask_app,
{"/registry": app})`.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote, unquote_to_bytes

from routebook import messages
from routebook.descriptors import APIDescriptor
from routebook.dispatch import Dispatcher, handlers_of, handles
from routebook.findings import RoutebookError
from routebook.messages import Fields, Match, Origin, Response
from routebook.refusals import Refusals

if TYPE_CHECKING:
    from wsgiref.types import InputStream, StartResponse, WSGIEnvironment

__all__ = ["WSGI", "Handler", "IncompleteBody", "Request", "Response", "handlers_of", "handles"]

_CHUNK = 64 * 1024
_SAFE = "/:@!$&'()*+,;=-._~"


class IncompleteBody(Exception):  # noqa: N818 - what happened, and nobody's error
    """The body ended before the length that was announced: the client went away."""


class Request(messages.Request):
    """A request, its body read as it comes."""

    def __init__(
        self, match: Match, environ: WSGIEnvironment, *, query: Fields, headers: Fields
    ) -> None:
        host = headers.get("Host") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        origin = Origin(environ["wsgi.url_scheme"], host, _mount(environ))
        method = environ["REQUEST_METHOD"]
        super().__init__(match, origin, method=method, query=query, headers=headers)
        self.environ = environ
        """The WSGI environment, for what middleware puts there."""
        self._consumed = False

    def stream(self) -> Iterator[bytes]:
        """The parts of the body. It can be read once.

        Raises `IncompleteBody` when it ends early, and `RoutebookError` the second time.
        """
        if self._consumed:
            raise RoutebookError("the body has been read", hint="keep what the first reading gave")
        self._consumed = True
        source: InputStream = self.environ["wsgi.input"]
        length = self.environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            yield from _exactly(source, int(length))
        elif self.environ.get("wsgi.input_terminated"):
            while part := source.read(_CHUNK):
                yield part

    def body(self, *, limit: int | None = None) -> bytes:
        """The whole body; raises `ValueError` when it has more than `limit` bytes."""
        parts = bytearray()
        for part in self.stream():
            parts += part
            if limit is not None and len(parts) > limit:
                raise ValueError(f"the body has more than {limit} bytes")
        return bytes(parts)


def _exactly(source: InputStream, length: int) -> Iterator[bytes]:
    while length:
        part = source.read(min(length, _CHUNK))
        if not part:
            raise IncompleteBody
        length -= len(part)
        yield part


Handler: TypeAlias = Callable[[Request], Response]
"""What serves a method."""


class WSGI:
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

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        response = self._respond(environ)
        head = environ["REQUEST_METHOD"] == "HEAD"
        complete = response.completed(self._dispatcher.headers, head=head)
        start_response(_status_line(complete.status), complete.headers)
        if isinstance(complete.body, bytes):
            _close(response.body)
            return [complete.body]
        return _Parts(complete.body)

    def _respond(self, environ: WSGIEnvironment) -> Response:
        headers = messages.headers(_header_fields(environ))
        query_string = environ.get("QUERY_STRING", "")
        query = messages.query(query_string)
        path = _path(environ)
        target = _bytes(f"{path}?{query_string}" if query_string else path)
        method = environ["REQUEST_METHOD"]
        try:
            found = self._dispatcher.find(method, target, query, headers, mount=_mount(environ))
            if isinstance(found, Response):
                return found
            handler, match = found
            request = Request(match, environ, query=query, headers=headers)
            answer = self._dispatcher.answered(handler, handler(request))
            if isinstance(answer.body, AsyncIterable):
                raise RoutebookError("WSGI cannot send an asynchronous body", hint="use ASGI")
        except IncompleteBody:
            return self._dispatcher.bad_request("the body ended before its announced length")
        except Exception as failure:  # noqa: BLE001 - a server answers whatever goes wrong
            return self._dispatcher.failed(failure)
        return answer


class _Parts:
    """The parts of a body, with the `close` that servers call in any case (PEP 3333)."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        _close(self._body)


def _close(body: object) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _status_line(status: int) -> str:
    phrases = {known.value: known.phrase for known in HTTPStatus}
    return f"{status} {phrases.get(status, 'Unknown')}"


def _header_fields(environ: WSGIEnvironment) -> Iterator[tuple[str, str]]:
    for key, value in environ.items():
        if key.startswith("HTTP_"):
            yield key[5:].replace("_", "-"), value
        elif key in ("CONTENT_TYPE", "CONTENT_LENGTH") and value:
            yield key.replace("_", "-"), value


def _path(environ: WSGIEnvironment) -> str:
    """The path below the mount point as it stood on the request line, or one that means the same.

    Where a server keeps the request line (`REQUEST_URI`, `RAW_URI`), a malformed escape in it
    is still there to be refused; elsewhere the server has decoded it in its own way.
    """
    script, below = _bytes(environ.get("SCRIPT_NAME", "")), _bytes(environ.get("PATH_INFO", ""))
    raw = str(environ.get("REQUEST_URI") or environ.get("RAW_URI") or "").partition("?")[0]
    mount = quote(script, safe=_SAFE)
    if raw.startswith(mount) and unquote_to_bytes(raw) == script + below:
        return raw[len(mount) :]
    return quote(below, safe=_SAFE) or "/"


def _bytes(text: str) -> bytes:
    """The bytes behind a WSGI text, which is Latin-1 (PEP 3333, "Unicode Issues")."""
    return text.encode("latin-1", "replace")


def _mount(environ: WSGIEnvironment) -> str:
    return quote(_bytes(environ.get("SCRIPT_NAME", "")), safe=_SAFE).rstrip("/")
