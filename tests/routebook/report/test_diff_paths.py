"""Paths in the formats that services show beside a repository's files: they begin at its top."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports import REMOVED
from routebook import Location
from routebook.diff.model import Change, Report, Side
from routebook.report.diff import Options, render


@pytest.fixture(name="top", autouse=True)
def _top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    top = tmp_path / "repository"
    for name in ("api.yaml", "sub/api.yaml", "sub/deep er/a%.yaml", "sub/shop/notes.py"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()
    (top / ".git").mkdir()
    (tmp_path / "outside.yaml").touch()
    return top


def _at(file: str) -> Change:
    return replace(REMOVED, new=Side(location=Location(file=file, line=3)))


def _paths(report: Report, folder: Path | None) -> list[str]:
    """The path of the first finding, as each of the formats has it."""
    options = Options(folder=folder)
    github = re.search("file=([^,]*)", render(report, "github", options))
    gitlab = json.loads(render(report, "gitlab", options))[0]["location"]["path"]
    (run,) = json.loads(render(report, "sarif", options))["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert github
    return [github[1].replace("%25", "%").replace("%3A", ":"), gitlab, uri]


@pytest.mark.parametrize(
    ("file", "path", "uri"),
    [
        ("api.yaml", "sub/api.yaml", ""),
        ("./api.yaml", "sub/api.yaml", ""),
        ("../api.yaml", "api.yaml", ""),
        ("{top}/api.yaml", "api.yaml", ""),
        ("deep er/a%.yaml", "sub/deep er/a%.yaml", "sub/deep%20er/a%25.yaml"),
        ("main:api.yaml", "sub/api.yaml", ""),
        ("main:sub/shop/notes.py", "sub/shop/notes.py", ""),
        ("./gone.yaml", "gone.yaml", ""),
        ("main:gone.yaml", "main:gone.yaml", "main%3Agone.yaml"),
        ("{top}/../outside.yaml", "{top}/../outside.yaml", "{top}/../outside.yaml"),
        ("nul\0.yaml", "nul\N{REPLACEMENT CHARACTER}.yaml", "nul%00.yaml"),
    ],
)
def test_paths_begin_at_the_top_of_the_repository(
    file: str, path: str, uri: str, top: Path
) -> None:
    report = Report(findings=(_at(file.format(top=top)),))
    path, uri = (os.path.normpath(one.format(top=top)) for one in (path, uri or path))
    found = _paths(report, top / "sub")
    if "\0" in file:
        assert found[2] == uri
    else:
        assert found == [path, path, uri]


def test_without_a_folder_paths_are_only_shortened() -> None:
    assert _paths(Report(findings=(_at("./sub//api.yaml"),)), None) == ["sub/api.yaml"] * 3


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_checkout_without_git_is_named_by_the_environment(
    variable: str, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (top / ".git").rmdir()
    report = Report(findings=(_at("api.yaml"),))
    assert _paths(report, top / "sub") == ["api.yaml"] * 3
    monkeypatch.setenv(variable, str(top / "elsewhere"))
    assert _paths(report, top / "sub") == ["api.yaml"] * 3
    monkeypatch.setenv(variable, str(top))
    assert _paths(report, top / "sub") == ["sub/api.yaml"] * 3


def test_a_worktree_has_a_file_called_git(top: Path) -> None:
    (top / "sub/.git").write_text("gitdir: elsewhere\n")
    assert _paths(Report(findings=(_at("api.yaml"),)), top / "sub") == ["api.yaml"] * 3


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("main:sub/shop/notes.py", "sub/shop/notes.py"),
        ("main:sub/shop/gone.py", "sub/api.yaml"),
        ("main:api.yaml", "sub/api.yaml"),
    ],
)
def test_what_is_gone_is_told_in_its_file_or_where_the_head_begins(
    old: str, path: str, top: Path
) -> None:
    gone = replace(REMOVED, old=Side(location=Location(file=old, line=9)), new=None)
    report = Report(findings=(gone,), head="shop:API", head_location=Location(file="api.yaml"))
    assert _paths(report, top / "sub") == [path] * 3


def test_the_place_in_the_base_is_that_of_a_file_or_of_a_revision(top: Path) -> None:
    for file, uri in (("./api.yaml", "sub/api.yaml"), ("main:api.yaml", "main%3Aapi.yaml")):
        change = replace(_at("api.yaml"), old=Side(location=Location(file=file, line=1)))
        text = render(Report(findings=(change,)), "sarif", Options(folder=top / "sub"))
        (result,) = json.loads(text)["runs"][0]["results"]
        (base,) = result["relatedLocations"]
        assert base["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json", "junit"])
def test_other_formats_keep_paths_as_they_were_given(format: str, top: Path) -> None:
    report = Report(findings=(_at("./api.yaml"),))
    assert render(report, format, Options(folder=top)) == render(report, format)
    assert "./api.yaml:3" in render(report, format) or '"./api.yaml"' in render(report, format)
