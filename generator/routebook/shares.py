"""Work done in shares by several processes, where the system can make copies of this one."""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn, Self

MOST = 4
"""How many processes share work at most."""


def processes() -> int:
    """How many processes it is worth to share work between; 1 where they cannot be made.

    A process with threads is not copied, for a copy has their locks but not them; nor is one on
    macOS, whose libraries may fail in a copy.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    usable = getattr(os, "sched_getaffinity", None)
    return min(MOST, len(usable(0)) if usable else os.cpu_count() or 1)


def shared(work: Callable[[int], Any], parts: int, among: int) -> list[Any]:
    """`work(0)` to `work(parts - 1)`, whose outcomes can be pickled.

    This process and up to `among - 1` copies of it take part after part, the last first: it
    should be the largest. What a copy that fails has not done is done here, so that an error
    is raised as it always is. There are at most 256 parts.
    """
    return exchanged(lambda part: (work(part), None), lambda made, _: made, parts, among)


def exchanged(begin: Begin, finish: Finish, parts: int, among: int) -> list[Any]:
    """As `shared`, in two stages, between which the parts learn of one another.

    `begin` gives for each part something to go on with, which stays in its process, and what
    the others must know of it. The outcome is what `finish` makes of the former and of all of
    the latter.
    """
    among = min(among, parts // _LEAST, processes())
    with _Queue(parts) as queue:
        copies: list[_Copy] = []
        try:
            with suppress(OSError):  # the system lets us have no more of them
                copies.extend(_Copy(begin, finish, queue) for _ in range(1, among))
            begun = {part: begin(part) for part in queue}
            told = _told(begun)
            for copy in copies:
                told |= copy.answer()
            begun |= {part: begin(part) for part in range(parts) if part not in told}
            told |= _told(begun)
            everything = [told[part] for part in range(parts)]
            for copy in copies:
                copy.tell(everything)
            done = _finished(begun, finish, everything)
            for copy in copies:
                done |= copy.answer()
        finally:
            for copy in copies:
                copy.end()
    begun = {part: begin(part) for part in range(parts) if part not in done}
    done |= _finished(begun, finish, everything)
    return [done[part] for part in range(parts)]


class Meanwhile:
    """Work at which a copy of this process is from now on; called, it gives the outcome, once.

    Where no copy can be made, or it fails, the work is done then. As a context, it ends work whose
    outcome nobody asked for.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._copy: _Copy | None = None
        if processes() > 1:
            with _Queue(1) as queue, suppress(OSError):  # the system lets us have no more of them
                self._copy = _Copy(lambda _: (None, work()), lambda *_: None, queue)

    def __call__(self) -> Any:
        """Wait for the outcome."""
        if self._copy is None:
            return self._work()
        with self:
            found = self._copy.answer()
        return found[0] if found else self._work()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._copy is not None:
            self._copy.end()
            self._copy = None


Begin = Callable[[int], tuple[Any, Any]]
Finish = Callable[[Any, list[Any]], Any]
_Begun = dict[int, tuple[Any, Any]]


def _told(begun: _Begun) -> dict[int, Any]:
    return {part: told for part, (_, told) in begun.items()}


def _finished(begun: _Begun, finish: Finish, everything: list[Any]) -> dict[int, Any]:
    return {part: finish(kept, everything) for part, (kept, _) in begun.items()}


_LEAST = 3
"""How many parts a process should have that is made for them."""


class _Queue:
    """Numbers of parts, each of which is taken once, by whichever process is first."""

    def __init__(self, parts: int) -> None:
        self._ours, theirs = os.pipe()
        os.write(theirs, bytes(reversed(range(parts))))
        os.close(theirs)

    def __enter__(self) -> _Queue:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._ours)

    def __iter__(self) -> Iterator[int]:
        while taken := os.read(self._ours, 1):
            yield taken[0]


class _Copy:
    """A copy of this process, at work on parts."""

    def __init__(self, begin: Begin, finish: Finish, queue: _Queue) -> None:
        answers, questions = os.pipe(), os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            for end in (*answers, *questions):
                os.close(end)
            raise
        if self._pid == 0:
            _work(begin, finish, queue, _Line(questions[0], answers[1]))
        os.close(answers[1])
        os.close(questions[0])
        self._line = _Line(answers[0], questions[1])

    def answer(self) -> dict[int, Any]:
        """What the copy made of parts, or tells of them; nothing when it failed."""
        try:
            found: dict[int, Any] = self._line.heard()
        except EOFError:
            return {}
        return found

    def tell(self, everything: list[Any]) -> None:
        """Let the copy do the second stage."""
        with suppress(OSError):  # a copy that failed hears nothing
            self._line.say(everything)

    def end(self) -> None:
        """End the copy, if it has not ended."""
        self._line.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _work(begin: Begin, finish: Finish, queue: _Queue, line: _Line) -> NoReturn:
    """What a copy does."""
    code = 1
    try:
        begun = {part: begin(part) for part in queue}
        line.say(_told(begun))
        line.say(_finished(begun, finish, line.heard()))
        code = 0
    finally:
        # What the first process has begun, it ends itself: here, no handler runs.
        os._exit(code)


class _Line:
    """Two pipes between this process and another, for data of any length."""

    def __init__(self, ours: int, theirs: int) -> None:
        self._ours, self._theirs = ours, theirs

    def say(self, data: Any) -> None:
        """Send something."""
        import pickle  # not needed where no process is made

        written = pickle.dumps(data, pickle.HIGHEST_PROTOCOL)
        for part in (struct.pack("!Q", len(written)), written):
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(self._theirs, rest) :]

    def heard(self) -> Any:
        """Wait for what the other sends; `EOFError` when it ended before."""
        import pickle

        (length,) = struct.unpack("!Q", self._read(8))
        return pickle.loads(self._read(length))  # noqa: S301  # a copy of this process wrote it

    def _read(self, length: int) -> bytearray:
        read = bytearray(length)
        rest = memoryview(read)
        while rest:
            count = os.readv(self._ours, [rest])
            if not count:
                raise EOFError
            rest = rest[count:]
        return read

    def close(self) -> None:
        """Say and hear nothing more."""
        os.close(self._ours)
        os.close(self._theirs)
