"""Reading documents: parsing beside `json.load`, YAML beside JSON, and how it grows.

Documents of your own are taken from the folder that ROUTEBOOK_CORPORA names, each `.json` and
`.yaml` in it; without one, a document is made. Prints ratios to what is measured in the same run.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from routebook import openapi
from routebook.documents import parse
from routebook.documents.scalars import STARTS

OPERATIONS = 1_000


def seconds(work: Callable[[], Any], repeats: int = 5) -> float:
    """The median time that some work takes."""
    times = []
    for _ in range(repeats):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def made(operations: int) -> dict[str, Any]:
    """A document with as many operations and half as many schemas."""
    schemas = {
        f"Thing{n}": {
            "type": "object",
            "description": f"Thing number {n}, with a text that takes a line of its own.",
            "required": ["id"],
            "properties": {
                "id": {"type": "integer", "minimum": 1, "examples": [n]},
                "name": {"type": ["string", "null"], "maxLength": 200},
                "parent": {"$ref": f"#/components/schemas/Thing{n // 2}"},
                "on": {"type": "array", "items": {"enum": ["no", "yes", "1e3"]}},
            },
        }
        for n in range(operations // 2)
    }
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing1"}}}
    paths = {
        f"/things{n}/{{id}}": {
            "get": {
                "operationId": f"get{n}",
                "summary": f"Get thing {n}",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
                "responses": {
                    "200": {"description": "A thing.", "content": media},
                    "404": {"description": "There is none."},
                },
            }
        }
        for n in range(operations)
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


class Dumper(yaml.CSafeDumper):
    """Writes out what is shared, and quotes texts that may be numbers to YAML 1.2."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # its signature
        """Write everything out."""
        return True


def text(dumper: Dumper, value: str) -> yaml.Node:
    """A text, in quotes where it begins like something else."""
    style = "'" if value[:1] in STARTS else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


Dumper.add_representer(str, text)


def as_yaml(data: Any) -> str:
    """Data as YAML text in block style."""
    return yaml.dump(data, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def corpora() -> Iterator[tuple[str, bytes]]:
    """The documents to read as JSON, by name."""
    folder = os.environ.get("ROUTEBOOK_CORPORA")
    if folder is None:
        yield f"{OPERATIONS} operations", json.dumps(made(OPERATIONS), indent=2).encode()
        return
    for file in sorted(Path(folder).rglob("*")):
        if file.suffix == ".json":
            yield str(file.relative_to(folder)), file.read_bytes()
        elif file.suffix in {".yaml", ".yml"}:
            data = parse(file.read_bytes(), str(file)).data
            yield str(file.relative_to(folder)), json.dumps(data, indent=2).encode()


def report(name: str, given: bytes) -> None:
    """Measure one document as JSON and as YAML."""
    other = as_yaml(json.loads(given)).encode()
    assert parse(given, "a.json").data == parse(other, "a.yaml").data  # must be right
    bare = seconds(lambda: json.loads(given))
    parsed = [
        seconds(lambda: parse(given, "a.json")),
        seconds(lambda: parse(other, "a.yaml"), 3),
    ]
    read = [
        seconds(lambda: openapi.reading(parse(given, "a.json"))),
        seconds(lambda: openapi.reading(parse(other, "a.yaml")), 3),
    ]
    print(f"{name}: {len(given) / 1e6:.1f} MB as JSON, {len(other) / 1e6:.1f} MB as YAML")
    print(f"  json.loads {bare:.3f} s; parsed from JSON {parsed[0] / bare:.2f} times that")
    print(f"  read from JSON {read[0]:.3f} s, {read[0] / bare:.2f} times json.loads")
    print(f"  read from YAML {read[1]:.3f} s, {read[1] / read[0]:.2f} times as from JSON")
    print(f"  of which parsing is {parsed[1]:.3f} s")
    document = parse(other, "a.yaml")
    print(f"  the first place in YAML {seconds(lambda: document.locate('/paths'), 1):.3f} s")


def main() -> None:
    """Measure and print."""
    for name, given in corpora():
        report(name, given)
    half, whole = (json.dumps(made(n)).encode() for n in (OPERATIONS, 2 * OPERATIONS))
    times = [seconds(lambda one=one: parse(one, "a.json"), 9) for one in (half, whole)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    print(f"twice as large, as JSON: {times[1] / times[0]:.2f} times the time")
    texts = [as_yaml(json.loads(one)).encode() for one in (half, whole)]
    times = [seconds(lambda one=one: parse(one, "a.yaml"), 5) for one in texts]  # type: ignore[misc]  # the same
    print(f"twice as large, as YAML: {times[1] / times[0]:.2f} times the time")


if __name__ == "__main__":
    main()
