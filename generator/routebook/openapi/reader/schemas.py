"""Schemas of a document as JSON Schema 2020-12.

A schema that says the same in both dialects is kept as the very object that it is. A keyword that
holds what it cannot hold, or stands where the version ignores it, is set aside, so that nothing
after the reader stumbles over it; it comes back when the document is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routebook.openapi.dialect import IGNORED, NOTE, up, up_keywords
from routebook.openapi.reader.references import lookup, steps_of
from routebook.openapi.reader.state import At, Object, State, shown
from routebook.schemas import LISTED, NAMED, REFERENCE, SINGLE

_SINGLE, _LISTED, _NAMED, _CHECKED, _CONVERTED, _REFERENCE, _FORMAT = range(7)

_LISTS = ("required", "enum", "examples")
_NUMBERS = (
    "minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems",
    "minProperties", "maxProperties", "minContains", "maxContains",
)  # fmt: skip  # a table of names
_BOUNDS = ("exclusiveMinimum", "exclusiveMaximum")
_TEXTS = ("pattern", "format", "title", "description", "$id", "$anchor", "$dynamicRef")
_OBJECTS = ("discriminator", "xml", "externalDocs", "dependentRequired")
_OLD = ("nullable", "exclusiveMinimum", "exclusiveMaximum", "example", "format")
"""Keywords that mean something else in OpenAPI 3.0."""
_ENCODED = frozenset({"byte", "binary"})
"""Formats that are an encoding or a media type in JSON Schema 2020-12."""

_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    **dict.fromkeys(_LISTS, ((list,), "a list")),
    **dict.fromkeys(_NUMBERS, ((int, float), "a number")),
    **dict.fromkeys(_TEXTS, ((str,), "text")),
    **dict.fromkeys(_OBJECTS, ((dict,), "an object")),
    **dict.fromkeys(SINGLE, ((dict, bool), "a schema (an object or a boolean)")),
    **dict.fromkeys(LISTED, ((list,), "a list of schemas")),
    **dict.fromkeys(NAMED, ((dict,), "an object of schemas")),
    "type": ((str, list), "the name of a type, or a list of them"),
    "$ref": ((str,), "a reference"),
    NOTE: ((dict,), "an object"),
}
"""What the value of a keyword must be, for the program and in words."""


_PLAIN: dict[str, Any] = {
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_OBJECTS, dict),
    **dict.fromkeys((*_NUMBERS, *_BOUNDS), int),
}
"""The usual type of what a keyword holds: where it is that, there is nothing to look at."""


def _actions(version: str) -> dict[str, Any]:
    old = version == "3.0"
    return {
        **_PLAIN,
        **dict.fromkeys(("required", "type"), _CHECKED),
        **dict.fromkeys(SINGLE, _SINGLE),
        **dict.fromkeys(LISTED, _LISTED),
        **dict.fromkeys(NAMED, _NAMED),
        **(dict.fromkeys(_OLD, _CONVERTED) if old else {}),
        **({"format": _FORMAT} if old else {}),
        "$ref": _REFERENCE,
        NOTE: _CONVERTED,
    }


_ACTIONS = {version: _actions(version) for version in ("3.0", "3.1", "3.2")}


def schema(state: State, value: Any, at: At) -> Any:
    """A Schema Object or a boolean."""
    if type(value) is bool:
        return value
    if value is None:
        state.warn("openapi-null", "null counts as an empty schema here", at, "write {}")
        return {}
    if type(value) is not dict:
        state.expected("a schema (an object or a boolean)", value, at)
        return {}
    converter = Converter(state, state.version)
    made = converter.convert(value)
    if converter.odd:
        _tell(state, value, at)
    if converter.odd_note:
        state.expected("schemas as routebook writes them", value.get(NOTE, value), (at, NOTE))
    return made


def noted_schema(state: State, value: Any, at: At) -> Any:
    """A schema that stands in a note, and so in JSON Schema 2020-12 already.

    Its references to others in notes lead to where those are afterwards.
    """
    if type(value) is bool or value is None:
        return value
    if type(value) is dict:
        converter = Converter(state, "3.2")
        made = converter.convert(here(value))
        if not (converter.misplaced or converter.odd_note):
            return made
    state.expected("a schema as routebook writes it", value, at)
    return {}


def _fits(key: str, value: Any, version: str) -> bool:
    """Whether a keyword's value is of a kind that it can be."""
    if key in _BOUNDS:
        return type(value) in ((bool, int, float) if version == "3.0" else (int, float))
    kinds = _KINDS.get(key)
    if kinds is None:
        return True
    if key == "enum" or key not in {"required", "type"} or type(value) is not list:
        return type(value) in kinds[0]
    return all(type(one) is str for one in value)


class Converter:
    """Converts one schema, from the inside out."""

    def __init__(self, state: State, version: str) -> None:
        self.state = state
        self.version = version
        self.actions = _ACTIONS[version]
        self.odd = False
        self.odd_note = False
        self.misplaced = False

    def convert(self, value: Object) -> Any:
        """The schema in JSON Schema 2020-12: `value` itself where nothing differs."""
        changed: Object | None = None
        special = False
        actions = self.actions
        for key, item in value.items():
            action = actions.get(key)
            kind = type(item)
            if action is None or kind is action or (action == _CHECKED and kind is str):
                continue
            if action == _SINGLE and kind is dict:
                made: Any = self.convert(item)
            elif action == _NAMED and kind is dict:
                made = self._named(item)
            elif action == _LISTED and kind is list:
                made = self._listed(item)
            else:
                special = self._is_special(action, key, item, value) or special
                continue
            if made is not item:
                if changed is None:
                    changed = dict(value)
                changed[key] = made
        found = value if changed is None else changed
        return self._special(found) if special else found

    def _is_special(self, action: Any, key: str, item: Any, value: Object) -> bool:
        """Whether a keyword is to be converted, or set aside."""
        if action == _FORMAT and type(item) is str:
            return item in _ENCODED
        if action == _REFERENCE and type(item) is str:
            if item[:21] != REFERENCE or item[21:] not in self.state.names:
                self.odd = True
            return len(value) > 1
        if _fits(key, item, self.version):
            return bool(action == _CONVERTED)
        self.odd = self.misplaced = True
        return True

    def _named(self, value: Object) -> Object:
        changed: Object | None = None
        for key, item in value.items():
            if type(item) is dict:
                made: Any = self.convert(item)
            else:
                made = self._part(item)
            if made is not item:
                if changed is None:
                    changed = dict(value)
                changed[key] = made
        return value if changed is None else changed

    def _listed(self, value: list[Any]) -> list[Any]:
        made = [self.convert(one) if type(one) is dict else self._part(one) for one in value]
        same = all(one is other for one, other in zip(made, value, strict=True))
        return value if same else made

    def _part(self, value: Any) -> Any:
        """What stands in the place of a schema object."""
        if type(value) is bool:
            return value
        self.odd = self.misplaced = True
        return {IGNORED: {"": value}}

    def _noted(self, value: Object) -> Any:
        """A schema with a note of what the version cannot say."""
        without = value[NOTE].get("without", [])
        if type(without) is not list or not all(type(one) is str for one in without):
            self.odd_note = True
            return {key: item for key, item in value.items() if key != NOTE}
        aside = {key: item for key, item in value.items() if not _fits(key, item, self.version)}
        kept = {key: item for key, item in value.items() if key not in aside}
        made = up(kept, self.version, inner=False)
        if type(made) is not dict:
            return made
        inner = Converter(self.state, "3.2")
        made = inner.convert(made)
        self.odd_note = self.odd_note or inner.misplaced or inner.odd_note
        return {**made, IGNORED: {**_told(made), **aside}} if aside else made

    def _special(self, value: Object) -> Any:
        """A schema that needs more than what is in it converted."""
        if type(value.get(NOTE)) is dict:
            return self._noted(value)
        version = self.version
        aside: Object = {}
        if self.misplaced:
            aside = {key: item for key, item in value.items() if not _fits(key, item, version)}
        if version == "3.0" and "$ref" in value and "$ref" not in aside:
            aside |= {k: v for k, v in value.items() if k != "$ref" and k[:2] != "x-"}
        out = {k: v for k, v in value.items() if k not in aside} if aside else value
        if version == "3.0":
            out = up_keywords(out)
        return {**out, IGNORED: {**_told(out), **aside}} if aside else out


def _told(value: Object) -> Object:
    """The keywords that the writer says were set aside."""
    told = value.get(IGNORED)
    return told if type(told) is dict else {}


def _tell(state: State, value: Any, at: At) -> None:
    """Tell what is odd about a schema, each at its place."""
    if type(value) is bool:
        return
    if type(value) is not dict:
        state.warn("openapi-schema", f"expected a schema, found {shown(value)}", at)
        return
    for key, item in value.items():
        if not _fits(key, item, state.version):
            message = f"expected {_expected(key)}, found {shown(item)}: it is ignored"
            state.warn("openapi-schema", message, (at, key))
        elif key == "$ref":
            _tell_reference(state, item, (at, key))
        else:
            for one, place in _inside(key, item, (at, key)):
                _tell(state, one, place)


def _inside(key: str, value: Any, at: At) -> Iterator[tuple[Any, At]]:
    """The schemas in a keyword, with their places."""
    if key in SINGLE:
        yield value, at
    elif key in LISTED:
        yield from ((one, (at, index)) for index, one in enumerate(value))
    elif key in NAMED:
        yield from ((one, (at, name)) for name, one in value.items())


def _expected(key: str) -> str:
    return "a number" if key in _BOUNDS else _KINDS[key][1]


def _tell_reference(state: State, reference: str, at: At) -> None:
    """A reference that names no schema of the components must lead somewhere else."""
    if reference[:21] == REFERENCE and reference[21:] in state.names:
        return
    if reference[:1] != "#":
        message = f"the reference {shown(reference)} leads out of the document"
        state.warn("openapi-reference", message, at)
    elif steps_of(reference) is not None:
        lookup(state, reference, at, "warning")


def here(value: Any) -> Any:
    """A schema of a note, its references to others there as if those stood with the rest."""
    if isinstance(value, list):
        return [here(item) for item in value]
    if not isinstance(value, dict):
        return value.replace(f"/{NOTE}/schemas/", "/schemas/") if isinstance(value, str) else value
    return {key: here(item) for key, item in value.items()}
