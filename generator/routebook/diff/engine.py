"""The comparison: pairs are made, rules judge them, and each cause becomes one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from routebook.descriptors import APIDescriptor
from routebook.diff.causes import Gathered
from routebook.diff.data import Schemas
from routebook.diff.endpoints import Both, endpoints, match, pair_endpoints, shapes
from routebook.diff.frame import Rule, by_kind
from routebook.diff.judging import judged
from routebook.diff.model import Change
from routebook.diff.pairs import Endpoint, Kind, Pair, Policy, Whole
from routebook.diff.parts import Parts
from routebook.diff.schemas import Comparer, Direction
from routebook.diff.servers import USUAL
from routebook.diff.stability import is_unstable
from routebook.diff.strict import equal
from routebook.diff.told import Reached, Tools
from routebook.metadata import ServerDescriptor

if TYPE_CHECKING:
    from routebook.places import Places


class Engine:
    """One comparison of two descriptions."""

    def __init__(
        self,
        old: APIDescriptor,
        new: APIDescriptor,
        rules: Iterable[Rule],
        policy: Policy,
        places: tuple[Places | None, Places | None] = (None, None),
    ) -> None:
        self.old, self.new, self.policy = old, new, policy
        schemas = Schemas(old, places[0]), Schemas(new, places[1])
        # what types stand for must be known before it can be said what changed; a document has none
        self._typed = [
            frozenset() if hasattr(known, "version") else made.typed(api)
            for api, made, known in zip((old, new), schemas, places, strict=True)
        ]
        comparer = Comparer(schemas[0].definitions, schemas[1].definitions, schemas[0].references)
        self.tools = Tools(by_kind(rules), schemas, comparer, places, policy)
        self._same_schemas = not comparer.changed
        self.parts = Parts()
        self.operations: list[Pair] = []
        self.whole = Whole(
            old=old,
            new=new,
            policy=policy,
            alike=(old.servers, old.security) == (new.servers, new.security),
            new_paths=shapes(new),
        )
        self.root = Pair(kind=Kind.API, old=old, new=new, name="the API", context=self.whole)

    def pairs(self) -> Pair:
        """All pairs, from the whole API down."""
        self._parts_of_all()
        for pair in pair_endpoints(self.old, self.new):
            self._operation(pair, self.root, Direction.REQUEST)
        for before, after in match(self.old.webhooks, self.new.webhooks, lambda one: one.name):
            name = (after or before).name
            hook, _ = self.parts.pair(
                Kind.WEBHOOK, before, after, self.root, name=f"the webhook `{name}`", place=name
            )
            old, new = _routes(before), _routes(after)
            found = match(
                endpoints(old, "webhook"), endpoints(new, "webhook"), lambda one: one.method.method
            )
            for pair in found:
                self._operation(pair, hook, Direction.RESPONSE)
        return self.root

    def _parts_of_all(self) -> None:
        old, new, root = self.old, self.new, self.root
        listed = (
            (Kind.SERVER, _listed(old), _listed(new), "server", _url),
            (Kind.SECURITY_SCHEME, old.security_schemes, new.security_schemes, "scheme", _name),
            (Kind.TAG, old.tags, new.tags, "tag", _name),
        )
        for kind, before, after, what, key in listed:
            for one, other in match(before, after, key):
                shown = key(other or one)
                self.parts.pair(kind, one, other, root, place=f"{what}[{shown}]", name=f"`{shown}`")
        codes = [[code for group in api.error_groups for code in group] for api in (old, new)]
        for one, other in match(codes[0], codes[1], lambda code: code.value):
            shown = (other or one).value
            self.parts.pair(
                Kind.ERROR_CODE,
                one,
                other,
                root,
                flow=Direction.RESPONSE,
                place=f"error[{shown}]",
                name=f"the error code `{shown}`",
            )
        self._named_schemas()

    def _named_schemas(self) -> None:
        """Pairs of the named schemas that only one side has."""
        sides, root = (self.old, self.new), self.root
        names = dict.fromkeys((*self.old.schemas, *self.new.schemas))
        single = [name for name in names if not all(name in api.schemas for api in sides)]
        if not single:
            return
        for name in single:
            old, new = (
                name if name in api.schemas or name in types else None
                for api, types in zip(sides, self._typed, strict=True)
            )
            if old is None or new is None:
                pair = Pair(kind=Kind.SCHEMA, old=old, new=new, parent=root)
                pair.name = f"the schema `{name}`"
                root.parts.append(pair)

    def _operation(self, pair: Both, parent: Pair, flow: Direction) -> None:
        before, after = pair
        unstable = is_unstable(before, after, self.policy)
        shown = after or before
        made, fresh = self.parts.pair(
            Kind.OPERATION,
            before,
            after,
            parent,
            flow=flow,
            context=self.whole,
            name=f"{shown.method.method} {shown.path}" if shown else "",
        )
        made.reach = 1 << len(self.operations)
        self.operations.append(made)
        if unstable:
            made.guards = frozenset({"unstable"})
        elif before is not None and after is not None and self._untouched(before, after):
            return
        elif fresh and before is not None and after is not None:
            self._inside(made, before, after, flow)

    def _untouched(self, before: Endpoint, after: Endpoint) -> bool:
        """Whether nothing in an operation changed, nor in the schemas that it may refer to."""
        if not self._same_schemas or before.route.path != after.route.path:
            return False
        return equal(before.method, after.method)

    def _inside(self, made: Pair, before: Endpoint, after: Endpoint, flow: Direction) -> None:
        self.parts.variants(made)
        old, new = before.method.callbacks, after.method.callbacks
        for one, other in match(old, new, lambda callback: callback.name):
            self._callback(made, one, other, flow)

    def _callback(self, operation: Pair, old: Any, new: Any, flow: Direction) -> None:
        name = (new or old).name
        pair, fresh = self.parts.pair(
            Kind.CALLBACK,
            old,
            new,
            operation,
            place=f"callbacks[{name}]",
            name=f"the callback `{name}`",
        )
        if not fresh or old is None or new is None:
            return
        before, after = endpoints(old.routes, "callback"), endpoints(new.routes, "callback")
        back = Direction.RESPONSE if flow is Direction.REQUEST else Direction.REQUEST
        for both in match(before, after, lambda one: (one.method.method, one.route.path)):
            self._operation(both, pair, back)

    def run(self, processes: int = 1) -> Iterator[Change]:
        """Every change, in no particular order; up to so many processes look for them."""
        pairs = self._listed(self.pairs())
        self._spread()
        causes = Gathered()
        found = judged(pairs, self.tools, processes)
        for cause in sorted(found, key=lambda cause: cause.rank):
            causes.add(cause)
        broken = any(cause.level == "error" for cause in causes)
        version = Pair(
            kind=Kind.VERSION, old=self.old.version, new=self.new.version, parent=self.root
        )
        version.context = broken
        for cause in judged([version], self.tools):
            causes.add(cause)
        yield from Reached(self.operations).changes(causes)

    def _listed(self, root: Pair) -> list[Pair]:
        """Each pair once."""
        found: dict[int, Pair] = {}
        waiting = [root]
        while waiting:
            pair = waiting.pop()
            if id(pair) not in found:
                found[id(pair)] = pair
                waiting.extend(pair.parts)
        return list(found.values())

    def _spread(self) -> None:
        """Tell each pair which operations it is part of."""
        for operation in self.operations:
            mine = operation.reach
            waiting = list(operation.parts)
            while waiting:
                pair = waiting.pop()
                if pair.kind is Kind.OPERATION:
                    continue
                pair.reach |= mine
                waiting.extend(pair.parts)


def _routes(webhook: Any) -> tuple[Any, ...]:
    return () if webhook is None else (webhook,)


def _name(part: Any) -> str:
    return str(part.name)


def _url(server: Any) -> str:
    return str(server.url).rstrip("/")


def _listed(api: APIDescriptor) -> tuple[ServerDescriptor, ...]:
    """The servers but for the usual one, which is there as well when none are listed."""
    return tuple(one for one in api.servers if one != USUAL)
