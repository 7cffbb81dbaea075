"""The `routebook` command itself, which loads the module of a command when it is called."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from routebook import __version__
from routebook.cli.quiet import quiet_option

API = """API is an OpenAPI or Swagger document (.yaml, .json, - for standard input), a Python
description (package.module:NAME, a file, a folder, a registered name), or REV: and one of these
for what it was at a revision of git. Without one, it is the `api` of [tool.routebook] in
pyproject.toml, or else the bundled Docker Registry HTTP API V2."""
"""What every command says about its argument."""


class _Command(click.Command):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"epilog": API, **options})


class Make(_Command):
    """A command that makes files from a description."""


class Check(_Command):
    """A command that judges a description."""


class Look(_Command):
    """A command that shows what a description says."""


SECTIONS = {"Make": Make, "Check": Check, "Look": Look}
"""The headings of the list of commands, in order, and the commands under each."""


class ReaderGoneError(Exception):
    """What reads our output has closed it, as `head` does."""


class Commands(click.Group):
    """Finds commands by the names of the modules in `routebook/cli/commands`.

    A name that Python has for itself ends there in an underscore: `import_`.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; raises `ReaderGoneError` where click would exit with 1."""
        try:
            result: object = super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names of all commands, sorted."""
        folder = Path(__file__).parent / "commands"
        return sorted(file.stem.rstrip("_") for file in folder.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None when there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"routebook.cli.commands.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; suggests the nearest for a wrong one."""
        from routebook.nearest import hint

        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            raise click.UsageError(f"No command {args[0]!r}: {hint(args[0], names)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings."""
        commands = [(n, c) for n in self.list_commands(ctx) if (c := self.get_command(ctx, n))]
        for section, kind in SECTIONS.items():
            rows = [(n, c.get_short_help_str(80)) for n, c in commands if isinstance(c, kind)]
            with formatter.section(section):
                formatter.write_dl(rows, col_spacing=3)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"""{API}

Exit codes: 0 all is well, 1 there are findings, 2 wrong use or unreadable input.""",
)
@click.version_option(__version__, prog_name="routebook", message="%(prog)s %(version)s")
@quiet_option
def command() -> None:
    """Describe an HTTP API once, and make everything else from the description."""
