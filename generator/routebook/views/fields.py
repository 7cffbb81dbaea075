"""Parameters and headers as rows of a table, and bodies as what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from routebook.descriptors import (
    BodyDescriptor,
    EncodingDescriptor,
    ExampleDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)
from routebook.metadata import Deprecation
from routebook.values import Type
from routebook.views import escape
from routebook.views.definitions import Definitions
from routebook.views.model import BodyView, FieldView, LinkView, MediaView, SampleView
from routebook.views.plan import Plan
from routebook.views.prose import Prose
from routebook.views.shapes import Shapes
from routebook.views.sharing import ANSWER, Field, placed
from routebook.views.values import body_text
from routebook.views.written import is_json

_BASIC = frozenset(
    {Type.ANY, Type.STRING, Type.INTEGER, Type.NUMBER, Type.BOOLEAN, Type.ARRAY, Type.OBJECT}
)
_MOST_EXAMPLES = 3
_SHORT = 40
_LONGEST = 60


class Fields:
    """Describes parameters, headers and bodies."""

    def __init__(self, definitions: Definitions, shapes: Shapes, prose: Prose, plan: Plan) -> None:
        self._definitions = definitions
        self._once = plan.shared
        self._shared = plan.fields
        self._usual = {id(header): header for header in plan.shared.usual}
        self._coded = {*self._usual, *map(id, plan.shared.coded)}
        self._shapes = shapes
        self._prose = prose
        self._rows: dict[tuple[int, str], tuple[ParameterDescriptor, FieldView]] = {}

    def parameters(self, request: RequestDescriptor) -> tuple[FieldView, ...]:
        """The rows of a request's table, in the order of the request."""
        first = self._once.equals.first
        return tuple(
            self.row(item, place)
            for place, item in ((place, first(one)) for place, one in placed(request))
            if (place, id(item)) not in self._once.requests
        )

    def usual(self) -> tuple[LinkView, ...]:
        """Links to the headers of all requests that tables leave out."""
        return tuple(
            LinkView(title=escape.code(parameter.name), id=known)
            for (_, parameter), (key, known) in self._described()
            if key in self._once.requests
        )

    def _described(self) -> Iterable[tuple[Field, tuple[tuple[str, int], str]]]:
        """What is described once, with its key and id."""
        return zip(self._once.fields, self._shared.items(), strict=True)

    def rows(self, parameters: Iterable[ParameterDescriptor]) -> tuple[FieldView, ...]:
        """Rows of body fields."""
        return tuple(self.row(parameter, "") for parameter in parameters)

    def header_links(self, response: ResponseDescriptor) -> tuple[LinkView, ...]:
        """Links to the headers that many answers have, without those that go without saying."""
        usual = self._coded if response.error_codes else self._usual
        first = self._once.equals.first
        return self.links(header for header in response.headers if id(first(header)) not in usual)

    def links(self, headers: Iterable[ParameterDescriptor]) -> tuple[LinkView, ...]:
        """Links to those of the headers that are described once."""
        known = ((header, self._id(ANSWER, header)) for header in headers)
        return tuple(
            LinkView(title=escape.code(header.name), id=target)
            for header, target in known
            if target
        )

    def lacking(self, response: ResponseDescriptor) -> str:
        """The usual headers that an answer does not have: a line."""
        has = {id(self._once.equals.first(header)) for header in response.headers}
        names = [escape.code(item.name) for key, item in self._usual.items() if key not in has]
        return f"Without {', '.join(sorted(names))}." if names else ""

    def _id(self, place: str, parameter: ParameterDescriptor) -> str:
        """The id under which a parameter or header is described once; empty for none."""
        return self._shared.get(self._once.key(place, parameter), "")

    def headers(self, response: ResponseDescriptor) -> tuple[str, ...]:
        """The headers that few answers have, each as a line."""
        own = (header for header in response.headers if not self._id(ANSWER, header))
        return tuple(self.note(header) for header in own)

    def common(self) -> Iterator[FieldView]:
        """What many share, in full."""
        for (place, parameter), (_, known) in self._described():
            full = self._row(parameter, place)
            yield replace(full, place="answers" if place == ANSWER else place, id=known)

    def row(self, parameter: ParameterDescriptor, place: str) -> FieldView:
        """The row of a parameter; made once for one that many share."""
        key = (id(parameter), place)
        if key not in self._rows:
            self._rows[key] = (parameter, self._short(parameter, place))
        return self._rows[key][1]

    def _short(self, parameter: ParameterDescriptor, place: str) -> FieldView:
        """The row of a parameter: its first words only, when it is described in full elsewhere."""
        row = self._row(parameter, place)
        known = self._id(place, parameter)
        if not known:
            return row
        words = self._prose.line(_first_words(parameter.description))
        short = row.constraints if len(row.constraints) <= _SHORT else ""
        return replace(row, id=known, constraints=short, description=words)

    def _row(self, parameter: ParameterDescriptor, place: str) -> FieldView:
        schema = self._own(parameter)
        default = parameter.default
        return FieldView(
            name=escape.code(parameter.name),
            place=place,
            type=self._type(parameter, schema),
            required="yes" if parameter.required or place == "path" else "no",
            default="" if default is None else self._shapes.value(default),
            constraints="; ".join(self._constraints(parameter, schema)),
            description=self._description(parameter, schema),
        )

    def _own(self, parameter: ParameterDescriptor) -> Any:
        """The schema that a parameter has besides that of its type."""
        schema = parameter.schema
        if parameter.content:
            schema = parameter.content[0].schema
        return {} if schema is None else self._definitions.convert(schema)

    def _type(self, parameter: ParameterDescriptor, schema: Any) -> str:
        if parameter.content:
            kind = escape.code(parameter.content[0].content_type)
            return f"{self._shapes.type(schema)} as {kind}" if schema else kind
        if parameter.type not in _BASIC or not schema:
            return escape.text(parameter.type.value)
        own = schema if isinstance(schema, dict) else {}
        alone = isinstance(schema, bool) or "$ref" in own
        return self._shapes.type(schema if alone else {**parameter.type.json_schema, **own})

    def _constraints(self, parameter: ParameterDescriptor, schema: Any) -> Iterator[str]:
        if parameter.regexp:
            yield f"matches {escape.code(parameter.regexp)}"
        if said := self._shapes.constraints(schema):
            yield said
        if parameter.style:
            yield f"style {escape.code(parameter.style)}"
        if parameter.explode is not None:
            yield "each item by itself" if parameter.explode else "all items in one"
        if parameter.allow_reserved:
            yield "reserved characters stand as they are"
        if parameter.allow_empty_value:
            yield "may be empty"

    def _description(self, parameter: ParameterDescriptor, schema: Any) -> str:
        words = self._prose.line(parameter.description)
        own = schema if isinstance(schema, dict) else {}
        if not parameter.description and own:
            words = self._shapes.about({**own, "examples": ()})
        old = (
            f"**Deprecated**{self.deprecation(parameter.deprecated)}."
            if parameter.deprecated
            else ""
        )
        given = [item for item in parameter.examples if not _external(item)]
        if not given and isinstance(own.get("examples"), list):
            given = own["examples"]
        shown = [self._example(item) for item in given[:_MOST_EXAMPLES]]
        word = "Example" if len(shown) == 1 else "Examples"
        examples = f"{word}: {', '.join(shown)}" if shown else ""
        return " ".join(piece for piece in (old, words, examples) if piece)

    def _example(self, example: Any) -> str:
        if isinstance(example, ExampleDescriptor):
            label = example.summary or example.name
            shown = self._shapes.value(example.value)
            return f"{shown} ({escape.text(label)})" if label else shown
        return self._shapes.value(example)

    def deprecation(self, deprecated: Deprecation) -> str:
        """Since when, until when and what instead, to go on with after a word: a line."""
        pieces = (
            f" since {escape.text(deprecated.since)}" if deprecated.since else "",
            f", to be removed after {escape.text(deprecated.sunset)}" if deprecated.sunset else "",
            f"; use {self._prose.code(deprecated.replacement)} instead"
            if deprecated.replacement
            else "",
        )
        return "".join(pieces)

    def note(self, header: ParameterDescriptor) -> str:
        """A header on one line: its name, type and meaning."""
        row = self.row(header, "")
        more = [row.type, *(["required"] if header.required else [])]
        more += [row.constraints] if row.constraints else []
        return f"{row.name} ({'; '.join(more)}): {row.description}".rstrip(": ")

    def body(
        self, body: BodyDescriptor | None, fields: tuple[ParameterDescriptor, ...] = ()
    ) -> BodyView | None:
        """What a body holds."""
        if body is None:
            return None
        return BodyView(
            required=body.required,
            description=self._prose.block(body.description),
            media=tuple(self._media(media) for media in body.content),
            fields=self.rows(fields),
        )

    def _media(self, media: MediaTypeDescriptor) -> MediaView:
        schema = media.schema if media.schema is not None else media.item_schema
        shape = (
            self._shapes.shape(self._definitions.convert(schema)) if schema is not None else None
        )
        items = (
            ("a sequence: each item is as the schema says",)
            if media.item_schema is not None
            else ()
        )
        return MediaView(
            content_type=escape.code(media.content_type),
            shape=shape,
            notes=(*items, *(self._encoding(item) for item in media.encoding)),
            examples=tuple(self._examples(media)),
        )

    def _encoding(self, encoding: EncodingDescriptor) -> str:
        said = [f"sent as {escape.code(encoding.content_type)}"] if encoding.content_type else []
        said += [f"style {escape.code(encoding.style)}"] if encoding.style else []
        said += [self.note(header) for header in encoding.headers]
        return f"{escape.code(encoding.name)}: {'; '.join(said) or 'as its type says'}"

    def _examples(self, media: MediaTypeDescriptor) -> Iterator[SampleView]:
        """All but the first example, which the sample of the message shows."""
        first = next((item for item in media.examples if not item.external_value), None)
        for example in media.examples:
            title = self._prose.line(example.summary or example.name or "Example")
            if example.external_value:
                link = escape.link("", example.external_value)
                yield SampleView(text="", title=f"{title}: {link}")
            elif example is not first:
                text = body_text(media, example.value)
                language = "json" if is_json(media.content_type) else ""
                yield SampleView(text=text, language=language, title=title)


def _external(example: Any) -> bool:
    return isinstance(example, ExampleDescriptor) and bool(example.external_value)


def _first_words(description: str) -> str:
    """The first sentence or clause of a description; empty for one that is long."""
    words = re.split(r"(?<=[.:;])\s", description, maxsplit=1)[0].rstrip(":;. ")
    return f"{words}." if words and len(words) <= _LONGEST and "\n" not in words else ""
