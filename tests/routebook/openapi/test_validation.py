"""The judgement of openapi-spec-validator, made sparingly: the same as the whole one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from openapi_parts import ID, answer, document
from openapi_snippets import SNIPPETS
from routebook.openapi import VERSIONS, reading, validate, write
from routebook.openapi.sparing import spared

WHOLE: dict[str, Any] = {
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
OTHER = {"$ref": "#/components/schemas/Other"}
VALUES: list[Any] = [None, True, 0, -1, 1.5, "", "a", "(", "string", "null", [], ["a"], ["a", "a"]]
VALUES += [[1], {}, {"a": {}}, {"a": 1}, {"type": "string"}, {"propertyName": "a"}, OTHER, [{}]]
VALUES += [{"$ref": "#/components/schemas/No"}, [OTHER], {"a": {"default": 1, "type": "string"}}]
KEYWORDS = [
    "type",
    "title",
    "description",
    "format",
    "pattern",
    "required",
    "enum",
    "items",
    "not",
    "properties",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "maxLength",
    "minItems",
    "uniqueItems",
    "nullable",
    "discriminator",
    "readOnly",
    "deprecated",
    "example",
    "examples",
    "const",
    "prefixItems",
    "contains",
    "if",
    "default",
    "multipleOf",
    "x-a",
    "$ref",
    "$id",
    "xml",
    "unheard",
]


def of(version: str, schema: Any) -> dict[str, Any]:
    """A document with a schema among the components, in a body and in a parameter."""
    parameters = [ID, {"name": "q", "in": "query", "schema": schema}]
    item = answer(content={"a/b": {"schema": {"type": "array", "items": schema}}})
    item["get"]["parameters"] = parameters
    schemas = {"Thing": schema, "Other": {"type": "object"}}
    return document(f"{version}.0", item, components={"schemas": schemas})


def is_valid(given: dict[str, Any], version: str) -> bool:
    """What the whole judgement says; where the validator stumbles, something is wrong."""
    try:
        return next(WHOLE[version](given).iter_errors(), None) is None
    except (Exception, RecursionError):  # noqa: BLE001  # whatever it stumbles over
        return False


@pytest.mark.parametrize("version", VERSIONS)
@given(st.dictionaries(st.sampled_from(KEYWORDS), st.sampled_from(VALUES), max_size=3))
@settings(max_examples=25, deadline=None)
def test_a_schema_is_valid_or_not_as_before(version: str, schema: dict[str, Any]) -> None:
    given = of(version, schema)
    assert (not validate(given)) == is_valid(given, version)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_document_is_valid_or_not_as_before(name: str) -> None:
    found = reading(SNIPPETS[name])
    written = write(found.api, found.version)
    judged = {**written, "paths": without_extensions(written["paths"])}
    assert (not validate(written)) == is_valid(judged, found.version)


def without_extensions(given: Any, *, here: bool = True) -> Any:
    """Paths without the extensions that the validator takes for path items."""
    if not isinstance(given, dict):
        return given
    return {
        key: {name: without_extensions(one) for name, one in value.items()}
        if key == "callbacks"
        else without_extensions(value, here=False)
        for key, value in given.items()
        if not (here and key.startswith("x-"))
    }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "bad", [{"minimum": "1"}, {"required": 1}, {"type": "text"}, {"default": 1, "type": "string"}]
)
def test_what_is_wrong_is_told_of_the_whole(
    monkeypatch: pytest.MonkeyPatch, version: str, bad: dict[str, Any]
) -> None:
    """A part that was spared stands in messages as it is in the document."""
    given = of(version, {"properties": {"good": {"type": "string"}, "bad": bad}})
    sparingly = [str(one) for one in validate(given)]
    monkeypatch.setattr("routebook.openapi.validation.spared", lambda document: document)
    assert sparingly == [str(one) for one in validate(given)] != []


DEFAULT = "#/components/schemas/Thing/properties"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("properties", "place", "message"),
    [
        (
            {"a": {"type": "string", "default": 1}, "b": {"type": "string", "default": 1}},
            f"{DEFAULT}/a/default",
            "1 is not of type 'string'",
        ),
        (
            {"c": {"allOf": [OTHER], "default": {"a": 1}}, "d": {"default": {"a": 2}}},
            f"{DEFAULT}/c/default/a",
            "1 is not of type 'string'",
        ),
    ],
    ids=["scalars", "objects"],
)
def test_a_default_that_does_not_fit_is_found(
    version: str, properties: dict[str, Any], place: str, message: str
) -> None:
    other = {"type": "object", "properties": {"a": {"type": "string"}}}
    schemas = {"Thing": {"type": "object", "properties": properties}, "Other": other}
    first, *_ = validate(document(f"{version}.0", answer(), components={"schemas": schemas}))
    assert first.place == place
    assert first.message == f"the default does not fit its schema: {message}"


@pytest.mark.parametrize("version", VERSIONS)
def test_an_operation_that_the_validator_names_is_the_place(version: str) -> None:
    answers = {"200": {"description": "ok"}}
    document = {
        "openapi": f"{version}.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/a/{b}": {"get": {"operationId": "o", "responses": answers}},
            "/c": {"post": {"operationId": "o", "responses": answers}},
        },
    }
    places = [one.place for one in validate(document)]
    assert places == ["#/paths/~1a~1{b}/get", "#/paths/~1c/post"]


@pytest.mark.parametrize(
    ("schema", "valid"),
    [
        ({"allOf": [OTHER], "required": ["a"]}, True),
        ({"allOf": [OTHER], "required": ["b"]}, False),
        ({"allOf": [OTHER], "default": {"a": "b"}}, True),
        ({"allOf": [OTHER], "default": {"a": 1}}, False),
    ],
)
def test_what_a_schema_needs_to_be_judged_is_there(schema: dict[str, Any], valid: bool) -> None:
    given = document("3.0.3", components={"schemas": {"Thing": schema}})
    properties = {"a": {"$ref": "#/components/schemas/Text"}}
    given["components"]["schemas"]["Other"] = {"type": "object", "properties": properties}
    given["components"]["schemas"]["Text"] = {"type": "string"}
    assert (not validate(given), is_valid(given, "3.0")) == (valid, valid)


def test_patterns_give_no_warnings(recwarn: pytest.WarningsRecorder) -> None:
    given = of("3.0", {"type": "string", "pattern": "^[[a-z]+$"})
    assert spared(given)["components"]["schemas"]["Thing"] == {}
    assert not recwarn.list


def test_schemas_that_are_plain_are_spared() -> None:
    given = of("3.0", {"type": "object", "properties": {"a": {"type": "string", "default": "b"}}})
    made = spared(given)
    assert made["components"]["schemas"] == {"Thing": {}, "Other": {}}
    assert made["paths"]["/things/{id}"]["get"]["parameters"][1] == {
        "name": "q",
        "in": "query",
        "schema": {},
    }


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"oneOf": [{"$ref": "#/components/schemas/Thing"}]}]},
        {"$ref": "#/components/schemas/Thing/items"},
        {"items": {"$ref": "#/paths/~1things~1{id}/get/parameters/0/schema"}},
    ],
    ids=["a circle", "a part of a schema", "a part of an operation"],
)
def test_references_that_need_what_is_there(schema: dict[str, Any]) -> None:
    given = of("3.0", schema)
    assert spared(given) is given


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.2"])
def test_extensions_of_callbacks_and_servers_of_links_are_valid(version: str) -> None:
    given = of(version, {"type": "string"})
    get = given["paths"]["/things/{id}"]["get"]
    get["callbacks"] = {"told": {"x-owner": None, "x-team": {"name": "a"}}}
    link = {"operationId": "other", "server": {"url": "https://b.example"}}
    get["responses"]["200"]["links"] = {"next": link}
    given["paths"]["/other"] = {
        "get": {"operationId": "other", "responses": {"200": {"description": "Done"}}}
    }
    assert validate(given) == ()
    get["callbacks"]["told"]["{$url}"] = 1
    assert len(validate(given)) == 1
