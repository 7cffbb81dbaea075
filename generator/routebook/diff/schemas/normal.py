"""The normal form of schemas: references resolved, `allOf` merged, single choices taken.

`anyOf` and `oneOf` whose branches accept values of different types are merged as well: each
branch then counts for its own types only. So are those whose branches are lists of values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.conformance import Evaluator, named, value_key, wellformed
from routebook.diff.schemas.node import Closer, Node, Union, members
from routebook.diff.schemas.parts import (
    ALL,
    NOTES,
    REFERENCE,
    Atom,
    Conjunction,
    Found,
    Part,
    identity,
    steps_in,
    type_of,
    types_of,
)


class View:
    """One of the two descriptions: what references lead to, and the normal forms."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self.definitions = definitions
        self._resolve = named(definitions)
        self.evaluator = Evaluator(self._resolve)
        self._nodes: dict[tuple[int, ...], Node] = {}
        self._busy: set[tuple[int, ...]] = set()
        self._kept: list[Conjunction] = []
        self._cleaned: dict[int, Mapping[str, Any]] = {}

    def target(self, reference: Any) -> Part | None:
        """The component that a reference names, or a schema in one; None when it names none."""
        if not isinstance(reference, str) or not reference.startswith(REFERENCE):
            return None
        name, *steps = steps_in(reference)
        if name not in self.definitions:
            return None
        found = Part(self.definitions[name], name, "")
        if not steps:
            return found
        schema = self._resolve(reference)
        return found.below(schema, *steps) if isinstance(schema, (dict, Mapping, bool)) else None

    def referred(self, part: Part) -> tuple[Part, Any] | None:
        """The only schema that a part leads to, and its notes; None when it says more.

        That is a `$ref`, or an `allOf` of one schema.
        """
        schema = self.cleaned(part).schema
        listed = schema.get("allOf")
        single = isinstance(listed, list) and len(listed) == 1
        if ("$ref" in schema) == single:
            return None
        keyword = "allOf" if single else "$ref"
        notes = {key: value for key, value in schema.items() if key != keyword}
        if not all(key in NOTES or key[:2] == "x-" for key in notes):
            return None
        target = part.below(listed[0], "allOf", 0) if single else self.target(schema["$ref"])
        return None if target is None else (target, notes)

    def cleaned(self, part: Part) -> Part:
        """A part without malformed keywords; the same one where there are none."""
        if not isinstance(part.schema, (dict, Mapping)):
            return part
        known = self._cleaned.get(id(part.schema))
        if known is None:
            known = self._cleaned[id(part.schema)] = wellformed(part.schema)
            self._kept.append((part,))
        return part if known is part.schema else part._replace(schema=known)

    def busy(self, conjunction: Conjunction) -> bool:
        """Whether its normal form is being made."""
        return identity(conjunction) in self._busy

    def normal(self, conjunction: Conjunction) -> Node:
        """The normal form of schemas that all have to be met."""
        key = identity(conjunction)
        node = self._nodes.get(key)
        if node is None:
            self._busy.add(key)
            try:
                node = _Gatherer(self, conjunction).node
            finally:
                self._busy.discard(key)
            self._nodes[key] = node
            self._kept.append(conjunction)
        return node


class _Gatherer:
    """Makes a normal form."""

    def __init__(self, view: View, conjunction: Conjunction) -> None:
        self._view = view
        self._seen: set[tuple[int, frozenset[str]]] = set()
        self._queue: list[Union] = []
        self.node = Node(conjunction, view.evaluator.refuses)
        for part in conjunction:
            self._add(part, ALL)
        while self._queue:
            self._choose(self._queue.pop(0))
        self._finish()

    def _allow(self, types: frozenset[str], mask: frozenset[str]) -> None:
        node = self.node
        node.types = (node.types - mask) | (node.types & mask & types)
        node.declared = (node.declared - mask) | (node.declared & mask & types)

    def _add(self, given: Part, mask: frozenset[str]) -> None:
        part = self._view.cleaned(given)
        schema = part.schema
        if not isinstance(schema, (dict, Mapping)):
            if schema is False:
                self._allow(frozenset(), mask)
            return
        if (id(schema), mask) in self._seen:
            return
        self._seen.add((id(schema), mask))
        start = len(self.node.atoms)
        unions = len(self._queue)
        self.node.atoms.append(Atom(part, mask))
        self._reference(part, mask)
        if "type" in schema:
            self._allow(types_of(schema["type"]), mask)
        self._values(part, mask)
        for index, branch in enumerate(_listed(schema.get("allOf"))):
            self._add(part.below(branch, "allOf", index), mask)
        for keyword in ("anyOf", "oneOf"):
            if branches := _listed(schema.get(keyword)):
                parts = tuple(part.below(b, keyword, i) for i, b in enumerate(branches))
                self._queue.append(Union(keyword, parts, part, mask))
        self._residual(part, mask)
        self._close(part, mask, start, len(self._queue) > unions)

    def _reference(self, part: Part, mask: frozenset[str]) -> None:
        reference = part.schema.get("$ref")
        if reference is None:
            return
        target = self._view.target(reference)
        if target is None:
            self.node.opaque.append(("$ref", Found(reference, part)))
        else:
            self._add(target, mask)

    def _values(self, part: Part, mask: frozenset[str]) -> None:
        if "enum" in part.schema and isinstance(part.schema["enum"], (list, tuple)):
            self._limit([(v, part) for v in part.schema["enum"]], mask)
        if "const" in part.schema:
            self._limit([(part.schema["const"], part)], mask)

    def _limit(self, values: list[tuple[Any, Part]], mask: frozenset[str]) -> None:
        """Only these values count, of the types in a mask."""
        sorted_out: dict[str, dict[Any, Found]] = {kind: {} for kind in mask}
        for value, part in values:
            kind = type_of(value)
            if kind in sorted_out:
                sorted_out[kind][value_key(value)] = Found(value, part)
        node = self.node
        for kind, found in sorted_out.items():
            before = node.limits.get(kind)
            if before is not None:
                node.limits[kind] = {key: one for key, one in before.items() if key in found}
            else:
                node.limits[kind] = found

    def _residual(self, part: Part, mask: frozenset[str]) -> None:
        for keyword in ("not", "if", "dependentSchemas", "$dynamicRef"):
            if keyword not in part.schema:
                continue
            if keyword == "dependentSchemas" and "object" not in mask:
                continue
            if keyword == "not" and part.schema["not"] in (True, {}):
                self._allow(frozenset(), mask)
                continue
            self.node.opaque.append((keyword, Found(part.schema[keyword], part)))

    def _close(self, part: Part, mask: frozenset[str], start: int, choices: bool) -> None:
        """Note what holds for the members that nothing names."""
        schema = part.schema
        if "object" in mask:
            if "additionalProperties" in schema:
                self._closer(part, "additionalProperties", [self.node.atoms[start]])
            if "unevaluatedProperties" in schema:
                self._unevaluated(part, "unevaluatedProperties", start, choices)
        if "array" in mask:
            if "items" in schema:
                self._closer(part, "items", [self.node.atoms[start]])
            if "unevaluatedItems" in schema:
                self._unevaluated(part, "unevaluatedItems", start, choices)

    def _unevaluated(self, part: Part, keyword: str, start: int, choices: bool) -> None:
        scope = self.node.atoms[start:]
        blocking = {"if", "dependentSchemas"} | ({"contains"} if keyword[-1] == "s" else set())
        if keyword == "unevaluatedProperties":
            blocking.discard("contains")
        rest = "additionalProperties" if keyword == "unevaluatedProperties" else "items"
        if choices or any(blocking & atom.schema.keys() for atom in scope):
            self.node.opaque.append((keyword, Found(part.schema[keyword], part)))
        elif not any(rest in atom.schema for atom in scope):
            self._closer(part, keyword, scope)

    def _closer(self, part: Part, keyword: str, scope: list[Atom]) -> None:
        names: set[str] = set()
        patterns: dict[str, None] = {}
        length = 0
        for atom in scope:
            names.update(name for name, _ in members(atom.schema.get("properties")))
            patterns.update(
                (name, None) for name, _ in members(atom.schema.get("patternProperties"))
            )
            length = max(length, len(_listed(atom.schema.get("prefixItems"))))
        closer = Closer(
            part.schema[keyword], part, keyword, frozenset(names), tuple(patterns), length
        )
        if closer.schema is not True and closer.schema != {}:
            kind = "object" if keyword.endswith("Properties") else "array"
            self.node.closers[kind].append(closer)

    def _choose(self, union: Union) -> None:
        """Merge a choice where that says the same."""
        branches = tuple(one for one in _flat(union) if one.schema is not False)
        if not branches:
            self._allow(frozenset(), union.mask)
        elif len(branches) == 1:
            self._add(branches[0], union.mask)
        elif union.keyword == "anyOf" and any(b.schema is True or b.schema == {} for b in branches):
            return
        elif not (self._lists(union, branches) or self._by_type(union, branches)):
            rest = self._without_null(union, branches)
            if rest is None:
                self._keep(union._replace(branches=branches))
            else:
                self._choose(rest)

    def _without_null(self, union: Union, branches: tuple[Part, ...]) -> Union | None:
        """A choice of which one branch is `null`, as one that says nothing of null."""
        rest = tuple(one for one in branches if not _is_null(one))
        if len(rest) != len(branches) - 1 or any(self._view.busy((one,)) for one in rest):
            return None
        if any("null" in self._view.normal((one,)).types for one in rest):
            return None
        return union._replace(branches=rest, mask=union.mask - {"null"})

    def _keep(self, union: Union) -> None:
        """Leave a choice as it is; only the types of all its branches together are known."""
        if not any(self._view.busy((branch,)) for branch in union.branches):
            nodes = [self._view.normal((branch,)) for branch in union.branches]
            self._allow(frozenset().union(*(node.types for node in nodes)), union.mask)
        self.node.unions.append(union)

    def _lists(self, union: Union, branches: tuple[Part, ...]) -> bool:
        """A choice between lists of values is one list."""
        values: list[tuple[Any, Part]] = []
        for branch in branches:
            own = _list_of(branch)
            if own is None:
                return False
            values.extend(own)
        if union.keyword == "oneOf":
            times = Counter(value_key(value) for value, _ in values)
            values = [(v, part) for v, part in values if times[value_key(v)] == 1]
        self._limit(values, union.mask)
        return True

    def _by_type(self, union: Union, branches: tuple[Part, ...]) -> bool:
        """A choice between branches of different types: each counts for its own."""
        nodes = []
        for branch in branches:
            if self._view.busy((branch,)):
                return False
            nodes.append(self._view.normal((branch,)))
        if union.keyword == "anyOf":
            branches, nodes = _absorbed(branches, nodes)
        taken: frozenset[str] = frozenset()
        for node in nodes:
            if not node.simple or node.types & taken:
                return False
            taken |= node.types
        self._allow(taken, union.mask)
        for branch, node in zip(branches, nodes, strict=True):
            self._add(branch, union.mask & node.types)
        self.node.merged.append(union._replace(branches=branches))
        return True

    def _finish(self) -> None:
        node = self.node
        if len(node.limits.get("boolean", ())) == 2:
            del node.limits["boolean"]
        node.types -= {kind for kind, values in node.limits.items() if not values}
        node.limits = {k: v for k, v in node.limits.items() if k in node.types}
        if "fraction" in node.types and any(
            isinstance(value, int) and value for value, _ in node.find("multipleOf", "fraction")
        ):
            node.types -= {"fraction"}
        node.limits = dict(sorted(node.limits.items()))


def _absorbed(branches: tuple[Part, ...], nodes: list[Node]) -> tuple[tuple[Part, ...], list[Node]]:
    """The branches without those that a bare type of another one covers."""
    bare = [
        node.types if _is_bare(branch) else frozenset()
        for branch, node in zip(branches, nodes, strict=True)
    ]
    kept = [
        index
        for index, node in enumerate(nodes)
        if not any(
            node.types <= other and (other != node.types or not bare[index] or place < index)
            for place, other in enumerate(bare)
            if place != index and other
        )
    ]
    return tuple(branches[index] for index in kept), [nodes[index] for index in kept]


def _is_bare(branch: Part) -> bool:
    return isinstance(branch.schema, (dict, Mapping)) and all(
        key == "type" or key in NOTES or key.startswith("x-") for key in branch.schema
    )


def _flat(union: Union) -> Iterator[Part]:
    """The branches; of an `anyOf`, those of an `anyOf` that is a branch as well."""
    for branch in union.branches:
        inner = _listed(branch.schema.get("anyOf")) if _is_any_of(branch, union) else ()
        if inner:
            parts = tuple(branch.below(one, "anyOf", index) for index, one in enumerate(inner))
            yield from _flat(union._replace(branches=parts))
        else:
            yield branch


def _is_any_of(branch: Part, union: Union) -> bool:
    """Whether a branch of an `anyOf` is nothing but another one."""
    schema = branch.schema
    if union.keyword != "anyOf" or not isinstance(schema, (dict, Mapping)) or "anyOf" not in schema:
        return False
    return all(key == "anyOf" or key in NOTES or key[:2] == "x-" for key in schema)


def _is_null(branch: Part) -> bool:
    return _is_bare(branch) and branch.schema.get("type") in ("null", ["null"])


def _list_of(branch: Part) -> list[tuple[Any, Part]] | None:
    """The values of a schema that is nothing but a list of them."""
    schema = branch.schema
    if not isinstance(schema, (dict, Mapping)) or not ("enum" in schema or "const" in schema):
        return None
    if any(k not in ("enum", "const", "type") and k not in NOTES for k in schema if k[:2] != "x-"):
        return None
    values = schema["enum"] if "enum" in schema else [schema["const"]]
    if "enum" in schema and "const" in schema:
        return None
    kinds = types_of(schema["type"]) if "type" in schema else ALL
    return [(value, branch) for value in values if type_of(value) in kinds]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []
