"""`serve`."""

from __future__ import annotations

import io
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from mkdocs.__main__ import cli as mkdocs_command

from cli_support import CLI
from routebook.loading import load


@pytest.fixture
def address() -> str:
    """A free address on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def server(shop: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "routebook", "serve", "shop.py", "--address", address],
        cwd=shop,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)


def read(address: str, path: str, wanted: str) -> str:
    """A page, once it says what is wanted."""
    text = ""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{address}/{path}", timeout=60) as answer:
                text = answer.read().decode()
        except OSError:
            text = ""
        if wanted in text:
            return text
        time.sleep(0.2)
    pytest.fail(f"{path} never said {wanted!r}: {text[:500]}")


def test_a_preview_follows_edits_and_ends_quietly(
    server: subprocess.Popen[str], shop: Path, address: str
) -> None:
    home = read(address, "", "Bookshop")
    assert re.search(r'href="reference/', home)
    read(address, "reference/routes/book/", "Fetch a book")
    assert "getBook" in read(address, "openapi.yaml", "openapi:")
    text = (shop / "shop.py").read_text()
    (shop / "shop.py").write_text(text.replace("Fetch a book", "Borrow a book"))
    read(address, "reference/routes/book/", "Borrow a book")
    server.send_signal(signal.SIGINT)
    out, _ = server.communicate(timeout=30)
    assert server.returncode == 0, out
    assert "Traceback" not in out


@pytest.mark.parametrize("name", ["pets.yaml", "-", "shop.py"])
def test_the_preview_reads_the_api_from_any_folder(
    cli: CLI, shop: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """MkDocs is given a configuration with which it builds the site, wherever it is run."""
    text = "openapi: 3.1.0\ninfo: {title: Bookshop, version: '1'}\npaths: {/pets: {get: {}}}\n"
    (shop / "pets.yaml").write_text(text)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    built: list[str] = []

    def main(arguments: list[str], **_: object) -> None:
        file = Path(arguments[arguments.index("--config-file") + 1])
        built.append(yaml.safe_load(file.read_text())["plugins"][1]["routebook"]["api"])
        monkeypatch.chdir(shop.parent)
        assert load(built[0]).title == "Bookshop"

    monkeypatch.setattr(mkdocs_command, "main", main)
    assert cli("serve", name).code == 0
    assert Path(built[0]).is_absolute()


def test_an_address_in_use_is_told(cli: CLI, shop: Path, address: str) -> None:
    assert shop.is_dir()
    host, _, port = address.partition(":")
    with socket.socket() as taken:
        taken.bind((host, int(port)))
        taken.listen()
        result = cli("serve", "shop.py", "--address", address)
    assert result.code == 2
    assert f"error: {address}: Address already in use\n  choose another port" in result.err


@pytest.mark.parametrize("wrong", ["8000", "localhost:", "host.example:80", "127.0.0.1:65536"])
def test_what_is_no_address_is_told_before_anything_is_read(cli: CLI, wrong: str) -> None:
    result = cli("serve", "nothing.yaml", "--address", wrong)
    assert result.code == 2
    assert f"'--address': {wrong!r} is no HOST:PORT such as" in result.err


def test_without_mkdocs_it_says_what_to_install(
    cli: CLI, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shop.is_dir()
    monkeypatch.setitem(sys.modules, "material", None)
    result = cli("serve", "shop.py")
    assert result.code == 2
    assert "pip install 'routebook[site]'" in result.err
