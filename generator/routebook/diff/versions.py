"""Versions of descriptions, as far as they are semantic ones."""

from __future__ import annotations

import re
from typing import NamedTuple

_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


class Version(NamedTuple):
    """A semantic version (semver.org, version 2.0.0)."""

    major: int
    minor: int
    patch: int
    final: bool = True
    suffix: str = ""

    @property
    def breaking_part(self) -> tuple[int, ...]:
        """The numbers of which one must rise when something breaks."""
        return (self.major,) if self.major else (self.major, self.minor)


def parse_version(text: str) -> Version | None:
    """The semantic version that a text is; None when it is none."""
    found = _VERSION.fullmatch(text.strip())
    if found is None:
        return None
    major, minor, patch = map(int, found.groups()[:3])
    return Version(major, minor, patch, not found[4], found[4] or "")
