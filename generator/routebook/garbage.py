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
