"""The languages that samples of requests are written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from routebook.findings import RoutebookError
from routebook.nearest import hint

TITLES: Mapping[str, str] = {
    "curl": "curl",
    "python": "Python",
    "javascript": "JavaScript",
    "go": "Go",
}
"""The languages by name, and what their tabs are called."""

LANGUAGES = tuple(TITLES)
"""Their names, in the order of the tabs."""

USUAL = ("curl",)
"""What Markdown has unless something else is asked for."""

MANY = 300
"""Up to how many operations a site has samples in all languages unless something else is asked."""

_CALLED = {
    "shell": "curl",
    "sh": "curl",
    "bash": "curl",
    "py": "python",
    "httpx": "python",
    "js": "javascript",
    "node": "javascript",
    "fetch": "javascript",
    "golang": "go",
}
"""What else people call them."""


def checked(names: Iterable[str], place: str = "") -> tuple[str, ...]:
    """The names, each once. Raises `RoutebookError` for one that is not of a language."""
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in TITLES:
            lower = name.strip().lower()
            meant = lower if lower in TITLES else _CALLED.get(lower)
            next_step = f"did you mean {meant!r}?" if meant else hint(lower, LANGUAGES)
            raise RoutebookError(
                f"samples: there is no language {name!r}", place=place, hint=next_step
            )
    return wanted


def usual(operations: int) -> tuple[str, ...]:
    """The languages of a site for an API with so many operations: curl alone for many."""
    return LANGUAGES if operations <= MANY else USUAL
