"""JSON Schema 2020-12 as OpenAPI 3.0 and 3.1 can say it, and back.

A schema is converted keyword by keyword, from the inside out. Where the way back would not give
the same keywords, the originals stand beside the result in `x-routebook`, so that
`up(down(schema, version), version) == schema` holds for every schema; what a version has no
keyword for is also told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from routebook.schemas import LISTED, NAMED, SINGLE

NOTE = "x-routebook"
"""The extension in which all that OpenAPI has no words for stands."""

IGNORED = "x-routebook-ignored"
"""Keywords that a reader set aside: they hold what they cannot hold, or stand beside a `$ref` in
OpenAPI 3.0, which ignores them there. They come back when the schema is written."""

_OCTETS = "application/octet-stream"
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}

_KEYWORDS_30 = frozenset(
    {"title", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"}
    | {"maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems"}
    | {"maxProperties", "minProperties", "required", "enum", "type", "not", "allOf", "oneOf"}
    | {"anyOf", "items", "properties", "additionalProperties", "description", "format"}
    | {"default", "nullable", "discriminator", "readOnly", "writeOnly", "example"}
    | {"externalDocs", "deprecated", "xml", "$ref"}
)
"""The keywords of OpenAPI 3.0.4, section 4.7.24."""

_CONVERTED_30 = frozenset({"const", "examples", "prefixItems", "contentEncoding"})
"""Keywords that 3.0 lacks and that are said in another way: nothing to tell."""

_NEWER_32 = {"discriminator": frozenset({"defaultMapping"}), "xml": frozenset({"nodeType"})}
"""Fields inside a keyword's object that are new in OpenAPI 3.2."""

Lost = Callable[[str], None]
"""Called with the keyword that a version cannot say."""


def down(schema: Any, version: str, lost: Lost) -> Any:
    """A JSON Schema 2020-12 as OpenAPI `version` ("3.0", "3.1", "3.2") writes it."""
    if isinstance(schema, bool):
        return _boolean(schema) if version == "3.0" else schema
    if version == "3.2":
        return _lifted(schema)
    if isinstance(schema.get(IGNORED), Mapping):
        return _down_ignored(schema, version, lost)
    return _down_level(schema, version, lost)


def _down_level(schema: Mapping[str, Any], version: str, lost: Lost) -> Any:
    level = {key: _children(key, value, version, lost, down) for key, value in schema.items()}
    if version == "3.0":
        if isinstance(level.get("$ref"), str):
            level["$ref"] = level["$ref"].replace("/$defs/", f"/{NOTE}/keywords/$defs/")
        written = _down_30(level, lost)
        return _noted(written, up_keywords(written), level)
    written = _down_31(level, lost)
    return _noted(written, written, level)


def _down_ignored(schema: Mapping[str, Any], version: str, lost: Lost) -> Any:
    """A schema with keywords that were set aside: those of a `$ref` only 3.0 ignores again."""
    aside = schema[IGNORED]
    if "" in aside:
        return aside[""]
    kept = {key: value for key, value in schema.items() if key != IGNORED}
    if "$ref" in schema and version != "3.0":
        return down(kept, version, lost) | {IGNORED: aside}
    meant = {key: aside[key] for key in _BOUNDS if isinstance(aside.get(key), bool)}
    if version == "3.0" and meant:
        aside = {key: value for key, value in aside.items() if key not in meant}
        kept[IGNORED] = meant
        return {**_less(_down_level(kept, version, lost), aside), **aside}
    return {**_less(down(kept, version, lost), aside), **aside}


def _less(written: dict[str, Any], aside: Mapping[str, Any]) -> dict[str, Any]:
    """A schema whose note does not speak of keywords that come back anyway."""
    note = written.get(NOTE, {})
    without = [key for key in note.get("without", ()) if key not in aside]
    if len(without) == len(note.get("without", ())):
        return written
    left = {**note, "without": without} if without else {k: note[k] for k in note if k != "without"}
    return {**{key: item for key, item in written.items() if key != NOTE}, **_note_field(left)}


def _note_field(note: dict[str, Any]) -> dict[str, Any]:
    return {NOTE: note} if note else {}


def _lifted(schema: Any) -> Any:
    """A schema with the keywords that were set aside back in their places."""
    if isinstance(schema, list):
        return [_lifted(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    if isinstance(schema.get(IGNORED), Mapping):
        return _down_ignored(schema, "3.2", lambda _: None)
    return {key: _children(key, value, "3.2", None, _lift) for key, value in schema.items()}


def _lift(schema: Any, _version: str) -> Any:
    return _lifted(schema)


def up(schema: Any, version: str, *, inner: bool = True) -> Any:
    """The JSON Schema 2020-12 of what OpenAPI `version` writes: the inverse of `down`.

    Without `inner`, the schemas in it already are.
    """
    if version == "3.2" or not isinstance(schema, Mapping):
        return schema
    note = _note(schema)
    if isinstance(note.get("boolean"), bool):
        return note["boolean"]
    level = {key: value for key, value in schema.items() if key != NOTE}
    if version == "3.0":
        level = up_keywords(level)
    told = note.get("keywords", {})
    level.update(told if isinstance(told, Mapping) else {})
    for key in note.get("without", ()):
        level.pop(key, None)
    if isinstance(level.get("$ref"), str):
        level["$ref"] = level["$ref"].replace(f"/{NOTE}/keywords/$defs/", "/$defs/")
    known = schema if not inner else {}
    return {
        key: value
        if key in known and value is known[key]
        else _children(key, value, version, None, up)
        for key, value in level.items()
    }


def _note(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    note = schema.get(NOTE)
    return note if isinstance(note, Mapping) else {}


def _children(key: str, value: Any, version: str, lost: Lost | None, convert: Any) -> Any:
    """The value of a keyword, the schemas in it converted."""
    more = () if lost is None else (lost,)
    if key in SINGLE and isinstance(value, (Mapping, bool)):
        if key == "additionalProperties" and isinstance(value, bool):
            return value
        return convert(value, version, *more)
    if key in LISTED and isinstance(value, list):
        return [convert(item, version, *more) for item in value]
    if key in NAMED and isinstance(value, Mapping):
        return {name: convert(item, version, *more) for name, item in value.items()}
    return value


def _noted(written: dict[str, Any], restored: dict[str, Any], level: dict[str, Any]) -> Any:
    """`written`, with a note of what the way back would get wrong."""
    keywords = {key: value for key, value in level.items() if restored.get(key, _ABSENT) != value}
    without = [key for key in restored if key not in level]
    note: dict[str, Any] = {}
    if keywords:
        note["keywords"] = keywords
    if without:
        note["without"] = without
    return {**written, NOTE: note} if note else written


_ABSENT = object()


def _boolean(schema: bool) -> dict[str, Any]:
    return {**({} if schema else {"not": {}}), NOTE: {"boolean": schema}}


def _down_31(level: dict[str, Any], lost: Lost) -> dict[str, Any]:
    written = dict(level)
    for key, newer in _NEWER_32.items():
        value = level.get(key)
        if isinstance(value, Mapping) and newer & value.keys():
            written[key] = {name: item for name, item in value.items() if name not in newer}
            for name in sorted(newer & value.keys()):
                lost(f"{key}.{name}")
    return written


def _down_30(level: dict[str, Any], lost: Lost) -> dict[str, Any]:
    """One schema object in the keywords of OpenAPI 3.0; the schemas in it already are."""
    if list(level) == ["$ref"]:
        return level
    written = _down_31(level, lost)
    for step in (_reference, _types, _bounds, _values, _contents, _arrays, _objects):
        step(written)
    for key in list(written):
        if key not in _KEYWORDS_30 and not key.startswith("x-"):
            if key not in _CONVERTED_30:
                lost(key)
            del written[key]
    return written


def _reference(written: dict[str, Any]) -> None:
    """`$ref` with siblings: 3.0 ignores all but extensions."""
    if "$ref" in written and any(key != "$ref" and key[:2] != "x-" for key in written):
        written["allOf"] = [{"$ref": written.pop("$ref")}, *written.get("allOf", ())]


def _types(written: dict[str, Any]) -> None:
    kind = written.get("type")
    if not isinstance(kind, (str, list)):
        return
    names = [kind] if isinstance(kind, str) else list(kind)
    others = [name for name in names if name != "null"]
    if len(others) < len(names):
        written["nullable"] = True
    if len(others) == 1:
        written["type"] = others[0]
    elif not others:
        written["type"] = "string"  # `nullable` asks for some type; null is the only value
        written.setdefault("enum", [None])
    else:
        _alternatives(written, others)


def _alternatives(written: dict[str, Any], names: list[str]) -> None:
    """Several types, as one schema for each."""
    del written["type"]
    more = {"nullable": True} if written.pop("nullable", False) else {}
    each = [{"type": name, **({"items": {}} if name == "array" else {}), **more} for name in names]
    if "anyOf" in written:
        written["allOf"] = [*written.get("allOf", ()), {"anyOf": each}]
    else:
        written["anyOf"] = each


def _bounds(written: dict[str, Any]) -> None:
    for exclusive, inclusive in _BOUNDS.items():
        bound = written.get(exclusive)
        if isinstance(bound, bool) or not isinstance(bound, (int, float)):
            continue
        other = written.get(inclusive)
        above = inclusive == "minimum"
        if other is not None and (other > bound if above else other < bound):
            del written[exclusive]
        else:
            written[inclusive] = bound
            written[exclusive] = True


def _values(written: dict[str, Any]) -> None:
    if "const" in written:
        written["enum"] = [written["const"]]
    examples = written.get("examples")
    if isinstance(examples, list) and examples:
        written.setdefault("example", examples[0])
    if written.get("required") == []:
        del written["required"]


def _contents(written: dict[str, Any]) -> None:
    """Encoded and raw bytes, which 3.0 says by formats."""
    if "format" in written:
        return
    if written.get("contentEncoding") == "base64":
        written["format"] = "byte"
    elif written.get("contentMediaType") == _OCTETS and "contentEncoding" not in written:
        written["format"] = "binary"
        del written["contentMediaType"]


def _arrays(written: dict[str, Any]) -> None:
    if "prefixItems" in written:
        items = written.get("items")
        written["items"] = (
            {"anyOf": [*written["prefixItems"], *([items] if items else [])]}
            if "items" in written
            else {}
        )


def _objects(written: dict[str, Any]) -> None:
    """Patterns of names; without them `additionalProperties` must let those properties pass."""
    patterns = written.get("patternProperties")
    more = written.get("additionalProperties", True)
    if isinstance(patterns, Mapping) and patterns and more is not True:
        written["additionalProperties"] = {"anyOf": [*patterns.values(), *([more] if more else [])]}


def up_keywords(level: dict[str, Any]) -> dict[str, Any]:
    """One schema object of OpenAPI 3.0 in the keywords of JSON Schema 2020-12.

    Keywords that say no more than what holds without them are left out.
    """
    restored = dict(level)
    if restored.get("nullable") is True:
        _up_nullable(restored)
    elif restored.get("nullable") is False:
        del restored["nullable"]
    for exclusive, inclusive in _BOUNDS.items():
        if restored.get(exclusive) is True and inclusive in restored:
            restored[exclusive] = restored.pop(inclusive)
        elif isinstance(restored.get(exclusive), bool):
            del restored[exclusive]
    if "example" in restored and "examples" not in restored:
        restored["examples"] = [restored.pop("example")]
    if restored.get("format") == "byte" and "contentEncoding" not in restored:
        restored["contentEncoding"] = "base64"
        del restored["format"]
    elif restored.get("format") == "binary" and "contentMediaType" not in restored:
        restored["contentMediaType"] = _OCTETS
        del restored["format"]
    return restored


def _up_nullable(restored: dict[str, Any]) -> None:
    if restored.get("enum") == [None] and restored.get("type") == "string":
        restored["type"] = "null"
        del restored["nullable"], restored["enum"]
    elif isinstance(restored.get("type"), str):
        restored["type"] = [restored["type"], "null"]
        del restored["nullable"]
