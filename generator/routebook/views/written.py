"""Single values as HTTP writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def scalar(value: Any) -> str:
    """A value as HTTP writes it: `true`, `7`, `text`; JSON for lists and objects."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def simple(value: Any) -> str:
    """A value in the style `simple`: lists and objects with commas."""
    if isinstance(value, list):
        return ",".join(scalar(item) for item in value)
    if isinstance(value, Mapping):
        return ",".join(f"{key},{scalar(item)}" for key, item in value.items())
    return scalar(value)


def is_json(content_type: str) -> bool:
    """Whether a media type is JSON (RFC 6839 and RFC 8259)."""
    essence = content_type.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json"))
