"""Room for recursion over deeply nested values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = 20_000
"""Enough for 500 values in each other, the most that documents may have, and forty calls each."""


@contextmanager
def deep() -> Iterator[None]:
    """Let functions call each other deeper than Python does by default; put back afterwards."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
