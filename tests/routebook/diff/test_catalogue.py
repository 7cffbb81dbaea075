"""The catalogue of rules: each is documented, and its examples give it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routebook import openapi
from routebook.diff import diff, rules
from routebook.diff.catalogue import Explained, explained
from routebook.diff.examples import NAMED
from routebook.diff.listing import page
from routebook.diff.model import LEVELS

PAGE = Path(__file__).parents[3] / "site" / "docs" / "diff" / "rules.md"
RULES = explained()
BODIES = [
    one
    for one in RULES
    if one.id.startswith(("request-property-", "response-property-")) and "sunset" not in one.id
]


def document(schema: str, *, response: bool, media: str = "application/json") -> dict[str, Any]:
    content = {"content": {media: {"schema": json.loads(schema)}}}
    answer = {"description": "Done.", **(content if response else {})}
    operation = {"responses": {"200": answer}, **({} if response else {"requestBody": content})}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/t": {"post": operation}},
        "components": {"schemas": NAMED},
    }


def test_the_page_of_all_rules_is_fresh(golden: Callable[[Path, str], None]) -> None:
    text = page()
    assert all(f"`{one.id}`" in text for one in RULES)
    golden(PAGE, text)


def test_every_rule_is_documented_once() -> None:
    ids = [one.id for one in RULES]
    assert ids == sorted(set(ids))
    assert {rule.id for rule in rules()} <= set(ids)
    for one in RULES:
        assert one.summary.endswith("."), one.id
        assert one.levels, one.id
        assert set(one.levels) <= set(LEVELS)
        assert one.derivation, one.id


@pytest.mark.parametrize("rule", BODIES[::12], ids=lambda rule: rule.id)
def test_an_example_gives_its_rule_at_its_level(rule: Explained) -> None:
    response = rule.id.startswith("response")
    for case in (one for one in rule.cases if one.flow == ("response" if response else "request")):
        media = "application/xml" if "compatible" in rule.id else "application/json"
        old, new = (
            document(side, response=response, media=media) for side in (case.before, case.after)
        )
        found = {(f.rule, f.level) for f in diff(openapi.read(old), openapi.read(new)).findings}
        assert (rule.id, case.level) in found


def test_the_first_example_is_the_plainest() -> None:
    known = {rule.id: rule for rule in explained()}
    for name in ("request-property-max-length-decreased", "response-property-enum-value-added"):
        first = known[name].cases[0]
        assert first.flow == name.partition("-")[0]
        assert set(re.findall('"([a-zA-Z]+)":', first.before)) <= {
            *("type", "properties", "value", "maxLength", "enum")
        }
        assert known[name].summary.startswith("`value` in the re")


@pytest.mark.parametrize(
    ("media", "response", "old", "new", "rule", "level"),
    [
        ("application/xml", False, "integer", "string", "request-body-type-compatible", "info"),
        ("application/xml", False, "string", "integer", "request-body-type-changed", "error"),
        ("text/plain", True, "string", "number", "response-body-type-compatible", "info"),
        ("text/plain", True, "number", "string", "response-body-type-changed", "error"),
        ("text/plain", True, "string", "array", "response-body-type-changed", "error"),
        ("application/json", False, "integer", "string", "request-body-type-changed", "error"),
    ],
)
def test_numbers_are_texts_where_they_are_written_as_such(
    media: str, response: bool, old: str, new: str, rule: str, level: str
) -> None:
    sides = [
        document(json.dumps({"type": name}), response=response, media=media) for name in (old, new)
    ]
    found = diff(openapi.read(sides[0]), openapi.read(sides[1])).findings
    assert [(one.rule, one.level) for one in found] == [(rule, level)]
