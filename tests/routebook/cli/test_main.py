"""The program as a whole: names, help, exit codes, streams, signals."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

import support
from cli_support import CLI, Result
from routebook import cli as program
from routebook.cli.group import SECTIONS, command
from support import ROOT

COMMANDS = (
    "build",
    "changelog",
    "check",
    "diff",
    "errors",
    "explain",
    "import",
    "init",
    "openapi",
    "reference",
    "routes",
    "serve",
)


def test_version(cli: CLI) -> None:
    assert cli("--version") == Result(0, "routebook 0.1.0\n", "")


def test_every_command_is_in_the_help_once_under_a_heading(cli: CLI) -> None:
    result = cli("--help")
    assert result.code == 0
    assert tuple(command.list_commands(click.Context(command))) == COMMANDS
    for name in COMMANDS:
        assert sum(line.startswith(f"  {name} ") for line in result.out.splitlines()) == 1
    for section in SECTIONS:
        assert f"{section}:\n" in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_fits_eighty_columns_and_explains_every_option(
    cli: CLI, name: str
) -> None:
    result = cli(name, "--help")
    assert result.code == 0
    assert max(map(len, result.out.splitlines())) <= 80
    assert "\\b" not in result.out
    takes_api = "[API]" in result.out
    assert takes_api == ("API is an OpenAPI or Swagger document" in result.out)
    found = command.get_command(click.Context(command), name)
    assert found is not None
    assert found.help
    for option in found.params:
        assert isinstance(option, click.Argument) or getattr(option, "help", None)


def test_nothing_loads_before_it_is_needed() -> None:
    code = (
        "import sys; from routebook.cli import run; run(['--version']);"
        "print([m for m in ('jinja2', 'yaml', 'pydantic', 'mkdocs', 'routebook.descriptors',"
        "'registry_api', 'routebook.cli.commands.build') if m in sys.modules])"
    )
    assert support.run(sys.executable, "-c", code).stdout == "routebook 0.1.0\n[]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["opnapi"], "No command 'opnapi': did you mean 'openapi'?"),
        (["openapi", "--forma", "json"], "--format"),
        (["openapi", "--format", "xml"], "'xml' is not one of 'yaml', 'json'"),
        (["openapi", "--openapi-version", "2.0"], "'2.0' is not one of"),
        (["openapi", "a", "b"], "unexpected extra argument"),
        (["reference"], "Say where to"),
        (["routes", "registry-v3"], "did you mean 'registry-v2'?"),
        (["routes", "registry_api.v2:APY"], "did you mean 'API'?"),
        (["routes", "registry-v3"], "'registry-v2'?\n  write package.module:NAME"),
        (["routes", "nowhere.py"], "nowhere.py: there is no such file"),
        (["routes", str(ROOT / "LICENSE")], "LICENSE: the name does not say what it is"),
    ],
)
def test_wrong_use_is_told_on_stderr_with_a_next_step(
    cli: CLI, arguments: list[str], message: str
) -> None:
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "Traceback" not in result.err


def test_a_failing_description_is_told_with_its_line(cli: CLI, shop: Path) -> None:
    (shop / "shop.py").write_text("import routebook\n\n1 / 0\n")
    result = cli("routes", "shop.py")
    assert result.code == 2
    assert result.err.startswith("error: shop.py:3: ZeroDivisionError: division by zero\n")


def test_a_wrong_configuration_is_told(cli: CLI, shop: Path) -> None:
    (shop / "pyproject.toml").write_text("[tool.routebook]\napy = 'shop.py'\n")
    result = cli("routes")
    assert result.code == 2
    assert "there is no key 'apy'\n  did you mean 'api'?" in result.err


def test_the_configured_api_is_the_default_also_from_a_folder_below(
    cli: CLI, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "pyproject.toml").write_text("[tool.routebook]\napi = 'shop.py'\n")
    (shop / "below").mkdir()
    monkeypatch.chdir(shop / "below")
    assert "getBook" in cli("routes").out
    assert "getBook" in cli("routes", "../shop.py").out


def test_without_any_api_it_is_the_bundled_one(cli: CLI, shop: Path) -> None:
    assert shop.is_dir()
    assert "startBlobUpload" in cli("routes").out


def test_an_internal_error_is_short_and_says_how_to_report_it(
    cli: CLI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError("\x1b[2Joops")

    monkeypatch.setattr("routebook.cli.commands.routes.open_project", fail)
    result = cli("routes")
    assert result.code == 2
    assert "routebook failed: LookupError: \\x1b[2Joops" in result.err
    assert "please report it" in result.err
    assert "Traceback" not in result.err
    monkeypatch.setenv("ROUTEBOOK_DEBUG", "1")
    assert "Traceback" in cli("routes").err


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
        (RecursionError("deep"), 2, "nested too deeply"),
        (PermissionError(13, "Permission denied", "x/y"), 2, "x/y: Permission denied"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
    ],
)
def test_how_other_errors_end(
    cli: CLI, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("routebook.cli.commands.routes.open_project", fail)
    monkeypatch.setattr("routebook.cli.failures._close_stdout", lambda: None)
    result = cli("routes")
    assert result.code == code
    assert message in result.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "routebook", "routes", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 141
    assert err == b""


def test_an_interrupt_ends_quietly(shop: Path) -> None:
    (shop / "slow.py").write_text("print('ready', flush=True)\nimport time\ntime.sleep(60)\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "routebook", "routes", "slow.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=shop,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"  # a description prints to stderr
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().split() == ["Interrupted."]


def terminal(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What a command writes to a terminal, stdout and stderr as they come."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "routebook", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env={**os.environ, "TERM": "xterm", **(env or {})},
    )
    os.close(theirs)
    written = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    process.wait(timeout=60)
    return written.decode()


def test_colour_and_progress_are_for_terminals(shop: Path, cli: CLI) -> None:
    assert "\x1b" not in cli("routes", "shop.py").out
    assert "\x1b[1mMETHOD" in terminal("routes", "shop.py", cwd=shop)
    shown = terminal("check", "shop.py", cwd=shop)
    assert "Checking the description…" in shown
    assert "Validating as OpenAPI 3.1…" in shown
    assert "\x1b" not in terminal("routes", "shop.py", cwd=shop, env={"NO_COLOR": "1"})
    quiet = terminal("check", "shop.py", "--quiet", cwd=shop)
    assert quiet == ""


def test_a_narrow_terminal_cuts_the_last_column(shop: Path) -> None:
    shown = terminal("routes", "shop.py", cwd=shop, env={"COLUMNS": "52", "NO_COLOR": "1"})
    assert max(len(line) for line in shown.splitlines()) <= 52
    assert "…" in shown


def test_any_encoding_of_the_terminal_will_do(shop: Path) -> None:
    text = (shop / "shop.py").read_text().replace("Fetch a book", "Fetch a book →")
    (shop / "shop.py").write_text(text, encoding="utf-8")
    env = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    result = support.routebook("routes", "shop.py", cwd=shop, env=env)
    assert result.returncode == 0
    assert "Fetch a book \\u2192" in result.stdout
    document = support.routebook("openapi", "shop.py", cwd=shop, env=env)
    assert "Fetch a book →" in document.stdout


def test_completion_offers_commands_and_apis(shop: Path) -> None:
    def complete(words: str, count: int) -> list[str]:
        result = support.run(
            sys.executable,
            "-c",
            "from routebook.cli import main; main()",
            cwd=shop,
            env={
                "_ROUTEBOOK_COMPLETE": "bash_complete",
                "COMP_WORDS": words,
                "COMP_CWORD": str(count),
            },
        )
        return [line.partition(",")[2] for line in result.stdout.splitlines()]

    assert complete("routebook re", 1) == ["reference"]
    assert complete("routebook routes ", 2) == ["registry-v2", "shop.py"]
    assert complete("routebook routes sh", 2) == ["shop.py"]
    assert complete("routebook diff --only endpoint-a", 3) == ["endpoint-added"]
    source = support.run(
        sys.executable,
        "-c",
        "from routebook.cli import main; main()",
        env={"_ROUTEBOOK_COMPLETE": "zsh_source"},
    )
    assert "#compdef routebook" in source.stdout


def test_the_module_is_the_program(shop: Path) -> None:
    result = support.routebook("routes", "shop.py", "--format", "json", cwd=shop)
    assert json.loads(result.stdout)["routes"][0]["operation_id"] == "getBook"
    assert callable(program.main)
