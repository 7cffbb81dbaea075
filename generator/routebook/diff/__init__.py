"""What changed between two descriptions, what breaks whom, and why.

report = diff(old, new)
for change in report.findings:
    print(change.level, change.rule, change.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from routebook.descriptors import APIDescriptor
    from routebook.diff.frame import Rule
    from routebook.diff.model import Change, Report
    from routebook.places import Places


def rules() -> tuple[Rule, ...]:
    """Every rule that `diff` may report by itself; those of schema edits are made of parts."""
    from routebook.diff.frame import rules_of
    from routebook.diff.rulebook import (
        bodies,
        documentation,
        encodings,
        lifetimes,
        operations,
        parameters,
        responses,
        schemes,
        security,
        whole,
    )

    modules = (
        operations,
        lifetimes,
        parameters,
        bodies,
        encodings,
        responses,
        security,
        schemes,
        whole,
        documentation,
    )
    return rules_of(modules)


def rule(id: str) -> Rule:
    """The rule of an id; raises `RoutebookError` with the nearest id when there is none."""
    from routebook.findings import RoutebookError
    from routebook.nearest import nearest

    known = {one.id: one for one in rules()}
    if id in known:
        return known[id]
    close = nearest(id, known)
    hint = f"did you mean {close!r}?" if close else "`rules()` lists them"
    raise RoutebookError(f"there is no rule {id!r}", hint=hint)


def diff(
    old: APIDescriptor,
    new: APIDescriptor,
    *,
    old_places: Places | None = None,
    new_places: Places | None = None,
    today: date | None = None,
    stable_days: int = 0,
    beta_days: int = 0,
    stability: str = "beta",
    witnesses: bool = True,
    processes: int = 1,
) -> Report:
    """Every change from one description to another, each cause once.

    `old_places` and `new_places` say where the descriptors stand in their files. `today` is the
    day that sunset dates are compared with. With `stable_days` and `beta_days`, an operation must
    be deprecated so many days before its sunset. Changes of operations that are less stable than
    `stability` (`draft`, `alpha`, `beta` or `stable`) are not told. Without `witnesses` no instance
    is looked for that shows a breaking change of a schema: that takes longer than all the rest.
    Up to so many `processes` share the work when there is much of it.
    """
    import datetime as dt

    from routebook.diff.model import Report

    unchanged = old is new
    if not unchanged:
        from routebook.diff.strict import equal  # with all that compares schemas

        unchanged = equal(old, new)
    if unchanged:
        return Report(old_version=old.version, new_version=new.version)

    from routebook.diff.engine import Engine  # it takes a while
    from routebook.diff.pairs import Policy

    policy = Policy(
        today=today or dt.datetime.now(tz=dt.UTC).date(),
        stable_days=stable_days,
        beta_days=beta_days,
        stability=stability,
        witnesses=witnesses,
    )
    engine = Engine(old, new, rules(), policy, (old_places, new_places))
    found = tuple(sorted(engine.run(processes), key=_order))
    return Report(
        findings=found,
        old_version=old.version,
        new_version=new.version,
        head_location=new_places.locate(new) if new_places else None,
    )


def _order(change: Change) -> tuple[int | str, ...]:
    """The gravest first, and then as a reader looks for them: by place, and line."""
    grave = ("error", "warning", "info").index(change.level)
    side = change.new or change.old
    line = side.location.line if side and side.location else 0
    home = (change.path, change.method, change.place, change.rule, change.component)
    return (grave, *home, line or 0)
