"""The bundled API's OpenAPI documents as files, in every version."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_api.v2 import API
from routebook.emit import yaml
from routebook.openapi import VERSIONS, write


@pytest.fixture(scope="session", params=VERSIONS)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document of one version."""
    path = tmp_path_factory.mktemp("openapi") / f"registry-{request.param}.yaml"
    path.write_text(yaml.dump(write(API, request.param)), encoding="utf-8")
    return path
