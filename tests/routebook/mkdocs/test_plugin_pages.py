"""The pages and documents that the plugin adds to a site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_sites import DESCRIPTION, Site, built, refused
from routebook.mkdocs import RoutebookPlugin
from routebook.mkdocs.html import tight


def test_pages_and_document_are_built_and_nothing_is_written_beside_the_guides(
    site: Site, tmp_path: Path
) -> None:
    folder = built(site({}))
    assert "listThings" in (folder / "reference" / "routes" / "thing" / "index.html").read_text(
        "utf-8"
    )
    document = json.loads((folder / "openapi.json").read_text(encoding="utf-8"))
    assert document["openapi"].startswith("3.1")
    assert yaml.safe_load((folder / "openapi.yaml").read_text("utf-8")) == document
    assert [path.name for path in (tmp_path / "docs").iterdir()] == ["index.md"]


def test_a_large_document_has_no_spaces_in_its_json(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routebook.mkdocs.plugin._LARGE", 10)
    folder = built(site({}))
    text = (folder / "openapi.json").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    assert yaml.safe_load((folder / "openapi.yaml").read_text("utf-8")) == json.loads(text)


def test_samples_stay_out_of_the_search_of_our_pages_only(site: Site, tmp_path: Path) -> None:
    file = site({})
    text = yaml.safe_load(file.read_text(encoding="utf-8"))
    text["plugins"] = ["material/search", {"routebook": {"api": "things.py", "machines": []}}]
    text["markdown_extensions"] = ["attr_list", {"pymdownx.tabbed": {"alternate_style": True}}]
    file.write_text(yaml.safe_dump(text), encoding="utf-8")
    own = '=== "One"\n\n        Mine\n\nAfter\n'
    (tmp_path / "docs" / "index.md").write_text(own, encoding="utf-8")
    folder = built(file, theme="material")
    index = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    said = {entry["location"]: entry["text"] for entry in index["docs"]}
    assert "One" in said[""]
    assert "Mine" in said[""]
    ours = said["reference/routes/thing/#op-thing-get"]
    assert "Operation id: <code>listThings</code>" in ours
    assert "200 OK" in ours
    assert not re.search("curl|HTTP/1.1|httpx|Python|Request", ours)
    page = (folder / "reference" / "routes" / "thing" / "index.html").read_text("utf-8")
    assert "httpx" in page
    assert "data-search" not in page


MENU = "<body>\n\n  <nav>\n    \n    A\n\n  B <b>\n C </b>\n</nav>\n\n  "
PAGE = "<article>\n\n  <pre>\n\n</pre><td>\n E</td>\n<td></td>\n  </tr> \n\n </article>\n\n  D"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            MENU + PAGE,
            (
                "<body>\n<nav>A\nB <b>C </b></nav>"
                "<article>\n\n  <pre>\n\n</pre><td>\n E<td></article>\nD"
            ),
        ),
        (f"<pre>\n\n</pre>{MENU}{PAGE}", f"<pre>\n\n</pre>{MENU}{PAGE}"),
        (f"{MENU}<textarea>\n\n</textarea>{PAGE}", f"{MENU}<textarea>\n\n</textarea>{PAGE}"),
        (f"{MENU}{PAGE}<script>`\n\n`", f"{MENU}{PAGE}<script>`\n\n`"),
        (f"{PAGE}{MENU}", f"{PAGE}{MENU}"),
        (MENU, MENU),
    ],
)
def test_menus_lose_the_blanks_between_their_parts(page: str, expected: str) -> None:
    assert tight(page) == expected


def test_the_menus_of_our_pages_are_tight(site: Site) -> None:
    file = site({}, theme="material")
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    guide, ours = (
        (Path(config.site_dir) / path).read_text("utf-8").partition("<article")[0]
        for path in ("index.html", "reference/routes/thing/index.html")
    )
    assert "\n\n" in guide[guide.index("<nav") :]
    assert "\n\n" not in ours[ours.index("<nav") :]


def test_a_built_api_is_not_kept(site: Site) -> None:
    config = load_config(str(site({})), theme="mkdocs")
    build(config)
    plugin = config.plugins["routebook"]
    assert isinstance(plugin, RoutebookPlugin)
    assert plugin._api is None


@pytest.mark.parametrize("named", [[], ["pymdownx.superfences", "markdown.extensions.attr_list"]])
def test_the_pages_have_the_extensions_that_they_need(site: Site, named: list[str]) -> None:
    folder = built(site({}, markdown_extensions=named))
    page = (folder / "reference/routes/thing/index.html").read_text()
    main = page[page.index('role="main"') : page.index("</main>") if "</main>" in page else None]
    assert "<h2 id=" in main
    assert 'class="tabbed-set tabbed-alternate"' in main
    assert not re.search(r"\{[#.]|=== |```", main)


def test_two_apis_live_in_one_site(site: Site, tmp_path: Path) -> None:
    (tmp_path / "others.py").write_text(DESCRIPTION.replace("TITLE", "Others"), encoding="utf-8")
    other = {"api": "others.py:API", "path": "others/", "openapi": "others/api"}
    folder = built(site({}, other))
    assert (folder / "reference" / "routes" / "thing" / "index.html").is_file()
    assert (folder / "others" / "routes" / "thing" / "index.html").is_file()
    assert json.loads((folder / "others" / "api.json").read_text("utf-8"))["info"] == {
        "title": "Others",
        "version": "1.0.0",
        "description": "An API.",
    }
    home = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="openapi.yaml"' in home
    assert 'href="others/api.json"' in home


def test_two_uses_must_not_write_one_file(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    said = refused(site({}, {"path": "others"}), caplog)
    assert "openapi.yaml" in said
    assert "`openapi`" in said
