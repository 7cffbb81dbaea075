"""`/v2/`: whether this host speaks the protocol, and knows the caller."""

from registry_api.v2 import headers, parameters, responses, schemas
from registry_api.v2.names import RouteName
from routebook import (
    BodyDescriptor,
    ExampleDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)

SUPPORTED = ResponseDescriptor(
    status_code=200,
    name="Supported",
    description="The host speaks this protocol, and the caller may use it. The body says nothing.",
    headers=(headers.API_VERSION, headers.CONTENT_LENGTH),
    body=BodyDescriptor(
        content=(
            MediaTypeDescriptor(
                content_type="application/json",
                schema=schemas.VersionSupport,
                examples=(ExampleDescriptor(value={}),),
            ),
        )
    ),
)

NOT_SUPPORTED = ResponseDescriptor(
    status_code=404,
    name="Not Supported",
    description="The host does not speak this protocol, or serves it under another path.",
)

CHECK = MethodDescriptor(
    method="GET",
    operation_id="checkVersion",
    summary="Check that the host speaks this protocol",
    description="A client asks this first. 200 means that it can go on. 401 means that it needs "
    "credentials, and says where to get them: with those it asks again, which is all that logging "
    "in does. Any other method is answered in the same way.",
    tags=("Base",),
    aliases=("get-base", "end-1"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST,),
            successes=(SUPPORTED, responses.MOVED),
            failures=(
                NOT_SUPPORTED,
                responses.AUTHENTICATION_REQUIRED,
                *responses.ANY_TIME,
            ),
        ),
    ),
)

BASE = RouteDescriptor(
    name=RouteName.BASE,
    path="/v2/",
    entity="Base",
    description="The root of the protocol. It has no content; its answer tells whether the host "
    "speaks version 2, and whether the caller is known.",
    methods=(CHECK,),
    aliases=("base",),
)
