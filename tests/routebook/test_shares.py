from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import pytest

from routebook import shares

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)


def test_each_part_is_done_once_and_they_come_in_order() -> None:
    def work(part: int) -> Any:
        time.sleep(0.02)
        return [("é", part, os.getpid())]

    outcomes = shares.shared(work, 12, 3)
    assert [(text, number) for [(text, number, _)] in outcomes] == [("é", n) for n in range(12)]
    assert len({pid for [(_, _, pid)] in outcomes}) > 1


def test_a_system_without_copies_does_all_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert shares.processes() == 1
    assert shares.shared(lambda part: [part], 9, 3) == [[part] for part in range(9)]


def test_a_system_that_refuses_copies_does_all_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    ours = os.dup(0)
    os.close(ours)  # the lowest number that is free
    assert shares.shared(lambda part: [part], 9, 3) == [[part] for part in range(9)]
    assert os.dup(0) == ours
    os.close(ours)


@pytest.mark.parametrize(("parts", "among"), [(9, 1), (2, 3), (0, 3), (1, 1)])
def test_few_parts_are_done_here(parts: int, among: int) -> None:
    assert shares.shared(lambda _: os.getpid(), parts, among) == [os.getpid()] * parts


def test_more_than_a_pipe_holds() -> None:
    found = shares.shared(lambda part: "x" * (part << 16), 9, 3)
    assert [len(text) >> 16 for text in found] == list(range(9))


def test_as_many_parts_as_there_may_be() -> None:
    assert shares.shared(lambda part: part, 256, 3) == list(range(256))


@pytest.mark.parametrize("bad", range(9))
def test_an_error_of_a_part_is_raised(bad: int) -> None:
    def work(part: int) -> None:
        if part == bad:
            raise LookupError("bad")

    with pytest.raises(LookupError, match="bad"):
        shares.shared(work, 9, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_error_ends_the_copies() -> None:
    first = os.getpid()

    def work(_: int) -> None:
        if os.getpid() != first:
            signal.pause()
        raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        shares.shared(work, 9, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_a_copy_leaves_undone_is_done() -> None:
    first = os.getpid()

    def work(part: int) -> int:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.02)
        return part

    assert shares.shared(work, 9, 3) == list(range(9))


def test_a_process_with_threads_is_not_copied() -> None:
    assert shares.processes() == 3
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert shares.processes() == 1
    done.set()
    thread.join()


def test_parts_learn_of_one_another_between_two_stages() -> None:
    def begin(part: int) -> tuple[int, int]:
        time.sleep(0.01)
        return os.getpid(), part

    def finish(begun: int, told: list[int]) -> tuple[bool, list[int]]:
        return begun == os.getpid(), told

    assert shares.exchanged(begin, finish, 12, 3) == [(True, list(range(12)))] * 12


@pytest.mark.parametrize("stage", [0, 1])
def test_what_a_copy_leaves_undone_in_either_stage_is_done(stage: int) -> None:
    first = os.getpid()

    def fail(now: int) -> None:
        if os.getpid() != first and now == stage:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)

    def begin(part: int) -> tuple[int, str]:
        fail(0)
        return part, "x" * 100_000

    def finish(part: int, told: list[str]) -> tuple[int, int]:
        fail(1)
        return part, len("".join(told))

    outcomes = shares.exchanged(begin, finish, 9, 3)
    assert outcomes == [(part, 900_000) for part in range(9)]


def test_an_error_of_the_second_stage_is_raised() -> None:
    def finish(part: int, _: list[None]) -> None:
        if part == 4:
            raise LookupError("late")

    with pytest.raises(LookupError, match="late"):
        shares.exchanged(lambda part: (part, None), finish, 9, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_copy_works_meanwhile() -> None:
    outcome = shares.Meanwhile(lambda: (os.getpid(), "x" * 200_000))
    pid, text = outcome()
    assert pid != os.getpid()
    assert len(text) == 200_000
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_a_copy_cannot_do_meanwhile_is_done_here() -> None:
    first = os.getpid()

    def work() -> int:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert shares.Meanwhile(work)() == first


def test_without_copies_nothing_is_done_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert shares.Meanwhile(os.getpid)() == os.getpid()
