"""Levels as a team wants them, and which findings it looks at."""

from __future__ import annotations

import pytest

from reports import ADDED, REMOVED, REPORT, SECURITY, SHORTER, UNDECIDED
from routebook import RoutebookError
from routebook.diff.severity import Selection, read_levels, relevel, select, unknown


def test_levels_as_oasdiff_writes_them() -> None:
    text = """
    # ours
    request-parameter-removed   warn
    endpoint-added\terr # a policy
    api-global-security-removed NONE
    other-rule info
    """
    assert read_levels(text, "levels.txt") == {
        "request-parameter-removed": "warning",
        "endpoint-added": "error",
        "api-global-security-removed": "none",
        "other-rule": "info",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a err\nb", "levels.txt:2: 'b' is not a rule and a level"),
        ("a err x", "levels.txt:1: 'a err x' is not a rule and a level"),
        ("a wran", "levels.txt:1: there is no level 'wran'"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(text: str, message: str) -> None:
    with pytest.raises(RoutebookError) as caught:
        read_levels(text, "levels.txt")
    assert str(caught.value) == message
    assert caught.value.hint


def test_rules_get_other_levels_and_the_report_its_order() -> None:
    levels = {
        "request-parameter-removed": "warning",
        "request-*": "info",
        "endpoint-added": "error",
        "api-global-security-removed": "none",
    }
    found = relevel(REPORT, levels).findings
    assert [(one.rule, one.level) for one in found] == [
        (ADDED.rule, "error"),
        (REMOVED.rule, "warning"),
        (UNDECIDED.rule, "warning"),
        (SHORTER.rule, "info"),
    ]
    assert relevel(REPORT, {}) is REPORT


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Selection(), REPORT.findings),
        (Selection(only=("request-",)), (SHORTER, REMOVED)),
        (Selection(only=("request-p", "endpoint")), (SHORTER, REMOVED, ADDED)),
        (Selection(leave_out=("request-", "api-")), (UNDECIDED, ADDED)),
        (Selection(paths=("/teams/*",)), (SHORTER, UNDECIDED, SECURITY)),
        (Selection(paths=("/users/{id}",)), (SHORTER, SECURITY, ADDED)),
        (Selection(tags=("teams",)), (SHORTER, SECURITY)),
        (Selection(only=("request-",), paths=("/users",), tags=("users",)), (SHORTER, REMOVED)),
    ],
)
def test_a_team_looks_at_some_findings(chosen: Selection, found: tuple[object, ...]) -> None:
    assert select(REPORT, chosen).findings == found


def test_names_that_no_rule_has() -> None:
    known = ("request-body-added", "response-removed")
    assert unknown(("request-", "response-removed", "respond", "re*"), known) == ("respond",)
