"""Options and fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import Phase, settings

# A change is judged by the same examples each time; HYPOTHESIS_PROFILE=explore finds new ones.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
settings.register_profile("same", deadline=None, derandomize=True, database=None, phases=PHASES)
settings.register_profile("explore", deadline=None, phases=PHASES)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


class Golden(Protocol):
    """Compares a text with a golden file; see the fixture `golden`."""

    def __call__(self, path: Path, text: str) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew from what the code says now, and compare nothing",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a whole text with a golden file, or write the file with `--update-golden`."""
    update = request.config.getoption("--update-golden")

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), (
            f"no golden file {path}: run pytest with --update-golden, and read it"
        )
        assert text == path.read_text(encoding="utf-8")

    return compare
