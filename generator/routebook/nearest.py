"""The nearest known name, for errors that say what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `name`; None when none is like it."""
    import difflib  # loaded here: it is only needed once something went wrong

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)


def hint(name: str, known: Iterable[str]) -> str:
    """The next step for an unknown name: the nearest known one, or all there are."""
    names = list(known)
    close = nearest(name, names)
    if close is not None:
        return f"did you mean {close!r}?"
    return f"known are: {', '.join(names)}" if names else "there are none"
