"""Small images in the OCI's layout, made on the spot."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def layer(name: str, size: int) -> tuple[bytes, bytes]:
    """A layer with one file: the tar archive, and the same compressed."""
    content = hashlib.shake_128(name.encode()).digest(size)  # as hard to compress as real ones
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = size
        archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue(), gzip.compress(buffer.getvalue(), mtime=0)


class Layout:
    """A folder in the OCI's image layout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "blobs" / "sha256").mkdir(parents=True)
        (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')

    def add(self, content: bytes, media_type: str) -> dict[str, Any]:
        """Add a blob, and give the descriptor that points to it."""
        digest = digest_of(content)
        (self.folder / "blobs" / "sha256" / digest.partition(":")[2]).write_bytes(content)
        return {"mediaType": media_type, "digest": digest, "size": len(content)}

    def add_json(self, value: object, media_type: str) -> dict[str, Any]:
        return self.add(json.dumps(value).encode(), media_type)

    def image(self, *sizes: int, architecture: str = "amd64") -> dict[str, Any]:
        """Add an image with layers of these sizes."""
        layers = [layer(f"{architecture}-{number}", size) for number, size in enumerate(sizes)]
        config = {
            "architecture": architecture,
            "os": "linux",
            "config": {},
            "rootfs": {"type": "layers", "diff_ids": [digest_of(tar) for tar, _ in layers]},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self.add_json(config, CONFIG),
            "layers": [self.add(compressed, LAYER) for _, compressed in layers],
        }
        platform = {"architecture": architecture, "os": "linux"}
        return {**self.add_json(manifest, MANIFEST), "platform": platform}

    def index(self, *images: dict[str, Any]) -> dict[str, Any]:
        """Add an index of images."""
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": images}
        return self.add_json(index, INDEX)

    def name(self, entry: dict[str, Any], tag: str) -> None:
        """Make `tag` the name of an image or index."""
        named = {**entry, "annotations": {"org.opencontainers.image.ref.name": tag}}
        index = {"schemaVersion": 2, "manifests": [named]}
        (self.folder / "index.json").write_text(json.dumps(index))

    @property
    def blobs(self) -> dict[str, bytes]:
        folder = self.folder / "blobs" / "sha256"
        return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
