"""Whole outputs of a small API with the hard parts, against golden files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observatory import API
from routebook import checks, openapi
from routebook.emit import markdown, yaml

if TYPE_CHECKING:
    from conftest import Golden

GOLDEN = Path(__file__).parent / "golden" / "observatory"
PAGES = markdown.pages(API, layout="route")


def test_the_description_has_no_faults() -> None:
    assert [str(one) for one in checks.check(API)] == []


@pytest.mark.parametrize("version", openapi.VERSIONS)
def test_openapi(version: str, golden: Golden) -> None:
    document = openapi.write(API, version)
    assert openapi.validate(document) == ()
    golden(GOLDEN / f"openapi-{version}.yaml", yaml.dump(document))
    assert openapi.write(openapi.read(document), version) == document


@pytest.mark.parametrize("page", PAGES, ids=[page.path for page in PAGES])
def test_reference(page: markdown.Page, golden: Golden) -> None:
    golden(GOLDEN / "reference" / page.path, page.content)


def test_no_other_page_is_kept() -> None:
    kept = {file.relative_to(GOLDEN / "reference") for file in GOLDEN.rglob("*.md")}
    assert kept == {Path(page.path) for page in PAGES}
