"""A site of the largest document, built by MkDocs with Material: time, memory and size.

The document is `github/new.json` of the folder that the environment variable `ROUTEBOOK_CORPORA`
names. The figures are those of the whole process, and for a thousand operations.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.bench_reference import measured

LIMITS = {"seconds": 30.0, "megabytes of memory": 400.0, "megabytes of files": 60.0}
"""The most for a thousand operations."""
PAGE = 70_000
"""How many bytes the page of an operation should have at most, and how many compressed."""
COMPRESSED = 12_000

CONFIGURATION = """
site_name: Large
site_url: http://127.0.0.1:8000/
theme:
  name: material
  font: false
  features: [navigation.instant, navigation.prune, navigation.tabs, navigation.indexes]
plugins:
  - search
  - routebook: {api: document.json}
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.highlight: {use_pygments: PYGMENTS}
  - pymdownx.tabbed: {alternate_style: true}
nav:
  - Home: index.md
  - Reference: reference/
"""


def main() -> None:
    """Print the cost of the site, with samples highlighted by Pygments and without."""
    root = os.environ.get("ROUTEBOOK_CORPORA")
    if not root:
        print("set ROUTEBOOK_CORPORA to a folder of documents, github/new.json in it")
        return
    for pygments in ("false", "true"):
        with tempfile.TemporaryDirectory() as folder:
            _build(Path(root) / "github" / "new.json", Path(folder), pygments)


def _build(document: Path, folder: Path, pygments: str) -> None:
    shutil.copy(document, folder / "document.json")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Large\n", encoding="utf-8")
    settings = CONFIGURATION.replace("PYGMENTS", pygments)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    mkdocs = Path(sys.executable).with_name("mkdocs")
    cost = measured((str(mkdocs), "build", "-q", "-f", str(folder / "mkdocs.yml")))
    files = [path.stat().st_size for path in (folder / "site").rglob("*") if path.is_file()]
    share = 1000 / _operations(document)
    found = (cost.busy * share, cost.megabytes * share, sum(files) / 1e6 * share)
    print(
        f"github, Pygments {pygments}: {cost.seconds:.1f} s ({cost.busy:.1f}), {len(files)} files"
    )
    for (name, limit), value in zip(LIMITS.items(), found, strict=True):
        mark = "" if value <= limit else f" (OVER the limit {limit:.0f})"
        print(f"  {value:6.1f} {name} for a thousand operations{mark}")
    _pages(folder / "site" / "reference" / "operations")


def _operations(document: Path) -> int:
    """How many operations a document has, webhooks too."""
    data = json.loads(document.read_text("utf-8"))
    hooks = data.get("webhooks") or data.get("x-webhooks") or {}
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    return sum(
        len(methods & item.keys()) for item in (*data.get("paths", {}).values(), *hooks.values())
    )


def _pages(folder: Path) -> None:
    pages = [path.read_bytes() for path in folder.rglob("index.html")]
    small = [gzip.compress(page, mtime=0) for page in pages]
    over = sum(len(page) > PAGE for page in pages), sum(len(page) > COMPRESSED for page in small)
    print(
        f"  pages of operations: {statistics.median(map(len, pages)) / 1e3:.0f} kB, at most"
        f" {max(map(len, pages)) / 1e3:.0f}, {over[0]} of {len(pages)} above {PAGE // 1000};"
        f" compressed {statistics.median(map(len, small)) / 1e3:.1f} kB, at most"
        f" {max(map(len, small)) / 1e3:.1f}, {over[1]} above {COMPRESSED // 1000}"
    )


if __name__ == "__main__":
    main()
