"""The level of a finding: what an edit does to the accepted values, for whom, under what guards."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from routebook.diff.schemas import Direction, Effect


class Verdict(NamedTuple):
    """A level, and in words how it follows."""

    level: str
    reason: str


_LAW = {
    (Effect.NARROWS, Direction.REQUEST): (
        "error",
        "a request that was accepted may be refused now: clients that send it break",
    ),
    (Effect.NARROWS, Direction.RESPONSE): (
        "info",
        "everything that can come now could come before: clients are prepared for it",
    ),
    (Effect.WIDENS, Direction.REQUEST): (
        "info",
        "everything that was accepted is accepted still: no client breaks",
    ),
    (Effect.WIDENS, Direction.RESPONSE): (
        "error",
        "something may come that could not come before: clients that rely on that break",
    ),
    (Effect.INCOMPARABLE, Direction.REQUEST): (
        "error",
        "some requests that were accepted are refused now: clients that send them break",
    ),
    (Effect.INCOMPARABLE, Direction.RESPONSE): (
        "error",
        "something may come that could not come before: clients that rely on that break",
    ),
    (Effect.UNKNOWN, Direction.REQUEST): (
        "warning",
        "whether a request that was accepted is refused now could not be decided",
    ),
    (Effect.UNKNOWN, Direction.RESPONSE): (
        "warning",
        "whether something may come that could not come before could not be decided",
    ),
    (Effect.EQUAL, Direction.REQUEST): ("info", "the same requests are accepted as before"),
    (Effect.EQUAL, Direction.RESPONSE): ("info", "the same answers may come as before"),
}
"""What an effect means for what is sent in a direction."""

_SOFTENED = {
    "read-only": (Direction.REQUEST, "clients do not send what is read-only"),
    "write-only": (Direction.RESPONSE, "what is write-only is not sent back"),
    "sunset-passed": (None, "it was deprecated, and its sunset has passed"),
    "deprecated-before": (None, "it was deprecated before, without a date"),
    "unused": (None, "no operation uses it"),
    "covered": (None, "what else is described covers it"),
    "foreseen": (Direction.RESPONSE, "clients pass over what they do not know"),
    "asked-for": (Direction.RESPONSE, "it comes only to those who ask for it"),
}
"""Guards that make a breaking edit harmless: in which direction (None: both), and why."""

_DOUBTED = {
    "ignored": "OpenAPI ignores headers of this name; it may be meant all the same",
}
"""Guards that make a breaking edit one that could not be decided, and why."""

_RAISED = {
    "relied-on": "nothing is refused for it, but a client that relies on it meets something else",
}
"""Guards that make a harmless edit worth a warning, and why."""


def hidden(flow: Direction, guards: Collection[str]) -> str:
    """Why something is not sent in a direction at all; empty when it is."""
    for guard in ("read-only", "write-only"):
        direction, why = _SOFTENED[guard]
        if guard in guards and direction is flow:
            return why
    return ""


def verdict(effect: Effect, flow: Direction, guards: Collection[str] = ()) -> Verdict:
    """The level of an edit: the one place where levels are decided.

    >>> verdict(Effect.NARROWS, Direction.REQUEST).level
    'error'
    >>> verdict(Effect.NARROWS, Direction.REQUEST, {"read-only"})
    Verdict(level='info', reason='clients do not send what is read-only')
    """
    found = Verdict(*_LAW[effect, flow])
    if found.level != "info":
        for guard, (direction, why) in _SOFTENED.items():
            if guard in guards and direction in (None, flow):
                return Verdict("info", why)
        return next((Verdict("warning", w) for g, w in _DOUBTED.items() if g in guards), found)
    for guard, why in _RAISED.items():
        if guard in guards:
            return Verdict("warning", why)
    return found


def table() -> tuple[tuple[str, str, str, str], ...]:
    """The law as rows: effect, direction, level, and why; for `explain` and the pages."""
    return tuple(
        (effect.value, flow.value, level, reason)
        for (effect, flow), (level, reason) in _LAW.items()
    )


def guards() -> tuple[tuple[str, str], ...]:
    """Each guard that changes a level, and what it says."""
    softened = ((name, f"info: {why}") for name, (_flow, why) in _SOFTENED.items())
    others = {**_DOUBTED, **_RAISED}.items()
    return (*softened, *((name, f"warning: {why}") for name, why in others))
