"""How `diff` takes its two sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_support import CLI, SHOP
from support import run

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
    ("arguments", "said"),
    [
        (("diff", ""), "the base has no name: ''"),
        (("diff", " "), "the base has no name: ' '"),
        (("diff", ":api.yaml"), "the base has no revision: ':api.yaml'"),
        (("changelog", "api.yaml", ""), "the version has no name: ''"),
        (("diff", "api.yaml", ""), "the head has no name: ''"),
    ],
)
def test_an_empty_name_is_refused(cli: CLI, arguments: tuple[str, ...], said: str) -> None:
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {said}\n  is a variable of the shell empty?")


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


@pytest.fixture
def renamed(project: Path) -> Path:
    """A repository in which the package was renamed since its commit, and a file added."""
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "base"),
        ("mv", "shopapi", "books"),
    ):
        assert run("git", *arguments, cwd=project).returncode == 0
    (project / "books" / "__init__.py").write_text(SHOP.replace("/books/", "/volumes/"))
    (project / "new.yaml").write_text(DOCUMENT)
    (project / "pyproject.toml").write_text('[tool.routebook]\napi = "books:API"\n')
    return project


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("command", [("diff", "main"), ("check", "--against", "main")])
def test_a_renamed_package_is_compared_with_what_was_configured_before(
    cli: CLI, command: tuple[str, ...]
) -> None:
    result = cli(*command)
    assert result.code == 1
    assert "api-path-removed-without-deprecation" in result.out
    assert result.err.startswith(
        "main:books:API is not there; the base is main:shopapi/__init__.py:31,"
        " which the project configured then\n"
    )


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("books:API", "there is no module 'books' in this revision"),
        ("books", "there is no such module in this revision"),
        ("new.yaml", "there is no such file in this revision"),
    ],
)
def test_what_is_new_has_a_next_step(cli: CLI, spec: str, said: str) -> None:
    result = cli("diff", f"main:{spec}")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: main:{spec}: {said}\n")
    assert f"where it was moved, name both: routebook diff main:OLD {spec}\n" in result.err
    assert "where this change adds it, there is nothing to compare it with until" in result.err
    assert "nothing to compare" not in cli("diff", f"main:{spec}", "api.yaml").err


def test_what_was_never_configured_has_a_next_step(cli: CLI, project: Path) -> None:
    (project / "pyproject.toml").rename(project / "later.toml")
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "api.yaml"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "base"),
    ):
        assert run("git", *arguments, cwd=project).returncode == 0
    (project / "later.toml").rename(project / "pyproject.toml")
    result = cli("diff", "main")
    assert result.code == 2
    assert result.err.startswith("error: main:shopapi:API: there is no module 'shopapi' in this")
    assert "there is nothing to compare it with until that is merged" in result.err


def test_a_revision_may_be_called_as_a_folder_is(cli: CLI, renamed: Path) -> None:
    (renamed / "main").mkdir()
    assert cli("check", "--against", "main").code == 1
