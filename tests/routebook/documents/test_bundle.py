"""References to other files: what is resolved, and what it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bundle_snippets import HEAD, bundled, files, schemas
from routebook.documents import bundle
from routebook.findings import DescriptionError


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


def test_early_swagger_refers_to_definitions_by_name(tmp_path: Path) -> None:
    data = bundled(
        tmp_path,
        {"api.yaml": "swagger: '2.0'\ndefinitions:\n  Pet: {}\n  Pets: {items: {$ref: Pet}}\n"},
    )
    assert data["definitions"]["Pets"] == {"items": {"$ref": "#/definitions/Pet"}}


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


ODD = {
    "api.yaml": """\
openapi: 3.0.3
info: {$ref: info.yaml}
tags: {$ref: tags.yaml}
paths: {$ref: paths.yaml}
components:
  schemas: {$ref: parts/schemas.yaml}
""",
    "info.yaml": "title: T\nversion: '1'\ndescription: {$ref: 'text.yaml#/told'}\n",
    "text.yaml": "told: A text.\n",
    "tags.yaml": "- {name: t, description: {$ref: 'text.yaml#/told'}}\n",
    "paths.yaml": """\
/a:
  parameters: {$ref: parts/parameters.yaml}
  get: {$ref: parts/get.yaml}
""",
    "parts/parameters.yaml": "- {name: l, in: query, schema: {$ref: 'schemas.yaml#/Limit'}}\n",
    "parts/get.yaml": "responses: {$ref: responses.yaml}\n",
    "parts/responses.yaml": """\
200: {description: d, content: {a/b: {schema: {$ref: 'schemas.yaml#/Pet'}}}}
""",
    "parts/schemas.yaml": """\
Pet: {type: object, properties: {$ref: properties.yaml}}
Limit: {type: integer}
""",
    "parts/properties.yaml": "friend: {$ref: 'schemas.yaml#/Pet'}\n",
}


def test_references_where_openapi_has_none(tmp_path: Path) -> None:
    """Maps, lists, operations and texts of other files, as many documents keep them."""
    assert bundled(tmp_path, ODD) == {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1", "description": "A text."},
        "tags": [{"name": "t", "description": "A text."}],
        "paths": {
            "/a": {
                "parameters": [
                    {"name": "l", "in": "query", "schema": {"$ref": "#/components/schemas/Limit"}}
                ],
                "get": {
                    "responses": {
                        "200": {
                            "description": "d",
                            "content": {"a/b": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                        }
                    }
                },
            }
        },
        "components": {
            "schemas": {
                "Pet": {
                    "type": "object",
                    "properties": {"friend": {"$ref": "#/components/schemas/Pet"}},
                },
                "Limit": {"type": "integer"},
            }
        },
    }


def test_the_place_of_what_such_a_reference_stands_for(tmp_path: Path) -> None:
    document = bundle(files(tmp_path, ODD))
    place = document.locate("/paths/~1a/get/responses/200/description")
    assert place is not None
    assert (Path(place.file).name, place.line) == ("responses.yaml", 1)


def test_a_map_that_holds_itself_is_refused(tmp_path: Path) -> None:
    changed = {"parts/properties.yaml": "a: {properties: {$ref: properties.yaml}}\n"}
    with pytest.raises(DescriptionError, match="leads back to what it stands in"):
        bundled(tmp_path, {**ODD, **changed})
