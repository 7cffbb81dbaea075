"""Evaluates instances. Schemas become functions once, so the next instance is cheap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from routebook.conformance.applicators import APPLICATORS
from routebook.conformance.assertions import ASSERTIONS
from routebook.conformance.keywords import is_wellformed
from routebook.conformance.verdicts import Formats, Test, Verdict, every, undecided
from routebook.deep import deep
from routebook.schemas import REFERENCE

Resolve = Callable[[str], Any]
"""What a reference names; None where it names nothing that is known."""

MOST_REFERENCES = 50_000
"""How many references are followed for one verdict; schemas can ask for exponentially many."""

_DIALECTS = ("https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.")


class Evaluator:
    """Tells which instances are valid against schemas that may refer to each other.

    Verdicts follow JSON Schema 2020-12, and `jsonschema` where that leaves a choice. Undecided
    are malformed keywords, patterns that Python cannot read, references that lead nowhere or
    round in a circle, `$dynamicRef`, schemas of other dialects or with an `$id`, most
    unevaluated properties and items, multiples that floats blur, and instances that nest too
    deep or need too many references.

    A schema must not change once it was given. `formats` decides `format`, which annotates only
    where it is not given (validation, section 7.2.1).
    """

    def __init__(self, resolve: Resolve, formats: Formats | None = None) -> None:
        self.formats = formats
        self.endless = False
        """Whether the last verdict met references that lead round in a circle, or too many."""
        self._resolve = resolve
        self._tests: dict[int, tuple[Any, Test]] = {}
        self._left = 0

    @property
    def followed(self) -> int:
        """How many references were followed for the last verdict."""
        return MOST_REFERENCES - self._left

    def verdict(self, instance: Any, schema: Any) -> Verdict:
        """Whether an instance is valid; None when it is undecided."""
        self._left = MOST_REFERENCES
        self.endless = False
        try:
            return self.test(schema)(instance)
        except RecursionError:
            return self._deep_verdict(instance, schema)

    def _deep_verdict(self, instance: Any, schema: Any) -> Verdict:
        self._left = MOST_REFERENCES
        with deep():
            try:
                return self.test(schema)(instance)
            except RecursionError:
                return None

    def accepts(self, instance: Any, schema: Any) -> bool:
        """Whether an instance is valid for sure."""
        return self.verdict(instance, schema) is True

    def refuses(self, instance: Any, schema: Any) -> bool:
        """Whether an instance is not valid for sure."""
        return self.verdict(instance, schema) is False

    def test(self, schema: Any) -> Test:
        """The function of a schema, made once."""
        known = self._tests.get(id(schema))
        if known is None:
            known = self._tests[id(schema)] = (schema, self._made(schema))
        return known[1]

    def _made(self, schema: Any) -> Test:
        if isinstance(schema, bool):
            return lambda _: schema
        if not isinstance(schema, (dict, Mapping)) or _is_foreign(schema):
            return undecided
        first: list[Test] = []
        then: list[Test] = []
        for keyword, said in schema.items():
            makers, tests = (ASSERTIONS, first) if keyword in ASSERTIONS else (APPLICATORS, then)
            if keyword in makers:
                known = is_wellformed(keyword, said)
                made = makers[keyword](self, said, schema) if known else undecided
                if made is not None:
                    tests.append(made)
        return every([*first, *then])

    def referred(self, reference: str) -> Test:
        """The function of what a reference names, which is looked up when it is needed."""
        found: Test | None = None
        busy: set[int] = set()

        def test(instance: Any) -> Verdict:
            nonlocal found
            if found is None:
                schema = self._resolve(reference)
                if schema is None:
                    return None
                found = self.test(schema)
            self._left -= 1
            its = id(instance)
            if self._left < 0 or its in busy:  # in a circle, nothing else is looked at
                self.endless = True
                return None
            busy.add(its)
            try:
                return found(instance)
            finally:
                busy.discard(its)

        return test


def _is_foreign(schema: Mapping[str, Any]) -> bool:
    return "$schema" in schema and not str(schema["$schema"]).startswith(_DIALECTS)


def named(definitions: Mapping[str, Any]) -> Resolve:
    """Follows references to an API's schemas, and into them (RFC 6901, section 6)."""

    def resolve(reference: str) -> Any:
        if not reference.startswith(REFERENCE):
            return None
        pointer = reference[len(REFERENCE) :]
        if pointer.isidentifier():
            return definitions.get(pointer)
        found: Any = definitions
        for token in unquote(pointer).split("/"):
            found = _inside(found, token.replace("~1", "/").replace("~0", "~"))
        return found

    return resolve


def _inside(value: Any, token: str) -> Any:
    if isinstance(value, (dict, Mapping)):
        return value.get(token)
    index = int(token) if token.isascii() and token.isdecimal() and len(token) < 9 else -1
    return value[index] if isinstance(value, list) and 0 <= index < len(value) else None
