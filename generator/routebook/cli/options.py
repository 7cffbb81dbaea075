"""Options and arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from routebook.languages import LANGUAGES, USUAL, checked
from routebook.openapi import VERSIONS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


Decorated = TypeVar("Decorated", bound=Callable[..., Any])

DESCRIPTIONS = (".py", ".yaml", ".yml", ".json", "/")
"""What the names of files with descriptions, and of folders on the way there, end with."""


def _complete_api(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Registered names, Python files, OpenAPI documents and folders, for the shell."""
    from click.shell_completion import CompletionItem

    from routebook.loading import registered_names

    folder = Path(incomplete[: incomplete.rfind("/") + 1])
    files = sorted(folder.glob("*")) if folder.is_dir() else []
    shown = [f"{path}/" if path.is_dir() else str(path) for path in files]
    known = [*registered_names(), *(text for text in shown if text.lower().endswith(DESCRIPTIONS))]
    return [CompletionItem(text) for text in known if text.startswith(incomplete)]


def complete_rule(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Ids of rules of comparisons, for the shell."""
    from click.shell_completion import CompletionItem

    from routebook.diff.catalogue import explained

    known = [rule.id for rule in explained()]
    return [CompletionItem(name) for name in known if name.startswith(incomplete)]


def api_argument(command: Decorated) -> Decorated:
    """The argument that names an API, and the option of what its documents may refer to."""
    argument = click.argument("api", required=False, shell_complete=_complete_api)
    return allow_refs_option(argument(command))


def described_argument(name: str, **options: Any) -> Callable[[Decorated], Decorated]:
    """An argument of another name that takes what names an API."""
    return click.argument(name, shell_complete=_complete_api, **options)


def _remember(ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> None:
    ctx.meta[ALLOWED] = value


ALLOWED = "routebook.allow_refs"
"""Where the context of a command keeps what `--allow-refs` said."""

allow_refs_option = click.option(
    "--allow-refs",
    multiple=True,
    metavar="DIR|URL",
    expose_value=False,
    callback=_remember,
    help="Let a document refer to files in this folder, or below this URL, too.",
)


def allowed_refs() -> tuple[str, ...]:
    """What `--allow-refs` said in the command that runs."""
    context = click.get_current_context(silent=True)
    allowed: tuple[str, ...] = context.meta.get(ALLOWED, ()) if context else ()
    return allowed


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

LAYOUTS = ("auto", "single", "group", "route", "operation")
"""The layouts of the reference, as `routebook.emit.layout` has them."""

layout_option = click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    help="How pages are divided. [default: a page for each route; auto for many operations]",
)


def _languages(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """The languages between commas; None where nothing is said."""
    if value is None:
        return None
    return checked(name.strip() for name in value.split(",") if name.strip())


samples_option = click.option(
    "--samples",
    callback=_languages,
    metavar="LANGUAGES",
    help=f"What requests are shown in, between commas: {', '.join(LANGUAGES)}."
    f" [default: of pyproject.toml, or {','.join(USUAL)}]",
)


def output_option(help: str) -> Callable[[Decorated], Decorated]:
    """The option of the file that a command writes."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        default="-",
        show_default=True,
        help=help,
    )


format_option = click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
