"""Reading documents: their cost beside a bare `json.load`, and how it grows.

The documents are those under the folder that ROUTEBOOK_CORPORA names: JSON files of any depth.
For each it prints the time to read its file to descriptors and to write them again, as multiples
of loading the file with `json`, and the largest document's cost when it is there twice.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from routebook.openapi import reading, write

SMALLEST = 500_000
"""Documents of fewer bytes say little about speed."""


def seconds(work: Callable[[], Any], repeats: int = 5) -> float:
    """The median time that some work takes."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[repeats // 2]


def load(file: Path) -> Any:
    """The floor: the data of a file, and nothing else."""
    with file.open(encoding="utf-8") as stream:
        return json.load(stream)


def doubled(document: dict[str, Any]) -> dict[str, Any]:
    """A document with all of its paths and schemas again, under other names."""
    text = json.dumps({key: document[key] for key in ("paths", "components")})
    again = json.loads(re.sub(r'#/components/schemas/([^"/]+)', r"#/components/schemas/\1-2", text))
    paths = {f"/again{path}": item for path, item in again["paths"].items()}
    schemas = {f"{name}-2": one for name, one in again["components"]["schemas"].items()}
    parts = document["components"]
    return {
        **document,
        "paths": {**document["paths"], **paths},
        "components": {**parts, "schemas": {**parts["schemas"], **schemas}},
    }


def main() -> None:
    """Measure and print."""
    folder = os.environ.get("ROUTEBOOK_CORPORA")
    if not folder:
        print("set ROUTEBOOK_CORPORA to a folder of OpenAPI documents")  # its purpose
        return
    files = [one for one in sorted(Path(folder).rglob("*.json")) if one.stat().st_size > SMALLEST]
    files = [one for one in files if "openapi" in load(one)]
    for file in files:
        floor = seconds(lambda file=file: load(file))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        whole = seconds(lambda file=file: reading(file))  # type: ignore[misc]  # the same
        found = reading(file)
        back = seconds(lambda found=found: write(found.api, found.version), 3)  # type: ignore[misc]  # the same
        name = file.relative_to(folder)
        print(  # its purpose
            f"{name}: json.load {floor * 1000:.0f} ms; read {whole / floor:.1f} times that, "
            f"written {back / floor:.1f} times"
        )
    if files:
        _growth(max(files, key=lambda file: file.stat().st_size))


def _growth(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        twice = Path(folder) / "twice.json"
        twice.write_text(json.dumps(doubled(load(file))), "utf-8")
        times = [seconds(lambda one=one: reading(one), 3) for one in (file, twice)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    print(f"the largest twice: {times[1] / times[0]:.2f} times the time")  # its purpose


if __name__ == "__main__":
    main()
