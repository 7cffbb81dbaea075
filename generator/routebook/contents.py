"""What is sent: parameters, bodies, their media types and examples.

A part of the vocabulary of `routebook.descriptors`, which gives these names as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from routebook.metadata import Deprecation
from routebook.values import Schema, Type, Value, frozen


@frozen
class ExampleDescriptor(Value):
    """One example value, with a name (OpenAPI 3.1, section 4.8.19)."""

    name: str = ""
    """Its key among the examples; unique there. Empty for the single, unnamed `example`."""
    summary: str = ""
    """A few words that tell it apart."""
    description: str = ""
    """More about it, in CommonMark."""
    value: Any = None
    """The value itself, as JSON data; for bodies that are not JSON, the text on the wire."""
    external_value: str = ""
    """A URL where the value is, when it is not given here; `value` is then ignored."""
    component: str = ""
    """The name under which it is shared in `components.examples`; empty when it is not."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim (3.2's `dataValue` and `serializedValue`, `x-`)."""


@frozen
class ParameterDescriptor(Value):
    """A parameter in a path, query or cookie, a request or response header, or a body field.

    Where it goes is said by the field that holds it (`path_parameters`, `headers`...).
    """

    name: str
    """Its name on the wire; header names compare without case."""
    type: Type = Type.STRING
    """What it carries; gives the JSON Schema unless `schema` does."""
    description: str = ""
    """What it means, in CommonMark."""
    required: bool = False
    """Whether a request (or response) without it is wrong. Path parameters always are required."""
    format: str = ""
    """The placeholder that samples show, such as `<digest>`."""
    regexp: str = ""
    """The pattern that the whole value must match, unanchored; empty for none."""
    examples: tuple[Any, ...] = ()
    """Values, as JSON data, or `ExampleDescriptor`s where they need names."""
    schema: Schema | None = None
    """The JSON Schema, when the type says too little; laid over the type's own."""
    content: tuple[MediaTypeDescriptor, ...] = ()
    """The media type of a value that is a document itself (at most one); instead of `schema`."""
    style: str = ""
    """How lists and objects are written (`form`, `simple`, ...); empty for the place's default."""
    explode: bool | None = None
    """Whether each item makes a parameter of its own; None for the style's default."""
    allow_reserved: bool = False
    """Whether reserved characters (RFC 3986, section 2.2) stand unencoded."""
    allow_empty_value: bool = False
    """Whether `?name=` and `?name` are meaningful."""
    default: Any = None
    """The value that a server takes when it is absent; None for none."""
    deprecated: Deprecation | None = None
    """Set when new callers should not use it."""
    documented_only: bool = False
    """Shown in the reference, left out of OpenAPI's parameters (`Host`, `Content-Length`)."""
    component: str = ""
    """The name under which it is shared in `components.parameters` or `.headers`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class EncodingDescriptor(Value):
    """How one property of a form or multipart body is sent (OpenAPI 3.1, section 4.8.15)."""

    name: str
    """The property."""
    content_type: str = ""
    """Media type, or several with commas; empty for the default of the property's type."""
    headers: tuple[ParameterDescriptor, ...] = ()
    """Headers of the part."""
    style: str = ""
    """As for a query parameter."""
    explode: bool | None = None
    """As for a query parameter."""
    allow_reserved: bool = False
    """As for a query parameter."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim (3.2's nested `encoding`...)."""


@frozen
class MediaTypeDescriptor(Value):
    """One representation of a body: its media type, schema and examples."""

    content_type: str
    """Media type or media range, such as `application/json` or `text/*`."""
    schema: Schema | None = None
    """What a body of this type must satisfy; None when nothing is said."""
    item_schema: Schema | None = None
    """For sequential media types, what each item must satisfy (OpenAPI 3.2)."""
    format: str = ""
    """The sample that the reference shows when there is no example, such as `<binary data>`."""
    examples: tuple[ExampleDescriptor, ...] = ()
    """Bodies as they may be sent."""
    encoding: tuple[EncodingDescriptor, ...] = ()
    """Per property, for forms and multipart."""
    component: str = ""
    """The name under which it is shared in `components.mediaTypes` (OpenAPI 3.2)."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""


@frozen
class BodyDescriptor(Value):
    """The body of a request or response, in one or several media types."""

    content: tuple[MediaTypeDescriptor, ...] = ()
    """The representations, each media type once."""
    description: str = ""
    """What it holds, in CommonMark (request bodies; a response has its own description)."""
    required: bool = False
    """Whether a request without a body is wrong."""
    component: str = ""
    """The name under which a request body is shared in `components.requestBodies`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields, verbatim."""
