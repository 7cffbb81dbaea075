"""What evaluating an instance says, and how what parts say becomes what the whole says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

Verdict = bool | None
"""Valid, not valid, or undecided. Undecided is never a guess: a whole that hangs on it, is too."""

Test = Callable[[Any], Verdict]
"""A schema or keyword, made into a function of an instance."""

Formats = Callable[[Any, str], bool]
"""Whether an instance is of a format."""


class Compiler(Protocol):
    """What makers of keywords need of the evaluator."""

    @property
    def formats(self) -> Formats | None:
        """What tells formats; None where `format` only annotates."""

    def test(self, schema: Any) -> Test:
        """The function of a schema."""

    def referred(self, reference: str) -> Test:
        """The function of the schema that a reference names."""


Maker = Callable[[Compiler, Any, Mapping[str, Any]], Test | None]
"""Makes the function of a well-formed keyword, of its value and of the schema that holds it.

None stands for a function that refuses nothing.
"""


def undecided(_: Any) -> Verdict:
    """The function of what is not understood here."""
    return None


def every(tests: Sequence[Test]) -> Test:
    """The function that is valid where all are."""
    if len(tests) == 1:
        return tests[0]

    def test(instance: Any) -> Verdict:
        verdict: Verdict = True
        for one in tests:
            found = one(instance)
            if found is False:
                return False
            if found is None:
                verdict = None
        return verdict

    return test


def either(tests: Sequence[Test]) -> Test:
    """The function that is valid where one is."""
    if len(tests) == 1:
        return tests[0]

    def test(instance: Any) -> Verdict:
        verdict: Verdict = False
        for one in tests:
            found = one(instance)
            if found:
                return True
            if found is None:
                verdict = None
        return verdict

    return test


def each(test: Test, instances: Iterable[Any]) -> Verdict:
    """Whether all instances are valid."""
    verdict: Verdict = True
    for instance in instances:
        found = test(instance)
        if found is False:
            return False
        if found is None:
            verdict = None
    return verdict


def count(verdicts: Sequence[Verdict], least: float, most: float) -> Verdict:
    """Whether between `least` and `most` verdicts are that something is valid."""
    sure, open_ = verdicts.count(True), verdicts.count(None)
    if sure > most or sure + open_ < least:
        return False
    return True if sure >= least and sure + open_ <= most else None
