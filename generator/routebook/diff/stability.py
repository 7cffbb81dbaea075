"""How stable an operation says it is, and when it goes: `x-stability-level` and `x-sunset`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from routebook.diff.pairs import Endpoint, Policy
from routebook.metadata import Deprecation

LEVELS = ("draft", "alpha", "beta", "stable")
"""The stability levels, the least stable first; what says none is stable."""


def stability(extra: Mapping[str, Any]) -> str:
    """What `x-stability-level` says; empty for nothing."""
    value = extra.get("x-stability-level", "")
    return value if isinstance(value, str) else str(value)


def is_unstable(old: Endpoint | None, new: Endpoint | None, policy: Policy) -> bool:
    """Whether changes of an operation are not told, as it makes no promise yet."""
    if old is None:
        return False
    least = LEVELS.index(policy.stability)
    shown = stability((old if new is None else new).method.extra)
    return shown in LEVELS[:least]


def sunset_text(extra: Mapping[str, Any], deprecated: Deprecation | None) -> str:
    """The sunset date as it is written; empty for none."""
    if deprecated is not None and deprecated.sunset:
        return deprecated.sunset
    value = extra.get("x-sunset", "")
    return value if isinstance(value, str) else str(value)


def read_date(text: str) -> date | None:
    """A full-date or date-time of RFC 3339; None when it is neither."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def days_needed(extra: Mapping[str, Any], policy: Policy) -> int:
    """How many days lie at least between the deprecation of an operation and its sunset."""
    level = stability(extra)
    if level in ("draft", "alpha"):
        return 0
    return policy.beta_days if level == "beta" else policy.stable_days
