"""Makes requests with values from what is described."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from routebook.descriptors import (
    APIDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.metadata import SecurityScheme
from routebook.paths import PathTemplate
from routebook.views.forms import MULTIPART, URLENCODED, fields, form_of
from routebook.views.ids import slug
from routebook.views.requests import styles
from routebook.views.requests.literals import visible_json
from routebook.views.requests.model import (
    Body,
    Certificate,
    Cookie,
    Credential,
    Env,
    FileBody,
    FormBody,
    Header,
    JSONBody,
    Key,
    Login,
    Request,
    TextBody,
)
from routebook.views.samples import REQUEST
from routebook.views.security import first_schemes
from routebook.views.values import Values
from routebook.views.wire import server_url, shown
from routebook.views.written import is_json

_FRAMING = frozenset({"host", "content-length", "transfer-encoding", "connection", "authorization"})
_LONGEST = 600
"""How many characters a body has at most that stands in the sample; longer ones are in files."""
_DEEPEST = 16
"""How many levels a JSON value has at most that is written as a literal."""
_CONTENT = "content.bin"
_RANGES = {
    "text": "text/plain",
    "image": "image/png",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "font": "font/woff2",
}
"""A media type that may be sent, for a range of them (RFC 9110, section 12.5.1)."""


class Requests:
    """Makes the requests of an API."""

    def __init__(self, api: APIDescriptor, values: Values) -> None:
        self._api = api
        self._values = values

    def request(
        self,
        template: PathTemplate | None,
        route: RouteDescriptor,
        method: MethodDescriptor,
        request: RequestDescriptor,
    ) -> Request:
        """A request of a variant; without a template, its URL is not known before."""
        credentials = tuple(_credentials(first_schemes(self._api, method)))
        headers = tuple(self._headers(request, credentials))
        usual = next(iter(request.successes), None)
        follows = _follows(method.method, request)
        url = rest = ""
        query: list[tuple[str, str]] = []
        if template is not None:
            path = styles.path(template, request.path_parameters, self._values)
            url = server_url(self._api, route, method) + path
            query = list(self._query(request))
            if request.querystring is not None:
                rest = styles.whole_query(request.querystring, self._values)
        return Request(
            method=method.method,
            url=url,
            query=tuple(query),
            rest=rest,
            credentials=credentials,
            headers=headers,
            cookies=tuple(self._cookies(request)),
            body=self._body(route, request),
            sized=request.body is None and _asks_for_length(request),
            follows=follows,
            succeeds=follows or usual is None or str(usual.status_code)[:1] in ("2", "d"),
            answer=_answer(usual),
        )

    def _query(self, request: RequestDescriptor) -> Iterator[tuple[str, str]]:
        for parameter in request.query_parameters:
            if shown(parameter, request, "query"):
                yield from styles.query(parameter, self._values)

    def _headers(
        self, request: RequestDescriptor, credentials: Iterable[Credential]
    ) -> Iterator[Header]:
        """Headers, each once, but for those that the message or its body makes by itself."""
        said = {item.name.lower() for item in credentials if isinstance(item, Header)}
        for header in request.headers:
            name = header.name.lower()
            wanted = shown(header, request, "header") or (name == "accept" and header.examples)
            own = name in _FRAMING or (name == "content-type" and request.body is not None)
            if wanted and not own and name not in said:
                said.add(name)
                yield Header(header.name, (styles.header(header, self._values),))

    def _cookies(self, request: RequestDescriptor) -> Iterator[Cookie]:
        for cookie in request.cookie_parameters:
            if shown(cookie, request, "cookie"):
                yield Cookie(cookie.name, (styles.cookie(cookie, self._values),))

    def _body(self, route: RouteDescriptor, request: RequestDescriptor) -> Body | None:
        if request.body is None or not request.body.content:
            return None
        media = request.body.content[0]
        value = self._values.body(media, REQUEST)
        if (form := form_of(media)) and isinstance(value, dict):
            found = tuple(fields(media, value))
            kind = media.content_type if form == URLENCODED else form
            return FormBody(kind, found, multipart=form == MULTIPART) if found else None
        return _content(route, media, value, self._values.written(media, value))


def _content(route: RouteDescriptor, media: MediaTypeDescriptor, value: Any, text: str) -> Body:
    """The body: in place when it is short JSON or text, else from a file."""
    kind = _concrete(media.content_type)
    if is_json(kind):
        file = f"{slug(route.entity or route.name)}.json"
        return _json(kind, text, file) if len(text) <= _LONGEST else FileBody(kind, file)
    lower = kind.lower()
    is_text = lower.startswith("text/") or "xml" in lower or form_of(media) == URLENCODED
    if is_text and isinstance(value, str) and len(text) <= _LONGEST:
        return TextBody(kind, text)
    return FileBody(kind, _CONTENT)


def _json(kind: str, text: str, file: str) -> Body:
    """A JSON value, or the text of one that not every language can write as it is."""
    text = visible_json(text)
    try:
        value = json.loads(text)
    except ValueError:
        return TextBody(kind, text)
    return JSONBody(kind, value, text, file) if _is_common(value) else TextBody(kind, text)


def _is_common(value: Any, depth: int = 0) -> bool:
    """Whether a value is not deep, and its numbers are finite."""
    if isinstance(value, (dict, list)):
        inner = value.values() if isinstance(value, dict) else value
        return depth < _DEEPEST and all(_is_common(item, depth + 1) for item in inner)
    return not isinstance(value, float) or math.isfinite(value)


def _concrete(content_type: str) -> str:
    """A media type that may be sent, for a media range."""
    if "*" not in content_type:
        return content_type
    return _RANGES.get(content_type.partition("/")[0].strip().lower(), "application/octet-stream")


def _asks_for_length(request: RequestDescriptor) -> bool:
    return any(item.required and item.name.lower() == "content-length" for item in request.headers)


def _follows(method: str, request: RequestDescriptor) -> bool:
    """Whether a redirect is an answer that leads to what was asked for."""
    codes = {str(answer.status_code) for answer in request.successes}
    return method in {"GET", "HEAD"} and bool(codes & {"302", "303", "307"})


def _answer(usual: ResponseDescriptor | None) -> str:
    """What an answer has that is worth a look."""
    if usual is None:
        return "text"
    if usual.body is None or not usual.body.content:
        return "headers" if usual.headers else ""
    kind = usual.body.content[0].content_type.lower()
    if is_json(kind):
        return "json"
    return "text" if "text" in kind or "xml" in kind or "*" in kind else "binary"


def _credentials(schemes: tuple[SecurityScheme, ...]) -> Iterator[Credential]:
    for scheme in schemes:
        kind = scheme.scheme.lower()
        if scheme.type == "http" and kind in ("basic", "digest"):
            yield Login(kind == "digest", Env("USERNAME"), Env("PASSWORD"))
        elif scheme.type in {"http", "oauth2", "openIdConnect"}:
            word = "Bearer" if scheme.type != "http" or kind == "bearer" else scheme.scheme
            yield Header("Authorization", (f"{word} ", Env("TOKEN")))
        elif scheme.type == "apiKey":
            yield from _key(scheme)
        elif scheme.type == "mutualTLS":
            yield Certificate("client.pem", "client.key")


def _key(scheme: SecurityScheme) -> Iterator[Credential]:
    match scheme.location:
        case "header":
            yield Header(scheme.parameter, (Env("API_KEY"),))
        case "cookie":
            yield Cookie(scheme.parameter, (Env("API_KEY"),))
        case "query":
            yield Key(styles.encoded(scheme.parameter), Env("API_KEY", encoded=True))
