"""Debian's docker-registry, started on loopback for the tests of the guides."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("docker-registry")
"""Where it is, if it is."""


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        # The URL is one of this module's own, on loopback.
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


@contextmanager
def registry(folder: Path, auth: Mapping[str, Any] | None = None) -> Iterator[str]:
    """A running registry with its storage in `folder`; gives its root URL."""
    port = free_port()
    config = {
        "version": 0.1,
        "log": {"level": "error"},
        "storage": {
            "filesystem": {"rootdirectory": str(folder / "data")},
            "delete": {"enabled": True},
            "maintenance": {"uploadpurging": {"enabled": False}},
        },
        "http": {"addr": f"127.0.0.1:{port}", "secret": "tests"},
        **({"auth": auth} if auth else {}),
    }
    file = folder / "config.yml"
    file.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML.
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [PROGRAM or "docker-registry", "serve", str(file)], stdout=log, stderr=log
        )
        try:
            root = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 20
            while not _answers(f"{root}/v2/"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((folder / "log.txt").read_text("utf-8"))
                time.sleep(0.05)
            yield root
        finally:
            process.terminate()
            process.wait(timeout=20)
