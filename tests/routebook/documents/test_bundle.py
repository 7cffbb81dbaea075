"""References to other files: what is resolved, what it becomes, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from routebook.documents import Document, bundle, parse, read_file
from routebook.findings import DescriptionError, Finding

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def files(folder: Path, texts: Mapping[str, str]) -> Document:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    return read_file(folder / "api.yaml")


def bundled(folder: Path, texts: Mapping[str, str]) -> Any:
    return bundle(files(folder, texts)).data


def refused(folder: Path, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    with pytest.raises(DescriptionError) as caught:
        bundle(files(folder, texts))
    return caught.value.findings


def schemas(text: str, head: str = HEAD) -> str:
    body = "".join(f"    {line}\n" for line in dedent(text).strip().split("\n"))
    return f"{head}components:\n  schemas:\n{body}"


def test_a_document_without_references_to_files_is_the_same_object(tmp_path: Path) -> None:
    document = files(tmp_path, {"api.yaml": schemas("A: {$ref: '#/components/schemas/B'}\nB: {}")})
    assert bundle(document) is document


def test_a_target_becomes_a_component_of_the_kind_of_its_place(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": HEAD
            + """\
paths:
  /a:
    parameters: [{$ref: 'parts.yaml#/limit'}]
    post:
      requestBody: {$ref: 'parts.yaml#/body'}
      callbacks: {done: {$ref: 'parts.yaml#/callback'}}
      responses:
        200: {$ref: 'parts.yaml#/answer'}
""",
            "parts.yaml": """\
                limit: {name: limit, in: query, schema: {$ref: 'schemas/count.json'}}
                body: {content: {a/b: {examples: {one: {$ref: '#/example'}}}}}
                example: {value: {$ref: data.yaml}}
                callback: {'{$url}': {post: {responses: {200: {$ref: '#/answer'}}}}}
                answer:
                  description: A
                  headers: {X: {$ref: '#/header'}}
                  links: {next: {$ref: '#/link'}}
                header: {schema: {$ref: 'schemas/count.json'}}
                link: {operationId: x}
            """,
            "schemas/count.json": '{"type": "integer"}',
        },
    )
    components = data["components"]
    assert {kind: list(parts) for kind, parts in components.items()} == {
        "parameters": ["limit"],
        "requestBodies": ["body"],
        "callbacks": ["callback"],
        "responses": ["answer"],
        "schemas": ["count"],
        "examples": ["example"],
        "headers": ["header"],
        "links": ["link"],
    }
    count = {"$ref": "#/components/schemas/count"}
    assert components["parameters"]["limit"]["schema"] == count
    assert components["headers"]["header"]["schema"] == count
    assert components["schemas"]["count"] == {"type": "integer"}
    assert components["examples"]["example"] == {"value": {"$ref": "data.yaml"}}
    assert data["paths"]["/a"]["post"]["responses"]["200"] == {
        "$ref": "#/components/responses/answer"
    }


def test_a_component_gives_its_name_to_what_it_stands_for(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas("Pet: {$ref: pet.yaml}\nPets: {items: {$ref: ./pet.yaml#}}"),
            "pet.yaml": "properties: {friend: {$ref: 'pet.yaml'}}",
        },
    )
    own = {"$ref": "#/components/schemas/Pet"}
    assert data["components"]["schemas"] == {
        "Pet": {"properties": {"friend": own}},
        "Pets": {"items": own},
    }


def test_names_are_unique_and_readable(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas(
                """
                Error: {type: string}
                All:
                  prefixItems:
                  - {$ref: 'a.yaml#/Error'}
                  - {$ref: 'b.yaml#/Error'}
                  - {$ref: 'sub/a.yaml#/Error'}
                  - {$ref: 'a.yaml#/list/0'}
                  - {$ref: 'a.yaml#/with%20space~1slash'}
                """
            ),
            "a.yaml": "Error: {title: a}\nlist: [{title: l}]\nwith space/slash: {title: w}",
            "b.yaml": "Error: {title: b}",
            "sub/a.yaml": "Error: {title: sub}",
        },
    )
    parts = data["components"]["schemas"]
    assert {name: part.get("title") for name, part in parts.items()} == {
        "Error": None,
        "All": None,
        "a-Error": "a",
        "b-Error": "b",
        "Error-2": "sub",
        "a-0": "l",
        "with-space-slash": "w",
    }


def test_pointers_unescape_percent_and_tilde(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas("A: {not: {$ref: 'with%20space.yaml#/a~1b~0c/%25x'}}"),
            "with space.yaml": "a/b~c: {'%x': {title: found}}",
        },
    )
    assert {"title": "found"} in data["components"]["schemas"].values()


def test_cycles_between_files_and_back_to_the_document(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas("A: {properties: {b: {$ref: 'sub/b.yaml#/B'}}}"),
            "sub/b.yaml": "B: {properties: {c: {$ref: '../c.yaml#/C'}}}",
            "c.yaml": "C: {properties: {b: {$ref: 'sub/b.yaml#/B'}, "
            "a: {$ref: 'api.yaml#/components/schemas/A'}}}",
        },
    )
    parts = data["components"]["schemas"]
    assert list(parts) == ["A", "B", "C"]
    assert parts["C"]["properties"] == {
        "b": {"$ref": "#/components/schemas/B"},
        "a": {"$ref": "#/components/schemas/A"},
    }


def test_an_index_of_references_is_passed_through(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas("A: {items: {$ref: 'index.yaml#/Pet'}, not: {$ref: p.yaml}}"),
            "index.yaml": "Pet: {$ref: p.yaml}",
            "p.yaml": "title: pet",
        },
    )
    parts = data["components"]["schemas"]
    assert parts["A"]["items"] == parts["A"]["not"] == {"$ref": "#/components/schemas/Pet"}
    assert parts["Pet"] == {"title": "pet"}


def test_anchors_and_ids(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas(
                """
                A: {$anchor: a, title: a}
                B: {items: {$ref: '#a'}}
                C: {items: {$ref: 'lib.yaml#pets'}}
                D: {items: {$ref: 'https://example.com/tree'}}
                E: {$id: 'https://example.com/tree', $defs: {x: {}}, not: {$ref: '#/$defs/x'}}
                """
            ),
            "lib.yaml": """\
                $id: https://example.com/lib
                $defs:
                  pets: {$anchor: pets, items: {$ref: 'pet#/$defs/name'}}
                  pet: {$id: pet, $defs: {name: {type: string}}}
            """,
        },
    )
    parts = data["components"]["schemas"]
    assert parts["B"]["items"] == {"$ref": "#/components/schemas/A"}
    assert parts["C"]["items"] == {"$ref": "#/components/schemas/pets"}
    assert parts["pets"]["items"] == {"$ref": "#/components/schemas/name"}
    assert parts["D"]["items"] == {"$ref": "#/components/schemas/E"}
    assert parts["E"]["not"] == {"$ref": "#/components/schemas/E/$defs/x"}


def test_data_that_looks_like_a_reference_is_data(tmp_path: Path) -> None:
    text = schemas(
        """
        A:
          properties: {$ref: {type: string}}
          default: {$ref: nowhere.yaml}
          enum: [{$ref: nowhere.yaml}]
          const: {$ref: nowhere.yaml}
          example: {$ref: nowhere.yaml}
          examples: [{$ref: nowhere.yaml}]
          x-any: {$ref: nowhere.yaml}
        """
    )
    document = files(tmp_path, {"api.yaml": text})
    assert bundle(document).data == document.data


@pytest.mark.parametrize(("version", "shared"), [("3.0.3", False), ("3.1.0", True)])
def test_path_items(tmp_path: Path, version: str, shared: bool) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": f"openapi: {version}\npaths:\n  /a: {{$ref: items/a.yaml}}\n"
            "  /b: {$ref: items/a.yaml, summary: B}\n",
            "items/a.yaml": "get: {responses: {200: {$ref: '../r.yaml'}}}",
            "r.yaml": "description: yes",
        },
    )
    item = {"get": {"responses": {"200": {"$ref": "#/components/responses/r"}}}}
    reference = {"$ref": "#/components/pathItems/a"}
    if shared:
        assert data["paths"] == {"/a": reference, "/b": {**reference, "summary": "B"}}
        assert data["components"]["pathItems"] == {"a": item}
    else:
        assert data["paths"] == {"/a": item, "/b": {**item, "summary": "B"}}
    assert data["components"]["responses"] == {"r": {"description": "yes"}}


def test_swagger_keeps_its_own_homes(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": "swagger: '2.0'\npaths:\n  /a:\n    get:\n      responses:\n"
            "        200: {description: A, schema: {$ref: 'pet.yaml'}}\n",
            "pet.yaml": "type: object",
        },
    )
    assert data["definitions"] == {"pet": {"type": "object"}}


def test_discriminators_name_schemas_of_other_files(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {
            "api.yaml": schemas(
                """
                A:
                  oneOf: [{$ref: cat.yaml}]
                  discriminator: {propertyName: t, mapping: {c: cat.yaml, own: Dog}}
                """
            ),
            "cat.yaml": "title: cat",
        },
    )
    mapping = data["components"]["schemas"]["A"]["discriminator"]["mapping"]
    assert mapping == {"c": "#/components/schemas/cat", "own": "Dog"}


def test_places_are_those_of_the_files(tmp_path: Path) -> None:
    document = bundle(
        files(
            tmp_path,
            {
                "api.yaml": schemas("A:\n  items: {$ref: 'b.yaml#/B'}"),
                "b.yaml": "# head\nB:\n  title: b\n  properties:\n    x: {}\n",
            },
        )
    )
    where = document.locate("/components/schemas/B/properties/x/nothing")
    assert where is not None
    assert (where.file, where.line, where.column) == (str(tmp_path / "b.yaml"), 5, 5)
    here = document.locate("/components/schemas/A")
    assert here is not None
    assert (here.file, here.line, here.column) == (str(tmp_path / "api.yaml"), 5, 5)


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
