"""The page that lists every rule: printed from the catalogue, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routebook.diff import rules
from routebook.diff.catalogue import Explained, explained
from routebook.diff.frame import Rule
from routebook.diff.keywords import stem
from routebook.diff.marks import MARK
from routebook.diff.model import LEVELS
from routebook.diff.pairs import Kind
from routebook.diff.verdicts import guards, table

_BASES = (
    "request-body",
    "request-read-only-property",
    "request-property",
    "request-parameter-property",
    "request-parameter",
    "request-header-property",
    "response-body",
    "response-mediatype",
    "response-write-only-property",
    "response-property",
    "response-header-property",
    "response-header",
    "error-detail-property",
    "error-detail",
)
"""What stands before the part of an id that tells the edit of a schema."""

_NAMES = {
    "list-of-types": "A choice between types",
    "mapping": "`discriminator.mapping`",
    "defaultMapping": "`discriminator.defaultMapping`",
    "nullable": "`null`, however it is written",
    "properties": "`properties`",
    "schema": "Boolean schemas",
    MARK: "`x-stability-level`",
}
"""What sections are called, where that is not a keyword."""


def page() -> str:
    """The page "All rules", in Markdown."""
    found = explained()
    lines = (
        *_INTRODUCTION,
        *_law(),
        *_written({one.id: one for one in found}),
        *_of_schemas(found),
    )
    return "\n".join((*lines, ""))


def _law() -> Iterator[str]:
    yield from ("| What is accepted | Sent as | Level | Because |", "| --- | --- | --- | --- |")
    for effect, flow, level, reason in table():
        yield f"| {effect} | {flow} | {level} | {reason} |"
    yield from ("", "| Where it is | Level | Because |", "| --- | --- | --- |")
    for name, said in guards():
        level, _, reason = said.partition(": ")
        yield f"| {name} | {level} | {reason} |"


def _written(found: dict[str, Explained]) -> Iterator[str]:
    by_kind: dict[Kind, list[Rule]] = {}
    for rule in rules():
        by_kind.setdefault(rule.on, []).append(rule)
    for kind in Kind:
        if kind not in by_kind:
            continue
        yield from ("", f"## Of {kind.value}", "", "| Rule | Level | What |", "| --- | --- | --- |")
        for rule in sorted(by_kind[kind], key=lambda rule: rule.id):
            one = found[rule.id]
            yield f"| `{one.id}` | {', '.join(one.levels)} | {_cell(one.summary)} |"


def _of_schemas(found: Iterable[Explained]) -> Iterator[str]:
    by_keyword: dict[str, dict[str, list[Explained]]] = {}
    for one in found:
        if one.keyword:
            by_keyword.setdefault(one.keyword, {}).setdefault(_edit(one), []).append(one)
    for keyword in sorted(by_keyword, key=lambda name: name.lower().lstrip("$")):
        title = _NAMES.get(keyword, f"`{keyword}`")
        yield from ("", f"## Of schemas: {title}", "")
        yield "| Rules | In a request | In a response | Example |"
        yield "| --- | --- | --- | --- |"
        for same in by_keyword[keyword].values():
            yield _row(same)


def _row(same: list[Explained]) -> str:
    """The rules of one edit, in each place where a schema may stand."""
    ids = "<br>".join(f"`{one.id}`" for one in same)
    cases = [case for one in same for case in one.cases]
    any_level = all(one.levels == LEVELS and one.keyword != "properties" for one in same)
    cells = []
    for flow in ("request", "response"):
        met = {case.level for case in cases if case.flow == flow}
        cells.append(", ".join(level for level in LEVELS if any_level or level in met) or "-")
    shown = min(cases, key=lambda case: len(case.before) + len(case.after))
    example = f"`{_cell(shown.before)}` → `{_cell(shown.after)}`"
    return f"| {ids} | {' | '.join(cells)} | {example} |"


def _edit(one: Explained) -> str:
    """What an id says beside the place."""
    _, found, rest = one.id.partition(f"-{stem(one.keyword)}-")
    if found:
        return rest
    return next(
        (one.id.removeprefix(base) for base in _BASES if one.id.startswith(f"{base}-")), one.id
    )


def _cell(text: str) -> str:
    """A text in a cell of a table: a bar would end it."""
    return text.replace("|", r"\|")


_INTRODUCTION = (
    "# All rules",
    "",
    "Every rule of `routebook diff`, as `routebook explain RULE` tells of it with more examples.",
    "Ids are public and permanent; where the meaning is that of a rule of oasdiff, it has the same",
    "id ([where we differ](where-we-differ.md)). The level is not written down for a rule: it",
    "follows from what the change does to what is accepted, and for whom.",
    "",
    "A rule about schemas is made of the place, the keyword, and what was done to it. The request",
    "of a webhook or callback is sent by the API, so there the levels of a response count. A",
    "`oneOf` is read as a choice: that a value which two branches take is refused is not judged.",
    "",
)
