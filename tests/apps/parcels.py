"""A small API for the tests of the servers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from routebook import (
    APIDescriptor,
    Condition,
    ErrorDescriptor,
    ErrorGroup,
    Errors,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    Type,
)
from routebook.messages import Request, Response

PARCEL_UNKNOWN = ErrorDescriptor(value="PARCEL_UNKNOWN", message="no parcel", http_status=404)
ID_INVALID = ErrorDescriptor(value="ID_INVALID", message="no id", http_status=400)
COUNT_INVALID = ErrorDescriptor(value="COUNT_INVALID", message="bad count", http_status=400)
METHOD_REFUSED = ErrorDescriptor(value="METHOD_REFUSED", message="no", http_status=405)
GROUPS = (
    ErrorGroup(name="parcels", errors=(PARCEL_UNKNOWN, ID_INVALID, COUNT_INVALID, METHOD_REFUSED)),
)
BAD = ResponseDescriptor(status_code=400, error_codes=(ID_INVALID, COUNT_INVALID))
ID = ParameterDescriptor(name="id", regexp="[0-9]+", schema={"maxLength": 4})

LIST = RequestDescriptor(
    query_parameters=(
        ParameterDescriptor(name="count", type=Type.INTEGER, schema={"minimum": 1, "maximum": 9}),
        ParameterDescriptor(name="sort", schema={"type": "string", "enum": ["asc", "desc"]}),
        ParameterDescriptor(name="heavy", type=Type.BOOLEAN),
        ParameterDescriptor(name="weight", type=Type.NUMBER, schema={"exclusiveMinimum": 0}),
        ParameterDescriptor(name="like", regexp="[0-9]+"),
        ParameterDescriptor(name="tags", type=Type.ARRAY),
    ),
    headers=(ParameterDescriptor(name="X-Depot", regexp="[A-Z]{3}"),),
    cookie_parameters=(ParameterDescriptor(name="session", schema={"pattern": "^s[0-9]$"}),),
    failures=(BAD,),
)
COPY = RequestDescriptor(
    name="Copy",
    condition=Condition(present=("query.copy",)),
    query_parameters=(ParameterDescriptor(name="copy", required=True, regexp="[0-9]+"),),
)
SEND = RequestDescriptor(
    name="Send", condition=Condition(present=("body",), absent=("query.copy",))
)
RESERVE = RequestDescriptor(
    name="Reserve",
    condition=Condition(absent=("query.copy", "body")),
    headers=(
        ParameterDescriptor(name="X-Until", required=True),
        ParameterDescriptor(name="Content-Length", required=True, documented_only=True),
    ),
)
ONE = RequestDescriptor(path_parameters=(ID,), failures=(BAD,))

API = APIDescriptor(
    title="Parcels",
    version="1",
    error_groups=GROUPS,
    routes=(
        RouteDescriptor(
            name="parcels",
            path="/parcels/",
            methods=(
                MethodDescriptor(method="GET", requests=(LIST,)),
                MethodDescriptor(method="POST", requests=(COPY, SEND, RESERVE)),
            ),
        ),
        RouteDescriptor(
            name="parcel",
            path="/parcels/{id:[0-9]+}",
            methods=tuple(
                MethodDescriptor(method=method, requests=(ONE,))
                for method in ("GET", "HEAD", "PUT", "DELETE")
            ),
        ),
        RouteDescriptor(
            name="note", path="/notes/{text}", methods=(MethodDescriptor(method="GET"),)
        ),
    ),
)


def list_parcels(request: Request) -> Response:
    return Response.json({"count": request.query.integer("count"), "base": str(request.origin)})


def add_parcel(request: Request) -> Response:
    return Response(201, {"X-Variant": request.variant, "Location": "/parcels/7"})


def get_parcel(request: Request) -> Response:
    if request.values["id"] == "404":
        raise PARCEL_UNKNOWN.with_detail({"id": 404})
    if request.values["id"] == "500":
        raise RuntimeError("the password is hunter2")
    if request.values["id"] == "40":
        raise Errors(ID_INVALID, PARCEL_UNKNOWN)
    return Response(200, {"ETag": '"7"', "Content-Type": "text/plain"}, request.values["id"])


def put_parcel(request: Request) -> Response:
    raise PARCEL_UNKNOWN.with_detail(request)  # a detail that is not JSON


def get_note(request: Request) -> Response:
    return Response.json({"text": request.values["text"], "route": request.route})


HANDLERS: dict[tuple[str, str], Callable[..., Any] | None] = {
    ("parcels", "GET"): list_parcels,
    ("parcels", "POST"): add_parcel,
    ("parcel", "GET"): get_parcel,
    ("parcel", "PUT"): put_parcel,
    ("parcel", "DELETE"): None,
    ("note", "GET"): get_note,
}
