"""What a report comes to, and the step of the version that it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import ADDED, REMOVED, REPORT, SECURITY, SHORTER, UNDECIDED
from routebook.diff.model import Acceptance, Change, Report
from routebook.diff.summary import advice, counts, groups, next_version, step, told

WORDS = Change(rule="api-description-changed", level="info", message="other words")


def test_counts_keep_accepted_findings_apart() -> None:
    found = counts(REPORT.findings)
    assert found == {"error": 2, "warning": 1, "info": 1, "accepted": 1}
    assert told(found) == "2 errors, 1 warning, 1 info, 1 accepted"
    assert told(counts(())) == "no change"


def test_groups_stand_by_gravity_with_what_is_about_one_thing_together() -> None:
    found = groups((SECURITY, ADDED, UNDECIDED, REMOVED, SHORTER, replace(REMOVED, rule="x-y")))
    assert [(one.kind, one.title, len(one.findings)) for one in found] == [
        ("operation", "GET /users", 2),
        ("component", "schemas/User", 1),
        ("operation", "GET /teams/{id}", 1),
        ("operation", "DELETE /users/{id}", 1),
        ("api", "The API", 1),
    ]


@pytest.mark.parametrize(
    ("findings", "wanted"),
    [
        ((), "none"),
        ((WORDS,), "patch"),
        ((replace(WORDS, rule="response-documentation-changed"),), "patch"),
        ((WORDS, replace(WORDS, rule="api-version-changed")), "patch"),
        ((WORDS, ADDED), "minor"),
        ((UNDECIDED,), "minor"),
        ((WORDS, REMOVED), "major"),
        ((replace(REMOVED, accepted=Acceptance(reason="why")),), "major"),
    ],
)
def test_the_step_follows_from_the_gravest_finding(
    findings: tuple[Change, ...], wanted: str
) -> None:
    assert step(Report(findings=findings)) == wanted


@pytest.mark.parametrize(
    ("version", "by", "following"),
    [
        ("1.4.2", "major", "2.0.0"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("1.4.2", "none", ""),
        ("v1.4", "major", "v2.0"),
        ("1.4", "patch", "1.4.1"),
        ("0.3.1", "major", "0.4.0"),
        ("2026-11-24", "major", ""),
        ("1.0.0-rc.1", "major", ""),
        ("", "minor", ""),
    ],
)
def test_the_version_after_a_step(version: str, by: str, following: str) -> None:
    assert next_version(version, by) == following


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("1.4.2", "1.5.0", "suggested version step: major (1.4.2 to 2.0.0); the head says 1.5.0"),
        ("1.4.2", "2.0.0", "suggested version step: major (1.4.2 to 2.0.0)"),
        ("1.4.2", "3", "suggested version step: major (1.4.2 to 2.0.0)"),
        ("2026-11", "x", "suggested version step: major"),
    ],
)
def test_the_advice_says_when_the_head_has_another_version(old: str, new: str, wanted: str) -> None:
    assert advice(Report(findings=(REMOVED,), old_version=old, new_version=new)) == wanted
