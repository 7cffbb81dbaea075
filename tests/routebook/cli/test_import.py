"""`import`: a document becomes a package, or nothing changes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from cli_support import CLI
from routebook import openapi
from routebook.loading import load
from support import routebook

PETS = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "get": {
                "operationId": "getPet",
                "tags": ["Pets"],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {
                    "200": {
                        "description": "The pet.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
            }
        }
    },
}


@pytest.fixture
def document(shop: Path) -> Path:
    """The current folder has `pets.json`."""
    (shop / "pets.json").write_text(json.dumps(PETS))
    return shop


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_the_package_is_what_was_read(cli: CLI, document: Path) -> None:
    result = cli("import", "pets.json", "-o", "shop_described/")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "Wrote shop_described: 4 files, 1 route, 1 schema\n"
        "Next:\n  routebook check shop_described\n  routebook build shop_described -o build\n"
    )
    assert files(document / "shop_described") == {
        "__init__.py", "schemas.py", "routes/__init__.py", "routes/pets.py",
    }  # fmt: skip
    assert load("shop_described", document) == openapi.read(document / "pets.json")


def test_the_next_commands_work_as_printed(cli: CLI, document: Path) -> None:
    result = cli("import", "pets.json", "-o", "spec/shop_next")
    commands = [line.split()[1:] for line in result.err.splitlines() if line.startswith("  ")]
    assert [cli(*command).code for command in commands] == [0, 0]
    assert (document / "build/openapi.yaml").is_file()


def test_types_can_be_left_out(cli: CLI, document: Path) -> None:
    cli("import", "pets.json", "-o", "shop_typed")
    cli("import", "pets.json", "-o", "shop_bare", "--no-types")
    assert "class Pet(rb.TypedDict):" in (document / "shop_typed/schemas.py").read_text()
    assert "class" not in (document / "shop_bare/schemas.py").read_text()
    assert load("shop_typed", document) == load("shop_bare", document)


def test_a_python_description_can_be_imported(cli: CLI, document: Path) -> None:
    assert cli("import", "shop.py", "-o", "shop_again").code == 0
    assert load("shop_again", document) == load("shop.py", document)


def test_standard_input(document: Path) -> None:
    import subprocess

    result = subprocess.run(
        [sys.executable, "-m", "routebook", "import", "-", "-o", "pets", "-q"],
        input=json.dumps(PETS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert "pets.py" in os.listdir(document / "pets/routes")  # noqa: PTH208  # names only


def test_nothing_is_overwritten_without_force(cli: CLI, document: Path) -> None:
    cli("import", "pets.json", "-o", "shop_kept")
    (document / "shop_kept/schemas.py").write_text("# mine\n")
    (document / "shop_kept/mine.py").write_text("")
    refused = cli("import", "pets.json", "-o", "shop_kept")
    assert refused.code == 2
    assert "--force" in refused.err
    assert (document / "shop_kept/schemas.py").read_text() == "# mine\n"
    assert cli("import", "pets.json", "-o", "shop_kept", "--force").code == 0
    assert "class Pet" in (document / "shop_kept/schemas.py").read_text()
    assert not (document / "shop_kept/mine.py").exists()


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("pet-shop", "write to pet_shop"),
        ("class", "write to class_"),
        (".", "current folder"),
        ("pets.json", "no name for a package"),
        ("file", "is not a folder"),
        ("notes", "there is readme.md"),
        ("plain", "it has no __init__.py"),
    ],
)
def test_places_that_are_refused(cli: CLI, document: Path, output: str, says: str) -> None:
    (document / "file").write_text("")
    for name, file in (("notes", "readme.md"), ("notes", "__init__.py"), ("plain", "a.py")):
        (document / name).mkdir(exist_ok=True)
        (document / name / file).write_text("")
    before = files(document)
    result = cli("import", "pets.json", "-o", output, "--force")
    assert result.code == 2
    assert says in result.err
    assert files(document) == before


def test_the_current_folder_is_not_replaced(
    cli: CLI, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("import", "pets.json", "-o", "shop_here")
    monkeypatch.chdir(document / "shop_here")
    assert "current folder" in cli("import", "../pets.json", "-o", ".", "--force").err
    assert (document / "shop_here/schemas.py").is_file()


def test_a_broken_document_leaves_nothing(cli: CLI, document: Path) -> None:
    (document / "broken.json").write_text('{"openapi": "3.1.0", "paths": [')
    before = files(document)
    result = cli("import", "broken.json", "-o", "new/broken")
    assert result.code == 2
    assert "broken.json:1:" in result.out + result.err
    assert files(document) == before
    assert not (document / "new").exists()


def test_what_cannot_be_written_leaves_all_as_it_was(
    cli: CLI, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full after some files, and then at the last step."""
    cli("import", "pets.json", "-o", "shop_full")
    before = {p: p.read_text() for p in document.rglob("*.py")}
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    result = cli("import", "pets.json", "-o", "shop_full", "--force", "--no-types")
    assert result.code == 2
    assert "No space left on device" in result.err
    assert {p: p.read_text() for p in document.rglob("*.py")} == before
    assert not list(document.glob(".shop_full*"))


def test_the_same_on_every_hash_seed(document: Path) -> None:
    texts = []
    for seed in ("1", "2"):
        folder = document / f"seed{seed}"
        routebook("import", "registry-v2", "-o", folder, env={"PYTHONHASHSEED": seed})
        texts.append({p.relative_to(folder): p.read_text() for p in folder.rglob("*.py")})
    assert texts[0] == texts[1]
    assert len(texts[0]) > 10


def test_the_package_has_the_name_that_is_asked_for(cli: CLI, document: Path) -> None:
    assert cli("import", "pets.json", "-o", "spec", "--name", "petstore").code == 0
    assert (document / "spec/petstore/__init__.py").is_file()
    result = cli("import", "pets.json", "-o", "spec", "--name", "pet-store")
    assert (result.code, "such as pet_store" in result.err) == (2, True)
