"""Nothing of a revision's checkout is left, however the process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from routebook.cli.signals import tidy
from routebook.loading import load
from support import run

SLOW = """\
import os, pathlib, time
if not (pathlib.Path.cwd() / "at-once").exists():
    (pathlib.Path.cwd() / "started").touch()
    time.sleep(60)
from routebook import APIDescriptor
API = APIDescriptor(title="T", version="1")
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a description that takes its time, and an empty folder for temporaries."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.chdir(folder)
    (folder / "slow.py").write_text(SLOW)
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "Old"),
    ):
        assert run("git", *arguments).returncode == 0
    return folder


HEEDING = """\
import os, signal, sys
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Runs Python so that it heeds signals, which `nohup` and jobs in the background ignore."""


def start(repository: Path) -> subprocess.Popen[bytes]:
    """Start a comparison, and wait until the description runs."""
    command = [sys.executable, "-c", HEEDING, "-m", "routebook", "diff", "main:slow.py"]
    process = subprocess.Popen(command, cwd=repository, stderr=subprocess.DEVNULL)
    while not (repository / "started").exists():
        assert process.poll() is None
        time.sleep(0.02)
    assert len(left(repository)) == 2
    return process


def end(process: subprocess.Popen[bytes], number: int) -> int:
    process.send_signal(number)
    try:
        return process.wait(30)
    finally:
        process.kill()


def left(repository: Path) -> list[str]:
    """The temporary folders, and the worktrees beside the repository's own."""
    listed = run("git", "worktree", "list", "--porcelain", cwd=repository).stdout
    trees = [line for line in listed.splitlines() if line.startswith("worktree ")][1:]
    return [*trees, *(path.name for path in (repository.parent / "temporary").iterdir())]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_nothing(repository: Path, name: str) -> None:
    number = signal.Signals[name]
    assert end(start(repository), number) == (130 if name == "SIGINT" else -number)
    assert left(repository) == []


def test_what_a_killed_process_left_is_taken_away_by_the_next(repository: Path) -> None:
    assert end(start(repository), signal.SIGKILL) == -signal.SIGKILL
    assert len(left(repository)) == 2
    (repository / "at-once").touch()
    assert load("main:slow.py").title == "T"
    assert left(repository) == []


def test_the_checkout_of_a_running_process_is_left_alone(repository: Path) -> None:
    other = start(repository)
    (repository / "at-once").touch()
    assert load("main:slow.py").title == "T"
    assert len(left(repository)) == 2
    end(other, signal.SIGTERM)
    assert left(repository) == []


def test_a_revision_is_whole_in_a_sparse_working_tree(repository: Path) -> None:
    (repository / "at-once").touch()
    (repository / "other").mkdir()
    (repository / "other" / "quick.py").write_text(SLOW)
    run("git", "add", "other")
    run("git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "New")
    assert run("git", "sparse-checkout", "set", "--no-cone", "/slow.py").returncode == 0
    assert not (repository / "other").exists()
    assert load("main:other/quick.py").title == "T"
    assert run("git", "sparse-checkout", "list").stdout == "/slow.py\n"
    assert not (repository / "other").exists()


@pytest.fixture
def _heeding() -> Iterator[None]:
    """SIGTERM as most processes have it, whoever started the tests."""
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("_heeding")
def test_handlers_are_put_back_and_ignored_signals_stay_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with tidy():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_heeding")
def test_other_threads_handle_no_signals() -> None:
    found: list[object] = []

    def inside() -> None:
        with tidy():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert found == [signal.SIG_DFL]
