"""A next version of the bundled description, made of it: for tests, and for a page of the site.

It has some of what the OCI Distribution Specification 1.1 changed for clients: there is no
catalog, the manifests that refer to another are listed, a registry says that it understood
`subject`, and some error codes are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from registry_api.v2 import API, catalog, names, parameters, responses
from routebook import (
    APIDescriptor,
    BodyDescriptor,
    ErrorDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    Type,
)

GONE = {"MANIFEST_UNVERIFIED", "PAGINATION_NUMBER_INVALID", "RANGE_INVALID", "TAG_INVALID"}
"""Codes that the OCI Distribution Specification does not list."""

INDEX = BodyDescriptor(
    content=(
        MediaTypeDescriptor(
            content_type="application/vnd.oci.image.index.v1+json", schema={"type": "object"}
        ),
    )
)
SUBJECT = ParameterDescriptor(
    name="OCI-Subject",
    type=Type.DIGEST,
    description="The digest of the manifest's `subject`; with it, the registry lists referrers.",
)
LIST = RequestDescriptor(
    headers=(parameters.HOST,),
    path_parameters=(parameters.NAME, parameters.DIGEST),
    query_parameters=(
        ParameterDescriptor(name="artifactType", description="Only referrers of this type."),
    ),
    successes=(
        ResponseDescriptor(status_code=200, description="An image index of them.", body=INDEX),
    ),
    failures=responses.IN_REPOSITORY,
)
REFERRERS = RouteDescriptor(
    name="referrers",
    path=f"/v2/{{name:{names.NAME}}}/referrers/{{digest:{names.DIGEST}}}",
    entity="Referrers",
    methods=(
        MethodDescriptor(
            method="GET", operation_id="listReferrers", summary="List referrers", requests=(LIST,)
        ),
    ),
)


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """A descriptor with `change` made of it and of all that it holds, the innermost first.

    What becomes None is left out of the tuple that it stands in.
    """
    if isinstance(value, tuple):
        return tuple(made for item in value if (made := mapped(item, change)) is not None)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {field.name: getattr(value, field.name) for field in fields(value)}
    made = {name: mapped(item, change) for name, item in held.items()}
    new = {name: item for name, item in made.items() if item != held[name]}
    return change(replace(value, **new) if new else value)


def next_version() -> APIDescriptor:
    """The registry's API with these changes."""
    routes = tuple(route for route in API.routes if route is not catalog.CATALOG)
    made: APIDescriptor = mapped(replace(API, version="3.0", routes=(*routes, REFERRERS)), _edited)
    return made


def _edited(value: Any) -> Any:
    if isinstance(value, ErrorDescriptor) and value.value in GONE:
        return None
    if isinstance(value, MethodDescriptor) and value.operation_id == "putManifest":
        return mapped(value, _created)
    return value


def _created(value: Any) -> Any:
    if isinstance(value, ResponseDescriptor) and value.status_code == 201:
        return replace(value, headers=(*value.headers, SUBJECT))
    return value
