"""Requests of an API as people send them: a command, or a short program in some language.

`Requests` makes a neutral `Request` of what is described, once; a module for each language
writes it. A new language is a module with a function `write` and a line in `WRITERS`; its name
stands in `routebook.languages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from routebook.languages import TITLES
from routebook.views.escape import clean
from routebook.views.model import SampleView
from routebook.views.requests import curl, go, javascript, python
from routebook.views.requests.making import Requests
from routebook.views.requests.model import Request

__all__ = ["WRITERS", "Request", "Requests", "samples"]

Writer = Callable[[Request], str | None]
"""Writes a request in a language; None for one that it cannot send with what comes with it."""

WRITERS: Mapping[str, Writer] = {
    "curl": curl.write,
    "python": python.write,
    "javascript": javascript.write,
    "go": go.write,
}
"""The languages by name."""

_HIGHLIGHTED = {"curl": "sh"}


def samples(request: Request, languages: Iterable[str]) -> Iterator[SampleView]:
    """A request in several languages; left out are those that cannot send it."""
    for name in languages:
        text = WRITERS[name](request)
        if text is not None:
            language = _HIGHLIGHTED.get(name, name)
            yield SampleView(text=clean(text), language=language, title=TITLES[name])
