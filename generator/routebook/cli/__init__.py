"""The command line: `routebook`, with a module for each command in `routebook.cli.commands`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from routebook.cli.group import command


def main() -> None:
    """Run the command with this process's arguments, and exit with its code."""
    gc.disable()  # a command makes much, drops nothing and ends; `serve` turns it on again
    code = run(sys.argv[1:])
    gc.freeze()  # nor is anything worth collecting when Python shuts down
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command with `arguments`; returns the exit code, whatever happens.

    0 is success, 1 findings, 2 wrong use or unreadable input; 130 is an interrupt, 141 a
    reader of our output that went away.
    """
    from routebook.cli import console

    console.prepare()
    try:
        code = command.main(
            list(arguments),
            prog_name="routebook",
            standalone_mode=False,
            color=console.color(),
        )
        sys.stdout.flush()
    # whatever it is, the user gets words and an exit code, not a traceback
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001
        from routebook.cli.failures import tell

        return tell(error)
    return code if isinstance(code, int) else 0
