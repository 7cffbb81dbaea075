from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from jsonschema import Draft202012Validator

from registry_api.v2 import API
from registry_api.v2.schemas import TagList
from routebook import (
    Condition,
    ErrorDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    ResponseDescriptor,
)
from routebook.schemas import parameter_schema, to_json_schema

Kind = TypeVar("Kind")


def parts(value: Any) -> Iterator[Any]:
    """Every descriptor in `value`, once for each place where it stands."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from parts(item)
    elif dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from parts(getattr(value, field.name))


def all_of(kind: type[Kind]) -> list[Kind]:
    return list({id(part): part for part in parts(API) if isinstance(part, kind)}.values())


@pytest.fixture(scope="module")
def definitions() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for schema in API.schemas.values():
        to_json_schema(schema, found)
    return found


def errors_of(schema: Any, value: Any, definitions: dict[str, Any]) -> list[str]:
    root = {"$ref": "#/it", "it": schema, "components": {"schemas": definitions}}
    return [error.message for error in Draft202012Validator(root).iter_errors(value)]


def test_every_named_schema_becomes_json_schema(definitions: dict[str, Any]) -> None:
    assert set(definitions) == set(API.schemas)
    for name, schema in definitions.items():
        Draft202012Validator.check_schema(schema)
        assert schema["description"], name
        properties = schema.get("properties", {})
        bare = {key for key, one in properties.items() if not {"description", "$ref"} & set(one)}
        assert bare == set(), name


def test_examples_of_bodies_are_valid(definitions: dict[str, Any]) -> None:
    contents = [content for content in all_of(MediaTypeDescriptor) if content.examples]
    assert len(contents) == 10
    for content in contents:
        schema = to_json_schema(content.schema, definitions)
        for example in content.examples:
            assert errors_of(schema, example.value, definitions) == [], content.content_type


def test_examples_of_parameters_are_valid(definitions: dict[str, Any]) -> None:
    for parameter in all_of(ParameterDescriptor):
        for example in parameter.examples:
            schema = parameter_schema(parameter)
            assert errors_of(schema, example, definitions) == [], parameter.name


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("BLOB_UNKNOWN", "sha256:" + "9f" * 32),
        ("MANIFEST_BLOB_UNKNOWN", "sha256:" + "9f" * 32),
        ("DIGEST_INVALID", "digest missing"),
        ("DIGEST_INVALID", {"Digest": "sha256:" + "9f" * 32, "Reason": {}}),
        ("MANIFEST_UNKNOWN", {"Tag": "24.04"}),
        ("MANIFEST_UNKNOWN", {"Name": "foo/bar", "Revision": "sha256:" + "9f" * 32}),
        ("NAME_UNKNOWN", {"name": "foo/bar"}),
        ("NAME_INVALID", {"Name": "a" * 300, "Reason": {}}),
        ("PAGINATION_NUMBER_INVALID", {"n": 2000000}),
        ("PAGINATION_NUMBER_INVALID", {"n": "many"}),
        ("UNAUTHORIZED", None),
        (
            "UNAUTHORIZED",
            [{"Type": "repository", "Class": "", "Name": "a", "Action": "pull"}],
        ),
        ("UNAVAILABLE", "health check failed: please see /debug/health"),
    ],
)
def test_details_that_registries_send_are_valid(
    code: str, detail: Any, definitions: dict[str, Any]
) -> None:
    described = next(one for one in all_of(ErrorDescriptor) if one.value == code)
    assert errors_of(to_json_schema(described.detail, definitions), detail, definitions) == []


def test_a_type_is_a_dict() -> None:
    tags: TagList = {"name": "library/ubuntu", "tags": []}
    assert tags == TagList(name="library/ubuntu", tags=[])


def test_components_have_names_of_their_own() -> None:
    shared = [part for part in parts(API) if getattr(part, "component", "")]
    by_name: dict[tuple[type, str], Any] = {}
    for part in shared:
        assert by_name.setdefault((type(part), part.component), part) == part


def test_failures_that_repeat_are_components() -> None:
    places = Counter(
        response
        for route in API.routes
        for method in route.methods
        for request in method.requests
        for response in {id(one): one for one in (*request.successes, *request.failures)}.values()
    )
    assert [one.name for one, count in places.items() if count > 1 and not one.component] == []


def test_answers_have_names_of_their_own() -> None:
    for route in API.routes:
        for method in route.methods:
            for request in method.requests:
                answers = [*request.successes, *request.failures]
                names = [(one.status_code, one.name) for one in answers]
                assert len(set(names)) == len(names), (route.name, method.method)
                assert all(one.name and one.description for one in answers)


def test_head_answers_have_no_body_and_no_codes() -> None:
    heads = [method for method in all_of(MethodDescriptor) if method.method == "HEAD"]
    for part in parts(heads):
        if isinstance(part, ResponseDescriptor):
            assert part.body is None
            assert part.error_codes == ()


def holds(condition: Condition, present: frozenset[str]) -> bool:
    return present.issuperset(condition.present) and present.isdisjoint(condition.absent)


def test_each_request_is_of_exactly_one_variant() -> None:
    for method in all_of(MethodDescriptor):
        if len(method.requests) == 1:
            assert method.requests[0].condition is None
            continue
        conditions = [request.condition or Condition() for request in method.requests]
        assert all(request.name and request.when for request in method.requests)
        named = sorted({part for one in conditions for part in (*one.present, *one.absent)})
        for chosen in itertools.product((False, True), repeat=len(named)):
            present = frozenset(itertools.compress(named, chosen))
            assert sum(holds(one, present) for one in conditions) == 1, (
                method.operation_id,
                present,
            )


def test_every_operation_has_what_readers_and_clients_need() -> None:
    methods = all_of(MethodDescriptor)
    groups = {tag.name for tag in API.tags}
    assert len({method.operation_id for method in methods}) == len(methods) == 15
    for method in methods:
        assert method.summary
        assert method.description
        assert set(method.tags) <= groups
    assert {name for method in methods for name in method.tags} == groups


def test_aliases_lead_to_one_place() -> None:
    places = Counter(
        alias
        for part in {id(part): part for part in parts(API)}.values()
        for alias in getattr(part, "aliases", ())
    )
    assert [alias for alias, count in places.items() if count > 1] == []
    codes = {alias for code in all_of(ErrorDescriptor) for alias in code.aliases}
    assert codes == {f"code-{number}" for number in range(1, 15)}
