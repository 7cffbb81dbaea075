"""Names for routes that have none but their path."""

from __future__ import annotations

import re

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")


class RouteNames:
    """Gives each path a name of its own: `users-id` for `/users/{id}`.

    Reader and writer ask for the names of the same paths in the same order; so a name that it
    gives need not be written down.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, path: str) -> str:
        """A readable name for a path; a number makes it unique where it has to."""
        base = _BETWEEN.sub("-", _HUMP.sub("-", path)).strip("-").lower() or "root"
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name)
        return name
