"""Answers of the registry's reference implementation, against which ours are compared.

The fixtures beside the tests are a part of them. Where ROUTEBOOK_VECTORS names a folder with
the whole files (`routing.json`, `urls.json`, `forwarded.json`, `names.json`), those are taken.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def load(name: str, fixture: Path) -> list[Record]:
    """The vectors of a file, each with `id`, `input` and `expected`."""
    folder = os.environ.get("ROUTEBOOK_VECTORS", "")
    file = Path(folder, f"{name}.json") if folder else fixture
    records: list[Record] = json.loads(file.read_text("utf-8"))
    return records


def text_in(record: Record, name: str) -> str | None:
    """A member that stands as itself, or as NAME_b64 when it is not UTF-8."""
    if f"{name}_b64" in record:
        return base64.b64decode(record[f"{name}_b64"]).decode("utf-8", "surrogateescape")
    value: str | None = record.get(name)
    return value
