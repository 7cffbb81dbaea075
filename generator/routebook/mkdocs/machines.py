"""What a site gives to machines, written when its pages are there.

`llms.txt` and `llms-full.txt` (llmstxt.org), each page as Markdown under its address with `.md`
behind it, and `objects.inv`, Sphinx' inventory. The first use of the plugin writes them for the
whole site, with what each use is asked for about its own API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from routebook.emit.machines import inventory, llms
from routebook.emit.machines.inventory import Entry
from routebook.emit.machines.relink import relinked
from routebook.emit.machines.targets import Target
from routebook.emit.page import Page
from routebook.mkdocs.places import Places, beside
from routebook.output import write_files
from routebook.views import escape

_SNIPPETS = "pymdownx.snippets"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """What one use of the plugin has for machines; its paths are those of the site's sources."""

    machines: frozenset[str]
    """What it is asked for, of `CHOICES`."""
    folder: str
    """The folder of its pages."""
    title: str
    """What its pages are called together."""
    api: str
    """The API's title."""
    version: str
    """The API's version."""
    about: str
    """What the API is, a line of Markdown."""
    documents: tuple[str, ...]
    """Its OpenAPI documents."""
    pages: tuple[Page, ...]
    """Its pages in GFM."""
    targets: tuple[Target, ...]
    """Everything in it that has an id."""
    homes: dict[str, str]
    """The page of each id."""
    links: tuple[llms.Link, ...]
    """Its pages that are worth a line; their URLs are paths."""


@dataclass(kw_only=True, slots=True)
class Site:
    """A site as its build goes on."""

    references: Sequence[Reference] = ()
    """What the uses of the plugin have, the one that writes first."""
    nav: Navigation | None = None
    """The navigation."""
    files: Files = field(default_factory=lambda: Files([]))
    """All files."""
    own: dict[str, tuple[SitePage, str]] = field(default_factory=dict)
    """Hand-written pages and their Markdown, by path."""

    def made(self) -> dict[str, Reference]:
        """The reference of each of the pages that are not hand-written."""
        return {page.path: each for each in self.references for page in each.pages}

    def has_markdown(self) -> Callable[[str], bool]:
        """Whether a page is there as Markdown; a hand-written one is where the first use asks."""
        made = self.made()
        first = self.references[0]
        return lambda path: "markdown" in made.get(path, first).machines

    def asked(self, name: str) -> list[Reference]:
        """The references that something was asked for of."""
        return [each for each in self.references if name in each.machines]


def write(site: Site, config: MkDocsConfig) -> None:
    """Write into the folder of the site what the uses of the plugin are asked for."""
    folder = Path(config.site_dir)
    places = Places(site.files, config.site_url or "", site.has_markdown())
    files: dict[str, str | bytes] = {
        beside(places.dest(path)): relinked(text, places.from_beside(path))
        for path, text in _pages(site, config, "markdown")
    }
    if site.asked("llms.txt"):
        files["llms.txt"] = _index(site, config, places)
    if site.asked("llms-full.txt"):
        files["llms-full.txt"] = _whole(site, config, places)
    if site.asked("objects.inv"):
        files["objects.inv"] = _inventory(site, config, places)
    write_files(folder, files)


def _pages(site: Site, config: MkDocsConfig, asked: str) -> Iterator[tuple[str, str]]:
    """Paths and Markdown of the pages that something is asked for of."""
    if asked in site.references[0].machines:
        expanded = _snippets(config)
        for path, (page, text) in site.own.items():
            has_title = any(line.startswith("# ") for line in text.split("\n"))
            title = "" if has_title else f"# {escape.text(str(page.title))}\n\n"
            yield path, title + expanded(text)
    for each in site.asked(asked):
        yield from ((page.path, page.content) for page in each.pages)


def _snippets(config: MkDocsConfig) -> Callable[[str], str]:
    """What puts files in their places where a page includes them, as the site is set up to."""
    if _SNIPPETS not in config.markdown_extensions:
        return lambda text: text
    settings = {_SNIPPETS: config.mdx_configs.get(_SNIPPETS) or {}}
    snippets = Markdown(extensions=[_SNIPPETS], extension_configs=settings).preprocessors["snippet"]
    return lambda text: "\n".join(snippets.run(text.split("\n"))).strip("\n") + "\n"


def _whole(site: Site, config: MkDocsConfig, places: Places) -> str:
    """All pages in the order of the navigation; the ids of the reference are in there."""
    order = {page.file.src_uri: at for at, page in enumerate(site.nav.pages if site.nav else ())}
    pages = sorted(
        _pages(site, config, "llms-full.txt"), key=lambda page: order.get(page[0], len(order))
    )
    alone = len(site.references) == 1
    homes = site.asked("llms-full.txt")[0].homes if alone else {}

    def pointed(path: str) -> Callable[[str], str]:
        def point(url: str) -> str:
            head, mark, fragment = url.partition("#")
            target = places.target(path, head)
            if target is None:
                return url
            inside = homes.get(fragment) == target
            return f"#{fragment}" if inside else places.url(target) + mark + fragment

        return point

    return llms.whole(relinked(text, pointed(path)) for path, text in pages)


def _index(site: Site, config: MkDocsConfig, places: Places) -> str:
    whole = f"[llms-full.txt]({places.url('llms-full.txt')})"
    notes = [f"All pages in one file: {whole}."] if site.asked("llms-full.txt") else []
    said = config.site_description
    about = escape.text(said) if said else site.references[0].about
    return llms.index(config.site_name, about, notes, _sections(site, places))


def _sections(site: Site, places: Places) -> Iterator[llms.Section]:
    """The sections of the navigation; a reference says of itself what is in it."""
    made = site.made()
    items = site.nav.items if site.nav else []
    top = [item for item in items if isinstance(item, SitePage)]
    yield llms.Section(title="Overview", links=tuple(_own(site, top, places)))
    seen: dict[str, Reference] = {}
    for item in items:
        pages = list(_within(item))
        if item.is_section:
            yield llms.Section(title=str(item.title), links=tuple(_own(site, pages, places)))
        for page in pages:
            found = made.get(page.file.src_uri)
            if found is not None and found.folder not in seen:
                seen[found.folder] = found
                yield _section(site, found, places)
    for found in site.references:
        if found.folder not in seen:
            yield _section(site, found, places)


def _within(item: object) -> Iterator[SitePage]:
    if isinstance(item, SitePage):
        yield item
    for child in getattr(item, "children", None) or ():
        yield from _within(child)


def _own(site: Site, pages: Sequence[SitePage], places: Places) -> Iterator[llms.Link]:
    for page in pages:
        if page.file.src_uri in site.own:
            about = escape.text(str(page.meta.get("description") or ""))
            url = places.url(page.file.src_uri)
            yield llms.Link(title=str(page.title), url=url, about=about)


def _section(site: Site, found: Reference, places: Places) -> llms.Section:
    if "llms.txt" not in found.machines:
        return llms.Section(title=found.title, links=())
    pages = [
        llms.Link(title=link.title, url=places.url(link.url), about=link.about)
        for link in found.links
    ]
    documents = [llms.document(path, places.url(path)) for path in found.documents]
    title = found.title if len(site.references) == 1 else f"{found.title}: {found.api}"
    return llms.Section(title=title, links=(*pages, *documents))


def _inventory(site: Site, config: MkDocsConfig, places: Places) -> bytes:
    """The hand-written pages, and what has an id in the references that want it."""
    wanting = site.asked("objects.inv")
    entries = [
        Entry(
            name=quote(path.rpartition(".")[0]),
            url=places.read(path),
            title=str(page.title),
            role=inventory.PAGE,
        )
        for path, (page, _) in site.own.items()
    ]
    for each in wanting:
        entries += _labels(each, places, "" if each is wanting[0] else f"{quote(each.folder)}:")
    version = wanting[0].version if len(wanting) == 1 else ""
    return inventory.dump(entries, config.site_name, version)


def _labels(reference: Reference, places: Places, before: str) -> Iterator[Entry]:
    """The ids of a reference, and then the other names, which give way to them."""
    urls = {path: places.read(path) for path in set(reference.homes.values())}
    found = [target for target in reference.targets if target.id in reference.homes]
    named = [(target, target.id) for target in found]
    named += [(target, name) for target in found for name in target.names]
    for target, name in named:
        url = f"{urls[reference.homes[target.id]]}#{target.id}"
        yield Entry(name=before + name, url=url, title=target.title)
