"""What people write on top of errors and servers, as mypy sees it.

mypy reads this file in its strict mode (`make check`). A line that must be wrong carries an
ignore with the code of its error: mypy complains when it is needed no more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, assert_type

import pytest

from apps.parcels import API, GROUPS, PARCEL_UNKNOWN
from routebook import Error, ErrorDescriptor, Errors, asgi, wsgi
from routebook.asgi import ASGI, handlers_of, handles
from routebook.envelope import Served, decode, encode, read_response, serve
from routebook.errors import find_error, parse_code
from routebook.refusals import Refusals
from routebook.wsgi import WSGI


def test_errors() -> None:
    assert_type(PARCEL_UNKNOWN.with_detail({"id": 7}), Error)
    assert_type(PARCEL_UNKNOWN.error().code, ErrorDescriptor)
    assert_type(PARCEL_UNKNOWN.with_args(1).message, str)
    assert_type(Errors(PARCEL_UNKNOWN)[0], Error | Exception)
    assert_type(encode(PARCEL_UNKNOWN), bytes)
    assert_type(serve(Errors(PARCEL_UNKNOWN, ValueError("x"))), Served)
    assert_type(decode(b"{}", GROUPS), Errors)
    assert_type(read_response(404, b"", GROUPS), Errors)
    assert_type(parse_code(GROUPS, "X"), ErrorDescriptor)
    assert_type(find_error(GROUPS, "X"), ErrorDescriptor | None)
    with pytest.raises(TypeError):
        raise PARCEL_UNKNOWN  # type: ignore[misc]  # a code is no exception: raise its error()


async def coroutine(request: asgi.Request) -> asgi.Response:
    assert_type(request.values, Mapping[str, str])
    assert_type(request.query.get("n"), str | None)
    assert_type(request.query.integer("n"), int | None)
    assert_type(request.headers.all("Accept"), tuple[str, ...])
    assert_type(request.stream(), AsyncIterator[bytes])
    assert_type(await request.body(), bytes)
    return asgi.Response.json({})


def plain(request: asgi.Request) -> asgi.Response:
    return asgi.Response(200, {"ETag": '"x"', "Content-Length": "1"}, request.route)


def blocking(request: wsgi.Request) -> wsgi.Response:
    assert_type(request.stream(), Iterator[bytes])
    assert_type(request.body(), bytes)
    return wsgi.Response(200, body=(part for part in [b"x"]))


def no_response(request: asgi.Request) -> str:
    return request.route


class Office:
    @handles("note", "GET")
    async def note(self, request: asgi.Request) -> asgi.Response:
        return asgi.Response(200, body=request.values["text"])


def applications() -> tuple[ASGI, WSGI]:
    some = ASGI(
        API, {("note", "GET"): coroutine, ("parcel", "GET"): plain, ("parcel", "PUT"): None}
    )
    ASGI(API, handlers_of(Office()), prefix="/x", headers={"A": "b"}, refusals=Refusals(API))
    ASGI(API, {("note", "GET"): no_response})  # type: ignore[dict-item]  # a text is no answer
    ASGI(API, {"note": plain})  # type: ignore[dict-item]  # the method is missing
    WSGI(API, {("note", "GET"): coroutine})  # type: ignore[dict-item]  # WSGI knows no coroutines
    return some, WSGI(API, {("note", "GET"): blocking})


def test_marked_methods_keep_their_type() -> None:
    assert_type(handlers_of(Office()), dict[tuple[str, str], Any])


async def call(office: Office) -> None:
    await office.note("x")  # type: ignore[arg-type]  # a marked method still takes a request
