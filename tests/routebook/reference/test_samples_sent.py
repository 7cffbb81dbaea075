"""Samples of requests in every language compile, and send what is described."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
import sample_api
from sample_runs import Recorded, samples, sent

import registry_api.v2
from routebook import APIDescriptor
from routebook.languages import LANGUAGES
from routebook.router import Router
from routebook.views.ids import slug
from support import require, run

if TYPE_CHECKING:
    from conftest import Golden

GOLDEN = Path(__file__).parent / "golden"
APIS: Mapping[str, APIDescriptor] = {"registry": registry_api.v2.API, "ferries": sample_api.API}
MANIFEST = next(
    method.requests[0].body
    for route in registry_api.v2.API.routes
    for method in route.methods
    if route.name == "manifest" and method.method == "PUT"
)
UNSENDABLE = {
    "javascript": {"op-auth-certificate-get", "op-auth-digest-get", "op-json-of-a-get-get"},
    "go": {"op-auth-digest-get"},
}
"""What a language cannot send with what comes with it."""


@cache
def records(name: str, language: str, folder: Path) -> dict[str, list[Recorded]]:
    assert MANIFEST is not None
    manifest = json.dumps(MANIFEST.content[0].examples[0].value).encode()
    files = {"manifest.json": manifest, "json-patch.json": '{"name": "Sør"}'.encode()}
    return sent(APIS[name], language, folder, files)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Path]:
    return {
        (name, language): tmp_path_factory.mktemp(f"{name}-{language}")
        for name in APIS
        for language in LANGUAGES
    }


def told(found: Mapping[str, list[Recorded]]) -> dict[str, str]:
    """What was sent, as texts."""
    return {name: "\n".join(map(str, requests)) for name, requests in sorted(found.items())}


@pytest.mark.parametrize("language", sorted(LANGUAGES, key="python".__ne__))
@pytest.mark.parametrize("name", APIS)
def test_samples_send_what_is_described(
    name: str, language: str, folders: Mapping[tuple[str, str], Path], golden: Golden
) -> None:
    """The golden file says it once for all languages, but for what one of them cannot send."""
    found = told(records(name, language, folders[name, language]))
    if language == "python":
        text = "\n\n".join(f"## {key}\n{value}" for key, value in found.items())
        golden(GOLDEN / f"requests-{name}.txt", f"{text}\n")
        return
    sections = (GOLDEN / f"requests-{name}.txt").read_text("utf-8").rstrip("\n").split("\n\n## ")
    wanted = dict(section.removeprefix("## ").split("\n", 1) for section in sections)
    for key in UNSENDABLE.get(language, set()):
        wanted.pop(key, None)
    assert found == wanted


def test_requests_of_the_registry_lead_to_the_routes_of_their_samples(
    folders: Mapping[tuple[str, str], Path],
) -> None:
    router = Router(registry_api.v2.API)
    found = records("registry", "python", folders["registry", "python"])
    assert len(found) == sum(
        len(method.requests) for route in registry_api.v2.API.routes for method in route.methods
    )
    for name, (request,) in found.items():
        path, _, query = request.target.partition("?")
        match = router.match(path)
        assert match is not None
        assert name.startswith(f"op-{match.route.name}-{request.method.lower()}")
        examples = {
            parameter.name: parameter.examples[0]
            for method in match.route.methods
            for variant in method.requests
            for parameter in variant.path_parameters
        }
        assert match.values == examples
        method = next(one for one in match.route.methods if one.method == request.method)
        variant = next(
            one
            for one in method.requests
            if len(method.requests) == 1 or slug(one.name) == name.split("--")[-1]
        )
        asked = {one.name for one in variant.query_parameters if one.required}
        assert asked <= {key for key, _ in parse_qsl(query)}
        asked = {one.name.lower() for one in variant.headers if one.required}
        assert asked <= {key for key, _ in request.headers}
        assert bool(request.body) == (variant.body is not None)


@pytest.mark.parametrize("name", APIS)
def test_python_samples_are_formatted(name: str, tmp_path: Path) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    require("ruff", ruff.is_file())
    for key, text in samples(APIS[name], "python").items():
        (tmp_path / f"{key}.py").write_text(f"{text}\n", encoding="utf-8")
    options = ("--isolated", "--no-cache", "--target-version", "py311")
    done = run(ruff, "format", "--diff", *options, ".", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    rules = ("--select", "E4,E7,E9,F,I,B,UP", "--config", "lint.isort.known-third-party=['httpx']")
    done = run(ruff, "check", *options, *rules, ".", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", APIS)
def test_go_samples_are_formatted(name: str, tmp_path: Path) -> None:
    require("go", shutil.which("gofmt"))
    for key, text in samples(APIS[name], "go").items():
        (tmp_path / f"{key}.go").write_text(f"{text}\n", encoding="utf-8")
    done = run("gofmt", "-d", ".", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
