"""A request that is ready to be sent, whatever the language that it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routebook.values import Value, frozen
from routebook.views.forms import Field


@frozen(kw_only=False)
class Env(Value):
    """A value that comes from the environment, such as a credential."""

    name: str
    """The name of the variable."""
    encoded: bool = False
    """Whether it is percent-encoded where it stands."""


Text = tuple[str | Env, ...]
"""A text in pieces, some of which come from the environment."""


@frozen(kw_only=False)
class Header(Value):
    """A header of the request."""

    name: str
    """Its name."""
    value: Text
    """What it holds, on one line."""


@frozen(kw_only=False)
class Cookie(Value):
    """A cookie of the request."""

    name: str
    """Its name."""
    value: Text
    """What it holds, fit for a header (RFC 6265, section 4.1.1)."""


@frozen(kw_only=False)
class Key(Value):
    """A credential in the query."""

    name: str
    """The name of the parameter, percent-encoded."""
    value: Env
    """What it holds."""


@frozen(kw_only=False)
class Login(Value):
    """A user name with a password (RFC 7617), or for a digest (RFC 7616)."""

    digest: bool
    """Whether only a digest of the password is sent."""
    username: Env
    """The name."""
    password: Env
    """The password."""


@frozen(kw_only=False)
class Certificate(Value):
    """A certificate that the client shows (mutual TLS)."""

    certificate: str
    """The file of the certificate."""
    key: str
    """The file of its private key."""


Credential = Header | Cookie | Key | Login | Certificate


@frozen(kw_only=False)
class JSONBody(Value):
    """A JSON value."""

    content_type: str
    """Its media type."""
    value: Any
    """The value."""
    text: str
    """The same as it is shown."""
    file: str
    """What a file with it may be called."""


@frozen(kw_only=False)
class TextBody(Value):
    """A short text."""

    content_type: str
    """Its media type."""
    text: str
    """The text."""


@frozen(kw_only=False)
class FileBody(Value):
    """Anything else, which comes from a file."""

    content_type: str
    """Its media type."""
    file: str
    """The name of the file."""


@frozen(kw_only=False)
class FormBody(Value):
    """The fields of a form."""

    content_type: str
    """Its media type."""
    fields: tuple[Field, ...]
    """The fields, in order."""
    multipart: bool
    """Whether each is a part (RFC 7578); else they are URL-encoded."""


Body = JSONBody | TextBody | FileBody | FormBody


@frozen(kw_only=False)
class Request(Value):
    """A request, with values instead of placeholders."""

    method: str
    """The HTTP method."""
    url: str
    """The URL without a query; empty for one that only the environment knows."""
    query: tuple[tuple[str, str], ...]
    """The names and values of the query, percent-encoded."""
    rest: str
    """What else the query has, percent-encoded."""
    credentials: tuple[Credential, ...]
    """What says who asks, in the order of the security schemes."""
    headers: tuple[Header, ...]
    """The other headers, but for those that frame the message or say what the body is."""
    cookies: tuple[Cookie, ...]
    """The other cookies."""
    body: Body | None
    """The body; None for none."""
    sized: bool
    """Whether the server asks for a `Content-Length` even though there is no body."""
    follows: bool
    """Whether a redirect leads to what is asked for."""
    succeeds: bool
    """Whether the usual answer, behind a redirect that is followed, has a status of 200 to 299."""
    answer: str
    """What the usual answer is: `json`, `text`, `binary`, `headers`, or empty for nothing."""

    @property
    def target(self) -> Text:
        """The URL with its query (RFC 3986, section 3.4)."""
        if not self.url:
            return (Env("URL"),)
        given = [f"{name}={value}" for name, value in self.query]
        given += [self.rest] if self.rest else []
        pieces: list[str | Env] = [f"{self.url}?{'&'.join(given)}" if given else self.url]
        mark = "&" if given else "?"
        for key in self._every(Key):
            pieces += (f"{mark}{key.name}=", key.value)
            mark = "&"
        return merged(pieces)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The credentials in the query."""
        return tuple(self._every(Key)) if self.url else ()

    @property
    def login(self) -> Login | None:
        """The user name and password."""
        return next(self._every(Login), None)

    @property
    def certificate(self) -> Certificate | None:
        """The client's certificate."""
        return next(self._every(Certificate), None)

    @property
    def all_headers(self) -> tuple[Header, ...]:
        """The headers, credentials first; those of cookies and of the body left out."""
        return (*self._every(Header), *self.headers)

    @property
    def all_cookies(self) -> tuple[Cookie, ...]:
        """The cookies, credentials first."""
        return (*self._every(Cookie), *self.cookies)

    def sent_headers(self, implied: str = "", *, cookies: bool = True) -> tuple[Header, ...]:
        """The headers with that of the cookies, and the media type unless that is `implied`."""
        found = list(self.all_headers)
        if cookies and self.all_cookies:
            pieces: list[str | Env] = []
            for cookie in self.all_cookies:
                pieces += ("; " if pieces else "", f"{cookie.name}=", *cookie.value)
            found.append(Header("Cookie", merged(pieces)))
        if self.body is not None and self.body.content_type != implied:
            found.append(Header("Content-Type", (self.body.content_type,)))
        return tuple(found)

    def _every(self, kind: type[Any]) -> Iterator[Any]:
        return (item for item in self.credentials if isinstance(item, kind))


def merged(pieces: list[str | Env]) -> Text:
    """The pieces of a text, with no two strings side by side and none that is empty."""
    result: list[str | Env] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece != "":
            result.append(piece)
    return tuple(result)
