"""The pages about comparisons say what is so: commands, options, configuration, code."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from pathlib import Path

import click
import pytest

from routebook import configuration
from routebook.cli.group import command
from support import ROOT, run

PAGES = [ROOT / "site" / "docs" / "diff" / f"{name}.md" for name in ("index", "gate", "accept")]
BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

OLD = """\
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
paths:
  /things:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 50}}]
      responses: {"200": {description: All.}}
"""


def blocks(language: str) -> list[str]:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    return [body for text in texts for found, body in BLOCK.findall(text) if found == language]


def commands() -> list[list[str]]:
    """Every call of routebook that a page shows."""
    text = "\n".join([*blocks("sh"), *blocks("yaml")])
    lines = [line.strip().removeprefix("- ") for line in text.splitlines()]
    calls = [re.sub(r"^.*\| (?=routebook )", "", line) for line in lines]
    return [shlex.split(call, comments=True) for call in calls if call.startswith("routebook ")]


@pytest.mark.parametrize("call", commands(), ids=" ".join)
def test_commands_that_are_shown_have_the_options_they_use(call: list[str]) -> None:
    found = command.get_command(click.Context(command), call[1])
    assert found is not None
    # parsed, and not run: a wrong option or a missing argument is an error here
    with found.make_context(call[1], list(call[2:])) as context:
        assert context.params


def test_configuration_that_is_shown_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [block for block in blocks("toml") if "[tool.routebook" in block]
    assert shown
    for block in shown:
        (tmp_path / "pyproject.toml").write_text(block)
        monkeypatch.chdir(tmp_path)
        assert configuration.find().diff != configuration.Comparing()


def test_the_accepted_file_that_is_shown_is_one(tmp_path: Path) -> None:
    from routebook.diff import accepting

    shown = [block for block in blocks("toml") if "[[accepted]]" in block]
    assert shown
    for block in shown:
        assert tomllib.loads(block)
        file = tmp_path / "accepted.toml"
        file.write_text(block)
        (entry,) = accepting.read(file)
        assert entry.reason


def test_python_that_is_shown_runs(tmp_path: Path) -> None:
    (tmp_path / "openapi-1.0.yaml").write_text(OLD)
    (tmp_path / "openapi.yaml").write_text(OLD.replace("50", "20"))
    (code,) = blocks("python")
    result = run(sys.executable, "-c", code, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("GET /things ")
    assert "openapi.yaml:6:" in result.stdout
