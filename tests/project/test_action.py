"""The GitHub action and the hooks: their steps are run as a runner's shell would run them."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import pytest
import yaml

from routebook.cli.group import command
from support import ROOT, run

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
GATE = (ROOT / "site/docs/diff/gate.md").read_text()

DOCUMENT = """\
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
paths:
  /things:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 50}}
      responses:
        "200": {description: All.}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout of a pull request that lowers a maximum."""
    api = tmp_path / "openapi.yaml"
    api.write_text(DOCUMENT)
    (tmp_path / "old.yaml").write_text(DOCUMENT)
    (tmp_path / "pyproject.toml").write_text('[tool.routebook]\napi = "openapi.yaml"\n')
    for arguments in (
        ("init", "-q", "-b", "topic"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "base"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
    ):
        assert run("git", *arguments, cwd=tmp_path).returncode == 0
    api.write_text(DOCUMENT.replace("50", "20"))
    return tmp_path


def act(
    folder: Path,
    inputs: dict[str, str],
    event: Mapping[str, str] = MappingProxyType({}),
    /,
    **environment: str,
) -> tuple[int, str]:
    """Run the action's steps one after the other: exit code, and all that they print."""
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    assert inputs.keys() <= given.keys()
    given.update(inputs)
    printed = ""
    for step in ACTION["runs"]["steps"]:
        if "if" in step and not evaluate(step["if"], given):
            continue
        assert step["shell"] == "bash"
        env = {name: filled(text, given, event) for name, text in step["env"].items()}
        assert "${{" not in step["run"], "what users give reaches a shell by its environment only"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        everything = {"GITHUB_BASE_REF": "", **environment, **env, "PATH": path}
        script = folder / ".git" / "step.sh"
        script.write_text(step["run"])
        result = run(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", script, cwd=folder, env=everything
        )
        printed += result.stdout + result.stderr
        if result.returncode:
            return result.returncode, printed
    return 0, printed


def evaluate(condition: str, inputs: dict[str, str]) -> bool:
    match = re.fullmatch(r"inputs\.([\w-]+) == '([^']*)'", condition)
    assert match, condition
    return inputs[match[1]] == match[2]


def filled(text: str, inputs: dict[str, str], event: Mapping[str, str]) -> str:
    """A text as a runner fills it in; what an event does not have is empty."""
    known = {"action_path": str(ROOT)}
    known |= {f"event.{name}": value for name, value in event.items()}
    text = re.sub(r"\$\{\{ github\.([\w.]+) \}\}", lambda match: known.get(match[1], ""), text)
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], text)


def test_a_pull_request_gets_annotations_and_a_summary(repository: Path, tmp_path: Path) -> None:
    summary = tmp_path / ".git" / "summary.md"
    code, printed = act(
        repository,
        {"install": "false", "api": "openapi.yaml"},
        GITHUB_BASE_REF="main",
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert code == 1
    assert re.search(r"^::error file=openapi.yaml,line=7,col=\d+,title=request-", printed)
    assert "request-parameter-max-decreased" in summary.read_text()


def test_the_configured_api_is_compared_without_an_input(repository: Path) -> None:
    for base, target in (("", "main"), ("HEAD", "")):
        given = {"install": "false", "base": base}
        code, printed = act(repository, given, GITHUB_BASE_REF=target)
        assert code == 1
        assert "request-parameter-max-decreased" in printed


def test_inputs_become_options(repository: Path) -> None:
    code, printed = act(
        repository,
        {
            "install": "false",
            "base": "old.yaml",
            "head": "openapi.yaml",
            "fail-on": "none",
            "format": "sarif",
            "output": "out put.sarif",
            "arguments": """  --except api-tag-
                --path='/things'

                --accept "why it's \\"fine\\" $HOME *"  --accepted-file accepted.toml
                """,
        },
    )
    assert code == 0, printed
    assert '"version": "2.1.0"' in (repository / "out put.sarif").read_text()
    accepted = tomllib.loads((repository / "accepted.toml").read_text())
    assert {one["reason"] for one in accepted["accepted"]} == {'why it\'s "fine" $HOME *'}


def test_arguments_that_no_shell_would_take(repository: Path) -> None:
    given = {"install": "false", "base": "HEAD", "arguments": "--tag 'a"}
    code, printed = act(repository, given)
    said = "::error title=routebook diff::arguments: No closing quotation\n"
    assert (code, printed) == (2, said)


@pytest.mark.parametrize("value", ["$(touch pwned)", "; touch pwned", "`touch pwned`", "--help"])
def test_inputs_are_never_run(repository: Path, value: str) -> None:
    for name in ("api", "base", "fail-on", "format", "arguments"):
        code, _ = act(repository, {"install": "false", name: value}, GITHUB_BASE_REF="main")
        assert code == (0 if (name, value) == ("arguments", "--help") else 2)
    assert not (repository / "pwned").exists()


def test_a_shallow_checkout_is_told_what_to_do(repository: Path) -> None:
    code, printed = act(repository, {"install": "false", "base": "origin/release"})
    assert code == 2
    assert printed.startswith("::error title=routebook diff::the revision origin/release is not")
    assert "fetch-depth: 0" in printed


def test_a_push_is_compared_with_the_commit_before_it(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = head(repository)
    commit(repository, "breaking")
    last = commit(repository, "harmless")
    events: tuple[tuple[dict[str, str], bool], ...] = (
        ({"before": before}, True),
        ({"before": f"{last}^"}, False),
        ({}, False),
        ({"merge_group.base_sha": before, "before": last}, True),
        (new(), True),
        ({**new(), "before": "1" * 40}, True),
    )
    for event, found in events:
        code, printed = act(repository, {"install": "false"}, event, GITHUB_REF_NAME="topic")
        assert (code, "request-parameter-max-decreased" in printed) == (int(found), found), event
    shallow = tmp_path_factory.mktemp("shallow")
    assert run("git", "clone", "-q", "--depth=2", f"file://{repository}", shallow).returncode == 0
    for event in (new(), {"before": before}):
        code, printed = act(shallow, {"install": "false"}, event)
        assert (code, "fetch-depth: 0" in printed) == (2, True)


@pytest.mark.parametrize(
    ("before", "branch", "code", "said"),
    [
        ("0" * 40, "topic", 0, "::notice title=routebook diff::the push adds nothing to main"),
        ("1" * 40, "topic", 0, "::notice title=routebook diff::the push adds nothing to main"),
        ("1" * 40, "main", 2, f"::error title=routebook diff::{'1' * 40}, the commit before"),
    ],
)
def test_a_push_without_commits_of_its_own(
    repository: Path, before: str, branch: str, code: int, said: str
) -> None:
    event = {**new(), "before": before}
    found, printed = act(repository, {"install": "false"}, event, GITHUB_REF_NAME=branch)
    assert (found, printed[: len(said)]) == (code, said)


def test_a_branch_that_began_nowhere_does_not_pass(repository: Path) -> None:
    assert run("git", "checkout", "-q", "--orphan", "apart", cwd=repository).returncode == 0
    commit(repository, "apart")
    code, printed = act(repository, {"install": "false"}, new())
    said = (
        "::error title=routebook diff::no commit is in this branch and in main: name one as base\n"
    )
    assert (code, printed) == (2, said)


def new() -> dict[str, str]:
    """The event of a new branch."""
    return {"before": "0" * 40, "repository.default_branch": "main"}


def commit(folder: Path, message: str) -> str:
    """Commit what changed, if anything did, and return the commit's name."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    done = run("git", *who, "commit", "--allow-empty", "-qam", message, cwd=folder)
    assert done.returncode == 0, done.stderr
    return head(folder)


def head(folder: Path) -> str:
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "GIT_TEST_ASSUME_DIFFERENT_OWNER",
            "1",
            "dubious ownership in repository at '{folder}'%0A",
        ),
        ("GIT_DIR", "nowhere", "fatal: not a git repository: 'nowhere'"),
    ],
)
def test_what_git_cannot_read_is_told_in_its_words(
    repository: Path, name: str, value: str, said: str
) -> None:
    code, printed = act(
        repository, {"install": "false"}, {}, GITHUB_BASE_REF="main", **{name: value}
    )
    start = "::error title=routebook diff::git cannot read the checkout: "
    assert (code, printed.count("\n"), printed[: len(start)]) == (2, 1, start)
    assert said.format(folder=repository) in printed
    assert "fetch-depth" not in printed


def test_every_input_is_used_and_described() -> None:
    text = (ROOT / "action.yml").read_text()
    for name, one in ACTION["inputs"].items():
        assert one["description"]
        assert f"inputs.{name}" in text


def test_hooks_run_commands_that_there_are() -> None:
    assert [hook["id"] for hook in HOOKS] == ["routebook-check", "routebook-diff"]
    for hook in HOOKS:
        program, name, *options = hook["entry"].split()
        assert program == "routebook"
        assert name in command.list_commands(click.Context(command))
        assert options == ["--quiet"]


def test_the_page_shows_workflows_that_parse_and_inputs_that_there_are() -> None:
    blocks = re.findall(r"^```yaml.*?\n(.*?)^```$", GATE, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 4
    for block in blocks:
        for one in _uses(yaml.safe_load(block)):
            assert one.keys() <= ACTION["inputs"].keys()
    assert "routebook-diff" in GATE


def _uses(value: Any) -> list[dict[str, Any]]:
    """What is given to our action, anywhere in a workflow."""
    if isinstance(value, list):
        return [found for item in value for found in _uses(item)]
    if not isinstance(value, dict):
        return []
    ours = str(value.get("uses", "")).startswith("routebook/")
    return [value.get("with", {})] * ours + [f for item in value.values() for f in _uses(item)]
