"""Laws that hold for the document of every API, in every version."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

import json_strategies
import strategies
from routebook import APIDescriptor
from routebook.emit import json as json_text
from routebook.openapi import VERSIONS, losses, read, validate, write
from routebook.openapi.dialect import down, up

heavy = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
versions = pytest.mark.parametrize("version", VERSIONS)


@heavy
@given(api=strategies.apis())
def test_the_document_of_any_api(api: APIDescriptor) -> None:
    """Drawing an API takes longer than all that is done with it: each law has the same ones."""
    for version in VERSIONS:
        nothing_is_lost(version, api)
        writing_leaves_the_description_alone(version, api)
        the_document_is_valid(version, api)


def nothing_is_lost(version: str, api: APIDescriptor) -> None:
    """What is written says all that the description says: it can be read back from it."""
    assert read(write(api, version)) == api


def writing_leaves_the_description_alone(version: str, api: APIDescriptor) -> None:
    before = repr(api)
    first = json_text.dump(write(api, version))
    losses(api, version)
    assert json_text.dump(write(api, version)) == first
    assert repr(api) == before


def the_document_is_valid(version: str, api: APIDescriptor) -> None:
    document = json.loads(json_text.dump(write(api, version, derive_ids=True)))
    findings = validate(document)
    if not any("does not come to an end" in one.message for one in findings):
        assert findings == ()


@versions
@settings(deadline=None)
@given(schema=json_strategies.schemas)
def test_schemas_come_back_from_older_dialects(version: str, schema: object) -> None:
    assert up(down(schema, version, lambda _: None), version) == schema


@given(schema=json_strategies.schemas)
@settings(deadline=None)
def test_openapi_31_says_every_schema_as_it_is(schema: object) -> None:
    told: list[str] = []
    assert down(schema, "3.1", told.append) == schema
    assert told == []
