"""What the plugin says of descriptions that it cannot show."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mkdocs_sites import DESCRIPTION, Site, refused
from support import run


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"api": "nothing.py"}, "nothing.py: there is no such file"),
        ({"api": "things.py:APY"}, "did you mean 'API'?"),
        ({"api": "nowhere.at.all:API"}, "there is no module 'nowhere'"),
    ],
)
def test_a_description_that_cannot_be_loaded_is_told(
    site: Site, caplog: pytest.LogCaptureFixture, change: dict[str, str], said: str
) -> None:
    assert said in refused(site(change), caplog)


def test_all_errors_of_a_description_are_told_with_their_places(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = site({})
    wrong = DESCRIPTION.replace("status_code=200", "status_code=42").replace("/things", "/{id}")
    (tmp_path / "things.py").write_text(wrong, encoding="utf-8")
    said = refused(file, caplog)
    assert "thing.GET" in said
    assert "42" in said
    assert "id" in said


def test_a_person_sees_no_traceback(site: Site) -> None:
    file = site({"api": "nothing.py"})
    done = run(
        sys.executable, "-m", "mkdocs", "build", "-f", file, env={"NO_MKDOCS_2_WARNING": "1"}
    )
    assert done.returncode == 1
    assert "nothing.py: there is no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_document_that_cannot_be_read_is_told(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "things.yaml").write_text("openapi: 3.1.0\npaths: 7\n", encoding="utf-8")
    assert "things.yaml" in refused(site({"api": "things.yaml"}), caplog)
