"""What a comparison of two APIs gives: findings as values, and the report that holds them."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from routebook.findings import Location
from routebook.values import Value, frozen

LEVELS = ("error", "warning", "info")
"""The levels of a finding, the gravest first."""


@frozen
class Operation(Value):
    """An operation that a change reaches."""

    method: str
    """As on the request line, `GET`."""
    path: str
    """The path with bare variables, `/users/{id}`; the name of a webhook."""
    operation_id: str = ""
    """Its id; empty when it has none."""
    kind: str = "operation"
    """`operation`, `webhook` or `callback`."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@frozen
class Side(Value):
    """What one of the two descriptions says at the place of a change."""

    pointer: str = ""
    """The JSON pointer into its OpenAPI document, `/paths/~1users/get`; empty when unknown."""
    location: Location | None = None
    """The file, line and column; None when unknown."""
    value: Any = None
    """The value there, as JSON data; None when there is none."""


@frozen
class Witness(Value):
    """An instance that shows a change: valid on one side, and not on the other."""

    value: Any
    """The instance, as JSON data."""
    valid_before: bool
    """Whether the old schema takes it."""
    valid_now: bool
    """Whether the new schema takes it."""


@frozen
class Acceptance(Value):
    """An accepted finding: the reason, and how long it holds."""

    reason: str
    """Why the team lives with it."""
    until: str = ""
    """The last day, as `2026-12-31`; empty for ever."""


@frozen
class Change(Value):
    """One finding of a comparison: one cause, told once."""

    rule: str
    """The rule's id: kebab-case, public and permanent."""
    level: str
    """`error`, `warning` or `info`."""
    message: str
    """What changed, in one sentence without a full stop."""
    method: str = ""
    """The method of the operation; of the first one when several are reached; empty for none."""
    path: str = ""
    """The path of that operation; empty when the change is about the whole API."""
    place: str = ""
    """Where in the operation or component: `query[limit]`, `response[200].body.items.name`."""
    component: str = ""
    """The shared component that holds the cause, `schemas/User`; empty when it is inline."""
    reason: str = ""
    """For whom this level is right, and why."""
    hint: str = ""
    """How to make the change without breaking anyone; empty when there is nothing to say."""
    old: Side | None = None
    """The base; None when there is nothing there."""
    new: Side | None = None
    """The head; None when there is nothing there."""
    witness: Witness | None = None
    """An instance that shows it; None when the rule needs none, or none was found."""
    operations: tuple[Operation, ...] = ()
    """Every operation that it reaches, in the order of the description."""
    tags: tuple[str, ...] = ()
    """The tags of these operations."""
    accepted: Acceptance | None = None
    """Set when the team accepted it: it is shown, and does not fail."""

    @property
    def fingerprint(self) -> str:
        """What stays the same as long as the change does: sixteen hexadecimal digits."""
        from hashlib import sha256  # not needed for text

        parts = (self.rule, self.method, self.path, self.component, self.place, self.message)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@frozen
class Report(Value):
    """The whole comparison."""

    findings: tuple[Change, ...] = ()
    """Sorted by level, path, method, place and rule."""
    base: str = ""
    """What the old description was called on the command line."""
    head: str = ""
    """What the new description was called."""
    old_version: str = ""
    """The old description's `version`."""
    new_version: str = ""
    """The new description's `version`."""
    notes: tuple[str, ...] = field(default=())
    """What the reader should know: stale or expired acceptances, what could not be compared."""
    version_step: str = ""
    """The step of the version, where these are not all findings; empty for what they ask for."""
    head_location: Location | None = None
    """Where the new description begins; None when unknown."""

    def at_least(self, level: str) -> tuple[Change, ...]:
        """The findings as grave as `level` or graver that nobody accepted."""
        grave = LEVELS[: LEVELS.index(level) + 1]
        return tuple(one for one in self.findings if one.level in grave and one.accepted is None)
