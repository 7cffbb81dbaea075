"""What commands say: products and findings on stdout, notes and progress on stderr."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from routebook.findings import Finding

from routebook.cli.quiet import quiet
from routebook.safe import printable


def prepare() -> None:
    """Make the streams take any text: what their encoding lacks is written as an escape.

    What is written to a stream that the caller closed goes nowhere.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            sink = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # until the end
            setattr(sys, name, sink)
    streams: tuple[object, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):  # not so where a caller put its own there
            stream.reconfigure(errors="backslashreplace")


def color() -> bool | None:
    """Whether to colour: never with NO_COLOR (no-color.org), else None for terminals only."""
    off = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return False if off else None


def note(text: str) -> None:
    """Tell on stderr what was done, unless the user asked for quiet."""
    if not quiet():
        click.echo(printable(text), err=True)


def product(text: str) -> None:
    """Write a document to stdout: the same bytes in UTF-8 on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def write(path: Path, text: str) -> None:
    """Write a file atomically, and tell."""
    write_all(path.parent, {path.name: text})


def write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write files under a folder, all or none, and tell which changed."""
    from routebook.output import write_files

    changed = write_files(folder, files)
    if len(files) == 1:
        only = folder / next(iter(files))
        note(f"Wrote {only}" if changed else f"{only} is up to date")
    elif files:
        note(
            f"Wrote {len(changed)} of {len(files)} files in {folder}; the rest are up to date"
            if len(changed) < len(files)
            else f"Wrote {len(files)} files in {folder}"
        )


def findings(text: str) -> None:
    """Print rendered findings to stdout, coloured on terminals."""
    click.echo(paint(text), nl=False)


def warnings(found: Sequence[Finding], most: int = 20) -> None:
    """Tell on stderr what is odd about an input, the first of it, unless quiet was asked for."""
    if quiet():
        return
    for finding in found[:most]:
        click.echo(f"{click.style('warning:', fg='yellow')} {printable(str(finding))}", err=True)
        if finding.hint:
            click.echo(f"  {printable(finding.hint)}", err=True)
    if len(found) > most:
        click.echo(f"... and {len(found) - most} more warnings", err=True)


def paint(text: str) -> str:
    """Colour findings in text form: the place, the next steps, and the lines of diffs."""
    return "".join(_paint(line) for line in text.splitlines(keepends=True))


def _paint(line: str) -> str:
    body, end = line.rstrip("\n"), line[len(line.rstrip("\n")) :]
    if body.startswith("    "):
        return click.style(body, dim=True) + end
    for start, shade in (("@@", "cyan"), ("+", "green"), ("-", "red")):
        if body.startswith(start):
            return click.style(body, fg=shade) + end
    if match := re.fullmatch(r"(\S.*?): (.*) (\[[a-z0-9-]+\])", body):
        return (
            f"{click.style(match[1], bold=True)}: {match[2]} {click.style(match[3], dim=True)}{end}"
        )
    return line


@contextmanager
def step(text: str) -> Iterator[None]:
    """Show on a terminal what is going on while it takes, and leave no trace of it."""
    shown = sys.stderr.isatty() and not quiet() and os.environ.get("TERM") != "dumb"
    if not shown:
        yield
        return
    sys.stderr.write(f"{printable(text)}…")
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
