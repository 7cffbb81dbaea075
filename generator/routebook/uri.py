"""URIs and request targets: parsing, percent-encoding, cleaning, resolution.

RFC 3986 as Go's `net/url` reads it, since that is what the reference registry's router
and URLs rest on. Texts are `str`; a byte that is not UTF-8 stands as a lone surrogate
(`surrogateescape`), so that every request target has a text and keeps its bytes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from routebook.findings import RoutebookError

_UNRESERVED = "-_.~"
_LEFT_ALONE = {
    "path": "$&+,/:;=@",
    "user": "$&+,;=",
    "query": "",
    "fragment": "$&+,/:;=?@!()*",
    "host": "!$&'()*+,;=:[]<>\"",
}
_PLAIN = {
    mode: re.compile(f"[A-Za-z0-9{re.escape(_UNRESERVED + kept)}]*", re.ASCII)
    for mode, kept in _LEFT_ALONE.items()
}
_VALID_PATH = re.compile(r"[A-Za-z0-9\-_.~$&+,/:;=@!'()*%\[\]]*", re.ASCII)
_VALID_FRAGMENT = re.compile(r"[A-Za-z0-9\-_.~$&+,/:;=@!'()*%\[\]?]*", re.ASCII)
_MALFORMED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MALFORMED_HOST = re.compile(r"%(?![89A-Fa-f][0-9A-Fa-f]|25)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_USER_INFO = re.compile(r"[A-Za-z0-9\-._:~!$&'()*+,;=%@]*", re.ASCII)
_PORT = re.compile(r"(?::[0-9]*)?", re.ASCII)


class URIError(RoutebookError):
    """A text that is no URI, or no request target."""


class URI(NamedTuple):
    """A URI reference, taken apart. Host and path are decoded, the query is not."""

    scheme: str = ""
    """In lower case; empty for a reference without one."""
    opaque: str = ""
    """What follows the scheme of a URI without a slash there, such as `x` in `mailto:x`."""
    user: str = ""
    """User information, encoded, with its `@`."""
    host: str = ""
    """Host and port, decoded."""
    path: str = ""
    """Decoded."""
    raw_path: str = ""
    """The path as it was written, when that is not its usual encoding."""
    bare_query: bool = False
    """Whether there is a `?` with nothing after it."""
    query: str = ""
    """As it was written, without `?`."""
    fragment: str = ""
    """Decoded."""
    raw_fragment: str = ""
    """The fragment as it was written, when that is not its usual encoding."""

    def __str__(self) -> str:
        head = f"{self.scheme}:" if self.scheme else ""
        if self.opaque:
            head += self.opaque
        else:
            if self.scheme or self.host or self.user:
                head += "//" if self.host or self.path or self.user else ""
                head += self.user + escape(self.host, "host")
            path = self.escaped_path
            if self.host and path and path[0] != "/":
                head += "/"
            if not head and ":" in path.partition("/")[0]:
                head = "./"
            head += path
        if self.query or self.bare_query:
            head += "?" + self.query
        return f"{head}#{self._escaped_fragment}" if self.fragment else head

    @property
    def escaped_path(self) -> str:
        """The path, encoded: as it was written if that is valid and still its encoding."""
        raw = self.raw_path
        if raw and _VALID_PATH.fullmatch(raw) and unescape(raw) == self.path:
            return raw
        return "*" if self.path == "*" else escape(self.path)

    @property
    def _escaped_fragment(self) -> str:
        if self.raw_fragment and _VALID_FRAGMENT.fullmatch(self.raw_fragment):
            return self.raw_fragment
        return escape(self.fragment, "fragment")

    def resolve(self, path: str, query: str = "") -> URI:
        """The URI of a path (decoded) relative to this one (RFC 3986, section 5.2).

        The last segment of this URI's own path gives way, unless it ends with a slash.
        """
        base = self.escaped_path
        reference = escape(path)
        full = reference if path[:1] == "/" else base[: base.rfind("/") + 1] + reference
        resolved = _remove_dot_segments(full)
        return URI(self.scheme, "", self.user, self.host, *_decoded_path(resolved), False, query)


def parse(text: str, *, request: bool = False) -> URI:
    """Take a URI reference apart; with `request`, the target of a request line.

    A request target is an absolute path or an absolute URI (or `*`), and has no fragment: a
    `#` is a character of its path or query. Raises `URIError`.
    """
    fragment = ("", "")
    if not request:
        text, _, raw = text.partition("#")
        fragment = _decoded(raw, "fragment")
    if _CONTROL.search(text):
        raise URIError("a control character in the URI", hint="percent-encode it")
    if text == "*":
        return URI(path="*", fragment=fragment[0], raw_fragment=fragment[1])
    scheme, rest = _split_scheme(text)
    rest, mark, query = rest.partition("?")
    uri = URI(
        scheme=scheme,
        bare_query=bool(mark) and not query,
        query=query,
        fragment=fragment[0],
        raw_fragment=fragment[1],
    )
    if rest[:1] != "/":
        if scheme:
            return uri._replace(opaque=rest)
        if request:
            raise URIError(f"the request target {text!r} does not begin with a slash")
        if ":" in rest.partition("/")[0]:
            raise URIError(f"a colon in the first segment of the relative URI {text!r}")
    user = host = ""
    if rest[:2] == "//" and (scheme or (not request and rest[:3] != "///")):
        authority, slash, tail = rest[2:].partition("/")
        rest = slash + tail
        user, host = _authority(authority, scheme)
    path, raw_path = _decoded_path(rest)
    return uri._replace(user=user, host=host, path=path, raw_path=raw_path)


def escape(text: str, mode: str = "path") -> str:
    """Percent-encode what may not stand in a `path`, `query`, `user`, `host` or `fragment`.

    In a query, a space becomes `+`. Raises `URIError` for a lone surrogate that stands for
    no byte.
    """
    if _PLAIN[mode].fullmatch(text):
        return text
    table = _table(mode)
    try:
        return "".join([table[byte] for byte in text.encode("utf-8", "surrogateescape")])
    except UnicodeEncodeError as error:
        raise URIError(f"{text!r} has no UTF-8 form: {error.reason}") from error


@cache
def _table(mode: str) -> list[str]:
    """What each byte becomes."""
    plain = _PLAIN[mode]
    table = [
        chr(byte) if byte < 128 and plain.fullmatch(chr(byte)) else f"%{byte:02X}"
        for byte in range(256)
    ]
    if mode == "query":
        table[32] = "+"
    return table


def unescape(text: str) -> str:
    """Decode every `%XX`. Raises `URIError` for a `%` without two hexadecimal digits."""
    if "%" not in text:
        return text
    malformed = _MALFORMED.search(text)
    if malformed:
        start = malformed.start()
        raise URIError(
            f"an incomplete percent-encoding, {text[start : start + 3]!r}",
            hint="write a percent sign as %25",
        )
    first, *others = text.encode("utf-8", "surrogateescape").split(b"%")
    data = first + b"".join([bytes((int(part[:2], 16),)) + part[2:] for part in others])
    return data.decode("utf-8", "surrogateescape")


def clean_path(path: str) -> str:
    """The path without empty, `.` and `..` segments; a trailing slash stays.

    A path that is clean comes back unchanged.
    """
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if segments:
                segments.pop()
        elif segment and segment != ".":
            segments.append(segment)
    cleaned = "/" + "/".join(segments)
    return cleaned + "/" if segments and path[-1] == "/" else cleaned


def _split_scheme(text: str) -> tuple[str, str]:
    found = _SCHEME.match(text)
    if found:
        return found.group()[:-1].lower(), text[found.end() :]
    if text[:1] == ":":
        raise URIError(f"the scheme of {text!r} is missing", hint="begin with https://")
    return "", text


def _decoded(text: str, mode: str) -> tuple[str, str]:
    """The decoded text, and the text as it was written if that is not its usual encoding."""
    decoded = unescape(text)
    return decoded, ("" if escape(decoded, mode) == text else text)


def _decoded_path(text: str) -> tuple[str, str]:
    return _decoded(text, "path")


def _authority(text: str, scheme: str) -> tuple[str, str]:
    """User information (encoded, with `@`) and host."""
    info, at, host = text.rpartition("@")
    if not _USER_INFO.fullmatch(info):
        raise URIError(f"user information with a wrong character in {text!r}")
    name, colon, password = info.partition(":")
    user = escape(unescape(name), "user") + colon + escape(unescape(password), "user") + at
    return user, _host(host, scheme)


def _host(text: str, scheme: str) -> str:
    """The host, decoded. Raises `URIError` for what no host can be."""
    address, bracket, port = text.rpartition("]")
    if "[" in text:
        if not bracket:
            raise URIError(f"an IPv6 address without its ']' in {text!r}")
        _check_address(unescape(address[address.rfind("[") + 1 :]), text)
    else:
        _, colon, port = text.partition(":")
        if scheme not in ("http", "https"):
            port = port.rpartition(":")[2]
        port = colon + port
    if not _PORT.fullmatch(port):
        raise URIError(f"the port of {text!r} is not a number")
    plain = text if not bracket else port
    if _MALFORMED_HOST.search(plain):
        raise URIError(f"a wrong percent-encoding in the host {text!r}")
    for char in plain:
        if char.isascii() and char != "%" and not _PLAIN["host"].fullmatch(char):
            raise URIError(f"the character {char!r} in the host {text!r}")
    return unescape(text)


def _check_address(address: str, host: str) -> None:
    from ipaddress import IPv6Address  # loaded here: few hosts are IPv6 addresses

    try:
        IPv6Address(address)
    except ValueError as error:
        raise URIError(f"no IPv6 address between the brackets of {host!r}") from error


def _remove_dot_segments(path: str) -> str:
    """RFC 3986, section 5.2.4; empty segments stay."""
    segments: list[str] = []
    *before, last = path.removeprefix("/").split("/")
    for segment in (*before, last):
        if segment == "..":
            if segments:
                segments.pop()
        elif segment != ".":
            segments.append(segment)
    if last in (".", ".."):
        segments.append("")
    return "/" + "/".join(segments)
