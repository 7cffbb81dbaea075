"""Where we differ from oasdiff, deliberately: what a table says of an answer of its.

The page "Where we differ" is printed from that table, and the score against its answers.
"""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import TypeAlias

from routebook.diff.deliberate import OPERATIONS, Difference
from routebook.diff.deliberate_schemas import SCHEMAS

DIFFERENCES = (*OPERATIONS, *SCHEMAS)
"""Each of them; the first that fits gives the reason."""
Told: TypeAlias = "tuple[str, str, str, str]"
"""What is told of an operation: a rule id, a level, a method and a path."""
_WHOLE = "the API: "


def differs(told: Told, ours: Collection[Told], theirs: Collection[Told]) -> str:
    """Why we do not say what oasdiff says of an operation; empty when there is no reason.

    `told` is one of `theirs`, what it says of the whole description; `ours` is what we say.
    """
    if told in ours:
        return ""
    rule, operation = told[0], told[2:]
    here = {one[0] for one in ours if one[2:] == operation}
    whole = {one[0] for one in ours if one[2:] == ("", "")}
    beside = {one[0] for one in theirs if one[2:] == operation and one[0] != rule}
    for one in DIFFERENCES:
        if _about(one, told, beside) and any(
            _said(said, rule, here, whole) for said in one.instead
        ):
            return one.reason
    return ""


def _about(one: Difference, told: Told, beside: Collection[str]) -> bool:
    """Whether a difference is about an answer, given with others to the same operation."""
    rule, level, _, path = told
    if level not in one.levels or not fnmatchcase(rule, one.rule):
        return False
    fits = not one.beside or any(fnmatchcase(other, p) for other in beside for p in one.beside)
    return fits and fnmatchcase(path, one.path)


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
        f"| `{one.rule}`{_with(one)} | {', '.join(one.levels)} | {_shown(one)} | {one.reason} |"
        for one in DIFFERENCES
    ]
    return "\n".join((*_INTRODUCTION, *rows, ""))


def _with(one: Difference) -> str:
    where = "" if one.path == "*" else f" at `{one.path}`"
    others = " or ".join(f"`{rule}`" for rule in one.beside)
    return f"{where} with {others}" if others else where


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
