"""The changelog: sections, sentences, and texts that stay texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from reports import ADDED, REMOVED, REPORT, SHORTER, UNDECIDED, reports
from routebook.diff.model import Report
from routebook.emit.changelog import SECTIONS, page, section

if TYPE_CHECKING:
    from conftest import Golden

FIRST = Report(
    findings=(
        ADDED,
        replace(ADDED, rule="endpoint-deprecated", message="DELETE /users/{id} is deprecated now"),
        replace(ADDED, rule="response-property-removed", message="the property age is gone"),
        replace(ADDED, rule="api-info-description-changed", message="the description is new"),
        replace(ADDED, rule="parameter-max-length-increased", message="it may be longer"),
    ),
    old_version="1.3.0",
    new_version="1.4.2",
)


def test_a_page_of_two_versions(golden: Golden) -> None:
    text = page([REPORT, FIRST], "Changes of the users' API")
    golden(Path(__file__).parent / "golden" / "changelog.md", text)


def test_a_version_that_changed_nothing() -> None:
    assert page([Report(old_version="1", new_version="2")]) == (
        "# Changelog\n\n## 2, after 1\n\nNothing changed that a client or server could notice.\n"
    )


def test_what_is_told_of_requests_and_of_answers_in_the_same_words_is_said_once() -> None:
    both = (SHORTER, replace(SHORTER, rule="response-property-max-length-decreased"))
    assert page([Report(findings=both)]).count("lowered `maxLength`") == 1
    longer = replace(SHORTER, message="`name` lost its `pattern`")
    assert page([Report(findings=(*both, longer))]).count("\n    - ") == 2


@pytest.mark.parametrize(
    ("rule", "level", "wanted"),
    [
        ("request-parameter-removed", "error", "Breaking"),
        ("request-parameter-removed", "warning", "Possibly breaking"),
        ("request-parameter-removed", "info", "Removed"),
        ("new-optional-request-parameter", "info", "Added"),
        ("endpoint-added", "info", "Added"),
        ("sunset-deleted", "info", "Deprecated"),
        ("endpoint-reactivated", "info", "Changed"),
        ("api-tag-removed", "info", "Documentation"),
        ("response-documentation-changed", "info", "Documentation"),
        ("response-property-renewed", "info", "Changed"),
    ],
)
def test_the_section_of_a_finding(rule: str, level: str, wanted: str) -> None:
    assert section(replace(UNDECIDED, rule=rule, level=level)) == wanted
    assert wanted in SECTIONS


@given(reports)
@settings(max_examples=80, deadline=None)
def test_texts_make_no_link_image_html_or_heading(report: Report) -> None:
    text = page([report, Report(findings=(REMOVED,))], report.base)
    assert text.encode()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    flat = [token for one in tokens for token in (one, *(one.children or ()))]
    assert not [t for t in flat if t.type in {"html_block", "link_open", "image", "fence"}]
    assert {t.content for t in flat if t.type == "html_inline"} <= {"<code>", "</code>"}
    headings = [t for t in flat if t.type == "heading_open"]
    sections = {section(one) for one in report.findings}
    assert len(headings) == 1 + 1 + len(sections) + 1 + 1
