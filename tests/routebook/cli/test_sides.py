"""How `diff` takes its two sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_support import CLI, SHOP

DOCUMENT = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"


@pytest.fixture
def project(shop: Path) -> Path:
    """The current folder: a package that the project configures, and a document."""
    (shop / "shopapi").mkdir()
    (shop / "shopapi" / "__init__.py").write_text(SHOP)
    (shop / "pyproject.toml").write_text('[tool.routebook]\napi = "shopapi:API"\n')
    (shop / "api.yaml").write_text(DOCUMENT)
    (shop / "alias.yaml").symlink_to("api.yaml")
    return shop


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("sides", "side"),
    [
        (("",), "the base has no name: ''"),
        ((" ",), "the base has no name: ' '"),
        ((":api.yaml",), "the base has no revision: ':api.yaml'"),
        (("api.yaml", ""), "the head has no name: ''"),
    ],
)
def test_an_empty_name_is_refused(cli: CLI, sides: tuple[str, ...], side: str) -> None:
    result = cli("diff", *sides)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {side}\n  is a variable of the shell empty?")


@pytest.mark.parametrize(
    ("sides", "same", "name"),
    [
        ((".",), "shopapi/__init__.py:31", "shopapi:API"),
        (("shopapi",), "shopapi/__init__.py:31", "shopapi:API"),
        (("shopapi", "."), "shopapi/__init__.py:31", "."),
        (("api.yaml", "./alias.yaml"), "{folder}/api.yaml", "./alias.yaml"),
        (("api.yaml", "api.yaml"), "{folder}/api.yaml", "api.yaml"),
    ],
)
def test_a_thing_and_itself_are_told(
    cli: CLI, project: Path, sides: tuple[str, ...], same: str, name: str
) -> None:
    result = cli("diff", *sides)
    assert (result.code, result.out) == (0, "no change; no new version is needed\n")
    same = same.format(folder=project)
    assert result.err == (
        f"Both sides are the same, {same}; did you mean REV:{name}, such as main:{name}?\n"
    )
    assert cli("diff", *sides, "--quiet").err == ""


def test_a_copy_is_no_such_thing(cli: CLI, project: Path) -> None:
    (project / "copy.yaml").write_text(DOCUMENT)
    result = cli("diff", "api.yaml", "copy.yaml")
    assert (result.code, result.err) == (0, "")
