"""What a guide says, as steps: files to write, commands to run, output to expect.

In a guide every `sh` block is run, all of them in one bash, in order. The `text`, `json`
or `http` block right after it shows what it prints. A block with `title="NAME"` is a file
of that name. Other blocks are for the eye. In expected output `...` stands for anything,
as in a doctest, and the addresses of the guides stand for those of the run.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w-]+)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
OUTPUT = {"text", "json", "http"}
MARK = "\x1e"  # Separates the output of one block from that of the next.


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A block that is run, or a file that is written."""

    line: int
    """Where it begins in the guide, from 1."""
    text: str
    """The commands, or the contents."""
    file: str = ""
    """The file to write; empty for commands."""
    expected: str | None = None
    """What the commands print; None when the guide does not show it."""


def steps(guide: str) -> tuple[Step, ...]:
    """The steps of a guide, in order."""
    blocks = list(FENCE.finditer(guide))
    found = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        line = guide.count("\n", 0, block.start()) + 1
        title = re.search(r'title="([^"]+)"', block["info"])
        text = textwrap.dedent(block["text"])
        if title:
            found.append(Step(line=line, text=text, file=title[1]))
        elif block["language"] == "sh":
            follows = after and not guide[block.end() : after.start()].strip()
            shown = after if follows and after and after["language"] in OUTPUT else None
            expected = textwrap.dedent(shown["text"]) if shown else None
            found.append(Step(line=line, text=text, expected=expected))
    return tuple(found)


def matches(expected: str, printed: str) -> bool:
    """Whether a printed text is the expected one, where `...` stands for anything."""
    wanted = ".*".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(wanted, printed.strip(), re.DOTALL) is not None


def _script(todo: tuple[Step, ...]) -> str:
    lines = ["set -euo pipefail"]
    for number, step in enumerate(todo):
        lines.append(f"printf '{MARK}{number}{MARK}'")
        if step.file:
            delimiter = "END_OF_THE_FILE_OF_A_GUIDE"
            lines.append(f"cat > '{step.file}' <<'{delimiter}'\n{step.text}{delimiter}")
        else:
            lines.append(step.text)
    return "\n".join(lines)


def run(todo: tuple[Step, ...], folder: Path, env: Mapping[str, str]) -> dict[int, str]:
    """Run all steps in one bash in `folder`; give what each printed, by the step's number.

    Raises AssertionError, with the line of the guide, when a command fails.
    """
    inherited = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    script, out, err = folder / ".guide.sh", folder / ".guide.out", folder / ".guide.err"
    script.write_text(_script(todo), encoding="utf-8")
    # Files, not pipes: a server that a guide leaves running would keep a pipe open.
    with out.open("wb") as stdout, err.open("wb") as stderr:
        bash = subprocess.Popen(
            ["bash", script.name],
            cwd=folder,
            env={**inherited, **env},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        try:
            code = bash.wait(timeout=60)
        finally:
            _end_session(bash)
    text = out.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    parts = text.split(MARK)[1:]
    printed = {int(n): part for n, part in zip(parts[::2], parts[1::2], strict=True)}
    if code:
        last = todo[max(printed)]
        raise AssertionError(
            f"line {last.line}: exit code {code} from\n{last.text}\n"
            f"{printed[max(printed)]}\n{err.read_text('utf-8')}"
        )
    return printed


def _end_session(leader: subprocess.Popen[bytes]) -> None:
    """End everything that a guide started and left running."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGTERM)
    leader.wait()
