"""A document that was scattered over files is, bundled, what it was."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routebook import openapi
from routebook.documents import bundle, read_file
from routebook.loading import load
from strategies import apis

KINDS = ("schemas", "parameters", "responses", "headers", "requestBodies", "examples", "links")


DATA = ("value", "example", "default", "enum", "const", "mapping", "scopes", "parameters")
NAMED = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")


SHOP = openapi.read(
    """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    put:
      requestBody: {$ref: '#/components/requestBodies/Body'}
      responses: {200: {$ref: '#/components/responses/Answer'}}
components:
  schemas:
    Pet: {properties: {friend: {$ref: '#/components/schemas/Pet'}, $ref: {type: string}}}
    Tree: {$defs: {x: {}}, items: {$ref: '#/components/schemas/Tree'}, default: {$ref: a.yaml}}
  parameters: {Id: {name: id, in: path, required: true, schema: {type: integer}}}
  headers: {H: {schema: {$ref: '#/components/schemas/Tree'}}}
  examples: {One: {value: {$ref: a.yaml}}}
  links: {Next: {operationId: x, parameters: {id: 1}}}
  requestBodies:
    Body: {content: {a/b: {schema: {not: {$ref: '#/components/schemas/Pet'}}}}}
  responses:
    Answer:
      description: D
      headers: {H: {$ref: '#/components/headers/H'}}
      links: {Next: {$ref: '#/components/links/Next'}}
      content: {a/b: {examples: {One: {$ref: '#/components/examples/One'}}}}
"""
)


def moved(node: Any, root: str, *, named: bool = False) -> Any:
    """A part as it stands in another file: pointers lead back to the document."""
    if isinstance(node, list):
        return [moved(one, root) for one in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if named:
            made[key] = moved(value, root)
        elif key == "$ref":
            made[key] = f"{root}{value}"
        elif key in DATA or key.startswith("x-") or (key == "examples" and type(value) is list):
            made[key] = value
        else:
            made[key] = moved(value, root, named=key in NAMED)
    return made


def is_bare(node: Any) -> bool:
    return isinstance(node, dict) and "$ref" in node


@given(st.data(), st.sampled_from(["shop", "registry"]), st.sampled_from(openapi.VERSIONS))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_what_was_scattered_is_whole_again(data: st.DataObject, name: str, version: str) -> None:
    check(data, written(name, version))


@given(st.data(), apis(most_routes=1), st.sampled_from(openapi.VERSIONS))
@settings(deadline=None, max_examples=3, suppress_health_check=list(HealthCheck))
def test_any_api_that_was_scattered(data: st.DataObject, api: Any, version: str) -> None:
    check(data, json.dumps(openapi.write(api, version)))


@cache
def written(name: str, version: str) -> str:
    return json.dumps(openapi.write(SHOP if name == "shop" else load(), version))


def check(data: st.DataObject, text: str) -> None:
    whole, scattered = json.loads(text), json.loads(text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "parts").mkdir()
        for kind in KINDS:
            components = scattered.get("components", {}).get(kind, {})
            for index, (key, node) in enumerate(components.items()):
                if is_bare(node) or not data.draw(st.booleans()):
                    continue
                file = f"parts/{kind}-{index}.json"
                inside = {"x/y~z %": moved(node, "../api.json")}
                (folder / file).write_text(json.dumps(inside), encoding="utf-8")
                components[key] = {"$ref": f"{file}#/x~1y~0z%20%25"}
        (folder / "api.json").write_text(json.dumps(scattered), encoding="utf-8")
        document = bundle(read_file(folder / "api.json"))
    assert document.data == whole
    assert json.dumps(document.data) == json.dumps(whole), "the order"
