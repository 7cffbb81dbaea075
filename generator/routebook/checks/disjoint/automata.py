"""Lazy automata: an expression becomes states as far as a search asks for them.

Two machines over one alphabet are walked side by side, breadth first, so that the first text
that both accept is a shortest one; where none is found, there is none.
"""

from __future__ import annotations

import re
import string
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property

from routebook.checks.disjoint.expressions import Chars, Choice, Expression, Repeat, Sequence

REPEATS = 3
"""A machine that counts loosely takes any higher bound of a repeat for none."""
STATES = 20_000
"""How many states a machine may have before a question is given up."""
PAIRS = 200_000
"""How many pairs of states a search may visit."""

_PREFERRED = string.ascii_lowercase + string.digits + string.ascii_uppercase + "-_.~:/"


class UndecidedError(Exception):
    """A question would take more states than are allowed."""


class Alphabet:
    """Symbols: sets of characters that no expression tells apart."""

    def __init__(self, classes: Iterable[Chars]) -> None:
        self._sets = tuple(dict.fromkeys(classes))
        self._symbols: dict[Chars, tuple[int, ...]] = {}
        self._of_char: dict[str, int] = {}
        self.samples: list[str] = []
        """For each symbol, the pleasantest of its characters."""
        self._divide()

    def _divide(self) -> None:
        known = {char for chars in self._sets for char in chars.members}
        other = next(char for char in map(chr, _candidates()) if char not in known)
        ordered = sorted({*known, other}, key=_unpleasantness)
        numbers: dict[tuple[bool, ...], int] = {}
        for char in ordered:
            signature = tuple((char in chars.members) != chars.negated for chars in self._sets)
            if signature not in numbers:
                numbers[signature] = len(self.samples)
                self.samples.append(char)
            self._of_char[char] = numbers[signature]
        self._other = self._of_char[other]
        for index, chars in enumerate(self._sets):
            self._symbols[chars] = tuple(n for sign, n in numbers.items() if sign[index])

    def symbols(self, chars: Chars) -> tuple[int, ...]:
        """The symbols of a character class, which must be one that the alphabet was made of."""
        return self._symbols[chars]

    def symbol(self, char: str) -> int:
        """The symbol that a character belongs to."""
        return self._of_char.get(char, self._other)


def _unpleasantness(char: str) -> tuple[int, str]:
    found = _PREFERRED.find(char)
    return (len(_PREFERRED) if found < 0 else found, char)


def _candidates() -> Iterator[int]:
    """Code points for a character that no expression names, the pleasant ones first."""
    yield from map(ord, _PREFERRED)
    yield from range(0x21, 0x110000)


class Machine:
    """A deterministic automaton of an expression, made state by state as it is asked for.

    With `loose`, repeats are counted to `REPEATS` only, and more stands for without end: the
    machine accepts all that the expression matches, and may accept more.
    """

    def __init__(self, expression: Expression, alphabet: Alphabet, *, loose: bool) -> None:
        self.alphabet = alphabet
        self.loose = loose
        self.exact = True
        """Whether no bound of a repeat was dropped."""
        self._silent: list[list[int]] = [[]]
        self._steps: list[list[tuple[tuple[int, ...], int]]] = [[]]
        self._final = self._add(expression, 0)
        self._numbers: dict[frozenset[int], int] = {}
        self._sets: list[frozenset[int]] = []
        self._moves: list[dict[int, int] | None] = []
        self.start = self._number(self._closed([0]))

    def moves(self, state: int) -> dict[int, int]:
        """Symbol to next state; a symbol that is missing leads nowhere."""
        found = self._moves[state]
        if found is None:
            targets: dict[int, list[int]] = {}
            for inner in self._sets[state]:
                for symbols, target in self._steps[inner]:
                    for symbol in symbols:
                        targets.setdefault(symbol, []).append(target)
            numbered = {tuple(t): self._number(self._closed(t)) for t in targets.values()}
            found = {symbol: numbered[tuple(t)] for symbol, t in targets.items()}
            self._moves[state] = found
        return found

    def accepts(self, state: int) -> bool:
        """Whether a text may end here."""
        return self._final in self._sets[state]

    def contains(self, text: str) -> bool:
        """Whether the machine accepts a text."""
        state: int | None = self.start
        for char in text:
            if state is None:
                return False
            state = self.moves(state).get(self.alphabet.symbol(char))
        return state is not None and self.accepts(state)

    def _number(self, states: frozenset[int]) -> int:
        number = self._numbers.setdefault(states, len(self._sets))
        if number == len(self._sets):
            if number >= STATES:
                raise UndecidedError
            self._sets.append(states)
            self._moves.append(None)
        return number

    def _closed(self, states: Iterable[int]) -> frozenset[int]:
        """The states with all that are reached without a character."""
        found = set(states)
        waiting = list(found)
        while waiting:
            for target in self._silent[waiting.pop()]:
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)

    def _new(self) -> int:
        if len(self._silent) >= STATES:
            raise UndecidedError
        self._silent.append([])
        self._steps.append([])
        return len(self._silent) - 1

    def _add(self, expression: Expression, start: int) -> int:
        """Build an expression from a state on; gives the state at its end."""
        if isinstance(expression, Sequence):
            for part in expression.parts:
                start = self._add(part, start)
            return start
        if isinstance(expression, Repeat):
            return self._repeat(expression, start)
        end = self._new()
        if isinstance(expression, Choice):
            for option in expression.options:
                self._silent[self._add(option, self._branch(start))].append(end)
        else:
            self._steps[start].append((self.alphabet.symbols(expression), end))
        return end

    def _branch(self, start: int) -> int:
        state = self._new()
        self._silent[start].append(state)
        return state

    def _repeat(self, repeat: Repeat, start: int) -> int:
        least, most = repeat.least, repeat.most
        if self.loose and (least > REPEATS or (most or 0) > REPEATS):
            self.exact = False
            least, most = min(least, REPEATS), None
        for _ in range(least):
            start = self._add(repeat.item, start)
        if most is None:
            loop = self._branch(start)
            self._silent[self._add(repeat.item, loop)].append(loop)
            return self._branch(loop)
        end = self._new()
        for _ in range(most - least):
            self._silent[start].append(end)
            start = self._add(repeat.item, self._branch(start))
        self._silent[start].append(end)
        return end


def common_texts(first: Machine, second: Machine) -> Iterator[str]:
    """Texts that both machines accept, shortest first; none when there are none.

    Not all of them: one for each way to end. Raises `UndecidedError` when the search gets
    too long.
    """
    root = (first.start, second.start)
    came: dict[tuple[int, int], tuple[tuple[int, int], int] | None] = {root: None}
    waiting = deque([root])
    while waiting:
        pair = waiting.popleft()
        one, other = pair
        if first.accepts(one) and second.accepts(other):
            yield _text(pair, came, first.alphabet)
        moves, others = first.moves(one), second.moves(other)
        for symbol in sorted(moves.keys() & others.keys()):
            target = (moves[symbol], others[symbol])
            if target not in came:
                came[target] = (pair, symbol)
                waiting.append(target)
        if len(came) > PAIRS:
            raise UndecidedError


def _text(
    pair: tuple[int, int],
    came: dict[tuple[int, int], tuple[tuple[int, int], int] | None],
    alphabet: Alphabet,
) -> str:
    found = []
    step = came[pair]
    while step is not None:
        pair, symbol = step
        found.append(alphabet.samples[symbol])
        step = came[pair]
    return "".join(reversed(found))


class Language:
    """The texts that a regular expression matches."""

    def __init__(self, expression: Expression, regex: str, alphabet: Alphabet) -> None:
        self._expression = expression
        self._regex = regex
        self._alphabet = alphabet

    @cached_property
    def loose(self) -> Machine:
        """A machine that accepts at least these texts."""
        return Machine(self._expression, self._alphabet, loose=True)

    @cached_property
    def strict(self) -> Machine:
        """A machine that counts repeats in full."""
        if self.loose.exact:
            return self.loose
        return Machine(self._expression, self._alphabet, loose=False)

    def matches(self, text: str) -> bool:
        """What Python's `re` says about a text, with ASCII classes."""
        try:
            return re.fullmatch(self._regex, text, re.ASCII) is not None
        except re.error:  # two patterns that cannot stand in one expression
            return False

    def contains(self, text: str) -> bool:
        """As `matches`; `re`, which may take long to refuse, is asked last."""
        try:
            return self.loose.contains(text) and self.matches(text)
        except UndecidedError:
            return self.matches(text)
