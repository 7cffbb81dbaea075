from __future__ import annotations

import json

import pytest

from routebook import Finding, Location, RoutebookError
from routebook.report import formats, render

FINDINGS = (
    Finding(
        rule="name-missing",
        place="blob-upload.POST[Mount Blob].query[from]",
        message="is not in the path",
        hint="add it",
        location=Location(file="api.py", line=3),
    ),
    Finding(rule="no-place", place="", message="odd", level="warning", detail="--- a\n+++ b\n"),
    Finding(rule="steering", place="\x1b[31mred", message="a\rb\u202ec\u009b", hint="x\n\x07y"),
)


def test_as_text() -> None:
    assert render(FINDINGS) == (
        "api.py:3: blob-upload.POST[Mount Blob].query[from]: is not in the path [name-missing]\n"
        "    add it\n"
        "warning: odd [no-place]\n"
        "--- a\n"
        "+++ b\n"
        "\\x1b[31mred: a\\rb\\u202ec\\x9b [steering]\n"
        "    x\n"
        "    \\x07y\n"
    )
    assert render(()) == ""


def test_as_json() -> None:
    document = json.loads(render(FINDINGS, "json"))
    assert document["findings"][0] == {
        "rule": "name-missing",
        "place": "blob-upload.POST[Mount Blob].query[from]",
        "message": "is not in the path",
        "hint": "add it",
        "detail": "",
        "level": "error",
        "location": {"file": "api.py", "line": 3, "column": 0},
    }
    assert document["findings"][1]["location"] is None
    assert "\x1b" not in render(FINDINGS, "json")
    assert json.loads(render((), "json")) == {"findings": []}


def test_formats_are_the_modules() -> None:
    assert formats() == ("json", "text")
    with pytest.raises(RoutebookError, match="there is no format 'yaml'"):
        render((), "yaml")
