"""`diff`, `changelog` and `check --against`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from cli_support import CLI, SHOP
from routebook.cli.commands.diff import FORMATS
from routebook.report.diff import formats
from support import ROOT, run

BASE = """\
openapi: 3.1.0
info: {title: Users, version: 1.4.2}
paths:
  /users:
    get:
      operationId: listUsers
      tags: [users]
      parameters:
        - {name: limit, in: query, required: true, schema: {type: integer, maximum: 50}}
      responses:
        "200":
          description: All users.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/User"}}
    post:
      operationId: addUser
      tags: [users]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/User"}
      responses:
        "201": {description: Made.}
  /teams:
    get:
      operationId: listTeams
      tags: [teams]
      responses:
        "200": {description: All teams.}
components:
  schemas:
    User:
      type: object
      properties:
        name: {type: string, maxLength: 50}
"""
HEAD = (
    BASE.replace("maximum: 50", "maximum: 20")
    .replace("maxLength: 50", "maxLength: 20")
    .replace("operationId: listTeams\n", "operationId: listTeams\n      deprecated: true\n")
)
MAXIMUM = "request-parameter-max-decreased"
MARKDOWN = ("--format", "markdown")
LENGTH = "request-property-max-length-decreased"


@pytest.fixture
def project(shop: Path) -> Path:
    """The current folder, with two versions of a document."""
    (shop / "base.yaml").write_text(BASE)
    (shop / "head.yaml").write_text(HEAD)
    return shop


def git(folder: Path, *arguments: str) -> None:
    result = run("git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments, cwd=folder)
    assert result.returncode == 0, result.stderr


@pytest.fixture
def repository(project: Path) -> Path:
    """A repository: its commit has the base as `api.yaml` and the shop, the tree the head."""
    (project / "api.yaml").write_text(BASE)
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "api.yaml", "shop.py")
    git(project, "commit", "-qm", "base")
    (project / "api.yaml").write_text(HEAD)
    (project / "shop.py").write_text(SHOP.replace('"/books/{isbn}"', '"/volumes/{isbn}"'))
    return project


def rules(out: str) -> set[str]:
    return {one["rule"] for one in json.loads(out)["findings"]}


@pytest.mark.usefixtures("project")
def test_two_documents(cli: CLI) -> None:
    result = cli("diff", "base.yaml", "head.yaml")
    assert result.code == 1
    assert result.err == ""
    assert "GET /users\n" in result.out
    assert f"[{MAXIMUM}]" in result.out
    assert "    was      base.yaml:9:" in result.out
    assert "    now      head.yaml:9:" in result.out
    assert "    witness  " in result.out
    assert re.search(
        r"^2 errors, .*; suggested version step: major \(1.4.2 to 2.0.0\); the head says 1.4.2$",
        result.out.splitlines()[-1],
    )


@pytest.mark.usefixtures("project")
def test_a_document_and_itself(cli: CLI) -> None:
    Path("copy.yaml").write_text(BASE, encoding="utf-8")
    Path("spaced.yaml").write_text(f"{BASE}\n# the same in meaning\n", encoding="utf-8")
    for same in ("base.yaml", "copy.yaml", "spaced.yaml"):
        result = cli("diff", "base.yaml", same, "--fail-on", "info")
        assert (result.code, result.out) == (0, "no change; no new version is needed\n"), same


@pytest.mark.usefixtures("project")
def test_the_level_that_fails(cli: CLI) -> None:
    for level, code in (("none", 0), ("error", 1), ("warning", 1), ("info", 1)):
        assert cli("diff", "base.yaml", "head.yaml", "--fail-on", level).code == code
    less = ("diff", "base.yaml", "head.yaml", "--tag", "teams")
    assert cli(*less).code == 0
    assert cli(*less, "--fail-on", "info").code == 1


@pytest.mark.usefixtures("project")
def test_all_formats(cli: CLI) -> None:
    assert sorted(FORMATS) == list(formats())
    for name in FORMATS:
        result = cli("diff", "base.yaml", "head.yaml", "--format", name)
        assert result.code == 1
        assert MAXIMUM in result.out
        assert LENGTH in result.out


def found_in(cli: CLI, head: str, *options: str) -> set[str]:
    return rules(cli("diff", "base.yaml", head, "--format", "json", *options).out)


@pytest.mark.usefixtures("project")
def test_a_part_of_the_findings(cli: CLI) -> None:
    def found(*options: str) -> set[str]:
        return rules(cli("diff", "base.yaml", "head.yaml", "--format", "json", *options).out)

    assert found("--only", "request-parameter") == {MAXIMUM}
    assert MAXIMUM not in found("--except", "request-parameter")
    assert {MAXIMUM, LENGTH} <= found("--path", "/users")
    assert not {MAXIMUM, LENGTH} & found("--path", "/t*")
    assert found("--level", "error") == {MAXIMUM, LENGTH}
    elsewhere = cli("diff", "base.yaml", "head.yaml", "--path", "/user", "--tag", "team").out
    assert re.search(
        r"^note: \d+ findings elsewhere are left out \(--path /user, --tag team\):"
        r" did you mean '/users', 'teams'\?$",
        elsewhere,
        re.MULTILINE,
    )
    assert "elsewhere" not in cli("diff", "base.yaml", "head.yaml", "--path", "/*").out
    assert "    reaches  POST /users\n" in cli("diff", "base.yaml", "head.yaml").out
    same = BASE.replace("maxLength: 50", "maxLength: 20")
    (Path.cwd() / "same.yaml").write_text(same)
    assert "api-version-not-bumped" in found_in(cli, "same.yaml")
    assert found_in(cli, "same.yaml", "--path", "/teams") == set()
    hidden = cli("diff", "base.yaml", "head.yaml", "--level", "error").out
    assert re.search(r"^note: \d+ milder findings are not shown$", hidden, re.MULTILINE)


@pytest.mark.usefixtures("project")
def test_what_is_not_shown_counts_for_the_version(cli: CLI) -> None:
    result = cli("diff", "base.yaml", "head.yaml", "--tag", "teams", "--level", "error")
    assert result.out.endswith(
        "note: 1 milder finding is not shown\n"
        "nothing as grave as asked for; suggested version step: minor (1.4.2 to 1.5.0);"
        " the head says 1.4.2\n"
    )
    page = cli("diff", "base.yaml", "head.yaml", "--tag", "teams", "--level", "error", *MARKDOWN)
    assert "Nothing as grave as asked for.\n\nSuggested version step: minor" in page.out


def test_a_document_alone_is_compared_with_the_configured_api(cli: CLI, project: Path) -> None:
    result = cli("diff", "base.yaml")
    assert (result.code, result.out) == (2, "")
    assert "error: base.yaml: this project configures no API\n  name what to" in result.err
    assert "no revision 'mian' of git" in cli("diff", "mian:base.yaml").err
    assert "did you mean 'base.yaml'?" in cli("diff", "bse.yaml").err
    (project / "pyproject.toml").write_text('[tool.routebook]\napi = "head.yaml"\n')
    assert f"[{MAXIMUM}]" in cli("diff", "base.yaml").out


@pytest.mark.usefixtures("project")
def test_a_wrong_beginning_of_a_rule(cli: CLI) -> None:
    result = cli("diff", "base.yaml", "head.yaml", "--only", "request-parameter-remvoed")
    assert (result.code, result.out) == (2, "")
    assert "no rule begins with 'request-parameter-remvoed'" in result.err
    assert "did you mean 'request-parameter-removed'?" in result.err


def test_other_levels(cli: CLI, project: Path) -> None:
    (project / "levels.txt").write_text(f"{MAXIMUM} warn\nan-unknown-rule err\n")
    result = cli("diff", "base.yaml", "head.yaml", "--severity-levels", "levels.txt")
    assert result.code == 1
    assert "warning  the query parameter `limit`" in result.out
    assert result.err == "levels.txt: no rule of routebook is called an-unknown-rule\n"
    (project / "pyproject.toml").write_text(
        f"""
        [tool.routebook.diff]
        fail-on = "warning"
        severity-levels = "levels.txt"
        [tool.routebook.diff.levels]
        {MAXIMUM} = "info"
        "request-property-*" = "none"
        """
    )
    result = cli("diff", "base.yaml", "head.yaml", "--quiet")
    assert (result.code, result.err) == (0, "")
    assert LENGTH not in result.out
    (project / "pyproject.toml").write_text('[tool.routebook.diff.levels]\n"zzz" = "info"\n')
    assert cli("diff", "base.yaml", "head.yaml").code == 2
    (project / "pyproject.toml").write_text('[tool.routebook.diff.levels]\n"api-*" = "bad"\n')
    result = cli("diff", "base.yaml", "head.yaml")
    assert result.code == 2
    assert "there is no level 'bad'" in result.err


def test_breaks_are_accepted_with_a_reason(cli: CLI, project: Path) -> None:
    compare = ("diff", "base.yaml", "head.yaml")
    result = cli(*compare, "--only", MAXIMUM, "--accept", "no caller left", "--until", "2099-12-31")
    assert result.code == 0
    assert result.err == "Wrote .routebook-accepted.toml\nAccepted 1 finding\n"
    assert "accepted  the query parameter `limit`" in result.out
    assert "because  no caller left (until 2099-12-31)" in result.out
    assert rules(cli(*compare, "--format", "json").out) >= {MAXIMUM, LENGTH}
    assert cli(*compare).code == 1
    assert cli(*compare, "--accept", "all of them").code == 0
    assert cli(*compare).code == 0
    text = (project / ".routebook-accepted.toml").read_text()
    assert text.count("[[accepted]]") == 2
    assert 'reason = "no caller left"\nuntil = "2099-12-31"' in text
    late = cli(*compare, "--today", "2100-01-01")
    assert late.code == 1
    assert f"note: expired: GET /users {MAXIMUM} (" in late.out
    same = cli("diff", "base.yaml", "base.yaml")
    assert same.code == 0
    assert same.out.count("note: stale: ") == 2
    elsewhere = cli(*compare, "--accepted-file", "other.toml")
    assert elsewhere.code == 1


@pytest.mark.usefixtures("project")
def test_what_accepting_asks_for(cli: CLI) -> None:
    assert "--until goes with --accept" in cli("diff", "a", "b", "--until", "2099-01-01").err
    past = cli("diff", "base.yaml", "head.yaml", "--accept", "x", "--until", "2020-01-01")
    assert (past.code, past.out) == (2, "")
    assert "--until 2020-01-01 is past" in past.err
    result = cli("diff", "base.yaml", "head.yaml", "--accept", " ")
    assert (result.code, result.out) == (2, "")
    assert "the reason is empty" in result.err


def test_accepting_below_a_path_leaves_what_reaches_others(cli: CLI, project: Path) -> None:
    shared = """  responses:
    Users:
      description: All.
      content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}
"""
    base = BASE.replace("{description: All teams.}", "{$ref: '#/components/responses/Users'}")
    base = base.replace("  schemas:\n", f"{shared}  schemas:\n")
    (project / "base.yaml").write_text(base)
    (project / "head.yaml").write_text(base.replace("maxLength: 50", "maxLength: 60"))
    compare = ("diff", "base.yaml", "head.yaml", "--accept", "nobody calls it")
    result = cli(*compare, "--path", "/teams")
    assert result.code == 1
    assert "Accepted 0 findings\nLeft 1 finding that reaches operations on other" in result.err
    assert not (project / ".routebook-accepted.toml").exists()
    assert cli(*compare, "--path", "/teams", "--path", "/use*").code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--except", ""), "an empty name stands for every rule"),
        (("--only", "*"), "an empty name stands for every rule"),
        (("-o", "head.yaml"), "--output head.yaml is a file that is compared"),
        (("--changelog", "--format", "json"), "--changelog writes Markdown"),
    ],
)
def test_options_that_would_do_harm_are_refused(
    options: tuple[str, ...], told: str, cli: CLI, project: Path
) -> None:
    result = cli("diff", "base.yaml", "head.yaml", *options)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert (project / "head.yaml").read_text() == HEAD


def test_numbers_larger_than_any_float(cli: CLI, project: Path) -> None:
    for name, number in (("base.yaml", 10**400), ("head.yaml", 10**400 - 1)):
        (project / name).write_text(BASE.replace("maximum: 50", f"maximum: {number}"))
        assert cli("reference", name, "--single-page", "-").code == 0
    assert MAXIMUM in cli("diff", "base.yaml", "head.yaml").out


def test_streams_that_are_closed(project: Path) -> None:
    command = f"{sys.executable} -m routebook diff base.yaml head.yaml"
    for closing in (">&-", "2>&-", ">&- 2>&-"):
        assert run("sh", "-c", f"{command} {closing}", cwd=project).returncode == 1


def test_output_to_a_file(cli: CLI, project: Path) -> None:
    result = cli("diff", "base.yaml", "head.yaml", "--format", "sarif", "-o", "r.sarif")
    assert (result.code, result.out) == (1, "")
    assert result.err == "Wrote r.sarif\n2 findings at or above the level error\n"
    assert json.loads((project / "r.sarif").read_text())["version"] == "2.1.0"


def test_the_job_summary(cli: CLI, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = project / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    cli("diff", "base.yaml", "head.yaml")
    assert summary.read_text() == "before\n"
    cli("diff", "base.yaml", "head.yaml", "--format", "github")
    assert summary.read_text().startswith("before\n# What changed\n")
    cli("diff", "base.yaml", "head.yaml", "--summary", "other.md")
    assert (project / "other.md").read_text().startswith("# What changed\n")


@pytest.mark.usefixtures("project")
def test_a_changelog(cli: CLI) -> None:
    one = cli("diff", "base.yaml", "head.yaml", "--changelog", "--fail-on", "none")
    assert one.code == 0
    assert one.out.startswith("# Changelog\n\n## 1.4.2\n")
    assert "### Breaking\n" in one.out
    assert "### Deprecated\n" in one.out
    page = cli("changelog", "base.yaml", "base.yaml", "head.yaml", "--title", "Users")
    assert page.code == 0
    assert page.out.startswith("# Users\n\n## 1.4.2\n\nSuggested")
    assert page.out.endswith("Nothing changed that a client or server could notice.\n")
    assert cli("changelog", "base.yaml").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("origin/nowhere",), "'origin/nowhere' is no description, and no revision"),
        (("v9.9.9", "base.yaml"), "'v9.9.9' is no description, and no revision"),
        (("origin/nowhere:base.yaml",), "no revision 'origin/nowhere' of git"),
    ],
)
def test_a_revision_that_was_not_fetched(
    cli: CLI, repository: Path, arguments: tuple[str, ...], said: str
) -> None:
    (repository / "pyproject.toml").write_text('[tool.routebook]\napi = "shop.py"\n')
    result = cli("diff", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "\n  nothing is fetched: a revision must be here already" in result.err


def test_what_is_odd_about_both_sides_is_told_once(cli: CLI, project: Path) -> None:
    for name in ("base.yaml", "head.yaml"):
        text = (project / name).read_text().replace("tags: [users]", "tag: [users]", 1)
        (project / name).write_text(text)
    result = cli("diff", "base.yaml", "head.yaml")
    assert result.err.count("warning: ") == 1
    assert result.err.startswith("warning: head.yaml:7:7: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.yaml", "head.yaml"), "none.yaml"),
        (("base.yaml", "bad.yaml"), "bad.yaml"),
        (("nothing", "head.yaml"), "nothing"),
        (("base.yaml", "head.yaml", "--severity-levels", "none.txt"), "none.txt"),
        (("base.yaml", "head.yaml", "--format", "sarf"), "sarf"),
        (("-", "-"), "both sides are standard input"),
        (("base.yaml", "head.yaml", "--today", "tomorrow"), "tomorrow"),
    ],
)
def test_what_cannot_be_read_is_told(
    cli: CLI, project: Path, arguments: tuple[str, ...], message: str
) -> None:
    (project / "bad.yaml").write_text("openapi: 3.1.0\ninfo: [\n")
    result = cli("diff", *arguments)
    assert result.code == 2
    assert message in result.err + result.out
    assert "Traceback" not in result.err


@pytest.mark.usefixtures("repository")
def test_a_revision_of_git(cli: CLI) -> None:
    assert f"[{MAXIMUM}]" in cli("diff", "main:api.yaml").out
    result = cli("diff", "HEAD:shop.py")
    assert result.code == 1
    assert "GET /books/{isbn} is gone" in result.out
    assert re.search(r"    was      HEAD:shop.py:\d+", result.out)


def test_the_configured_api_at_a_revision(cli: CLI, repository: Path) -> None:
    result = cli("diff", "main")
    assert result.code == 2
    assert "this project configures no API" in result.err
    (repository / "pyproject.toml").write_text('[tool.routebook]\napi = "shop.py"\n')
    assert "GET /books/{isbn} is gone" in cli("diff", "main").out
    same = cli("diff", "main:shop.py", "shop.py", "--format", "json")
    assert cli("diff", "main", "--format", "json").out == same.out
    status = run("git", "status", "--short", "--untracked-files=no", cwd=repository).stdout
    assert status == " M api.yaml\n M shop.py\n"
    assert run("git", "worktree", "list", cwd=repository).stdout.count("\n") == 1


def test_check_compares_with_a_revision(cli: CLI, repository: Path) -> None:
    (repository / "pyproject.toml").write_text('[tool.routebook]\napi = "shop.py"\n')
    assert cli("check").code == 0
    result = cli("check", "--against", "main")
    assert result.code == 1
    assert ": GET /books/{isbn}: is gone [api-path-removed-without-deprecation]" in result.out
    assert cli("check", "shop.py", "--against", "HEAD", "--fail-on", "error").code == 1
    (repository / "pyproject.toml").write_text(
        '[tool.routebook]\napi = "shop.py"\n[tool.routebook.diff]\nfail-on = "none"\n'
    )
    assert cli("check", "--against", "main").code == 0
    assert cli("check", "--against", "main", "--fail-on", "error").code == 1
    (repository / "shop.py").write_text(SHOP)
    assert cli("check", "--against", "main").code == 0
    missing = cli("check", "--against", "nowhere")
    assert missing.code == 2
    assert "there is no revision 'nowhere'" in missing.err
    as_json = cli("check", "--against", "main", "--format", "json")
    assert json.loads(as_json.out) == {"findings": []}


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv[1:] = ['diff', '--help'];"
        "from routebook.cli import run; run(sys.argv[1:]);"
        "print([m for m in sys.modules if m.split('.')[0] in"
        " {'yaml', 'jsonschema', 'pydantic', 'jinja2'} or m in {'routebook.descriptors',"
        " 'routebook.configuration', 'routebook.diff', 'json', 'hashlib', 'tomllib'}])"
    )
    result = run(sys.executable, "-c", code, cwd=ROOT)
    assert result.stdout.splitlines()[-1] == "[]", result.stdout[-300:]
