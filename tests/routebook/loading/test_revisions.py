"""What `REV:WHAT` leads to: paths, links, references, names of revisions, and why there is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from routebook import DescriptionError, RoutebookError
from routebook.loading import load
from routebook.loading.revisions import divided, missing
from support import run

DOCUMENT = "openapi: 3.1.0\ninfo: {title: TITLE, version: '1'}\npaths: {}\n"
RAISING = """\
from routebook import DescriptionError, Finding
raise DescriptionError([Finding(rule="r", place="", message="{} is wrong".format(__file__))])
"""
REFERRING = """\
openapi: 3.1.0
info: {title: Old, version: '1'}
paths: {}
components:
  schemas:
    Pet: {$ref: ../common/pet.yaml}
"""
LINKS = {
    "alias.yaml": "api/api.yaml",
    "folder": "api",
    "api/up.yaml": "../top.yaml",
    "out.yaml": "/dev/null",
    "beside.yaml": "../beside.yaml",
    "gone.yaml": "nothing.yaml",
    "loop.yaml": "loop.yaml",
    "code.py": "../code.py",
    "elsewhere": "..",
    "api/outer": "../..",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose commit has old documents, and whose working tree new ones."""
    folder = tmp_path_factory.mktemp("made") / "repository"
    for name in ("api/api.yaml", "top.yaml", "api/refers.yaml", "common/pet.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(DOCUMENT.replace("TITLE", "Old"))
    (folder / "raises.py").write_text(RAISING)
    (folder / "api/refers.yaml").write_text(REFERRING)
    (folder / "common/pet.yaml").write_text("{type: string}")
    for name, target in LINKS.items():
        (folder / name).symlink_to(target)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Old")
    (folder / "api/api.yaml").write_text(DOCUMENT.replace("TITLE", "New"))
    (folder / "common/pet.yaml").write_text("{type: integer}")
    (folder.parent / "code.py").write_text("raise SystemExit('it ran')")
    return folder


@pytest.fixture
def repository(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    return made


def git(folder: Path, *arguments: str) -> str:
    done = run("git", "-c", "user.name=A", "-c", "user.email=a@b", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal(spec: str, *allow_refs: str) -> str:
    with pytest.raises(RoutebookError) as caught:
        load(spec, allow_refs=allow_refs)
    error = caught.value
    hints = [one.hint for one in error.findings] if isinstance(error, DescriptionError) else []
    return "\n".join([str(error), error.hint, *hints])


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    "spec",
    [
        "main:{root}/api/api.yaml",
        "main:{root}/common/../top.yaml",
        "main:alias.yaml",
        "main:folder/api.yaml",
        "main:folder/up.yaml",
        "HEAD@{{0}}:top.yaml",
        "HEAD@{{00:00}}:top.yaml",
        "HEAD^{{/O}}:top.yaml",
    ],
)
def test_what_a_revision_has(repository: Path, spec: str) -> None:
    assert load(spec.format(root=repository)).title == "Old"


def test_an_absolute_path_by_another_name(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(repository)
    monkeypatch.chdir(tmp_path / "link" / "api")
    assert load(f"main:{tmp_path}/link/api/api.yaml").title == "Old"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("main:/none/api.yaml", "main:/none/api.yaml: it is outside of the repository"),
        ("main:../api.yaml", "main:../api.yaml: it is outside of the repository"),
        ("main:out.yaml", "the symbolic link leads out of the repository, to '/dev/null'"),
        ("main:beside.yaml", "the symbolic link leads out of the repository, to '../beside.yaml'"),
        ("main:gone.yaml", "main:gone.yaml: the symbolic link leads to nothing"),
        ("main:loop.yaml", "main:loop.yaml: symbolic links lead round in a circle"),
        ("main:top.yaml/api.yaml", "main:top.yaml/api.yaml: there is no such file in this rev"),
        ("main:code.py", "main:code.py: a symbolic link leads out of the revision"),
        ("main:code.py:API", "main:code.py: a symbolic link leads out of the revision"),
        ("main:elsewhere", "main:elsewhere: a symbolic link leads out of the revision"),
        ("main:a\nb.yaml", "there is no such file in this revision"),
        ("nowhere:shop.api:API", "nowhere:shop.api:API: there is no revision 'nowhere' of git"),
        ("main:shop.api:API", "main:shop.api:API: there is no module 'shop' in this revision"),
        ("main:shop", "main:shop: there is no such module in this revision"),
        ("main:raises.py", "main:raises.py is wrong"),
        ("main:shop.py:API", "main:shop.py:API: there is no such file in this revision"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_a_revision_has_not(spec: str, said: str) -> None:
    assert said in refusal(spec)


@pytest.mark.parametrize(
    ("folder", "spec", "allow"),
    [
        (".", "main:api/refers.yaml", "common"),
        (".", "main:api/refers.yaml", "{root}/common"),
        (".", "main:api/refers.yaml", "."),
        ("api", "main:refers.yaml", "../common"),
        ("common", "main:{root}/api/refers.yaml", "."),
    ],
)
def test_references_are_allowed_into_folders_of_the_revision(
    repository: Path, monkeypatch: pytest.MonkeyPatch, folder: str, spec: str, allow: str
) -> None:
    monkeypatch.chdir(repository / folder)
    spec, allow = (text.format(root=repository) for text in (spec, allow))
    told = refusal(spec)
    assert "'../common/pet.yaml' leads out of the document's folder" in told
    assert told.endswith(f"--allow-refs {os.path.relpath(repository / 'common')}")
    assert load(spec, allow_refs=[allow]).schemas["Pet"] == {"type": "string"}


@pytest.mark.usefixtures("repository")
def test_a_link_out_of_the_revision_allows_nothing_there() -> None:
    assert "--allow-refs common" in refusal("main:api/refers.yaml", "elsewhere")


@pytest.mark.parametrize(
    ("spec", "parts"),
    [
        ("main:api.yaml", ("main", "api.yaml")),
        ("main:shop.api:API", ("main", "shop.api:API")),
        ("HEAD@{10:30}:a.yaml", ("HEAD@{10:30}", "a.yaml")),
        ("HEAD^{/fix: a}:a:b", ("HEAD^{/fix: a}", "a:b")),
        ("HEAD@{10:30", ("", "")),
        (":a.yaml", ("", "")),
        ("main:", ("", "")),
        ("api.yaml", ("", "")),
    ],
)
def test_a_name_is_divided_at_the_first_colon_outside_of_braces(
    spec: str, parts: tuple[str, str]
) -> None:
    assert divided(spec) == parts


def _outside(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("outside").mkdir(exist_ok=True)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd()))
    monkeypatch.chdir("outside")


def _foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")


def _absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path.cwd() / "api"))


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("spoil", "reason", "hint"),
    [
        (_outside, "this folder is in no repository of git", "run it in a checkout"),
        (_foreign, 'git says "detected dubious ownership in', "config --global --add safe.direc"),
        (_absent, "git is not installed", "install git, or name files"),
    ],
)
def test_why_there_are_no_revisions(
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[pytest.MonkeyPatch], None],
    reason: str,
    hint: str,
) -> None:
    spoil(monkeypatch)
    why = missing(Path.cwd())
    assert why.reason.startswith(reason)
    assert hint in why.hint
    told = refusal("main:top.yaml")
    assert f"no revision 'main' of git: {reason}" in told
    assert hint in told
    assert "fetch" not in told


def test_a_document_through_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reading, writing = os.pipe()
    try:
        os.write(writing, DOCUMENT.encode())
    finally:
        os.close(writing)
    assert load(f"/dev/fd/{reading}").title == "TITLE"
    os.close(reading)
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    with (tmp_path / "api.yaml").open() as file:
        assert load(f"/dev/fd/{file.fileno()}").title == "TITLE"
    assert "/dev/null: expected JSON or YAML, found an empty file" in refusal("/dev/null")
