"""Where `diff` says that a project's types and descriptors changed, from any folder of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from cli_support import CLI


@pytest.fixture(name="project")
def _project(cli: CLI, shop: Path) -> Path:
    """A new project in a repository, with two edits, and a folder in it as the current one."""
    assert cli("init", "shopapi", "-q").code == 0
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "core.hooksPath=")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "Begin")):
        subprocess.run(["git", *identity, *command], check=True, capture_output=True)
    folder = shop / "shopapi"
    for file, before, after in (
        ("schemas.py", "maxLength=1000", "maxLength=900"),
        ("notes.py", '"maximum": 100', '"maximum": 50'),
    ):
        source = folder / "shopapi" / file
        text = source.read_text()
        assert text.count(before) == 1
        source.write_text(text.replace(before, after))
    (folder / "docs").mkdir()
    os.chdir(folder / "docs")
    return folder


def _line(file: Path, start: str) -> int:
    lines = file.read_text().splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(start))


def test_types_and_descriptors_are_named_by_file_and_line(cli: CLI, project: Path) -> None:
    package = project / "shopapi"
    text = _line(package / "schemas.py", "text: Annotated[")
    limit = _line(package / "notes.py", "LIMIT = ")
    told = cli("diff", "HEAD").out
    for file, line in (("schemas.py", text), ("notes.py", limit)):
        assert re.search(rf"^    was      HEAD:shopapi/shopapi/{file}:{line}\b", told, re.MULTILINE)
        assert re.search(rf"^    now      {package}/{file}:{line}$", told, re.MULTILINE)

    errors = {("shopapi/shopapi/schemas.py", text), ("shopapi/shopapi/notes.py", limit)}
    github = cli("diff", "HEAD", "--format", "github").out
    found = re.findall("^::error file=([^,]*),line=([0-9]+),", github, re.MULTILINE)
    assert {(file, int(line)) for file, line in found} == errors
    gitlab = json.loads(cli("diff", "HEAD", "--format", "gitlab").out)
    assert {
        (one["location"]["path"], one["location"]["lines"]["begin"])
        for one in gitlab
        if one["severity"] == "critical"
    } == errors
    (run,) = json.loads(cli("diff", "HEAD", "--format", "sarif").out)["runs"]
    places = [
        result["locations"][0]["physicalLocation"]
        for result in run["results"]
        if result["level"] == "error"
    ]
    assert {(at["artifactLocation"]["uri"], at["region"]["startLine"]) for at in places} == errors


def test_a_route_that_is_gone_is_told_in_its_file(cli: CLI, project: Path) -> None:
    source = project / "shopapi" / "notes.py"
    text = source.read_text()
    last = text.rindex("    rb.RouteDescriptor(")
    source.write_text(f"{text[:last]})\n")
    assert (
        "::error file=shopapi/shopapi/notes.py,title=api-path-removed-without-deprecation"
        in cli("diff", "HEAD", "--format", "github").out
    )
