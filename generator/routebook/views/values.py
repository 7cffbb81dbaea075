"""Parameters, bodies and envelopes with values: an example of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from routebook.descriptors import ExampleDescriptor, MediaTypeDescriptor, ParameterDescriptor
from routebook.errors import ErrorDescriptor
from routebook.schemas import parameter_schema, plain
from routebook.values import Value
from routebook.views.contents import Once
from routebook.views.definitions import Definitions, is_plain
from routebook.views.forms import MULTIPART, form_of, multipart, urlencoded
from routebook.views.jsontext import pretty
from routebook.views.samples import REQUEST, RESPONSE, Sampler
from routebook.views.written import is_json

_LONGEST = 20_000
"""How long the author's example of a body may be."""
_LONG = 4_000
"""How long one may be that is made from the schema, whose section has it in full."""


class Values:
    """Gives parameters and bodies their sample values."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._sampler = Sampler(definitions)
        self._pretty = {most: Once(partial(pretty, most=most)) for most in (_LONG, _LONGEST)}
        self._written: dict[tuple[int, int], tuple[Any, str]] = {}
        self._samples = {
            without: Once(partial(self._sampler.value, without=without))
            for without in ("", REQUEST, RESPONSE)
        }
        self._parameters: dict[int, tuple[ParameterDescriptor, Any]] = {}
        self._texts: dict[tuple[int, str, str], tuple[Value, str]] = {}

    def sample(self, schema: Any) -> Any:
        """A value that satisfies a JSON Schema."""
        return self._samples[""](schema)

    def schema(self, parameter: ParameterDescriptor) -> dict[str, Any]:
        """A parameter's JSON Schema."""
        return parameter_schema(parameter, {})

    def of(self, parameter: ParameterDescriptor) -> Any:
        """An example of a parameter: its own, or one that satisfies its schema."""
        known = self._parameters.get(id(parameter))
        if known is None:
            known = self._parameters[id(parameter)] = (parameter, self._of(parameter))
        return known[1]

    def _of(self, parameter: ParameterDescriptor) -> Any:
        for example in parameter.examples:
            if not isinstance(example, ExampleDescriptor):
                return plain(example)
            if not example.external_value:
                return plain(example.value)
        if parameter.content:
            return self.body(parameter.content[0])
        value = self._samples[""](self.schema(parameter))
        return parameter.name if value == "string" and self._fits(parameter) else value

    def _fits(self, parameter: ParameterDescriptor) -> bool:
        """Whether a parameter's name can stand for its value, as it says more than `string`."""
        return self._sampler.conforms(parameter.name, self.schema(parameter))

    def body(self, media: MediaTypeDescriptor, without: str = "") -> Any:
        """An example of a body: its own, or one that satisfies its schema; None for none.

        `without` is `REQUEST` or `RESPONSE` of `routebook.views.samples` for a body that is sent.
        """
        for example in media.examples:
            if not example.external_value:
                return example.value if is_plain(example.value) else plain(example.value)
        schema = media.schema if media.schema is not None else media.item_schema
        if schema is None:
            return None
        return self._samples[without](self._definitions.convert(schema))

    def text(self, media: MediaTypeDescriptor, without: str) -> str:
        """A body as it is sent. One that is made here is cut where it is long."""
        own = next((item for item in media.examples if not item.external_value), None)
        source = media if own is None else own
        key = (id(source), media.content_type, without)
        known = self._texts.get(key)
        if known is None:
            text = self.written(media, self.body(media, without))
            known = self._texts[key] = (source, cut(text, _most(media)))
        return known[1]

    def written(self, media: MediaTypeDescriptor, value: Any) -> str:
        """A value of a body as it is sent; of a very long one, more than is ever shown."""
        return body_text(media, value, partial(self._json, most=_most(media)))

    def _json(self, value: Any, most: int) -> str:
        known = self._written.get((id(value), most))
        if known is None:
            known = self._written[id(value), most] = (value, self._pretty[most](value))
        return known[1]

    def envelope(self, error: ErrorDescriptor) -> dict[str, Any]:
        """An error envelope with a code: its message, and a sample of its detail."""
        entry = {"code": error.value, "message": error.message}
        if error.detail is not None:
            entry["detail"] = plain(self.sample(self._definitions.convert(error.detail)))
        return {"errors": [entry]}


def _most(media: MediaTypeDescriptor) -> int:
    """How long the example of a body may be."""
    own = any(not example.external_value for example in media.examples)
    return _LONGEST if own else _LONG


def cut(text: str, most: int) -> str:
    """A text that a person can read: a very long one is cut at a line."""
    if len(text) <= most:
        return text
    return text[: text.rfind("\n", 0, most) if "\n" in text[:most] else most] + "\n…"


def body_text(
    media: MediaTypeDescriptor, value: Any, as_json: Callable[[Any], str] = pretty
) -> str:
    """A body as it is sent; its placeholder where there is no value."""
    if isinstance(value, str) and not is_json(media.content_type):
        return value
    if value is None and media.schema is None and media.item_schema is None:
        return media.format or f"<{media.content_type}>"
    form = form_of(media)
    if form and isinstance(value, dict):
        return multipart(media, value) if form == MULTIPART else urlencoded(media, value)
    return as_json(value)
