"""Work done in shares by several processes, where the system can make copies of this one."""

from __future__ import annotations

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

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
    """`work(0)` to `work(parts - 1)`, whose outcomes are tuples, lists and texts.

    This process and up to `among - 1` copies of it take part after part, the last first: it
    should be the largest. What a copy that fails has not done is done here, so that an error
    is raised as it always is. There are at most 256 parts.
    """
    among = min(among, parts // _LEAST, processes())
    done: dict[int, Any] = {}
    with _Queue(parts) as queue:
        copies: list[_Copy] = []
        try:
            copies.extend(_Copy(work, queue) for _ in range(1, among))
            done.update((part, work(part)) for part in queue)
            for copy in copies:
                done.update(copy.outcome())
        finally:
            for copy in copies:
                copy.end()
    return [done[part] if part in done else work(part) for part in range(parts)]


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

    def __init__(self, work: Callable[[int], Any], queue: _Queue) -> None:
        self._pipe, theirs = os.pipe()
        self._pid = os.fork()
        if self._pid:
            os.close(theirs)
            return
        code = 1
        try:
            with os.fdopen(theirs, "wb") as stream:
                stream.write(marshal.dumps({part: work(part) for part in queue}))
            code = 0
        finally:
            # What the first process has begun, it ends itself: here, no handler runs.
            os._exit(code)

    def outcome(self) -> dict[int, Any]:
        """What the copy made; nothing when it failed."""
        with os.fdopen(self._pipe, "rb", closefd=False) as stream:
            written = stream.read()
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return {} if status else marshal.loads(written)  # noqa: S302  # a copy of this process wrote it

    def end(self) -> None:
        """End the copy, if it has not ended."""
        os.close(self._pipe)
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
