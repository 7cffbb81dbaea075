"""A fictional ferry line whose API has every kind of body, parameter and credential."""

from __future__ import annotations

from typing import Any

from routebook import (
    APIDescriptor,
    BodyDescriptor,
    EncodingDescriptor,
    ExampleDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    ServerVariable,
    Type,
)

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"
BINARY = "application/octet-stream"

SCHEMES = (
    SecurityScheme(name="token", type="http", scheme="bearer"),
    SecurityScheme(name="scheme", type="http", scheme="Ferry"),
    SecurityScheme(name="basic", type="http", scheme="basic"),
    SecurityScheme(name="digest", type="http", scheme="digest"),
    SecurityScheme(name="header", type="apiKey", parameter="X-Key", location="header"),
    SecurityScheme(name="cookie", type="apiKey", parameter="key", location="cookie"),
    SecurityScheme(name="query", type="apiKey", parameter="key", location="query"),
    SecurityScheme(name="tls", type="mutualTLS"),
)


def given(name: str, value: Any, **fields: Any) -> ParameterDescriptor:
    """A required parameter with an example."""
    fields.setdefault("type", Type.ARRAY if isinstance(value, list) else Type.STRING)
    return ParameterDescriptor(name=name, required=True, examples=(value,), **fields)


def body(kind: str, *values: Any, **fields: Any) -> BodyDescriptor:
    """A body with an example."""
    examples = tuple(ExampleDescriptor(value=value) for value in values)
    media = MediaTypeDescriptor(content_type=kind, examples=examples, **fields)
    return BodyDescriptor(required=True, content=(media,))


def answer(kind: str = JSON, status: int = 200) -> ResponseDescriptor:
    """An answer with a body; without one if `kind` is empty."""
    content = (MediaTypeDescriptor(content_type=kind),) if kind else ()
    return ResponseDescriptor(status_code=status, body=BodyDescriptor(content=content))


def route(
    name: str, method: str = "GET", path: str = "", auth: str = "", **request: Any
) -> RouteDescriptor:
    """A route with one operation that has one variant; `auth` names schemes."""
    request.setdefault("successes", (answer(),))
    security = SecurityRequirement(schemes=dict.fromkeys(auth.split(), ()))
    operation = MethodDescriptor(
        method=method,
        requests=(RequestDescriptor(**request),),
        security=(security,) if auth else (),
    )
    return RouteDescriptor(name=name, path=path or f"/{name}", methods=(operation,))


PARAMETERS = (
    route(
        "query-plain",
        query_parameters=(given("from", "oslo"), given("deck", 2, type=Type.INTEGER)),
    ),
    route("query-repeated", query_parameters=(given("port", ["oslo", "kiel"]),)),
    route(
        "query-styles",
        query_parameters=(
            given("ports", ["a b", "c,d"], explode=False),
            given("space", ["a", "b c"], style="spaceDelimited"),
            given("pipe", ["a|b", "c"], style="pipeDelimited"),
            given("deep", {"from": "å", "to": 1}, style="deepObject"),
            given("flat", {"x": 1, "y": "2,3"}, explode=False),
            given("spread", {"seat": True, "bed": None}),
        ),
    ),
    route(
        "query-characters",
        query_parameters=(
            given("plain", "a&b=c+d e/f?g#h%i:j@k'l\"m"),
            given("reserved", "a&b=c+d e/f?g#h%i:j@k'l(m)", allow_reserved=True),
            given("filter[naïve]", "\N{FERRY}"),
            given("empty", ""),
            ParameterDescriptor(
                name="document",
                required=True,
                examples=({"a": [1, "b"]},),
                content=(MediaTypeDescriptor(content_type=JSON),),
            ),
        ),
    ),
    route(
        "query-whole",
        querystring=ParameterDescriptor(
            name="all",
            examples=({"from": "a b", "to": ["c", "d"]},),
            content=(MediaTypeDescriptor(content_type=FORM),),
        ),
    ),
    route(
        "path-styles",
        path="/path/{simple}/{list}/x{label}/y{matrix}/{file:.*}",
        path_parameters=(
            given("simple", "a b/c'd\"e;f"),
            given("list", ["a", "b,c"]),
            given("label", ["a", "b"], style="label", explode=True),
            given("matrix", {"x": 1, "y": "z"}, style="matrix", explode=True),
            given("file", "a/b c.txt"),
        ),
    ),
    route(
        "headers",
        headers=(
            given("X-Plain", 'it\'s "quoted" `$HOME` \\ ${x} {y}'),
            given("X-List", ["a", "b"]),
            given("X-Object", {"a": 1, "b": "c"}, explode=True),
            given("X-Far", "Tromsø"),
            given("X-Lines", "a\r\nX-Injected: b"),
            ParameterDescriptor(name="Accept", examples=(JSON,)),
        ),
        cookie_parameters=(given("session", "a b;c"), given("seen", 1, type=Type.INTEGER)),
    ),
)

BODIES = (
    route(
        "json",
        "POST",
        auth="token",
        body=body(
            JSON,
            {
                "name": 'M/F "Nord" it\'s \\ `${x}` </script> å \u202e',
                "decks": [{"cars": 120, "open": False}, {"cars": 80.5, "open": None}],
                "__proto__": {"polluted": True},
                "no word": [],
                "lines": "one\ntwo\ttabs\x00\x7f",
            },
        ),
    ),
    route("json-null", "POST", body=body(JSON, None, schema={"type": "null"})),
    route("json-large-number", "POST", body=body(JSON, {"id": 2**63})),
    route("json-text", "POST", body=body(JSON, "just ``` a text")),
    route("json-patch", "PATCH", body=body("application/merge-patch+json", {"name": "Sør"})),
    route("json-long", "PUT", body=body(JSON, {"text": "x" * 700})),
    route("json-of-a-get", "GET", body=body(JSON, {"a": 1})),
    route("json-of-a-delete", "DELETE", body=body(JSON, {"a": 1})),
    route("form", "POST", body=body(FORM, {"name": "a&b=c d", "port": ["oslo", "kiel"], "å": "ø"})),
    route("form-plain", "POST", body=body(FORM, {"name": "Nord", "__proto__": "x"})),
    route("form-empty", "GET", body=body(FORM, {})),
    route("form-as-text", "POST", body=body(FORM, "name=Nord&decks=2")),
    route(
        "parts",
        "POST",
        body=body(
            PARTS,
            {
                "picture": "<binary data>",
                "plan": "<binary data>",
                "data": {"name": 'a;b "c"', "decks": 2},
                "tag": ["x", "@y"],
                'odd "name"': "<z>",
            },
            encoding=(EncodingDescriptor(name="picture", content_type="image/png"),),
        ),
    ),
    route("parts-of-text", "POST", body=body(PARTS, {"name": "Nord", "line": "one\ntwo"})),
    route("text", "PUT", body=body("text/plain", "Grüße 'an' \"alle\" `hier` $HOME {x} \\")),
    route("text-at", "PUT", body=body("text/plain; charset=utf-8", "@home")),
    route(
        "text-lines",
        "PUT",
        body=body(
            "application/xml", '<ferry name="Nord">\n  <deck cars="120"/>\n  <deck/>\n</ferry>\n'
        ),
    ),
    route("binary", "PUT", body=body(BINARY), successes=(answer(BINARY),)),
    route("image", "PUT", body=body("image/*"), successes=(answer("", 201),)),
)

CREDENTIALS = (
    route("auth-scheme", auth="scheme"),
    route("auth-basic", auth="basic"),
    route("auth-digest", auth="digest"),
    route("auth-header", auth="header"),
    route("auth-cookie", auth="cookie", cookie_parameters=(given("night", 1),)),
    route("auth-query", auth="query"),
    route("auth-query-plain", auth="query", query_parameters=(given("from", "oslo"),)),
    route("auth-query-encoded", auth="query", query_parameters=(given("from", "a/b c"),)),
    route("auth-certificate", auth="tls"),
    route("auth-both", auth="header token", headers=(given("X-Key", "not this"),)),
)

METHODS = (
    route("head", "HEAD"),
    route("options", "OPTIONS", successes=(answer("", 204),)),
    route("post-nothing", "POST", successes=(answer("", 202),)),
    route("search", "QUERY", body=body("text/plain", "deck = 2"), successes=(answer("text/csv"),)),
    route("redirected", successes=(answer(BINARY, 302),)),
)

WEBHOOK = MethodDescriptor(
    method="POST", requests=(RequestDescriptor(body=body(JSON, {"late": 5})),)
)

API = APIDescriptor(
    title="Ferries",
    version="1",
    servers=(
        ServerDescriptor(
            url="https://{line}.example.net/api",
            variables=(ServerVariable(name="line", default="ferries"),),
        ),
    ),
    security_schemes=SCHEMES,
    routes=(*PARAMETERS, *BODIES, *CREDENTIALS, *METHODS),
    webhooks=(RouteDescriptor(name="delayed", path="", methods=(WEBHOOK,)),),
)
