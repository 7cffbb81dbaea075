"""Regular expressions, compared by the languages that they describe."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache, reduce
from heapq import heappop, heappush
from operator import or_
from typing import Any

from routebook.diff.schemas.model import Effect
from routebook.schemas import has_alternatives

_LONGEST = 120
_STATES = 400
_FAR = 14
_REPEATS = re.compile(r"\{(\d*),?(\d*)\}")
_BARE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""Escapes and classes: one character each."""
_PIECES = re.compile(r"\(\?:|\(|\)|\{\d*,?\d*\}|.", re.DOTALL)
_LARGEST = 300
"""How many characters a pattern may stand for, its repeats written out."""
_HARD = re.compile(r"\\[bBAZzpPkK1-9]|\(\?(?!:)|[*+?}]\+")
_TYPICAL = " aA0-_.:/@é\n"


@lru_cache(maxsize=512)
def language(old: tuple[str, ...], new: tuple[str, ...]) -> Effect:
    """The effect of some patterns, all of which must match, on the texts that they match."""
    if not old or not new:
        return Effect.EQUAL if old == new else Effect.NARROWS if new else Effect.WIDENS
    before, now = automaton(old), automaton(new)
    if before is None or now is None:
        return _by_subset(set(old), set(new))
    lost, won = not (before - now).empty(), not (now - before).empty()
    if lost and won:
        return Effect.INCOMPARABLE
    return Effect.NARROWS if lost else Effect.WIDENS if won else Effect.EQUAL


def _by_subset(old: set[str], new: set[str]) -> Effect:
    if old < new:
        return Effect.NARROWS
    return Effect.WIDENS if new < old else Effect.UNKNOWN


@lru_cache(maxsize=512)
def automaton(patterns: tuple[str, ...]) -> Any:
    """The automaton of the texts that match all patterns; None when that is out of reach."""
    product: Any = None
    for pattern in patterns:
        one = _automaton(pattern)
        if one is None:
            return None
        product = one if product is None else product & one
        if len(product.states) > _STATES:
            return None
    return product


@lru_cache(maxsize=512)
def _automaton(pattern: str) -> Any:
    import interegular  # slow to load

    choices = _choices(pattern)
    if len(choices) > 1:
        return _either([_automaton(one) for one in choices])
    whole = _anchored(pattern)
    if whole is None:
        return None
    try:
        found = interegular.parse_pattern(whole).to_fsm()
    except Exception:  # noqa: BLE001  # it raises many kinds, some undocumented, for what it lacks
        return None
    return found if len(found.states) <= _STATES else None


def _either(automata: list[Any]) -> Any:
    """The automaton of the texts that one of some automata takes."""
    if any(one is None for one in automata):
        return None
    union = reduce(or_, automata)
    return union if len(union.states) <= _STATES else None


def _choices(pattern: str) -> list[str]:
    """The alternatives of a pattern, where they have anchors of their own; else all of it."""
    marked = _BARE.sub(lambda found: "a" * len(found[0]), pattern)
    if not re.search(r"\|\^|\$\|", marked):
        return [pattern]
    places, depth = [-1], 0
    for at, character in enumerate(marked):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            places.append(at)
    ends = [*places[1:], len(pattern)]
    return [pattern[start + 1 : end] for start, end in zip(places, ends, strict=True)]


def _anchored(pattern: str) -> str | None:
    """The same pattern, for a whole text; None when it is beyond what can be compared."""
    if len(pattern) > _LONGEST or _HARD.search(pattern) or not _few_repeats(pattern):
        return None
    if _exponential(pattern):
        return None
    start, end = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    inner = pattern[start : len(pattern) - end]
    bare = _BARE.sub("", inner)
    if "^" in bare or "$" in bare or ((start or end) and has_alternatives(inner)):
        return None
    anything = r"[\s\S]*"
    return f"{'' if start else anything}(?:{inner}){'' if end else anything}"


def _few_repeats(pattern: str) -> bool:
    """Whether counted repeats stay small enough for an automaton."""
    sizes = [0]
    last = 0
    for piece in _PIECES.findall(_BARE.sub("a", pattern)):
        if piece.startswith("("):
            sizes.append(0)
        elif piece == ")" and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif found := _REPEATS.fullmatch(piece):
            times = max(int(found[1] or 0), int(found[2] or 0), 1)
            sizes[-1] += last * (times - 1)
            last *= times
        else:
            last = 1
            sizes[-1] += 1
        if sizes[-1] > _LARGEST:
            return False
    return sum(sizes) <= _LARGEST


_ENDLESS = re.compile(r"[*+]|\{\d+,\}")


def _exponential(pattern: str) -> bool:
    """Whether the automaton may have to remember which of many places may be the start."""
    first = 0 if not pattern.startswith("^") else None
    endless = _ENDLESS.search(pattern)
    if endless and first is None:
        first = endless.end()
    if first is None:
        return False
    rest = re.sub(r"\\.", "a", pattern[first:])
    counted = [max(int(low or 0), int(high or 0)) for low, high in _REPEATS.findall(rest)]
    return max(counted, default=0) > _FAR or re.sub(r"\.[*+]", "", rest).count(".") > _FAR


def texts(wanted: tuple[str, ...], unwanted: tuple[str, ...], most: int = 3) -> list[str]:
    """A few texts that match all wanted patterns, and not all unwanted ones when some are given."""
    product = automaton(wanted) if wanted else automaton((r"^[\s\S]*$",))
    if product is not None and unwanted:
        other = automaton(unwanted)
        product = product - other if other is not None else None
    if product is None or product.empty():
        return []
    found: list[str] = []
    for characters in _shortest(product):
        found.append("".join(_character(one, product) for one in characters))
        if len(found) >= most:
            break
    return found


def _shortest(product: Any) -> Iterator[tuple[Any, ...]]:
    """What an automaton accepts, the shortest first, one symbol for each transition.

    The search goes where the way to an end is shortest, so it does not grow with the alphabet
    to the power of the length.
    """
    ways: dict[Any, list[tuple[Any, Any]]] = {}
    back: dict[Any, list[Any]] = {}
    for state, transitions in product.map.items():
        classes = product.alphabet.by_transition  # its numbers differ from run to run
        moves = [(min(classes[one], key=_preference), then) for one, then in transitions.items()]
        ways[state] = sorted(moves, key=lambda move: _preference(move[0]), reverse=True)
        for _, then in moves:
            back.setdefault(then, []).append(state)
    left = dict.fromkeys(product.finals, 0)
    waiting = deque(product.finals)
    while waiting:
        state = waiting.popleft()
        for before in back.get(state, ()):
            if before not in left:
                left[before] = left[state] + 1
                waiting.append(before)
    yield from _best_first(product, ways, left)


def _best_first(
    product: Any, ways: dict[Any, list[tuple[Any, Any]]], left: dict[Any, int]
) -> Iterator[tuple[Any, ...]]:
    count = itertools.count(0, -1)  # of equal ways the newest: straight to an end, not all abreast
    heap = [(left[product.initial], next(count), product.initial, ())]
    while heap:
        _, _, state, text = heappop(heap)
        if state in product.finals:
            yield text
        for symbol, then in ways.get(state, ()):
            if then in left:
                longer = (*text, symbol)
                heappush(heap, (len(longer) + left[then], next(count), then, longer))


def _preference(symbol: Any) -> tuple[bool, bool, str]:
    """Letters and digits go before other characters, and those before whatever is left."""
    plain = isinstance(symbol, str)
    return (not plain, plain and not symbol.isalnum(), str(symbol))


def _character(one: Any, product: Any) -> str:
    if isinstance(one, str):
        return one
    known = set(product.alphabet) if hasattr(product.alphabet, "__iter__") else set()
    return next((char for char in _TYPICAL + "\u2603" if char not in known), "\u2603")
