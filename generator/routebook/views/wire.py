"""Messages as they go over the wire, for people to read (RFC 9112)."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

from routebook.descriptors import (
    APIDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.metadata import SecurityScheme, ServerDescriptor
from routebook.paths import PathTemplate
from routebook.views.escape import clean
from routebook.views.forms import BOUNDARY, MULTIPART, form_of
from routebook.views.model import SampleView
from routebook.views.samples import REQUEST, RESPONSE
from routebook.views.security import first_schemes
from routebook.views.values import Values
from routebook.views.written import simple

_EXAMPLE_SERVER = "https://api.example.com"


def server_url(api: APIDescriptor, route: RouteDescriptor, method: MethodDescriptor) -> str:
    """The URL that paths are appended to: the first server's, its variables at their defaults."""
    servers = method.servers or route.servers or api.servers
    url = filled(servers[0]) if servers else ""
    if not urlsplit(url).scheme:
        url = _EXAMPLE_SERVER + ("/" + url.lstrip("/") if url.strip("/") else "")
    return url.rstrip("/")


def filled(server: ServerDescriptor) -> str:
    """A server's URL with its variables at their defaults."""
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url


def placeholder(parameter: ParameterDescriptor) -> str:
    """What stands for a parameter's value: its `format`, or its name in angle brackets."""
    return parameter.format or f"<{parameter.name}>"


def shown(parameter: ParameterDescriptor, request: RequestDescriptor, place: str) -> bool:
    """Whether a parameter is part of what a variant's sample shows."""
    present = request.condition.present if request.condition else ()
    names = {name.lower() if place == "header" else name for name in present}
    own = parameter.name.lower() if place == "header" else parameter.name
    return parameter.required or f"{place}.{own}" in names


class Wire:
    """Writes requests with placeholders, and answers with values."""

    def __init__(self, api: APIDescriptor, values: Values) -> None:
        self._api = api
        self._values = values

    def request(
        self,
        template: PathTemplate | None,
        route: RouteDescriptor,
        method: MethodDescriptor,
        request: RequestDescriptor,
    ) -> SampleView:
        """A request: request line, headers, body, each parameter as its placeholder."""
        target = self._target(template, route, request)
        named = {header.name.lower(): header for header in request.headers}
        listed = set(named)
        host = named.pop("host", None)
        site = urlsplit(server_url(self._api, route, method)).netloc
        lines = [
            f"{method.method} {target} HTTP/1.1",
            f"Host: {host.format if host and host.format else site}",
        ]
        if "authorization" not in listed:
            lines += _authorization(first_schemes(self._api, method))
        for header in named.values():
            if shown(header, request, "header") or header.format:
                lines.append(f"{header.name}: {placeholder(header)}")
        cookies = [f"{item.name}={placeholder(item)}" for item in request.cookie_parameters]
        lines += [f"Cookie: {'; '.join(cookies)}"] if cookies else []
        if (body := request.body) is not None and body.content:
            media = body.content[0]
            text = media.format or self._values.text(media, REQUEST)
            lines += _body(media, text, listed)
        text = "\n".join(clean(line) for line in lines)
        return SampleView(text=text, language="http", title="Request")

    def _target(
        self,
        template: PathTemplate | None,
        route: RouteDescriptor,
        request: RequestDescriptor,
    ) -> str:
        named = {parameter.name: parameter for parameter in request.path_parameters}
        parts = template.parts if template else (route.path or "<URL>",)
        path = "".join(
            part
            if isinstance(part, str)
            else placeholder(named.get(part.name) or ParameterDescriptor(name=part.name))
            for part in parts
        )
        query = [
            f"{item.name}={placeholder(item)}"
            for item in request.query_parameters
            if shown(item, request, "query") or item.format
        ]
        query += [placeholder(request.querystring)] if request.querystring else []
        return path + ("?" + "&".join(query) if query else "")

    def response(self, response: ResponseDescriptor) -> SampleView | None:
        """An answer with values; None for one without a body: its headers say it all.

        One with error codes has none either: the index of codes shows each code's envelope.
        """
        if response.error_codes or response.body is None or not response.body.content:
            return None
        lines = [f"HTTP/1.1 {status_line(response.status_code)}"]
        lines += [f"{header.name}: {self.header(header)}" for header in response.headers]
        listed = {header.name.lower() for header in response.headers}
        media = response.body.content[0]
        text = self._values.text(media, RESPONSE)
        lines += _body(media, text, listed)
        text = "\n".join(clean(line) for line in lines)
        return SampleView(text=text, language="http", title="Response")

    def header(self, header: ParameterDescriptor) -> str:
        """What a header holds: an example, its placeholder, or a value of its schema."""
        if not header.examples and header.format:
            return header.format
        return " ".join(simple(self._values.of(header)).split())


_PHRASES = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
"""Reason phrases that Python has from older RFCs before its version 3.13."""


def status_line(status: int | str) -> str:
    """A status as a status line writes it; the first of a range, 200 for `default`.

    >>> status_line(404), status_line("5XX"), status_line("default")
    ('404 Not Found', '500 Internal Server Error', '200 OK')
    """
    code = str(status).upper().replace("X", "0")
    return f"{code} {reason(code)}".strip() if code.isdigit() else "200 OK"


@lru_cache(maxsize=256)
def reason(status: int | str) -> str:
    """The reason phrase of a status (RFC 9110, section 15); empty for one that has none."""
    try:
        return _PHRASES.get(int(status)) or HTTPStatus(int(status)).phrase
    except ValueError:
        return ""


def _body(media: MediaTypeDescriptor, text: str, listed: set[str]) -> list[str]:
    kind = media.content_type
    if form_of(media) == MULTIPART and "boundary" not in kind:
        kind = f"{kind}; boundary={BOUNDARY}"
    header = [] if "content-type" in listed else [f"Content-Type: {kind}"]
    return [*header, "", text]


def _authorization(schemes: tuple[SecurityScheme, ...]) -> list[str]:
    lines = []
    for scheme in schemes:
        if scheme.type == "apiKey" and scheme.location == "header":
            lines.append(f"{scheme.parameter}: <key>")
        elif scheme.type == "http" and scheme.scheme.lower() == "basic":
            lines.append("Authorization: Basic <credentials>")
        elif scheme.type in {"http", "oauth2", "openIdConnect"}:
            word = scheme.scheme if scheme.type == "http" else "Bearer"
            lines.append(f"Authorization: {word[:1].upper()}{word[1:]} <token>")
    return lines
