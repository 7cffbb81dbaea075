"""Requests as Go programs with `net/http`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from routebook.views.forms import Field, disposition
from routebook.views.requests.literals import UNSEEN, fit, literal
from routebook.views.requests.model import (
    Body,
    Certificate,
    Env,
    FileBody,
    FormBody,
    JSONBody,
    Request,
    Text,
    TextBody,
)

_METHODS = {
    name.upper(): f"http.Method{name}"
    for name in ("Get", "Head", "Post", "Put", "Patch", "Delete", "Connect", "Options", "Trace")
}
_PLAIN_NAME = re.compile(r'[^"\\\r\n]*')
_FAILED = ("if err != nil {", "\tlog.Fatal(err)", "}")


def write(request: Request) -> str | None:
    """A program that sends a request; None for digest authentication, which Go has not."""
    if request.login is not None and request.login.digest:
        return None
    return _Program(request).text()


class _Program:
    """A program, and what it imports."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._used = {"log", "net/http"}
        self._declared: set[str] = set()

    def text(self) -> str:
        lines = [f"\t{line}" if line else "" for line in self._lines()]
        imports = [f"\t{quoted(name)}" for name in sorted(self._used)]
        head = ["package main", "", "import (", *imports, ")", "", "func main() {"]
        return "\n".join([*head, *lines, "}"])

    def _lines(self) -> Iterator[str]:
        request = self._request
        client = "http.DefaultClient"
        if (shown := request.certificate) is not None:
            client = "client"
            yield from self._client(shown)
        yield from self._body(request.body)
        if request.body is not None or request.certificate is not None:
            yield ""
        method = _METHODS.get(request.method) or quoted(request.method)
        body = "nil" if request.body is None else "&body" if _is_parts(request.body) else "body"
        yield f"req, err := http.NewRequest({method}, {self._text(request.target)}, {body})"
        yield from _FAILED
        if (login := request.login) is not None:
            yield f"req.SetBasicAuth({self._env(login.username)}, {self._env(login.password)})"
        yield from self._headers()
        yield ""
        yield f"resp, err := {client}.Do(req)"
        yield from (*_FAILED, "defer resp.Body.Close()", "")
        if request.succeeds:
            yield from ("if resp.StatusCode >= 300 {", "\tlog.Fatal(resp.Status)", "}")
        yield from self._answer()

    def _client(self, shown: Certificate) -> Iterator[str]:
        self._used.add("crypto/tls")
        files = f"{quoted(shown.certificate)}, {quoted(shown.key)}"
        yield from self._checked("certificate", f"tls.LoadX509KeyPair({files})")
        yield "client := &http.Client{Transport: &http.Transport{"
        yield "\tTLSClientConfig: &tls.Config{Certificates: []tls.Certificate{certificate}},"
        yield "}}"

    def _headers(self) -> Iterator[str]:
        request = self._request
        parts = request.body is not None and _is_parts(request.body)
        implied = request.body.content_type if parts and request.body else ""
        for header in request.sent_headers(implied):
            yield f"req.Header.Set({quoted(header.name)}, {self._text(header.value)})"
        if parts:
            yield 'req.Header.Set("Content-Type", form.FormDataContentType())'

    def _answer(self) -> Iterator[str]:
        match "headers" if self._request.method == "HEAD" else self._request.answer:
            case "json" | "text":
                self._used.update(("io", "os"))
                yield from _tried("_, err := io.Copy(os.Stdout, resp.Body)")
            case "binary":
                self._used.update(("io", "os"))
                yield from self._checked("file", 'os.Create("content.bin")')
                yield "defer file.Close()"
                yield from _tried("_, err := io.Copy(file, resp.Body)")
            case "headers":
                self._used.add("fmt")
                yield "fmt.Println(resp.Status, resp.Header)"
            case _:
                self._used.add("fmt")
                yield "fmt.Println(resp.Status)"

    def _body(self, body: Body | None) -> Iterator[str]:
        match body:
            case JSONBody() | TextBody():
                self._used.add("strings")
                yield f"body := strings.NewReader({written(body.text)})"
            case FileBody():
                self._used.update(("bytes", "os"))
                yield from self._checked("content", f"os.ReadFile({quoted(body.file)})")
                yield "body := bytes.NewReader(content)"
            case FormBody(multipart=True):
                yield from self._parts(body.fields)
            case FormBody():
                self._used.update(("net/url", "strings"))
                yield "form := url.Values{}"
                for field in body.fields:
                    yield f"form.Add({quoted(field.name)}, {written(field.text)})"
                yield "body := strings.NewReader(form.Encode())"

    def _parts(self, fields: tuple[Field, ...]) -> Iterator[str]:
        self._used.update(("bytes", "mime/multipart"))
        yield "var body bytes.Buffer"
        yield "form := multipart.NewWriter(&body)"
        for field in fields:
            if field.file or field.content_type or not _PLAIN_NAME.fullmatch(field.name):
                yield from self._part(field)
            else:
                yield f"form.WriteField({quoted(field.name)}, {written(field.text)})"
        yield "form.Close()"

    def _part(self, field: Field) -> Iterator[str]:
        """A part with a header of its own."""
        content = f"[]byte({written(field.text)})"
        if field.file:
            self._used.add("os")
            yield from self._checked("content", f"os.ReadFile({quoted(field.file)})")
            content = "content"
        yield self._set("header", "make(textproto.MIMEHeader)")
        self._used.add("net/textproto")
        yield f'header.Set("Content-Disposition", {written(disposition(field))})'
        if field.content_type:
            yield f'header.Set("Content-Type", {quoted(field.content_type)})'
        yield from self._checked("part", "form.CreatePart(header)")
        yield f"part.Write({content})"

    def _checked(self, name: str, call: str) -> tuple[str, ...]:
        """A variable that a call sets, or fails."""
        return (self._set(name, call, "err"), *_FAILED)

    def _set(self, name: str, expression: str, *others: str) -> str:
        """A variable that is set; the first time, it is declared."""
        sign = "=" if name in self._declared else ":="
        self._declared.add(name)
        return f"{', '.join((name, *others))} {sign} {expression}"

    def _text(self, text: Text) -> str:
        """An expression for a text, which is one of several arguments."""
        return "+".join(
            written(piece) if isinstance(piece, str) else self._env(piece) for piece in text
        )

    def _env(self, env: Env) -> str:
        self._used.add("os")
        found = f'os.Getenv("{env.name}")'
        if not env.encoded:
            return found
        self._used.add("net/url")
        return f"url.QueryEscape({found})"


def _tried(statement: str) -> tuple[str, ...]:
    return (f"if {statement}; err != nil {{", "\tlog.Fatal(err)", "}")


def _is_parts(body: Body) -> bool:
    return isinstance(body, FormBody) and body.multipart


def written(text: str) -> str:
    """A text between backquotes, where it has lines or quotes and may stand there; else quoted."""
    raw = "\n" in text or '"' in text
    shown = text.replace("\n", "")
    if raw and "`" not in shown and not UNSEEN.search(shown) and fit(text) == text:
        return f"`{text}`"
    return quoted(text)


def quoted(text: str) -> str:
    """A text as an interpreted string literal (Go specification, "String literals")."""
    return f'"{literal(text, chr(34), _numbered)}"'


def _numbered(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
