"""The documents of the repository say what is so."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

import pytest

import routebook
from routebook.cli.group import command
from support import ROOT, run

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(README) if found == language]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Python files that the README shows, by the name in their first line."""
    for body in blocks("python"):
        first = body.partition("\n")[0]
        (tmp_path / first.removeprefix("# ")).write_text(body, encoding="utf-8")
    assert {file.name for file in tmp_path.iterdir()} == {"bookshop.py", "use.py"}
    return tmp_path


def shell(script: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = run("bash", "-euo", "pipefail", "-c", script, cwd=folder, env={"PATH": path})
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_readme_commands_run_as_they_stand(folder: Path) -> None:
    said = "".join(shell(script, folder) for script in blocks("sh"))
    for shown in blocks("text"):
        assert shown in said
    made = {path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*.*")}
    assert {"openapi.yaml", "openapi.json", "api.md", "reference/index.md"} <= made
    errors = (folder / "out" / "reference" / "errors.md").read_text()
    assert "**404" in errors  # by the template of one's own
    shell(f"{sys.executable} use.py", folder)


def test_the_readme_description_runs_without_other_packages(folder: Path) -> None:
    code = "import sys, use; print(sorted(m for m in ('pydantic', 'jinja2') if m in sys.modules))"
    assert run(sys.executable, "-c", code, cwd=folder).stdout == "[]\n"


def test_the_readme_configuration_is_understood(folder: Path) -> None:
    (text,) = blocks("toml")
    (folder / "pyproject.toml").write_text(text)
    (folder / "docs" / "templates").mkdir(parents=True)
    shell("routebook check --fix && routebook check && test -f docs/reference/index.md", folder)
    keys = set(tomllib.loads(text)["tool"]["routebook"])
    source = (ROOT / "generator/routebook/configuration.py").read_text()
    assert keys == {*re.findall(r'reader\.\w+\(\s*"([a-z-]+)"', source)}


def test_the_readme_names_every_command_and_exit_code() -> None:
    import click

    named = set(re.findall(r"^\| `routebook (\w+)", README, re.MULTILINE))
    assert named == set(command.list_commands(click.Context(command)))
    assert re.findall(r"^\| (\d) \|", README, re.MULTILINE) == ["0", "1", "2"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://|#)([^)\s#]+)[^)]*\)", BLOCK.sub("", text))
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing


def test_the_changelog_has_the_version_and_known_headings() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\]", text, re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert routebook.__version__ in versions
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert re.search(rf"^## \[{re.escape(routebook.__version__)}\]\n+### ", text, re.MULTILINE)


def test_the_licence_is_apache() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text.partition("\n\n")[0]
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    for name in (*DOCUMENTS, ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^|`|\$ )make (\w+)", text, re.MULTILINE))
        assert named <= targets, name


def test_the_workflow_runs_the_script() -> None:
    text = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert "run: bash .ci/run" in text
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert run("bash", "-n", ROOT / ".ci/run").returncode == 0
