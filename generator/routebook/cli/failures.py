"""How a command fails: every exception becomes a short message and an exit code."""

from __future__ import annotations

import os
import sys

import click

from routebook.cli import console
from routebook.cli.group import ReaderGoneError
from routebook.findings import DescriptionError, RoutebookError
from routebook.safe import printable

DEBUG = "ROUTEBOOK_DEBUG"
"""The environment variable that shows the traceback of an internal error."""


def tell(error: BaseException) -> int:
    """Say what went wrong, and return the exit code for it. No traceback reaches the user."""
    try:
        return _tell(error)
    except OSError:  # stderr is gone, too
        _close_stdout()
        return 141


def _tell(error: BaseException) -> int:
    if isinstance(error, (ReaderGoneError, BrokenPipeError)):
        _close_stdout()
        return 141
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        click.echo("Interrupted.", err=True)
        return 130
    if isinstance(error, click.ClickException):
        error.show()
        return 2
    if isinstance(error, DescriptionError):
        from routebook.loading.model import UnreadableError

        if isinstance(error, UnreadableError):
            for finding in error.findings:
                _message(str(finding), finding.hint)
            return 2
        from routebook.report import render

        console.findings(render(error.findings))
        count = len(error.findings)
        _message(
            f"the description has {count} error{'s' * (count > 1)}; nothing was made",
            "`routebook check` looks for more",
        )
        return 1
    if isinstance(error, RoutebookError):
        _message(str(error), error.hint)
        return 2
    if isinstance(error, OSError) and error.strerror:
        _message(": ".join(str(p) for p in (error.filename, error.strerror) if p), "")
        return 2
    if isinstance(error, RecursionError):
        _message("the description is nested too deeply", "does a schema or value hold itself?")
        return 2
    return _internal(error)


def _message(text: str, hint: str) -> None:
    shade = console.color()
    label = click.style("error:", fg="red", bold=True)
    click.echo(f"{label} {printable(text)}", err=True, color=shade)
    for line in hint.splitlines():
        click.echo(f"  {printable(line)}", err=True, color=shade)


def _internal(error: BaseException) -> int:
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
        return 2
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = ""
    if last is not None:
        name = last.tb_frame.f_globals.get("__name__", "?")
        where = f" ({name}, line {last.tb_lineno})"
    _message(
        f"routebook failed: {type(error).__name__}: {error}{where}",
        f"this is a fault of routebook: please report it, with what {DEBUG}=1 prints",
    )
    return 2


def _close_stdout() -> None:
    """Let Python flush into nothing at exit, instead of complaining about the closed pipe."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)
