"""Commands for curl that send a described request, with values instead of placeholders."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

from routebook.descriptors import (
    APIDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    RouteDescriptor,
)
from routebook.metadata import SecurityScheme
from routebook.paths import PathTemplate
from routebook.views.escape import clean
from routebook.views.forms import MULTIPART, Field, fields, form_of
from routebook.views.ids import slug
from routebook.views.model import SampleView
from routebook.views.samples import REQUEST
from routebook.views.security import first_schemes
from routebook.views.values import Values
from routebook.views.wire import server_url, shown
from routebook.views.written import is_json, simple

_FRAMING = frozenset({"host", "content-length", "transfer-encoding", "connection", "authorization"})
_LONGEST = 600
_ESCAPED = r"\\\1"
_IN_DOUBLE = re.compile(r'([\\"$`])')


class Curl:
    """Writes curl commands."""

    def __init__(self, api: APIDescriptor, values: Values) -> None:
        self._api = api
        self._values = values

    def command(
        self,
        template: PathTemplate | None,
        route: RouteDescriptor,
        method: MethodDescriptor,
        request: RequestDescriptor,
    ) -> SampleView:
        """A command that sends a request of a variant; authentication comes from variables."""
        schemes = first_schemes(self._api, method)
        data = list(self._data(route, request))
        options = [
            *_method(method.method, has_data=bool(data)),
            *_following(method.method, request),
            *_authentication(schemes),
            *self._headers(request),
            *data,
            *_output(request),
        ]
        url = self._url(template, route, method, request, schemes)
        text = " \\\n  ".join([f"curl {options[0]}" if options else "curl", *options[1:], url])
        return SampleView(text=clean(text), language="sh", title="curl")

    def _url(
        self,
        template: PathTemplate | None,
        route: RouteDescriptor,
        method: MethodDescriptor,
        request: RequestDescriptor,
        schemes: tuple[SecurityScheme, ...],
    ) -> str:
        if template is None:
            return '"$URL"'
        path = self._values.path(template, request.path_parameters)
        query = [
            f"{name}={text}"
            for parameter in request.query_parameters
            if shown(parameter, request, "query")
            for name, text in self._values.pairs(parameter)
        ]
        if request.querystring is not None:
            query.append(simple(self._values.of(request.querystring)))
        url = server_url(self._api, route, method) + path
        keys = [
            f"{scheme.parameter}=$API_KEY"
            for scheme in schemes
            if scheme.type == "apiKey" and scheme.location == "query"
        ]
        if keys:
            plain = _IN_DOUBLE.sub(r"\\\1", f"{url}?{'&'.join([*query, ''])}")
            return f'"{plain}{"&".join(keys)}"'
        return shlex.quote(f"{url}?{'&'.join(query)}" if query else url)

    def _headers(self, request: RequestDescriptor) -> Iterator[str]:
        for header in request.headers:
            name = header.name.lower()
            wanted = shown(header, request, "header") or (name == "accept" and header.examples)
            if wanted and name not in _FRAMING and not (name == "content-type" and request.body):
                yield f"-H {shlex.quote(f'{header.name}: {simple(self._values.of(header))}')}"
            elif name == "content-length" and header.required and request.body is None:
                yield "-H 'Content-Length: 0'"
        for cookie in request.cookie_parameters:
            if shown(cookie, request, "cookie"):
                yield f"-b {shlex.quote(f'{cookie.name}={simple(self._values.of(cookie))}')}"

    def _data(self, route: RouteDescriptor, request: RequestDescriptor) -> Iterator[str]:
        if request.body is None or not request.body.content:
            return
        media = request.body.content[0]
        value = self._values.body(media, REQUEST)
        if (form := form_of(media)) and isinstance(value, dict):
            written = _part if form == MULTIPART else _pair
            yield from map(written, fields(media, value))
            return
        yield f"-H {shlex.quote(f'Content-Type: {_concrete(media.content_type)}')}"
        yield _content(route, media, value, self._values.written(media, value))


def _content(route: RouteDescriptor, media: MediaTypeDescriptor, value: Any, text: str) -> str:
    """The body: in place when it is short JSON or text, else from a file."""
    if is_json(media.content_type):
        if len(text) <= _LONGEST and not _exact(media):
            compact = json.dumps(value, ensure_ascii=False)
            return f"--data {shlex.quote(compact if len(compact) < 60 else text)}"
        return f"--data-binary @{_file(route)}.json"
    is_text = media.content_type.lower().startswith("text/") or "xml" in media.content_type.lower()
    if is_text and isinstance(value, str) and len(text) <= _LONGEST:
        return (
            f"--data-binary {shlex.quote(text)}" if not text.startswith("@") else "--data-binary @-"
        )
    return "--data-binary @content.bin"


def _exact(media: MediaTypeDescriptor) -> bool:
    """Whether the bytes matter, and not only what they say: a type of its own, not plain JSON."""
    return media.content_type.partition(";")[0].strip().lower() != "application/json"


def _file(route: RouteDescriptor) -> str:
    return slug(route.entity or route.name)


def _concrete(content_type: str) -> str:
    """A media type that may be sent, for a media range."""
    kind, _, rest = content_type.partition("/")
    return (
        content_type
        if "*" not in content_type
        else ("application/octet-stream" if kind == "*" or rest != "*" else f"{kind}/plain")
    )


def _part(field: Field) -> str:
    """A part; a text that `-F` would read as more than a text goes by another option."""
    if field.file:
        return f"-F {shlex.quote(f'{field.name}=@{field.file}')}"
    text = f"{field.name}={field.text}"
    if field.content_type:
        return f"-F {shlex.quote(f'{text};type={field.content_type}')}"
    option = "--form-string" if field.text.startswith(("@", "<", '"')) or ";" in text else "-F"
    return f"{option} {shlex.quote(text)}"


def _pair(field: Field) -> str:
    return f"--data-urlencode {shlex.quote(f'{field.name}={field.text}')}"


def _method(method: str, *, has_data: bool) -> list[str]:
    default = "POST" if has_data else "GET"
    if method == "HEAD":
        return ["--head"]
    return [] if method == default else [f"-X {shlex.quote(method)}"]


def _following(method: str, request: RequestDescriptor) -> list[str]:
    """Follow a redirect where one is an answer that gives what was asked for."""
    codes = {str(answer.status_code) for answer in request.successes}
    return ["-L"] if method in {"GET", "HEAD"} and codes & {"302", "303", "307"} else []


def _output(request: RequestDescriptor) -> list[str]:
    """Show the headers of an answer that has no body; save one that is not text."""
    first = next(iter(request.successes), None)
    if first is None:
        return []
    if first.body is None or not first.body.content:
        return ["-i"] if first.headers else []
    media = first.body.content[0]
    text = (
        is_json(media.content_type) or "text" in media.content_type or "xml" in media.content_type
    )
    return [] if text or "*" in media.content_type else ["-o content.bin"]


def _authentication(schemes: tuple[SecurityScheme, ...]) -> Iterator[str]:
    for scheme in schemes:
        kind = scheme.scheme.lower()
        if scheme.type == "http" and kind == "basic":
            yield '-u "$USERNAME:$PASSWORD"'
        elif scheme.type == "http" and kind == "digest":
            yield '--digest -u "$USERNAME:$PASSWORD"'
        elif scheme.type in {"http", "oauth2", "openIdConnect"}:
            word = "Bearer" if scheme.type != "http" or kind == "bearer" else scheme.scheme
            yield f'-H "Authorization: {_IN_DOUBLE.sub(_ESCAPED, word)} $TOKEN"'
        elif scheme.type == "apiKey" and scheme.location == "header":
            yield f'-H "{_IN_DOUBLE.sub(_ESCAPED, scheme.parameter)}: $API_KEY"'
        elif scheme.type == "apiKey" and scheme.location == "cookie":
            yield f'-b "{_IN_DOUBLE.sub(_ESCAPED, scheme.parameter)}=$API_KEY"'
        elif scheme.type == "mutualTLS":
            yield "--cert client.pem --key client.key"
