"""Where the pages of the plugin stand in the navigation of a site."""

from __future__ import annotations

from typing import Any

from mkdocs_sites import Site, nav_after


def pages(entries: list[Any]) -> list[str]:
    return [next(iter(entry.values())) for entry in entries]


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
