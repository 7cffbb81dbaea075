"""What a rule of the comparison is: a function of a pair that says what changed.

The frame adds the id, the level, the place and the operations. A rule is written once, where
its function stands; its docstring is its documentation and holds the example that tests it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from routebook.diff.pairs import Kind, Pair
from routebook.diff.schemas import Direction, Effect
from routebook.diff.verdicts import Verdict, verdict
from routebook.values import Value, frozen

if TYPE_CHECKING:
    from types import ModuleType


@frozen(kw_only=False)
class Edit(Value):
    """What a rule says about a pair, where the message alone is too little."""

    message: str
    """What changed, in one sentence without a full stop."""
    effect: Effect | None = None
    """What it does to what is accepted; None for the rule's own."""
    guards: frozenset[str] = frozenset()
    """What softens or explains the level, beside the guards of the pair."""
    below: tuple[str, ...] = ()
    """The keys from the part down to what changed."""
    old: Any = None
    """What was there, as JSON data."""
    new: Any = None
    """What is there, as JSON data."""
    reach: int | None = None
    """The operations that it reaches, as bits; None for those of the pair."""


Judge: TypeAlias = Callable[[Pair], Iterable["Edit | str"]]
"""Says what changed in a pair."""


@frozen(kw_only=False)
class Example(Value):
    """What a rule sees: the same part before and after."""

    before: str
    after: str


@frozen(kw_only=False)
class Rule(Value):
    """A rule about changes."""

    id: str
    """Kebab-case, public and permanent."""
    on: Kind
    """The pairs that it judges."""
    judge: Judge
    """The function."""
    effect: Effect = Effect.EQUAL
    """What the change does to what is accepted, unless the function says so itself."""
    level: str = ""
    """A fixed level, for what a policy asks; empty where it is derived."""
    hint: str = ""
    """How to make the change without breaking anyone."""
    unstable: bool = False
    """Whether it speaks of operations as well that are less stable than is asked for."""
    effects: tuple[Effect, ...] = ()
    """What the function may say instead of `effect`."""
    guards: frozenset[str] = frozenset()
    """What softens or explains its level each time."""
    may: frozenset[str] = frozenset()
    """What the function may add to the guards."""

    @property
    def documentation(self) -> str:
        """What changed when it speaks, and why that matters."""
        text = inspect.cleandoc(self.judge.__doc__ or "")
        return text.partition("\nBefore: ")[0].rstrip()

    @property
    def summary(self) -> str:
        """What changed when it speaks, in one line."""
        return self.documentation.partition("\n")[0]

    @property
    def example(self) -> Example:
        """The example of its docstring."""
        text = inspect.cleandoc(self.judge.__doc__ or "")
        rest = text.partition("\nBefore: ")[2]
        before, _, after = rest.partition("\nAfter: ")
        return Example(before.strip(), after.strip())

    def verdict(self, pair: Pair, edit: Edit) -> Verdict:
        """The level of an edit, and why."""
        if self.level:
            return Verdict(self.level, "the rule has this level by itself, as a policy")
        effect = self.effect if edit.effect is None else edit.effect
        return verdict(effect, pair.flow, pair.guards | edit.guards | self.guards)

    def verdicts(self) -> tuple[tuple[Effect, Direction, frozenset[str], Verdict], ...]:
        """Every level that it may derive: for which effect, in which direction, by what guards."""
        return tuple(
            (effect, flow, added, verdict(effect, flow, self.guards | added))
            for effect in dict.fromkeys((self.effect, *self.effects))
            for flow in Direction
            for added in (frozenset[str](), *(frozenset({one}) for one in sorted(self.may)))
        )


def diff_rule(
    id: str,
    *,
    on: Kind,
    effect: Effect = Effect.EQUAL,
    level: str = "",
    hint: str = "",
    unstable: bool = False,
    effects: tuple[Effect, ...] = (),
    guards: Iterable[str] = (),
    may: Iterable[str] = (),
) -> Callable[[Judge], Rule]:
    """Make a function the rule `id` on a kind of pairs; see `Rule` for the rest."""
    kept = frozenset(guards), frozenset(may)
    return lambda judge: Rule(id, on, judge, effect, level, hint, unstable, effects, *kept)


def rules_of(modules: Iterable[ModuleType]) -> tuple[Rule, ...]:
    """The rules that stand in modules, in order."""
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, Rule)
    )


def by_kind(rules: Iterable[Rule]) -> Mapping[Kind, tuple[Rule, ...]]:
    """The rules of each kind of pairs."""
    found: dict[Kind, list[Rule]] = {kind: [] for kind in Kind}
    for rule in rules:
        found[rule.on].append(rule)
    return {kind: tuple(held) for kind, held in found.items()}
