"""The list of deliberate differences from oasdiff, and the page that is printed from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from routebook.diff.deliberate import DIFFERENCES
from routebook.diff.differences import differs, page

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
    ],
)
def test_differences_are_found(rule: str, level: str, ours: str, *, deliberate: bool) -> None:
    said = {(ours, "error", "GET", "/things")} if ours else set()
    assert bool(differs(rule, level, "GET", "/things", said)) is deliberate
    elsewhere = {(ours, "error", "GET", "/others")}
    assert not differs("request-body-became-enum", "error", "GET", "/things", elsewhere)
