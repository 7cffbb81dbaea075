"""What a document says stays text: in pages, menus and titles, and in what machines get."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from inventories import Inventory
from markdown_links import dead, links, tokens
from mkdocs_sites import Site, built
from routebook.emit.machines import CHOICES

EVIL = "<img src=x onerror=alert(1)>\"'&lt;](javascript:alert(2)) `"
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": f"Title{EVIL}", "version": f"1{EVIL}\n# Project: other", "summary": EVIL},
    "tags": [{"name": f"tag{EVIL}", "description": f"# Heading {EVIL}\n\n- list"}],
    "paths": {
        "/things": {
            method: {
                "operationId": f"{method}\n{EVIL}",
                "summary": f"{method} {EVIL}\n- [x](https://example.com)",
                "tags": [f"tag{EVIL}"],
                "responses": {"200": {"description": EVIL}},
            }
            for method in ("get", "post")
        }
    },
    "components": {"schemas": {"Thing x std:label 1 evil.html": {"title": EVIL}}},
}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handlers += [f"{tag} {name}" for name, _ in attrs if name == "onerror"]
        self.handlers += [f"{tag} {at}" for _, at in attrs if at and at.startswith("javascript:")]


@pytest.mark.parametrize("nav", [None, ["index.md", {"Look up": "reference/"}]], ids=["", "nav"])
@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_no_text_of_a_document_becomes_html(
    site: Site, tmp_path: Path, theme: str, nav: list[object] | None
) -> None:
    (tmp_path / "evil.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    file = site({"api": "evil.json", "layout": "operation"}, theme=theme, nav=nav)
    config = load_config(str(file))
    build(config)
    pages = list(Path(config.site_dir).rglob("*.html"))
    assert len(pages) > 4
    for page in pages:
        parser = _Tags()
        parser.feed(page.read_text(encoding="utf-8"))
        assert parser.handlers == [], page


@pytest.fixture
def given(site: Site, tmp_path: Path) -> Path:
    """The folder of a site with everything for machines."""
    (tmp_path / "evil.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return built(site({"api": "evil.json", "layout": "operation", "machines": list(CHOICES)}))


def test_no_text_of_a_document_becomes_markdown(given: Path) -> None:
    texts = [*given.rglob("*.md"), *given.glob("llms*.txt")]
    assert len(texts) > 6
    for path in texts:
        text = path.read_text(encoding="utf-8")
        html = [token.content for token in tokens(text) if token.type.startswith("html")]
        assert not [mark for mark in html if not mark.strip().startswith(("<a id=", "</a>", "<br"))]
        assert not [url for url in links(text) if "javascript" in url or "example.com" in url]
    assert dead(given) == dead(given, "llms*.txt") == []


def test_llms_txt_keeps_its_form(given: Path) -> None:
    found = list(tokens((given / "llms.txt").read_text(encoding="utf-8")))
    assert [token.tag for token in found if token.type == "heading_open"] == ["h1", "h2", "h2"]
    assert sum(token.type == "list_item_open" for token in found) == 7
    assert not any(token.type == "code_block" for token in found)


def test_an_inventory_has_no_entries_of_a_documents_making(given: Path) -> None:
    found = Inventory(str(given / "objects.inv"))
    assert found.project == "Test"
    assert found.version == f"1{EVIL} # Project: other"
    assert all(entry.uri.startswith("reference/") for entry in found.objects if entry.role != "doc")
    assert "op-things-get" in {entry.name for entry in found.objects}
