"""The JSON that goes over the wire, as types.

They serve three ends: a server or client written in Python annotates with them, they become
the JSON Schemas of the OpenAPI document, and the reference prints them. No property is
forbidden that is not named here: readers must skip what they do not know.

Annotations are evaluated at once on purpose: as strings, each would be compiled at import.
"""

from typing import Annotated, Any, NotRequired

from registry_api.v2 import names
from routebook import JsonSchema, TypedDict

DIGEST_EXAMPLE = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

BYTES = {"type": "string", "format": "binary"}
"""Bytes as they are. OpenAPI 3.1 needs no schema for them, but generators of clients do."""

Digest = Annotated[
    str,
    JsonSchema(
        description="A digest: the algorithm, a colon, and the encoded hash of the content.",
        pattern=f"^{names.DIGEST}$",
        examples=[DIGEST_EXAMPLE],
    ),
]
RepositoryName = Annotated[
    str, JsonSchema(description="The name of the repository.", maxLength=255, minLength=1)
]
Tag = Annotated[str, JsonSchema(pattern="^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$")]
MediaType = Annotated[str, JsonSchema(description="The media type of the content.")]
Size = Annotated[int, JsonSchema(description="The length of the content in bytes.", minimum=0)]
Version2 = Annotated[int, JsonSchema(description="The version of the format.", const=2)]
Annotations = Annotated[
    dict[str, str],
    JsonSchema(
        description="Remarks for people and tools; the keys are in reverse domain notation, "
        "such as `org.opencontainers.image.source`."
    ),
]


_DottedPlatform = TypedDict(
    "_DottedPlatform",
    {
        "os.version": NotRequired[
            Annotated[str, JsonSchema(description="The version of the system.")]
        ],
        "os.features": NotRequired[
            Annotated[list[str], JsonSchema(description="What the system must be able to do.")]
        ],
    },
)


class Platform(_DottedPlatform):
    """The machine that an image is made for."""

    architecture: Annotated[
        str, JsonSchema(description="The processor, as Go's `GOARCH` names it.", examples=["arm64"])
    ]
    os: Annotated[
        str, JsonSchema(description="The system, as Go's `GOOS` names it.", examples=["linux"])
    ]
    variant: NotRequired[
        Annotated[str, JsonSchema(description="The variant of the processor.", examples=["v8"])]
    ]
    features: NotRequired[
        Annotated[list[str], JsonSchema(description="What the processor must be able to do.")]
    ]


class Descriptor(TypedDict):
    """A pointer to content: what it is, how long it is, and its digest."""

    mediaType: MediaType
    digest: Digest
    size: Size
    urls: NotRequired[
        Annotated[
            list[str], JsonSchema(description="Other places that the content can be had from.")
        ]
    ]
    annotations: NotRequired[Annotations]
    data: NotRequired[
        Annotated[
            str,
            JsonSchema(
                description="The content itself, when it is small.", contentEncoding="base64"
            ),
        ]
    ]
    artifactType: NotRequired[
        Annotated[str, JsonSchema(description="The type of the artifact that it points to.")]
    ]


class PlatformDescriptor(Descriptor):
    """A pointer to the image for one platform."""

    platform: NotRequired[Platform]


class ImageManifest(TypedDict):
    """An image for one platform, in Docker's format: its configuration and its layers.

    Media type `application/vnd.docker.distribution.manifest.v2+json`, "schema 2".
    """

    schemaVersion: Version2
    mediaType: Annotated[
        str,
        JsonSchema(
            description="The media type of the manifest.",
            const="application/vnd.docker.distribution.manifest.v2+json",
        ),
    ]
    config: Descriptor
    layers: Annotated[
        list[Descriptor], JsonSchema(description="The layers, from the lowest to the topmost.")
    ]


class ManifestList(TypedDict):
    """One image for several platforms, in Docker's format.

    Media type `application/vnd.docker.distribution.manifest.list.v2+json`.
    """

    schemaVersion: Version2
    mediaType: Annotated[
        str,
        JsonSchema(
            description="The media type of the list.",
            const="application/vnd.docker.distribution.manifest.list.v2+json",
        ),
    ]
    manifests: Annotated[
        list[PlatformDescriptor], JsonSchema(description="The manifests, one for each platform.")
    ]


class OciImageManifest(TypedDict):
    """An image for one platform, or another artifact, in the format of the OCI.

    Media type `application/vnd.oci.image.manifest.v1+json`.
    """

    schemaVersion: Version2
    mediaType: NotRequired[
        Annotated[
            str,
            JsonSchema(
                description="The media type of the manifest.",
                const="application/vnd.oci.image.manifest.v1+json",
            ),
        ]
    ]
    artifactType: NotRequired[
        Annotated[str, JsonSchema(description="The type of the artifact, when it is no image.")]
    ]
    config: Descriptor
    layers: Annotated[
        list[Descriptor], JsonSchema(description="The layers, from the lowest to the topmost.")
    ]
    subject: NotRequired[
        Annotated[Descriptor, JsonSchema(description="The manifest that this one is about.")]
    ]
    annotations: NotRequired[Annotations]


class OciImageIndex(TypedDict):
    """One image for several platforms, or another set of artifacts, in the format of the OCI.

    Media type `application/vnd.oci.image.index.v1+json`.
    """

    schemaVersion: Version2
    mediaType: NotRequired[
        Annotated[
            str,
            JsonSchema(
                description="The media type of the index.",
                const="application/vnd.oci.image.index.v1+json",
            ),
        ]
    ]
    artifactType: NotRequired[
        Annotated[str, JsonSchema(description="The type of the artifact, when it is no image.")]
    ]
    manifests: Annotated[
        list[PlatformDescriptor], JsonSchema(description="The manifests, in order of preference.")
    ]
    subject: NotRequired[
        Annotated[Descriptor, JsonSchema(description="The manifest that this one is about.")]
    ]
    annotations: NotRequired[Annotations]


class LegacyLayer(TypedDict):
    """A layer of a schema 1 manifest."""

    blobSum: Digest


class LegacyHistory(TypedDict):
    """The configuration that goes with the layer at the same position of a schema 1 manifest."""

    v1Compatibility: Annotated[
        str,
        JsonSchema(
            description="The configuration of the image as of this layer: JSON in a string.",
            contentMediaType="application/json",
        ),
    ]


class LegacySignature(TypedDict):
    """A JSON web signature of a schema 1 manifest."""

    header: Annotated[
        dict[str, Any], JsonSchema(description="The algorithm and the key of the signature.")
    ]
    signature: Annotated[str, JsonSchema(description="The signature, in base64url.")]
    protected: Annotated[
        str, JsonSchema(description="The protected header: what was signed, in base64url.")
    ]


class LegacyManifest(TypedDict):
    """An image in Docker's first format, "schema 1". Deprecated.

    Media types `application/vnd.docker.distribution.manifest.v1+prettyjws` when signed,
    `application/vnd.docker.distribution.manifest.v1+json` when not.
    """

    schemaVersion: Annotated[int, JsonSchema(description="The version of the format.", const=1)]
    name: RepositoryName
    tag: Annotated[str, JsonSchema(description="The tag that it was pushed with.")]
    architecture: Annotated[
        str, JsonSchema(description="The processor, as Go's `GOARCH` names it.", examples=["amd64"])
    ]
    fsLayers: Annotated[
        list[LegacyLayer], JsonSchema(description="The layers, from the topmost to the lowest.")
    ]
    history: Annotated[
        list[LegacyHistory], JsonSchema(description="As many as layers, in the same order.")
    ]
    signatures: NotRequired[
        Annotated[
            list[LegacySignature], JsonSchema(description="One for each key it is signed with.")
        ]
    ]


class TagList(TypedDict):
    """The tags of a repository, or a page of them."""

    name: RepositoryName
    tags: Annotated[
        list[Tag] | None,
        JsonSchema(
            description="The tags in lexical order. Some registries send `null` for a repository "
            "without tags."
        ),
    ]


class RepositoryList(TypedDict):
    """The repositories of a registry, or a page of them."""

    repositories: Annotated[
        list[str], JsonSchema(description="The names of the repositories in lexical order.")
    ]


class VersionSupport(TypedDict):
    """An empty object: that it comes at all is the answer."""


class RegistryError(TypedDict):
    """One thing that is wrong."""

    code: Annotated[
        str,
        JsonSchema(
            description="The error code; programs decide by it.",
            pattern="^[A-Z_]+$",
            examples=["MANIFEST_UNKNOWN"],
        ),
    ]
    message: NotRequired[
        Annotated[str, JsonSchema(description="What is wrong, for people to read.")]
    ]
    detail: NotRequired[
        Annotated[Any, JsonSchema(description="What it is about; the code gives its form.")]
    ]


class ErrorEnvelope(TypedDict):
    """What is wrong with a request: one or more errors, of which the first gives the status."""

    errors: Annotated[list[RegistryError], JsonSchema(description="The errors.")]


NAMED = {
    schema.__name__: schema
    for schema in (
        ErrorEnvelope,
        RegistryError,
        VersionSupport,
        TagList,
        RepositoryList,
        ImageManifest,
        ManifestList,
        OciImageManifest,
        OciImageIndex,
        LegacyManifest,
        LegacyLayer,
        LegacyHistory,
        LegacySignature,
        Descriptor,
        PlatformDescriptor,
        Platform,
    )
}
"""The schemas of bodies by their names, in the order of the reference."""
