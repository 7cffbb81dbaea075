"""Python's garbage collector, kept out of the way of work that makes much and drops nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Run without the collector: it would look at all that was made, again and again.

    What goes out of use is still freed at once, unless it refers to itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def keep(*values: object) -> None:
    """Let values be until the process ends, whose memory the system frees all at once.

    For a command that is about to end: taking apart what it read would be the last of its work.
    """
    ring: list[object] = [*values]
    ring.append(ring)
