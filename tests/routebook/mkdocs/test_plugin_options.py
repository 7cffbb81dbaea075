"""The options of the plugin."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_sites import Site, built, nav_after, refused

DOCUMENT = """
openapi: 3.1.0
info: {title: Things, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      tags: [things]
      responses: {"200": {description: Ok.}}
    post:
      operationId: addThing
      tags: [things]
      responses: {"201": {description: Added.}}
"""


def test_a_plugin_that_is_not_enabled_makes_nothing(site: Site) -> None:
    file = site({"enabled": False}, nav=[{"Home": "index.md"}, {"Look up": "reference/"}])
    assert nav_after(file) == [{"Home": "index.md"}]
    folder = built(file)
    assert not (folder / "reference").exists()
    assert not (folder / "openapi.json").exists()
    assert "service-desc" not in (folder / "index.html").read_text(encoding="utf-8")


def test_without_a_document_no_page_names_one(site: Site) -> None:
    folder = built(site({"openapi": ""}))
    assert not (folder / "openapi.json").exists()
    assert "service-desc" not in (folder / "index.html").read_text(encoding="utf-8")


def test_the_version_of_openapi_can_be_chosen(site: Site) -> None:
    folder = built(site({"openapi_version": "3.0"}))
    document = json.loads((folder / "openapi.json").read_text(encoding="utf-8"))
    assert document["openapi"].startswith("3.0")


def test_a_template_of_the_site_takes_the_place_of_ours(site: Site, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "index.md.jinja").write_text("# Ours\n", encoding="utf-8")
    folder = built(site({"templates": "own"}))
    assert "Ours" in (folder / "reference" / "index.html").read_text(encoding="utf-8")


def test_the_bundled_api_needs_no_option(site: Site) -> None:
    folder = built(site({"api": ""}))
    assert (folder / "reference" / "routes" / "manifest" / "index.html").is_file()


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("operation", "reference/operations/things-post.md"),
        ("group", "reference/groups/things.md"),
        ("route", "reference/routes/things.md"),
        ("single", "reference/index.md"),
        ("auto", "reference/index.md"),
        (None, "reference/routes/things.md"),
    ],
)
def test_a_document_is_shown_in_any_layout(
    site: Site, tmp_path: Path, layout: str | None, expected: str
) -> None:
    (tmp_path / "things.yaml").write_text(DOCUMENT, encoding="utf-8")
    use = {"api": "things.yaml", **({"layout": layout} if layout else {})}
    folder = built(site(use))
    page = folder / expected.replace("index.md", "index.html").replace(".md", "/index.html")
    assert 'id="op-things-post"' in page.read_text(encoding="utf-8")


def test_an_unknown_layout_is_refused(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        load_config(str(site({"layout": "book"})), theme="mkdocs")
    assert "option 'layout'" in caplog.text


@pytest.mark.parametrize(
    ("use", "shown"),
    [
        ({}, ["curl", "httpx.get", "await fetch", "package main"]),
        ({"samples": ["go"]}, ["package main"]),
        ({"samples": []}, []),
    ],
    ids=["all", "one", "none"],
)
def test_samples_are_in_all_languages_or_in_those_asked_for(
    site: Site, use: dict[str, Any], shown: list[str]
) -> None:
    file = site(use, markdown_extensions=["attr_list", "pymdownx.superfences", "pymdownx.tabbed"])
    page = built(file) / "reference" / "routes" / "thing" / "index.html"
    text = re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))
    found = [mark for mark in ("curl", "httpx.get", "await fetch", "package main") if mark in text]
    assert found == shown


def test_an_unknown_language_is_refused(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    told = refused(site({"samples": ["curl", "js"]}), caplog)
    assert "there is no language 'js'. did you mean 'javascript'?" in told
