"""A site that is made for a test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_sites import DESCRIPTION, Site


@pytest.fixture(autouse=True)
def modules() -> Iterator[None]:
    """Put the modules back that the plugin reads anew: other tests hold values of theirs."""
    before = dict(sys.modules)
    yield
    sys.modules.update(before)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Make a site with these options of the plugin; gives its `mkdocs.yml`.

    Without `machines`, nothing is made for machines: that takes as long as all the rest.
    """

    def make(*uses: dict[str, Any], nav: list[Any] | None = None, **settings: Any) -> Path:
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
        (tmp_path / "things.py").write_text(DESCRIPTION, encoding="utf-8")
        plugins = [{"routebook": {"api": "things.py", "machines": [], **use}} for use in uses]
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
