"""Debian's Chromium, headless, on a folder that is served on loopback."""

from __future__ import annotations

import functools
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")

HOST = "docs.localhost"
"""The site's own host: the same whatever port it is served on, and a secure origin."""
ORIGIN = f"http://{HOST}/"

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--hide-scrollbars",
)


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the browser's log has it."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a folder on 127.0.0.1; gives the port."""
    handler = functools.partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class Browser:
    """A window, what it asked for, and what it complained about."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def size(self, width: int, height: int, *, mobile: bool = False) -> None:
        """Make the viewport exactly this big, in CSS pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, scheme: str) -> None:
        """Make the system's colour scheme `light` or `dark`, and forget any choice made."""
        self.driver.get("about:blank")
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        self.driver.execute_cdp_cmd(
            "Storage.clearDataForOrigin",
            {"origin": ORIGIN.rstrip("/"), "storageTypes": "local_storage"},
        )

    def open(self, path: str) -> None:
        """Open a page of the site, cold: never by a jump inside the page that is open."""
        self.driver.get("about:blank")
        self.driver.get(ORIGIN + path)

    def run(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript in the page and give what it returns."""
        return self.driver.execute_script(script, *arguments)

    def run_async(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript that ends with a call of its last argument; give that value."""
        return self.driver.execute_async_script(script, *arguments)

    def _log(self, kind: str) -> list[dict[str, Any]]:
        # Selenium ships no types for this method.
        entries: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]
        return entries

    def errors(self) -> list[str]:
        """What the console said at level SEVERE or WARNING since the last call."""
        entries = self._log("browser")
        return [entry["message"] for entry in entries if entry["level"] in {"SEVERE", "WARNING"}]

    def foreign_requests(self) -> list[str]:
        """The URLs that pages asked other hosts for since the last call."""
        found = []
        for entry in self._log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                parts = urlsplit(url)
                if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != HOST:
                    found.append(url)
        return found


@contextmanager
def browser(port: int) -> Iterator[Browser]:
    """A headless Chromium for which the site's host is 127.0.0.1:`port`, and no other exists."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM or "chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    rules = f"MAP {HOST} 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    options.add_argument(f"--host-resolver-rules={rules}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(CHROMEDRIVER or "chromedriver"))
    try:
        driver.set_script_timeout(30)
        driver.set_page_load_timeout(30)
        yield Browser(driver)
    finally:
        driver.quit()
