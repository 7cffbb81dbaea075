"""The guide that walks through the example registry includes all of its parts."""

from __future__ import annotations

import re

import pytest

from support import ROOT

APPS = {
    name: (ROOT / "tests" / "apps" / f"{name}.py").read_text("utf-8")
    for name in ("registry", "referrers")
}
GUIDE = (ROOT / "site" / "docs" / "guides" / "implement-a-registry.md").read_text("utf-8")


@pytest.mark.parametrize("name", APPS)
def test_the_guide_includes_every_section_once(name: str) -> None:
    included = re.findall(rf'^--8<-- "tests/apps/{name}\.py:([a-z]+)"$', GUIDE, re.MULTILINE)
    assert sorted(included) == sorted(re.findall(r"# --8<-- \[start:([a-z]+)\]", APPS[name]))
    assert sorted(included) == sorted(re.findall(r"# --8<-- \[end:([a-z]+)\]", APPS[name]))
    assert len(set(included)) == len(included)


def test_the_app_is_as_long_as_a_guide_can_bear() -> None:
    assert len(APPS["registry"].splitlines()) <= 400
