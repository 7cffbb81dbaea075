"""The guide that walks through the example registry includes all of its parts."""

from __future__ import annotations

import re

from support import ROOT

APP = (ROOT / "tests" / "apps" / "registry.py").read_text("utf-8")
GUIDE = (ROOT / "site" / "docs" / "guides" / "implement-a-registry.md").read_text("utf-8")


def test_the_guide_includes_every_section_once() -> None:
    included = re.findall(r'^--8<-- "tests/apps/registry\.py:([a-z]+)"$', GUIDE, re.MULTILINE)
    assert sorted(included) == sorted(re.findall(r"# --8<-- \[start:([a-z]+)\]", APP))
    assert sorted(included) == sorted(re.findall(r"# --8<-- \[end:([a-z]+)\]", APP))
    assert len(set(included)) == len(included)


def test_the_app_is_as_long_as_a_guide_can_bear() -> None:
    lines = [line for line in APP.splitlines() if line.strip() and "--8<--" not in line]
    assert len(lines) <= 400
