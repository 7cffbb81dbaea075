"""A MkDocs project for one API, made for as long as it is looked at."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routebook.cli import documents
from routebook.cli.project import Project
from routebook.documents.reading import STDIN
from routebook.findings import RoutebookError
from routebook.loading import BUNDLED

if TYPE_CHECKING:
    import click

FEATURES = [
    "content.code.copy",
    "content.tabs.link",
    "navigation.indexes",
    "navigation.prune",
    "navigation.top",
]
SEPARATOR = r'[\s\-_/.,:<>{}()"`=&?]+'
"""What ends a word for search: parts of paths and of error codes are words."""


def command() -> click.Command:
    """MkDocs' own command; raises `RoutebookError` when MkDocs or Material is not installed."""
    try:
        import_module("material")
        from mkdocs.__main__ import cli
    except ImportError as error:
        raise RoutebookError(
            f"the preview needs {error.name}, which is not installed",
            hint="pip install 'routebook[site]'",
        ) from error
    return cli


@contextmanager
def folder(project: Project, templates: Path | None = None) -> Iterator[Path]:
    """Make a MkDocs project in a temporary folder; gives its `mkdocs.yml`."""
    import yaml

    with tempfile.TemporaryDirectory(prefix="routebook-serve-") as name:
        root = Path(name)
        (root / "docs").mkdir()
        (root / "docs" / "index.md").write_text(_home(project), encoding="utf-8")
        file = root / "mkdocs.yml"
        api = _absolute(project)
        if api == STDIN:
            api = str(root / "openapi.json")
            text = documents.openapi_text(project.api, "3.2", "json")
            Path(api).write_text(text, encoding="utf-8")
        text = yaml.safe_dump(_configuration(project, api, templates), sort_keys=False)
        file.write_text(text, encoding="utf-8")
        yield file


def _home(project: Project) -> str:
    from routebook.emit.machines import llms
    from routebook.views import escape

    return (
        f"# {escape.text(project.api.title)}\n\n"
        f"{llms.about(project.api)}\n\n"
        "[Read the reference](reference/index.md){ .md-button .md-button--primary }\n\n"
        "The OpenAPI document: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json).\n\n"
        "These pages follow your edits: save the description, and look again.\n"
    )


def _configuration(project: Project, api: str, templates: Path | None) -> dict[str, Any]:
    settings = project.configuration
    own = templates or settings.templates_folder
    plugin: dict[str, Any] = {
        "api": api,
        "openapi_version": settings.openapi_version,
        "machines": [],
        **({"templates": str(own.resolve())} if own else {}),
    }
    return {
        "site_name": html.escape(project.api.title),
        "theme": {
            "name": "material",
            "font": False,
            "features": FEATURES,
            "palette": [
                {"media": "(prefers-color-scheme: light)", "scheme": "default"},
                {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
            ],
        },
        "plugins": [{"search": {"separator": SEPARATOR}}, {"routebook": plugin}],
        "nav": [{"Home": "index.md"}, {"Reference": "reference/"}],
    }


def _absolute(project: Project) -> str:
    """The API's name, good from any folder: the path of a file or folder is made absolute."""
    settings = project.configuration
    spec = project.name or settings.api or BUNDLED
    base = Path.cwd() if project.name else settings.root
    target, colon, name = spec.rpartition(":")
    if spec != STDIN and (base / spec).exists():
        return str((base / spec).resolve())
    if target.endswith(".py"):
        return f"{(base / target).resolve()}{colon}{name}"
    return spec
