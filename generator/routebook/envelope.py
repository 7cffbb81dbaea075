"""The error envelope: `{"errors": [{"code", "message", "detail"}]}`, written and read.

Writing gives the bytes that the registry's reference implementation gives. Reading comes in two
strengths: `decode` takes exactly what that implementation takes, and `read_response` makes the
best of whatever a real server, or a proxy before it, has sent. Codes are looked up in the error
groups that are passed in; nothing is global.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from routebook import gojson
from routebook.errors import (
    UNKNOWN,
    Error,
    ErrorDescriptor,
    ErrorGroup,
    Errors,
    code_for_status,
    parse_code,
)
from routebook.findings import RoutebookError

Refusal = Errors | Error | ErrorDescriptor | Exception
"""What can be sent in an envelope; an exception of another kind is sent as `UNKNOWN`."""

CONTENT_TYPE = "application/json"
"""The media type that envelopes are sent with."""

_EXCERPT = 500
_TITLE = re.compile("<title>([^<]*)</title>", re.IGNORECASE)


class Served(NamedTuple):
    """An error as an HTTP answer."""

    status: int
    """The HTTP status: the first error's; 500 when there is none."""
    content_type: str
    """The media type."""
    body: bytes
    """The envelope, with a line feed at the end."""


class EnvelopeError(RoutebookError, ValueError):
    """A text that is no error envelope: what is wrong, and where."""


def errors_of(refusal: Refusal) -> Errors:
    """`refusal` as a collection, whatever it was."""
    return refusal if isinstance(refusal, Errors) else Errors(refusal)


def encode(refusal: Refusal, groups: Iterable[ErrorGroup] = ()) -> bytes:
    """The envelope of `refusal` in UTF-8, `{}` when it has no error.

    `groups` are asked for the API's own `UNKNOWN`, which exceptions of other kinds are sent as.
    Raises `RoutebookError` for a detail that is not JSON data.
    """
    members = [_encode_one(error, tuple(groups)) for error in errors_of(refusal)]
    text = f'{{"errors":[{",".join(members)}]}}' if members else "{}"
    return text.encode()


def _encode_one(error: Error | Exception, groups: tuple[ErrorGroup, ...]) -> str:
    if not isinstance(error, Error):
        error = parse_code(groups, UNKNOWN.value).with_detail(error)
    detail = str(error.detail) if isinstance(error.detail, Exception) else error.detail
    members = {"code": error.code.value, "message": error.message or error.code.message}
    try:
        text = ",".join(f'"{name}":{gojson.dumps(value)}' for name, value in members.items())
        return f"{{{text}}}" if detail is None else f'{{{text},"detail":{gojson.dumps(detail)}}}'
    except RoutebookError as wrong:
        raise RoutebookError(
            f"the detail of a {error.code.value} cannot be sent: {wrong}", hint=wrong.hint
        ) from wrong


def serve(refusal: Refusal, groups: Iterable[ErrorGroup] = ()) -> Served:
    """The HTTP answer for `refusal`: status, media type and body."""
    errors = errors_of(refusal)
    return Served(errors.http_status, CONTENT_TYPE, encode(errors, groups) + b"\n")


def decode(body: str | bytes, groups: Iterable[ErrorGroup]) -> Errors:
    """The errors of an envelope, exactly as the reference implementation reads it.

    An error without detail whose message is empty or its code's comes back bare. A code that
    `groups` do not list comes back as their `UNKNOWN`, with its text in `sent_code`.
    Raises `EnvelopeError` for what is no envelope.
    """
    try:
        value = gojson.loads(body)
    except ValueError as wrong:
        raise EnvelopeError(f"not JSON: {wrong}", place="$", hint=_TOLERANT) from wrong
    raws: list[dict[str, Any]] = []
    for name, item in _members(value, "$"):
        if _fold(name) == "errors":
            raws = _merge(raws, item)
    known = tuple(groups)
    return Errors(*(_error(raw, known) for raw in raws))


_TOLERANT = "use read_response for the answers of servers that are not under your control"


def _members(value: Any, place: str) -> Iterable[tuple[str, Any]]:
    if value is None:
        return ()
    if not isinstance(value, gojson.Members):
        raise EnvelopeError(f"{_kind(value)} where an object belongs", place=place, hint=_TOLERANT)
    return value


def _merge(raws: list[dict[str, Any]], item: Any) -> list[dict[str, Any]]:
    """Read a list of errors; when the list comes twice, the second is laid over the first."""
    if item is None:
        return []
    if not isinstance(item, list):
        raise EnvelopeError(f"{_kind(item)} where a list belongs", place="$.errors", hint=_TOLERANT)
    merged = []
    for index, entry in enumerate(item):
        raw = dict(raws[index]) if index < len(raws) else {}
        for name, value in _members(entry, f"$.errors[{index}]"):
            field = _fold(name)
            if field in ("code", "message") and value is not None:
                raw[field] = _text(value, f"$.errors[{index}].{field}")
            elif field == "detail":
                raw[field] = gojson.plain(value)
        merged.append(raw)
    return merged


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise EnvelopeError(f"{_kind(value)} where a text belongs", place=place, hint=_TOLERANT)
    return str(gojson.plain(value))


def _kind(value: Any) -> str:
    names = {gojson.Members: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "a number")


def _fold(name: str) -> str:
    """A member's name as it is compared: without case, a long s (U+017F) being an s."""
    return name.replace("\u017f", "s").lower()


def _error(raw: dict[str, Any], groups: tuple[ErrorGroup, ...]) -> Error:
    sent, message, detail = raw.get("code", ""), raw.get("message", ""), raw.get("detail")
    code = parse_code(groups, sent)
    unlisted = "" if sent == code.value else sent
    if detail is None and message in ("", code.message):
        return Error(code, sent_code=unlisted)
    return Error(code, message=message, detail=detail, sent_code=unlisted)


def read_response(
    status: int, body: str | bytes, groups: Iterable[ErrorGroup], *, content_type: str = ""
) -> Errors:
    """The errors of an HTTP answer, whatever its body is; at least one, and it never raises.

    Besides envelopes it understands several JSON documents in one body, an error without its
    envelope, a list of errors, `message`, `error`, `details` and `detail` members, numbers for
    codes, and text. Of HTML, of an empty body and of what is too long to read it keeps the start
    or nothing; such an error has the code that `code_for_status` gives.
    """
    known = tuple(groups)
    fallback = code_for_status(known, status)
    text = gojson.text_of(body).lstrip("\ufeff")
    errors: list[Error] = []
    for document in _documents(text):
        errors.extend(_tolerate(document, known, fallback))
    unique = [error for index, error in enumerate(errors) if error not in errors[:index]]
    if unique:
        return Errors(*unique)
    return Errors(_from_text(text, content_type, fallback))


def _documents(text: str) -> Iterator[Any]:
    rest = text.strip(" \t\r\n")
    while rest[:1] in ("{", "["):
        try:
            value, end = gojson.load_first(rest)
        except ValueError:
            return
        yield gojson.plain(value)
        rest = rest[end:].lstrip(" \t\r\n")


def _tolerate(
    value: Any, groups: tuple[ErrorGroup, ...], fallback: ErrorDescriptor
) -> Iterator[Error]:
    if isinstance(value, list):
        for item in value:
            yield from _tolerate(item, groups, fallback)
    elif isinstance(value, str) and value:
        yield fallback.with_message(value)
    elif isinstance(value, dict):
        members = {_fold(name): item for name, item in value.items()}
        if isinstance(members.get("errors"), (list, dict)) and members["errors"]:
            yield from _tolerate(members["errors"], groups, fallback)
        elif isinstance(members.get("error"), dict):
            yield from _tolerate(members["error"], groups, fallback)
        elif members.keys() & {"code", *_MESSAGES}:
            yield _loose(members, groups, fallback)


_MESSAGES = ("message", "error", "details", "detail")


def _loose(
    members: dict[str, Any], groups: tuple[ErrorGroup, ...], fallback: ErrorDescriptor
) -> Error:
    """One error of an object whose members are of any type."""
    texts = {
        name: text for name in _MESSAGES if isinstance(text := members.get(name), str) and text
    }
    source, message = next(iter(texts.items()), ("", ""))
    raw = {"message": message, "detail": None if source == "detail" else members.get("detail")}
    sent = members.get("code")
    if isinstance(sent, str) and sent:
        return _error({**raw, "code": sent}, groups)
    sent_code = "" if sent is None else str(sent)
    if not message and raw["detail"] is None:
        return Error(fallback, sent_code=sent_code)
    return Error(
        fallback, message=message or fallback.message, detail=raw["detail"], sent_code=sent_code
    )


def _from_text(text: str, content_type: str, fallback: ErrorDescriptor) -> Error:
    """An error of a body that is no JSON, or none that tells anything."""
    words = " ".join(text.split())
    if not words or words in ("{}", "[]", "null"):
        return fallback.error()
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type in ("text/html", "application/xhtml+xml") or words.startswith("<"):
        found = _TITLE.search(words[:10_000])
        title = found[1].strip() if found else ""
        return fallback.with_message(title) if title else fallback.error()
    excerpt = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
    return fallback.with_message(excerpt)
