"""`init`: a description that is right from the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli_support import CLI
from support import routebook


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_what_it_writes(cli: CLI, shop: Path) -> None:
    result = cli("init", "shop-api")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "Wrote 7 files in shop-api\nNext:\n  cd shop-api\n  routebook check\n  routebook build\n"
    )
    assert files(shop / "shop-api") == {
        ".gitignore", "README.md", "pyproject.toml", "shop_api/__init__.py",
        "shop_api/errors.py", "shop_api/notes.py", "shop_api/schemas.py",
    }  # fmt: skip


def test_it_checks_and_builds_without_a_finding(shop: Path) -> None:
    routebook("init", "shop-new", "--title", "New Shop", cwd=shop)
    folder = shop / "shop-new"
    check = routebook("check", "--fail-on", "info", cwd=folder)
    assert (check.returncode, check.stdout) == (0, "")
    assert "New Shop: all is well." in check.stderr
    build = routebook("build", cwd=folder)
    assert build.returncode == 0, build.stderr
    assert {"build/openapi.yaml", "build/reference/index.md"} <= files(folder)
    assert "New Shop" in (folder / "build/openapi.yaml").read_text()


def test_tools_find_nothing_in_it(shop: Path) -> None:
    routebook("init", "shop-tidy", cwd=shop)
    tools = Path(sys.executable).parent
    for tool in (
        ("ruff", "format", "--check", "--isolated", "--line-length", "100", "."),
        ("ruff", "check", "--isolated", "--extend-select", "I,D1", "."),
        ("mypy", "--strict", "--cache-dir", "../cache", "shop_tidy"),
    ):
        result = subprocess.run(
            [tools / tool[0], *tool[1:]],
            cwd=shop / "shop-tidy",
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr


def test_here_and_under_a_name_of_its_own(
    cli: CLI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Über uns"
    folder.mkdir()
    monkeypatch.chdir(folder)
    result = cli("init", ".", "--name", "pets_described", "--title", "Pets")
    assert (result.code, "cd " in result.err) == (0, False)
    assert 'title="Pets"' in (folder / "pets_described/__init__.py").read_text()
    assert 'api = "pets_described"' in (folder / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("folder", "package"),
    [
        ("my.pets", "my_pets"),
        ("Pets2", "pets2"),
        ("calendar", "calendar_api"),
        ("日本", "api"),
        ("class", "class_"),
        ("3d", "n3_d"),
        ("routebook", "routebook_api"),
    ],
)
def test_the_package_is_named_after_the_folder(
    cli: CLI, shop: Path, folder: str, package: str
) -> None:
    assert cli("init", folder).code == 0
    assert (shop / folder / package / "__init__.py").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("here", "--name", "a b"), "use another, such as a_b"),
        (("here", "--name", "../x"), "no name for a package"),
        (("here", "--name", "json"), "would hide the one of that name"),
        (("here", "--name", ""), "no name for a package"),
        (("here", "--title", 'a"b'), "is not plain text"),
        (("here", "--title", "a\nb"), "is not plain text"),
        (("here", "--title", " "), "is not plain text"),
        (("shop.py",), "is not a folder"),
        (("full",), "--force writes into this one"),
    ],
)
def test_refusals_write_nothing(
    cli: CLI, shop: Path, arguments: tuple[str, ...], says: str
) -> None:
    (shop / "full").mkdir()
    (shop / "full/README.md").write_text("mine")
    before = files(shop)
    result = cli("init", *arguments)
    assert result.code == 2
    assert says in result.err
    assert files(shop) == before


def test_force_keeps_what_it_does_not_write(cli: CLI, shop: Path) -> None:
    (shop / "full").mkdir()
    (shop / "full/notes.txt").write_text("mine")
    assert cli("init", "full", "--force").code == 0
    assert (shop / "full/notes.txt").read_text() == "mine"
    assert (shop / "full/full/notes.py").is_file()
