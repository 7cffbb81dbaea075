"""`routebook import`: what it takes to write a package, and what to import one.

Documents are all JSON and YAML files below the folder that ROUTEBOOK_CORPORA names; without it,
one is made of 1,000 routes. Each package is compiled, and then imported in processes of its own,
beside processes that load the document as JSON. Prints medians of five.
"""

from __future__ import annotations

import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from routebook import APIDescriptor, openapi
from routebook.emit.python import package
from routebook.output import write_folder

ROUNDS = 5
_TIMED = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"
_SAME = """
import json, written
from routebook import openapi
assert openapi.write(written.API) == json.load(open("document.json", encoding="utf-8"))
"""


def documents() -> Iterator[tuple[str, Any]]:
    """Names of documents, and what `openapi.read` takes."""
    folder = os.environ.get("ROUTEBOOK_CORPORA")
    if folder is None:
        yield "1,000 routes", _made(1000)
        return
    for file in sorted(Path(folder).rglob("*")):
        if file.suffix in {".json", ".yaml", ".yml"}:
            yield str(file.relative_to(folder)), file


def _made(count: int) -> dict[str, Any]:
    """A document of `count` routes, each with parameters, a body and schemas of its own."""
    thing = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    paths = {}
    for number in range(count):
        schema = {"$ref": f"#/components/schemas/Thing{number}"}
        content = {"application/json": {"schema": schema}}
        answers = {"200": {"description": f"Thing {number}.", "content": content}}
        query = [{"name": f"q{n}", "in": "query", "schema": {"type": "string"}} for n in range(4)]
        paths[f"/part{number % 40}/thing{number}"] = {
            "put": {"parameters": query, "requestBody": {"content": content}, "responses": answers}
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Made", "version": "1"},
        "paths": paths,
        "components": {"schemas": {f"Thing{number}": thing for number in range(count)}},
    }


def _seconds(code: str, folder: Path) -> float:
    """The median seconds of a statement in processes of its own, without their start."""
    command = (sys.executable, "-c", _TIMED.format(code))
    times = [
        float(
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
        )
        for _ in range(ROUNDS)
    ]
    return statistics.median(times)


def measure(name: str, source: Any, folder: Path) -> None:
    """Print one document's line."""
    start = time.perf_counter()
    described: APIDescriptor = openapi.read(source)
    read = time.perf_counter()
    files = package(described)
    written = time.perf_counter()
    write_folder(folder / "written", files, replace=True)
    (folder / "document.json").write_text(json.dumps(openapi.write(described)), encoding="utf-8")
    compiling = time.perf_counter()
    compileall.compile_dir(folder / "written", quiet=1)  # as the first import does
    compiled = time.perf_counter()
    subprocess.run((sys.executable, "-c", _SAME), cwd=folder, check=True)  # must be right
    imported = _seconds("import written", folder)
    loaded = _seconds("import json; json.load(open('document.json', encoding='utf-8'))", folder)
    size = sum(map(len, files.values()))
    print(
        f"{name:24} {read - start:6.2f} {written - read:7.2f} {len(files):6} {size / 1e6:7.2f}"
        f" {compiled - compiling:8.2f} {imported:8.3f} {loaded:8.3f} {imported / loaded:6.1f}"
    )


def main() -> None:
    """Print one line a document."""
    print(
        f"{'document':24} {'read s':>6} {'write s':>7} {'files':>6} {'MB':>7}"
        f" {'compile':>8} {'import s':>8} {'json s':>8} {'ratio':>6}"
    )
    for name, source in documents():
        folder = Path(tempfile.mkdtemp())
        try:
            measure(name, source, folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
