"""What the readers share while one document is read: its text, what was found, what is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from routebook.errors import ErrorDescriptor, ErrorGroup
from routebook.findings import DescriptionError, Finding
from routebook.nearest import nearest
from routebook.openapi.dialect import NOTE
from routebook.openapi.reader.notes import checked, checked_pools
from routebook.openapi.reader.shapes import ANY, COMPONENTS, FLAG, LIST, OBJECT, TEXT, Shape
from routebook.values import Value

Object = dict[str, Any]
At = tuple[Any, Any] | None
"""A place in the document: the place above it and the last step; None for the whole."""

Made = TypeVar("Made", bound=Value)
Read = Callable[["State", Object, At, Any, str], Made]
"""Reads an object: where it stands, what its surroundings say of it, its component's name."""

MOST_ERRORS = 100
MOST_WARNINGS = 1000
"""A document with more of them is something else: they are no longer counted."""

_EMPTY: Mapping[str, Any] = {}
_NAMES = {TEXT: "text", FLAG: "true or false", OBJECT: "an object", LIST: "a list", ANY: "anything"}


def pointer(at: At) -> str:
    """The JSON pointer (RFC 6901) of a place; empty for the whole document."""
    steps: list[str] = []
    while at is not None:
        at, step = at
        steps.append(str(step).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{step}" for step in reversed(steps))


def shown(value: Any) -> str:
    """What stands where something else was expected, in a few words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


class State:
    """The state of one reading."""

    def __init__(self, root: Object, version: str) -> None:
        self.root = root
        self.version = version
        self.findings: list[Finding] = []
        self.errors_found = 0
        self.places: dict[int, At] = {}
        self.groups: tuple[ErrorGroup, ...] = ()
        self.errors: dict[str, ErrorDescriptor] = {}
        self.schemas: Object = {}
        self.names: frozenset[str] = frozenset()
        self.memo: dict[Any, Any] = {}
        self.used: set[str] = set()
        self.kept: set[str] = set()
        self.reading: set[Any] = set()

    def has(self, version: str) -> bool:
        """Whether the document may use what is new in `version`."""
        return self.version >= version

    def say(self, rule: str, message: str, at: At, hint: str = "", level: str = "error") -> None:
        """Tell something about a place."""
        if level == "error":
            self.errors_found += 1
        elif len(self.findings) >= MOST_WARNINGS:
            return
        self.findings.append(
            Finding(rule=rule, place=f"#{pointer(at)}", message=message, hint=hint, level=level)
        )
        if self.errors_found >= MOST_ERRORS:
            raise DescriptionError(self.findings)

    def warn(self, rule: str, message: str, at: At, hint: str = "") -> None:
        """Tell of something odd that does not keep the document from being read."""
        self.say(rule, message, at, hint, "warning")

    def expected(self, what: str, value: Any, at: At, hint: str = "") -> None:
        """Tell that something else stands where `what` is expected."""
        self.say("openapi-structure", f"expected {what}, found {shown(value)}", at, hint)

    def fields(self, value: Any, shape: Shape, at: At) -> tuple[Object, Object]:
        """The fields of an object that are what its shape says; and those that it does not know.

        The first may hold more than the shape's: nobody asks for those.
        """
        if type(value) is not dict and not self._counts_as_empty(value, shape, at):
            return {}, {}
        known = shape.known(self.version)
        rest: Object = {}
        given = value = value or {}
        for key, item in value.items():
            kind = known.get(key)
            if kind is None:
                rest[key] = item
                if type(key) is not str or key[:2] != "x-":
                    self._unknown(key, shape, (at, key))
            elif type(item) is not kind and kind is not ANY:
                given = self._with_mended(given, key, kind, at)
        for key in shape.needed:
            if key not in given:
                self._missing(key, value, shape, at)
        if NOTE in given:
            check = checked_pools if shape is COMPONENTS else checked
            note = check(self, given[NOTE], (at, NOTE))
            given = {**given, NOTE: note}
            if "extra" in note:
                rest = {**rest, **note["extra"]}
        return given, rest

    def _counts_as_empty(self, value: Any, shape: Shape, at: At) -> bool:
        """Whether what is no object can be taken for an empty one; told either way."""
        if value is not None:
            self.expected(f"an object ({shape.name})", value, at)
            return False
        self.warn("openapi-null", f"null counts as an empty {shape.name} here", at, "write {}")
        return True

    def _with_mended(self, given: Object, key: str, kind: type, at: At) -> Object:
        """The fields, one that holds something else mended, or left out."""
        made = self._mended(given[key], kind, (at, key))
        left = {name: item for name, item in given.items() if name != key}
        return left if made is None else {**left, key: made}

    def _mended(self, item: Any, kind: type, at: At) -> Any:
        """A field that holds something else; None when it cannot be what it should."""
        if item is None:
            self.warn("openapi-null", "null counts as absent here", at, "leave the field out")
            return None
        if kind is TEXT and isinstance(item, (int, float)):
            text = str(item).lower() if isinstance(item, bool) else str(item)
            self.warn(
                "openapi-structure", f"expected text, found {shown(item)}", at, f'write "{text}"'
            )
            return text
        if kind is FLAG and item in ("true", "false"):
            self.warn("openapi-structure", f"expected {item}, found text", at, f"write {item}")
            return item == "true"
        self.expected(_NAMES[kind], item, at)
        return None

    def _unknown(self, key: Any, shape: Shape, at: At) -> None:
        """A field that OpenAPI does not have there."""
        if type(key) is not str:
            self.warn("openapi-unknown-field", f"the key {shown(key)} is no text", at)
            return
        known = shape.known(self.version)
        if key in shape.since and key not in known:
            message = f"{key!r} came with OpenAPI {shape.since[key]}: it means nothing here"
            self.warn("openapi-unknown-field", message, at, "it is kept as it is")
            return
        close = nearest(key, known)
        self.warn(
            "openapi-unknown-field",
            f"{shape.name} has no field {key!r}",
            at,
            f"did you mean {close!r}?" if close else "extensions begin with x-",
        )

    def _missing(self, key: str, value: Object, shape: Shape, at: At) -> None:
        """A field that must be there and is not; one that holds something else is told already."""
        if value.get(key) is not None:
            return
        close = nearest(key, [one for one in value if type(one) is str and one not in shape.fields])
        hint = f"is {close!r} meant for it?" if close else ""
        level = "error" if key in shape.required else "warning"
        self.say("openapi-structure", f"{shape.name} lacks {key!r}", at, hint, level)

    def mapping(self, value: Object, key: str, at: At) -> Object:
        """The object in a field that may be absent."""
        found = value.get(key, _EMPTY)
        if isinstance(found, dict) or found is _EMPTY:
            return found  # type: ignore[return-value]  # nobody writes to it
        self.expected("an object", found, (at, key))
        return {}

    def texts(self, value: Object, key: str, at: At) -> tuple[str, ...]:
        """The texts in a list that may be absent."""
        if key not in value:
            return ()
        out = []
        for index, item in enumerate(value.get(key) or ()):
            fits = type(item) is str
            text = item if fits else self._mended(item, TEXT, ((at, key), index))
            if text is not None:
                out.append(text)
        return tuple(out)

    def put(self, made: Made, at: At) -> Made:
        """Remember where a descriptor stands."""
        self.places[id(made)] = at
        return made
