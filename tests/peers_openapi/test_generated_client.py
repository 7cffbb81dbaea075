"""A client generator makes a whole client of the document, which imports and type-checks."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from registry_api.v2 import API
from routebook.emit import yaml
from routebook.openapi import write
from support import require, run

FAULTS_OF_THE_GENERATOR = (
    # its own class `Client`, the same whatever the document is: `__exit__` takes `*args: object`
    re.compile(r'client\.py:\d+: error: Argument 1 to "__a?exit__" of "(Async)?Client"'),
    # of a body in several media types it makes `A | B | Unset`, and forgets to import `Unset`
    re.compile(r'put_manifest\.py:\d+: error: Name "Unset" is not defined'),
)
LEFT_OUT = {"Unsupported content type application/vnd.docker.distribution.manifest.v1+prettyjws"}
"""It sends JSON, forms and octets; a signed schema 1 manifest is a type that it does not know."""


@pytest.fixture(scope="module", params=["3.0", "3.1"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated package, and the check of what was said while it was made."""
    require("openapi-python-client", find_spec("openapi_python_client"))
    folder = tmp_path_factory.mktemp("client")
    source = folder / "openapi.yaml"
    source.write_text(yaml.dump(write(API, request.param)), encoding="utf-8")
    package = folder / "registry_client"
    made = run(
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *("--path", source, "--output-path", package),
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "TERMINAL_WIDTH": "200"},
    )
    assert made.returncode == 0, made.stdout + made.stderr
    said = made.stdout + made.stderr
    assert "Endpoint will not be generated" not in said
    assert set(re.findall(r"^(?:Unsupported|Missing|Cannot).*", said, re.MULTILINE)) <= LEFT_OUT
    return package


def operation_files() -> set[str]:
    ids = [method.operation_id for route in API.routes for method in route.methods]
    return {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + ".py" for name in ids}


def test_every_operation_is_a_method_with_a_good_name(client: Path) -> None:
    made = {path.name for path in (client / "api").rglob("*.py")} - {"__init__.py"}
    assert made == operation_files()
    assert {"get_manifest.py", "start_blob_upload.py"} <= made


IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name}: {error!r}")
"""


def test_every_module_imports(client: Path) -> None:
    modules = sorted(
        ".".join(path.relative_to(client.parent).with_suffix("").parts)
        for path in client.rglob("*.py")
    )
    result = run(sys.executable, "-c", IMPORT_ALL, *modules, cwd=client.parent)
    assert result.returncode == 0, result.stderr
    # its fault that stands above; a body in several media types never imports
    assert re.findall(r"^(\S+): NameError.*'Unset'", result.stdout, re.MULTILINE) == [
        "registry_client.api.manifests.put_manifest"
    ]
    assert len(result.stdout.splitlines()) == 1


def test_it_type_checks(client: Path) -> None:
    result = run(sys.executable, "-m", "mypy", client, cwd=client.parent)
    errors = [line for line in result.stdout.splitlines() if ": error: " in line]
    ours = [line for line in errors if not any(one.search(line) for one in FAULTS_OF_THE_GENERATOR)]
    assert ours == []
