from __future__ import annotations

import os
import signal
import threading
from typing import Any

import pytest

from routebook.emit import shares

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def test_each_share_is_done_and_they_come_in_order() -> None:
    outcomes = shares.shared(lambda share: [("é", share, os.getpid())], 3)
    assert [(text, number) for [(text, number, _)] in outcomes] == [("é", 0), ("é", 1), ("é", 2)]
    assert len({pid for [(_, _, pid)] in outcomes}) == 3
    assert outcomes[0][0][2] == os.getpid()


def test_one_share_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert shares.shared(lambda share: [share], 1) == [[0]]
    assert shares.processes() == 1


def test_more_than_a_pipe_holds() -> None:
    assert [len(text) for text in shares.shared(lambda share: "x" * (share << 20), 3)] == [
        0,
        1 << 20,
        2 << 20,
    ]


def test_an_error_of_a_share_is_raised() -> None:
    def work(share: int) -> None:
        if share == 1:
            raise LookupError("the second")

    with pytest.raises(LookupError, match="the second"):
        shares.shared(work, 3)


def test_an_error_of_the_first_share_ends_the_others() -> None:
    def work(share: int) -> None:
        if share:
            signal.pause()
        raise LookupError("the first")

    with pytest.raises(LookupError, match="the first"):
        shares.shared(work, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_share_whose_process_is_killed_is_done_again() -> None:
    first = os.getpid()

    def work(share: int) -> Any:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return [share, os.getpid()]

    assert shares.shared(work, 2) == [[0, first], [1, first]]


def test_a_process_with_threads_is_not_copied() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert shares.processes() == 1
    done.set()
    thread.join()
