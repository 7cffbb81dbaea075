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

from routebook.mkdocs.plugin import RoutebookConfig, RoutebookPlugin

__all__ = ["RoutebookConfig", "RoutebookPlugin"]
