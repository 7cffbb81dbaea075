"""Options and arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from routebook.openapi import VERSIONS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete_api(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Registered names, Python files and folders, for the shell."""
    from click.shell_completion import CompletionItem

    from routebook.loading import registered_names

    folder = Path(incomplete[: incomplete.rfind("/") + 1])
    files = sorted(folder.glob("*")) if folder.is_dir() else []
    shown = [f"{path}/" if path.is_dir() else str(path) for path in files]
    known = [*registered_names(), *(text for text in shown if text.endswith((".py", "/")))]
    return [CompletionItem(text) for text in known if text.startswith(incomplete)]


api_argument = click.argument("api", required=False, shell_complete=_complete_api)

openapi_version_option = click.option(
    "--openapi-version",
    type=click.Choice(VERSIONS),
    help="The version of OpenAPI to write. [default: of pyproject.toml, or 3.1]",
)

templates_option = click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of templates that stand in for routebook's of the same name.",
)

format_option = click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
