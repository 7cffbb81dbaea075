"""JSON as people like to read it."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 88
"""How long a line may be before a list or object in it is spread over lines."""


def pretty(value: Any, room: int = WIDTH) -> str:
    """A JSON value, with each list and object on one line where that is short enough.

    >>> print(pretty({"a": [1, 2], "b": {"c": True}}, room=20))
    {
      "a": [1, 2],
      "b": {"c": true}
    }
    """
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= room or not value or not isinstance(value, (dict, list)):
        return line
    if isinstance(value, dict):
        inner = [
            f"{json.dumps(str(key), ensure_ascii=False)}: {pretty(item, room - 2)}"
            for key, item in value.items()
        ]
    else:
        inner = [pretty(item, room - 2) for item in value]
    indented = (item.replace("\n", "\n  ") for item in inner)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n  " + ",\n  ".join(indented) + f"\n{closing}"
