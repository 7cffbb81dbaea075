from __future__ import annotations

import json
import sys

import pytest

from support import run

LISTING = """
import json, sys
before = set(sys.modules)
import {module}
new = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(json.dumps(sorted(new - set(sys.stdlib_module_names))))
"""


@pytest.mark.parametrize("module", ["errors", "envelope", "dispatch", "asgi", "wsgi"])
def test_servers_load_only_the_standard_library(module: str) -> None:
    done = run(sys.executable, "-c", LISTING.format(module=f"routebook.{module}"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["routebook"]
