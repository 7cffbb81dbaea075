"""What is published: the wheel and the sdist hold what they must, and the wheel works by itself."""

from __future__ import annotations

import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from support import ROOT, run

SOURCES = {"generator/routebook": "routebook", "spec/registry_api": "registry_api"}


def tree(folder: str, below: str) -> set[str]:
    return {
        f"{below}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the checkout."""
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "--wheel")


def build(source: Path, target: Path, kind: str) -> Path:
    result = run(
        sys.executable, "-m", "build", "--no-isolation", kind, "--outdir", target, cwd=source
    )
    assert result.returncode == 0, result.stdout + result.stderr
    (made,) = target.iterdir()
    return made


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_holds_the_sources_and_all_templates_and_nothing_else(wheel: Path) -> None:
    templates = tree("templates", "routebook/templates")
    assert templates
    sources = set().union(*(tree(folder, below) for folder, below in SOURCES.items()))
    meta = {name for name in names(wheel) if name.startswith("routebook-0.1.0.dist-info/")}
    assert names(wheel) - meta == sources | templates
    assert "routebook/py.typed" in sources
    assert "registry_api/py.typed" in sources


def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = build(ROOT, tmp_path / "sdist", "--sdist")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path / "unpacked", filter="data")
    assert {"LICENSE", "README.md", "CHANGELOG.md", "Makefile", "site/mkdocs.yml"} <= held
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build(source, tmp_path / "again", "--wheel")
    assert names(again) == names(wheel)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that has the wheel, and not the checkout.

    Its dependencies are those of this environment, whose own `.pth` files are not obeyed there.
    """
    folder = tmp_path_factory.mktemp("environment")
    assert run(sys.executable, "-m", "venv", "--without-pip", folder).returncode == 0
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    python = folder / "bin" / "python"
    result = run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index",
        "--ignore-installed", wheel,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return folder / "bin"


def test_the_wheel_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import routebook; print(routebook.__file__)")
    assert where.stdout.startswith(str(installed.parent))
    assert run(installed / "routebook", "--version").stdout == "routebook 0.1.0\n"
    result = run(installed / "routebook", "build", "-o", "out", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    made = {path.name for path in (tmp_path / "out").iterdir()}
    texts = {"llms.txt", "llms-full.txt"}
    assert made == {"openapi.yaml", "openapi.json", "api.md", "reference", *texts}
    assert (tmp_path / "out" / "reference" / "index.md").stat().st_size > 1000


def test_the_wheel_checks_and_lists(installed: Path, tmp_path: Path) -> None:
    for arguments in (["check"], ["routes"], ["errors"], ["openapi", "--openapi-version", "3.2"]):
        result = run(installed / "routebook", *arguments, cwd=tmp_path)
        assert result.returncode == 0, result.stdout + result.stderr
