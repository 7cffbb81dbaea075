"""The nearest known name, for errors that say what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 40
"""So many known names are listed at most."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `name`; None when none is like it."""
    import difflib  # loaded here: it is only needed once something went wrong

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)


def hint(name: str, known: Iterable[str]) -> str:
    """The next step for an unknown name: the nearest known one, or those that there are."""
    names = list(known)
    close = nearest(name, names)
    if close is not None:
        return f"did you mean {close!r}?"
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"known are: {', '.join(names[:MOST])}{more}" if names else "there are none"
