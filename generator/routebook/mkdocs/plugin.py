"""The plugin itself: its options, and what it does at which step of a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from routebook import languages, openapi, resources
from routebook.descriptors import APIDescriptor
from routebook.emit import json, machines, markdown, yaml
from routebook.emit.machines import llms
from routebook.emit.machines.targets import targets
from routebook.findings import RoutebookError
from routebook.garbage import uncollected
from routebook.mkdocs import badges
from routebook.mkdocs.html import add_extensions, light, searched, tight
from routebook.mkdocs.machines import Reference, Site, write
from routebook.mkdocs.navigation import complete
from routebook.mkdocs.places import beside
from routebook.mkdocs.sources import DOCUMENTS, forget, load, refuse_errors, sources, told

MEDIA_TYPES = {"yaml": "application/yaml", "json": "application/json"}
"""The OpenAPI document's file endings, and what they hold (RFC 9512, RFC 8259)."""

_LARGE = 1_000_000
"""A document with more characters of YAML has no spaces in its JSON: nobody reads that."""

VERSIONS = ("3.0", "3.1", "3.2")


# MkDocs leaves the base classes' `__init_subclass__` without types.
class RoutebookConfig(Config):  # type: ignore[no-untyped-call]
    """The options of one use of the plugin."""

    api = option.Type(str, default="")
    """An OpenAPI document, `package.module:NAME`, a registered name or a Python file; as on the
    command line."""
    enabled = option.Type(bool, default=True)
    """Whether anything is made at all."""
    path = option.Type(str, default="reference")
    """The folder of the site that the pages go to."""
    title = option.Type(str, default="Reference")
    """What the navigation calls them, where it does not say so itself."""
    templates = option.Optional(option.Dir(exists=True))
    """A folder of templates that take the place of those with the same name."""
    layout = option.Optional(option.Choice(markdown.LAYOUTS))
    """How the pages are divided: `auto`, `single`, `group`, `route` or `operation`; without it a
    page for each route, and `auto` for many operations."""
    samples = option.Optional(option.ListOfItems(option.Type(str)))
    """The languages that requests are shown in, of curl, python, javascript and go; without it
    all of them, or curl alone for an API of more than 300 operations."""
    openapi = option.Type(str, default="openapi")
    """The OpenAPI document's name, without `.yaml` and `.json`; empty for no document."""
    openapi_version = option.Choice(VERSIONS, default="3.1")
    """The version of OpenAPI, in quotes."""
    machines = option.Optional(option.ListOfItems(option.Choice(machines.CHOICES)))
    """What programs get: `llms.txt`, `llms-full.txt`, `markdown` (each page as `.md`) and
    `objects.inv`; hand-written pages are in it as the first use of the plugin says. Without it all
    of them, but no `llms-full.txt` for an API of more than 300 operations."""
    badges = option.Type(bool, default=True)
    """Whether methods have colours, and pages of operations a badge in the navigation."""


class RoutebookPlugin(BasePlugin[RoutebookConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages of one API to a site; may be used several times."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        self._api: APIDescriptor | None = None
        self._title: str | None = None
        self._sources: tuple[Path, ...] = ()
        self._made: frozenset[str] = frozenset()
        self._status: dict[str, str] = {}
        self._machines: frozenset[str] = frozenset()
        self._reference: Reference | None = None
        self._content: str | None = None
        self._site = Site()
        self._generated: frozenset[str] = frozenset()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Nothing to prepare; MkDocs keeps a plugin over rebuilds if it has this method."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Load the description, anew on each rebuild.

        Raises PluginError when it cannot be read, or has errors.
        """
        if not self.config.enabled:
            return
        self.config.path = self.config.path.strip("/")
        base = Path(config.config_file_path).parent
        try:
            languages.checked(self.config.samples or ())
            forget(self._sources)
            with uncollected():
                spec, root, self._api = load(self.config.api, base)
            self._title = self._api.title
            self._sources = tuple(sources(spec, root))
            if not spec.lower().endswith(DOCUMENTS):
                refuse_errors(self._api)
            folders = (resources.templates(), self._templates())
        except RoutebookError as error:
            raise PluginError(told(error)) from error
        add_extensions(config)
        if self.config.badges:
            badges.add_style(config)
        config.watch.extend(str(path) for path in (*self._sources, *filter(None, folders)))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the document, and complete the navigation.

        Raises PluginError when a file of the same name is there, or nothing can be made.
        """
        contents: dict[str, str] = {}
        entries: list[dict[str, object]] = []
        self._reference, self._status, self._machines = None, {}, frozenset()
        if self.config.enabled and self._api is not None:
            try:
                with uncollected():
                    pages = self._pages(self._api, "mkdocs")
                    contents.update((page.path, page.content) for page in pages)
                    documents = self._documents(self._api)
                    contents.update(documents)
                    self._tell(self._api, pages, tuple(documents))
                entries = markdown.navigation(pages)
            except RoutebookError as error:
                raise PluginError(told(error)) from error
        # A large API is not to be kept, nor looked through for garbage, while pages are built.
        self._api = None
        self._made = frozenset(contents)
        for uri, content in contents.items():
            self._add(files, config, uri, content)
        if self.config.enabled and self.config.badges:
            badges.add_file(files, config)
        if config.nav is not None:
            config.nav = complete(config.nav, self.config.path, self.config.title, entries)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """See what uses of the plugin there are; the first writes for machines what all have."""
        uses = [use for use in config.plugins.values() if isinstance(use, RoutebookPlugin)]
        found = [use._reference for use in uses if use._reference is not None]
        first = bool(found) and found[0] is self._reference
        self._site = Site(references=found if first else (), nav=nav, files=files)
        self._generated = frozenset().union(*(use._made for use in uses))

    # MkDocs passes everything by name, whether it is wanted or not.
    @event_priority(-100)
    def on_page_markdown(
        self,
        text: str,
        /,
        *,
        page: SitePage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> None:
        """Give pages of operations their badge, and keep those of the site for machines."""
        uri = page.file.src_uri
        if uri in self._status:
            page.meta.setdefault("status", self._status[uri])
        if self._site.references and uri not in self._generated:
            self._site.own[uri] = (page, text)

    def on_page_content(
        self,
        html: str,
        *,
        page: SitePage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Make our pages lighter."""
        return light(html) if page.file.src_uri in self._made else html

    @event_priority(1)
    def _before_search(
        self,
        context: TemplateContext,  # noqa: ARG002
        /,
        *,
        page: SitePage,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> None:
        """Show search what it should find; it reads a page at the same step of a build."""
        if page.file.src_uri in self._made and page.content is not None:
            self._content = page.content
            page.content = searched(page.content)

    @event_priority(-1)
    def _after_search(
        self,
        context: TemplateContext,  # noqa: ARG002
        /,
        *,
        page: SitePage,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> None:
        if self._content is not None:
            page.content, self._content = self._content, None

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_post_page(
        self,
        output: str,
        *,
        page: SitePage,
        config: MkDocsConfig,
    ) -> str:
        """Tell machines where the OpenAPI document is (RFC 8631's `service-desc`), and Markdown.

        In our own pages, Material's menus are written without the blanks between their parts.
        """
        if page.file.src_uri in self._made:
            output = tight(output)
        links = "".join((*self._documents_of(page), *self._markdown_of(page, config)))
        return output.replace("</head>", f"{links}</head>", 1) if links else output

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what the site gives to machines."""
        if self._site.references:
            write(self._site, config)
        self._site = Site()
        self._reference = None

    def _documents_of(self, page: SitePage) -> Iterator[str]:
        if not self.config.enabled or not self.config.openapi or self._title is None:
            return
        title = escape(f"{self._title}: OpenAPI")
        for ending, media_type in MEDIA_TYPES.items():
            url = get_relative_url(f"{self.config.openapi}.{ending}", page.url)
            yield (
                f'<link rel="alternate service-desc" type="{media_type}" title="{title}"'
                f' href="{url}">'
            )

    def _markdown_of(self, page: SitePage, config: MkDocsConfig) -> Iterator[str]:
        uri = page.file.src_uri
        own = self._site.references and uri not in self._generated
        if (own or uri in self._made) and "markdown" in self._machines:
            url = get_relative_url(quote(beside(page.file.dest_uri)), page.url)
            # Material takes what is exactly `alternate` for another language, with its sitemap.
            rel = "alternate " if config.theme.name == "material" else "alternate"
            yield f'<link rel="{rel}" type="text/markdown" title="Markdown" href="{url}">'

    def _templates(self) -> Path | None:
        return Path(self.config.templates) if self.config.templates else None

    def _pages(self, api: APIDescriptor, target: str) -> tuple[markdown.Page, ...]:
        layout = self.config.layout or ""
        asked = self.config.samples
        samples = languages.usual(_count(api)) if asked is None else asked
        pages = markdown.pages(api, target, self._templates(), layout, samples=samples)
        return tuple(replace(page, path=f"{self.config.path}/{page.path}") for page in pages)

    def _documents(self, api: APIDescriptor) -> dict[str, str]:
        if not self.config.openapi:
            return {}
        document = openapi.write(api, version=self.config.openapi_version)
        texts = {"yaml": yaml.dump(document)}
        texts["json"] = json.dump(document, compact=len(texts["yaml"]) > _LARGE)
        return {f"{self.config.openapi}.{ending}": texts[ending] for ending in MEDIA_TYPES}

    def _tell(
        self, api: APIDescriptor, pages: Iterable[markdown.Page], documents: tuple[str, ...]
    ) -> None:
        """Note what is needed of the API when its pages are built."""
        asked = self.config.machines
        self._machines = frozenset(machines.usual(_count(api)) if asked is None else asked)
        if not self._machines and not self.config.badges:
            return
        found = targets(api)
        homes = {name: page.path for page in pages for name in markdown.ids(page.content)}
        if self.config.badges:
            self._status = badges.statuses(found, homes, f"{self.config.path}/operations/")
        if self._machines:
            plain = self._pages(api, "markdown")
            self._reference = Reference(
                machines=self._machines,
                folder=self.config.path,
                title=self.config.title,
                api=api.title,
                version=api.version,
                about=llms.about(api),
                documents=documents,
                pages=plain,
                targets=found,
                homes=homes,
                links=tuple(llms.contents(api, plain, found, homes, self.config.path)),
            )

    def _add(self, files: Files, config: MkDocsConfig, uri: str, content: str) -> None:
        if files.get_file_from_path(uri) is not None:
            raise PluginError(
                f"{uri}: the site has a file of this name already. Rename that, or set"
                " `path` or `openapi` of the routebook plugin."
            )
        files.append(File.generated(config, uri, content=content))


def _count(api: APIDescriptor) -> int:
    """How many operations an API has."""
    return sum(len(route.methods) for route in (*api.routes, *api.webhooks))
