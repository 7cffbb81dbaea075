"""Every command of every guide, run against a real registry, prints what the guide shows."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

from peers import guide_blocks, registries
from peers.token_service import token_service
from support import ROOT, require

GUIDES = ROOT / "site" / "docs" / "guides"
NAMES = sorted(path.stem for path in GUIDES.glob("*.md"))
OWN_REGISTRY = {"local-registry", "authenticate"}  # These guides start one themselves.
ADA = {"ada": ("difference engine", {"pull"}), "charles": ("analytical engine", {"pull", "push"})}
PROGRAMS = ("docker-registry", "curl", "jq", "skopeo", "htpasswd")


def _front_matter(name: str) -> dict[str, object]:
    front = (GUIDES / f"{name}.md").read_text(encoding="utf-8").split("---\n")[1]
    data: dict[str, object] = yaml.safe_load(front)
    return data


def _steps(name: str) -> tuple[guide_blocks.Step, ...]:
    return guide_blocks.steps((GUIDES / f"{name}.md").read_text(encoding="utf-8"))


def _seed(registry: str, folder: Path) -> None:
    """Push the image of the guide to a registry that asks for tokens."""
    image = folder / "image"
    image.mkdir()
    with ExitStack() as stack:
        source = stack.enter_context(registries.registry(image))
        guide_blocks.run(_steps("push-image"), image, {"REGISTRY": source})
        host = registry.removeprefix("http://")
        copy = (
            "skopeo copy --quiet --src-tls-verify=false --dest-tls-verify=false"
            " --dest-creds 'charles:analytical engine'"
            f" docker://{source.removeprefix('http://')}/demo/hello:1.0"
            f" docker://{host}/demo/hello:1.0"
        )
        guide_blocks.run((guide_blocks.Step(line=0, text=copy),), image, {})


@pytest.fixture
def environment(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The variables that a guide reads, and the addresses that it shows for the real ones."""
    for program in PROGRAMS:
        require(program, shutil.which(program))
    name: str = request.getfixturevalue("name")
    folder = tmp_path / "registry-of-the-test"
    folder.mkdir()
    with ExitStack() as stack:
        if name in OWN_REGISTRY:
            root = f"http://127.0.0.1:{registries.free_port()}"
        else:
            root = stack.enter_context(registries.registry(folder))
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        variables = {"REGISTRY": root, "PATH": path}
        shown = {root.removeprefix("http://"): "localhost:5000"}
        if name == "authenticate":
            host, auth = stack.enter_context(token_service(folder, ADA))
            trusting = stack.enter_context(registries.registry(folder, auth))
            _seed(trusting, folder)
            variables["TOKEN_REGISTRY"] = trusting
            shown[host] = "localhost:5001"
        yield variables, shown


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_does_what_it_says(
    name: str, environment: tuple[dict[str, str], dict[str, str]], tmp_path: Path
) -> None:
    variables, shown = environment
    work = tmp_path / "work"
    work.mkdir()
    needs = _front_matter(name).get("needs", [])
    assert isinstance(needs, list)
    before = tuple(step for need in needs for step in _steps(need))
    todo = before + _steps(name)
    assert len(todo) > len(before), "a guide without a command"
    printed = guide_blocks.run(todo, work, variables)
    wrong = []
    for number, step in enumerate(todo):
        text = printed[number]
        for real, example in shown.items():
            text = text.replace(real, example)
        if step.expected is not None and not guide_blocks.matches(step.expected, text):
            wrong.append(f"line {step.line} of {name}.md:\n{step.expected}\n--- printed:\n{text}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_introduces_itself(name: str) -> None:
    description = _front_matter(name).get("description")
    assert isinstance(description, str)
    assert 30 < len(description) < 160
