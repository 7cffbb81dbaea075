"""skopeo, a client of many registries, at work on the example registry."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from peers_registry.images import Layout
from support import require, run

Skopeo = Callable[..., str]


@pytest.fixture
def skopeo(tmp_path: Path) -> Skopeo:
    program = shutil.which("skopeo")
    require("skopeo", program)

    def call(*arguments: str | Path) -> str:
        done = run(str(program), "--insecure-policy", "--tmpdir", str(tmp_path), *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "made")


def at(registry_url: str, image: str) -> str:
    return registry_url.replace("http:", "docker:") + f"/{image}"


def test_an_image_comes_back_bit_by_bit(
    skopeo: Skopeo, layout: Layout, registry_url: str, tmp_path: Path
) -> None:
    layout.name(layout.image(100, 3_000_000, 0), "1.0")
    image = at(registry_url, "library/made:1.0")
    skopeo("copy", "--dest-tls-verify=false", f"oci:{layout.folder}:1.0", image)
    skopeo("copy", "--src-tls-verify=false", image, f"oci:{tmp_path / 'pulled'}:1.0")
    pulled = tmp_path / "pulled" / "blobs" / "sha256"
    assert {file.name: file.read_bytes() for file in sorted(pulled.iterdir())} == layout.blobs

    digest = json.loads((layout.folder / "index.json").read_text())["manifests"][0]["digest"]
    inspected = json.loads(skopeo("inspect", "--tls-verify=false", image))
    assert (inspected["Digest"], inspected["RepoTags"]) == (digest, ["1.0"])
    assert skopeo("inspect", "--tls-verify=false", "--raw", image).encode() in layout.blobs.values()


def test_an_image_for_several_platforms(
    skopeo: Skopeo, layout: Layout, registry_url: str, tmp_path: Path
) -> None:
    index = layout.index(layout.image(1000), layout.image(2000, architecture="arm64"))
    layout.name(index, "multi")
    image = at(registry_url, "multi:latest")
    skopeo("copy", "--all", "--dest-tls-verify=false", f"oci:{layout.folder}:multi", image)
    skopeo("copy", "--all", "--src-tls-verify=false", image, f"oci:{tmp_path / 'pulled'}:multi")
    pulled = tmp_path / "pulled" / "blobs" / "sha256"
    assert {file.name: file.read_bytes() for file in sorted(pulled.iterdir())} == layout.blobs


def test_dockers_own_format(
    skopeo: Skopeo, layout: Layout, registry_url: str, tmp_path: Path
) -> None:
    layout.name(layout.image(5000), "1.0")
    image = at(registry_url, "docker-format:1.0")
    source = f"oci:{layout.folder}:1.0"
    skopeo("copy", "--format", "v2s2", "--dest-tls-verify=false", source, image)
    raw = json.loads(skopeo("inspect", "--tls-verify=false", "--raw", image))
    assert raw["mediaType"] == "application/vnd.docker.distribution.manifest.v2+json"
    skopeo("copy", "--src-tls-verify=false", image, f"dir:{tmp_path / 'pulled'}")
    assert json.loads((tmp_path / "pulled" / "manifest.json").read_text()) == raw


def test_layers_are_mounted_from_another_repository(
    skopeo: Skopeo, layout: Layout, registry_url: str
) -> None:
    layout.name(layout.image(5000), "1.0")
    one, two = at(registry_url, "one:1.0"), at(registry_url, "two:1.0")
    skopeo("copy", "--dest-tls-verify=false", f"oci:{layout.folder}:1.0", one)
    skopeo("copy", "--src-tls-verify=false", "--dest-tls-verify=false", one, two)
    both = [skopeo("inspect", "--tls-verify=false", "--raw", image) for image in (one, two)]
    assert both[0] == both[1]
    assert httpx.get(f"{registry_url}/v2/_catalog").json() == {"repositories": ["one", "two"]}


def test_tags_are_listed_and_deleted(skopeo: Skopeo, layout: Layout, registry_url: str) -> None:
    layout.name(layout.image(10), "1.0")
    repository = at(registry_url, "tagged")
    for tag in ("1.0", "1.1"):
        source = f"oci:{layout.folder}:1.0"
        skopeo("copy", "--dest-tls-verify=false", source, f"{repository}:{tag}")
    listed = json.loads(skopeo("list-tags", "--tls-verify=false", repository))
    assert listed["Tags"] == ["1.0", "1.1"]
    # skopeo asks for the digest, and deletes that: all its tags go with it
    skopeo("delete", "--tls-verify=false", f"{repository}:1.0")
    assert httpx.get(f"{registry_url}/v2/tagged/tags/list").json()["tags"] == []
