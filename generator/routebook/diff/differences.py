"""Where we differ from oasdiff, deliberately: what a table says of an answer of its.

The page "Where we differ" is printed from that table, and the score against its answers.
"""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase

from routebook.diff.deliberate import DIFFERENCES, Difference

_WHOLE = "the API: "


def differs(
    rule: str, level: str, method: str, path: str, ours: Collection[tuple[str, str, str, str]]
) -> str:
    """Why we do not say what oasdiff says of an operation; empty when there is no reason."""
    here = {one[0] for one in ours if one[2:] == (method, path)}
    whole = {one[0] for one in ours if one[2:] == ("", "")}
    for one in DIFFERENCES:
        if level not in one.levels or not fnmatchcase(rule, one.rule):
            continue
        if any(_said(pattern, rule, here, whole) for pattern in one.instead):
            return one.reason
    return ""


def _said(pattern: str, rule: str, here: set[str], whole: set[str]) -> bool:
    """Whether what is said of an operation is what a difference says we say."""
    if pattern == "":
        return rule not in here
    if pattern == "same":
        return rule in here
    if pattern.startswith(_WHOLE):
        return any(fnmatchcase(one, pattern.removeprefix(_WHOLE)) for one in whole)
    return any(fnmatchcase(one, pattern) for one in here)


def page() -> str:
    """The page "Where we differ", in Markdown."""
    rows = [
        f"| `{one.rule}` | {', '.join(one.levels)} | {_shown(one)} | {one.reason} |"
        for one in DIFFERENCES
    ]
    return "\n".join((*_INTRODUCTION, *rows, ""))


def _shown(one: Difference) -> str:
    return " or ".join(_INSTEAD.get(pattern, f"`{pattern}`") for pattern in one.instead)


_INSTEAD = {"": "nothing", "same": "the same id, other level"}


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
