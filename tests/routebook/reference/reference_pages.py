"""What holds of every reference, whatever the API: its structure, ids and links."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Iterable

from reference_html import RENDERERS, Element, read

from routebook import APIDescriptor
from routebook.emit.markdown import Page, pages, single_page

Rendered = dict[str, Element]
"""Path to page."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def written(api: APIDescriptor, layout: str = "route") -> dict[str, tuple[Page, ...]]:
    """The three forms of a reference."""
    return {
        "gfm": pages(api, layout=layout),
        "site": pages(api, "mkdocs", layout=layout),
        "single": (Page(path="api.md", title=api.title, content=single_page(api)),),
    }


def rendered(form: str, found: Iterable[Page]) -> Rendered:
    """The pages of a form as its readers see them."""
    render = RENDERERS["site" if form == "site" else "gfm"]
    return {page.path: read(render(without_front_matter(page.content))) for page in found}


def without_front_matter(content: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", content, count=1, flags=re.DOTALL)


def check(api: APIDescriptor, layout: str = "route") -> None:
    """All that holds of every reference."""
    names = {}
    for form, found in written(api, layout).items():
        seen = rendered(form, found)
        assert len({page.path for page in found}) == len(found)
        for path, root in seen.items():
            check_headings(path, root)
            check_markup(path, root)
        check_links(seen)
        names[form] = set(ids(seen))
    assert names["gfm"] - {"operations-other"} == names["single"]
    assert names["gfm"] <= names["site"]


def check_headings(path: str, root: Element) -> None:
    """One h1, no level skipped, none below h4."""
    levels = [int(element.tag[1]) for element in root.every(*HEADINGS)]
    assert levels[:1] == [1], path
    assert levels.count(1) == 1, path
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path
    assert max(levels) <= 4, path


def check_markup(path: str, root: Element) -> None:
    """Nothing that runs, nothing that is fetched, no event handler."""
    active = root.every(
        "script", "style", "iframe", "img", "object", "form", "video", "svg", "link"
    )
    assert not active, (path, active)
    for element in root.every():
        assert not any(name.startswith("on") for name in element.attributes), element
        assert element.attributes.get("style", "") == "", element
        target = element.attributes.get("href", "#")
        assert re.match(r"https?:|mailto:|/(?!/)|[a-z0-9./-]*\.md(#|$)|#", target), element


def ids(seen: Rendered) -> list[str]:
    return [
        element.attributes["id"]
        for root in seen.values()
        for element in root.every()
        if "id" in element.attributes and not element.attributes["id"].startswith("__tabbed")
    ]


def check_links(seen: Rendered) -> None:
    """Each id once on its page, and each link to a page or id that exists."""
    known = {path: Counter(ids({path: root})) for path, root in seen.items()}
    for path, root in seen.items():
        assert known[path].most_common(1)[0][1] == 1, (path, known[path].most_common(2))
        for element in root.every("a"):
            target = element.attributes.get("href", "")
            if re.match(r"https?:|mailto:|/", target) or not target:
                continue
            file, _, name = target.partition("#")
            home = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            )
            assert home in known, (path, target)
            assert not name or name in known[home], (path, target)
