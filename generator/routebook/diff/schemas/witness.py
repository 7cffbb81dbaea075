"""Instances that show a breaking edit: made for the place of the edit, then put into a whole one.

Each is checked with jsonschema on both sides, at every step from the place of the edit up to
the component or root schema; an instance that does not show the edit there is not given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import chain, islice
from threading import local
from typing import Any

from routebook.conformance import Evaluator, Verdict, named
from routebook.diff.model import Witness
from routebook.diff.schemas.candidates import Search
from routebook.diff.schemas.graph import Entry, Key
from routebook.diff.schemas.model import Direction, SchemaEdit
from routebook.diff.schemas.normal import View
from routebook.diff.schemas.pair import Step
from routebook.diff.schemas.parts import Conjunction, Part
from routebook.diff.schemas.samples import MISSING, Sampler, named_by

_TRIED = 400
"""How many candidates are checked for one edit."""
_EXPLAINED = 12
"""Of how many that show an edit it is asked for which keyword they are refused."""
_HIGHEST = 40
"""How many steps up an instance is put into larger ones."""
_FOLLOWED = 20_000
"""How many references are followed for one edit; schemas can ask for exponentially many."""
_VALIDATED = 2_000
"""How many of them are followed when jsonschema is asked for one instance."""
_SHOWN = 4
"""How many instances at the place of an edit are put into whole ones."""


class Prover:
    """Finds instances that one side accepts, and the other does not."""

    def __init__(self, views: tuple[View, View], entries: Mapping[Key, Entry]) -> None:
        self._entries = entries
        self._samplers = Sampler(views[0]), Sampler(views[1])
        self._checks = Check(views[0].definitions), Check(views[1].definitions)
        self._evaluators = tuple(Evaluator(named(view.definitions)) for view in views)
        self._alone: dict[tuple[int, str], dict[str, Any]] = {}
        self.tried = False
        """Whether the side that has to accept an instance accepted one, when last asked."""
        self._left = 0

    def shown(self, edit: SchemaEdit, index: int, top: Key) -> Iterator[tuple[Any, Key]]:
        """Instances that show an edit, given by its number, and the pairs that they are of.

        These are the schemas of a pair that the edit is below, as far as instances can be put
        together for those. It is our own evaluator that was asked, where that is sure.
        """
        own = _accepting(edit)
        self.tried = False
        self._left = _FOLLOWED
        way = self._way(top, index)
        if way is None:
            return
        home, above = way
        for value in islice(self._at_home(edit, self._entries[home], own), _SHOWN):
            key, whole = self._lifted(value, home, above, own)
            if whole is not MISSING:
                yield whole, key

    def confirmed(self, value: Any, key: Key, own: int) -> bool:
        """Whether jsonschema says so as well."""
        entry = self._entries[key]
        ends, checks = (entry.old, entry.new), self._checks
        if not checks[own].accepts(ends[own], value):
            return False
        return checks[1 - own].accepts(ends[1 - own], value) is False

    @property
    def exhausted(self) -> bool:
        """Whether more references would have had to be followed, when last asked."""
        return self._left < 0

    def _way(self, top: Key, index: int) -> tuple[Key, list[tuple[Key, Step]]] | None:
        """The nearest pair below another that an edit was found at, and the steps up from it."""
        above: dict[Key, tuple[Key, Step] | None] = {top: None}
        for key in (queue := [top]):
            entry = self._entries[key]
            if entry.edits >> index & 1:
                return key, _steps(above, key)
            for step, below in entry.children:
                if below not in above:
                    above[below] = key, step
                    queue.append(below)
        return None

    def _at_home(self, edit: SchemaEdit, entry: Entry, own: int) -> Iterator[Any]:
        """Instances of the edited schema itself; first those refused for the edited keyword."""
        ends = (entry.old, entry.new)
        samplers = self._samplers
        search = Search(samplers[own], samplers[1 - own], ends[own], ends[1 - own])
        others: list[Any] = []
        subject = edit.subject if edit.keyword in _NAMING else ""
        branch = _branch(edit, own)
        made = search.of_branch(branch) if branch else search.candidates(edit.keyword, subject)
        tried = islice(chain(_listed(edit, own), made), _TRIED)
        shown = (value for value in tried if self._shows(value, ends, own))
        for value in islice(shown, _EXPLAINED):
            if self._refused_for(edit.keyword, value, ends[1 - own], 1 - own):
                yield value
            elif len(others) < _SHOWN:
                others.append(value)
        yield from others

    def _refused_for(self, keyword: str, value: Any, schemas: Conjunction, side: int) -> bool:
        """Whether a value is refused for a keyword, be it among others."""
        for part in schemas if keyword in _ALONE else ():
            if isinstance(part.schema, (dict, Mapping)) and keyword in part.schema:
                alone = self._alone.setdefault(
                    (id(part.schema), keyword), {keyword: part.schema[keyword]}
                )
                if self._evaluators[side].refuses(value, alone):
                    return True
        return self._checks[side].refuses_for(keyword, schemas, value)

    def _shows(self, value: Any, ends: tuple[Conjunction, Conjunction], own: int) -> bool:
        if not self._verdict(own, ends[own], value):
            return False
        self.tried = True
        return self._verdict(1 - own, ends[1 - own], value) is False

    def _verdict(self, side: int, schemas: Conjunction, value: Any) -> Verdict:
        """Whether a value meets all schemas; jsonschema is asked where that is not plain.

        It is not where references lead round in a circle: it would run on and on.
        """
        evaluator = self._evaluators[side]
        found: Verdict = True
        for part in schemas:
            if self._left < 0:
                return None
            verdict = evaluator.verdict(value, part.schema)
            self._left -= evaluator.followed
            if verdict is None and not evaluator.endless:
                verdict = self._checks[side].accepts((part,), value)
            if verdict is False:
                return False
            found = found and verdict
        return found

    def _lifted(
        self, value: Any, home: Key, steps: list[tuple[Key, Step]], own: int
    ) -> tuple[Key, Any]:
        """The instance inside one of the component or root above; `MISSING` when it is lost.

        Where no valid whole can be made around it, the largest part that was checked. Beside it
        the pair whose schemas it is an instance of.
        """
        key = home
        for above, step in steps[:_HIGHEST]:
            entry = self._entries[above]
            ends = (entry.old, entry.new)
            taken, lost = MISSING, step.kind == "same"
            for whole in self._wholes(own, key, above, step, value):
                if self._shows(whole, ends, own):
                    taken = whole
                    break
                lost = lost or self._verdict(own, ends[own], whole) is True
            if taken is MISSING:
                return key, MISSING if lost else value
            key, value = above, taken
        return key, value

    def _wholes(self, own: int, key: Key, above: Key, step: Step, value: Any) -> Iterator[Any]:
        """Instances with a value at one step below."""
        sampler = self._samplers[own]
        entry, below = self._entries[above], self._entries[key]
        yield from _wholes(sampler, (entry.old, entry.new)[own], step, value)
        if step.kind == "same" and isinstance(value, dict):  # with what tells branches apart
            yield {**sampler.full(sampler.node((below.old, below.new)[own])), **value}


class Proof:
    """What instances show of a breaking edit."""

    def __init__(self, prover: Prover, edit: SchemaEdit, index: int, top: Key) -> None:
        self._prover = prover
        self._own = _accepting(edit)
        self._shown = prover.shown(edit, index, top)
        self._first = self._next()
        self.refutes = prover.tried and self._first is None and not prover.exhausted
        """Whether there were instances that could show the edit, and none of them does."""

    @cached_property
    def witness(self) -> Witness | None:
        """The first instance that jsonschema takes for one, too."""
        found = self._first
        while found is not None:
            value, key = found
            if self._prover.confirmed(value, key, self._own):
                return Witness(value=value, valid_before=self._own == 0, valid_now=self._own == 1)
            found = self._next()
        return None

    def _next(self) -> tuple[Any, Key] | None:
        try:
            return next(self._shown, None)
        except RecursionError:
            return None


def _accepting(edit: SchemaEdit) -> int:
    """The side that accepts what shows a breaking edit: the old one, if clients send it."""
    return 0 if edit.direction is Direction.REQUEST else 1


def _steps(above: Mapping[Key, tuple[Key, Step] | None], key: Key) -> list[tuple[Key, Step]]:
    """The way up from a pair: each pair above, and the step down from it."""
    steps = []
    while (found := above[key]) is not None:
        steps.append(found)
        key = found[0]
    return steps


_ALONE = frozenset(
    {"type", "enum", "const", "required", "pattern", "minLength", "maxLength", "multipleOf"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems"}
    | {"uniqueItems", "minProperties", "maxProperties", "not", "oneOf", "anyOf"}
)
"""Keywords that refuse values whatever stands beside them."""

_NAMING = frozenset({"properties", "required", "dependentRequired", "dependentSchemas"})


def _listed(edit: SchemaEdit, own: int) -> tuple[Any, ...]:
    """The value of a list that an edit is about; nothing for other edits."""
    return ((edit.old, edit.new)[own],) if edit.keyword == "enum" and edit.subject else ()


def _branch(edit: SchemaEdit, own: int) -> Conjunction:
    """The branch of a choice that an edit added or removed; nothing for other edits."""
    spot = (edit.old_at, edit.new_at)[own]
    schema = (edit.old, edit.new)[own]
    if edit.keyword not in ("anyOf", "oneOf") or not edit.subject or not spot or schema is None:
        return ()
    return (Part(schema, spot.component, spot.pointer),)


def _wholes(sampler: Sampler, schemas: Conjunction, step: Step, value: Any) -> Iterator[Any]:
    """Instances with a value at one step below."""
    node = sampler.node(schemas)
    if step.kind == "same":
        yield value
        if isinstance(value, dict):
            yield {**sampler.object_of(node, 0), **value}
    elif step.kind in ("property", "additional", "pattern", "name"):
        base = sampler.object_of(node, 0)
        for name in _names(node.property_names(), step):
            yield {**base, name: value}
        if step.kind == "name" and isinstance(value, str):
            content = sampler.one(node.of_property(value), 4)
            yield {**base, value: None if content is MISSING else content}
    elif step.kind == "item":
        yield from _arrays(sampler, schemas, int(step.key), value)
    elif step.kind == "contains":
        made = sampler.array_of(node, 0)
        yield [value] * max(len(made), 1)
        yield [*made[1:], value]


def _names(known: Mapping[str, None], step: Step) -> list[str]:
    if step.kind == "property":
        return [str(step.key)]
    if step.kind == "pattern":
        return [named_by(str(step.key))]
    if step.kind == "additional":
        return [name for name in ("extra", "another", "EXTRA", "1") if name not in known]
    return []


def _arrays(sampler: Sampler, schemas: Conjunction, index: int, value: Any) -> Iterator[Any]:
    node = sampler.node(schemas)
    base = sampler.array_of(node, 0, index + 1)
    yield [*base[:index], value, *base[index + 1 :]]
    yield [*base[:index], *[value] * max(len(base) - index, 1)]
    yield [*base, value]


class Check:
    """Checks instances with jsonschema, against schemas of one description."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._root: Any = _validating()({"components": {"schemas": definitions}})
        self._made: dict[int, Any] = {}

    def accepts(self, schemas: Conjunction, value: Any) -> Verdict:
        """Whether a value meets all schemas; not when one of them cannot be used.

        None where it takes too many references to tell.
        """
        _FOLLOWING.left = _VALIDATED
        try:
            return all(self._validator(part.schema).is_valid(value) for part in schemas)
        except BaseException as error:  # noqa: BLE001  # what a broken schema raises is not told
            _let_through(error)
            return None if isinstance(error, _TooManyError) else False

    def refuses_for(self, keyword: str, schemas: Conjunction, value: Any) -> bool:
        """Whether a keyword is among those for which a value is refused."""
        _FOLLOWING.left = _VALIDATED
        try:
            return any(
                error.validator == keyword
                for part in schemas
                for error in self._validator(part.schema).iter_errors(value)
            )
        except BaseException as error:  # noqa: BLE001  # as above
            _let_through(error)
            return False

    def _validator(self, schema: Any) -> Any:
        made = self._made.get(id(schema))
        if made is None:
            made = self._made[id(schema)] = self._root.evolve(schema=schema)
        return made


class _Following(local):
    """How many references may be followed still."""

    left = 0


_FOLLOWING = _Following()


@cache
def _validating() -> Any:
    """The validator of jsonschema, which counts what references it follows; made once."""
    from jsonschema import Draft202012Validator, validators  # slow to load

    known = Draft202012Validator.VALIDATORS

    def referred(*given: Any) -> Iterator[Any]:
        _FOLLOWING.left -= 1
        if _FOLLOWING.left < 0:
            raise _TooManyError
        yield from known["$ref"](*given) or ()

    def required(*given: Any) -> Iterator[Any]:
        yield from islice(known["required"](*given) or (), 1)  # it has one for each name

    extend: Any = validators.extend  # it has no types
    return extend(Draft202012Validator, {"$ref": referred, "required": required})


class _TooManyError(Exception):
    """More references are to be followed than it is worth."""


def _let_through(error: BaseException) -> None:
    """Raise what is no fault of a schema; the panic of a library is, though no `Exception`."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
        raise error
