"""Where we differ from oasdiff, deliberately: rule by rule, each with its reason.

The page "Where we differ" is printed from this table, and the score against its answers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Difference:
    """What oasdiff says, what we say instead, and why."""

    rule: str
    """Rule ids of oasdiff, as a shell pattern."""
    levels: tuple[str, ...]
    """The levels that it gives them."""
    instead: tuple[str, ...]
    """The rule ids that we report, as shell patterns; `same` for the same at another level."""
    reason: str
    """Why."""


_SET = "a limit where there was none refuses values that were accepted"
_COMES = "values may come that could not come before"
_ONE = "one cause is told once"
_MEANING = "the two schemas accept the same values, or the edit is told by what it does to them"

DIFFERENCES = (
    Difference("request-*-set", ("warning",), ("same",), _SET),
    Difference("request-*-pattern-changed", ("warning",), ("same",), _SET),
    Difference("response-*-pattern-removed", ("info",), ("same",), _COMES),
    Difference("response-*-pattern-changed", ("info",), ("same",), _COMES),
    Difference("response-*-enum-value-added", ("warning",), ("same",), _COMES),
    Difference("response-*-any-of-added", ("info",), ("same",), _COMES),
    Difference("response-*-all-of-removed", ("info",), ("same",), _COMES),
    Difference("response-body-media-type-schema-removed", ("warning",), ("same",), _COMES),
    Difference(
        "api-security-*",
        ("info",),
        ("same", "api-security-*"),
        "who is not let in any more breaks; where the effect is none, it is told as info",
    ),
    Difference(
        "api-global-security-*",
        ("info",),
        ("same",),
        "who is not let in any more breaks",
    ),
    Difference(
        "request-property-removed",
        ("warning",),
        ("same",),
        "a closed object refuses what is not in it (error); what was required was sent by all, "
        "and an open object goes on to accept it (info)",
    ),
    Difference(
        "response-success-status-removed",
        ("error",),
        ("same",),
        "a range or `default` that is still there covers the status",
    ),
    Difference(
        "new-*-request-default-parameter-to-existing-path",
        ("error", "info"),
        ("new-*-request-parameter",),
        "a parameter of a path is one of each of its operations, and told at those",
    ),
    Difference(
        "*-enum-value-added",
        ("info",),
        ("*-became-enum", "*-type-*"),
        f"{_ONE}: that the value is limited to a list, or is of another type",
    ),
    Difference("*-then-*", ("error", "info"), ("*-if-*",), f"{_ONE}: the condition"),
    Difference("*-else-*", ("error", "info"), ("*-if-*",), f"{_ONE}: the condition"),
)


def differs(
    rule: str, level: str, method: str, path: str, ours: Collection[tuple[str, str, str, str]]
) -> str:
    """Why we do not say what oasdiff says of an operation; empty when there is no reason."""
    here = {one[0] for one in ours if one[2:] == (method, path)}
    for one in DIFFERENCES:
        if level not in one.levels or not fnmatchcase(rule, one.rule):
            continue
        for pattern in one.instead:
            if rule in here if pattern == "same" else any(fnmatchcase(r, pattern) for r in here):
                return one.reason
            if pattern == "":
                return one.reason
    return ""
