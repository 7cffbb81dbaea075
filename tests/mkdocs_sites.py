"""Sites of a page or two, built in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

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
"""Makes a site with options of the plugin, a dictionary for each use; gives its `mkdocs.yml`."""


def built(file: Path, theme: str = "mkdocs") -> Path:
    """Build the site in this process; gives its folder."""
    config = load_config(str(file), theme=theme)
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
