"""Mounted where people are: in Starlette, FastAPI and Flask applications."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from flask import Flask
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from apps.parcels import API, HANDLERS
from routebook.asgi import ASGI
from routebook.wsgi import WSGI


def starlette() -> Any:
    def own(_: Request) -> PlainTextResponse:
        return PlainTextResponse("own")

    return Starlette(routes=[Route("/own", own), Mount("/post/office", ASGI(API, HANDLERS))])


def fastapi() -> Any:
    app = FastAPI()

    @app.get("/own", response_class=PlainTextResponse)
    def own() -> str:
        return "own"

    app.mount("/post/office", ASGI(API, HANDLERS))
    return app


def flask() -> Any:
    app = Flask(__name__)

    @app.get("/own")
    def own() -> str:
        return "own"

    mounts: dict[str, Any] = {"/post/office": WSGI(API, HANDLERS)}
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, mounts)  # type: ignore[method-assign]  # Flask's documented way
    return app


Ask = Callable[[str, str], httpx.Response]


@pytest.fixture(params=[starlette, fastapi, flask])
def ask(request: pytest.FixtureRequest) -> Ask:
    base = "http://testserver"

    def of_flask(method: str, path: str) -> httpx.Response:
        with httpx.Client(transport=httpx.WSGITransport(flask()), base_url=base) as client:
            return client.request(method, path)

    async def of_asgi(method: str, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(request.param())
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path)

    if request.param is flask:
        return of_flask
    return lambda method, path: asyncio.run(of_asgi(method, path))


def test_the_applications_own_routes_stay(ask: Ask) -> None:
    assert ask("GET", "/own").text == "own"


def test_the_mounted_api_answers(ask: Ask) -> None:
    assert ask("GET", "/post/office/parcels/7").text == "7"
    assert ask("GET", "/post/office/notes/a%2520b%20c").json()["text"] == "a%20b c"
    assert ask("HEAD", "/post/office/parcels/7").headers["content-length"] == "1"
    assert ask("POST", "/post/office/parcels/7").headers["allow"] == "GET, HEAD, PUT"
    unknown = ask("GET", "/post/office/parcels/404")
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (404, "PARCEL_UNKNOWN")


def test_it_knows_where_it_is_mounted(ask: Ask) -> None:
    assert ask("GET", "/post/office/parcels?x=1").headers["location"] == "/post/office/parcels/?x=1"
    assert ask("GET", "/post/office/parcels/").json()["base"] == "http://testserver/post/office"
