"""Commands take OpenAPI documents wherever they take an API."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import click
import pytest

from cli_support import CLI
from routebook import openapi

ALL = ["3.0", "3.1", "3.2"]

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: '1', description: 'no'}
paths:
  /pets:
    get:
      operationId: list
      responses:
        200: {description: All of them.}
"""


@pytest.fixture
def pets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a document in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(DOCUMENT)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "check pets.yaml",
        "errors pets.yaml",
        "openapi pets.yaml",
        "openapi pets.yaml --openapi-version 3.0",
        "reference pets.yaml -o out",
        "routes pets.yaml",
        "build pets.yaml -o out",
    ],
)
def test_every_command_takes_a_document(cli: CLI, pets: Path, command: str) -> None:
    result = cli(*command.split())
    assert (result.code, "warning" in result.err) == (0, False), result.err
    assert (pets / "out").exists() == command.endswith("-o out")


@pytest.mark.usefixtures("pets")
def test_what_was_read_is_written_again(cli: CLI) -> None:
    again = json.loads(cli("openapi", "pets.yaml", "--format", "json").out)
    assert again["info"] == {"title": "Pets", "version": "1", "description": "no"}
    assert list(again["paths"]["/pets"]["get"]["responses"]) == ["200"]


def test_standard_input(cli: CLI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DOCUMENT.encode())))
    assert "/pets" in cli("routes", "-").out


def test_the_project_may_configure_a_document(cli: CLI, pets: Path) -> None:
    (pets / "pyproject.toml").write_text('[tool.routebook]\napi = "pets.yaml"\n')
    assert "/pets" in cli("routes").out
    assert "/pets" in cli("routes", ".").out


@pytest.mark.parametrize(
    ("project", "versions"), [("", ["3.1"]), ('[tool.routebook]\napi = "pets.yaml"', ALL)]
)
def test_a_document_is_valid_in_its_own_version(
    cli: CLI, pets: Path, monkeypatch: pytest.MonkeyPatch, project: str, versions: list[str]
) -> None:
    (pets / "pyproject.toml").write_text(project)
    judged: list[str] = []

    def validate(document: dict[str, str]) -> tuple[()]:
        judged.append(document["openapi"][:3])
        return ()

    monkeypatch.setattr(openapi, "validate", validate)
    assert cli("check", "pets.yaml").code == 0
    assert judged == versions


def test_warnings_go_to_stderr(cli: CLI, pets: Path) -> None:
    text = DOCUMENT.replace("operationId", "operationID")
    (pets / "pets.yaml").write_text(text)
    result = cli("routes", "pets.yaml")
    assert result.code == 0
    assert "pets.yaml:6:7: #/paths/~1pets/get/operationID" in result.err
    assert "did you mean 'operationId'?" in result.err
    assert "warning" not in result.out
    assert cli("routes", "pets.yaml", "--quiet").err == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("openapi: 3.1.0\ninfo: {title: [", "pets.yaml:2:16: is not YAML"),
        (DOCUMENT.replace("openapi: 3.1.0", "openapi: 1.0"), "pets.yaml:1:1"),
        (DOCUMENT.replace("200:", "200: &a [*a]\n        201:"), "inside of its own anchor"),
        ("[" * 100_000, "more than 500 deep"),
        ("<!doctype html>", "found an HTML page"),
        ("\x00\x01", "U+0000"),
        ("swagger: '2.0'\npaths: 1", "expected an object"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    cli: CLI, pets: Path, text: str, said: str
) -> None:
    (pets / "pets.yaml").write_text(text)
    result = cli("routes", "pets.yaml")
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.startswith("error: pets.yaml:")
    assert "Traceback" not in result.err


def test_references_out_of_the_folder_are_asked_for(cli: CLI, pets: Path) -> None:
    inner = pets / "inner"
    inner.mkdir()
    text = DOCUMENT.replace("{description: All of them.}", "{$ref: ../all.yaml}")
    (inner / "pets.yaml").write_text(text)
    (pets / "all.yaml").write_text("description: All of them.")
    result = cli("routes", "inner/pets.yaml")
    assert result.code == 2
    assert "inner/pets.yaml:8:15" in result.err
    assert "--allow-refs ." in result.err
    assert cli("routes", "inner/pets.yaml", "--allow-refs", ".").code == 0


def test_text_of_a_document_does_not_steer_the_terminal(cli: CLI, pets: Path) -> None:
    (pets / "pets.yaml").write_text(DOCUMENT.replace("operationId", '"a\\e[31mb"'))
    result = cli("routes", "pets.yaml")
    assert "\x1b[31m" not in result.err
    assert r"a\x1b[31mb" in result.err


def test_completion_offers_documents(pets: Path) -> None:
    (pets / "a.json").write_text("{}")
    (pets / "b.YML").write_text("")
    (pets / "c.txt").write_text("")
    from routebook.cli import options

    argument = options.api_argument(click.command()(lambda: None)).params[0]
    found = argument.shell_complete(click.Context(click.Command("x")), "")
    names = [item.value for item in found]
    assert names == ["registry-v2", "a.json", "b.YML", "pets.yaml"]
