"""Requests as commands for curl."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from urllib.parse import quote

from routebook.views.escape import clean
from routebook.views.forms import Field
from routebook.views.requests.literals import visible_json
from routebook.views.requests.model import (
    Body,
    Certificate,
    Cookie,
    Credential,
    FormBody,
    Header,
    JSONBody,
    Key,
    Login,
    Request,
    Text,
    TextBody,
)

_SHORT = 60
"""How many characters a JSON value has at most that stands on one line."""
_IN_DOUBLE = re.compile(r'([\\"$`])')


def write(request: Request) -> str:
    """A command that sends a request."""
    data = list(_data(request.body))
    options = [
        *_method(request.method, has_data=bool(data)),
        *(["-L"] if request.follows else []),
        *filter(None, map(_credential, request.credentials)),
        *map(_header, request.headers),
        *(["-H 'Content-Length: 0'"] if request.sized else []),
        *map(_cookie, request.cookies),
        *data,
        *_output(request.answer),
    ]
    words = [f"curl {options[0]}" if options else "curl", *options[1:], _quoted(request.target)]
    return " \\\n  ".join(words)


def _quoted(text: Text) -> str:
    """A word of a shell; variables are filled in by it."""
    if all(isinstance(piece, str) for piece in text):
        return shlex.quote(clean("".join(map(str, text))))
    inner = (
        _IN_DOUBLE.sub(r"\\\1", clean(piece)) if isinstance(piece, str) else f"${piece.name}"
        for piece in text
    )
    return f'"{"".join(inner)}"'


def _method(method: str, *, has_data: bool) -> list[str]:
    default = "POST" if has_data else "GET"
    if method == "HEAD":
        return ["--head"]
    return [] if method == default else [f"-X {shlex.quote(method)}"]


def _credential(credential: Credential) -> str:
    match credential:
        case Header():
            return _header(credential)
        case Cookie():
            return _cookie(credential)
        case Login():
            user = f'-u "${credential.username.name}:${credential.password.name}"'
            return f"--digest {user}" if credential.digest else user
        case Certificate():
            return f"--cert {credential.certificate} --key {credential.key}"
        case Key():
            return ""


def _header(header: Header) -> str:
    """A header; with a semicolon where it is sent without a value."""
    name = f"{header.name}: " if any(header.value) else f"{header.name};"
    return f"-H {_quoted((name, *header.value))}"


def _cookie(cookie: Cookie) -> str:
    return f"-b {_quoted((f'{cookie.name}=', *cookie.value))}"


def _data(body: Body | None) -> Iterator[str]:
    if body is None:
        return
    if isinstance(body, FormBody):
        yield from map(_part if body.multipart else _pair, body.fields)
        return
    yield f"-H {shlex.quote(f'Content-Type: {body.content_type}')}"
    match body:
        case JSONBody() if _exact(body.content_type):
            yield f"--data-binary @{body.file}"
        case JSONBody():
            compact = visible_json(json.dumps(body.value, ensure_ascii=False))
            yield f"--data {shlex.quote(compact if len(compact) < _SHORT else body.text)}"
        case TextBody():
            option = "--data-raw" if body.text.startswith("@") else "--data-binary"
            yield f"{option} {shlex.quote(body.text)}"
        case _:
            yield f"--data-binary @{body.file}"


def _exact(content_type: str) -> bool:
    """Whether the bytes matter, and not only what they say: a type of its own, not plain JSON."""
    return content_type.partition(";")[0].strip().lower() != "application/json"


def _part(field: Field) -> str:
    """A part; a text that `-F` would read as more than a text goes by another option."""
    if field.file:
        plain = field.content_type in ("", "application/octet-stream")
        kind = "" if plain else f";type={field.content_type}"
        return f"-F {shlex.quote(f'{field.name}=@{field.file}{kind}')}"
    special = field.text.startswith(("@", "<", '"')) or ";" in field.text
    if not field.content_type:
        option = "--form-string" if special else "-F"
        return f"{option} {shlex.quote(f'{field.name}={field.text}')}"
    text = '"{}"'.format(re.sub(r'([\\"])', r"\\\1", field.text)) if special else field.text
    return f"-F {shlex.quote(f'{field.name}={text};type={field.content_type}')}"


def _pair(field: Field) -> str:
    name = quote(field.name, errors="replace")
    return f"--data-urlencode {shlex.quote(f'{name}={field.text}')}"


def _output(answer: str) -> list[str]:
    """Show the headers of an answer that has no body; save one that is not text."""
    return {"headers": ["-i"], "binary": ["-o content.bin"]}.get(answer, [])
