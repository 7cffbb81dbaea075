"""The way back for the parts of operations; see `restore.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

from routebook import (
    BodyDescriptor,
    Condition,
    Deprecation,
    EncodingDescriptor,
    ErrorDescriptor,
    ExampleDescriptor,
    LinkDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    ServerDescriptor,
    ServerVariable,
    Type,
)
from routebook.openapi import codes
from routebook.openapi.dialect import NOTE, up
from routebook.schemas import split_schema

Made = TypeVar("Made")
Object = dict[str, Any]
HEADER = "response header"


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def simple(kind: type[Made], value: Object, *, renamed: Object | None = None, **more: Any) -> Made:
    """A descriptor whose fields are OpenAPI's, in another spelling."""
    keys = {
        field.name: (renamed or {}).get(field.name, camel(field.name))
        for field in fields(kind)  # type: ignore[arg-type]  # kind is a dataclass
    }
    note = value.get(NOTE, {})
    given: Object = {
        name: value[key] if key in value else note[name]
        for name, key in keys.items()
        if name not in more and name != "extra" and (key in value or name in note)
    }
    if "extra" in keys:
        given["extra"] = without(value, {*keys.values(), *more.pop("known", ())})
    more.pop("known", None)
    given |= {name: one for name, one in more.items() if one is not MISSING}
    return kind(
        **{k: tuple(v) if isinstance(v, list) and k in _TUPLES else v for k, v in given.items()}
    )


_TUPLES = {"enum", "aliases"}


def without(value: Object, known: Iterable[str]) -> Object:
    """The extra fields: all that no descriptor field models."""
    left = {k: v for k, v in value.items() if k not in {*known, NOTE}}
    return {**left, **value.get(NOTE, {}).get("extra", {})}


def optional(make: Callable[[Any], Made], value: Any) -> Made | None:
    return None if value is None else make(value)


def named(value: Object, key: str) -> str:
    return str(value.get(NOTE, {}).get("name", key))


def server(value: Object) -> ServerDescriptor:
    variables = tuple(
        simple(ServerVariable, one, name=named(one, key))
        for key, one in value.get("variables", {}).items()
    )
    return simple(ServerDescriptor, value, variables=variables)


def deprecation(value: Object) -> Deprecation | None:
    if not value.get("deprecated"):
        return None
    return Deprecation(**value.get(NOTE, {}).get("deprecated", {}))


def condition(value: Object) -> Condition:
    return Condition(**{key: tuple(parts) for key, parts in value.items()})


def here(value: Any) -> Any:
    """A schema of a note, its references to others there as if those stood with the rest."""
    if isinstance(value, list):
        return [here(item) for item in value]
    if not isinstance(value, dict):
        return value.replace(f"/{NOTE}/schemas/", "/schemas/") if isinstance(value, str) else value
    return {key: here(item) for key, item in value.items()}


def error(value: Object) -> ErrorDescriptor:
    return ErrorDescriptor(**{**here(value), "aliases": tuple(value.get("aliases", ()))})


class Parts:
    """Reads the parts of a document's operations."""

    def __init__(self, document: Object) -> None:
        self.document = document
        self.version = document["openapi"][:3]
        components = document.get("components", {})
        named = components.get("schemas", {})
        self.schemas = {name: self.schema(one) for name, one in named.items()}
        self.schemas |= here(components.get(NOTE, {}).get("schemas", {}))

    def schema(self, value: Any) -> Any:
        return up(value, self.version)

    def target(self, value: Object) -> tuple[Object, str]:
        """What a reference stands for, and the name of the component."""
        if "$ref" not in value:
            return value, value.get(NOTE, {}).get("component", "")
        steps = value["$ref"].removeprefix("#/").split("/")
        found: Any = self.document
        for step in steps:
            found = found[step]
        return found, "" if steps[-2] == "documented" else steps[-1]

    def parameter(
        self, value: Object, place: str, spanning: Iterable[str] = (), name: str = ""
    ) -> ParameterDescriptor:
        content, component = self.target(value)
        note = content.get(NOTE, {})
        name = content.get("name", "") or named(value, name)
        known = "name in description required deprecated style explode allowReserved schema content"
        spans = place == "path" and name in spanning
        extra = without(content, {*known.split(), "allowEmptyValue", "example", "examples"})
        if spans:
            del extra["x-multi-segment"]
        reserved = content.get("allowReserved", False) and not spans
        return ParameterDescriptor(
            name=name,
            description=content.get("description", ""),
            required=note.get("required", content.get("required", False)),
            format=note.get("format", ""),
            examples=tuple(self.parameter_examples(content if "schema" in content else note)),
            content=self.media_types(content.get("content", {})),
            style=content.get("style", note.get("style", "")),
            explode=content.get("explode", note.get("explode")),
            allow_reserved=note.get("allow_reserved", reserved),
            allow_empty_value=content.get("allowEmptyValue", note.get("allow_empty_value", False)),
            deprecated=deprecation(content),
            documented_only=note.get("documented_only", False),
            component=component,
            extra=extra,
            **self.parameter_schema(content, note),
        )

    def parameter_schema(self, content: Object, note: Object) -> Object:
        if "schema" not in content:
            given: Object = {k: note[k] for k in ("schema", "regexp", "default") if k in note}
            return {**given, "type": Type(note.get("type", "string"))}
        written = self.schema(content["schema"])
        kind = Type(note["type"]) if "type" in note else None
        kind, own, regexp, default = split_schema(written, kind)
        if "schema" in note:
            own = note["schema"]
            if isinstance(own, list):
                own = {key: written[key] for key in own}
        return {
            "type": kind,
            "schema": own,
            "regexp": note.get("regexp", regexp),
            "default": note.get("default", default),
        }

    def parameter_examples(self, content: Object) -> Iterable[Any]:
        if "example" in content:
            yield content["example"]
        for key, value in content.get("examples", {}).items():
            if key.isdigit() and "name" not in value.get(NOTE, {}):
                yield value["value"]
            else:
                yield self.example(value, key)

    def example(self, value: Object, key: str) -> ExampleDescriptor:
        content, component = self.target(value)
        return simple(ExampleDescriptor, content, name=named(value, key), component=component)

    def media_types(self, content: Object) -> tuple[MediaTypeDescriptor, ...]:
        return tuple(self.media_type(value, key) for key, value in content.items())

    def media_type(
        self, value: Object, key: str, errors: tuple[ErrorDescriptor, ...] = ()
    ) -> MediaTypeDescriptor:
        content, component = self.target(value)
        note = content.get(NOTE, {})
        schema = self.schema(content.get("schema"))
        examples: tuple[ExampleDescriptor, ...] = ()
        if "example" in content:
            examples = (ExampleDescriptor(value=content["example"]),)
        given = content.get("examples", {})
        if errors and "schema" in content and isinstance(given, dict):
            schema, given = self.uncoded(schema, given, errors, note.get("examples", ()))
        examples += tuple(self.example(one, name) for name, one in given.items())
        return MediaTypeDescriptor(
            content_type=value.get(NOTE, {}).get("name", key),
            schema=schema,
            item_schema=content.get("itemSchema", note.get("item_schema")),
            format=note.get("format", ""),
            examples=examples,
            encoding=tuple(
                self.encoding(one, name) for name, one in content.get("encoding", {}).items()
            ),
            component=component,
            extra=without(content, {"schema", "itemSchema", "example", "examples", "encoding"}),
        )

    def uncoded(
        self, schema: Any, examples: Object, errors: tuple[ErrorDescriptor, ...], kept: Any
    ) -> tuple[Any, Object]:
        """Schema and examples without what the error codes have added to them."""
        parts: list[Any] = schema.get("allOf", []) if isinstance(schema, dict) else []
        path = codes.code_path(parts[0], self.schemas) if len(parts) == 2 else None
        if path is None:
            return schema, examples
        shown = codes.samples(errors, parts[0], path, self.schemas)
        if schema != codes.narrowed(parts[0], path, shown, self.schemas):
            return schema, examples
        return parts[0], {k: v for k, v in examples.items() if k not in shown or k in kept}

    def encoding(self, value: Object, key: str) -> EncodingDescriptor:
        return simple(
            EncodingDescriptor,
            value,
            name=named(value, key),
            headers=self.headers(value.get("headers", {})),
        )

    def headers(self, value: Object) -> tuple[ParameterDescriptor, ...]:
        return tuple(self.parameter(one, HEADER, name=key) for key, one in value.items())

    def link(self, value: Object, key: str) -> LinkDescriptor:
        content, component = self.target(value)
        other = content.get("server")
        return simple(
            LinkDescriptor,
            content,
            name=named(value, key),
            component=component,
            server=optional(server, other),
        )

    def body(self, value: Object) -> BodyDescriptor:
        content, component = self.target(value)
        return BodyDescriptor(
            content=self.media_types(content["content"]),
            description=content.get("description", ""),
            required=content.get("required", False),
            component=component,
            extra=without(content, {"content", "description", "required"}),
        )

    def own_body(self, entry: Object, shown: BodyDescriptor) -> BodyDescriptor:
        """A variant's body, against the operation's."""
        return BodyDescriptor(
            content=self.own_content(entry, shown),
            **{
                k: entry[k] for k in ("description", "required", "component", "extra") if k in entry
            },
        )

    def own_content(self, entry: Object, shown: BodyDescriptor) -> tuple[MediaTypeDescriptor, ...]:
        if "content" not in entry:
            return shown.content
        by_type = {one.content_type: one for one in shown.content}
        return tuple(
            by_type[one] if isinstance(one, str) else self.own_media(one, by_type)
            for one in entry["content"]
        )

    def own_media(
        self, entry: Object, shown: dict[str, MediaTypeDescriptor]
    ) -> MediaTypeDescriptor:
        if "use" in entry:
            base = shown[entry["use"]]
        else:
            kind = entry["content_type"]
            rest = {k: v for k, v in entry.items() if k not in {"content_type", "component"}}
            base = self.media_type({**rest, "examples": {}}, kind)
            base = replace(base, component=entry.get("component", ""))
        there = shown[base.content_type].examples if base.content_type in shown else ()
        examples = tuple(self.own_example(one, there) for one in entry.get("samples", ()))
        return replace(base, examples=examples)

    def own_example(self, entry: Any, there: tuple[ExampleDescriptor, ...]) -> ExampleDescriptor:
        if isinstance(entry, str):
            return next(one for one in there if one.name == entry)
        if "use" in entry:
            found = next(one for one in there if one.name == entry["use"])
            return replace(found, name=entry["name"])
        return self.example(entry["example"], entry["name"])
