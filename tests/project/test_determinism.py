"""The same description gives the same bytes; `.ci/run` compares Pythons in the same way."""

from __future__ import annotations

import json
from pathlib import Path

from support import routebook


def make(folder: Path, seed: str) -> dict[str, bytes]:
    """Everything there is to make, with one order of hashes."""
    env = {"PYTHONHASHSEED": seed}
    for arguments in (
        ("build", "registry-v2", "-o", folder),
        ("openapi", "registry-v2", "--openapi-version", "3.0", "-o", folder / "3.0.yaml"),
        ("openapi", "registry-v2", "--openapi-version", "3.2", "-o", folder / "3.2.yaml"),
        ("reference", "registry-v2", "--target", "mkdocs", "-o", folder / "mkdocs"),
    ):
        result = routebook(*arguments, env=env)
        assert result.returncode == 0, result.stdout + result.stderr
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_seed_of_hashes_changes_nothing(tmp_path: Path) -> None:
    made = make(tmp_path / "a", "0")
    assert {"openapi.yaml", "api.md", "3.0.yaml", "3.2.yaml", "mkdocs/index.md"} <= set(made)
    assert made == make(tmp_path / "b", "1")


def test_the_seed_of_hashes_changes_no_witness(tmp_path: Path) -> None:
    digest = {"type": "string", "pattern": "^sha256:[a-f0-9]{64}$"}
    for name, note in (("old", {}), ("new", {"maxLength": 3})):
        text = {"type": "string", "pattern": "^[a-z_.]+$", **note}
        body = {"type": "object", "required": ["digest"]}
        schema = {**body, "properties": {"digest": digest, "note": text}}
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Notes", "version": "1.0.0"},
            "paths": {
                "/notes": {
                    "post": {
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                        "responses": {"204": {"description": "Noted"}},
                    }
                }
            },
        }
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    told = {
        routebook(
            *("diff", "old.json", "new.json", "--format", "json"),
            cwd=tmp_path,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
    assert json.loads(told.pop())["findings"][0]["witness"]["value"]["note"] == "aaaa"
