"""For each rule, descriptions that it is about; what surrounds the fault has none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from descriptions import (
    GONE,
    OK,
    api,
    codes,
    failure,
    media,
    one,
    parameter,
    query,
    request,
    route,
    success,
)
from routebook import (
    APIDescriptor,
    BodyDescriptor,
    Condition,
    Deprecation,
    ErrorGroup,
    ExampleDescriptor,
    LinkDescriptor,
    MethodDescriptor,
    OAuthFlow,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    ServerVariable,
    TagDescriptor,
    Type,
)


def server(url: str, *variables: ServerVariable) -> APIDescriptor:
    return api(servers=(ServerDescriptor(url=url, variables=variables),))


def variants(*conditions: Condition | None, **fields: Any) -> APIDescriptor:
    requests = tuple(
        request(name=f"V{n}", condition=condition, **fields)
        for n, condition in enumerate(conditions)
    )
    return api(route("r", *requests))


WRONG_STATUS: Any = {"http_status": "4"}
TOKENS = "https://auth.example/token"
A, B = Condition(present=("query.a",)), Condition(absent=("query.a",))
QUERY_A = {"query_parameters": (parameter("a"),)}
SHARED = {"component": "X", "description": "It."}

CASES: list[tuple[str, str, APIDescriptor]] = [
    # names
    ("duplicate-route", "routes[1]", api(route("r", request()), route("r", request(), path="/x"))),
    ("missing-name", "r.POST.query[0]", query(parameter(""))),
    ("missing-name", "r.POST.body[]", one(body=media(content_type=""))),
    ("method-name", "r.G T", api(route("r", request(), method="G T"))),
    ("method-name", "r.get", api(route("r", request(), method="get"))),
    (
        "duplicate-method",
        "r.POST",
        api(
            replace(
                route("r"),
                methods=(MethodDescriptor(method="POST", description="d", requests=(request(),)),)
                * 2,
            )
        ),
    ),
    (
        "duplicate-operation-id",
        "s.POST",
        api(
            route("r", request(), operation_id="go"),
            route("s", request(), operation_id="go"),
        ),
    ),
    (
        "duplicate-variant",
        "r.POST.requests[1]",
        api(route("r", request(name="V", condition=A, **QUERY_A), request(name="V", condition=B))),
    ),
    ("duplicate-response", "r.POST.successes[1]", one(successes=(OK, OK))),
    ("duplicate-parameter", "r.POST.query_parameters[1]", query(parameter("a"), parameter("a"))),
    ("duplicate-parameter", "r.POST.headers[1]", one(headers=(parameter("X"), parameter("x")))),
    ("duplicate-key", "tags[1]", api(tags=(TagDescriptor(name="t"),) * 2)),
    (
        "duplicate-key",
        "r.POST.body.content[1]",
        one(body=BodyDescriptor(content=media().content * 2)),
    ),
    (
        "duplicate-example",
        "r.POST.query[p].examples[1]",
        query(parameter(examples=(ExampleDescriptor(name="x", value="1"),) * 2)),
    ),
    # shared
    (
        "alias-taken",
        "s",
        api(
            replace(route("r", request()), aliases=("end-1",)),
            replace(route("s", request()), aliases=("end-1",)),
        ),
    ),
    ("alias-form", "r.POST", one(aliases=("end 1",))),
    ("component-name", "r.POST.query[p]", query(parameter(component="a b"))),
    ("component-name", "schemas[a/b]", api(schemas={"a/b": True})),
    (
        "component-conflict",
        "r.POST.query[b]",
        query(parameter("a", **SHARED), parameter("b", **SHARED)),
    ),
    (
        "component-conflict",
        "r.POST.successes[0].headers[B]",
        one(
            successes=(
                replace(
                    OK,
                    headers=(parameter("A", **SHARED), parameter("B", type=Type.URL, **SHARED)),
                ),
            )
        ),
    ),
    # paths
    ("invalid-path", "r.path", api(route("r", request(), path="/a{"))),
    ("invalid-path", "r.path", api(route("r", request(), path="a"))),
    ("invalid-path", "r.path", api(route("r", request(), path="/{a:[}"))),
    ("path-with-query", "r.path", api(route("r", request(), path="/a?b=c"))),
    ("unknown-path-parameter", "r.POST.path[x]", one(path_parameters=(parameter("x"),))),
    ("missing-path-parameter", "r.POST", api(route("r", request(), path="/{x}"))),
    (
        "path-pattern-differs",
        "r.POST.path[x].regexp",
        api(route("r", request(path_parameters=(parameter("x", regexp="a"),)), path="/{x:b}")),
    ),
    (
        "routes-overlap",
        "s",
        api(
            route("r", request(path_parameters=(parameter("x"),)), path="/a/{x:[a-z]+}"),
            route("s", request(), path="/a/me"),
        ),
    ),
    (
        "routes-ambiguous",
        "s",
        api(route("r", request(), path="/a"), route("s", request(), path="/a/")),
    ),
    (
        "routes-not-proved",
        "s",
        api(
            route("r", request(path_parameters=(parameter("x"),)), path=r"/{x:(b|d)(?=b)b}"),
            route("s", request(path_parameters=(parameter("x"),)), path=r"/{x:(b|d)(?!b)b}"),
        ),
    ),
    # answers
    (
        "status-range",
        "r.POST.successes[0].status_code",
        success(status_code=20),
    ),
    (
        "status-range",
        "r.POST.failures[0].status_code",
        one(failures=(replace(OK, status_code="4xx"),)),
    ),
    ("status-side", "r.POST.successes[0]", success(status_code=404)),
    ("status-side", "r.POST.failures[0]", one(failures=(OK,))),
    (
        "head-body",
        "r.HEAD.successes[0].body",
        api(route("r", request(successes=(replace(OK, body=media()),)), method="HEAD")),
    ),
    (
        "body-forbidden",
        "r.POST.successes[0].body",
        success(status_code=204, body=media()),
    ),
    ("request-body", "r.GET.body", api(route("r", request(body=media()), method="GET"))),
    ("no-requests", "r.POST.requests", api(route("r"))),
    ("no-responses", "r.POST", one(successes=())),
    (
        "condition-part",
        "r.POST[V0].condition.present",
        variants(Condition(present=("query.b",)), B, **QUERY_A),
    ),
    (
        "condition-part",
        "r.POST.condition.present",
        one(condition=Condition(present=("something",))),
    ),
    (
        "condition-contradiction",
        "r.POST.condition",
        one(condition=Condition(present=("query.a",), absent=("query.a",)), **QUERY_A),
    ),
    ("variants-alike", "r.POST[V1]", variants(A, A, **QUERY_A)),
    ("variants-alike", "r.POST[V1]", variants(None, None)),
    ("variants-overlap", "r.POST[V1]", variants(A, None, **QUERY_A)),
    # parameters
    ("invalid-regexp", "r.POST.query[p].regexp", query(parameter(regexp="("))),
    ("unportable-regexp", "r.POST.query[p].regexp", query(parameter(regexp="(?P<n>a)"))),
    ("unportable-regexp", "r.POST.query[p].regexp", query(parameter(regexp="(?<=a)b"))),
    ("unportable-regexp", "r.POST.query[p].regexp", query(parameter(regexp="[[:alpha:]]"))),
    (
        "unportable-path",
        "r.path",
        api(route("r", request(path_parameters=(parameter("x"),)), path=r"/{x:a\Z}")),
    ),
    ("parameter-style", "r.POST.query[p].style", query(parameter(style="matrix"))),
    ("list-style", "r.POST.query[p].style", query(parameter(style="pipeDelimited"))),
    (
        "parameter-content",
        "r.POST.query[p].schema",
        query(parameter(content=media().content, schema=True)),
    ),
    ("header-name", "r.POST.headers[a b]", one(headers=(parameter("a b"),))),
    ("required-default", "r.POST.query[p]", query(parameter(required=True, default="x"))),
    (
        "querystring-beside-query",
        "r.POST.querystring",
        one(querystring=parameter("q"), query_parameters=(parameter(),)),
    ),
    # codes
    (
        "unknown-error-code",
        "r.POST.failures[0].error_codes[0]",
        failure(error_codes=(replace(GONE, value="GONNE"),)),
    ),
    (
        "error-code-differs",
        "r.POST.failures[0].error_codes[0]",
        failure(error_codes=(replace(GONE, message="no"),)),
    ),
    (
        "duplicate-error-code",
        "error_groups[h].GONE",
        api(
            error_groups=(
                ErrorGroup(name="g", errors=(GONE,)),
                ErrorGroup(name="h", errors=(GONE,)),
            )
        ),
    ),
    (
        "repeated-error-code",
        "r.POST.failures[0].error_codes[1]",
        failure(error_codes=(GONE, GONE)),
    ),
    (
        "unused-error-code",
        "error_groups[g].NEW",
        codes(GONE, replace(GONE, value="NEW")),
    ),
    (
        "error-status",
        "error_groups[g].GONE",
        codes(replace(GONE, http_status=200), routes=()),
    ),
    (
        "error-code-status",
        "r.POST.failures[0].error_codes[0]",
        failure(status_code=400),
    ),
    ("error-without-body", "r.POST.failures[0]", failure(body=None)),
    (
        "empty-error-value",
        "error_groups[g].A B",
        codes(GONE, replace(GONE, value="A B")),
    ),
    # references
    ("undeclared-tag", "r.POST.tags[0]", api(route("r", request(), tags=("t",)))),
    ("unknown-tag-parent", "tags[t].parent", api(tags=(TagDescriptor(name="t", parent="u"),))),
    ("unknown-tag-parent", "tags[t].parent", api(tags=(TagDescriptor(name="t", parent="t"),))),
    (
        "undeclared-security-scheme",
        "security[0]",
        api(security=(SecurityRequirement(schemes={"token": ()}),)),
    ),
    (
        "unknown-scope",
        "security[0]",
        api(
            security=(SecurityRequirement(schemes={"o": ("read",)}),),
            security_schemes=(
                SecurityScheme(
                    name="o",
                    type="oauth2",
                    flows=(OAuthFlow(name="clientCredentials", token_url=TOKENS),),
                ),
            ),
        ),
    ),
    (
        "security-scheme-fields",
        "security_schemes[b]",
        api(security_schemes=(SecurityScheme(name="b", type="http"),)),
    ),
    (
        "security-scheme-fields",
        "security_schemes[b].type",
        api(security_schemes=(SecurityScheme(name="b", type="basic"),)),
    ),
    (
        "unknown-operation",
        "r.POST.successes[0].links[l].operation_id",
        success(links=(LinkDescriptor(name="l", operation_id="go"),)),
    ),
    (
        "link-target",
        "r.POST.successes[0].links[l]",
        success(links=(LinkDescriptor(name="l"),)),
    ),
    ("unknown-server-variable", "servers[0].url", server("//{h}")),
    (
        "unknown-server-variable",
        "servers[0].variables[h]",
        server("//x", ServerVariable(name="h", default="a")),
    ),
    (
        "server-variable-default",
        "servers[0].variables[h].default",
        server("//{h}", ServerVariable(name="h", default="a", enum=("b",))),
    ),
    (
        "deprecation-date",
        "r.POST.deprecated.sunset",
        api(route("r", request(), deprecated=Deprecation(sunset="soon"))),
    ),
    ("missing-description", "r.POST.query[p]", query(parameter(description=""))),
    ("api-title", "title", api(title=" ")),
    # schemas
    ("invalid-schema", "r.POST.query[p].schema.type", query(parameter(schema={"type": "text"}))),
    ("invalid-schema", "schemas[S].minimum", api(schemas={"S": {"minimum": "1"}})),
    (
        "invalid-schema",
        "r.POST.body[application/json].schema",
        one(body=media({"items": {"$ref": "#/components/schemas/No"}})),
    ),
    (
        "invalid-schema",
        "r.POST.body[application/json].schema",
        one(body=media({"$ref": "https://example.org/schema"})),
    ),
    ("invalid-schema", "r.POST.query[p].schema", query(parameter(schema=object()))),
    ("schema-pattern", "r.POST.query[p].schema", query(parameter(schema={"pattern": "("}))),
    ("circular-schema", "schemas[S]", api(schemas={"S": {"$ref": "#/components/schemas/S"}})),
    (
        "circular-schema",
        "schemas[Pet]",
        api(
            schemas={
                "Pet": {"type": "object", "oneOf": [{"$ref": "#/components/schemas/Cat"}]},
                "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"minProperties": 1}]},
            }
        ),
    ),
    (
        "example-refused",
        "r.POST.query[p].examples[0]",
        query(parameter(regexp="a", examples=("b",))),
    ),
    (
        "example-refused",
        "r.POST.query[p].examples[1]",
        query(parameter(type=Type.INTEGER, examples=(1, "1"))),
    ),
    (
        "example-refused",
        "r.POST.headers[H].examples[0]",
        one(headers=(parameter("H", type=Type.UUID, examples=("x",)),)),
    ),
    (
        "example-refused",
        "r.POST.body[application/json].examples[e0].a[0]",
        one(body=media({"properties": {"a": {"items": {"type": "string"}}}}, {"a": [1]})),
    ),
    (
        "example-refused",
        "schemas[S].examples[0]",
        api(schemas={"S": {"type": "null", "examples": [1]}}),
    ),
    (
        "default-refused",
        "r.POST.query[p].default",
        query(parameter(type=Type.INTEGER, default="x")),
    ),
    # shape
    ("wrong-type", "routes", api(routes=[])),
    ("wrong-type", "r.POST.query_parameters", one(query_parameters=(parameter()))),
    ("wrong-type", "r.POST.query[p].required", query(parameter(required="yes"))),
    ("wrong-type", "r.POST.query[p].description", query(parameter(description=None))),
    ("wrong-type", "r.POST.headers[0]", one(headers=(GONE,))),
    (
        "wrong-type",
        "error_groups[g].GONE.http_status",
        codes(replace(GONE, **WRONG_STATUS), routes=()),
    ),
]
