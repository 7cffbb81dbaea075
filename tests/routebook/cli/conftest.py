"""A small project to run commands in, and a way to run them in this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_support import CLI, SHOP, Result
from routebook.cli import run


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> CLI:
    """Run `routebook` with arguments."""

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        code = run(arguments)
        return Result(code, *capsys.readouterr())

    return call


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder: a project with the description `shop.py`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "shop.py").write_text(SHOP)
    path, modules = list(sys.path), set(sys.modules)
    yield tmp_path
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if name.startswith("shop"):
            del sys.modules[name]


@pytest.fixture
def unsound(shop: Path) -> Path:
    """The project, with two mistakes in its description."""
    text = SHOP.replace('name="isbn"', 'name="isbm"').replace("http_status=404", "http_status=4040")
    (shop / "shop.py").write_text(text)
    return shop
