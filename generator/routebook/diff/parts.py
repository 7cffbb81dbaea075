"""The parts of a pair of operations, paired in their turn: each pair is made once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from routebook.descriptors import (
    BodyDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)
from routebook.diff.endpoints import Both, match, variables
from routebook.diff.media import covering, covering_response, essence, specialises, status
from routebook.diff.octets import say_no_more
from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Direction
from routebook.diff.written import IGNORED

PLACES = {
    "path_parameters": "path",
    "query_parameters": "query",
    "headers": "header",
    "cookie_parameters": "cookie",
}
"""The lists of parameters of a request, and where their parameters go."""


class Parts:
    """Makes the pairs below an operation. What several operations share is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, ...], Pair] = {}

    def pair(self, kind: Kind, old: Any, new: Any, parent: Pair, **said: Any) -> tuple[Pair, bool]:
        """The pair of two parts, and whether it is new: the same for the same two parts."""
        flow = said.setdefault("flow", parent.flow)
        guards = said.setdefault("guards", parent.guards)
        key = (kind, id(old), id(new), flow, guards, said.get("place"), said.get("location"))
        made = self._made.get(key)
        if made is not None:
            parent.parts.append(made)
            return made, False
        made = Pair(kind=kind, old=old, new=new, parent=parent, **said)
        if old is not None and new is not None:
            self._made[key] = made
        parent.parts.append(made)
        return made, True

    def variants(self, operation: Pair) -> None:
        """The variants of the request of a pair of operations, and all that is in them."""
        old, new = operation.old.method.requests, operation.new.method.requests
        single = len(old) == len(new) == 1
        found = [(old[0], new[0])] if single else match(old, new, lambda one: one.name, _use)
        for before, after in found:
            shown = (after or before).name
            place = f"[{shown}]" if shown else ""
            pair, fresh = self.pair(
                Kind.VARIANT, before, after, operation, place=place, name=f"the variant `{shown}`"
            )
            if fresh and before is not None and after is not None:
                self._request(pair)

    def _request(self, variant: Pair) -> None:
        self._parameters(variant)
        old, new = variant.old, variant.new
        if old.querystring or new.querystring:
            self.parameter(variant, old.querystring, new.querystring, "querystring")
        if old.body or new.body:
            self._body(variant)
        self._responses(variant)

    def _parameters(self, variant: Pair) -> None:
        operation = variant.inside(Kind.OPERATION)
        self._variables(variant, operation)
        old_names = [one.name for one in variables(operation.old.route.path)]
        new_names = [one.name for one in variables(operation.new.route.path)]
        for field, location in PLACES.items():
            old: tuple[ParameterDescriptor, ...] = getattr(variant.old, field)
            new: tuple[ParameterDescriptor, ...] = getattr(variant.new, field)
            if not old and not new:
                continue
            keys = _keys(old, location, old_names) | _keys(new, location, new_names)
            for before, after in _matched(old, new, keys):
                self.parameter(variant, before, after, location)

    def _variables(self, variant: Pair, operation: Pair) -> None:
        """The variables of the paths, but for those whose parameters say what they match."""
        told = [
            {(one.name, one.regexp) for one in side.path_parameters}
            for side in (variant.old, variant.new)
        ]
        before = variables(operation.old.route.path)
        after = variables(operation.new.route.path)
        for old, new in zip(before, after, strict=False):
            same = (old.name, old.pattern) in told[0] and (new.name, new.pattern) in told[1]
            if old.pattern == new.pattern or same:
                continue
            place, name = f"path[{new.name}]", f"the path parameter `{new.name}`"
            self.pair(Kind.PATH_VARIABLE, old, new, variant, place=place, name=name)

    def parameter(self, parent: Pair, old: Any, new: Any, location: str) -> None:
        """A pair of parameters, and their contents."""
        shown = (new or old).name
        pair, _ = self.pair(
            Kind.PARAMETER,
            old,
            new,
            parent,
            location=location,
            place=f"{location}[{shown}]" if location != "querystring" else location,
            name=f"the {location} parameter `{shown}`",
            guards=parent.guards | _ignored(shown if location == "header" else ""),
        )
        if old is None or new is None:
            pair.outside = _is_outside(pair)

    def _body(self, variant: Pair) -> None:
        old, new = variant.old.body, variant.new.body
        pair, fresh = self.pair(
            Kind.REQUEST_BODY, old, new, variant, place="body", name="the request body"
        )
        if fresh and old is not None and new is not None:
            self._content(
                pair, Kind.REQUEST_CONTENT, old, new, place="body", name="the request body"
            )

    def _content(
        self, parent: Pair, kind: Kind, old: BodyDescriptor, new: BodyDescriptor, **said: str
    ) -> None:
        for before, after in pair_content(old.content, new.content):
            shown = (after or before).content_type
            pair, fresh = self.pair(
                kind,
                before,
                after,
                parent,
                place=f"{said['place']}[{shown}]",
                name=f"{said['name']} `{shown}`",
                guards=parent.guards | _octets(parent, before, after),
            )
            pair.context = (old.content, new.content)
            if not fresh or before is None or after is None:
                continue
            for one, other in match(before.encoding, after.encoding, lambda e: e.name):
                self._encoding(pair, one, other)

    def _encoding(self, content: Pair, old: Any, new: Any) -> None:
        """A pair of encodings; those of responses are judged as well."""
        shown = (new or old).name
        place = f"{content.place}.encoding[{shown}]"
        pair, fresh = self.pair(
            Kind.ENCODING, old, new, content, place=place, name=f"the part `{shown}`"
        )
        if fresh and old is not None and new is not None:
            for one, other in match(old.headers, new.headers, lambda h: h.name.lower()):
                self.parameter(pair, one, other, "part header")

    def _responses(self, variant: Pair) -> None:
        old = (*variant.old.successes, *variant.old.failures)
        new = (*variant.new.successes, *variant.new.failures)
        codes = frozenset(code.value for one in old for code in one.error_codes)
        found = match(old, new, lambda one: (status(one), one.name), status)
        for before, after in found:
            shown = status(after or before)
            covered = None
            if before is None:
                covered = covering_response(old, shown)
            elif after is None:
                covered = covering_response(new, shown)
            self._response(variant, before, after, shown, covered, codes)

    def _response(
        self,
        variant: Pair,
        old: ResponseDescriptor | None,
        new: ResponseDescriptor | None,
        shown: str,
        covered: ResponseDescriptor | None,
        codes: frozenset[str],
    ) -> None:
        pair, fresh = self.pair(
            Kind.RESPONSE,
            old,
            new,
            variant,
            location=shown,
            flow=_back(variant.flow),
            place=f"response[{shown}]",
            name=f"the response `{shown}`",
        )
        if not fresh:
            return
        pair.context = covered
        before, after = old or covered, new or covered
        if before is not None and after is not None:
            self._answer(pair, before, after)
        elif after is not None:
            self._codes(pair, codes, {code.value: code for code in after.error_codes})

    def _answer(self, pair: Pair, old: ResponseDescriptor, new: ResponseDescriptor) -> None:
        if old is new and not (old.body or old.headers or old.links):
            return
        for one, other in match(old.headers, new.headers, lambda h: h.name.lower()):
            shown = (other or one).name
            place, name = f"{pair.place}.headers[{shown}]", f"the header `{shown}` of {pair.name}"
            guards = pair.guards | _ignored(shown if shown.lower() == "content-type" else "")
            self.pair(Kind.RESPONSE_HEADER, one, other, pair, place=place, name=name, guards=guards)
        codes = frozenset(code.value for code in old.error_codes)
        self._codes(pair, codes, {code.value: code for code in new.error_codes})
        for link, linked in match(old.links, new.links, lambda one: one.name):
            shown = (linked or link).name
            place = f"{pair.place}.links[{shown}]"
            self.pair(Kind.LINK, link, linked, pair, place=place, name=f"the link `{shown}`")
        if old.body or new.body:
            self._content(
                pair,
                Kind.RESPONSE_CONTENT,
                old.body or BodyDescriptor(),
                new.body or BodyDescriptor(),
                place=f"{pair.place}.body",
                name=f"the body of {pair.name}",
            )

    def _codes(self, pair: Pair, old: frozenset[str], new: dict[str, Any]) -> None:
        """The error codes that only one of the sides of a response may carry."""
        for value in sorted(old - new.keys()) if pair.old is not None else ():
            self.pair(Kind.RESPONSE_CODE, value, None, pair, place=pair.place, name=f"`{value}`")
        for value in new:
            if value not in old:
                self.pair(
                    Kind.RESPONSE_CODE, None, value, pair, place=pair.place, name=f"`{value}`"
                )


def _is_outside(pair: Pair) -> bool:
    """Whether other operations of a path have the very same parameter, as of the path item."""
    operation = pair.inside(Kind.OPERATION)
    side, part = (operation.new, pair.new) if pair.old is None else (operation.old, pair.old)
    return any(
        one is part
        for method in side.route.methods
        if method is not side.method
        for request in method.requests
        for field in PLACES
        for one in getattr(request, field)
    )


def pair_content(
    old: Sequence[MediaTypeDescriptor], new: Sequence[MediaTypeDescriptor]
) -> Iterator[tuple[Any, Any]]:
    """Media types, paired by name; a name that only became more or less special is the same.

    One that is on one side alone is paired as well with the range that covers it on the other.
    """
    found = match(old, new, lambda one: one.content_type, lambda one: essence(one.content_type))
    gone = [one for one, other in found if other is None]
    come = [other for one, other in found if one is None]
    taken: set[int] = set()
    for one in gone:
        partner = next(
            (
                other
                for other in come
                if id(other) not in taken and _renamed(one.content_type, other.content_type)
            ),
            None,
        )
        if partner is not None:
            taken |= {id(one), id(partner)}
            yield one, partner
        elif (cover := covering(new, one.content_type)) is not None:
            yield one, cover
    for other in come:
        cover = covering(old, other.content_type)
        if id(other) not in taken and cover is not None:
            yield cover, other
    for one, other in found:
        if id(one) not in taken and id(other) not in taken:
            yield one, other


def _renamed(old: str, new: str) -> bool:
    return specialises(old, new) or specialises(new, old)


def _matched(old: Iterable[Any], new: Iterable[Any], keys: dict[int, Hashable]) -> list[Both]:
    return match(old, new, lambda one: keys[id(one)])


def _use(request: RequestDescriptor) -> Hashable:
    """What tells a variant apart beside its name."""
    condition = request.condition
    if condition is not None:
        return frozenset(condition.present), frozenset(condition.absent)
    queries = frozenset(one.name for one in request.query_parameters if one.required)
    return queries, request.body is not None


def _keys(
    parameters: Iterable[ParameterDescriptor], location: str, names: list[str]
) -> dict[int, Hashable]:
    """What parameters are paired by."""
    if location == "path":
        return {
            id(one): names.index(one.name) if one.name in names else one.name for one in parameters
        }
    if location == "header":
        return {id(one): one.name.lower() for one in parameters}
    return {id(one): one.name for one in parameters}


def _ignored(header: str) -> frozenset[str]:
    return frozenset({"ignored"}) if header.lower() in IGNORED else frozenset()


def _octets(parent: Pair, old: Any, new: Any) -> frozenset[str]:
    """That the media type says all, where the schemas on both sides say no more than octets."""
    if old is None or new is None or essence(old.content_type) != essence(new.content_type):
        return frozenset()
    whole = parent.inside(Kind.API).context
    sides = ((old, whole.old.schemas), (new, whole.new.schemas))
    return frozenset({"covered"} if say_no_more(sides) else ())


def _back(flow: Direction) -> Direction:
    """The direction of the answer."""
    return Direction.RESPONSE if flow is Direction.REQUEST else Direction.REQUEST
