"""Small documents, each for a construct of OpenAPI; together they have all of them."""

from __future__ import annotations

from openapi_parts import ID, TEXT, Object, body, document, operation

SNIPPETS: dict[str, Object] = {
    "nothing": document("3.1.0"),
    "about": document(
        "3.1.0",
        info={
            "title": "T",
            "version": "1",
            "summary": "s",
            "description": "d",
            "termsOfService": "https://t.example",
            "contact": {"name": "n", "x-a": 1},
            "license": {"name": "MIT", "identifier": "MIT"},
            "x-logo": {"url": "u"},
        },
        jsonSchemaDialect="https://json-schema.org/draft/2020-12/schema",
        externalDocs={"url": "https://d.example", "x-a": None},
        servers=[
            {
                "url": "https://{a}.example",
                "variables": {"a": {"default": "b", "enum": ["b", "c"], "x-v": 1}},
            }
        ],
        tags=[{"name": "t", "description": "d", "externalDocs": {"url": "u"}, "x-t": 1}],
        **{"x-root": [1]},
    ),
    "3.2": document(
        "3.2.0",
        {
            "query": {"parameters": [ID], "responses": {"200": {"summary": "s"}}},
            "additionalOperations": {
                "COPY": {"parameters": [ID], "responses": {"204": {"description": "d"}}}
            },
        },
        **{"$self": "https://a.example/openapi.json"},
        tags=[{"name": "t", "summary": "T", "parent": "u", "kind": "nav"}, {"name": "u"}],
        servers=[{"url": "/", "name": "main"}],
    ),
    "media types of 3.2": document(
        "3.2.0",
        operation(
            parameters=[
                ID,
                {"name": "q", "in": "querystring", "content": {"application/json": {}}},
            ],
            responses={
                "200": {
                    "description": "d",
                    "content": {
                        "application/jsonl": {"$ref": "#/components/mediaTypes/lines"},
                        "multipart/mixed": {"itemSchema": True, "itemEncoding": {}},
                    },
                }
            },
        ),
        components={
            "mediaTypes": {
                "lines": {
                    "itemSchema": {"type": "object"},
                    "examples": {"a": {"dataValue": 1, "serializedValue": "1"}},
                },
                "unused": {"schema": {}},
            }
        },
    ),
    "path level": document(
        "3.0.3",
        {
            "summary": "s",
            "description": "d",
            "servers": [{"url": "/other"}],
            "parameters": [ID, {"name": "q", "in": "query", **TEXT}],
            "x-item": 1,
            "get": {"responses": {"default": {"description": "d"}}},
            "put": {
                "parameters": [{"name": "q", "in": "query", "required": True, **TEXT}],
                "responses": {"2XX": {"description": "d"}, "x-more": {"a": 1}},
                "servers": [{"url": "/third"}],
            },
        },
    ),
    "path level without operations": document("3.1.0", {"parameters": [ID]}),
    "extensions of maps": document(
        "3.0.3",
        paths={"x-paths": 1, "/a": operation(responses={"x-r": 1, "200": {"description": ""}})},
        components={"x-c": 1, "responses": {"R": {"description": "d", "x-r": 1}}},
    ),
    "parameters": document(
        "3.0.3",
        operation(
            parameters=[
                ID | {"style": "label", "explode": True, "example": "a"},
                {"name": "a", "in": "query", "style": "form", "explode": True, **TEXT},
                {"name": "b", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
                {"name": "c", "in": "query", "content": {"application/json": TEXT}},
                {
                    "name": "d",
                    "in": "query",
                    "allowReserved": True,
                    "allowEmptyValue": True,
                    **TEXT,
                },
                {"name": "e", "in": "header", "deprecated": True, **TEXT, "x-p": {}},
                {"name": "f", "in": "cookie", "schema": {"type": "integer", "default": 1}},
                {"name": "g", "in": "query", "schema": {"type": "string", "pattern": "^[a-z]$"}},
                {"name": "h", "in": "query", "schema": {"type": "string", "pattern": "a|b"}},
                {"name": "i", "in": "query", "schema": {"type": "string", "format": "uuid"}},
                {"name": "j", "in": "query", "schema": {"default": None, "nullable": True}},
                {"name": "k", "in": "query", **TEXT, "examples": {"1": {"value": "a"}}},
                {"name": "l", "in": "query", **TEXT, "examples": {"2": {"value": "a"}, "a": {}}},
                {
                    "name": "m",
                    "in": "query",
                    **TEXT,
                    "examples": {"1": {"value": 1}, "2": {"value": 2, "summary": "s"}},
                },
            ]
        ),
    ),
    "misplaced fields of parameters": document(
        "3.0.3",
        operation(
            parameters=[
                ID | {"allowEmptyValue": True},
                {"name": "a", "in": "query", "content": {"a/b": {}}, "example": 1},
                {"name": "b", "in": "query", "example": 1, "examples": {"a": {"value": 2}}, **TEXT},
            ]
        ),
    ),
    "boolean schema of a parameter": document(
        "3.1.0", operation(parameters=[ID, {"name": "a", "in": "query", "schema": False}])
    ),
    "bodies": document(
        "3.0.3",
        operation(
            parameters=[ID],
            requestBody={
                "description": "d",
                "required": True,
                "x-b": 1,
                "content": {
                    "multipart/form-data": {
                        "schema": {"type": "object", "properties": {"a": {"type": "string"}}},
                        "encoding": {
                            "a": {
                                "contentType": "image/png",
                                "headers": {"X-A": TEXT},
                                "style": "form",
                                "explode": False,
                                "allowReserved": True,
                                "x-e": 1,
                            }
                        },
                        "x-m": 1,
                    },
                    "application/json": {"example": None},
                    "text/*": {"examples": {"a": {"summary": "s"}, "b": {"externalValue": "u"}}},
                    "application/xml": {"example": 1, "examples": {"a": {"value": None}}},
                },
            },
        ),
    ),
    "answers": document(
        "3.1.0",
        operation(
            parameters=[ID],
            responses={
                "200": {"$ref": "#/components/responses/Ok"},
                "201": {"$ref": "#/components/responses/Ok", "description": "Another."},
                "4XX": {
                    "description": "d",
                    "headers": {"X-A": {"$ref": "#/components/headers/A"}, "X-B": {}},
                    "links": {
                        "next": {
                            "operationId": "x",
                            "parameters": {"a": "$response.body#/a"},
                            "requestBody": 1,
                            "server": {"url": "/"},
                            "x-l": 1,
                        },
                        "other": {"$ref": "#/components/links/L"},
                    },
                },
                "default": {"description": ""},
            },
        ),
        components={
            "responses": {
                "Ok": {"description": "Fine.", "content": {"application/json": {}}},
                "Unused": {
                    "description": "d",
                    "headers": {"X": {"$ref": "#/components/headers/B"}},
                },
            },
            "headers": {"A": TEXT, "B": {"required": True, **TEXT}, "C": {"content": {"a/b": {}}}},
            "links": {"L": {"operationRef": "#/paths/~1things~1{id}/get"}, "M": {}},
        },
    ),
    "security": document(
        "3.0.3",
        {
            "get": {"security": [], "responses": {"200": {"description": ""}}},
            "put": {
                "security": [{}, {"a": [], "o": ["s"]}],
                "responses": {"200": {"description": ""}},
            },
            "parameters": [ID],
        },
        security=[{"a": []}],
        components={
            "securitySchemes": {
                "a": {"type": "apiKey", "name": "k", "in": "header", "x-s": 1},
                "b": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "c": {"type": "openIdConnect", "openIdConnectUrl": "u"},
                "o": {
                    "type": "oauth2",
                    "flows": {
                        "implicit": {"authorizationUrl": "u", "scopes": {"s": "d"}, "x-f": 1},
                        "x-flows": 1,
                    },
                },
            }
        },
    ),
    "callbacks": document(
        "3.1.0",
        operation(
            parameters=[ID],
            callbacks={
                "a": {"{$request.body#/u}": {"post": {"responses": {}}}, "x-c": 1},
                "b": {"$ref": "#/components/callbacks/B"},
            },
        ),
        components={
            "callbacks": {
                "B": {"{$url}": {"$ref": "#/components/pathItems/P"}},
                "U": {"https://{$url}": {"get": {}}},
            },
            "pathItems": {"P": {"post": {"operationId": "p"}}, "U": {"get": {}}},
        },
    ),
    "webhooks": document("3.1.0", webhooks={"new": {"post": {"operationId": "w"}}, "x": {}}),
    "webhooks before 3.1": document(
        "3.0.3", **{"x-webhooks": {"new": {"post": {"responses": {"200": {"description": ""}}}}}}
    ),
    "extension that is no webhooks": document("3.0.3", **{"x-webhooks": ["a"]}),
    "referred path items": document(
        "3.1.0",
        paths={
            "/a": {"$ref": "#/components/pathItems/P"},
            "/b": {"$ref": "#/components/pathItems/P", "summary": "Other"},
            "/c": {"$ref": "#/paths/~1a"},
        },
        components={"pathItems": {"P": {"get": {}}}},
    ),
    "shared": document(
        "3.0.3",
        {
            "get": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "responses": {"200": {"$ref": "#/components/responses/Alias"}},
            },
            "put": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "requestBody": {"$ref": "#/components/requestBodies/B"},
                "responses": {"200": {"$ref": "#/components/responses/R"}},
            },
        },
        components={
            "parameters": {"Id": ID, "Unused": {"name": "u", "in": "cookie", **TEXT}},
            "requestBodies": {
                "B": {"content": {"a/b": {"examples": {"e": {"$ref": "#/components/examples/E"}}}}}
            },
            "responses": {
                "R": {"description": "d"},
                "Alias": {"$ref": "#/components/responses/R"},
            },
            "examples": {"E": {"value": 1}, "F": {"summary": "s", "value": None}},
        },
    ),
    "odd paths": document(
        "3.0.3",
        paths={
            f"/{path}": operation()
            for path in (
                "a/{b}.{c}",
                "a#frag",
                "a?b=c",
                "v1/{name=projects/*}:cancel",
                "{proxy+}",
                "{id}/{id}",
                "{id:[0-9]+}",
                "a/{b",
                "a}/b",
                "{}",
                "Users/{userId}",
                "users/{user_id}",
                "é",
                "",
                "/",
            )
        },
    ),
    "schemas of 3.0": body(
        "3.0.3",
        {
            "type": "object",
            "required": ["a"],
            "properties": {
                "a": {"type": "string", "nullable": True, "example": "x"},
                "b": {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
                "c": {"type": "number", "maximum": 1, "exclusiveMaximum": False},
                "d": {"type": "string", "format": "byte"},
                "e": {"type": "string", "format": "binary", "nullable": False},
                "f": {"$ref": "#/components/schemas/Other", "description": "ignored"},
                "g": {"allOf": [{"$ref": "#/components/schemas/Other"}], "nullable": True},
                "h": {"type": "string", "enum": ["a", None], "nullable": True, "x-h": 1},
                "example": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
            },
            "additionalProperties": {"not": {}},
            "discriminator": {"propertyName": "a", "mapping": {"x": "#/components/schemas/Other"}},
            "xml": {"name": "n"},
            "externalDocs": {"url": "u"},
            "example": {"nullable": True},
        },
    ),
    "schemas of 3.1": body(
        "3.1.0",
        {
            "$id": "https://a.example/thing",
            "type": ["object", "null"],
            "$defs": {"n": {"$dynamicAnchor": "node", "const": 1}, "b": True},
            "properties": {
                "a": {"$ref": "#/components/schemas/Other", "description": "counts"},
                "b": {"$dynamicRef": "#node"},
                "c": {"exclusiveMinimum": 1, "examples": [1], "if": {}, "then": False},
                "d": {"prefixItems": [True, {"type": "null"}], "contains": {}, "items": False},
                "e": {"$ref": "#/components/schemas/Other/properties/x"},
            },
            "patternProperties": {"^x": {"contentEncoding": "base64"}},
            "unevaluatedProperties": False,
        },
        Other={"type": "object", "properties": {"x": {"$ref": "#/components/schemas/Thing"}}},
    ),
    "schemas that hold what they cannot": body(
        "3.0.3",
        {
            "type": "object",
            "required": True,
            "properties": {"a": ["b"], "b": {"enum": "x", "minimum": "1", "items": [{}]}},
            "allOf": {},
            "title": 1,
            "not": {"type": "array", "items": 5},
        },
    ),
    "arrays and references of 3.0": body(
        "3.0.3",
        {
            "type": "object",
            "properties": {
                "a": {"type": "array"},
                "b": {"$ref": "#/components/schemas/Other", "x-b": 1},
                "c": {"$ref": "#/components/schemas/Other", "x-c": 1, "description": "ignored"},
            },
        },
    ),
    "bounds of 3.0 in 3.1": body(
        "3.1.0",
        {"type": "number", "minimum": 1, "exclusiveMinimum": True, "exclusiveMaximum": False},
    ),
    "fields that came later": document(
        "3.0.3",
        {
            **operation(parameters=[{**ID, "allowReserved": False, "allowEmptyValue": False}]),
            "query": {"responses": {"200": {"description": "It."}}},
        },
        info={
            "title": "T",
            "version": "1",
            "summary": "s",
            "license": {"name": "N", "identifier": "I"},
        },
        tags=[{"name": "t", "summary": "s", "kind": "nav"}],
        components={"pathItems": {"a": {}}, "schemas": {"A": {"type": "string"}}},
        webhooks={"made": operation()},
        jsonSchemaDialect="https://json-schema.org/draft/2020-12/schema",
    ),
}
