"""The schemas of an API, and what they say about values. jsonschema is loaded on first use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from routebook.checks.frame import Problem
from routebook.checks.soundness import is_sound
from routebook.conformance import Evaluator, named
from routebook.descriptors import APIDescriptor, ParameterDescriptor
from routebook.findings import RoutebookError
from routebook.nearest import hint as nearest_hint
from routebook.schemas import REFERENCE, parameter_schema, plain, subschemas, to_json_schema

_DOCUMENT = "urn:routebook:api"
_MOST = 8
"""How many problems of one value are told."""
_LONGEST = 240
"""How many characters of one message are told."""
_SEE = "see JSON Schema 2020-12"
"""The next step when a schema is none."""
_CRASHES = (AttributeError, KeyError, TypeError, ValueError, ArithmeticError, re.error)
"""What validators raise for schemas that are none."""
_OURS = (REFERENCE, "#/$defs/", "#/definitions/")
"""How a reference begins that a schema can only mean within the API's schemas or itself."""


class Schemas:
    """Schemas that may refer to each other as `#/components/schemas/NAME`."""

    def __init__(self, api: APIDescriptor) -> None:
        self._given = api.schemas
        self._checked: list[Any] = []
        self._metas: dict[str, Any] = {}

    @cached_property
    def named(self) -> dict[str, Any]:
        """The named schemas of the API as JSON Schema; also those of Python types, once met."""
        return self._conversion[0]

    @property
    def unconverted(self) -> tuple[tuple[str, RoutebookError], ...]:
        """The names of those that have no JSON Schema, with the reason."""
        return self._conversion[1]

    @cached_property
    def _conversion(self) -> tuple[dict[str, Any], tuple[tuple[str, RoutebookError], ...]]:
        named: dict[str, Any] = {}
        errors = []
        for name, schema in self._given.items():
            try:
                with _as_no_schema(schema):
                    found = to_json_schema(schema, named)
            except RoutebookError as error:
                errors.append((name, error))
                continue
            if found != {"$ref": REFERENCE + name} and named.setdefault(name, found) != found:
                clash = RoutebookError(
                    f"two different schemas are named {name!r}",
                    hint="rename one of the types, or the key in the API's `schemas`",
                )
                errors.append((name, clash))
        return named, tuple(errors)

    def converted(self, schema: Any) -> Any:
        """A schema as JSON Schema. Raises `RoutebookError` when it has none."""
        with _as_no_schema(schema):
            return to_json_schema(schema, self.named)

    def of_parameter(self, parameter: ParameterDescriptor) -> Any:
        """A parameter's JSON Schema. Raises `RoutebookError` when it has none."""
        with _as_no_schema(parameter.schema):
            return parameter_schema(parameter, self.named)

    def faults(self, schema: Any) -> Iterator[Problem]:
        """What is wrong with a JSON Schema itself."""
        if is_sound(schema, self.named):
            return
        try:
            errors = sorted(self._meta(schema).iter_errors(schema), key=_position)
        except RecursionError:
            yield Problem("the schema nests too deep", "give its parts names")
            return
        except _CRASHES as error:
            yield Problem(f"the schema cannot be read: {error}", _SEE)
            return
        for fault in errors[:_MOST]:
            yield Problem(_said(fault), _SEE, _pointer(fault.absolute_path))
        if not errors:
            yield from self._unresolved(schema)

    def refusals(self, value: Any, schema: Any) -> Iterator[Problem]:
        """Why a schema refuses a value; nothing when the schema has faults of its own."""
        given = plain(value)
        if self._evaluator.accepts(given, schema):
            return
        from referencing.exceptions import Unresolvable

        try:
            errors = sorted(self._validator(schema).iter_errors(given), key=_position)
        except (Unresolvable, RecursionError, *_CRASHES):
            return  # the schema's own faults are another rule's
        for error in errors[:_MOST]:
            yield Problem(_said(error), "", _pointer(error.absolute_path))

    @cached_property
    def _evaluator(self) -> Evaluator:
        from jsonschema import Draft202012Validator as Validator

        return Evaluator(named(self.named), Validator.FORMAT_CHECKER.conforms)

    def _meta(self, schema: Any) -> Any:
        import jsonschema

        kind: Any = jsonschema.Draft202012Validator
        if isinstance(schema, Mapping) and isinstance(schema.get("$schema"), str):
            kind = jsonschema.validators.validator_for(schema, default=kind)
        name = kind.__name__
        if name not in self._metas:
            self._metas[name] = kind(kind.META_SCHEMA)
        return self._metas[name]

    def _validator(self, schema: Any) -> Any:
        from jsonschema import Draft202012Validator as Validator

        self._checked.append(schema)
        reference = {"$ref": f"{_DOCUMENT}#/checked/{len(self._checked) - 1}"}
        return Validator(
            reference, registry=self._registry, format_checker=Validator.FORMAT_CHECKER
        )

    @cached_property
    def _registry(self) -> Any:
        """The resources that a `$ref` may lead to: nothing is ever fetched."""
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        document = {"components": {"schemas": self.named}, "checked": self._checked}
        resources = [(_DOCUMENT, DRAFT202012.create_resource(document))]
        resources += [
            (schema["$id"], DRAFT202012.create_resource(schema))
            for schema in self.named.values()
            if isinstance(schema, dict) and isinstance(schema.get("$id"), str)
        ]
        return Registry().with_resources(resources)

    def _unresolved(self, schema: Any) -> Iterator[Problem]:
        resolver = self._registry.resolver(_DOCUMENT)
        for reference, base in _references(schema, resolver):
            if not self._resolves(reference, base):
                yield Problem(f"{reference!r} leads nowhere", self._next_step(reference))

    def _resolves(self, reference: str, resolver: Any) -> bool:
        from referencing.exceptions import Unresolvable

        elsewhere = reference.startswith("#/") and not reference.startswith(_OURS)
        if elsewhere:
            return True  # another part of an OpenAPI document, which its own validation checks
        try:
            resolver.lookup(reference)
        except (Unresolvable, *_CRASHES):
            return False
        return True

    def _next_step(self, reference: str) -> str:
        if reference.startswith(REFERENCE):
            return nearest_hint(reference.removeprefix(REFERENCE), self.named)
        if reference.startswith("#"):
            return f"name the schema in the API's `schemas`, and refer to {REFERENCE}NAME"
        return "nothing is fetched: put the schema into the API's `schemas`"


@contextmanager
def _as_no_schema(schema: Any) -> Iterator[None]:
    """Tell what pydantic raises for a value that is neither a type nor a schema."""
    try:
        yield
    except RecursionError:
        raise RoutebookError("the schema nests too deep", hint="give its parts names") from None
    except (AttributeError, TypeError, ValueError, NameError) as error:
        raise RoutebookError(
            f"{str(schema)[:_LONGEST]} has no JSON Schema: {error}",
            hint="use a Python type that pydantic can describe, or a JSON Schema object",
        ) from error


def _references(schema: Any, resolver: Any) -> Iterator[tuple[str, Any]]:
    """Every `$ref` in a schema, with the resolver of the place where it stands."""
    from referencing.jsonschema import DRAFT202012

    waiting = [(schema, resolver)]
    while waiting:
        inner, base = waiting.pop()
        if isinstance(inner, Mapping):
            if isinstance(inner.get("$id"), str):
                base = base.in_subresource(DRAFT202012.create_resource(inner))
            if isinstance(inner.get("$ref"), str):
                yield inner["$ref"], base
            waiting += [(each, base) for each in reversed(list(subschemas(inner)))]


def _position(error: Any) -> tuple[str, str]:
    return str(list(error.absolute_path)), error.message


def _said(error: Any) -> str:
    """The most telling message of an error, at a length that can be read."""
    from jsonschema.exceptions import best_match

    message: str = (best_match([error]) or error).message
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}..."


def _pointer(path: Any) -> str:
    """A path inside a value as the end of a place: `.layers[0].digest`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
