"""`check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_support import CLI

CONFIGURATION = """\
[tool.routebook]
api = "shop.py"

[tool.routebook.committed]
openapi = ["openapi.yaml", "docs/openapi.json"]
reference = "docs/reference/"
single-page = "docs/api.md"
"""


@pytest.fixture
def committed(shop: Path) -> Path:
    """The project, with generated files that are to be committed."""
    (shop / "pyproject.toml").write_text(CONFIGURATION)
    return shop


def test_a_sound_description(cli: CLI, shop: Path) -> None:
    assert shop.is_dir()
    result = cli("check", "shop.py")
    assert (result.code, result.out, result.err) == (0, "", "Bookshop: all is well.\n")


def test_the_bundled_description(cli: CLI) -> None:
    result = cli("check", "registry-v2", "--fail-on", "warning")
    assert (result.code, result.out) == (0, "")


def test_an_unsound_description(cli: CLI, unsound: Path) -> None:
    assert unsound.is_dir()
    result = cli("check", "shop.py")
    assert result.code == 1
    assert result.out.startswith("shop.py:20: book.GET.path[isbm]: ")
    assert "isbm" in result.out
    assert "4040" in result.out
    assert result.err.startswith("Bookshop: ")


DOCUMENT = """\
openapi: 3.1.0
info: {title: "", version: 1}
paths:
  /a:
    get:
      sumary: All of it.
      responses:
        "200":
          description: It.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Usr"}
components:
  schemas:
    User: {type: string, pattern: "("}
"""


def test_what_is_wrong_with_a_document_is_told_once_by_line(cli: CLI, shop: Path) -> None:
    (shop / "api.yaml").write_text(DOCUMENT)
    result = cli("check", "api.yaml")
    assert result.code == 1
    assert [line.partition(": ")[0] for line in result.out.splitlines() if line[:1] != " "] == [
        "api.yaml:1:1",  # no title
        "api.yaml:2:19",  # the version is a number
        "api.yaml:5:5",  # no description
        "api.yaml:6:7",  # sumary
        "api.yaml:12:24",  # the reference
        "api.yaml:15:5",  # the pattern
    ]
    assert (
        "#/paths/~1a/get/responses/200/content/application~1json/schema/$ref: the reference"
        " '#/components/schemas/Usr' leads nowhere: there is no 'Usr' [openapi-invalid]\n"
        "    did you mean 'User'?\n"
    ) in result.out
    assert result.err == "The API: 1 error, 4 warnings, 1 info.\n"
    found = json.loads(cli("check", "api.yaml", "--format", "json").out)["findings"]
    assert found[3]["location"] == {"file": "api.yaml", "line": 6, "column": 7}
    assert "did you mean 'summary'?" in found[3]["hint"]


def test_routes_that_overlap_are_told_where_the_second_stands(cli: CLI, shop: Path) -> None:
    paths = "  /a/{b}:\n    get: {}\n  /a/{c}:\n    put: {}\n"
    (shop / "api.yaml").write_text(
        f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}"
    )
    (line,) = (one for one in cli("check", "api.yaml").out.splitlines() if " matches both " in one)
    assert line.startswith("api.yaml:6:3: a-c: warning: the path '/a/a'")


def test_findings_as_json(cli: CLI, unsound: Path) -> None:
    assert unsound.is_dir()
    result = cli("check", "shop.py", "--format", "json")
    assert result.code == 1
    findings = json.loads(result.out)["findings"]
    assert {"rule", "place", "message", "hint", "level"} <= set(findings[0])
    assert cli("check", "registry-v2", "--format", "json").out == '{\n  "findings": []\n}\n'


def test_the_level_that_fails(cli: CLI, shop: Path) -> None:
    text = (shop / "shop.py").read_text().replace(", body=BODY", "")
    (shop / "shop.py").write_text(text)
    result = cli("check", "shop.py")
    assert result.code == 0
    assert ": warning: " in result.out
    assert "1 warning." in result.err
    assert cli("check", "shop.py", "--fail-on", "warning").code == 1


def test_an_invalid_document(cli: CLI, shop: Path) -> None:
    text = (shop / "shop.py").read_text().replace('version="1.0"', 'version="1", extra={"x": 1}')
    (shop / "shop.py").write_text(text)
    (shop / "pyproject.toml").write_text("[tool.routebook]\nopenapi-versions = ['3.1']\n")
    result = cli("check", "shop.py")
    assert result.code == 1
    assert result.out.startswith("OpenAPI 3.1 ")


def test_committed_files_are_made_compared_and_mended(cli: CLI, committed: Path) -> None:
    missing = cli("check")
    assert missing.code == 1
    assert "openapi.yaml: is not what the description gives [file-out-of-date]" in missing.out
    assert "--- /dev/null\n+++ openapi.yaml (as described)\n" in missing.out
    assert not (committed / "openapi.yaml").exists()
    assert cli("check", "--fix").code == 0
    assert cli("check").code == 0
    assert json.loads((committed / "docs/openapi.json").read_text())["openapi"]
    assert (committed / "docs/reference/index.md").is_file()
    assert (committed / "docs/api.md").is_file()


def test_a_stale_file_is_shown_with_a_diff(cli: CLI, committed: Path) -> None:
    cli("check", "--fix")
    text = (committed / "shop.py").read_text()
    (committed / "shop.py").write_text(text.replace("Fetch a book", "Get a book"))
    result = cli("check")
    assert result.code == 1
    assert "-      summary: Fetch a book\n+      summary: Get a book\n" in result.out
    assert "run `routebook check --fix` and commit it" in result.out
    assert cli("check", "--format", "json").code == 1


def test_a_page_that_is_left_over(cli: CLI, committed: Path) -> None:
    cli("check", "--fix")
    old = committed / "docs/reference/routes/old.md"
    old.write_text("# Old\n")
    result = cli("check")
    assert result.code == 1
    assert result.out.startswith("docs/reference/routes/old.md: is made by nothing any more")
    assert cli("check", "--fix").code == 0
    assert not old.exists()


def test_committed_files_are_found_from_a_folder_below(
    cli: CLI, committed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("check", "--fix")
    monkeypatch.chdir(committed / "docs")
    assert cli("check").code == 0


def test_committed_files_are_not_of_another_api(cli: CLI, committed: Path) -> None:
    assert cli("check", "registry-v2").code == 0
    assert not (committed / "openapi.yaml").exists()
