"""How values are written outside of documents: whether it matters that their items are apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.parts import ALL, Part
from routebook.schemas import parameter_schema

IGNORED = frozenset({"accept", "authorization", "content-type"})
"""Header parameters of these names are ignored (OpenAPI 3.1, section 4.8.12.2.1)."""


def exploding(pair: Pair, style: str) -> bool:
    """Whether a parameter or header is written otherwise with `explode` than without it."""
    return schemas_exploding(
        pair, [parameter_schema(one, {}) for one in (pair.old, pair.new)], style
    )


def schemas_exploding(pair: Pair, schemas: Iterable[Any], style: str) -> bool:
    """Whether values of the old and the new schema are.

    Only lists and objects have items, and `simple` parts those of a list by commas either way
    (OpenAPI 3.1, section 4.8.12.4). `deepObject` has one way of writing: without `explode`, which
    is its default, it is not defined (OpenAPI 3.1.1, Style Examples).
    """
    if style == "deepObject":
        return False
    whole = pair.inside(Kind.API).context
    sides = zip(schemas, (whole.old.schemas, whole.new.schemas), strict=True)
    kinds = frozenset().union(*(_kinds(schema, named) for schema, named in sides))
    return "object" in kinds or ("array" in kinds and style != "simple")


def _kinds(schema: Any, named: Mapping[str, Any]) -> frozenset[str]:
    """The types that a schema takes; all where that is not known."""
    if not isinstance(schema, Mapping):
        return ALL
    return View(named).normal((Part(schema, "", ""),)).types
