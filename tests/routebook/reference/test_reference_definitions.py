from __future__ import annotations

import re

import pytest

from routebook import contents, descriptors, errors, metadata
from routebook.values import Value
from routebook.views import definitions
from routebook.views.definitions import is_plain, references

CLASSES = {
    name: each
    for module in (contents, descriptors, errors, metadata)
    for name, each in vars(module).items()
    if isinstance(each, type) and issubclass(each, Value) and each is not Value
}
MENTIONED = {
    each: {name: set(re.findall(r"\w+", hint)) for name, hint in kind.__annotations__.items()}
    for each, kind in CLASSES.items()
}


def test_every_field_that_leads_to_a_schema_is_followed() -> None:
    """A new field that holds descriptors must be known to the walk over a description."""
    found = {name for name, hints in MENTIONED.items() if definitions._HOLDERS & hints.keys()}
    for _ in CLASSES:  # more rounds than there are levels
        found |= {n for n, hints in MENTIONED.items() if any(found & h for h in hints.values())}
    leading = {key for n in MENTIONED for key, hint in MENTIONED[n].items() if hint & found}
    assert leading == definitions._LEADING


@pytest.mark.parametrize(
    ("schema", "plain", "names"),
    [
        (True, True, []),
        ({"$ref": "#/components/schemas/A~1B"}, True, ["A/B"]),
        ({"items": {"allOf": [{"$ref": "#/components/schemas/A"}, True]}}, True, ["A"]),
        ({"properties": {"$ref": {"$ref": "#/components/schemas/A"}}}, True, ["A"]),
        ({"example": {"$ref": "#/components/schemas/A"}}, True, []),
        ({"properties": {"a": int}}, False, []),
        ({"enum": ("a", "b")}, False, []),
        (int, False, []),
    ],
    ids=range(8),
)
def test_what_a_schema_refers_to(schema: object, plain: bool, names: list[str]) -> None:
    assert is_plain(schema) is plain
    found = references(schema)
    assert found[0] is plain
    assert not plain or list(found[1]) == names
