"""Names for routes that have none but their path."""

from __future__ import annotations

import re

from routebook import paths
from routebook.findings import RoutebookError

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
        spaced = path if path.islower() else _HUMP.sub("-", path)
        base = _BETWEEN.sub("-", spaced).strip("-").lower() or "root"
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name)
        return name


_VARIABLE = re.compile(r"\{([^{}]*)\}")


def template_of(key: str) -> str:
    """The path template for a key among a document's paths.

    It is the key itself wherever that is one. Otherwise a variable without a name gets one, the
    second of one name another, and a brace that stands alone is escaped. A backslash, which would
    escape the brace after it, is left out of names.
    """
    try:
        paths.parse(key)
    except RoutebookError:
        return _mended(key)
    return key


def _mended(key: str) -> str:
    out: list[str] = []
    names: set[str] = set()
    for index, part in enumerate(_VARIABLE.split(key)):
        if index % 2 == 0:
            out.append(part.replace("{", "%7B").replace("}", "%7D"))
            continue
        base = part.partition(":")[0].replace("\\", "") or "variable"
        name = base
        number = 1
        while name in names:
            number += 1
            name = f"{base}-{number}"
        names.add(name)
        out.append(f"{{{name}}}")
    return "".join(out)


def key_of(template: str) -> str:
    """The key that routebook writes for a path template: the template without patterns."""
    return paths.parse(template).bare
