"""The site as files: a strict build, its downloads, and what stands on the home page."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser

import yaml
from openapi_spec_validator import validate

from inventories import Inventory
from markdown_links import dead, links
from peers.browser import ORIGIN
from peers.site_build import Built
from support import ROOT, run

DOCS = ROOT / "site" / "docs"


def test_a_strict_build_says_nothing_but_that_it_is_done(built: Built) -> None:
    assert built.code == 0, built.log
    assert not re.search(r"WARNING|ERROR|not found|anchor", built.log), built.log


def test_nothing_generated_is_committed() -> None:
    tracked = run("git", "ls-files", "site", cwd=ROOT).stdout.split()
    assert not [name for name in tracked if "/reference/" in name or "openapi." in name[-12:-4]]


def test_the_downloads_are_one_valid_document(built: Built) -> None:
    document = json.loads((built.folder / "openapi.json").read_text(encoding="utf-8"))
    assert yaml.safe_load((built.folder / "openapi.yaml").read_text("utf-8")) == document
    validate(document)


def test_every_page_tells_machines_where_the_document_is(built: Built) -> None:
    for path in built.folder.rglob("index.html"):
        found = re.findall(
            r'<link rel="alternate service-desc" type="([^"]+)"[^>]* href="([^"]+)"',
            path.read_text(encoding="utf-8"),
        )
        assert [media_type for media_type, _ in found] == ["application/yaml", "application/json"]
        for _, href in found:
            assert (path.parent / href).resolve().is_file()


def test_what_machines_get_leads_nowhere_wrong(built: Built) -> None:
    pages = [path for path in built.folder.rglob("*.html") if path.name != "404.html"]
    assert all(path.with_name(f"{path.name}.md").is_file() for path in pages)
    index = (built.folder / "llms.txt").read_text(encoding="utf-8")
    assert len(index) < 10_000
    assert f"{ORIGIN}reference/errors/index.html.md" in set(links(index))
    assert all((built.folder / url.removeprefix(ORIGIN)).is_file() for url in links(index))
    assert dead(built.folder) == dead(built.folder, "llms-full.txt") == []
    names = {entry.name for entry in Inventory(str(built.folder / "objects.inv")).objects}
    assert {"op-blob-get", "getBlob", "err-blob-unknown", "BLOB_UNKNOWN"} <= names


def test_pages_of_the_reference_stay_small(built: Built) -> None:
    """With samples in four languages: 70 kB of HTML, 12 kB of it compressed."""
    for path in (built.folder / "reference" / "routes").rglob("index.html"):
        data = path.read_bytes()
        assert len(data) <= 70_000, path
        assert len(gzip.compress(data)) <= 12_000, path


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(
        self,
        tag: str,  # noqa: ARG002 - HTMLParser gives it
        attrs: list[tuple[str, str | None]],
    ) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]


def test_no_id_stands_twice_on_a_page(built: Built) -> None:
    for path in built.folder.rglob("*.html"):
        parser = _Ids()
        parser.feed(path.read_text(encoding="utf-8"))
        twice = {name for name in parser.ids if parser.ids.count(name) > 1}
        assert not twice, f"{path}: {sorted(twice)}"


def test_our_css_and_js_are_small() -> None:
    for name in ("site.css", "site.js"):
        data = (DOCS / "assets" / name).read_bytes()
        assert len(gzip.compress(data)) <= 6 * 1024, name


def test_the_code_on_the_home_page_runs() -> None:
    home = (DOCS / "index.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python[^\n]*\n(.*?)^```", home, re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "index.md", "exec"), {})  # noqa: S102 - it is this project's own


def test_every_guide_is_in_the_navigation(built: Built) -> None:
    guides = (built.folder / "guides" / "push-image" / "index.html").read_text(encoding="utf-8")
    for guide in (DOCS / "guides").glob("*.md"):
        assert (built.folder / "guides" / guide.stem / "index.html").is_file()
        if guide.stem != "describe-your-api":
            assert f'href="../{guide.stem}/"' in guides or guide.stem == "push-image"


def test_the_output_does_not_say_where_it_was_built(built: Built) -> None:
    for path in built.folder.rglob("*.html"):
        assert str(ROOT) not in path.read_text(encoding="utf-8")
