"""Rows for people: columns as wide as they must be, and on a terminal no wider than it is."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click

from routebook.safe import printable


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows below their headings; the last column is cut where a terminal would break the line."""
    cells = [[printable(cell).replace("\n", " ") for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head) - 1)]
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    lines = [_line(row, widths, limit) for row in cells]
    return "\n".join([click.style(lines[0], bold=True), *lines[1:]]) + "\n"


def _line(row: Sequence[str], widths: Sequence[int], limit: int | None) -> str:
    fixed = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
    line = "  ".join([*fixed, row[-1]]).rstrip()
    return line if limit is None or len(line) <= limit else f"{line[: limit - 1]}…"
