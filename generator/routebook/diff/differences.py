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
    Difference(
        "*",
        ("error", "warning", "info"),
        ("*-not-changed", "*-if-changed", "*-contains-changed"),
        "what stands below `not`, `if` or `contains` is told there, as it turns the effect round",
    ),
    Difference(
        "*-property-*",
        ("error", "warning", "info"),
        ("*-type-*", "*-one-of-*", "*-any-of-*"),
        f"{_ONE}: what is inside a value of another type, or another branch, is not told again",
    ),
    Difference(
        "*-*-of-*",
        ("error", "warning", "info"),
        ("",),
        "branches are matched by what they accept: one that is written otherwise, merged or "
        "wrapped is no change, and a real one is told by what it does",
    ),
    Difference("*-became-enum", ("error",), ("*-type-*", "*-became-*"), _ONE),
    Difference("*-enum-value-removed", ("error", "info"), ("*-became-not-enum",), _ONE),
    Difference("*-became-*nullable", ("error", "info"), ("*-type-*",), _ONE),
    Difference("*-pattern-*", ("error", "warning", "info"), ("*-pattern-*", "*-type-*"), _ONE),
    Difference(
        "*-type-*",
        ("error", "warning", "info"),
        ("*-type-*", "*-list-of-types-*", "*-became-*"),
        "types are compared as sets of values, for texts as well as for JSON; the effect decides "
        "whether it is a generalization",
    ),
    Difference("*-list-of-types-*", ("error", "info"), ("*-type-*", "*-became-*"), _MEANING),
    Difference(
        "*-discriminator-*",
        ("info",),
        ("same",),
        "a discriminator that names other schemas makes clients read a value as another thing",
    ),
    Difference(
        "*-dependent-required-changed",
        ("error",),
        ("same",),
        "more dependencies only narrow a response, fewer only widen a request",
    ),
    Difference(
        "*-unevaluated-items-*",
        ("error", "info"),
        ("",),
        "the value is no list, of which alone the keyword says something",
    ),
    *(
        Difference(
            f"*-{keyword}-*",
            ("error", "warning", "info"),
            ("",),
            "the value is of a type of which the keyword says nothing, or is not sent at all",
        )
        for keyword in ("max", "min", "max-items", "min-items", "max-length", "exclusive-*")
    ),
    Difference(
        "*-request-path-parameter",
        ("error",),
        ("",),
        "a variable of the path is there whether it is described or not",
    ),
    Difference(
        "api-version-*",
        ("info",),
        ("",),
        "it follows from whether there are breaking changes, which we see otherwise",
    ),
    Difference(
        "api-removed-without-deprecation",
        ("error",),
        ("api-path-removed-without-deprecation",),
        _ONE,
    ),
    Difference(
        "request-body-became-*",
        ("error", "info"),
        ("same",),
        "in a webhook or callback the API sends the request, and who receives it is the one to "
        "break",
    ),
    Difference(
        "response-property-became-optional",
        ("error",),
        ("response-write-only-property-became-optional",),
        "it was write-only before, and so never came",
    ),
    Difference(
        "re*-required-property-became-*",
        ("warning", "info"),
        ("re*-optional-property-became-*",),
        "whether a property is required is judged on the side that has the flag",
    ),
)


def differs(
    rule: str, level: str, method: str, path: str, ours: Collection[tuple[str, str, str, str]]
) -> str:
    """Why we do not say what oasdiff says of an operation; empty when there is no reason."""
    here = {one[0] for one in ours if one[2:] == (method, path)}
    for one in DIFFERENCES:
        if level not in one.levels or not fnmatchcase(rule, one.rule):
            continue
        if any(_said(pattern, rule, here) for pattern in one.instead):
            return one.reason
    return ""


def _said(pattern: str, rule: str, here: set[str]) -> bool:
    """Whether what is said of an operation is what a difference says we say."""
    if pattern == "":
        return rule not in here
    if pattern == "same":
        return rule in here
    return any(fnmatchcase(one, pattern) for one in here)


def page() -> str:
    """The page "Where we differ", in Markdown."""
    rows = [
        f"| `{one.rule}` | {', '.join(one.levels)} | {_shown(one)} | {one.reason} |"
        for one in DIFFERENCES
    ]
    return "\n".join((*_INTRODUCTION, *rows, ""))


def _shown(one: Difference) -> str:
    instead = [pattern for pattern in one.instead if pattern]
    if not instead:
        return "nothing"
    return " or ".join("the same id, other level" if p == "same" else f"`{p}`" for p in instead)


_INTRODUCTION = (
    "# Where we differ from oasdiff",
    "",
    "Rule ids are those of [oasdiff](https://github.com/oasdiff/oasdiff) where the meaning is the",
    "same, so that severity files and dashboards go on to work. Where we do not say what it says,",
    "this table tells why. A level is never set by hand: it follows from what an edit does to the",
    "accepted values, and for whom.",
    "",
    "What we see beyond that has ids of the same pattern: callbacks and webhooks in their own",
    "direction, parameters with `content`, `style` and `explode`, response headers, servers,",
    "links, encodings, security by what suffices, error codes and variants of requests.",
    "",
    "| oasdiff says | at | we say | because |",
    "| --- | --- | --- | --- |",
)
