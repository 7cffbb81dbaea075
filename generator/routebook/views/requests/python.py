"""Requests as Python with httpx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from routebook.views.forms import Field
from routebook.views.requests.layout import Block, Layout, Node, lines, named
from routebook.views.requests.literals import literal
from routebook.views.requests.model import (
    Body,
    Env,
    FileBody,
    FormBody,
    Header,
    JSONBody,
    Request,
    Text,
    TextBody,
)

_LAYOUT = Layout(88, "    ")
_LINES = Block("(", (), ")", mark="", last="")
_BODILESS = frozenset({"GET", "DELETE", "HEAD", "OPTIONS"})
_SHORTHANDS = _BODILESS | {"POST", "PUT", "PATCH"}
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")
_IMPORTS = {
    "os": "import os",
    "ssl": "import ssl",
    "Path": "from pathlib import Path",
    "quote": "from urllib.parse import quote",
}
"""The imports from the standard library, in their order."""


def write(request: Request) -> str:
    """A script that sends a request."""
    return _Script(request).text()


class _Script:
    """A script, and what it imports."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._used: set[str] = set()

    def text(self) -> str:
        code = "\n".join(self._lines())
        imports = [line for name, line in _IMPORTS.items() if name in self._used]
        return "\n".join([*imports, *([""] if imports else []), "import httpx", "", code])

    def _lines(self) -> Iterator[str]:
        request = self._request
        if (shown := request.certificate) is not None:
            self._used.add("ssl")
            yield "context = ssl.create_default_context()"
            yield f"context.load_cert_chain({quoted(shown.certificate)}, {quoted(shown.key)})\n"
        arguments = tuple(self._arguments())
        name = request.method.lower()
        if request.method not in _SHORTHANDS or (request.body and request.method in _BODILESS):
            name, arguments = "request", (quoted(request.method), *arguments)
        yield _LAYOUT.text(Block(f"response = httpx.{name}(", arguments, ")"))
        if request.succeeds:
            yield "response.raise_for_status()"
        yield self._answer()

    def _answer(self) -> str:
        match "headers" if self._request.method == "HEAD" else self._request.answer:
            case "json":
                return "print(response.json())"
            case "text":
                return "print(response.text)"
            case "headers":
                return "print(response.headers)"
            case "binary":
                self._used.add("Path")
                return 'Path("content.bin").write_bytes(response.content)'
        return "print(response.status_code)"

    def _arguments(self) -> Iterator[Node]:
        request = self._request
        parameters = self._parameters()
        yield self._text(request.target if parameters is None else (request.url,))
        yield from _given("params=", parameters)
        body, implied = self._body(request.body)
        yield from _given("headers=", self._headers(request.sent_headers(implied)))
        if (login := request.login) is not None:
            user = Block("(", (self._env(login.username), self._env(login.password)), ")")
            yield named("auth=", named("httpx.DigestAuth" if login.digest else "", user))
        yield from body
        if request.follows:
            yield "follow_redirects=True"
        if request.certificate is not None:
            yield "verify=context"

    def _parameters(self) -> Block | None:
        """The query as `params`, if httpx surely writes it as described; None if it may not."""
        request = self._request
        texts = [text for pair in request.query for text in pair] + [k.name for k in request.keys]
        if request.rest or "?" in request.url or not request.url or not texts:
            return None
        if not all(map(_UNRESERVED.fullmatch, texts)):
            return None
        pairs: list[tuple[str, Node]] = [(name, quoted(value)) for name, value in request.query]
        keys = ((key.name, f"os.environ[{quoted(key.value.name)}]") for key in request.keys)
        self._used.update(["os"] if request.keys else [])
        return _pairs([*pairs, *keys])

    def _headers(self, headers: Iterable[Header]) -> Block:
        pairs = ((quoted(header.name), self._header(header.value)) for header in headers)
        return Block("{", tuple(f"{name}: {value}" for name, value in pairs), "}")

    def _header(self, value: Text) -> str:
        """What a header holds; httpx wants octets where it is not ASCII."""
        plain = all(piece.isascii() for piece in value if isinstance(piece, str))
        return self._text(value) + ("" if plain else ".encode()")

    def _body(self, body: Body | None) -> tuple[list[Node], str]:
        """The argument that is the body, and the media type that it implies."""
        match body:
            case None:
                return [], ""
            case JSONBody() if body.value is not None:
                return [named("json=", value(body.value))], "application/json"
            case JSONBody() | TextBody():
                return [named("content=", lines(body.text, quoted, _LINES, _LAYOUT.width - 16))], ""
            case FileBody():
                return [f"content={self._file(body.file)}"], ""
            case FormBody(multipart=False):
                fields = _pairs([(field.name, quoted(field.text)) for field in body.fields], {})
                return [named("data=", fields)], body.content_type.split(";")[0]
            case FormBody():
                return list(self._parts(body.fields)), body.content_type

    def _parts(self, fields: tuple[Field, ...]) -> Iterator[Node]:
        """Texts as `data` beside files; without any, each text is a file without a name."""
        files = [field for field in fields if field.file or field.content_type]
        plain = [field for field in fields if field not in files]
        if not files:
            files, plain = plain, []
        pairs: list[tuple[str, Node]] = [(field.name, quoted(field.text)) for field in plain]
        yield from _given("data=", _pairs(pairs, {}))
        yield named("files=", _pairs([(field.name, self._part(field)) for field in files]))

    def _part(self, field: Field) -> Node:
        content = self._file(field.file) if field.file else quoted(field.text)
        kind = [quoted(field.content_type)] if field.content_type else []
        name = quoted(field.file) if field.file else "None"
        return Block("(", (name, content, *kind), ")")

    def _file(self, name: str) -> str:
        self._used.add("Path")
        return f"Path({quoted(name)}).read_bytes()"

    def _env(self, env: Env, mark: str = '"') -> str:
        self._used.add("os")
        found = f"os.environ[{mark}{env.name}{mark}]"
        if not env.encoded:
            return found
        self._used.add("quote")
        return f"quote({found}, safe={mark}{mark})"

    def _text(self, text: Text) -> str:
        """An expression for a text: a literal, a variable, or a literal with variables in it."""
        if all(isinstance(piece, str) for piece in text):
            return quoted("".join(map(str, text)))
        if len(text) == 1 and isinstance(text[0], Env):
            return self._env(text[0])
        inner = (
            _inside(piece, (("{", "{{"), ("}", "}}")))
            if isinstance(piece, str)
            else f"{{{self._env(piece, chr(39))}}}"
            for piece in text
        )
        return f'f"{"".join(inner)}"'


def _given(name: str, block: Block | None) -> Iterator[Node]:
    if block is not None and block.items:
        yield named(name, block)


def _pairs(pairs: list[tuple[str, Node]], lists: dict[str, list[Node]] | None = None) -> Block:
    """Pairs as a dictionary; where a name comes twice, as a list of pairs.

    With `lists`, the values of a name that comes twice are a list in a dictionary.
    """
    names = [name for name, _ in pairs]
    if len(set(names)) == len(names):
        items = tuple(named(f"{quoted(name)}: ", node) for name, node in pairs)
        return Block("{", items, "}")
    if lists is None:
        return Block("[", tuple(Block("(", (quoted(n), node), ")") for n, node in pairs), "]")
    for name, node in pairs:
        lists.setdefault(name, []).append(node)
    grouped = (
        (name, nodes[0] if len(nodes) == 1 else Block("[", tuple(nodes), "]"))
        for name, nodes in lists.items()
    )
    return Block("{", tuple(named(f"{quoted(name)}: ", node) for name, node in grouped), "}")


def value(data: Any) -> Node:
    """A JSON value as a literal."""
    match data:
        case dict():
            items = (named(f"{quoted(str(key))}: ", value(item)) for key, item in data.items())
            return Block("{", tuple(items), "}")
        case list() | tuple():
            return Block("[", tuple(map(value, data)), "]")
        case str():
            return quoted(data)
    return repr(data)


def quoted(text: str) -> str:
    """A text as a literal, in double quotes unless single ones need fewer backslashes."""
    if text.count('"') > text.count("'"):
        return f"'{_inside(text, mark=chr(39))}'"
    return f'"{_inside(text)}"'


def _inside(text: str, special: tuple[tuple[str, str], ...] = (), mark: str = '"') -> str:
    return literal(text, mark, _numbered, special)


def _numbered(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
