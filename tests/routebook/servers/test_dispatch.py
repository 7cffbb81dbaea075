from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from apps.drivers import asgi, wsgi
from apps.parcels import API, GROUPS, HANDLERS
from routebook import DescriptionError, RoutebookError
from routebook.asgi import ASGI, ClientDisconnected, Request, Response, handlers_of, handles
from routebook.wsgi import WSGI
from routebook.wsgi import Request as WSGIRequest


def test_what_is_missing_is_told_at_once() -> None:
    handlers = {key: handler for key, handler in HANDLERS.items() if key != ("note", "GET")}
    del handlers["parcel", "DELETE"]
    handlers["parcel", "GTE"] = handlers["parcel", "GET"]
    with pytest.raises(DescriptionError) as told:
        ASGI(API, handlers)
    assert [(f.rule, f.place) for f in told.value.findings] == [
        ("handler-missing", "parcel.DELETE"),
        ("handler-missing", "note.GET"),
        ("handler-unknown", "parcel.GTE"),
    ]
    assert told.value.findings[2].hint == "did you mean 'parcel.GET'?"


class Desk:
    @handles("note", "GET")
    def note(self, request: Request) -> Response:
        return Response.json(request.values["text"])

    @handles("parcel", "GET", "PUT")
    @handles("parcels", "GET")
    def all(self, request: Request) -> Response:
        return Response(200, body=request.route)


def test_handlers_are_collected_from_an_object() -> None:
    desk = Desk()
    assert handlers_of(desk) == {
        ("note", "GET"): desk.note,
        ("parcels", "GET"): desk.all,
        ("parcel", "GET"): desk.all,
        ("parcel", "PUT"): desk.all,
    }


def test_two_handlers_for_one_method_are_told() -> None:
    class Double(Desk):
        @handles("note", "GET")
        def other(self, request: Request) -> Response:
            raise AssertionError(request)

    with pytest.raises(DescriptionError, match=r"note\.GET: two handlers: note and other"):
        handlers_of(Double())


def served(handler: Any, kind: type[ASGI] | type[WSGI] = ASGI) -> Any:
    handlers: dict[tuple[str, str], Any] = dict.fromkeys(HANDLERS, handler)
    return kind(API, handlers)


def test_asgi_streams_both_ways() -> None:
    async def echo(request: Request) -> Response:
        async def parts() -> AsyncIterator[bytes]:
            async for part in request.stream():
                yield part.upper()

        return Response(200, body=parts())

    reply = asgi(served(echo), "PUT", "/parcels/7", {}, [b"a", b"", b"bc"])
    assert reply.parts == [b"A", b"BC"]
    assert "content-length" not in reply.headers


def test_wsgi_streams_both_ways() -> None:
    def echo(request: WSGIRequest) -> Response:
        return Response(200, body=(part.upper() for part in request.stream()))

    body = b"x" * 100_000
    reply = wsgi(served(echo, WSGI), "PUT", "/parcels/7", {}, [body])
    assert reply.parts == [b"X" * 65536, b"X" * (100_000 - 65536)]


@pytest.mark.parametrize("kind", [ASGI, WSGI])
def test_bodies_of_the_response(kind: Any) -> None:
    driver = asgi if kind is ASGI else wsgi
    answers: dict[str, Any] = {
        "1": lambda: Response(200, body="é"),
        "2": lambda: Response(200, body=[b"a", b"b"]),
        "3": lambda: Response(204, body=b"dropped"),
        "4": lambda: Response(304, {"ETag": '"x"'}, b"dropped"),
        "5": lambda: Response.error(GROUPS[0].errors[0], headers={"Retry-After": "5"}),
        "6": lambda: Response.json([1], status=202, headers={"content-type": "x/y"}),
    }
    app = served(lambda request: answers[request.values["id"]](), kind)
    replies = {number: driver(app, "GET", f"/parcels/{number}") for number in answers}
    assert (replies["1"].body, replies["1"].headers) == ("é".encode(), {"content-length": "2"})
    assert (replies["2"].body, replies["2"].headers) == (b"ab", {})
    assert (replies["3"].body, replies["3"].headers) == (b"", {})
    assert (replies["4"].body, replies["4"].headers) == (b"", {"etag": '"x"'})
    assert replies["5"].headers["retry-after"] == "5"
    assert (replies["6"].body, replies["6"].headers["content-type"]) == (b"[1]", "x/y")


@pytest.mark.parametrize("kind", [ASGI, WSGI])
def test_what_is_no_response_is_a_failure(kind: Any, caplog: pytest.LogCaptureFixture) -> None:
    app = served(lambda _: "text", kind)
    assert (asgi if kind is ASGI else wsgi)(app, "GET", "/parcels/7").status == 500
    assert "returned a str" in caplog.text


class Held:
    """A body that knows whether it was given back."""

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"x"

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("kind", [ASGI, WSGI])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_bodies_are_closed(kind: Any, method: str) -> None:
    held = Held()
    handlers: dict[tuple[str, str], Any] = dict.fromkeys(
        HANDLERS, lambda _: Response(200, body=held)
    )
    (asgi if kind is ASGI else wsgi)(kind(API, handlers), method, "/parcels/7")
    assert held.closed


@pytest.mark.parametrize(
    ("name", "value"), [("X-A", "a\r\nSet-Cookie: b"), ("X A", "a"), ("X-A", "\u20ac")]
)
def test_headers_cannot_break_out(name: str, value: str) -> None:
    with pytest.raises(RoutebookError, match="cannot be sent"):
        Response(200, {name: value})


def test_a_body_is_read_once_and_up_to_a_limit() -> None:
    async def read(request: Request) -> Response:
        with pytest.raises(ValueError, match="more than 3 bytes"):
            await request.body(limit=3)
        with pytest.raises(RoutebookError, match="has been read"):
            await request.body()
        return Response(204)

    assert asgi(served(read), "PUT", "/parcels/7", {}, [b"ab", b"cd"]).status == 204

    def read_at_once(request: WSGIRequest) -> Response:
        with pytest.raises(ValueError, match="more than 3 bytes"):
            request.body(limit=3)
        with pytest.raises(RoutebookError, match="has been read"):
            request.body()
        return Response(204)

    assert wsgi(served(read_at_once, WSGI), "PUT", "/parcels/7", {}, [b"abcd"]).status == 204


def test_a_client_that_goes_away_is_not_answered() -> None:
    async def read(request: Request) -> Response:
        await request.body()
        raise AssertionError("the body never ends")

    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/parcels/7",
        "query_string": b"",
        "headers": [],
    }
    asyncio.run(served(read)(scope, receive, send))
    assert sent == []
    with pytest.raises(ClientDisconnected):
        raise ClientDisconnected


def test_a_body_that_ends_early_is_a_bad_request() -> None:
    app = served(lambda request: Response(200, body=request.body()), WSGI)
    assert wsgi(app, "PUT", "/parcels/7", {}, [b"ab"], CONTENT_LENGTH="3").status == 400


def test_a_chunked_body_under_wsgi_is_read_where_the_server_ends_it() -> None:
    app = served(lambda request: Response(200, body=request.body()), WSGI)
    terminated = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    assert wsgi(app, "PUT", "/parcels/7", {}, [b"ab"], **terminated).body == b"ab"
    assert wsgi(app, "PUT", "/parcels/7", {}, [b"ab"], CONTENT_LENGTH="").body == b""


@pytest.mark.parametrize(
    "scope",
    [
        {"root_path": "/a b", "path": "/a b/parcels", "raw_path": b"/a%20b/parcels"},
        {"root_path": "/a b", "path": "/parcels", "raw_path": b"/a%20b/parcels"},
        {"root_path": "/a b", "path": "/a b/parcels", "raw_path": None},
        {"root_path": "/a b", "path": "/parcels", "raw_path": b"/parcels"},
        {"root_path": "/a b/", "path": "/a b/parcels", "raw_path": b"/a%20b/parcels"},
    ],
)
def test_where_asgi_servers_and_frameworks_mount(scope: dict[str, Any]) -> None:
    app = ASGI(API, HANDLERS)
    assert asgi(app, "GET", "/", **scope).headers["location"] == "/a%20b/parcels/"


@pytest.mark.parametrize("extra", [{"REQUEST_URI": None}, {"REQUEST_URI": "/a%20b/parcels"}, {}])
def test_where_wsgi_servers_mount(extra: dict[str, Any]) -> None:
    environ = {"SCRIPT_NAME": "/a b", **extra}
    reply = wsgi(WSGI(API, HANDLERS), "GET", "/parcels", **environ)
    assert reply.headers["location"] == "/a%20b/parcels/"


def test_the_lifespan() -> None:
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[str] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(ASGI(API, HANDLERS)({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_websockets_are_closed_and_other_protocols_refused() -> None:
    sent: list[str] = []

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(ASGI(API, HANDLERS)({"type": "websocket"}, receive, send))
    assert sent == ["websocket.close"]
    with pytest.raises(RoutebookError, match="is not served here"):
        asyncio.run(ASGI(API, HANDLERS)({"type": "gopher"}, receive, send))
