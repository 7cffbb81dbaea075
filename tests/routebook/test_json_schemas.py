"""Types under the names of a document, and keywords for whole classes.

Annotations are evaluated at once: as text, only pydantic reads them.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

from routebook import JsonSchema, TypedDict
from routebook.schemas import json_schemas, to_json_schema


class Pet(TypedDict):
    name: str


@JsonSchema(title="Who has pets", required=["pet"], additionalProperties=False)
class Owner(TypedDict):
    pet: Pet
    pets: list[Pet]


@dataclass
class Heavy:
    """Only pydantic converts it."""

    size: int


def test_types_refer_to_each_other_by_the_names_of_the_document() -> None:
    found = json_schemas({"an-owner": Owner, "a.pet": Pet, "other": {"type": "null"}, "any": True})
    assert list(found) == ["an-owner", "a.pet", "other", "any"]
    assert found["an-owner"]["properties"] == {
        "pet": {"$ref": "#/components/schemas/a.pet"},
        "pets": {"type": "array", "items": {"$ref": "#/components/schemas/a.pet"}},
    }
    assert found["a.pet"] == {
        "type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"],
    }  # fmt: skip
    assert (found["other"], found["any"]) == ({"type": "null"}, True)


def test_keywords_of_a_class_are_laid_over_what_it_says() -> None:
    found = json_schemas({"Owner": Owner, "Pet": Pet})["Owner"]
    assert found["title"] == "Who has pets"
    assert found["required"] == ["pet"]
    assert found["additionalProperties"] is False


def test_pydantic_lays_them_over_as_well() -> None:
    schema = TypeAdapter(Owner).json_schema(ref_template="{model}")
    assert schema["title"] == "Who has pets"
    assert schema["required"] == ["pet"]
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Pet"]["properties"]["name"]["type"] == "string"


def test_a_type_without_plain_parts_is_converted_by_pydantic() -> None:
    found = json_schemas({"Heavy": Heavy, "list": list[Heavy]})
    assert found["Heavy"]["properties"]["size"]["type"] == "integer"
    assert found["list"]["items"] == {"$ref": "#/components/schemas/Heavy"}


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (
            Annotated[str | None, JsonSchema(type=["string", "null"], maxLength=5)],
            {"type": ["string", "null"], "maxLength": 5},
        ),
        (Annotated[dict[str, Any], JsonSchema(type="object")], {"type": "object"}),
        (Annotated[str, JsonSchema(maxLength=5)], {"type": "string", "maxLength": 5}),
        (Annotated[str, JsonSchema({"$comment": "a", "not": {}})],
         {"type": "string", "$comment": "a", "not": {}}),
        (Annotated[int, JsonSchema(title="How many")], {"type": "integer", "title": "How many"}),
    ],
)  # fmt: skip
def test_with_a_type_keywords_say_everything(annotation: Any, schema: dict[str, Any]) -> None:
    assert json_schemas({"it": annotation}) == {"it": schema}
    assert TypeAdapter(annotation).json_schema() == schema
    assert to_json_schema(annotation, {}) == schema
