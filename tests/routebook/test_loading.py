from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from routebook import APIDescriptor, RoutebookError
from routebook.loading import load, load_registered, registered_names

PETS = 'from routebook import APIDescriptor\nAPI = APIDescriptor(title="Pets", version="1")\n'


@pytest.fixture(autouse=True)
def _undisturbed(tmp_path: Path) -> Iterator[None]:
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def write(folder: Path, name: str, text: str = PETS) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def refusal(spec: str, base: Path | None = None) -> RoutebookError:
    with pytest.raises(RoutebookError) as caught:
        load(spec, base)
    return caught.value


def test_nothing_and_the_registered_name_and_the_module_are_the_bundled_api() -> None:
    assert load() is load("registry-v2") is load("registry_api.v2:API") is load("registry_api.v2")
    assert "registry-v2" in registered_names()


@pytest.mark.parametrize(
    "spec",
    ["pets_a.py", "pets_a.py:API", "pets_a:API", "pets_a", "./pets_a.py", "sub/../pets_a.py"],
)
def test_files_and_modules_of_the_base(tmp_path: Path, spec: str) -> None:
    write(tmp_path, "pets_a.py")
    (tmp_path / "sub").mkdir()
    assert load(spec, tmp_path).title == "Pets"


def test_an_absolute_file(tmp_path: Path) -> None:
    file = write(tmp_path / "with space", "pets.py")
    assert load(str(file)).title == load(f"{file}:API").title == "Pets"


def test_modules_of_further_folders(tmp_path: Path) -> None:
    write(tmp_path / "src", "pets_b/__init__.py", "")
    write(tmp_path / "src", "pets_b/api.py")
    assert load("pets_b.api:API", tmp_path, [tmp_path / "src"]).title == "Pets"


def test_a_file_is_read_anew_each_time_and_imports_its_neighbours(tmp_path: Path) -> None:
    write(tmp_path, "pets_neighbour.py", "TITLE = 'Cats'")
    body = "from pets_neighbour import TITLE\n" + PETS.replace('"Pets"', "TITLE")
    file = write(tmp_path, "pets.py", body)
    assert load(str(file)).title == "Cats"
    write(tmp_path, "pets.py", body.replace("title=TITLE", "title='Dogs'"))
    assert load(str(file)).title == "Dogs"


def test_the_only_api_of_a_module_needs_no_name(tmp_path: Path) -> None:
    write(tmp_path, "one.py", PETS.replace("API =", "PETS = ALIAS ="))
    assert load("one.py", tmp_path).title == "Pets"


def test_what_a_description_prints_does_not_reach_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "loud.py", "print('hello')\n" + PETS)
    load("loud.py", tmp_path)
    assert capsys.readouterr() == ("", "hello\n")


def test_schemas_in_a_file_resolve_their_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        "typed.py",
        "from __future__ import annotations\n"
        "from dataclasses import dataclass\n"
        "import typing\n"
        "@dataclass\nclass Pet:\n    name: str\n    friend: Pet | None = None\n"
        "assert typing.get_type_hints(Pet)\n" + PETS,
    )
    assert load("typed.py", tmp_path).title == "Pets"


@pytest.mark.parametrize(
    ("spec", "message", "hint"),
    [
        ("registry-v3", "no description is called 'registry-v3'", "did you mean 'registry-v2'?"),
        ("registry_api.v2:APY", "registry_api.v2: there is no 'APY'", "did you mean 'API'?"),
        ("registry_api.v2:RouteName", "not an APIDescriptor", "API"),
        ("registry_api.v3:API", "there is no module 'registry_api.v3'", ""),
        ("registry_api.vv2:API", "there is no module 'registry_api.vv2'", "'registry_api.v2'"),
        ("pet.py", "pet.py: there is no such file", "did you mean 'pets.py'?"),
        ("pets.py:", "names no description", "package.module:NAME"),
        (":API", "names no description", "package.module:NAME"),
        (".pets:API", "names no module", "package.module:NAME"),
        ("openapy.yaml", "openapy.yaml: there is no such file", "did you mean 'openapi.yaml'?"),
        ("https://example.com/a.yaml", "not fetched from the web", "curl"),
        ("nowhere:a.yaml", "no such file, and no revision 'nowhere' of git", ""),
        ("empty", "empty: this folder configures no API", "set `api` of [tool.routebook]"),
        ("many.py", "it has several APIs", "many.py:CATS, many.py:DOGS"),
        ("none.py", "it has no APIDescriptor", "API = APIDescriptor(...)"),
        ("folder.py", "folder.py: cannot be read", ""),
    ],
)
def test_what_cannot_be_found_is_told_with_the_nearest(
    tmp_path: Path, spec: str, message: str, hint: str
) -> None:
    write(tmp_path, "pets.py")
    write(tmp_path, "none.py", "X = 1")
    write(
        tmp_path,
        "many.py",
        "from routebook import APIDescriptor as A\n"
        "CATS = A(title='C', version='1')\nDOGS = A(title='D', version='1')\n",
    )
    write(tmp_path, "openapi.yaml", "")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "empty").mkdir()
    error = refusal(spec, tmp_path)
    assert message in str(error)
    assert hint in error.hint


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("x = 1\nboom = 1 / 0\n", "broken.py:2", "ZeroDivisionError: division by zero"),
        ("x = 1\ndef f(:\n", "broken.py:2", "invalid syntax"),
        ("import no_such_thing\n", "broken.py:1", "No module named 'no_such_thing'"),
        ("raise SystemExit(3)\n", "broken.py:1", "SystemExit: 3"),
        ("import json\n\njson.loads('{')\n", "broken.py:3", "JSONDecodeError"),
        ("from routebook import paths\npaths.parse('/{')\n", "broken.py:2", "is never closed"),
        ("from routebook import APIDescriptor\nAPIDescriptor()\n", "broken.py:2", "TypeError"),
        ("from . import x\n", "broken.py:1", "ImportError"),
    ],
)
@pytest.mark.parametrize("spec", ["broken.py", "broken:API"])
def test_a_failing_description_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spec: str, body: str, place: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "broken.py", body)
    error = refusal(spec, tmp_path)
    assert error.place.startswith(place)
    assert message in error.message


def test_the_failing_line_is_that_of_the_description_deepest_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "pets_helper.py", "def f():\n    return {}['x']\n")
    write(tmp_path, "pets.py", "from pets_helper import f\nf()\n")
    assert refusal("pets.py", tmp_path).place == "pets_helper.py:2"


def test_a_name_that_nobody_registered() -> None:
    with pytest.raises(RoutebookError, match="no description is registered as 'registry-v1'"):
        load_registered("registry-v1")


def test_a_file_leaves_no_broken_module_behind(tmp_path: Path) -> None:
    write(tmp_path, "broken.py", "1 / 0")
    before = set(sys.modules)
    refusal("broken.py", tmp_path)
    assert not [n for n in set(sys.modules) - before if n.startswith("routebook_description")]


def test_the_result_is_a_description() -> None:
    assert isinstance(load(), APIDescriptor)
