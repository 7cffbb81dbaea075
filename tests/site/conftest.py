"""The site, built once for a whole run, and a browser that looks at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from peers import browser as chromium
from peers.site_build import Built, build_once
from support import ROOT, require

AXE = ROOT / "build" / "site-tests" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site from a strict build; the workers of one run share it."""
    return build_once(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def window(built: Built) -> Iterator[chromium.Browser]:
    """One Chromium for all tests of a worker, with the site behind it."""
    require("chromium", chromium.CHROMIUM and chromium.CHROMEDRIVER)
    assert built.code == 0, built.log
    with chromium.served(built.folder) as port, chromium.browser(port) as browser:
        yield browser


@pytest.fixture
def page(window: chromium.Browser) -> Iterator[chromium.Browser]:
    """The browser, as on a desk and in daylight; complains about what pages did."""
    window.prefer("light")
    window.size(1440, 900)
    window.errors()
    window.foreign_requests()
    yield window
    assert window.errors() == []
    assert window.foreign_requests() == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from tests/site/install.sh."""
    require("axe-core", AXE.is_file(), "run tests/site/install.sh")
    return AXE.read_text(encoding="utf-8")
