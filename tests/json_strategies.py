"""Hypothesis strategies for texts, JSON data and schemas."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

SCHEMA_NAMES = ("Pet", "Owner", "Tree")

words = st.sampled_from(
    [
        "blob",
        "tag",
        "upload",
        "yes",
        "no",
        "12:30",
        "1e3",
        "0o10",
        "null",
        "2020-01-01",
        "été",
        "😀",
    ]
)
"""Texts of one word, most of which some YAML reader takes for something else."""

prose = st.one_of(
    st.just(""),
    words,
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.lists(words, min_size=1, max_size=30).map(" ".join),
    st.lists(st.sampled_from(["A | b.", "", "- item", "  code", "**x**", "`y`"]), max_size=5).map(
        "\n".join
    ),
)
"""What people write: empty, a word, a long line, lines with Markdown in them."""

json_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    words,
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
"""JSON data."""

given_values = json_values.filter(lambda value: value is not None)
"""JSON data but for null, which in a descriptor's field stands for nothing."""

extras: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["x-owner", "x-internal", "x-Y"]), json_values, max_size=1
) | st.just({})
"""Extra fields."""


_annotations = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "description": prose,
        "deprecated": st.booleans(),
        "readOnly": st.booleans(),
        "examples": st.lists(json_values, max_size=2),
        "$comment": words,
    },
)

_leaves = st.one_of(
    st.sampled_from(SCHEMA_NAMES).map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 9),
            "pattern": st.sampled_from(["^a", "^[a-z]+$", "a|b"]),
            "format": st.sampled_from(["uuid", "date-time", "binary", "byte"]),
            "contentEncoding": st.just("base64"),
            "contentMediaType": st.sampled_from(["application/octet-stream", "image/png"]),
            "enum": st.lists(words, min_size=1, max_size=3, unique=True),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(0, 9),
            "exclusiveMinimum": st.integers(0, 9),
            "exclusiveMaximum": st.integers(10, 99),
            "maximum": st.integers(10, 99),
            "multipleOf": st.sampled_from([1, 2, 0.5]),
        },
    ),
    st.sampled_from(
        [
            True,
            False,
            {},
            {"type": "null"},
            {"type": ["string", "null"]},
            {"type": ["integer", "string", "null"]},
            {"type": "boolean"},
            {"const": "a"},
            {"enum": [None]},
            {"enum": ["a", None, 1]},
        ]
    ),
)


def _composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of schemas."""
    several = st.lists(inner, min_size=1, max_size=2)
    no_names = inner.filter(lambda schema: isinstance(schema, bool) or "$ref" not in schema)
    parts = st.lists(no_names, min_size=1, max_size=2)  # a name here can be part of itself
    some = st.dictionaries(st.sampled_from(["name", "code", "a b"]), inner, max_size=2)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object")},
            optional={
                "properties": some,
                "required": st.lists(st.sampled_from(["name", "code"]), max_size=2, unique=True),
                "additionalProperties": inner,
                "patternProperties": st.dictionaries(st.just("^x-"), inner, max_size=1),
                "propertyNames": inner,
                "unevaluatedProperties": inner,
                "dependentRequired": st.just({"name": ["code"]}),
            },
        ),
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={
                "items": inner,
                "prefixItems": several,
                "contains": inner,
                "uniqueItems": st.booleans(),
            },
        ),
        st.fixed_dictionaries({}, optional={"anyOf": several, "oneOf": several, "allOf": parts}),
        st.fixed_dictionaries({"if": inner}, optional={"then": inner, "else": inner, "not": inner}),
    )


def _annotated(schema: Any) -> st.SearchStrategy[Any]:
    if isinstance(schema, bool):
        return st.just(schema)
    return _annotations.map(lambda more: {**schema, **more})


schemas = st.recursive(
    _leaves.flatmap(_annotated), lambda inner: _composed(inner).flatmap(_annotated), max_leaves=5
)
"""JSON Schema 2020-12 values; they may refer to the schemas named in `SCHEMA_NAMES`."""

named_schemas = schemas.filter(lambda schema: isinstance(schema, bool) or "$ref" not in schema)
"""What a name may stand for: not another name, since such names can go round in a circle."""
