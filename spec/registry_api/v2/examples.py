"""Example values: one small image, told from all sides, and what goes wrong with it."""

from typing import Any, Final

REPOSITORY: Final = "library/ubuntu"
TAG: Final = "24.04"
UPLOAD_ID: Final = "0c3e1b5a-7d4f-4f0e-9a55-2f1f6f9f7b21"
UPLOAD_STATE: Final = "Kx2mWl9vQzR3"
CHALLENGE: Final = 'Bearer realm="https://auth.example.com/token",service="registry.example.com"'

LAYER: Final = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CONFIG: Final = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
MANIFEST: Final = "sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"
ARM_MANIFEST: Final = "sha256:baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096"

IMAGE_MANIFEST: Final[dict[str, Any]] = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
    "config": {
        "mediaType": "application/vnd.docker.container.image.v1+json",
        "digest": CONFIG,
        "size": 2298,
    },
    "layers": [
        {
            "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "digest": LAYER,
            "size": 29724688,
        },
    ],
}

MANIFEST_LIST: Final[dict[str, Any]] = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
    "manifests": [
        {
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "digest": MANIFEST,
            "size": 424,
            "platform": {"architecture": "amd64", "os": "linux"},
        },
        {
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "digest": ARM_MANIFEST,
            "size": 424,
            "platform": {"architecture": "arm64", "os": "linux", "variant": "v8"},
        },
    ],
}

OCI_MANIFEST: Final[dict[str, Any]] = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "digest": CONFIG,
        "size": 2298,
    },
    "layers": [
        {
            "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": LAYER,
            "size": 29724688,
        },
    ],
    "annotations": {"org.opencontainers.image.version": TAG},
}

OCI_INDEX: Final[dict[str, Any]] = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.index.v1+json",
    "manifests": [
        {
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": MANIFEST,
            "size": 476,
            "platform": {"architecture": "amd64", "os": "linux"},
        },
    ],
}

LEGACY_MANIFEST: Final[dict[str, Any]] = {
    "schemaVersion": 1,
    "name": REPOSITORY,
    "tag": "14.04",
    "architecture": "amd64",
    "fsLayers": [{"blobSum": LAYER}],
    "history": [{"v1Compatibility": '{"id":"e45a5af57b00","os":"linux"}'}],
}

TAG_LIST: Final[dict[str, Any]] = {"name": REPOSITORY, "tags": ["22.04", TAG, "latest"]}
TAG_PAGE: Final[dict[str, Any]] = {"name": REPOSITORY, "tags": ["22.04", TAG]}
REPOSITORY_LIST: Final[dict[str, Any]] = {"repositories": ["library/alpine", REPOSITORY]}
