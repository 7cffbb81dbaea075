"""The MkDocs plugin: the reference and the OpenAPI document of an API, as part of a site.

In `mkdocs.yml`:

    plugins:
      - search
      - routebook:
          api: "registry_api.v2:API"

    nav:
      - Home: index.md
      - Reference: reference/

The pages are made while the site is built; no file is written beside the guides. Where the
navigation names the folder of the pages, as above, it gets them all; where it does not,
they come last. Hand-written pages link to them as to any file, `reference/index.md`.
The extensions of Python-Markdown that the pages need are added to those that the site names.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url

from routebook import checks, configuration, languages, loading, openapi, resources
from routebook.descriptors import APIDescriptor
from routebook.emit import json, markdown, yaml
from routebook.findings import DescriptionError, Finding, RoutebookError
from routebook.garbage import uncollected

log = get_plugin_logger(__name__)

MEDIA_TYPES = {"yaml": "application/yaml", "json": "application/json"}
"""The OpenAPI document's file endings, and what they hold (RFC 9512, RFC 8259)."""

_LARGE = 1_000_000
"""A document with more characters of YAML has no spaces in its JSON: nobody reads that."""
DOCUMENTS = (".yaml", ".yml", ".json")
"""What the names of OpenAPI documents end with, which are shown whatever `check` says of them."""

VERSIONS = ("3.0", "3.1", "3.2")

_UNCOLOURED = re.compile('<span class="(?:w|n|nx|p|o)">([^<]*)</span>')
"""What Pygments marks as blanks, names, punctuation and operators."""


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


class RoutebookPlugin(BasePlugin[RoutebookConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages of one API to a site; may be used several times."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        self._api: APIDescriptor | None = None
        self._title: str | None = None
        self._sources: tuple[Path, ...] = ()
        self._made: frozenset[str] = frozenset()

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
            _forget(self._sources)
            with uncollected():
                spec, root, self._api = _load(self.config.api, base)
            self._title = self._api.title
            self._sources = tuple(_sources(spec, root))
            if not spec.lower().endswith(DOCUMENTS):
                _refuse_errors(self._api)
            folders = (resources.templates(), self._templates())
        except RoutebookError as error:
            raise PluginError(_told(error)) from error
        _add_extensions(config)
        config.watch.extend(str(path) for path in (*self._sources, *filter(None, folders)))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the document, and complete the navigation.

        Raises PluginError when a file of the same name is there, or nothing can be made.
        """
        contents: dict[str, str] = {}
        entries: list[dict[str, object]] = []
        if self.config.enabled and self._api is not None:
            try:
                with uncollected():
                    pages = self._pages(self._api)
                    contents.update((page.path, page.content) for page in pages)
                    contents.update(self._documents(self._api))
                entries = markdown.navigation(pages)
            except RoutebookError as error:
                raise PluginError(_told(error)) from error
        # A large API is not to be kept, nor looked through for garbage, while pages are built.
        self._api = None
        self._made = frozenset(contents)
        for uri, content in contents.items():
            self._add(files, config, uri, content)
        if config.nav is not None:
            config.nav = _complete(config.nav, self.config.path, self.config.title, entries)
        return files

    # MkDocs passes everything by name, whether it is wanted or not.
    def on_page_content(
        self,
        html: str,
        *,
        page: SitePage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Keep samples out of Material's search: what they say is said beside them, too.

        Blanks, names and punctuation in code are written without marks of their own, which take
        more than half of a sample's size, for hardly another colour than that of text.
        """
        if page.file.src_uri not in self._made:
            return html
        html = _UNCOLOURED.sub(r"\1", html)
        return html.replace('<div class="tabbed-set', '<div data-search-exclude class="tabbed-set')

    def on_post_page(
        self,
        output: str,
        *,
        page: SitePage,
        config: MkDocsConfig,  # noqa: ARG002
    ) -> str:
        """Tell machines where the OpenAPI document is (RFC 8631's `service-desc`).

        In our own pages, Material's menus are written without the blanks between their parts.
        """
        if page.file.src_uri in self._made:
            output = _tight(output)
        if not self.config.enabled or not self.config.openapi or self._title is None:
            return output
        title = escape(f"{self._title}: OpenAPI")
        links = "".join(
            f'<link rel="alternate service-desc" type="{media_type}" title="{title}"'
            f' href="{get_relative_url(f"{self.config.openapi}.{ending}", page.url)}">'
            for ending, media_type in MEDIA_TYPES.items()
        )
        return output.replace("</head>", f"{links}</head>", 1)

    def _templates(self) -> Path | None:
        return Path(self.config.templates) if self.config.templates else None

    def _pages(self, api: APIDescriptor) -> tuple[markdown.Page, ...]:
        layout = self.config.layout or ""
        count = sum(len(route.methods) for route in (*api.routes, *api.webhooks))
        asked = self.config.samples
        samples = languages.usual(count) if asked is None else asked
        pages = markdown.pages(api, "mkdocs", self._templates(), layout, samples=samples)
        return tuple(replace(page, path=f"{self.config.path}/{page.path}") for page in pages)

    def _documents(self, api: APIDescriptor) -> dict[str, str]:
        if not self.config.openapi:
            return {}
        document = openapi.write(api, version=self.config.openapi_version)
        texts = {"yaml": yaml.dump(document)}
        texts["json"] = json.dump(document, compact=len(texts["yaml"]) > _LARGE)
        return {f"{self.config.openapi}.{ending}": texts[ending] for ending in MEDIA_TYPES}

    def _add(self, files: Files, config: MkDocsConfig, uri: str, content: str) -> None:
        if files.get_file_from_path(uri) is not None:
            raise PluginError(
                f"{uri}: the site has a file of this name already. Rename that, or set"
                " `path` or `openapi` of the routebook plugin."
            )
        files.append(File.generated(config, uri, content=content))


_SETTINGS: dict[str, dict[str, bool]] = {
    "pymdownx.tabbed": {"alternate_style": True},  # the only one that Material shows
    "pymdownx.superfences": {"preserve_tabs": True},  # Go is indented with them
}


def _add_extensions(config: MkDocsConfig) -> None:
    """Add the extensions of Python-Markdown that our pages need, and the site does not name."""
    for name in markdown.MKDOCS_EXTENSIONS:
        if {name, f"markdown.extensions.{name}"} & set(config.markdown_extensions):
            continue
        if name.startswith("pymdownx.") and importlib.util.find_spec("pymdownx") is None:
            log.warning("the pages need pymdown-extensions: pip install pymdown-extensions")
            return
        config.markdown_extensions.append(name)
        config.mdx_configs.setdefault(name, {}).update(_SETTINGS.get(name, {}))


def _tight(output: str) -> str:
    """A page of Material without the blank lines and indentation of its menus.

    These are two thirds of a page of a reference, and the menus have nothing preformatted.
    """
    start, end = output.find("<nav"), output.find("<article")
    menus = output[start:end]
    if not 0 <= start < end or "<pre" in menus or "<textarea" in menus:
        return output
    return output[:start] + re.sub(r"\n\s+", "\n", menus) + output[end:]


def _load(option: str, base: Path) -> tuple[str, Path, APIDescriptor]:
    """The description that the option names, or else the project, or else the bundled one."""
    if option:
        return option, base, loading.load(option, base)
    project = configuration.find(base)
    api = loading.load(project.api, project.root, project.search)
    return project.api or loading.BUNDLED, project.root, api


def _sources(spec: str, base: Path) -> Iterator[Path]:
    """The files and folders that a loaded description is made of."""
    registered = importlib.metadata.entry_points(group=loading.GROUP, name=spec)
    module = next((entry.value for entry in registered), spec).partition(":")[0]
    file = base / module
    if file.is_file():
        yield file
        return
    found = importlib.util.find_spec(module.partition(".")[0]) if module else None
    if found is None:
        return
    if found.submodule_search_locations is not None:
        yield from (Path(folder) for folder in found.submodule_search_locations)
    elif found.origin:
        yield Path(found.origin)


def _forget(sources: Iterable[Path]) -> None:
    """Make Python read the modules of these files and folders again when next imported."""
    roots = [source.resolve() for source in sources]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and any(Path(file).resolve().is_relative_to(root) for root in roots):
            del sys.modules[name]
    importlib.invalidate_caches()


def _refuse_errors(api: APIDescriptor) -> None:
    findings = checks.check(api)
    for finding in findings:
        if finding.level == "warning":
            log.warning(_line(finding))
    errors = [finding for finding in findings if finding.level == "error"]
    if errors:
        raise DescriptionError(errors)


def _line(finding: Finding) -> str:
    return f"{finding}. {finding.hint}" if finding.hint else str(finding)


def _told(error: RoutebookError) -> str:
    if isinstance(error, DescriptionError):
        return "\n".join(_line(finding) for finding in error.findings)
    return f"{error}. {error.hint}" if error.hint else str(error)


def _complete(nav: list[Any], path: str, title: str, entries: list[dict[str, object]]) -> list[Any]:
    """The navigation with `entries` where it names the folder `path`, or else at its end.

    Without entries (a plugin that is not enabled) the mention of the folder is left out.
    """
    placed, found = _place(nav, f"{path}/", entries)
    if found or not entries:
        return placed
    return [*placed, {title: entries}]


def _place(nav: list[Any], folder: str, entries: list[dict[str, object]]) -> tuple[list[Any], bool]:
    result: list[Any] = []
    found = False
    for item in nav:
        title, value = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if value == folder:
            found = True
            if entries:
                result.extend(entries if title is None else [{title: entries}])
        elif isinstance(value, list):
            inner, inside = _place(value, folder, entries)
            found = found or inside
            result.append({title: inner})
        else:
            result.append(item)
    return result, found
