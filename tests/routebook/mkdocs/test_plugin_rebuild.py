"""A site that follows edits, as `mkdocs serve` builds it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_sites import DESCRIPTION, Site


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
