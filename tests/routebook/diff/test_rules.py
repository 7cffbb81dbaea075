"""Every rule has an id, documentation, and an example that it speaks of."""

from __future__ import annotations

import re
from datetime import date

import pytest

from diff_examples import example_api
from routebook.diff import diff, rules
from routebook.diff.frame import Rule

TODAY = date(2026, 1, 1)
POLICIES = {
    "api-deprecated-sunset-missing",
    "request-parameter-deprecated-sunset-missing",
    "api-sunset-date-too-small",
    "request-parameter-sunset-date-too-small",
    "api-sunset-date-changed-too-small",
    "request-parameter-sunset-date-changed-too-small",
}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_the_example_of_a_rule_makes_it_speak(rule: Rule) -> None:
    example = rule.example
    old, new = example_api(rule.on, example.before), example_api(rule.on, example.after)
    days = 90 if rule.id in POLICIES else 0
    report = diff(old, new, today=TODAY, stable_days=days)
    said = [one for one in report.findings if one.rule == rule.id]
    assert said, [(one.rule, one.message) for one in report.findings]
    assert all(one.message and one.reason for one in said)
    unchanged = diff(old, old, today=TODAY, stable_days=days)
    assert rule.id not in {one.rule for one in unchanged.findings}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_is_documented(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.id)
    assert rule.summary.endswith(".")
    assert rule.example.before
    assert rule.example.after
    assert "Before:" not in rule.documentation


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
