"""Request variants of a method as the one request that an OpenAPI operation can describe.

All of this is from descriptors to descriptors: what is written for the union is written as any
other request is. The variants themselves travel in the note (`variants.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from routebook.descriptors import (
    BodyDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)
from routebook.schemas import parameter_schema
from routebook.values import Schema, Type, Value, frozen

Item = TypeVar("Item")


def distinct(items: Iterable[Item]) -> list[Item]:
    """The items, each once, in order; they need not be hashable."""
    out: list[Item] = []
    for item in items:
        if item not in out:
            out.append(item)
    return out


@frozen(kw_only=False)
class Group(Value):
    """The answers of a method that have one status."""

    status: str
    """The key in OpenAPI's `responses`."""
    parts: tuple[ResponseDescriptor, ...]
    """The different answers, in order."""
    users: tuple[tuple[str, ...], ...]
    """For each part, the names of the variants that give it; empty for a method without."""

    @property
    def leads(self) -> tuple[str, ...]:
        """For each part, what its paragraph in the joint description begins with."""
        return tuple(
            lead(": ".join(text for text in (", ".join(users), part.name) if text), part.when)
            for part, users in zip(self.parts, self.users, strict=True)
        )

    @property
    def bodies(self) -> list[BodyDescriptor | None]:
        """For each part, its body, in which every example has a name."""
        return [
            _with_names(part.body, part.name or " ".join(users))
            for part, users in zip(self.parts, self.users, strict=True)
        ]


def lead(name: str, when: str) -> str:
    """How a paragraph about a variant begins: its name, and when it applies."""
    condition = when if not when or when[-1] in ".!?" else f"{when}."
    return "".join(f"{part} " for part in (f"**{name}.**" if name else "", condition) if part)


def compose(leads: Iterable[str], texts: Iterable[str]) -> str:
    """One description of several: a paragraph each, those without lead and text left out."""
    parts = (begin + text for begin, text in zip(leads, texts, strict=True))
    return "\n\n".join(part.strip() for part in parts if part.strip())


def separate(text: str, leads: Sequence[str]) -> list[str] | None:
    """The texts of which `compose` makes `text`; None when that cannot be told.

    Only the first lead may be empty.
    """
    source = "\n\n" + text
    marks = ["\n\n" + begin.rstrip() for begin in leads]
    starts = [0]
    for mark in marks[1:]:
        starts.append(source.find(mark, starts[-1]))
        if mark == "\n\n" or starts[-1] < 0:
            return None
    ends = [*starts[1:], len(source)]
    texts = [
        source[start:end].removeprefix(mark).removeprefix(" ")
        for start, end, mark in zip(starts, ends, marks, strict=True)
    ]
    return texts if compose(leads, texts) == text else None


def groups_of(requests: Sequence[RequestDescriptor]) -> list[Group]:
    """The answers of all variants by status, in the order in which they first come."""
    found: dict[str, list[tuple[ResponseDescriptor, list[str]]]] = {}
    for request in requests:
        for answer in (*request.successes, *request.failures):
            same = found.setdefault(str(answer.status_code), [])
            users = next((names for part, names in same if part == answer), None)
            if users is None:
                same.append((answer, users := []))
            if request.name and request.name not in users:
                users.append(request.name)
    alone = len(requests) == 1
    return [
        Group(
            status,
            tuple(part for part, _ in same),
            tuple(() if alone else tuple(names) for _, names in same),
        )
        for status, same in found.items()
    ]


@frozen(kw_only=False)
class Merger(Value):
    """Makes one descriptor of several; `definitions` collects the named schemas it meets."""

    definitions: dict[str, Any]

    def request(self, requests: Sequence[RequestDescriptor]) -> RequestDescriptor:
        """The parameters and body of all variants; answers are merged by status on their own."""
        if len(requests) == 1:
            return requests[0]
        querystring = next((one.querystring for one in requests if one.querystring), None)
        return RequestDescriptor(
            path_parameters=self.parameters([one.path_parameters for one in requests]),
            query_parameters=self.parameters([one.query_parameters for one in requests]),
            headers=self.parameters([one.headers for one in requests]),
            cookie_parameters=self.parameters([one.cookie_parameters for one in requests]),
            querystring=querystring,
            body=self.body([_with_names(one.body, one.name) for one in requests]),
        )

    def parameters(
        self, lists: Sequence[tuple[ParameterDescriptor, ...]]
    ) -> tuple[ParameterDescriptor, ...]:
        """Each parameter once; required only when it is so in every list."""
        found: dict[str, list[ParameterDescriptor]] = {}
        for one in (one for given in lists for one in given if not one.documented_only):
            found.setdefault(one.name.lower(), []).append(one)
        return tuple(self.parameter(same, len(same) == len(lists)) for same in found.values())

    def parameter(self, ones: list[ParameterDescriptor], everywhere: bool) -> ParameterDescriptor:
        """One parameter that takes what any of `ones` takes."""
        first = ones[0]
        required = everywhere and all(one.required for one in ones)
        if all(one == first for one in ones):
            same = required == first.required
            return first if same else replace(first, required=required, component="")
        return replace(
            first,
            required=required,
            description=paragraphs(one.description for one in ones),
            examples=tuple(distinct(shown for one in ones for shown in one.examples)),
            deprecated=first.deprecated if all(one.deprecated for one in ones) else None,
            documented_only=False,
            component="",
            **self._schema(ones),
        )

    def _schema(self, ones: list[ParameterDescriptor]) -> dict[str, Any]:
        """The fields by which a parameter takes a value of any of `ones`."""
        if any(one.content for one in ones):
            return {}
        schemas = distinct(parameter_schema(one, self.definitions) for one in ones)
        if len(schemas) == 1:
            return {}
        return {"type": Type.ANY, "schema": {"anyOf": schemas}, "regexp": "", "default": None}

    def response(self, group: Group) -> ResponseDescriptor:
        """One answer that stands for all answers of one status."""
        parts = group.parts
        if len(parts) == 1:
            return parts[0]
        links = _by_name((one for part in parts for one in part.links), lambda one: one.name)
        return ResponseDescriptor(
            status_code=parts[0].status_code,
            description=compose(group.leads, (part.description for part in parts)),
            headers=self.parameters([part.headers for part in parts]),
            error_codes=tuple(distinct(code for part in parts for code in part.error_codes)),
            body=self.body(group.bodies),
            links=tuple(same[0] for same in links),
            extra={key: value for part in reversed(parts) for key, value in part.extra.items()},
        )

    def body(self, bodies: Sequence[BodyDescriptor | None]) -> BodyDescriptor | None:
        """One body with every media type; required only when it is so in every variant."""
        given = [body for body in bodies if body is not None]
        if not given or all(body == bodies[0] for body in bodies):
            return bodies[0] if given else None
        content = _by_name((one for body in given for one in body.content), _media_key)
        return BodyDescriptor(
            content=tuple(self.media(same) for same in content),
            description=paragraphs(body.description for body in given),
            required=len(given) == len(bodies) and all(body.required for body in given),
            extra={key: value for body in reversed(given) for key, value in body.extra.items()},
        )

    def media(self, ones: list[MediaTypeDescriptor]) -> MediaTypeDescriptor:
        """One representation that stands for all of one media type."""
        first = ones[0]
        if all(one == first for one in ones):
            return first
        encoding = _by_name((one for media in ones for one in media.encoding), lambda one: one.name)
        return replace(
            first,
            schema=any_of([one.schema for one in ones]),
            item_schema=any_of([one.item_schema for one in ones]),
            examples=tuple(distinct(shown for one in ones for shown in one.examples)),
            encoding=tuple(same[0] for same in encoding),
            component="",
        )


def _media_key(media: MediaTypeDescriptor) -> str:
    return media.content_type


def paragraphs(texts: Iterable[str]) -> str:
    """The texts that differ, a paragraph each."""
    return "\n\n".join(distinct(text for text in texts if text))


def any_of(schemas: list[Schema | None]) -> Schema | None:
    """What any of the schemas takes; None when one of them says nothing."""
    if any(schema is None for schema in schemas):
        return None
    different = distinct(schemas)
    return different[0] if len(different) == 1 else {"anyOf": different}


def _with_names(body: BodyDescriptor | None, name: str) -> BodyDescriptor | None:
    """The body, an unnamed example in it named after the answer or variant: `tag-list`."""
    if body is None or all(one.name for media in body.content for one in media.examples):
        return body
    label = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "example"
    content = (
        replace(
            media,
            examples=tuple(one if one.name else replace(one, name=label) for one in media.examples),
        )
        for media in body.content
    )
    return replace(body, content=tuple(content))


def _by_name(items: Iterable[Item], name_of: Callable[[Item], str]) -> list[list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(name_of(item), []).append(item)
    return list(found.values())
