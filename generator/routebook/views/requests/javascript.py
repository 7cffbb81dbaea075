"""Requests as JavaScript modules with `fetch`, as Node has it since version 18."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from routebook.views.forms import Field
from routebook.views.requests.layout import Block, Layout, Node, ended, lines, named
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

LAYOUT = Layout(80, "  ")
"""How its lines are laid out."""
_LINES = Block("", (), "", mark=" +", last="")
_WITHOUT_BODY = frozenset({"GET", "HEAD"})
_FORBIDDEN = frozenset({"CONNECT", "TRACE", "TRACK"})
_WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_LARGEST = 2**53 - 1
"""The largest whole number that JavaScript surely keeps (`Number.MAX_SAFE_INTEGER`)."""
_ANSWERS = {
    "json": "console.log(await response.json());",
    "text": "console.log(await response.text());",
    "headers": "console.log(response.headers);",
    "": "console.log(response.status);",
}


def write(request: Request) -> str | None:
    """A module that sends a request; None for one that `fetch` cannot send.

    It refuses some methods, and bodies of GET and HEAD (Fetch Standard, sections 2.2.1 and 5.4);
    and it has no digest authentication and no client certificates.
    """
    method = request.method.upper()
    cannot = method in _FORBIDDEN or (method in _WITHOUT_BODY and request.body is not None)
    login = request.login
    if cannot or (login is not None and login.digest) or request.certificate is not None:
        return None
    return _Module(request).text()


class _Module:
    """A module, and what it imports."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._used: set[str] = set()

    def text(self) -> str:
        code = "\n".join(self._lines())
        if not self._used:
            return code
        names = ", ".join(sorted(self._used))
        return f'import {{ {names} }} from "node:fs/promises";\n\n{code}'

    def _lines(self) -> Iterator[str]:
        request = self._request
        body = request.body
        if isinstance(body, FormBody):
            yield from self._form(body)
        if (login := request.login) is not None:
            user = f"{self._inside(login.username)}:{self._inside(login.password)}"
            yield f"const user = `{user}`;"
        options = tuple(self._options())
        url = self._text(request.target)
        call = f"const response = await fetch({url}"
        yield LAYOUT.text(Block(f"{call}, {{", options, "});", " ") if options else f"{call});")
        if request.succeeds:
            yield "if (!response.ok) {"
            yield "  throw new Error(`${response.status} ${response.statusText}`);"
            yield "}"
        yield self._answer()

    def _answer(self) -> str:
        answer = "headers" if self._request.method == "HEAD" else self._request.answer
        if answer == "binary":
            self._used.add("writeFile")
            return 'await writeFile("content.bin", Buffer.from(await response.arrayBuffer()));'
        return _ANSWERS[answer]

    def _options(self) -> Iterator[Node]:
        request = self._request
        if request.method != "GET":
            yield f"method: {quoted(request.method)}"
        implied = _implied(request.body)
        headers = [
            named(f"{key(header.name)}: ", self._header(header))
            for header in request.sent_headers(implied)
        ]
        if request.login is not None:
            headers.insert(0, 'Authorization: `Basic ${Buffer.from(user).toString("base64")}`')
        if headers:
            yield Block("headers: {", tuple(headers), "}", " ")
        if request.body is not None:
            yield named("body: ", self._body(request.body))

    def _header(self, header: Header) -> str:
        """What a header holds; `fetch` wants a character for each octet."""
        found = self._text(header.value)
        plain = all(piece.isascii() for piece in header.value if isinstance(piece, str))
        return found if plain else f'Buffer.from({found}).toString("latin1")'

    def _body(self, body: Body) -> Node:
        match body:
            case JSONBody() if _is_kept(body.value):
                return named("JSON.stringify(", ended(value(body.value), ")"))
            case JSONBody() | TextBody():
                return lines(body.text, quoted, _LINES, LAYOUT.width - 16)
            case FileBody():
                return self._file(body.file)
            case FormBody(multipart=True):
                return "form"
            case FormBody():
                return named("new URLSearchParams(", ended(_pairs(body.fields), ")"))

    def _form(self, body: FormBody) -> Iterator[str]:
        """The statements that fill a form whose fields are parts."""
        if not body.multipart:
            return
        yield "const form = new FormData();"
        for field in body.fields:
            found: list[Node] = [quoted(field.name), self._part(field)]
            found += [quoted(field.file)] if field.file else []
            yield LAYOUT.text(Block("form.append(", tuple(found), ");"))
        yield ""

    def _part(self, field: Field) -> Node:
        content = self._file(field.file) if field.file else quoted(field.text)
        if not field.file and not field.content_type:
            return content
        options = f"{{ type: {quoted(field.content_type)} }}" if field.content_type else ""
        return Block(f"new Blob([{content}]", (), f", {options})" if options else ")")

    def _file(self, name: str) -> str:
        self._used.add("readFile")
        return f"await readFile({quoted(name)})"

    def _inside(self, env: Env) -> str:
        found = f"process.env.{env.name}"
        return f"${{encodeURIComponent({found})}}" if env.encoded else f"${{{found}}}"

    def _text(self, text: Text) -> str:
        """An expression for a text: a literal, a variable, or a template with variables in it."""
        if all(isinstance(piece, str) for piece in text):
            return quoted("".join(map(str, text)))
        if len(text) == 1 and isinstance(text[0], Env):
            return f"process.env.{text[0].name}"
        inner = (
            literal(piece, "`", _numbered, (("${", "\\${"),))
            if isinstance(piece, str)
            else self._inside(piece)
            for piece in text
        )
        return f"`{''.join(inner)}`"


def _implied(body: Body | None) -> str:
    """The media type that `fetch` says by itself, if it is that of the body."""
    if isinstance(body, FormBody) and (body.multipart or ";" not in body.content_type):
        return body.content_type
    return ""


def value(data: Any) -> Node:
    """A JSON value as a literal."""
    match data:
        case dict():
            items = (named(f"{key(str(name))}: ", value(item)) for name, item in data.items())
            return Block("{", tuple(items), "}", " ")
        case list():
            return Block("[", tuple(map(value, data)), "]")
        case str():
            return quoted(data)
        case None:
            return "null"
        case bool():
            return str(data).lower()
    return repr(data)


def _is_kept(data: Any) -> bool:
    """Whether JavaScript has all the numbers of a JSON value."""
    if isinstance(data, (dict, list)):
        return all(map(_is_kept, data.values() if isinstance(data, dict) else data))
    return not isinstance(data, int) or abs(data) <= _LARGEST


def _pairs(fields: tuple[Field, ...]) -> Block:
    """Pairs as an object; where a name comes twice, as an array of pairs."""
    names = [field.name for field in fields]
    if len(set(names)) == len(names):
        items = tuple(f"{key(field.name)}: {quoted(field.text)}" for field in fields)
        return Block("{", items, "}", " ")
    pairs = ((quoted(field.name), quoted(field.text)) for field in fields)
    return Block("[", tuple(Block("[", pair, "]") for pair in pairs), "]")


def key(name: str) -> str:
    """The name of a property; that of the prototype would set it, unless it is computed."""
    if name == "__proto__":
        return '["__proto__"]'
    return name if _WORD.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """A text as a literal, in double quotes unless single ones need fewer backslashes."""
    mark = "'" if text.count('"') > text.count("'") else '"'
    return f"{mark}{literal(text, mark, _numbered)}{mark}"


def _numbered(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"
