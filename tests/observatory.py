"""A fictional API that is small and has the hard parts: what it becomes is kept in golden files."""

from __future__ import annotations

from observatory_parts import (
    ADDED,
    CLOUDY,
    FAILED,
    FOUND,
    ID,
    JSON,
    PAGE,
    SCHEMAS,
    UNKNOWN,
    VEGA,
    body,
    named,
)
from routebook import (
    APIDescriptor,
    BodyDescriptor,
    CallbackDescriptor,
    Condition,
    ContactDescriptor,
    Deprecation,
    EncodingDescriptor,
    ErrorGroup,
    ExampleDescriptor,
    ExternalDocs,
    LicenseDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    OAuthFlow,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    ServerVariable,
    TagDescriptor,
    Type,
)

STARS = RouteDescriptor(
    name="stars",
    path="/stars",
    entity="Stars",
    description="All that shines.",
    methods=(
        MethodDescriptor(
            method="GET",
            operation_id="listStars",
            summary="List stars",
            tags=("sky",),
            security=(),
            requests=(
                RequestDescriptor(
                    query_parameters=(
                        PAGE,
                        ParameterDescriptor(
                            name="kind",
                            type=Type.ARRAY,
                            description="Only some kinds.",
                            schema={"items": {"enum": ["dwarf", "giant"]}},
                            style="pipeDelimited",
                            explode=False,
                        ),
                        ParameterDescriptor(
                            name="near",
                            description="Near a place.",
                            content=(
                                MediaTypeDescriptor(
                                    content_type=JSON, schema={"type": "array", "maxItems": 2}
                                ),
                            ),
                        ),
                    ),
                    cookie_parameters=(
                        ParameterDescriptor(
                            name="night", type=Type.BOOLEAN, description="Only at night."
                        ),
                    ),
                    successes=(
                        ResponseDescriptor(
                            status_code=200,
                            description="A page of them.",
                            body=body({"type": "array", "items": named("Star")}),
                        ),
                    ),
                    failures=(FAILED,),
                ),
            ),
        ),
        MethodDescriptor(
            method="POST",
            operation_id="addStar",
            summary="Add a star",
            tags=("sky",),
            description="Two ways to one end:\n\n- tell what it is\n- or send its picture",
            requests=(
                RequestDescriptor(
                    name="Described",
                    description="With what is known of it.",
                    when="there is no picture",
                    condition=Condition(absent=("query.picture",)),
                    body=body(named("Target"), VEGA, required=True),
                    successes=(ADDED,),
                    failures=(FAILED,),
                ),
                RequestDescriptor(
                    name="Pictured",
                    description="With a picture of it.",
                    when="the query says so",
                    condition=Condition(present=("query.picture",)),
                    query_parameters=(
                        ParameterDescriptor(
                            name="picture", description="Who is to be told.", required=True
                        ),
                    ),
                    body=BodyDescriptor(
                        required=True,
                        content=(
                            MediaTypeDescriptor(
                                content_type="multipart/form-data",
                                schema={
                                    "type": "object",
                                    "properties": {
                                        "picture": {"type": "string", "format": "binary"},
                                        "star": named("Star"),
                                    },
                                },
                                encoding=(
                                    EncodingDescriptor(
                                        name="picture", content_type="image/png, image/fits"
                                    ),
                                ),
                            ),
                        ),
                    ),
                    successes=(ADDED,),
                    failures=(FAILED,),
                ),
            ),
            callbacks=(
                CallbackDescriptor(
                    name="confirmed",
                    routes=(
                        RouteDescriptor(
                            name="confirmed",
                            path="{$request.query.picture}",
                            methods=(
                                MethodDescriptor(
                                    method="POST",
                                    description="The star has been seen by others.",
                                    requests=(
                                        RequestDescriptor(
                                            body=body(named("Star")),
                                            successes=(
                                                ResponseDescriptor(
                                                    status_code=204, description="Thank you."
                                                ),
                                            ),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        MethodDescriptor(
            method="QUERY",
            operation_id="searchStars",
            summary="Search stars",
            tags=("sky",),
            requests=(
                RequestDescriptor(
                    body=BodyDescriptor(
                        content=(
                            MediaTypeDescriptor(
                                content_type="text/plain",
                                examples=(
                                    ExampleDescriptor(value="magnitude < 1 & name =~ 'V.*'"),
                                ),
                            ),
                        )
                    ),
                    successes=(FOUND,),
                ),
            ),
        ),
    ),
)
STAR = RouteDescriptor(
    name="star",
    path="/stars/{id:[0-9a-f]{8}|latest}",
    entity="Star",
    methods=(
        MethodDescriptor(
            method="GET",
            operation_id="readStar",
            summary="Read a star",
            tags=("sky",),
            requests=(
                RequestDescriptor(
                    path_parameters=(ID,),
                    headers=(ParameterDescriptor(name="If-None-Match", description="An `ETag`."),),
                    successes=(
                        FOUND,
                        ResponseDescriptor(status_code=304, description="It is as it was."),
                    ),
                    failures=(FAILED,),
                ),
            ),
        ),
        MethodDescriptor(
            method="DELETE",
            operation_id="dropStar",
            summary="Drop a star",
            tags=("sky",),
            deprecated=Deprecation(since="1.2", sunset="2031-01-01", replacement="addStar"),
            security=(
                SecurityRequirement(schemes={"session": ("sky:write",)}),
                SecurityRequirement(schemes={"key": (), "client": ()}),
            ),
            requests=(
                RequestDescriptor(
                    path_parameters=(ID,),
                    successes=(ResponseDescriptor(status_code="2XX", description="It is gone."),),
                    failures=(FAILED,),
                ),
            ),
        ),
    ),
    extra={"x-owner": "night shift"},
)
SPECTRUM = RouteDescriptor(
    name="spectrum",
    path="/stars/{id:[0-9a-f]{8}|latest}/spectrum",
    entity="Spectrum",
    servers=(ServerDescriptor(url="https://spectra.example.org", description="Much larger."),),
    methods=(
        MethodDescriptor(
            method="GET",
            operation_id="readSpectrum",
            summary="Read a spectrum",
            tags=("light",),
            requests=(
                RequestDescriptor(
                    path_parameters=(ID,),
                    querystring=ParameterDescriptor(
                        name="filter",
                        description="Which lines.",
                        content=(
                            MediaTypeDescriptor(
                                content_type="application/x-www-form-urlencoded",
                                schema={"type": "object", "properties": {"nm": {"type": "number"}}},
                            ),
                        ),
                    ),
                    successes=(
                        ResponseDescriptor(
                            status_code=200,
                            summary="Lines",
                            description="As they come in.",
                            body=BodyDescriptor(
                                content=(
                                    MediaTypeDescriptor(
                                        content_type="application/x-ndjson",
                                        item_schema=named("Reading"),
                                    ),
                                    MediaTypeDescriptor(
                                        content_type="application/fits", format="<binary data>"
                                    ),
                                )
                            ),
                        ),
                    ),
                    failures=(FAILED,),
                ),
            ),
            external_docs=ExternalDocs(url="https://example.org/fits", description="FITS"),
        ),
    ),
)
HOOK = RouteDescriptor(
    name="supernova",
    path="",
    methods=(
        MethodDescriptor(
            method="POST",
            summary="Something became very bright",
            requests=(
                RequestDescriptor(
                    body=body(named("Target")),
                    successes=(ResponseDescriptor(status_code=204, description="It is known."),),
                ),
            ),
        ),
    ),
)

API = APIDescriptor(
    title="Observatory",
    version="1.2.0",
    summary="The sky at night.",
    description="# Start here\n\nTimes are UTC. `429` comes to those who look too often.",
    terms_of_service="https://example.org/terms",
    contact=ContactDescriptor(name="Night shift", email="night@example.org"),
    license=LicenseDescriptor(name="Apache 2.0", identifier="Apache-2.0"),
    servers=(
        ServerDescriptor(
            url="https://{dome}.example.org/v1",
            name="domes",
            description="One for each dome.",
            variables=(ServerVariable(name="dome", default="north", enum=("north", "south")),),
        ),
    ),
    security_schemes=(
        SecurityScheme(
            name="session",
            type="oauth2",
            flows=(
                OAuthFlow(
                    name="deviceAuthorization",
                    device_authorization_url="https://example.org/device",
                    token_url="https://example.org/token",  # noqa: S106  # no secret: an address
                    scopes={"sky:write": "Change the sky."},
                ),
                OAuthFlow(
                    name="clientCredentials",
                    token_url="https://example.org/token",  # noqa: S106  # the same
                    scopes={"sky:write": "Change the sky."},
                ),
            ),
        ),
        SecurityScheme(name="key", type="apiKey", parameter="X-Key", location="header"),
        SecurityScheme(name="client", type="mutualTLS", description="A certificate."),
    ),
    security=(SecurityRequirement(schemes={"session": ()}),),
    tags=(
        TagDescriptor(name="sky", summary="Sky", description="What is up there.", kind="nav"),
        TagDescriptor(name="light", description="What comes from it.", parent="sky"),
    ),
    routes=(STARS, STAR, SPECTRUM),
    error_groups=(ErrorGroup(name="sky", description="Of the sky.", errors=(CLOUDY, UNKNOWN)),),
    schemas=SCHEMAS,
    webhooks=(HOOK,),
    self_uri="https://example.org/openapi.yaml",
    extra={"x-dome": {"open": True}},
)
