"""The modules of a package: which kind is where, and how a large one is split into several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from routebook.descriptors import ParameterDescriptor, RouteDescriptor
from routebook.emit.python import names
from routebook.emit.python.names import Names
from routebook.emit.python.text import plain_words
from routebook.values import Value

if TYPE_CHECKING:
    from routebook.emit.python.keys import Keys
    from routebook.emit.python.plan import Definition

RESERVED = (
    *("API", "COMPONENTS", "DESCRIPTION", "GROUPS", "ROUTES"),
    *("SCHEMAS", "SCHEMES", "TAGS", "WEBHOOKS"),
)
"""Names that modules have for what they are there for."""

LARGE = 800
"""A module of more lines than about so many is split."""

_MIXED = "shared"
"""The module for kinds whose constants need each other."""

_HOMES = {
    "BodyDescriptor": "bodies",
    "CallbackDescriptor": "callbacks",
    "Condition": "requests",
    "EncodingDescriptor": "bodies",
    "ErrorDescriptor": "errors",
    "ErrorGroup": "errors",
    "ExampleDescriptor": "examples",
    "LinkDescriptor": "links",
    "MediaTypeDescriptor": "bodies",
    "MethodDescriptor": "path_items",
    "OAuthFlow": "security",
    "RequestDescriptor": "requests",
    "ResponseDescriptor": "responses",
    "RouteDescriptor": "path_items",
    "SecurityRequirement": "security",
    "SecurityScheme": "security",
}


def of_kind(value: Value, field: str) -> str:
    """The module for the shared constants of a kind."""
    if isinstance(value, ParameterDescriptor):
        return "headers" if field == "headers" else "parameters"
    return _HOMES.get(type(value).__name__, "metadata")


class RouteHomes:
    """The modules of routes, by tag."""

    def __init__(self) -> None:
        self._names = Names()
        self._found: dict[str, str] = {}
        self.about: dict[str, str] = {}
        """What each module holds, in words."""

    def of(self, route: RouteDescriptor) -> str:
        """The module of a route: its first tag's, or else its first path segment's."""
        tags = [tag for method in route.methods for tag in method.tags if names.module(tag)]
        name = names.module(tags[0]) if tags else _segment(route.path) or "root"
        if name not in self._found:
            home = self._found[name] = f"routes/{self._names.take(name)}"
            self.about[home] = (
                f"Routes of the group `{plain_words(tags[0])}`" if tags else _under(name)
            )
        return self._found[name]


def _under(segment: str) -> str:
    return "Other routes" if segment == "root" else f"Routes under `{segment}`"


def _segment(path: str) -> str:
    """A module name for the first segment of a path that says what it is about."""
    literal = [names.module(part) for part in path.split("/") if "{" not in part]
    telling = [part for part in literal if not re.fullmatch(r"api|n?v?[0-9]*", part)]
    return next(filter(None, [*telling, *literal]), "")


def settle(ordered: Iterable[Definition], names_of: Callable[[str], Names], keys: Keys) -> None:
    """Give each constant its file: no two modules need each other, and none is too large."""
    mixed = _mixed(ordered)
    for one in ordered:
        if one.home in mixed:
            one.name = names_of(_MIXED).take(one.name, f"{one.name}_{mixed[one.home]}")
    groups: dict[str, list[Definition]] = {}
    for one in ordered:
        groups.setdefault(_MIXED if one.home in mixed else one.home, []).append(one)
    for home, members in groups.items():
        folder, _, last = home.rpartition("/")
        chunks = _chunks(members, keys, whole=bool(folder))
        for number, chunk in enumerate(chunks, 1):
            path = _path(folder, last, number if len(chunks) > 1 else 0)
            for one in chunk:
                one.path = path


def _path(folder: str, name: str, number: int) -> tuple[str, ...]:
    if folder:
        return (folder, f"{name}_part{number}" if number else name)
    return (name, f"{name}_part{number}") if number else (name,)


def _mixed(ordered: Iterable[Definition]) -> dict[str, str]:
    """The modules that need each other, each with a suffix for the names from it."""
    reach: dict[str, set[str]] = {}
    for one in ordered:
        reach.setdefault(one.home, set()).update(needed.home for needed in one.needs)
    for between, further in reach.items():
        for targets in reach.values():
            if between in targets:
                targets.update(further)
    in_cycle = [
        home
        for home, targets in reach.items()
        if any(other != home and home in reach.get(other, ()) for other in targets)
    ]
    return {home: home.rstrip("s").upper() for home in in_cycle}


def _chunks(members: list[Definition], keys: Keys, *, whole: bool) -> list[list[Definition]]:
    """The constants of a module as runs that are not too large; `whole` routes stay in one."""
    chunks: list[list[Definition]] = [[]]
    size = 0
    for one in members:
        weight = keys.weight(one.value)
        weight -= sum(keys.weight(part.value) for part in one.needs)
        ended = not whole or bool(chunks[-1] and isinstance(chunks[-1][-1].value, RouteDescriptor))
        if size > LARGE and ended:
            chunks.append([])
            size = 0
        chunks[-1].append(one)
        size += max(weight, 1)
    return chunks
