"""Two JSON Schemas, compared by meaning: what each edit does to the set of accepted values."""

from __future__ import annotations

from routebook.diff.schemas.comparer import Comparer
from routebook.diff.schemas.model import (
    Comparison,
    Direction,
    Effect,
    SchemaEdit,
    SharedEdits,
    Spot,
)
from routebook.diff.schemas.parts import name_in
from routebook.diff.schemas.sameness import references_in, same

__all__ = [
    "Comparer",
    "Comparison",
    "Direction",
    "Effect",
    "SchemaEdit",
    "SharedEdits",
    "Spot",
    "name_in",
    "references_in",
    "same",
]
