"""Whether instances are valid against schemas (JSON Schema 2020-12), as far as that is quick.

The answers are sure, and may be left open: `jsonschema` then decides. All that asks many such
questions stands on this one evaluator: checks of examples, samples, and witnesses of changes.
"""

from routebook.conformance.equality import distinct, equal, value_key
from routebook.conformance.evaluator import MOST_REFERENCES, Evaluator, named
from routebook.conformance.keywords import is_wellformed, wellformed
from routebook.conformance.patterns import compiled, found
from routebook.conformance.verdicts import Verdict

__all__ = [
    "MOST_REFERENCES",
    "Evaluator",
    "Verdict",
    "compiled",
    "distinct",
    "equal",
    "found",
    "is_wellformed",
    "named",
    "value_key",
    "wellformed",
]
