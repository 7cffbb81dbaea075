"""What a site gives to machines: `llms.txt`, its pages as Markdown, Sphinx' inventory."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from inventories import Inventory
from markdown_links import dead, ids, links
from mkdocs_sites import DESCRIPTION, Site, built
from routebook.emit.machines import CHOICES

ALL: dict[str, Any] = {"machines": list(CHOICES)}
GUIDE = """\
---
description: How to use *things*.
---
Read of [listing](../reference/routes/thing.md#op-thing-get), see ![a picture](a%20b.png),
`[code](../index.md)`, [elsewhere](https://example.com/x.md) and [home][].

--8<-- "part.txt"

```md
[code](../index.md)
```

[home]: ../index.md
"""


@pytest.fixture
def guided(site: Site, tmp_path: Path) -> Site:
    """A site with a guide that includes a file."""

    def make(*uses: dict[str, Any], **settings: Any) -> Path:
        (tmp_path / "docs" / "guides").mkdir(parents=True)
        (tmp_path / "docs" / "guides" / "use.md").write_text(GUIDE, encoding="utf-8")
        (tmp_path / "docs" / "guides" / "a b.png").write_bytes(b"")
        (tmp_path / "part.txt").write_text("A part of [it](../openapi.yaml).\n", encoding="utf-8")
        snippets = {"pymdownx.snippets": {"base_path": str(tmp_path), "check_paths": True}}
        nav = ["index.md", {"Guides": [{"Use it": "guides/use.md"}]}, {"Look up": "reference/"}]
        return site(
            *uses, **{"nav": nav, "markdown_extensions": ["attr_list", snippets], **settings}
        )

    return make


def machine_files(folder: Path) -> set[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return {path for path in found if path.endswith((".md", "llms.txt", "full.txt", ".inv"))}


@pytest.mark.parametrize("directories", [True, False])
def test_every_page_is_there_as_markdown_beside_it_and_says_so(
    guided: Site, directories: bool
) -> None:
    folder = built(guided(ALL, use_directory_urls=directories))
    pages = [path for path in folder.rglob("*.html") if path.name != "404.html"]
    assert len(pages) >= 4
    for page in pages:
        named = re.findall(
            r'<link rel="alternate ?" type="text/markdown" title="Markdown" href="([^"]+)">',
            page.read_text(encoding="utf-8"),
        )
        assert [page.parent / href for href in named] == [page.with_name(page.name + ".md")]
        assert (page.parent / named[0]).is_file()
    assert dead(folder) == []


def test_a_guide_leads_where_it_did_and_has_what_it_includes(guided: Site) -> None:
    text = (built(guided(ALL)) / "guides" / "use" / "index.html.md").read_text("utf-8")
    assert text.startswith("# Use it\n\nRead of")
    assert "A part of [it](../../openapi.yaml)." in text
    assert set(links(text)) == {
        "../../reference/routes/thing/index.html.md#op-thing-get",
        "../a%20b.png",
        "https://example.com/x.md",
        "../../index.html.md",
        "../../openapi.yaml",
    }
    assert text.count("[code](../index.md)") == 2


def test_the_reference_beside_its_pages_is_plain_markdown(guided: Site) -> None:
    text = (built(guided(ALL)) / "reference" / "routes" / "thing" / "index.html.md").read_text()
    assert not re.search(r"\{[#.]|=== ", text)
    assert '<a id="op-thing-get"></a>\n## List things.' in text


def test_llms_txt_lists_all_pages_by_sections(guided: Site) -> None:
    folder = built(guided(ALL, site_description="About <it>."))
    assert (folder / "llms.txt").read_text(encoding="utf-8") == (
        "# Test\n\n"
        "> About &lt;it>.\n\n"
        "All pages in one file: [llms-full.txt](llms-full.txt).\n\n"
        "## Overview\n\n"
        "- [Home](index.html.md)\n\n"
        "## Guides\n\n"
        "- [Use it](guides/use/index.html.md): How to use \\*things\\*.\n\n"
        "## Reference\n\n"
        "- [TITLE](reference/index.html.md)\n"
        "- [Thing](reference/routes/thing/index.html.md): List things. (`GET /things`)\n"
        "- [openapi.yaml](openapi.yaml): the whole API as an OpenAPI document\n"
        "- [openapi.json](openapi.json): the whole API as an OpenAPI document\n"
    )
    assert dead(folder, "llms*.txt") == []


def test_links_are_absolute_where_the_site_has_a_url(guided: Site) -> None:
    folder = built(guided(ALL, site_url="https://example.com/docs/"))
    found = set(links((folder / "llms.txt").read_text(encoding="utf-8")))
    assert len(found) > 5
    assert all((folder / url.removeprefix("https://example.com/docs/")).is_file() for url in found)


def test_the_whole_is_in_the_order_of_the_navigation_with_links_inside_it(guided: Site) -> None:
    text = (built(guided(ALL)) / "llms-full.txt").read_text(encoding="utf-8")
    titles = re.findall(r"^# (.*)", text, re.MULTILINE)
    assert titles == ["Home", "Use it", "TITLE", "Thing"]
    assert "[listing](#op-thing-get)" in text
    assert "op-thing-get" in ids(text)


@pytest.mark.parametrize("chosen", [*CHOICES, None])
def test_each_can_be_left_out(guided: Site, chosen: str | None) -> None:
    folder = built(guided({"machines": [chosen] if chosen else []}))
    found = machine_files(folder)
    if chosen == "markdown":
        assert found == {path for path in found if path.endswith(".html.md")} != set()
    else:
        assert found == ({chosen} if chosen else set())
    assert dead(folder, "llms*.txt") == []
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert ("text/markdown" in page) == (chosen == "markdown")


def test_an_inventory_leads_to_every_id(guided: Site) -> None:
    folder = built(guided(ALL, site_name="A Site"))
    found = Inventory(str(folder / "objects.inv"))
    assert (found.project, found.version) == ("A Site", "1.0.0")
    by_name = {entry.name: entry for entry in found.objects}
    assert {"op-thing-get", "route-thing", "listThings"} <= set(by_name)
    assert by_name["listThings"].uri_expanded == "reference/routes/thing/#op-thing-get"
    assert by_name["op-thing-get"].dispname_expanded == "List things."
    assert (by_name["op-thing-get"].domain, by_name["op-thing-get"].role) == ("std", "label")
    assert by_name["guides/use"].uri_expanded == "guides/use/"
    for entry in found.objects:
        page, _, name = entry.uri_expanded.partition("#")
        text = (folder / page / "index.html").read_text(encoding="utf-8")
        assert not name or f'id="{name}"' in text


def test_two_apis_are_told_apart(site: Site, tmp_path: Path) -> None:
    (tmp_path / "others.py").write_text(DESCRIPTION.replace("TITLE", "Others"), encoding="utf-8")
    other = {"api": "others.py", "path": "others", "openapi": "others/api", "title": "More"}
    folder = built(site(ALL, {**other, **ALL}))
    text = (folder / "llms.txt").read_text(encoding="utf-8")
    assert re.findall("^## (.*)", text, re.MULTILINE) == [
        "Overview",
        "More: Others",
        "Reference: TITLE",
    ]
    assert dead(folder) == dead(folder, "llms*.txt") == []
    names = {entry.name: entry for entry in Inventory(str(folder / "objects.inv")).objects}
    assert names["op-thing-get"].uri_expanded == "reference/routes/thing/#op-thing-get"
    assert names["others:op-thing-get"].uri_expanded == "others/routes/thing/#op-thing-get"


def test_a_second_build_gives_the_same_bytes(guided: Site) -> None:
    file = guided(ALL)
    first = built(file)
    before = {name: (first / name).read_bytes() for name in machine_files(first)}
    assert len(before) > 6
    assert {name: (built(file) / name).read_bytes() for name in before} == before


def test_an_unknown_choice_is_refused(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        load_config(str(site({"machines": ["llm.txt"]})), theme="mkdocs")
    assert "option 'machines'" in caplog.text
