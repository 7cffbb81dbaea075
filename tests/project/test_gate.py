"""The gate of this project: its description, compared with the document of the last release."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from support import ROOT, run

RELEASED = "spec/released/registry-v2.yaml"


def test_make_check_runs_the_gate() -> None:
    makefile = (ROOT / "Makefile").read_text()
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    assert f"routebook diff {RELEASED} registry-v2" in check


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project that describes the registry, with the document of the last release."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pyproject.toml").write_text(
        '[tool.routebook]\napi = "registry_api.v2:API"\npath = ["spec"]\n'
    )
    return tmp_path


def gate(project: Path) -> tuple[int, str]:
    result = run(sys.executable, "-m", "routebook", "diff", RELEASED, "--quiet", cwd=project)
    assert result.stderr == ""
    return result.returncode, result.stdout


def test_the_description_breaks_nothing_that_was_released(copy: Path) -> None:
    code, out = gate(copy)
    assert code == 0, out


@pytest.mark.parametrize(
    ("file", "before", "after", "named", "rule"),
    [
        (
            "parameters.py",
            '    name="from",\n',
            '    name="from",\n    required=True,\n',
            "FROM = ",
            "request-parameter-became-required",
        ),
        (
            "parameters.py",
            '"minimum": 0',
            '"minimum": 1',
            "COUNT = ",
            "request-parameter-min-increased",
        ),
    ],
)
def test_a_breaking_edit_of_a_descriptor_turns_it_red_at_its_line(
    copy: Path, file: str, before: str, after: str, named: str, rule: str
) -> None:
    source = copy / "spec" / "registry_api" / "v2" / file
    text = source.read_text()
    assert text.count(before) == 1
    source.write_text(text.replace(before, after))
    line = text[: text.index(f"\n{named}") + 1].count("\n") + 1
    code, out = gate(copy)
    assert code == 1
    assert f"[{rule}]" in out
    assert re.search(rf"^    now      spec/registry_api/v2/{file}:{line}$", out, re.MULTILINE)
    assert re.search(rf"^    was      {RELEASED}:\d+:\d+  #/components/", out, re.MULTILINE)


def test_an_operation_that_is_gone_is_told_where_it_was_released(copy: Path) -> None:
    source = copy / "spec" / "registry_api" / "v2" / "catalog.py"
    source.write_text(source.read_text().replace('method="GET"', 'method="POST"'))
    code, out = gate(copy)
    assert code == 1
    assert "GET /v2/_catalog is gone [api-removed-without-deprecation]" in out
    assert "#/paths/~1v2~1_catalog/get" in out
