"""Documents of several files for tests, written into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from routebook.documents import Document, bundle, read_file
from routebook.findings import DescriptionError, Finding

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def files(folder: Path, texts: Mapping[str, str]) -> Document:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    return read_file(folder / "api.yaml")


def bundled(folder: Path, texts: Mapping[str, str]) -> Any:
    return bundle(files(folder, texts)).data


def refused(folder: Path, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    with pytest.raises(DescriptionError) as caught:
        bundle(files(folder, texts))
    return caught.value.findings


def schemas(text: str, head: str = HEAD) -> str:
    body = "".join(f"    {line}\n" for line in dedent(text).strip().split("\n"))
    return f"{head}components:\n  schemas:\n{body}"
