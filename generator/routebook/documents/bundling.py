"""Several files into one document: what references to other files lead to becomes its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from routebook.deep import deep
from routebook.documents.data import ABSENT, is_bare, lookup, put, put_below
from routebook.documents.files import Files, Source, Target
from routebook.documents.model import Document, Tokens
from routebook.documents.problems import finding, split, tokens
from routebook.documents.structure import REFERABLE, homes, inserted, parts
from routebook.findings import DescriptionError, Finding, RoutebookError
from routebook.nearest import nearest

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_FILES = (".json", ".yaml", ".yml")


def bundled(document: Document, folder: Path | None, allow_refs: Iterable[str]) -> Document:
    """The document with what it refers to; see `routebook.documents.bundle`."""
    with deep():
        return _Bundler(document, folder, allow_refs).bundled()


@dataclass(frozen=True, slots=True)
class _Base:
    """What the references of a part start from, and where the part goes."""

    source: Source
    uri: str
    resource: Tokens
    """The place of the schema resource that pointers start from."""
    start: Tokens
    """Where the part stands in its source..."""
    out: Tokens
    """...and in the bundled document."""


class _Bundler:
    def __init__(self, document: Document, folder: Path | None, allowed: Iterable[str]) -> None:
        self._document = document
        self._files = Files(document, folder, allowed)
        self._homes = homes(document.data)
        definitions = document.data.get("definitions") if "swagger" in document.data else None
        self._early = set(definitions) if isinstance(definitions, dict) else set()
        """What references of early Swagger 2.0 may be: mere names of definitions."""
        self._names: dict[tuple[str, int, Tokens], str] = {}
        self._taken: dict[str, set[str]] = {}
        self._owned: dict[Tokens, Target] = {}
        self._pending: list[tuple[str, str, Target]] = []
        self._made: dict[str, dict[str, Any]] = {}
        self._origins: dict[Tokens, tuple[Document, Tokens]] = {(): (document, ())}
        self._inside: list[tuple[str, int, Tokens]] = []
        self._findings: dict[str, Finding] = {}

    def bundled(self) -> Document:
        root = self._files.root
        base = _Base(root, root.uri, (), (), ())
        for kind, home in self._homes.items():
            self._own(kind, home, base)
        data = self._visit(self._document.data, "document", base, ())
        while self._pending:
            kind, name, target = self._pending.pop(0)
            made = self._copy(kind, target, (*self._homes[kind], name))
            self._made.setdefault(kind, {})[name] = made
        if self._findings:
            raise DescriptionError(self._findings.values())
        for kind, made in self._made.items():
            data = put_below(data, self._homes[kind], made)
        return self._document.derived(data, self._origins)

    def _own(self, kind: str, home: Tokens, base: _Base) -> None:
        """Let components that stand for a part of another file give it their name."""
        components = lookup(self._document.data, home)
        components = components if isinstance(components, dict) else {}
        self._taken[kind] = set()
        if is_bare(components):
            self._own_all(kind, components, base, home)
            return
        self._taken[kind] |= set(components)
        for name, node in components.items():
            if not is_bare(node) or node["$ref"].startswith("#"):
                continue
            at = (*home, name)
            target = self._resolve(node["$ref"], base, at, kind)
            if target is not None and target.source is not base.source:
                key = (kind, id(target.source), target.tokens)
                if key not in self._names:
                    self._names[key] = name
                    self._owned[at] = target

    def _own_all(self, kind: str, node: dict[str, Any], base: _Base, home: Tokens) -> None:
        """Let components that all stand in another file keep their names."""
        target = self._resolve(node["$ref"], base, home, kind)
        if target is None:
            return
        held = lookup(target.source.document.data, target.tokens)
        for name in held if isinstance(held, dict) else ():
            self._taken[kind].add(name)
            self._names[kind, id(target.source), (*target.tokens, name)] = name

    def _visit(self, node: Any, kind: str, base: _Base, at: Tokens) -> Any:
        """A part with its references led into the document; the same object if none changes."""
        if not isinstance(node, dict):
            return node
        if kind == "schema":
            node, base = self._resource(node, base, at)
        if kind in REFERABLE and isinstance(node.get("$ref"), str):
            node, done = self._referred(node, kind, base, at)
            if done:
                return node
        changed = self._inserted(node, kind, base, at)
        for keys, part, inner in parts(node, kind):
            made = self._visit(part, inner, base, (*at, *keys))
            if made is not part:
                changed = dict(node) if changed is None else changed
                put(changed, node, keys, made)
        if kind == "schema" and "discriminator" in node:
            changed = self._mapping(node, changed, base, at)
        return node if changed is None else changed

    def _inserted(
        self, node: dict[str, Any], kind: str, base: _Base, at: Tokens
    ) -> dict[str, Any] | None:
        """A copy of an object with what references stand for that OpenAPI does not know."""
        changed: dict[str, Any] | None = None
        for key, value in node.items():
            form = inserted(kind, key) if is_bare(value) else None
            if form is None:
                continue
            target = self._resolve(value["$ref"], base, (*at, key), kind)
            if target is None:
                continue
            with self._within((form, id(target.source), target.tokens), base, at) as enters:
                if enters:
                    changed = dict(node) if changed is None else changed
                    changed[key] = self._insertion(form, target, self._out(base, (*at, key)))
        return changed

    @contextmanager
    def _within(self, key: tuple[str, int, Tokens], base: _Base, at: Tokens) -> Iterator[bool]:
        """Work inside of a target; false, and told, if that is being done already."""
        if key in self._inside:
            self._say(base, at, "the reference leads back to what it stands in")
            yield False
            return
        self._inside.append(key)
        try:
            yield True
        finally:
            self._inside.pop()

    def _insertion(self, form: str, target: Target, out: Tokens) -> Any:
        """The map, list, object or data that a target holds."""
        node = lookup(target.source.document.data, target.tokens)
        many, _, inner = form.rpartition(" ")
        if not many or not isinstance(node, dict if many == "map" else list):
            return self._copy(inner, target, out) if inner else node
        self._origins[out] = (target.source.document, target.tokens)
        keys = list(node) if isinstance(node, dict) else [str(n) for n in range(len(node))]
        made = [
            self._copy(inner, Target(target.source, (*target.tokens, key)), (*out, key))
            for key in keys
        ]
        return dict(zip(keys, made, strict=True)) if isinstance(node, dict) else made

    def _resource(self, node: dict[str, Any], base: _Base, at: Tokens) -> Any:
        """Enter the schema resource that an `$id` begins (JSON Schema 2020-12, section 8.2.1)."""
        identifier = node.get("$id")
        if not isinstance(identifier, str):
            return node, base
        base = replace(base, uri=urljoin(base.uri, identifier), resource=at)
        if base.source is not self._files.root:
            node = {key: value for key, value in node.items() if key != "$id"}
        return node, base

    def _referred(self, node: Any, kind: str, base: _Base, at: Tokens) -> tuple[Any, bool]:
        """An object with a `$ref`, the reference rewritten; and whether it is complete."""
        reference = node["$ref"]
        root = base.source is self._files.root
        if root and not base.resource and (reference[:2] == "#/" or reference == "#"):
            return node, False
        target = self._owned.get(at) if root else None
        if target is not None:
            return self._copy(kind, target, self._out(base, at)), True
        target = self._resolve(reference, base, at, kind)
        if target is None:
            return node, False
        if target.source is not self._files.root and kind not in self._homes:
            return self._inlined(node, kind, target, base, at), True
        return {**node, "$ref": self._pointer(kind, target, reference)}, False

    def _inlined(self, node: Any, kind: str, target: Target, base: _Base, at: Tokens) -> Any:
        key = (kind, id(target.source), target.tokens)
        with self._within(key, base, at) as enters:
            if not enters:
                return node
            made = self._copy(kind, target, self._out(base, at))
        beside = {name: value for name, value in node.items() if name != "$ref"}
        return {**made, **beside} if isinstance(made, dict) else made

    def _copy(self, kind: str, target: Target, out: Tokens) -> Any:
        """What a target holds, for a place in the bundled document."""
        source = target.source
        self._origins[out] = (source.document, target.tokens)
        base = _Base(source, source.uri, (), target.tokens, out)
        node = source.document.data
        for index, token in enumerate(target.tokens):
            if isinstance(node, dict) and isinstance(node.get("$id"), str):
                uri = urljoin(base.uri, node["$id"])
                base = replace(base, uri=uri, resource=target.tokens[:index])
            node = lookup(node, (token,))
        return self._visit(node, kind, base, target.tokens)

    def _pointer(self, kind: str, target: Target, reference: str) -> str:
        """The reference, inside of the bundled document, to a target."""
        if target.source is self._files.root:
            return f"#{tokens(target.tokens)}"
        key = (kind, id(target.source), target.tokens)
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._name(kind, target, reference)
            self._pending.append((kind, name, target))
        return f"#{tokens((*self._homes[kind], name))}"

    def _name(self, kind: str, target: Target, reference: str) -> str:
        """A name that no other component has: of the pointer's end, or of the file."""
        uri, _, fragment = reference.partition("#")
        stem = PurePosixPath(unquote(urlsplit(uri).path) or urlsplit(target.source.uri).path).stem
        last = split(unquote(fragment))[-1] if fragment else ""
        wanted = last if last and not last.isdecimal() else f"{stem}{'-' if last else ''}{last}"
        taken = self._taken.setdefault(kind, set())
        fit = _UNFIT.sub("-", wanted).strip("-") or kind
        for name in _candidates(fit, _UNFIT.sub("-", stem).strip("-")):
            if name not in taken:
                taken.add(name)
                return name
        raise AssertionError("candidates never end")

    def _mapping(self, node: Any, changed: Any, base: _Base, at: Tokens) -> Any:
        """The references of a discriminator (OpenAPI 3.1, section 4.8.25)."""
        discriminator = node["discriminator"]
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if not isinstance(mapping, dict):
            return changed
        made = dict(mapping)
        for value, reference in mapping.items():
            if not isinstance(reference, str) or not _is_file(reference):
                continue
            if base.source is self._files.root and reference.startswith("#"):
                continue
            place = (*at, "discriminator", "mapping", value)
            target = self._resolve(reference, base, place, "schema", end=())
            if target is not None:
                made[value] = self._pointer("schema", target, reference)
        return {**(changed or node), "discriminator": {**discriminator, "mapping": made}}

    def _resolve(
        self, reference: str, base: _Base, at: Tokens, kind: str, end: Tokens = ("$ref",)
    ) -> Target | None:
        """What a reference leads to in the end; None, and told, when that is nowhere."""
        place: Tokens = (*at, *end)
        try:
            return self._followed(reference, base, at, kind)
        except DescriptionError as problem:
            self._findings.update((str(one), one) for one in problem.findings)
        except RoutebookError as problem:
            self._say(base, place, problem.message, problem.hint)
        except ValueError as problem:
            self._say(base, place, f"{reference!r} is no reference: {problem}")
        return None

    def _followed(self, reference: str, base: _Base, at: Tokens, kind: str) -> Target:
        """What a reference leads to, through targets that are nothing but references."""
        target = self._step(reference, base)
        passed = [_shown(base.source, at)]
        first = target if target.source is self._files.root else None
        while True:
            shown = _shown(target.source, target.tokens)
            if shown in passed:
                circle = " -> ".join([*passed[passed.index(shown) :], shown])
                raise RoutebookError(
                    f"references go round in a circle: {circle}",
                    hint="one of them must lead to something other than a reference",
                )
            passed.append(shown)
            node = lookup(target.source.document.data, target.tokens)
            if not is_bare(node) or kind == "pathItem":
                return first or target
            source = target.source
            target = self._step(node["$ref"], _Base(source, source.uri, (), (), ()))
            if first is None and target.source is self._files.root:
                first = target

    def _step(self, reference: str, base: _Base) -> Target:
        """What a reference names. Raises `RoutebookError` when there is no such thing."""
        uri, _, fragment = reference.partition("#")
        if reference in self._early:
            return Target(self._files.root, ("definitions", reference))
        source, start = (base.source, base.resource) if not uri else self._document_of(uri, base)
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return Target(source, _anchor(source, fragment))
        end = tuple(split(fragment))
        data = source.document.data
        if start and not uri and lookup(data, (*start, *end)) is ABSENT:
            start = ()
        _require(source, (*start, *end), reference)
        return Target(source, (*start, *end))

    def _document_of(self, uri: str, base: _Base) -> tuple[Source, Tokens]:
        absolute = urljoin(base.uri, uri)
        known = self._files.known(absolute)
        if known is not None:
            return known.source, known.tokens
        if base.uri != base.source.uri and self._files.may_fetch(absolute):
            uri = absolute
        return self._files.open(uri, base.source), ()

    def _out(self, base: _Base, at: Tokens) -> Tokens:
        return (*base.out, *at[len(base.start) :])

    def _say(self, base: _Base, at: Tokens, message: str, hint: str = "") -> None:
        pointer = tokens(at)
        location = base.source.document.locate(pointer)
        one = finding("document-reference", message, location, hint=hint, place=f"#{pointer}")
        self._findings[str(one)] = one


def _require(source: Source, way: Tokens, reference: str) -> None:
    for index, token in enumerate(way):
        if lookup(source.document.data, way[: index + 1]) is not ABSENT:
            continue
        above = lookup(source.document.data, way[:index])
        known = [str(key) for key in above] if isinstance(above, dict) else []
        close = nearest(token, known)
        raise RoutebookError(
            f"the reference {reference!r} leads nowhere: {_shown(source, way[:index])} "
            f"has no {token!r}",
            hint=f"did you mean {close!r}?" if close else "",
        )


def _anchor(source: Source, name: str) -> Tokens:
    found = source.anchors.get(name)
    if found is None:
        close = nearest(name, source.anchors)
        raise RoutebookError(
            f"{source.document.name} has no $anchor {name!r}",
            hint=f"did you mean {close!r}?" if close else "JSON pointers begin with a slash",
        )
    return found


def _shown(source: Source, way: Tokens) -> str:
    return f"{source.document.name}#{tokens(way)}"


def _is_file(reference: str) -> bool:
    """Whether a value of a discriminator's mapping is a reference, and no name."""
    return "#" in reference or "/" in reference or reference.endswith(_FILES)


def _candidates(name: str, stem: str) -> Iterator[str]:
    yield name
    if stem and stem != name:
        yield f"{stem}-{name}"
    for number in count(2):
        yield f"{name}-{number}"
