"""Image references: names, tags, digests, and texts such as `registry:5000/a/b:tag@sha256:...`.

    reference = parse("registry:5000/team/app:1.2")
    reference.domain, reference.path, reference.tag

A reference is read as it stands: nothing is added, neither a default domain nor a tag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

from registry_api.v2.names import DIGEST, DOMAIN, NAME, PATH_COMPONENT, TAG
from routebook import RoutebookError

NAME_LENGTH: Final = 255
"""The most characters that a repository name may have, its domain not counted."""

REFERENCE_DIGEST: Final = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}"
"""A digest as it stands in a reference: hexadecimal, of at least 32 digits."""

IDENTIFIER: Final = "[a-f0-9]{64}"
"""The encoded part of a SHA-256 digest, alone."""

_DIGEST_LENGTHS: Final = {"sha256": 64, "sha384": 96, "sha512": 128}
_SPLIT_NAME: Final = f"(?:({DOMAIN})/)?({PATH_COMPONENT}(?:/{PATH_COMPONENT})*)"
_REFERENCE: Final = f"({NAME})(?::({TAG}))?(?:@({REFERENCE_DIGEST}))?"


class InvalidReferenceError(RoutebookError):
    """A text that is no reference, name, tag or digest; the message says why."""


class Digest(NamedTuple):
    """A digest whose algorithm is known and whose encoded part has its length."""

    algorithm: str
    """`sha256`, `sha384` or `sha512`."""
    encoded: str
    """The hash, in lower-case hexadecimal."""

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.encoded}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A repository, and perhaps one image of it."""

    domain: str = ""
    """The first component of the name, when it can be a host and others follow; or empty."""
    path: str
    """The name without the domain."""
    tag: str = ""
    """A tag, or empty."""
    digest: str = ""
    """A digest, or empty."""

    @property
    def name(self) -> str:
        """The whole repository name, domain included."""
        return f"{self.domain}/{self.path}" if self.domain else self.path

    def with_tag(self, tag: str) -> Reference:
        """The same with a tag. Raises `InvalidReferenceError`."""
        if not is_tag(tag):
            raise InvalidReferenceError("invalid tag format", place=tag)
        return replace(self, tag=tag)

    def with_digest(self, digest: str) -> Reference:
        """The same with a digest. Raises `InvalidReferenceError`."""
        if not is_reference_digest(digest):
            raise InvalidReferenceError("invalid digest format", place=digest)
        return replace(self, digest=digest)

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return f"{self.name}{tag}@{self.digest}" if self.digest else f"{self.name}{tag}"


def parse(text: str) -> Reference:
    """Take a reference apart. Raises `InvalidReferenceError`.

    Its digest must be of a known algorithm and have that algorithm's length.
    """
    if not text:
        raise InvalidReferenceError("repository name must have at least one component")
    found = _compiled(_REFERENCE).fullmatch(text)
    if found is None:
        lowered = text.replace("\u0130", "i").lower()
        if lowered != text and _compiled(_REFERENCE).fullmatch(lowered):
            raise InvalidReferenceError("repository name must be lowercase", place=text)
        raise InvalidReferenceError("invalid reference format", place=text)
    name, tag, digest = found.groups(default="")
    reference = parse_name(name)
    if digest:
        parse_digest(digest)
    return replace(reference, tag=tag, digest=digest)


def parse_name(text: str) -> Reference:
    """The reference to a repository by its name alone. Raises `InvalidReferenceError`."""
    found = _compiled(_SPLIT_NAME).fullmatch(text)
    if found is None:
        raise InvalidReferenceError("invalid reference format", place=text)
    domain, path = found.groups(default="")
    if len(path) > NAME_LENGTH:
        raise InvalidReferenceError(
            f"repository name must not be more than {NAME_LENGTH} characters", place=text
        )
    return Reference(domain=domain, path=path)


def parse_digest(text: str) -> Digest:
    """Take a digest apart. Raises `InvalidReferenceError`.

    `is_digest` accepts more: any algorithm, and any length.
    """
    algorithm, _, encoded = text.partition(":")
    length = _DIGEST_LENGTHS.get(algorithm)
    if not encoded or (length is None and not is_digest(text)):
        raise InvalidReferenceError("invalid checksum digest format", place=text)
    if length is None:
        raise InvalidReferenceError("unsupported digest algorithm", place=text)
    if len(encoded.encode("utf-8", "surrogatepass")) != length:
        raise InvalidReferenceError("invalid checksum digest length", place=text)
    if not _compiled("[a-f0-9]*").fullmatch(encoded):
        raise InvalidReferenceError("invalid checksum digest format", place=text)
    return Digest(algorithm, encoded)


def is_name(text: str) -> bool:
    """Whether a text is a repository name, its length aside."""
    return _matches(NAME, text)


def is_tag(text: str) -> bool:
    """Whether a text is a tag."""
    return _matches(TAG, text)


def is_digest(text: str) -> bool:
    """Whether a text is a digest as it may stand in a path."""
    return _matches(DIGEST, text)


def is_reference_digest(text: str) -> bool:
    """Whether a text is a digest as it may stand in a reference."""
    return _matches(REFERENCE_DIGEST, text)


def is_domain(text: str) -> bool:
    """Whether a text is a host name or bracketed IPv6 address, with or without a port."""
    return _matches(DOMAIN, text)


def is_identifier(text: str) -> bool:
    """Whether a text is the encoded part of a SHA-256 digest."""
    return _matches(IDENTIFIER, text)


def _matches(pattern: str, text: str) -> bool:
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
