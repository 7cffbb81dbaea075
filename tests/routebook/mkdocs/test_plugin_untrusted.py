"""What a document says stays text: in pages, menus and titles, and in what machines get."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_sites import Site

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


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_no_text_of_a_document_becomes_html(site: Site, tmp_path: Path, theme: str) -> None:
    (tmp_path / "evil.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    file = site({"api": "evil.json", "layout": "operation"}, theme=theme)
    config = load_config(str(file))
    build(config)
    pages = list(Path(config.site_dir).rglob("*.html"))
    assert len(pages) > 4
    for page in pages:
        parser = _Tags()
        parser.feed(page.read_text(encoding="utf-8"))
        assert parser.handlers == [], page
