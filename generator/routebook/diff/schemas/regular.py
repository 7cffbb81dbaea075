"""Regular expressions, compared by the languages that they describe."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from heapq import heappop, heappush
from typing import Any

from routebook.diff.schemas.model import Effect
from routebook.schemas import has_alternatives

_LONGEST = 120
_STATES = 400
_FAR = 14
_REPEATS = re.compile(r"\{(\d*),?(\d*)\}")
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

    whole = _anchored(pattern)
    if whole is None:
        return None
    try:
        found = interegular.parse_pattern(whole).to_fsm()
    except Exception:  # noqa: BLE001  # it raises many kinds, some undocumented, for what it lacks
        return None
    return found if len(found.states) <= _STATES else None


def _anchored(pattern: str) -> str | None:
    """The same pattern, for a whole text; None when it is beyond what can be compared."""
    if len(pattern) > _LONGEST or _HARD.search(pattern) or not _few_repeats(pattern):
        return None
    if _exponential(pattern):
        return None
    start, end = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    inner = pattern[start : len(pattern) - end]
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "", inner, flags=re.DOTALL)
    if "^" in bare or "$" in bare or ((start or end) and has_alternatives(inner)):
        return None
    anything = r"[\s\S]*"
    return f"{'' if start else anything}(?:{inner}){'' if end else anything}"


def _few_repeats(pattern: str) -> bool:
    """Whether counted repeats stay small enough for an automaton."""
    total = 1
    for low, high in _REPEATS.findall(pattern):
        total *= max(int(low or 0), int(high or 0), 1)
        if total > 300:
            return False
    return True


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
