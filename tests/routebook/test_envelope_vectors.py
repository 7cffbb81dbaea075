"""The error envelope against what the registry's reference implementation gives, to the byte."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from registry_api.v2 import API
from routebook.envelope import EnvelopeError, decode, encode, serve
from routebook.errors import Error, ErrorDescriptor, ErrorGroup, Errors, parse_code

TESTS = ErrorGroup(
    name="test",
    errors=(
        ErrorDescriptor(value="TEST1", message="test error 1", http_status=500),
        ErrorDescriptor(value="TEST2", message="test error 2", http_status=404),
        ErrorDescriptor(value="TEST3", message="Sorry %q isn't valid", http_status=404),
    ),
)
GROUPS = (*API.error_groups, TESTS)
VECTORS = json.loads((Path(__file__).parent / "vectors" / "errors.json").read_text("utf-8"))

EXCEPTIONS: dict[str, str] = {}
"""Vectors that we answer otherwise on purpose: id to the reason."""


def text_in(record: dict[str, Any], name: str) -> Any:
    """A member that stands as itself, or as NAME_b64 when it is not UTF-8."""
    if f"{name}_b64" in record:
        return base64.b64decode(record[f"{name}_b64"]).decode("utf-8", "surrogateescape")
    return record.get(name)


def detail_in(record: dict[str, Any]) -> Any:
    detail = text_in(record, "detail")
    if isinstance(detail, dict) and list(detail) == ["$error"]:
        return ValueError(detail["$error"])
    return detail


def error_in(record: dict[str, Any]) -> ErrorDescriptor | Error | Exception:
    if record["kind"] == "plain":
        return RuntimeError(text_in(record, "text"))
    code = parse_code(GROUPS, record["code"])
    if record["kind"] == "code":
        return code
    error = code.with_detail(detail_in(record))
    if "args" in record:
        return error.with_args(*record["args"])
    message = text_in(record, "message")
    return error if message is None else Error(code, message=message, detail=error.detail)


def errors_in(record: dict[str, Any]) -> Errors:
    errors = [record["error"]] if "error" in record else record["errors"]
    return Errors(*map(error_in, errors))


def shown(error: Error | Exception) -> dict[str, Any]:
    assert isinstance(error, Error)
    common = {"code": error.code.value, "http_status": error.http_status, "text": str(error)}
    if error.bare:
        return {"kind": "code", **common}
    return {"kind": "error", **common, "message": error.message, "detail": error.detail}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    match request["op"]:
        case "marshal":
            return {"json": encode(errors_in(request), GROUPS).decode()}
        case "serve":
            served = serve(errors_in(request), GROUPS)
            return {**served._asdict(), "body": served.body.decode()}
        case "text":
            return {"text": str(errors_in(request))}
        case "parse_code":
            code = parse_code(GROUPS, text_in(request, "value"))
            shared = {"code": code.value, "http_status": code.http_status}
            return {**shared, "message": code.message, "text": str(code)}
        case "unmarshal":
            return unmarshal(text_in(request, "json"))
    raise AssertionError(f"no such operation: {request['op']}")


def unmarshal(text: str) -> dict[str, Any]:
    try:
        errors = decode(text.encode("utf-8", "surrogateescape"), GROUPS)
    except EnvelopeError:
        return {"ok": False}
    return {"ok": True, "text": str(errors), "errors": [shown(error) for error in errors]}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vector(vector: dict[str, Any]) -> None:
    # which words Go's decoder refuses a text with is no part of the protocol
    expected = {key: value for key, value in vector["expected"].items() if key != "go_error"}
    if vector["id"] in EXCEPTIONS:
        assert answer(vector["input"]) != expected, "no longer an exception: take it off the list"
    else:
        assert answer(vector["input"]) == expected
