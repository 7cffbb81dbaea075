"""Opening APIs with their places: documents, Python descriptions, folders, revisions of git."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from routebook import RoutebookError
from routebook.loading import Opened, UnreadableError, load, open_api
from routebook.schemas import to_json_schema

DOCUMENT = """\
openapi: 3.1.0
info: {title: TITLE, version: '1'}
paths:
  /pets:
    get:
      responses:
        200: {description: Pets}
"""
DESCRIPTION = """\
from routebook import APIDescriptor, MethodDescriptor, RouteDescriptor
from parts import answer

API = APIDescriptor(
    title="TITLE",
    version="1",
    routes=(
        RouteDescriptor(
            name="pets",
            path="/pets",
            methods=(MethodDescriptor(method="GET", requests=(answer(),)),),
        ),
    ),
)
"""
PARTS = """\
from routebook import RequestDescriptor


def answer():
    return RequestDescriptor(
        name="all",
    )
"""


@pytest.fixture(autouse=True)
def _undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def write(name: str, text: str) -> Path:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def git(*command: str) -> str:
    identity = (
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.com",
        "-c",
        "init.defaultBranch=main",
    )
    done = subprocess.run(
        ["git", *identity, *command], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def commit(*files: str) -> None:
    if not Path(".git").exists():
        git("init", "-q")
    git("add", *files)
    git("commit", "-qm", "Change")


def place(opened: Opened, part: object, *below: str) -> str:
    assert opened.places is not None
    return str(opened.places.locate(part, *below))


def test_a_document_has_places() -> None:
    write("api.yaml", DOCUMENT)
    opened = open_api("api.yaml")
    assert (opened.name, opened.findings) == ("api.yaml", ())
    assert place(opened, opened.api.routes[0]) == "api.yaml:4:3"
    assert place(opened, opened.api.routes[0], "get", "responses") == "api.yaml:6:7"
    assert load("api.yaml") == opened.api


def test_the_warnings_of_a_document_are_given() -> None:
    write("api.yaml", DOCUMENT.replace("description: Pets", "description: Pets, sumary: x"))
    (found,) = open_api("api.yaml").findings
    assert str(found.location) == "api.yaml:7:34"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("openapi: 3.1.0\ninfo: [", "api.yaml:"),
        ("- a\n", "api.yaml:1:1"),
        (DOCUMENT.replace("description: Pets", "description: []"), "api.yaml:7:15"),
        (DOCUMENT.replace("{description: Pets}", "{$ref: no.yaml}"), "api.yaml:7:15"),
    ],
)
def test_a_document_that_cannot_be_read_is_wrong_input(text: str, message: str) -> None:
    write("api.yaml", text)
    with pytest.raises(UnreadableError) as caught:
        open_api("api.yaml")
    assert str(caught.value).startswith(message)


def test_the_places_of_python_are_the_lines_of_the_calls() -> None:
    write("shop.py", DESCRIPTION)
    write("parts.py", PARTS)
    opened = open_api("shop.py")
    route = opened.api.routes[0]
    assert place(opened, opened.api) == "shop.py:4"
    assert place(opened, route) == "shop.py:8"
    assert place(opened, route.methods[0], "responses") == "shop.py:11"
    assert place(opened, route.methods[0].requests[0]) == "parts.py:5"
    assert place(opened, object()) == "None"
    assert open_api("shop.py", places=False).places is None


def test_classes_are_left_as_they_were() -> None:
    from routebook import RouteDescriptor

    before = RouteDescriptor.__init__
    write("broken.py", "1 / 0")
    with pytest.raises(RoutebookError):
        open_api("broken.py")
    assert RouteDescriptor.__init__ is before


def test_a_folder_stands_for_the_api_it_configures() -> None:
    write("project/pyproject.toml", '[tool.routebook]\napi = "shop:API"\npath = ["src"]\n')
    write("project/src/shop/__init__.py", DESCRIPTION)
    write("project/src/parts.py", PARTS)
    opened = open_api("project")
    assert place(opened, opened.api) == "project/src/shop/__init__.py:4"
    write("other/pyproject.toml", '[tool.routebook]\napi = "api.yaml"\n')
    write("other/api.yaml", DOCUMENT)
    assert open_api("other").api.title == "TITLE"


def test_a_document_at_a_revision() -> None:
    write("sub/api.yaml", DOCUMENT.replace("TITLE", "Old"))
    commit("sub")
    write("sub/api.yaml", DOCUMENT.replace("TITLE", "New"))
    opened = open_api("main:sub/api.yaml")
    assert (opened.api.title, opened.name) == ("Old", "main:sub/api.yaml")
    assert place(opened, opened.api.routes[0]) == "main:sub/api.yaml:4:3"
    assert open_api("HEAD:api.yaml", Path("sub")).api.title == "Old"
    assert open_api("HEAD:sub/api.yaml", Path("sub")).api.title == "Old"
    assert open_api("sub/api.yaml").api.title == "New"


def test_a_document_of_several_files_at_a_revision() -> None:
    pets = "{$ref: 'parts/pets.yaml'}"
    write("api.yaml", DOCUMENT.replace("{description: Pets}", pets))
    write("parts/pets.yaml", "description: Old\n")
    commit("api.yaml", "parts")
    write("parts/pets.yaml", "description: New\n")
    opened = open_api("HEAD:api.yaml")
    response = opened.api.routes[0].methods[0].requests[0].successes[0]
    assert response.description == "Old"
    assert place(opened, response).startswith("HEAD:parts/pets.yaml:1")
    assert git("worktree", "list").count("\n") == 1


def test_python_at_a_revision_is_loaded_beside_that_of_the_working_tree() -> None:
    write("pyproject.toml", '[tool.routebook]\napi = "shop:API"\npath = ["src"]\n')
    write("src/shop/__init__.py", DESCRIPTION.replace("TITLE", "Old"))
    write("src/parts.py", PARTS)
    commit("src", "pyproject.toml")
    write("src/shop/__init__.py", "# moved down\n" + DESCRIPTION.replace("TITLE", "New"))
    write("src/parts.py", PARTS.replace('"all"', '"some"'))
    search = (Path("src"),)
    new = open_api("shop:API", None, search)
    modules = {name: sys.modules.get(name) for name in ("shop", "parts")}
    old = open_api("main:shop:API", None, search)
    assert (old.api.title, new.api.title) == ("Old", "New")
    assert old.api.routes[0].methods[0].requests[0].name == "all"
    assert place(old, old.api) == "main:src/shop/__init__.py:4"
    assert place(new, new.api) == "src/shop/__init__.py:5"
    assert open_api("main:.", None, search).api.title == "Old"
    assert open_api("main:src/shop/__init__.py", None, search).api.title == "Old"
    assert {name: sys.modules.get(name) for name in ("shop", "parts")} == modules
    assert open_api("shop:API", None, search).api.routes[0].methods[0].requests[0].name == "some"
    assert git("worktree", "list").count("\n") == 1
    assert git("status", "--porcelain").split() == [
        "M",
        "src/parts.py",
        "M",
        "src/shop/__init__.py",
    ]


def test_types_of_a_revision_keep_the_schemas_they_had() -> None:
    typed = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "from routebook import APIDescriptor\n"
        "@dataclass\nclass Pet:\n    name: Name\nName = str\n"
        "API = APIDescriptor(title='T', version='1', schemas={'Pet': Pet})\n"
    )
    write("typed/__init__.py", typed)
    commit("typed")
    write("typed/__init__.py", typed.replace("Name = str", "Name = int"))
    old, new = open_api("HEAD:typed:API"), open_api("typed:API")
    definitions: list[dict[str, object]] = [{}, {}]
    for opened, found in zip((old, new), definitions, strict=True):
        to_json_schema(opened.api.schemas["Pet"], found)
    assert [str(found).count("string") for found in definitions] == [1, 0]


@pytest.mark.parametrize(
    ("spec", "message", "hint"),
    [
        ("HEAD:apy.yaml", "HEAD:apy.yaml: there is no such file in this revision", "'api.yaml'"),
        ("HEAD:gone:API", "there is no module 'gone'", ""),
        ("HEAD:.", "HEAD:.: this folder configures no API", "set `api`"),
        ("HEAD:broken.py", "HEAD:broken.py:1: ZeroDivisionError", "mend it there"),
        ("HEAD:later:API", "there is no module 'later'", ""),
        ("HEAX:api.yaml", "no revision 'HEAX' of git", ""),
        ("--help:api.yaml", "no revision '--help' of git", ""),
    ],
)
def test_what_a_revision_does_not_have(spec: str, message: str, hint: str) -> None:
    write("api.yaml", DOCUMENT)
    write("broken.py", "1 / 0\n")
    commit("api.yaml", "broken.py")
    write("later.py", "from routebook import APIDescriptor as A\nAPI = A(title='L', version='1')")
    with pytest.raises(RoutebookError) as caught:
        open_api(spec)
    assert message in str(caught.value)
    assert hint in caught.value.hint
    assert git("worktree", "list").count("\n") == 1


def test_in_a_hook_of_git_the_index_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("shop.py", DESCRIPTION)
    write("parts.py", PARTS)
    commit("shop.py", "parts.py")
    index = tmp_path / "index-of-the-hook"
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    monkeypatch.setenv("GIT_DIR", ".git")
    open_api("HEAD:shop.py", tmp_path)
    assert not index.exists()


def test_hooks_do_not_run(tmp_path: Path) -> None:
    write("shop.py", DESCRIPTION)
    write("parts.py", PARTS)
    commit("shop.py", "parts.py")
    hook = write(".git/hooks/post-checkout", f"#!/bin/sh\ntouch '{tmp_path}/ran'\n")
    hook.chmod(0o755)
    open_api("HEAD:shop.py")
    assert not (tmp_path / "ran").exists()
