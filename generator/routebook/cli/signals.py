"""Signals that end a command: what it made for a while is taken away first."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")
"""What ends a process without a chance to clean up; SIGINT is an exception in Python already."""


class _EndedError(KeyboardInterrupt):
    """One of the signals came; like an interrupt, it is no error that anything may handle."""


@contextmanager
def tidy() -> Iterator[None]:
    """Leave what is inside in order where a signal ends the process: `finally` and `with` run.

    The process then ends by the signal, as its parent expects. Signals that are ignored, as by
    `nohup`, stay so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return
    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    handled = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, _frame: FrameType | None) -> None:
        for one in handled:
            signal.signal(one, signal.SIG_IGN)
        raise _EndedError(number)

    for one in handled:
        signal.signal(one, end)
    ended = 0
    try:
        yield
    except _EndedError as error:
        ended = error.args[0]
    finally:
        for one in handled:
            signal.signal(one, signal.SIG_DFL)
    if ended:
        os.kill(os.getpid(), ended)
