"""What a server refuses: which requests the description does not allow, and with which error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from routebook.descriptors import APIDescriptor, ParameterDescriptor, RequestDescriptor
from routebook.envelope import Refusal
from routebook.errors import ErrorDescriptor, Errors, code_for_status
from routebook.messages import Fields, Match
from routebook.values import Type

_LEXICAL = {
    "integer": re.compile(r"[+-]?[0-9]{1,300}"),  # int() takes 4300 digits, and float() 308
    "number": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"),
    "boolean": re.compile(r"true|false"),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One parameter that the description does not allow as it is."""

    place: str
    """`path`, `query`, `header` or `cookie`."""
    parameter: ParameterDescriptor
    """The parameter."""
    value: str | None
    """The text that was sent; None when it is missing."""
    reason: str
    """What is the matter with it, such as `is missing`."""

    @property
    def detail(self) -> str:
        """The envelope's detail, such as `query parameter digest is missing`."""
        kind = "" if self.place in ("header", "cookie") else " parameter"
        return f"{self.place}{kind} {self.parameter.name} {self.reason}"


class Refusals:
    """The errors that a server answers by itself. Subclass it to choose others."""

    def __init__(self, api: APIDescriptor) -> None:
        self.api = api

    def not_found(self, path: str) -> Refusal:
        """No route matches `path`: 404."""
        return self._code(404).with_message("no route matches this path").with_detail(path)

    def method_not_allowed(self, method: str, allow: tuple[str, ...]) -> Refusal:
        """The route has no such method: 405. The answer lists `allow` in its header."""
        return self._code(405).with_detail({"method": method, "allow": list(allow)})

    def bad_request(self, reason: str) -> Refusal:
        """The request target cannot be read: 400."""
        return self._code(400).with_message(reason)

    def invalid(self, match: Match, violations: tuple[Violation, ...]) -> Refusal:
        """The description does not allow the request: one error for each violation."""
        return Errors(*(self.code_of(match.variant, v).with_detail(v.detail) for v in violations))

    def failed(self, failure: Exception) -> Refusal:
        """A handler raised something that is no `Error`: 500, and not a word of it."""
        del failure  # it is logged; its text may hold secrets
        return self._code(500).error()

    def code_of(self, variant: RequestDescriptor, violation: Violation) -> ErrorDescriptor:
        """The code for a violation, if possible among those that `variant` is described to send.

        It is a code of its 400 and 416 answers, or else a code of the API for 400, whose words
        name the parameter: `DIGEST_INVALID` for `digest`, for a parameter of that type, and for
        one with the same pattern. Otherwise it is the only code of its 400 answer, or the one
        for 400. A range that cannot be read is answered with 416 where that is described
        (RFC 9110, section 15.5.17).
        """
        parameter = violation.parameter
        if parameter.type is Type.BYTE_RANGE and 416 in {f.status_code for f in variant.failures}:
            return self._code(416)
        described = _refusing_codes(variant)
        listed = tuple(code for group in self.api.error_groups for code in group)
        for codes in (described, tuple(code for code in listed if code.http_status == 400)):
            for words in _kinds(variant, parameter):
                named = [code for code in codes if words & _words(code.value)]
                if named:
                    return named[0]
        alone = [code for code in described if code.http_status == 400]
        return alone[0] if len(alone) == 1 else self._code(400)

    def _code(self, status: int) -> ErrorDescriptor:
        return code_for_status(self.api.error_groups, status)


def _refusing_codes(variant: RequestDescriptor) -> tuple[ErrorDescriptor, ...]:
    answers = (answer for answer in variant.failures if answer.status_code in (400, 416))
    return tuple(dict.fromkeys(code for answer in answers for code in answer.error_codes))


def _kinds(variant: RequestDescriptor, parameter: ParameterDescriptor) -> Iterator[set[str]]:
    """What a parameter is, in words: by its name, its type, and others that look the same."""
    yield _words(parameter.name)
    if parameter.type is not Type.STRING:
        yield {parameter.type.value}
    for other in (*variant.path_parameters, *variant.query_parameters):
        if parameter.regexp and other.regexp == parameter.regexp:
            yield _words(other.name)


def _words(name: str) -> set[str]:
    return set(re.split(r"[^a-z0-9]+", name.lower()))


def violations(match: Match, query: Fields, headers: Fields) -> Iterator[Violation]:
    """What the description does not allow in a request that matches a variant of it.

    Bodies are not looked at: they come later, in parts.
    """
    variant = match.variant
    parts: Iterable[tuple[str, tuple[ParameterDescriptor, ...], Mapping[str, str]]] = (
        ("path", variant.path_parameters, match.values),
        ("query", variant.query_parameters, query),
        ("header", variant.headers, headers),
        (
            "cookie",
            variant.cookie_parameters,
            cookies(headers) if variant.cookie_parameters else {},
        ),
    )
    for place, parameters, given in parts:
        for parameter in parameters:
            if not parameter.documented_only:
                value = given.get(parameter.name)
                reason = _reason(parameter, value)
                if reason:
                    yield Violation(place, parameter, value, reason)


def cookies(headers: Fields) -> dict[str, str]:
    """The cookies of a request (RFC 6265, section 4.2.1); the first of a name counts."""
    found: dict[str, str] = {}
    for header in headers.all("Cookie"):
        for pair in header.split(";"):
            name, equals, value = pair.strip().partition("=")
            if equals:
                found.setdefault(name, value.strip('"'))
    return found


def _reason(parameter: ParameterDescriptor, value: str | None) -> str:
    """Why `value` is refused; empty when it is not. An empty value is as good as none."""
    if not value and not (value == "" and parameter.allow_empty_value):
        return "is missing" if parameter.required else ""
    if not value or parameter.type in (Type.ARRAY, Type.OBJECT) or parameter.content:
        return ""  # lists and documents are the handler's to take apart
    if parameter.regexp and not _compiled(parameter.regexp).fullmatch(value):
        return f"does not match {parameter.regexp}"
    return _schema_reason(_schema(parameter), value)


def _schema(parameter: ParameterDescriptor) -> dict[str, Any]:
    own = parameter.schema if isinstance(parameter.schema, Mapping) else {}
    return {**parameter.type.json_schema, **own}


def _schema_reason(schema: Mapping[str, Any], value: str) -> str:
    kind = schema.get("type")
    if kind in _LEXICAL:
        if not _LEXICAL[kind].fullmatch(value):
            return f"is not of type {kind}"
        return "" if kind == "boolean" else _range_reason(schema, float(value))
    if kind != "string":
        return ""
    if "enum" in schema and value not in schema["enum"]:
        return f"is none of {', '.join(map(str, schema['enum']))}"
    if "pattern" in schema and not _compiled(schema["pattern"]).search(value):
        return f"does not match {schema['pattern']}"
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return f"is of a length that is not allowed: {len(value)}"
    return ""


def _range_reason(schema: Mapping[str, Any], value: float) -> str:
    least, most = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if value < schema.get("minimum", value) or (least is not None and value <= least):
        return "is too small"
    if value > schema.get("maximum", value) or (most is not None and value >= most):
        return "is too large"
    return ""


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    # JSON Schema's `$` is the very end of the text; Python's lets a line feed follow
    pattern = f"{pattern[:-1]}\\Z" if pattern.endswith("$") and pattern[-2:] != "\\$" else pattern
    return re.compile(pattern, re.ASCII)
