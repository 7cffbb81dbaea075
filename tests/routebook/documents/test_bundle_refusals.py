"""References to other files that are refused, and folders that are allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bundle_snippets import files, refused, schemas
from routebook.documents import bundle, parse
from routebook.findings import DescriptionError


@pytest.mark.parametrize(
    ("reference", "message", "hint"),
    [
        ("pett.yaml", "there is no file 'pett.yaml'", "did you mean 'pet.yaml'?"),
        ("pet.yaml#/Pett", "pet.yaml# has no 'Pett'", "did you mean 'Pet'?"),
        ("pet.yaml#Pett", "has no $anchor 'Pett'", "pointers begin with a slash"),
        ("../pet.yaml", "leads out of the document's folder", "--allow-refs"),
        ("/etc/hostname", "leads out of the document's folder", "--allow-refs /etc"),
        ("%2e%2e/pet.yaml", "leads out of the document's folder", "--allow-refs"),
        ("link.yaml", "leads out of the document's folder", "--allow-refs"),
        ("https://example.com/a.yaml", "is on the web", "--allow-refs https://example.com/a.yaml"),
        ("//example.com/a.yaml", "expected a file or a web address", ""),
        ("ftp://example.com/a", "expected a file or a web address", ""),
        ("file:///etc/hostname", "expected a file or a web address", ""),
        ("http://[", "is no reference", ""),
        ("sub", "there is no file 'sub'", ""),
        ("a%00b", "there is no file", ""),
        ("bad.yaml", "bad.yaml:1:5: is not YAML", ""),
        ("loop.yaml", "references go round in a circle: ", "one of them must lead"),
    ],
)
def test_what_is_refused_is_told_with_its_place(
    tmp_path: Path, reference: str, message: str, hint: str
) -> None:
    folder = tmp_path / "api"
    (tmp_path / "pet.yaml").write_text("{}")
    (folder / "sub").mkdir(parents=True)
    (folder / "link.yaml").symlink_to(tmp_path / "pet.yaml")
    found = refused(
        folder,
        {
            "api.yaml": schemas(f"A:\n  not:\n    $ref: '{reference}'"),
            "pet.yaml": "Pet: {}",
            "bad.yaml": "a: [",
            "loop.yaml": "{$ref: back.yaml}",
            "back.yaml": "{$ref: 'loop.yaml#'}",
        },
    )
    assert len(found) == 1
    assert message in str(found[0])
    assert hint in found[0].hint
    assert found[0].location is not None
    if "bad" not in reference:
        assert str(found[0].location) == f"{folder / 'api.yaml'}:7:9"
        assert found[0].place == "#/components/schemas/A/not/$ref"


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        {
            "api.yaml": schemas("A: {not: {$ref: a.yaml}}\nB: {not: {$ref: b.yaml}}"),
            "a.yaml": "not: {$ref: c.yaml}",
        },
    )
    assert [str(one.location).rpartition("/")[2] for one in found] == [
        "api.yaml:6:15",
        "a.yaml:1:7",
    ]


def test_a_circle_through_the_document_itself(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        {
            "api.yaml": schemas("A: {$ref: b.yaml}"),
            "b.yaml": "{$ref: 'api.yaml#/components/schemas/A'}",
        },
    )
    assert "api.yaml#/components/schemas/A -> " in found[0].message


def test_a_path_item_that_stands_in_itself(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        {
            "api.yaml": "openapi: 3.0.3\npaths: {/a: {$ref: a.yaml}}\n",
            "a.yaml": "post: {callbacks: {c: {x: {$ref: a.yaml}}}, responses: {}}",
        },
    )
    assert "leads back to what it stands in" in found[0].message


def test_folders_may_be_allowed(tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "pet.yaml").write_text("title: common")
    text = schemas("A: {not: {$ref: ../common/pet.yaml}}")
    document = files(tmp_path / "api", {"api.yaml": text})
    data = bundle(document, allow_refs=[str(tmp_path / "common")]).data
    assert data["components"]["schemas"]["pet"] == {"title": "common"}


def test_a_document_from_nowhere_has_no_folder(tmp_path: Path) -> None:
    (tmp_path / "pet.yaml").write_text("title: pet")
    document = parse(schemas("A: {not: {$ref: pet.yaml}}"), "<stdin>")
    with pytest.raises(DescriptionError, match="there is no folder in which"):
        bundle(document)
    data = bundle(document, tmp_path).data
    assert data["components"]["schemas"]["pet"] == {"title": "pet"}
