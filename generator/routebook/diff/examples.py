"""Pairs of schemas that differ in one keyword: the examples of the rules about schemas.

Each is compared in both orders, so a pair stands for an edit and for its undoing.
"""

from __future__ import annotations

from typing import Any

_LIST: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_MAP: dict[str, Any] = {"type": "object"}
_WORD: dict[str, Any] = {"type": "string"}
_CAT: dict[str, Any] = {"type": "object", "required": ["purrs"]}
_DOG: dict[str, Any] = {"type": "object", "required": ["barks"]}

_BOUNDS: tuple[tuple[dict[str, Any], str, Any, Any], ...] = (
    # the schema, a keyword, and a value below and above
    ({"type": "integer"}, "minimum", 1, 10),
    ({"type": "integer"}, "maximum", 1, 10),
    ({"type": "number"}, "exclusiveMinimum", 1, 10),
    ({"type": "number"}, "exclusiveMaximum", 1, 10),
    ({"type": "integer"}, "multipleOf", 2, 4),
    (_WORD, "minLength", 1, 10),
    (_WORD, "maxLength", 1, 10),
    (_WORD, "pattern", "^[a-z]$", "^[a-z]+$"),
    (_WORD, "pattern", "^a", "z$"),
    (_WORD, "format", "date", "date-time"),
    (_WORD, "contentEncoding", "base64", "base32"),
    (_WORD, "contentMediaType", "text/plain", "text/html"),
    (_LIST, "minItems", 1, 10),
    (_LIST, "maxItems", 1, 10),
    (_LIST, "uniqueItems", False, True),
    (_LIST, "contains", {"const": "a"}, {"const": "b"}),
    ({**_LIST, "contains": {"const": "a"}}, "minContains", 1, 3),
    ({**_LIST, "contains": {"const": "a"}}, "maxContains", 1, 3),
    (_MAP, "minProperties", 1, 10),
    (_MAP, "maxProperties", 1, 10),
    (_MAP, "additionalProperties", False, {"type": "string"}),
    (_MAP, "unevaluatedProperties", False, {"type": "string"}),
    (_MAP, "propertyNames", {"maxLength": 5}, {"maxLength": 9}),
    (_MAP, "patternProperties", {"^x-": {"type": "string"}}, {"^y-": {"type": "string"}}),
    (_MAP, "dependentRequired", {"a": ["b"]}, {"a": ["b", "c"]}),
    (_MAP, "dependentSchemas", {"a": {"required": ["b"]}}, {"a": {"required": ["c"]}}),
    (_WORD, "default", "a", "b"),
    (_WORD, "title", "A", "B"),
    (_WORD, "description", "One.", "Other."),
    (_WORD, "example", "a", "b"),
    (_WORD, "examples", ["a"], ["b"]),
    (_WORD, "deprecated", False, True),
    (_WORD, "readOnly", False, True),
    (_WORD, "writeOnly", False, True),
    (_WORD, "not", {"const": "a"}, {"enum": ["a", "b"]}),
    (_WORD, "x-extensible-enum", ["a"], ["a", "b"]),
)

NAMED: dict[str, Any] = {
    "Pet": {"type": "object"},
    "Tame": {"type": "object"},
    "Note": {"description": "Kept at home."},
}
"""The named schemas that examples refer to."""

_STANDS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"mapping": {"cat": "Cat"}}, {"mapping": {"cat": "Cat", "dog": "Dog"}}),
    ({"mapping": {"cat": "Cat"}}, {"mapping": {"cat": "Dog"}}),
    ({}, {"defaultMapping": "Cat"}),
    ({"defaultMapping": "Cat"}, {"defaultMapping": "Dog"}),
)
"""What the values of a discriminator stand for."""
_PET: dict[str, Any] = {"$ref": "#/components/schemas/Pet"}


def _told_apart(said: dict[str, Any]) -> dict[str, Any]:
    """A choice whose branches a property tells apart."""
    return {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind", **said}}


PAIRS: tuple[tuple[Any, Any], ...] = (
    *((schema, {**schema, keyword: low}) for schema, keyword, low, _ in _BOUNDS),
    *(
        ({**schema, keyword: low}, {**schema, keyword: high})
        for schema, keyword, low, high in _BOUNDS
    ),
    (_WORD, {"type": "integer"}),
    ({"type": "integer"}, {"type": "number"}),
    (_WORD, {"type": ["string", "null"]}),
    (_WORD, {}),
    (_WORD, {"type": "string", "enum": ["a", "b"]}),
    ({"enum": ["a", "b"]}, {"enum": ["a", "b", "c"]}),
    ({"const": "a"}, {"const": "b"}),
    (_WORD, {"const": "a"}),
    ({"enum": ["a", "b"]}, {"const": "a"}),
    ({"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 1}),
    ({"type": "number", "minimum": 1}, {"type": "number", "exclusiveMinimum": 1}),
    ({"type": "number", "maximum": 1}, {"type": "number", "exclusiveMaximum": 1}),
    ({"type": "number", "minimum": 1}, {"type": "number", "exclusiveMinimum": 0}),
    ({"type": "number", "maximum": 1}, {"type": "number", "exclusiveMaximum": 2}),
    ({"anyOf": [_WORD, {"type": "integer"}]}, _WORD),
    ({"type": ["string", "integer"]}, _WORD),
    ({"oneOf": [_WORD, {"type": "integer"}]}, {"oneOf": [_WORD]}),
    ({"oneOf": [_CAT, _DOG]}, {"anyOf": [_CAT, _DOG]}),
    ({"type": "array"}, _LIST),
    ({"type": "array", "items": True}, {"type": "array", "items": False}),
    ({"type": "array", "items": {}}, {"type": "array", "items": False}),
    (_LIST, {**_LIST, "prefixItems": [{"const": "a"}]}),
    (
        {"type": "array", "prefixItems": [_WORD]},
        {"type": "array", "prefixItems": [_WORD, {"type": "integer"}]},
    ),
    (
        {"type": "array", "prefixItems": [_WORD]},
        {"type": "array", "prefixItems": [_WORD], "unevaluatedItems": False},
    ),
    ({"type": "array", "prefixItems": [_WORD]}, {"type": "array", "items": _WORD}),
    (
        {"type": "array", "prefixItems": [_WORD], "unevaluatedItems": _WORD},
        {"type": "array", "prefixItems": [_WORD], "unevaluatedItems": {"maxLength": 3}},
    ),
    (
        {**_MAP, "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {**_MAP, "if": {"required": ["a"]}, "then": {"required": ["c"]}},
    ),
    ({**_MAP, "if": _CAT, "then": _DOG}, {**_MAP, "if": _DOG, "then": _CAT}),
    ({**_MAP, "if": _CAT, "else": _DOG}, {**_MAP, "if": _CAT, "else": {"required": ["meows"]}}),
    *(({}, {keyword: "#/nowhere"}) for keyword in ("$ref", "$dynamicRef")),
    *(({keyword: "#/no"}, {keyword: "#/nowhere"}) for keyword in ("$ref", "$dynamicRef")),
    (
        {"type": "array", "contains": {"type": "string"}, "maxContains": 2},
        {"type": "array", "contains": {"type": "integer"}, "maxContains": 2},
    ),
    (
        {"type": "array", "anyOf": [{"prefixItems": [_WORD]}, {}], "unevaluatedItems": False},
        {"type": "array", "anyOf": [{"prefixItems": [_WORD]}, {}], "unevaluatedItems": _WORD},
    ),
    (
        {**_MAP, "anyOf": [_CAT, {}], "unevaluatedProperties": False},
        {**_MAP, "anyOf": [_CAT, {}], "unevaluatedProperties": _WORD},
    ),
    (
        {**_WORD, "contentMediaType": "application/json", "contentSchema": _MAP},
        {**_WORD, "contentMediaType": "application/json", "contentSchema": _LIST},
    ),
    ({"oneOf": [_WORD, {"type": "integer"}]}, {"type": "boolean"}),
    (
        {"oneOf": [_WORD, {"type": "integer"}]},
        {"oneOf": [_WORD, {"type": "boolean"}]},
    ),
    *(
        ({"allOf": [_PET]}, {"allOf": [_PET, {"$ref": f"#/components/schemas/{name}"}]})
        for name in ("Tame", "Note")
    ),
    (_WORD, {**_WORD, "deprecated": True, "x-sunset": "9999-12-31"}),
    (_WORD, {**_WORD, "deprecated": True, "x-sunset": "soon"}),
    ({**_WORD, "deprecated": True}, {**_WORD, "deprecated": False}),
    ({**_WORD, "x-stability-level": "beta"}, {**_WORD, "x-stability-level": "stable"}),
    (_WORD, {**_WORD, "contentSchema": {"type": "object"}}),
    (
        {**_WORD, "contentMediaType": "application/json"},
        {**_WORD, "contentMediaType": "application/json", "contentSchema": _MAP},
    ),
    (_WORD, {**_WORD, "xml": {"name": "w"}}),
    ({**_WORD, "xml": {"name": "v"}}, {**_WORD, "xml": {"name": "w"}}),
    (_WORD, {**_WORD, "externalDocs": {"url": "https://example.com"}}),
    (_LIST, {"type": "array", "items": {"type": "integer"}}),
    (_LIST, {"type": "array", "prefixItems": [{"type": "string"}], "items": False}),
    (_MAP, {**_MAP, "properties": {"age": {"type": "integer"}}}),
    (_MAP, {**_MAP, "properties": {"age": {"type": "integer", "readOnly": True}}}),
    (
        {**_MAP, "properties": {"age": {"type": "integer"}}},
        {**_MAP, "properties": {"age": {"type": "integer"}}, "required": ["age"]},
    ),
    (
        _MAP,
        {**_MAP, "properties": {"age": {"type": "integer"}}, "required": ["age"]},
    ),
    (
        _MAP,
        {
            **_MAP,
            "properties": {"age": {"type": "integer", "default": 1}},
            "required": ["age"],
        },
    ),
    (
        {**_MAP, "properties": {"age": {"type": "integer", "default": 1}}},
        {**_MAP, "properties": {"age": {"type": "integer", "default": 1}}, "required": ["age"]},
    ),
    *(
        (
            {**_MAP, "properties": {"key": _WORD}, "required": ["key"]},
            {**_MAP, "properties": {"key": {**_WORD, access: True}}, "required": ["key"]},
        )
        for access in ("readOnly", "writeOnly")
    ),
    *(
        (
            {**_MAP, "properties": {"key": {**_WORD, access: True}}},
            {**_MAP, "properties": {"key": {**_WORD, access: True}}, "required": ["key"]},
        )
        for access in ("readOnly", "writeOnly")
    ),
    *(
        (
            {**_MAP, "properties": {"id": _WORD}},
            {
                **_MAP,
                "properties": {"id": _WORD, "key": {**_WORD, access: True}},
                "required": required,
            },
        )
        for access in ("readOnly", "writeOnly")
        for required in ([], ["key"])
    ),
    *(
        (
            {**_MAP, "properties": {"key": {**schema, access: True, keyword: low}}},
            {**_MAP, "properties": {"key": {**schema, access: True, keyword: high}}},
        )
        for schema, keyword, low, high in _BOUNDS
        if keyword in {"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "maxLength"}
        for access in ("readOnly", "writeOnly")
    ),
    *(
        (
            {**_MAP, "properties": {"key": {access: True, "enum": ["a"]}}},
            {**_MAP, "properties": {"key": {access: True, "enum": ["a", "b"]}}},
        )
        for access in ("readOnly", "writeOnly")
    ),
    ({"anyOf": [_CAT, _DOG]}, {"anyOf": [_CAT]}),
    ({"oneOf": [_CAT, _DOG]}, {"oneOf": [_CAT]}),
    (_MAP, {**_MAP, "allOf": [_CAT]}),
    (_MAP, {**_MAP, "if": _CAT, "then": _DOG}),
    (
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind"}},
        {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "sort"}},
    ),
    ({"oneOf": [_CAT, _DOG]}, {"oneOf": [_CAT, _DOG], "discriminator": {"propertyName": "kind"}}),
    *((_told_apart(one), _told_apart(other)) for one, other in _STANDS),
    ({**_MAP, "if": _CAT, "then": _DOG}, {**_MAP, "if": _CAT, "then": {"required": ["meows"]}}),
    (
        {**_MAP, "if": _CAT, "then": _DOG},
        {**_MAP, "if": _CAT, "then": _DOG, "else": {"required": ["meows"]}},
    ),
)
