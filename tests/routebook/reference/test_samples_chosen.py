"""The languages of samples are chosen by code, command, configuration or plugin."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import descriptions
from cli_support import SHOP
from routebook import RoutebookError
from routebook.cli import run
from routebook.configuration import find
from routebook.emit.markdown import pages, single_page
from routebook.languages import LANGUAGES, MANY, TITLES, USUAL, checked, usual
from routebook.views import reference, requests
from support import ROOT

API = descriptions.one()

TOLD = {
    "js": "did you mean 'javascript'?",
    "Golang": "did you mean 'go'?",
    "pyhton": "did you mean 'python'?",
    "Curl": "did you mean 'curl'?",
    "cobol": "known are: curl, python, javascript, go",
}


def test_each_language_has_a_module_and_a_title() -> None:
    assert tuple(requests.WRITERS) == LANGUAGES == tuple(TITLES)
    modules = {module.name for module in pkgutil.iter_modules(requests.__path__)}
    assert set(LANGUAGES) <= modules
    for name in LANGUAGES:
        module = importlib.import_module(f"routebook.views.requests.{name}")
        assert requests.WRITERS[name] is module.write


@pytest.mark.parametrize(("name", "hint"), TOLD.items())
def test_an_unknown_language_is_told_with_what_was_meant(name: str, hint: str) -> None:
    for attempt in (checked, lambda names: reference(API, names)):
        with pytest.raises(RoutebookError, match=f"there is no language '{name}'") as raised:
            attempt(("curl", name))
        assert raised.value.hint == hint


def test_samples_come_in_the_order_in_which_they_are_asked_for_each_once() -> None:
    variant = reference(API, ("go", "curl", "go")).routes[0].operations[0].variants[0]
    assert [sample.title for sample in variant.samples] == ["Go", "curl"]
    assert [sample.language for sample in variant.samples] == ["go", "sh"]


def test_without_a_choice_there_is_curl() -> None:
    assert pages(API) == pages(API, samples=("curl",)) == pages(API, samples=USUAL)
    assert "```go" in single_page(API, samples=("go",))
    assert "```sh" not in single_page(API, samples=())


def test_a_site_of_many_operations_has_curl_alone() -> None:
    assert usual(MANY) == LANGUAGES
    assert usual(MANY + 1) == USUAL


def test_command_and_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.py").write_text(SHOP)
    (tmp_path / "pyproject.toml").write_text('[tool.routebook]\nsamples = ["python", "go"]\n')
    assert find(tmp_path).samples == ("python", "go")
    assert run(("reference", "shop.py", "--single-page", "-")) == 0
    configured = capsys.readouterr().out
    assert "import httpx" in configured
    assert "package main" in configured
    assert "curl " not in configured
    assert run(("reference", "shop.py", "--single-page", "-", "--samples", "curl, javascript")) == 0
    asked = capsys.readouterr().out
    assert "await fetch(" in asked
    assert "curl " in asked
    assert "import httpx" not in asked
    assert run(("build", "shop.py", "--samples", "go", "-q", "-o", "out")) == 0
    assert "package main" in (tmp_path / "out" / "api.md").read_text("utf-8")


@pytest.mark.parametrize(("name", "hint"), TOLD.items())
def test_mistakes_of_command_and_configuration_are_told(
    name: str,
    hint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.py").write_text(SHOP)
    assert run(("reference", "shop.py", "-o", "out", "--samples", f"curl,{name}")) == 2
    assert hint in capsys.readouterr().err
    (tmp_path / "pyproject.toml").write_text(f'[tool.routebook]\nsamples = ["{name}"]\n')
    assert run(("reference", "shop.py", "-o", "out")) == 2
    told = capsys.readouterr().err
    assert "pyproject.toml: [tool.routebook]: samples: there is no language" in told
    assert hint in told


def test_documentation_names_the_languages_and_the_number_of_operations() -> None:
    guide = (ROOT / "site" / "docs" / "guides" / "describe-your-api.md").read_text("utf-8")
    assert str(MANY) in guide
    assert all(name in guide for name in LANGUAGES)
