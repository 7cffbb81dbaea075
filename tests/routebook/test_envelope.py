from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_api.v2 import API, errors
from routebook.envelope import EnvelopeError, decode, encode, read_response, serve
from routebook.errors import Error, Errors
from routebook.findings import RoutebookError

GROUPS = API.error_groups
CODES = st.sampled_from([code for group in GROUPS for code in group])
ERRORS = CODES.map(lambda code: code.error()) | st.builds(
    lambda code, message, detail: Error(code, message=message, detail=detail),
    CODES,
    st.text(min_size=1),
    st.recursive(
        st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
)


@given(st.lists(ERRORS))
def test_what_is_encoded_is_decoded(many: list[Error]) -> None:
    """The envelope carries code, message and detail; an error without own message is its code."""
    assert decode(encode(Errors(*many)), GROUPS) == Errors(*many)


@given(st.lists(ERRORS, min_size=1))
def test_the_tolerant_reader_agrees_on_envelopes(many: list[Error]) -> None:
    read = read_response(400, encode(Errors(*many)), GROUPS)
    assert all(error in many for error in read)
    assert read[0] == many[0]


@given(st.binary() | st.text().map(str.encode), st.integers(100, 599), st.text())
def test_the_tolerant_reader_takes_anything(body: bytes, status: int, content_type: str) -> None:
    read = read_response(status, body, GROUPS, content_type=content_type)
    assert len(read) >= 1
    assert all(isinstance(error, Error) for error in read)


@given(st.binary() | st.text())
def test_the_strict_reader_reads_or_refuses(body: bytes | str) -> None:
    with suppress(EnvelopeError):
        decode(body, GROUPS)


def test_served() -> None:
    served = serve(errors.DENIED.with_detail("no"))
    assert served.status == 403
    assert served.content_type == "application/json"
    assert served.body == (
        b'{"errors":[{"code":"DENIED","message":"requested access to the resource is denied",'
        b'"detail":"no"}]}\n'
    )


def test_an_exception_is_sent_as_unknown() -> None:
    assert encode(ValueError("<odd>"), GROUPS) == (
        b'{"errors":[{"code":"UNKNOWN","message":"unknown error","detail":"\\u003codd\\u003e"}]}'
    )


def test_a_detail_that_is_no_json_is_told_with_its_place() -> None:
    with pytest.raises(RoutebookError, match=r"the detail of a DENIED .*\$\.who: a value of type"):
        encode(errors.DENIED.with_detail({"who": object()}))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[]", r"^\$: a list where an object belongs$"),
        ('{"errors": {}}', r"^\$\.errors: an object where a list belongs$"),
        ('{"errors": [5]}', r"^\$\.errors\[0\]: a number where an object belongs$"),
        ('{"errors": [{}, {"code": 5}]}', r"^\$\.errors\[1\]\.code: a number where a text"),
        ('{"errors": [{"message": true}]}', r"^\$\.errors\[0\]\.message: true or false where"),
        ("", r"^\$: not JSON"),
        ('{"errors": []} {}', r"^\$: not JSON: '{' after the end"),
    ],
)
def test_refused(body: str, message: str) -> None:
    with pytest.raises(EnvelopeError, match=message):
        decode(body, GROUPS)


def test_members_are_found_as_the_reference_implementation_finds_them() -> None:
    body = '{"ERROR\u017f": [{"Code": "DENIED", "code": null, "MESSAGE": "m", "x": 1}]}'
    assert decode(body, GROUPS) == Errors(errors.DENIED.with_message("m"))
    assert decode('{"errors": [{"code": "DENIED"}], "Errors": null}', GROUPS) == Errors()
    twice = '{"errors": [{"code": "DENIED"}, {}], "errors": [{"message": "m"}]}'
    assert decode(twice, GROUPS) == Errors(errors.DENIED.with_message("m"))


def test_an_unlisted_code_keeps_its_text() -> None:
    (error,) = decode('{"errors": [{"code": "NOPE", "message": "m"}]}', GROUPS)
    assert isinstance(error, Error)
    assert (error.code, error.sent_code, error.message) == (errors.UNKNOWN, "NOPE", "m")


def triple(error: Error | Exception) -> tuple[str, str, Any]:
    assert isinstance(error, Error)
    return error.code.value, error.message, error.detail


DENIED = ("DENIED", "no", None)


@pytest.mark.parametrize(
    ("status", "content_type", "body", "expected"),
    [
        # the reference implementation can send two documents when two handlers fail
        (403, "application/json",
         '{"errors":[{"code":"DENIED","message":"no"}]}\n{"errors":[{"code":"NAME_UNKNOWN"}]}\n',
         [DENIED, ("NAME_UNKNOWN", "repository name not known to registry", None)]),
        (403, "application/json", '{"errors":[{"code":"DENIED","message":"no"}]}' * 2, [DENIED]),
        (403, "application/json", '{"errors":[{"code":"DENIED","message":"no"}]} oops', [DENIED]),
        # no envelope
        (403, "application/json", '{"code":"DENIED","message":"no"}', [DENIED]),
        (403, "application/json", '[{"code":"DENIED","message":"no"}]', [DENIED]),
        (403, "application/json", '{"error":{"code":"DENIED","message":"no"}}', [DENIED]),
        (403, "application/json", '{"errors":{"code":"DENIED","message":"no"}}', [DENIED]),
        (403, "application/json", '{"errors":["no"]}', [DENIED]),
        (403, "application/json", '{"error":"no"}', [DENIED]),
        (401, "application/json", '{"details":"incorrect username or password"}',
         [("UNAUTHORIZED", "incorrect username or password", None)]),
        (404, "application/json", '{"errors":[{"status":404,"message":"Not found"}]}',
         [("UNKNOWN", "Not found", None)]),
        (429, "application/json", '{"code":429,"message":"slow down","detail":{"s":1}}',
         [("TOOMANYREQUESTS", "slow down", {"s": 1})]),
        (400, "application/json", '{"errors":[{"code":"NOPE","message":5,"detail":"d"}]}',
         [("UNKNOWN", "d", None)]),
        (500, "application/json", '{"errors":[{"message":null}]}',
         [("UNKNOWN", "unknown error", None)]),
        (405, "application/json", "{}", [("UNSUPPORTED", "The operation is unsupported.", None)]),
        (503, "application/json", "null", [("UNAVAILABLE", "service unavailable", None)]),
        # no JSON
        (404, "text/plain; charset=utf-8", "404 page not found\n",
         [("UNKNOWN", "404 page not found", None)]),
        (429, "", "", [("TOOMANYREQUESTS", "too many requests", None)]),
        (403, "text/html", "<html><head><title>403 Forbidden</title></head>nginx</html>",
         [("DENIED", "403 Forbidden", None)]),
        (403, "", "<!doctype html><p>go away",
         [("DENIED", "requested access to the resource is denied", None)]),
        (500, "application/json", '{"errors":[{"co', [("UNKNOWN", '{"errors":[{"co', None)]),
        (403, "application/json", '\ufeff{"errors":[{"code":"DENIED","message":"no"}]}', [DENIED]),
    ],
)  # fmt: skip  # one row a case
def test_what_real_servers_send(
    status: int, content_type: str, body: str, expected: list[tuple[str, str, Any]]
) -> None:
    read = read_response(status, body, GROUPS, content_type=content_type)
    assert [triple(error) for error in read] == expected
    assert len({body, body.encode()}) == 2
    assert read == read_response(status, body.encode(), GROUPS, content_type=content_type)


def test_the_status_of_the_answer_is_kept() -> None:
    assert read_response(418, "I'm a teapot", GROUPS).http_status == 418


def test_a_long_text_is_cut() -> None:
    (error,) = read_response(500, "x" * 5000, GROUPS)
    assert isinstance(error, Error)
    assert len(error.message) == 500
