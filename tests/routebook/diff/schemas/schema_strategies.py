"""Strategies for small schemas, and for values near them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b")
SCALARS = st.sampled_from(["a", "b", "ab", "", 0, 1, 2, 3, 1.5, -1, True, False, None])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "x-c"]), inner, max_size=3)
    ),
    max_leaves=5,
)
ALWAYS: tuple[Any, ...] = (
    *("a", "ab", 0, 1, 2, 1.5, True, None),
    *([], {}, {"a": "a"}, {"a": 1, "b": "b"}, {"x-c": 1}, {"b": None}, {"c": 1}),
    *(["a", "a"], [1], ["a", 1, "b"], [[]]),
)
"""Values to try each time."""

_TYPES = st.one_of(
    st.sampled_from(["string", "integer", "number", "boolean", "object", "array", "null"]),
    st.sampled_from([["string", "null"], ["integer", "string"], ["object", "null"]]),
)
_SOME_NAMES = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
_SMALL = st.integers(0, 3)
_KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": _TYPES,
    "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=lambda v: (str(type(v)), v)),
    "const": SCALARS,
    "minimum": st.sampled_from([0, 1, 1.5, 2]),
    "maximum": st.sampled_from([0, 1, 1.5, 2]),
    "exclusiveMinimum": st.sampled_from([0, 1]),
    "exclusiveMaximum": st.sampled_from([1, 2]),
    "multipleOf": st.sampled_from([1, 2, 0.5, 3]),
    "pattern": st.sampled_from(["^a", "b", "^a+$", ".*", "^(a|b)$"]),
    "uniqueItems": st.booleans(),
    "required": _SOME_NAMES,
    "dependentRequired": st.dictionaries(st.sampled_from(NAMES), _SOME_NAMES, max_size=1),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _SMALL),
    **dict.fromkeys(("minProperties", "maxProperties"), _SMALL),
}


def schemas(depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Schemas of a few keywords; `oneOf` is left out, whose branches are read as a choice."""
    inner = st.deferred(lambda: schemas(depth - 1)) if depth else st.just({})
    keywords = {**_KEYWORDS, **(_composed(inner) if depth else {})}
    names = [*keywords, "type", "type", *(("type", "properties") if depth else ())]
    chosen = st.lists(st.sampled_from(names), max_size=4, unique=True)
    return chosen.flatmap(lambda some: st.fixed_dictionaries({one: keywords[one] for one in some}))


def _composed(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    named = st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)
    return {
        "properties": named,
        "items": inner | st.booleans(),
        "additionalProperties": inner | st.booleans(),
        "patternProperties": st.dictionaries(st.sampled_from(["^x-", "a"]), inner, max_size=1),
        "propertyNames": st.sampled_from([{"maxLength": 1}, {"pattern": "^a"}, {"enum": ["a"]}]),
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
        "contains": inner,
        "minContains": _SMALL,
        "maxContains": _SMALL,
        "not": inner,
        "anyOf": st.lists(inner, min_size=1, max_size=3),
        "allOf": st.lists(inner, min_size=1, max_size=2),
        "if": inner,
        "then": inner,
        "else": inner,
        "dependentSchemas": named,
        "unevaluatedProperties": inner | st.just(False),
        "unevaluatedItems": st.just(False),
    }


@st.composite
def edited(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two schemas, the second often made of the first."""
    old = draw(schemas())
    if draw(st.booleans()):
        return old, draw(schemas())
    new = {**old, **draw(schemas())}
    shorter = draw(st.booleans())
    if new and shorter:
        del new[draw(st.sampled_from(sorted(new)))]
    return old, new
