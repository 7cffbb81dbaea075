"""The MkDocs plugin, in sites of a page or two."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from routebook import mkdocs
from support import run

DESCRIPTION = """
from routebook import (
    APIDescriptor, MethodDescriptor, RequestDescriptor, ResponseDescriptor, RouteDescriptor,
)

API = APIDescriptor(
    title="TITLE",
    version="1.0.0",
    description="An API.",
    routes=(
        RouteDescriptor(
            name="thing",
            path="/things",
            entity="Thing",
            methods=(
                MethodDescriptor(
                    method="GET",
                    operation_id="listThings",
                    summary="List things.",
                    requests=(
                        RequestDescriptor(
                            successes=(ResponseDescriptor(status_code=200, description="Ok."),),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
"""

Site = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Make a site with these options of the plugin; gives its `mkdocs.yml`."""

    def make(*uses: dict[str, Any], nav: list[Any] | None = None, **settings: Any) -> Path:
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
        (tmp_path / "things.py").write_text(DESCRIPTION, encoding="utf-8")
        plugins = [{"routebook": {"api": "things.py", **use}} for use in uses]
        config = {
            "site_name": "Test",
            "plugins": plugins,
            "markdown_extensions": ["attr_list", "md_in_html", "pymdownx.superfences"],
            **({"nav": nav} if nav is not None else {}),
            **settings,
        }
        file = tmp_path / "mkdocs.yml"
        file.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
        return file

    return make


def built(file: Path) -> Path:
    """Build the site in this process; gives its folder."""
    config = load_config(str(file), theme="mkdocs")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return Path(config.site_dir)


def refused(file: Path, caplog: pytest.LogCaptureFixture) -> str:
    """What MkDocs says when it gives up, in words and with exit code 1."""
    with pytest.raises(Abort) as stopped:
        built(file)
    assert stopped.value.code == 1
    return "\n".join(record.getMessage() for record in caplog.records)


def nav_after(file: Path) -> Any:
    """The navigation as the plugin leaves it, with pages' titles left out."""
    config: MkDocsConfig = load_config(str(file), theme="mkdocs")
    build(config)
    return config.nav


def pages(entries: list[Any]) -> list[str]:
    return [next(iter(entry.values())) for entry in entries]


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
    monkeypatch.setattr("routebook.mkdocs._LARGE", 10)
    folder = built(site({}))
    text = (folder / "openapi.json").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    assert yaml.safe_load((folder / "openapi.yaml").read_text("utf-8")) == json.loads(text)


def test_samples_stay_out_of_the_search_of_our_pages_only(site: Site, tmp_path: Path) -> None:
    file = site({}, markdown_extensions=["attr_list", {"pymdownx.tabbed": {}}])
    own = '=== "One"\n\n    Text\n'
    (tmp_path / "docs" / "index.md").write_text(own, encoding="utf-8")
    folder = built(file)
    ours = (folder / "reference" / "routes" / "thing" / "index.html").read_text("utf-8")
    assert '<div data-search-exclude class="tabbed-set' in ours
    assert '<div class="tabbed-set' in (folder / "index.html").read_text(encoding="utf-8")


MENU = "<body>\n\n  <nav>\n    \n    A\n\n  B </nav>\n\n  "


@pytest.mark.parametrize(
    ("page", "tight"),
    [
        (f"{MENU}<article>\n\n  C", "<body>\n\n  <nav>\nA\nB </nav>\n<article>\n\n  C"),
        (f"{MENU}<pre>\n\n</pre><article>", f"{MENU}<pre>\n\n</pre><article>"),
        (f"{MENU}<textarea>\n\n</textarea><article>", f"{MENU}<textarea>\n\n</textarea><article>"),
        ("<article>\n\n  C<nav>\n\n", "<article>\n\n  C<nav>\n\n"),
        (MENU, MENU),
    ],
)
def test_menus_lose_the_blanks_between_their_parts(page: str, tight: str) -> None:
    assert mkdocs._tight(page) == tight


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
    assert isinstance(plugin, mkdocs.RoutebookPlugin)
    assert plugin._api is None


@pytest.mark.parametrize("named", [[], ["pymdownx.superfences", "markdown.extensions.attr_list"]])
def test_the_pages_have_the_extensions_that_they_need(site: Site, named: list[str]) -> None:
    folder = built(site({}, markdown_extensions=named))
    page = (folder / "reference/routes/thing/index.html").read_text()
    main = page[page.index('role="main"') : page.index("</main>") if "</main>" in page else None]
    assert "<h2 id=" in main
    assert 'class="tabbed-set tabbed-alternate"' in main
    assert not re.search(r"\{[#.]|=== |```", main)


def test_the_navigation_names_where_they_go(site: Site) -> None:
    nav = nav_after(site({}, nav=[{"Look up": "reference/"}, {"Home": "index.md"}]))
    assert [next(iter(entry)) for entry in nav] == ["Look up", "Home"]
    assert pages(nav[0]["Look up"])[0] == "reference/index.md"
    assert "reference/routes/thing.md" in pages(nav[0]["Look up"])


def test_a_section_inside_the_navigation_may_name_it(site: Site) -> None:
    nav = nav_after(site({}, nav=[{"More": ["index.md", "reference/"]}]))
    assert nav[0]["More"][0] == "index.md"
    assert "reference/routes/thing.md" in pages(nav[0]["More"][1:])


def test_they_come_last_where_the_navigation_does_not_say(site: Site) -> None:
    nav = nav_after(site({"title": "Things"}, nav=[{"Home": "index.md"}]))
    assert [next(iter(entry)) for entry in nav] == ["Home", "Things"]


def test_a_site_without_navigation_stays_without(site: Site) -> None:
    assert nav_after(site({})) is None


def test_a_plugin_that_is_not_enabled_makes_nothing(site: Site) -> None:
    file = site({"enabled": False}, nav=[{"Home": "index.md"}, {"Look up": "reference/"}])
    assert nav_after(file) == [{"Home": "index.md"}]
    folder = built(file)
    assert not (folder / "reference").exists()
    assert not (folder / "openapi.json").exists()
    assert "service-desc" not in (folder / "index.html").read_text(encoding="utf-8")


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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"api": "nothing.py"}, "nothing.py: there is no such file"),
        ({"api": "things.py:APY"}, "did you mean 'API'?"),
        ({"api": "nowhere.at.all:API"}, "there is no module 'nowhere'"),
    ],
)
def test_a_description_that_cannot_be_loaded_is_told(
    site: Site, caplog: pytest.LogCaptureFixture, change: dict[str, str], said: str
) -> None:
    assert said in refused(site(change), caplog)


def test_all_errors_of_a_description_are_told_with_their_places(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = site({})
    wrong = DESCRIPTION.replace("status_code=200", "status_code=42").replace("/things", "/{id}")
    (tmp_path / "things.py").write_text(wrong, encoding="utf-8")
    said = refused(file, caplog)
    assert "thing.GET" in said
    assert "42" in said
    assert "id" in said


def test_a_person_sees_no_traceback(site: Site) -> None:
    file = site({"api": "nothing.py"})
    done = run(
        sys.executable, "-m", "mkdocs", "build", "-f", file, env={"NO_MKDOCS_2_WARNING": "1"}
    )
    assert done.returncode == 1
    assert "nothing.py: there is no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_bundled_api_needs_no_option(site: Site) -> None:
    folder = built(site({"api": ""}))
    assert (folder / "reference" / "routes" / "manifest" / "index.html").is_file()


class Served:
    """A site that is rebuilt as `mkdocs serve` does: new configuration, same plugins."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.watched: list[str] = []

    def build(self) -> Path:
        config = load_config(str(self.file), theme="mkdocs")
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        self.watched = config.watch
        return Path(config.site_dir)


def test_a_changed_description_is_read_again(site: Site, tmp_path: Path) -> None:
    package = tmp_path / "made_of_parts"
    package.mkdir()
    (package / "__init__.py").write_text("from made_of_parts.parts import API\n", "utf-8")
    parts = package / "parts.py"
    parts.write_text(DESCRIPTION.replace("TITLE", "Before"), encoding="utf-8")
    served = Served(site({"api": "made_of_parts:API"}))
    assert "Before" in (served.build() / "openapi.json").read_text(encoding="utf-8")
    assert str(package) in served.watched
    parts.write_text(DESCRIPTION.replace("TITLE", "Afterwards"), encoding="utf-8")
    assert "Afterwards" in (served.build() / "openapi.json").read_text(encoding="utf-8")


def test_a_changed_file_is_read_again_and_watched_with_the_templates(
    site: Site, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    served = Served(site({"templates": "own"}))
    served.build()
    assert str(tmp_path / "things.py") in served.watched
    assert str(tmp_path / "own") in served.watched
    assert any(Path(path).name == "templates" for path in served.watched)
    text = dedent(DESCRIPTION).replace("TITLE", "Afterwards")
    (tmp_path / "things.py").write_text(text, encoding="utf-8")
    assert "Afterwards" in (served.build() / "openapi.json").read_text(encoding="utf-8")


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


def test_a_document_that_cannot_be_read_is_told(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "things.yaml").write_text("openapi: 3.1.0\npaths: 7\n", encoding="utf-8")
    assert "things.yaml" in refused(site({"api": "things.yaml"}), caplog)
