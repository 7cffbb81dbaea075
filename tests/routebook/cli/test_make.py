"""`build`, `openapi` and `reference`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from cli_support import CLI, SHOP
from markdown_links import dead, links


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_build_makes_everything(cli: CLI, shop: Path) -> None:
    result = cli("build", "shop.py", "-o", "out")
    assert (result.code, result.out) == (0, "")
    assert result.err == f"Wrote {len(files(shop / 'out'))} files in out\n"
    assert files(shop / "out") == {
        "openapi.yaml", "openapi.json", "api.md", "llms.txt", "llms-full.txt",
        "reference/index.md", "reference/routes/book.md", "reference/errors.md",
    }  # fmt: skip
    from_yaml = yaml.safe_load((shop / "out/openapi.yaml").read_text())
    assert from_yaml == json.loads((shop / "out/openapi.json").read_text())
    assert from_yaml["openapi"].startswith("3.1")


def test_build_again_changes_nothing(cli: CLI, shop: Path) -> None:
    cli("build", "shop.py", "-o", "out")
    before = {p: p.stat().st_mtime_ns for p in (shop / "out").rglob("*.*")}
    result = cli("build", "shop.py", "-o", "out")
    assert "Wrote 0 of" in result.err
    assert before == {p: p.stat().st_mtime_ns for p in (shop / "out").rglob("*.*")}


def test_quiet_says_nothing(cli: CLI, shop: Path) -> None:
    assert cli("build", "shop.py", "-o", "out", "-q").err == ""
    assert cli("--quiet", "build", "shop.py", "-o", "again").err == ""
    assert files(shop / "out") == files(shop / "again")


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "shop.py", "-o", "out"),
        ("openapi", "shop.py", "-o", "out/openapi.yaml"),
        ("openapi", "shop.py"),
        ("reference", "shop.py", "-o", "out"),
        ("serve", "shop.py"),
    ],
)
def test_an_unsound_description_is_refused_with_all_findings(
    cli: CLI, unsound: Path, arguments: tuple[str, ...]
) -> None:
    result = cli(*arguments)
    assert result.code == 1
    assert "isbm" in result.out
    assert "4040" in result.out
    assert "nothing was made" in result.err
    assert not (unsound / "out").exists()


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_openapi_in_every_version(cli: CLI, shop: Path, version: str) -> None:
    assert shop.is_dir()
    document = yaml.safe_load(cli("openapi", "shop.py", "--openapi-version", version).out)
    assert document["openapi"].startswith(version)


def test_the_version_of_the_configuration_is_the_default(cli: CLI, shop: Path) -> None:
    (shop / "pyproject.toml").write_text("[tool.routebook]\nopenapi-version = '3.0'\n")
    assert cli("openapi", "shop.py").out.startswith("openapi: '3.0")
    assert cli("openapi", "shop.py", "--openapi-version", "3.2").out.startswith("openapi: '3.2")


def test_openapi_goes_to_stdout_or_a_file_by_its_suffix(cli: CLI, shop: Path) -> None:
    text = cli("openapi", "shop.py", "-o", "-").out
    assert cli("openapi", "shop.py").out == text
    assert json.loads(cli("openapi", "shop.py", "--format", "json").out) == yaml.safe_load(text)
    result = cli("openapi", "shop.py", "-o", "docs/openapi.json")
    assert (result.code, result.out, result.err) == (0, "", "Wrote docs/openapi.json\n")
    assert json.loads((shop / "docs/openapi.json").read_text()) == yaml.safe_load(text)
    assert cli("openapi", "shop.py", "-o", "docs/openapi.json").err.endswith("up to date\n")
    cli("openapi", "shop.py", "-o", "docs/openapi.json", "--format", "yaml")
    assert (shop / "docs/openapi.json").read_text() == text


def test_a_place_that_cannot_be_written_is_told(cli: CLI, shop: Path) -> None:
    (shop / "file").write_text("")
    result = cli("openapi", "shop.py", "-o", "file/openapi.yaml")
    assert result.code == 2
    assert "cannot be written" in result.err
    assert cli("openapi", "shop.py", "-o", ".").code == 2
    assert cli("build", "shop.py", "-o", "file").code == 2


def test_what_is_built_for_language_models_leads_to_all_of_it(cli: CLI, shop: Path) -> None:
    cli("build", "shop.py", "-o", "out")
    text = (shop / "out/llms.txt").read_text()
    assert text.startswith("# Bookshop\n\n")
    assert {"reference/routes/book.md", "openapi.json", "llms-full.txt"} <= set(links(text))
    assert (shop / "out/llms-full.txt").read_text() == (shop / "out/api.md").read_text()
    assert dead(shop / "out", "llms*.txt") == []
    cli("build", "shop.py", "-o", "without", "--no-llms")
    assert files(shop / "out") - files(shop / "without") == {"llms.txt", "llms-full.txt"}


def test_reference_as_pages_and_as_one(cli: CLI, shop: Path) -> None:
    result = cli("reference", "shop.py", "-o", "out", "--single-page", "api.md")
    assert result.code == 0
    assert "index.md" in files(shop / "out")
    page = (shop / "api.md").read_text()
    assert page.startswith("# Bookshop\n")
    assert cli("reference", "shop.py", "--single-page", "-").out == page


def test_reference_for_mkdocs(cli: CLI, shop: Path) -> None:
    cli("reference", "shop.py", "-o", "plain")
    cli("reference", "shop.py", "-o", "mkdocs", "--target", "mkdocs")
    assert "{#" in (shop / "mkdocs/errors.md").read_text()
    assert "{#" not in (shop / "plain/errors.md").read_text()


def test_templates_of_ones_own(cli: CLI, shop: Path) -> None:
    (shop / "mine").mkdir()
    (shop / "mine/error.md.jinja").write_text("{{ error | heading(3) }}\n\nOurs.\n")
    cli("reference", "shop.py", "-o", "out", "--templates", "mine")
    assert "Ours." in (shop / "out/errors.md").read_text()
    (shop / "pyproject.toml").write_text("[tool.routebook]\ntemplates = 'mine'\n")
    cli("build", "shop.py", "-o", "built")
    assert "Ours." in (shop / "built/reference/errors.md").read_text()
    assert "Ours." in (shop / "built/api.md").read_text()


def test_a_wrong_template_is_told_with_its_line(cli: CLI, shop: Path) -> None:
    (shop / "mine").mkdir()
    (shop / "mine/error.md.jinja").write_text("\n{{ error.nonsense }}\n")
    result = cli("reference", "shop.py", "-o", "out", "--templates", "mine")
    assert result.code == 2
    assert "error.md.jinja:2: " in result.err
    assert not (shop / "out").exists()
    assert cli("reference", "shop.py", "-o", "out", "--templates", "nowhere").code == 2


def test_what_openapi_refuses_is_not_built(
    cli: CLI, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it(api: object, version: str) -> dict[str, object]:
        assert api
        return {"openapi": f"{version}.0", "info": {}, "paths": {}}

    monkeypatch.setattr("routebook.openapi.write", break_it)
    result = cli("build", "shop.py", "-o", "out")
    assert result.code == 1
    assert "OpenAPI 3.0" in result.out
    assert "OpenAPI 3.2" in result.out
    assert not (shop / "out").exists()


def test_the_source_of_the_tests_is_sound(cli: CLI, shop: Path) -> None:
    assert (shop / "shop.py").read_text() == SHOP
    assert cli("check", "shop.py", "--fail-on", "info").code == 0
