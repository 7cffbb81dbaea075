"""The list of deliberate differences from oasdiff, and the page that is printed from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from routebook.diff.differences import DIFFERENCES, differs, page

PAGE = Path(__file__).parents[3] / "site" / "docs" / "diff" / "where-we-differ.md"


def test_the_page_is_fresh(golden: Callable[[Path, str], None]) -> None:
    golden(PAGE, page())


def test_each_difference_has_a_reason() -> None:
    assert all(one.reason and one.instead and one.levels for one in DIFFERENCES)


@pytest.mark.parametrize(
    ("rule", "level", "ours", "deliberate"),
    [
        ("request-property-max-length-set", "warning", "request-property-max-length-set", True),
        ("request-property-max-length-set", "error", "request-property-max-length-set", False),
        ("request-body-all-of-added", "error", "", True),
        ("request-body-became-enum", "error", "endpoint-added", False),
        ("endpoint-added", "info", "endpoint-deprecated", False),
        ("new-request-path-parameter", "error", "", True),
        ("request-body-max-set", "warning", "", True),
        ("request-body-pattern-unset", "info", "", False),
    ],
)
def test_differences_are_found(rule: str, level: str, ours: str, *, deliberate: bool) -> None:
    said = {(ours, "error", "GET", "/things")} if ours else set()
    told = (rule, level, "GET", "/things")
    assert bool(differs(told, said, {told})) is deliberate
    elsewhere = {(ours, "error", "GET", "/others")}
    assert not differs(("request-body-became-enum", "error", *told[2:]), elsewhere, {told})


@pytest.mark.parametrize(
    ("rule", "level", "beside", "deliberate"),
    [
        ("request-body-type-generalized", "info", "request-body-all-of-added", True),
        ("request-body-type-generalized", "info", "request-body-max-set", False),
        ("request-body-type-generalized", "info", "request-body-type-generalized", False),
        ("response-required-property-removed", "error", "response-body-any-of-added", True),
        ("response-required-property-removed", "error", "endpoint-deprecated", False),
        ("response-body-const-added", "info", "response-body-enum-value-removed", True),
        ("response-body-const-added", "info", "response-body-type-changed", False),
    ],
)
def test_some_differ_only_beside_another_answer_to_the_same_operation(
    rule: str, level: str, beside: str, *, deliberate: bool
) -> None:
    told = (rule, level, "GET", "/things")
    theirs = {told, (beside, "info", "GET", "/things")}
    assert bool(differs(told, set(), theirs)) is deliberate
    assert not differs(told, set(), {told, (beside, "info", "GET", "/others")})


def test_a_webhook_is_read_by_who_receives_it() -> None:
    rule = "request-body-added-required"
    for path, deliberate in (("webhook:done", True), ("/done", False)):
        told, ours = (rule, "error", "POST", path), (rule, "info", "POST", path)
        assert bool(differs(told, {ours}, {told})) is deliberate
