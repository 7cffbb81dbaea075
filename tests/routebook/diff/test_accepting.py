"""Accepted changes: the file, and what it does to a report."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import ADDED, REMOVED, SHORTER, changes, words
from routebook import RoutebookError
from routebook.diff.accepting import Entry, apply, dump, extend, read
from routebook.diff.model import Acceptance, Report

TODAY = date(2026, 11, 24)
OPEN = Report(findings=(SHORTER, REMOVED, ADDED))


def test_accepted_findings_stay_and_fail_no_more(tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(dump(extend((), OPEN.at_least("error"), "no caller left", "2026-12-31")))
    report = apply(OPEN, read(file), TODAY)
    assert [one.rule for one in report.findings] == [one.rule for one in OPEN.findings]
    assert report.at_least("error") == ()
    assert report.findings[0].accepted == Acceptance(reason="no caller left", until="2026-12-31")
    assert report.findings[2].accepted is None
    assert report.notes == ()


def test_the_file_is_for_people() -> None:
    text = dump(extend((), OPEN.at_least("error"), 'they said "go"'))
    assert text == (
        "# Breaking changes that we accept. "
        '`routebook diff --accept "why"` adds entries, and keeps them\n'
        "# sorted; comments are not kept. Delete an entry to be told of its change again.\n"
        "\n"
        "[[accepted]]\n"
        'rule = "request-parameter-removed"\n'
        'operation = "GET /users"\n'
        'change = "query[limit]: the query parameter `limit` is gone"\n'
        f'fingerprint = "{REMOVED.fingerprint}"\n'
        'reason = "they said \\"go\\""\n'
        "\n"
        "[[accepted]]\n"
        'rule = "request-property-max-length-decreased"\n'
        'operation = "schemas/User"\n'
        'change = "name: `name` lowered `maxLength` from `50` to `20`"\n'
        f'fingerprint = "{SHORTER.fingerprint}"\n'
        'reason = "they said \\"go\\""\n'
    )


def test_a_new_acceptance_keeps_the_others_and_renews_its_own() -> None:
    first = extend((), OPEN.at_least("error"), "first", "2026-01-01")
    second = extend(first, [REMOVED], "second")
    assert [(one.reason, one.until) for one in second] == [("second", ""), ("first", "2026-01-01")]


def test_expired_entries_accept_nothing_and_are_told() -> None:
    entries = extend((), [REMOVED], "until then", "2026-11-23")
    report = apply(OPEN, entries, TODAY)
    assert report.at_least("error") == OPEN.at_least("error")
    said = f"request-parameter-removed ({REMOVED.fingerprint}) was accepted until 2026-11-23"
    assert report.notes == (f"expired: GET /users {said}",)
    assert apply(OPEN, entries, date(2026, 11, 23)).notes == ()


def test_entries_that_match_nothing_are_told() -> None:
    report = apply(Report(findings=(ADDED,)), extend((), [REMOVED], "why"), TODAY)
    said = f"({REMOVED.fingerprint}) is accepted, and no longer found: delete it"
    assert report.notes == (f"stale: GET /users request-parameter-removed {said}",)


@given(st.lists(changes, max_size=4), words.filter(lambda text: bool(text.strip())))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, found: list[object], reason: str
) -> None:
    """The file holds any text, steers no terminal, and is TOML."""
    entries = extend((), found, reason)  # type: ignore[arg-type]  # hypothesis gives objects
    text = dump(entries)
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    tomllib.loads(text)
    file = tmp_path_factory.getbasetemp() / "entries.toml"
    file.write_bytes(text.encode())
    kept = {(one.rule, one.fingerprint) for one in entries}
    assert {(one.rule, one.fingerprint) for one in read(file)} == kept
    assert dump(read(file)) == text


def test_no_file_accepts_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none.toml") == ()
    assert apply(OPEN, (), TODAY) is OPEN


GOOD = '[[accepted]]\nrule = "r"\nfingerprint = "0123456789abcdef"\nreason = "why"\n'


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("accepted = 3", "holds something else", "[[accepted]]"),
        ("other = 3", "holds something else", "[[accepted]]"),
        ("accepted = [3]", "is not a table", "[[accepted]]"),
        ("x = ", "is not TOML", ""),
        (GOOD.replace("reason", "reasn"), "there is no key 'reasn'", "did you mean 'reason'?"),
        (GOOD.replace('"why"', '" "'), "reason is missing", "each entry says why"),
        (GOOD.replace('"why"', "3"), "reason is 3", "quotes"),
        (GOOD.replace("0123", "xyz"), "the fingerprint is 'xyz456789abcdef'", "sixteen"),
        (GOOD + 'until = "tomorrow"', "'tomorrow' is not a day", "2026-12-31"),
        (GOOD + 'until = "20261231"', "'20261231' is not a day", "2026-12-31"),
        (GOOD + "until = 2026-12-31T00:00:00Z", "until is datetime", "quotes"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(text)
    with pytest.raises(RoutebookError) as caught:
        read(file, shown="accepted.toml")
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.place.startswith("accepted.toml")


def test_a_day_may_be_written_as_toml_writes_days(tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(f"{GOOD}until = 2026-12-31\n")
    assert read(file) == (
        Entry(
            operation="",
            rule="r",
            change="",
            fingerprint="0123456789abcdef",
            reason="why",
            until="2026-12-31",
        ),
    )


def test_an_acceptance_has_a_reason() -> None:
    with pytest.raises(RoutebookError, match="the reason is empty"):
        extend((), [REMOVED], "  ")
    with pytest.raises(RoutebookError, match="is not a day"):
        extend((), [REMOVED], "why", "2026-02-30")
