"""Regular expressions of schemas, as Python reads them."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """A pattern as Python reads it; None when it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def found(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text; one that Python cannot read is taken to be."""
    expression = compiled(pattern)
    return expression is None or expression.search(text) is not None
