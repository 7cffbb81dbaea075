"""What ASGI and WSGI applications answer, which is the same."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any

import pytest

from apps.drivers import Send, asgi, wsgi
from apps.parcels import API, GROUPS, HANDLERS
from routebook.asgi import ASGI
from routebook.errors import ErrorDescriptor
from routebook.refusals import Refusals
from routebook.wsgi import WSGI

KINDS: dict[str, Any] = {"asgi": (ASGI, asgi), "wsgi": (WSGI, wsgi)}


def sender(kind: str, **options: Any) -> Send:
    application, driver = KINDS[kind]
    return partial(driver, application(API, HANDLERS, headers={"X-Api": "1"}, **options))


@pytest.fixture(params=["asgi", "wsgi"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def send(kind: str) -> Send:
    return sender(kind)


def test_a_handler_answers(send: Send) -> None:
    reply = send("GET", "/parcels/7")
    assert (reply.status, reply.body) == (200, b"7")
    assert reply.headers == {
        "etag": '"7"', "content-type": "text/plain", "content-length": "1", "x-api": "1",
    }  # fmt: skip  # in one row


def test_head_is_get_without_the_body(send: Send) -> None:
    get, head = send("GET", "/parcels/7"), send("HEAD", "/parcels/7")
    assert head.body == b""
    assert (head.status, head.headers) == (get.status, get.headers)
    refused = send("HEAD", "/parcels/404")
    assert (refused.status, refused.body) == (404, b"")


def test_head_is_not_allowed_where_it_is_not_described(send: Send) -> None:
    reply = send("HEAD", "/parcels/")
    assert (reply.status, reply.headers["allow"], reply.body) == (405, "GET, POST", b"")


def test_options_lists_what_is_served(send: Send) -> None:
    reply = send("OPTIONS", "/parcels/7")
    assert (reply.status, reply.headers["allow"], reply.body) == (200, "GET, HEAD, PUT", b"")


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "get"])
def test_other_methods_are_not_allowed(send: Send, method: str) -> None:
    """DELETE is described, and deliberately not served."""
    reply = send(method, "/parcels/7")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, PUT")
    assert reply.codes(GROUPS) == ["METHOD_REFUSED"]


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/parcels", "/parcels/"),
        ("/parcels/7/?a=%20b", "/parcels/7?a=%20b"),
        ("//parcels/./7", "/parcels/7"),
        ("/x/../notes/%C3%A9//", "/notes/%C3%A9/"),
    ],
)
def test_redirects(send: Send, target: str, location: str) -> None:
    reply = send("GET", target)
    assert (reply.status, reply.headers["location"], reply.body) == (301, location, b"")
    assert reply.headers["content-length"] == "0"


@pytest.mark.parametrize("target", ["/", "/parcels/x", "/other", "/parcels/7%0A"])
def test_not_found(send: Send, target: str) -> None:
    reply = send("GET", target)
    assert reply.status == 404
    assert reply.codes(GROUPS) == ["PARCEL_UNKNOWN"], "the only code that is sent with 404"
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-api"] == "1"


def test_a_malformed_escape_is_a_bad_request(send: Send) -> None:
    reply = send("GET", "/notes/%zz")
    assert reply.status == 400
    assert reply.codes(GROUPS) == ["UNKNOWN"], "two codes are sent with 400"


def test_raised_errors_are_sent(send: Send) -> None:
    reply = send("GET", "/parcels/404")
    assert (reply.status, reply.headers["content-length"]) == (404, str(len(reply.body)))
    assert reply.body == (
        b'{"errors":[{"code":"PARCEL_UNKNOWN","message":"no parcel","detail":{"id":404}}]}\n'
    )
    several = send("GET", "/parcels/40")
    assert (several.status, several.codes(GROUPS)) == (400, ["ID_INVALID", "PARCEL_UNKNOWN"])


@pytest.mark.parametrize(("method", "target"), [("GET", "/parcels/500"), ("PUT", "/parcels/7")])
def test_failures_are_logged_and_not_told(
    send: Send, caplog: pytest.LogCaptureFixture, method: str, target: str
) -> None:
    with caplog.at_level(logging.ERROR, "routebook"):
        reply = send(method, target)
    assert reply.status == 500
    assert reply.body == b'{"errors":[{"code":"UNKNOWN","message":"unknown error"}]}\n'
    (record,) = caplog.records
    assert record.exc_info is not None
    assert "hunter2" in str(record.exc_info[1]) or "is not JSON data" in str(record.exc_info[1])


@pytest.mark.parametrize(
    ("target", "headers", "codes"),
    [
        ("/parcels/?count=0", {}, ["COUNT_INVALID"]),
        ("/parcels/?count=10", {}, ["COUNT_INVALID"]),
        ("/parcels/?count=many", {}, ["COUNT_INVALID"]),
        ("/parcels/?count=1%0A", {}, ["COUNT_INVALID"]),
        ("/parcels/?sort=up", {}, ["UNKNOWN"]),
        ("/parcels/?heavy=yes", {}, ["UNKNOWN"]),
        ("/parcels/?weight=0", {}, ["UNKNOWN"]),
        ("/parcels/?count=" + "9" * 5000, {}, ["COUNT_INVALID"]),
        ("/parcels/?weight=1e", {}, ["UNKNOWN"]),
        ("/parcels/?like=x", {}, ["UNKNOWN"]),
        ("/parcels/", {"X-Depot": "berlin"}, ["UNKNOWN"]),
        ("/parcels/", {"Cookie": "a=b; session=t1"}, ["UNKNOWN"]),
        ("/parcels/12345", {}, ["ID_INVALID"]),
        ("/parcels/?count=0&sort=up", {}, ["COUNT_INVALID", "UNKNOWN"]),
    ],
)
def test_what_the_description_refuses(
    send: Send, target: str, headers: dict[str, str], codes: list[str]
) -> None:
    reply = send("GET", target, headers)
    assert (reply.status, reply.codes(GROUPS)) == (400, codes)


def test_a_refusal_says_what_is_wrong(send: Send) -> None:
    errors = json.loads(send("GET", "/parcels/?count=0&sort=up").body)["errors"]
    assert [error["detail"] for error in errors] == [
        "query parameter count is too small",
        "query parameter sort is none of asc, desc",
    ]


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("/parcels/?count=9&sort=asc&heavy=true&weight=.5&like=7&tags=a&unknown=x", {}),
        ("/parcels/?count=&sort=", {}),
        ("/parcels/?count=5&count=x", {}),
        ("/parcels/", {"X-Depot": "BER", "Cookie": 'session="s1"; session=t1'}),
    ],
)
def test_what_the_description_allows(send: Send, target: str, headers: dict[str, str]) -> None:
    assert send("GET", target, headers).status == 200


@pytest.mark.parametrize(
    ("target", "headers", "body", "variant"),
    [
        ("/parcels/?copy=7", {}, b"", "Copy"),
        ("/parcels/?copy=7", {}, b"x", "Copy"),
        ("/parcels/", {}, b"x", "Send"),
        ("/parcels/?copy=", {"Content-Length": "1"}, b"x", "Send"),
        ("/parcels/", {"X-Until": "noon", "Content-Length": "0"}, b"", "Reserve"),
        ("/parcels/", {"Transfer-Encoding": "chunked"}, b"", "Send"),
    ],
)
def test_variants(
    send: Send, target: str, headers: dict[str, str], body: bytes, variant: str
) -> None:
    if body:
        headers = {"Content-Length": str(len(body)), **headers}
    assert send("POST", target, headers, [body]).headers["x-variant"] == variant


def test_each_variant_has_parameters_of_its_own(send: Send) -> None:
    assert send("POST", "/parcels/").status == 400, "Reserve needs X-Until"
    assert send("POST", "/parcels/?copy=x").status == 400
    assert json.loads(send("POST", "/parcels/").body)["errors"][0]["detail"] == (
        "header X-Until is missing"
    )


@pytest.mark.parametrize(
    ("headers", "base"),
    [({}, "http://127.0.0.1:8000"), ({"Host": "example.com:1"}, "http://example.com:1")],
)
def test_the_base(send: Send, headers: dict[str, str], base: str) -> None:
    assert json.loads(send("GET", "/parcels/", headers).body) == {"base": base, "count": None}


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("/notes/a%20b%C3%A9", "a bé"),
        ("/notes/%25", "%"),
        ("/notes/a;b=c:@,", "a;b=c:@,"),
    ],
)
def test_values_are_decoded_once(send: Send, target: str, text: str) -> None:
    assert json.loads(send("GET", target).body) == {"text": text, "route": "note"}


def test_a_prefix(kind: str) -> None:
    send = sender(kind, prefix="/api")
    assert send("GET", "/api/parcels/7").status == 200
    assert send("GET", "/parcels/7").status == 404
    assert send("GET", "/api/parcels").headers["location"] == "/api/parcels/"


class Strict(Refusals):
    def not_found(self, path: str) -> ErrorDescriptor:
        del path
        return ErrorDescriptor(value="GONE", http_status=410)


def test_refusals_can_be_chosen(kind: str) -> None:
    assert sender(kind, refusals=Strict(API))("GET", "/other").status == 410
