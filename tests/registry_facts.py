"""Compares the description with the facts of the reference implementation, line by line.

A line says one difference: `-` a fact that the description lacks, `+` what it has beyond the
facts, `~` what it says otherwise. The first words are the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from routebook import (
    APIDescriptor,
    BodyDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)

FIXTURE = Path(__file__).with_name("registry_api") / "facts.json"
FACTS: dict[str, Any] = json.loads(FIXTURE.read_text("utf-8"))


def expand(text: str) -> str:
    """A text of the fixture with its `$names` of patterns replaced."""
    for name, pattern in FACTS["patterns"].items():
        text = text.replace(f"${name}", pattern)
    return text


def differences(api: APIDescriptor) -> list[str]:
    """Every difference between the routes of the description and those of the facts."""
    ours = {(route.name, method.method): method for route in api.routes for method in route.methods}
    facts = {
        (route["name"], method["method"]): method
        for route in FACTS["routes"]
        for method in route["methods"]
    }
    lines = [f"- {' '.join(key)}" for key in facts if key not in ours]
    for key, method in ours.items():
        place = " ".join(key)
        if key in facts:
            lines += _requests(place, facts[key]["requests"], method.requests)
        else:
            lines.append(f"+ {place}")
    return lines


def _requests(
    place: str, facts: list[dict[str, Any]], ours: Iterable[RequestDescriptor]
) -> Iterator[str]:
    named = {request.name: request for request in ours}
    yield from (f"+ {place} [{name}]" for name in named if name not in {f["name"] for f in facts})
    for fact in facts:
        inside = f"{place} [{fact['name']}]"
        request = named.get(fact["name"])
        if request is None:
            yield f"- {inside}"
            continue
        yield from _parameters(f"{inside} header", fact["headers"], request.headers)
        yield from _parameters(f"{inside} path", fact["path"], request.path_parameters)
        yield from _parameters(f"{inside} query", fact["query"], request.query_parameters)
        yield from _changed(f"{inside} body", fact["body"], _content_types(request.body))
        yield from _responses(inside, fact["responses"], (*request.successes, *request.failures))


def _parameters(
    place: str, facts: list[list[Any]], ours: Iterable[ParameterDescriptor]
) -> Iterator[str]:
    named = {parameter.name: parameter for parameter in ours}
    known = {fact[0] for fact in facts}
    yield from (f"+ {place} {name}" for name in named if name not in known)
    for name, kind, required, form, regexp in facts:
        parameter = named.get(name)
        if parameter is None:
            yield f"- {place} {name}"
            continue
        inside = f"{place} {name}"
        yield from _changed(f"{inside} type", kind, parameter.type.value)
        yield from _changed(f"{inside} required", required, parameter.required)
        yield from _changed(f"{inside} format", expand(form), parameter.format)
        yield from _changed(f"{inside} regexp", expand(regexp), parameter.regexp)


def _responses(
    place: str, facts: list[dict[str, Any]], ours: tuple[ResponseDescriptor, ...]
) -> Iterator[str]:
    names = {(fact["status"], fact["name"]) for fact in facts}
    left = list(ours)
    for fact in sorted(facts, key=lambda fact: not fact["name"]):
        inside = f"{place} {fact['status']} '{fact['name']}'"
        response = next((one for one in left if _is(fact, one, names)), None)
        if response is None:
            yield f"- {inside}"
            continue
        left.remove(response)
        yield from _changed(f"{inside} name", fact["name"], response.name)
        yield from _parameters(f"{inside} header", fact["headers"], response.headers)
        yield from _changed(f"{inside} body", fact["body"], _content_types(response.body))
        codes = [error.value for error in response.error_codes]
        yield from (f"- {inside} code {code}" for code in fact["codes"] if code not in codes)
        yield from (f"+ {inside} code {code}" for code in codes if code not in fact["codes"])
    yield from (f"+ {place} {one.status_code} '{one.name}'" for one in left)


def _is(fact: dict[str, Any], one: ResponseDescriptor, names: set[tuple[int, str]]) -> bool:
    """Whether `one` is the answer of the fact; an unnamed one is known by its status alone."""
    if fact["status"] != one.status_code:
        return False
    return one.name == fact["name"] or (
        not fact["name"] and (one.status_code, one.name) not in names
    )


def _content_types(body: BodyDescriptor | None) -> str:
    return ", ".join(content.content_type for content in body.content) if body else ""


def _changed(place: str, fact: object, ours: object) -> Iterator[str]:
    if fact != ours:
        yield f"~ {place}: {fact!r} -> {ours!r}"
