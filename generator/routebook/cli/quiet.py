"""`--quiet`, which the program and its commands take."""

from __future__ import annotations

import click

QUIET = "routebook.quiet"
"""The key of the context's `meta` that holds whether to leave notes out."""


def _be_quiet(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[QUIET] = True


quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    expose_value=False,
    callback=_be_quiet,
    help="Say nothing but findings and errors.",
)


def quiet() -> bool:
    """Whether the user asked for quiet."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(QUIET))
