from __future__ import annotations

import json
import sys

import pytest

from support import run

LISTING = """
import json, sys
before = set(sys.modules)
import {module}
new = sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})
print(json.dumps([name for name in new if name not in sys.stdlib_module_names]))
"""


@pytest.mark.parametrize(
    ("module", "packages"),
    [
        ("routebook", ["routebook"]),
        ("registry_api.v2", ["registry_api", "routebook"]),
        ("registry_api.v2.schemas", ["registry_api", "routebook"]),
    ],
)
def test_import_loads_only_the_standard_library(module: str, packages: list[str]) -> None:
    done = run(sys.executable, "-c", LISTING.format(module=module))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == packages
