"""Badges of methods: in pages, by a style sheet, and in the navigation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_sites import Site, built
from routebook import mkdocs

DOCUMENT = """
openapi: 3.1.0
info: {title: Things, version: "1"}
paths:
  /things:
    get: {summary: List, tags: [t], responses: {"200": {description: Ok.}}}
    post: {summary: Add, tags: [t], deprecated: true, responses: {"201": {description: Added.}}}
  /old:
    get: {summary: Old, tags: [t], deprecated: true, responses: {"200": {description: Ok.}}}
"""

MARK = re.compile(r'<span class="md-ellipsis">\s*(\w+)\s*</span>\s*<span class="md-status ([^"]+)"')


@pytest.mark.parametrize(
    ("use", "marks"),
    [
        (
            {"layout": "operation"},
            {
                "List": "md-status--routebook-get",
                "Add": "md-status--routebook-post md-status--routebook-deprecated",
                "Old": "md-status--routebook-get md-status--routebook-deprecated",
            },
        ),
        ({"layout": "operation", "badges": False}, {}),
        ({"layout": "route"}, {"old": "md-status--routebook-deprecated"}),
        ({"layout": "single"}, {}),
    ],
    ids=["operation", "none", "route", "single"],
)
def test_pages_have_marks_in_the_navigation(
    site: Site, tmp_path: Path, use: dict[str, object], marks: dict[str, str]
) -> None:
    text = DOCUMENT.replace("/old:", "/old:\n    summary: old")
    (tmp_path / "things.yaml").write_text(text, encoding="utf-8")
    folder = built(site({"api": "things.yaml", **use}, theme="material"), theme="material")
    home = (folder / "index.html").read_text(encoding="utf-8")
    assert dict(MARK.findall(home)) == marks
    styled = 'href="assets/routebook.css"' in home
    assert styled == (folder / "assets" / "routebook.css").is_file() == ("badges" not in use)


def test_the_style_sheet_knows_every_mark() -> None:
    text = Path(mkdocs.__file__).with_name("routebook.css").read_text(encoding="utf-8")
    for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"):
        assert f'.md-status--routebook-{method}::after {{ content: "{method.upper()}"; }}' in text
    assert ".md-status--routebook-deprecated::before" in text


def test_a_style_sheet_of_the_site_takes_the_place_of_ours(site: Site, tmp_path: Path) -> None:
    file = site({}, {"path": "other", "openapi": ""})
    own = tmp_path / "docs" / "assets" / "routebook.css"
    own.parent.mkdir()
    own.write_text("/* mine */", encoding="utf-8")
    folder = built(file)
    assert (folder / "assets" / "routebook.css").read_text(encoding="utf-8") == "/* mine */"
    home = (folder / "index.html").read_text(encoding="utf-8")
    assert home.count("assets/routebook.css") == 1
