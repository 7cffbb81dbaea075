"""Work done in shares by several processes, where the system can make copies of this one."""

from __future__ import annotations

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

MOST = 4
"""How many processes share one work at most."""


def processes() -> int:
    """How many processes it is worth to share work between; 1 where they cannot be made.

    A process with threads is not copied, for a copy has their locks but not them; nor is one on
    macOS, whose libraries may fail in a copy.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    usable = getattr(os, "sched_getaffinity", None)
    return min(MOST, len(usable(0)) if usable else os.cpu_count() or 1)


def shared(work: Callable[[int], Any], of: int) -> list[Any]:
    """`work(0)` to `work(of - 1)`, whose outcomes are tuples, lists and texts.

    This process does the first share, copies of it the others. A share whose copy fails, or
    cannot be made, is done here as well, so that an error is raised as it always is.
    """
    copies: list[_Copy] = []
    try:
        copies.extend(_Copy(work, share) for share in range(1, of))
        outcomes = [work(0)]
        for share, copy in enumerate(copies, 1):
            found = copy.outcome()
            outcomes.append(work(share) if found is None else found)
    finally:
        for copy in copies:
            copy.end()
    return outcomes


class _Copy:
    """A copy of this process, at work on a share."""

    def __init__(self, work: Callable[[int], Any], share: int) -> None:
        self._pipe, theirs = os.pipe()
        self._pid = os.fork()
        if self._pid:
            os.close(theirs)
            return
        code = 1
        try:
            with os.fdopen(theirs, "wb") as stream:
                stream.write(marshal.dumps(work(share)))
            code = 0
        finally:
            # What the first process has begun, it ends itself: here, no handler runs.
            os._exit(code)

    def outcome(self) -> Any:
        """What the copy made; None when it failed."""
        with os.fdopen(self._pipe, "rb", closefd=False) as stream:
            written = stream.read()
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        if status:
            return None
        return marshal.loads(written)  # noqa: S302  # a copy of this process wrote it

    def end(self) -> None:
        """End the copy, if it has not ended."""
        os.close(self._pipe)
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
