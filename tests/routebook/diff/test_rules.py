"""Every rule has an id, documentation, and an example that it speaks of."""

from __future__ import annotations

import re
from datetime import date

import pytest

from diff_examples import example_api
from routebook.diff import diff, rule, rules
from routebook.diff.frame import Rule
from routebook.findings import RoutebookError

TODAY = date(2026, 1, 1)
POLICIES = {
    "api-deprecated-sunset-missing",
    "request-parameter-deprecated-sunset-missing",
    "api-sunset-date-too-small",
    "request-parameter-sunset-date-too-small",
    "api-sunset-date-changed-too-small",
    "request-parameter-sunset-date-changed-too-small",
}


@pytest.mark.parametrize("one", rules(), ids=lambda one: one.id)
def test_the_example_of_a_rule_makes_it_speak(one: Rule) -> None:
    example = one.example
    old, new = example_api(one.on, example.before), example_api(one.on, example.after)
    days = 90 if one.id in POLICIES else 0
    report = diff(old, new, today=TODAY, stable_days=days)
    said = [found for found in report.findings if found.rule == one.id]
    assert said, [(found.rule, found.message) for found in report.findings]
    assert all(found.message and found.reason for found in said)
    unchanged = diff(old, old, today=TODAY, stable_days=days)
    assert unchanged.findings == ()


@pytest.mark.parametrize("one", rules(), ids=lambda one: one.id)
def test_a_rule_is_documented(one: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", one.id)
    assert one.summary.endswith(".")
    assert one.example.before
    assert one.example.after
    assert "Before:" not in one.documentation


def test_ids_are_unique() -> None:
    ids = [one.id for one in rules()]
    assert len(ids) == len(set(ids))


def test_a_rule_is_found_by_its_id() -> None:
    assert rule("endpoint-added").summary == "An operation is new."
    with pytest.raises(RoutebookError) as caught:
        rule("endpoint-aded")
    assert "endpoint-added" in caught.value.hint
