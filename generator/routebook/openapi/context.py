"""What the writers share while one document is made: version, components, and what is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from routebook.errors import ErrorDescriptor
from routebook.findings import Finding
from routebook.openapi.dialect import NOTE, down
from routebook.schemas import plain, to_json_schema
from routebook.values import Value, frozen

_COMPONENT_NAME = re.compile(r"[a-zA-Z0-9._-]+\Z")

_OVERRIDING = defaultdict(
    lambda: ("description",), examples=("summary", "description"), callbacks=(), mediaTypes=()
)
"""By kind of component, what may stand beside a reference to it (OpenAPI 3.1, section 4.8.23)."""

HINT = NOTE
"""The extra field in which a reader says how a document wrote something; it is never written."""

Item = TypeVar("Item")
JsonObject = dict[str, Any]
Notes = Mapping[str, Any]


@dataclass(slots=True)
class Context:
    """The state of one `write`."""

    version: str
    """"3.0", "3.1" or "3.2"."""
    errors: Mapping[str, ErrorDescriptor] = field(default_factory=dict)
    """The codes of the API's groups, by value."""
    definitions: JsonObject = field(default_factory=dict)
    """The named schemas found so far, as JSON Schema 2020-12."""
    pools: dict[str, JsonObject] = field(default_factory=dict)
    """Kind of component (`parameters`...) to name to what stands there."""
    losses: list[Finding] = field(default_factory=list)
    """What this version cannot say in words of its own."""
    place: str = ""
    """The place in the description that is being written."""
    used: set[str] = field(default_factory=set)
    """The components that something refers to, as references."""
    _hidden: bool = False
    _documented: JsonObject = field(default_factory=dict)
    _pending: list[tuple[JsonObject, str, str, Any]] = field(default_factory=list)

    def has(self, version: str) -> bool:
        """Whether the document may use what is new in `version`."""
        return self.version >= version

    def newer(self, since: Mapping[str, str]) -> frozenset[str]:
        """Of fields and the versions that they came with, those that this version has."""
        return frozenset(key for key in since if self.version >= since[key])

    def lost(self, what: str) -> None:
        """Tell that this version has no word for `what`, at the current place."""
        finding = Finding(
            rule="openapi-cannot-say",
            level="info",
            place=self.place,
            message=f"OpenAPI {self.version} cannot say {what}; it stands in `{NOTE}`",
            hint="readers other than routebook do not see it: write a newer version for them",
        )
        if finding not in self.losses:
            self.losses.append(finding)

    def schema(self, schema: Any) -> Any:
        """A schema as this version writes it."""
        return self.dialect(to_json_schema(schema, self.definitions))

    def dialect(self, schema: Any) -> Any:
        """A JSON Schema 2020-12 as this version writes it."""
        return down(schema, self.version, lambda word: self.lost(f"the schema keyword `{word}`"))

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Write what is at `place`."""
        before, self.place = self.place, place
        yield
        self.place = before

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Write what only stands in an extension: components used there are not OpenAPI's."""
        before, self._hidden = self._hidden, True
        yield
        self._hidden = before

    def share(
        self,
        kind: str,
        name: str,
        content: JsonObject,
        notes: Notes = MappingProxyType({}),
        since: str = "3.0",
    ) -> JsonObject:
        """A reference to `content` as the component `name`, or `content` when it has no name.

        A name that already stands for something else, that is not a component's name, or whose
        kind is newer than the version, stays with the content in a note; and so it does where
        `notes` are to be made at this place, for a reference has no room for them.
        """
        if not name:
            return noted(content, **notes)
        if notes or not self.has(since) or not _COMPONENT_NAME.match(name):
            return noted(content, component=name, **notes)
        if self._hidden:
            reference = {"$ref": f"#/components/{kind}/{name}"}
            self._pending.append((reference, kind, name, content))
            return reference
        if self.pools.setdefault(kind, {}).setdefault(name, content) != content:
            return self._overriding(kind, name, content) or noted(content, component=name)
        return self._refer(kind, name)

    def _refer(self, kind: str, name: str) -> JsonObject:
        reference = f"#/components/{kind}/{name}"
        self.used.add(reference)
        return {"$ref": reference}

    def _overriding(self, kind: str, name: str, content: JsonObject) -> JsonObject | None:
        """A reference with other words beside it, where they are all that differs."""
        shared: JsonObject = self.pools[kind][name]
        words = {key: content[key] for key in _OVERRIDING[kind] if content.get(key)}
        other = {key: words[key] for key in words if shared.get(key) != words[key]}
        if not self.has("3.1") or {**shared, **other} != content:
            return None
        return {**self._refer(kind, name), **other}

    def documented(self, name: str, content: JsonObject) -> JsonObject:
        """A reference to what only the reference shows; each is written once, in a note."""
        pool = self._documented
        key = next(
            key
            for n in range(1, len(pool) + 2)
            if pool.get(key := name if n == 1 else f"{name}-{n}", content) == content
        )
        pool[key] = content
        return {"$ref": f"#/components/{NOTE}/documented/{key}"}

    def settle(self) -> JsonObject:
        """The components that only extensions use, once everything is written."""
        rest: dict[str, JsonObject] = {}
        if self._documented:
            rest["documented"] = self._documented
        for reference, kind, name, content in self._pending:
            if self.pools.get(kind, {}).get(name) == content:
                self.used.add(f"#/components/{kind}/{name}")
                continue
            if rest.setdefault(kind, {}).setdefault(name, content) == content:
                reference["$ref"] = f"#/components/{NOTE}/{kind}/{name}"
            else:
                reference.clear()
                reference.update(noted(content, component=name))
        return rest


def noted(content: JsonObject, **notes: Any) -> JsonObject:
    """`content` with more fields in its note."""
    return {**content, NOTE: {**content.get(NOTE, {}), **notes}} if notes else content


def with_extra(
    out: JsonObject, extra: Mapping[str, Any], newer: Collection[str] = ()
) -> JsonObject:
    """`out` with the extra fields; inside an object that both have, field by field.

    What a descriptor says itself wins over an extra field of the same name. One of `newer` meant
    nothing in the document that it came from, and would mean something here: it stands in the note.
    """
    for key, value in extra.items():
        if key == HINT:
            continue
        if key in newer:
            note = out.get(NOTE, {})
            out[NOTE] = {**note, "extra": {**note.get("extra", {}), key: plain(value)}}
        elif key not in out:
            out[key] = plain(value)
        elif isinstance(out[key], dict) and isinstance(value, Mapping):
            out[key] = {**plain(value), **out[key]}
    return out


def hints(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    """How a document wrote a part, where that is not the usual way."""
    found = extra.get(HINT)
    return found if isinstance(found, Mapping) else MappingProxyType({})


def keyed(
    items: Iterable[Item], name_of: Callable[[Item], str], write: Callable[[Item, Notes], Any]
) -> JsonObject:
    """Items as an object by name; a name that comes again gets a number, and a note."""
    out: JsonObject = {}
    for item in items:
        name = name_of(item)
        key = unique(name or "item", out)
        out[key] = write(item, {} if key == name else {"name": name})
    return out


def unique(name: str, taken: Mapping[str, Any]) -> str:
    """`name`, or the first of `name-2`, `name-3`... that is not taken."""
    if name not in taken:
        return name
    return next(key for n in range(2, len(taken) + 3) if (key := f"{name}-{n}") not in taken)


@frozen(kw_only=False)
class Slot(Value):
    """A descriptor's field and its OpenAPI field."""

    attribute: str
    key: str
    since: str = "3.0"
    """The version that has the OpenAPI field; before, the value stands in the note."""
    convert: Callable[[Context, Any], Any] = lambda _context, value: plain(value)


@lru_cache(maxsize=128)
def defaults(kind: type) -> dict[str, Any]:
    """The defaults of a descriptor class; required fields are left out."""
    given = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    made = {
        one.name: one.default_factory()
        for one in fields(kind)
        if one.default_factory is not MISSING
    }
    return given | made


def slots(context: Context, value: Any, table: Collection[Slot]) -> JsonObject:
    """The OpenAPI object of a descriptor by a table; fields at their default are left out."""
    out: JsonObject = {}
    notes: JsonObject = {}
    kind: type = type(value)
    usual = defaults(kind)
    for slot in table:
        content = getattr(value, slot.attribute)
        if slot.attribute in usual and content == usual[slot.attribute]:
            continue
        if context.has(slot.since):
            out[slot.key] = slot.convert(context, content)
        else:
            notes[slot.attribute] = slot.convert(context, content)
            context.lost(f"`{slot.key}`")
    extra = getattr(value, "extra", {})
    if extra:
        newer = context.newer({slot.key: slot.since for slot in table if slot.since > "3.0"})
        with_extra(out, extra, newer)
    return noted(out, **notes)


def without_newer(context: Context, out: JsonObject, newer: frozenset[str]) -> JsonObject:
    """`out` with the extra fields that only OpenAPI 3.2 has moved to its note."""
    if context.has("3.2") or not newer & out.keys():
        return out
    moved = {key: out[key] for key in out if key in newer}
    for key in moved:
        context.lost(f"`{key}`")
    return noted({k: v for k, v in out.items() if k not in newer}, extra=moved)
