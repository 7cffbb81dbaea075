from __future__ import annotations

from pathlib import Path

import pytest

from routebook import RoutebookError
from routebook.configuration import Committed, Configuration, find

WHOLE = """
[tool.routebook]
api = "pets.api:API"
path = ["src"]
openapi-version = "3.2"
openapi-versions = ["3.1", "3.2"]
templates = "docs/templates"
target = "mkdocs"

[tool.routebook.committed]
openapi = ["openapi.yaml", "openapi.json"]
reference = "docs/reference/"
single-page = "docs/api.md"
"""


def configure(folder: Path, text: str) -> Configuration:
    (folder / "pyproject.toml").write_text(text)
    return find(folder)


def test_everything(tmp_path: Path) -> None:
    found = configure(tmp_path, WHOLE)
    assert found == Configuration(
        root=tmp_path,
        api="pets.api:API",
        path=("src",),
        openapi_version="3.2",
        openapi_versions=("3.1", "3.2"),
        templates="docs/templates",
        target="mkdocs",
        committed=Committed(
            openapi=("openapi.yaml", "openapi.json"),
            reference="docs/reference",
            single_page="docs/api.md",
        ),
    )
    assert found.search == (tmp_path / "src",)
    assert found.templates_folder == tmp_path / "docs/templates"


def test_one_text_is_a_list_of_one(tmp_path: Path) -> None:
    assert configure(tmp_path, '[tool.routebook]\npath = "src"').path == ("src",)


def test_found_from_folders_below_past_projects_without_a_table(tmp_path: Path) -> None:
    configure(tmp_path, '[tool.routebook]\napi = "a:API"')
    below = tmp_path / "packages" / "x"
    below.mkdir(parents=True)
    (below / "pyproject.toml").write_text("[project]\nname = 'routebook-user'")
    (tmp_path / "packages" / "pyproject.toml").write_text("not TOML, and none of our business")
    assert find(below).api == "a:API"
    assert find(below).root == tmp_path


def test_without_one_the_defaults(tmp_path: Path) -> None:
    assert find(tmp_path) == Configuration(root=tmp_path)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[tool.routebook]\napy = 'x'", "there is no key 'apy'", "did you mean 'api'?"),
        ("[tool.routebook.committed]\nopen-api = 'x'", "no key 'open-api'", "'openapi'"),
        ("[tool.routebook]\napi = 3", "api is 3", "write a text"),
        ("[tool.routebook]\npath = [1]", "path is [1]", "a list of texts"),
        ("[tool.routebook]\nopenapi-version = '4.0'", "openapi-version is '4.0'", "'3.1'"),
        ("[tool.routebook]\nopenapi-versions = ['2']", "openapi-versions is '2'", "'3.1'"),
        ("[tool.routebook]\ntarget = 'html'", "target is 'html'", "'mkdocs'"),
        ("[tool]\nroutebook = 1", "is not a table", ""),
        ("[tool.routebook]\ncommitted = 1", "is not a table", ""),
        ("[tool.routebook", "is not TOML", ""),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    with pytest.raises(RoutebookError) as caught:
        configure(tmp_path, text)
    assert message in caught.value.message
    assert caught.value.place.startswith(str(tmp_path / "pyproject.toml"))
    assert hint in caught.value.hint
