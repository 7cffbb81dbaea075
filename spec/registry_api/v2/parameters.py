"""What requests carry: path and query parameters, and request headers."""

from registry_api.v2 import examples, names
from routebook import ParameterDescriptor, Type

NAME = ParameterDescriptor(
    name="name",
    required=True,
    format="<name>",
    regexp=names.NAME,
    description="The repository: one or more components with slashes between them, at most 255 "
    "characters in all.",
    schema={"maxLength": 255},
    examples=(examples.REPOSITORY,),
    component="RepositoryName",
)

REFERENCE = ParameterDescriptor(
    name="reference",
    required=True,
    format="<reference>",
    regexp=names.REFERENCE,
    description="The manifest: a tag, which may name another manifest tomorrow, or a digest, "
    "which never does.",
    examples=(examples.TAG, examples.MANIFEST),
    component="Reference",
)

DIGEST = ParameterDescriptor(
    name="digest",
    type=Type.DIGEST,
    required=True,
    format="<digest>",
    regexp=names.DIGEST,
    description="The digest of the blob.",
    examples=(examples.LAYER,),
    component="BlobDigest",
)

UUID = ParameterDescriptor(
    name="uuid",
    type=Type.OPAQUE,
    required=True,
    format="<uuid>",
    regexp=names.UPLOAD_ID,
    description="The upload, as the registry named it. Do not put it together: use the "
    "`Location` of the answer before, as it is.",
    examples=(examples.UPLOAD_ID,),
    component="UploadId",
)

UPLOAD_STATE = ParameterDescriptor(
    name="_state",
    type=Type.OPAQUE,
    format="<state>",
    description="What the registry put into the query of `Location` to know where the upload is. "
    "Its name and form are the registry's own; the reference implementation uses this one, and "
    "needs it.",
    examples=(examples.UPLOAD_STATE,),
    component="UploadState",
)

UPLOAD_DIGEST = ParameterDescriptor(
    name="digest",
    type=Type.DIGEST,
    required=True,
    format="<digest>",
    regexp=names.DIGEST,
    description="The digest of the whole blob, which the registry compares with what it got.",
    examples=(examples.LAYER,),
    component="UploadedDigest",
)

MOUNT = ParameterDescriptor(
    name="mount",
    type=Type.DIGEST,
    required=True,
    format="<digest>",
    regexp=names.DIGEST,
    description="The digest of the blob to mount.",
    examples=(examples.LAYER,),
    component="MountedDigest",
)

FROM = ParameterDescriptor(
    name="from",
    format="<repository name>",
    regexp=names.NAME,
    description="The repository that has the blob; the caller needs the right to pull from it. "
    "Without it, a registry may look for the blob in all repositories that the caller can pull "
    "from; the reference implementation does not, and starts an upload.",
    examples=("library/debian",),
    component="SourceRepository",
)

COUNT = ParameterDescriptor(
    name="n",
    type=Type.INTEGER,
    required=True,
    format="<integer>",
    description="How many entries at most. `0` gives none, and no `Link`.",
    schema={"minimum": 0},
    examples=(2,),
    component="PageSize",
)

LAST = ParameterDescriptor(
    name="last",
    format="<last entry>",
    description="The entry after which to begin, itself not included: mostly the last one of the "
    "page before. It need not exist. Follow `Link` rather than setting it.",
    examples=("22.04",),
    component="LastEntry",
)

HOST = ParameterDescriptor(
    name="Host",
    required=True,
    format="<registry host>",
    description="The registry's host, with its port unless that is the scheme's own.",
    examples=("registry.example.com",),
    documented_only=True,
)

ACCEPT = ParameterDescriptor(
    name="Accept",
    type=Type.MEDIA_TYPE,
    format="<media type>, ...",
    description="The media types that the client can read. Name them all: the reference "
    "implementation takes neither `*/*` nor a missing header as leave to send OCI formats, and "
    "ignores weights.",
    examples=(
        "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json",
    ),
    documented_only=True,
)

MANIFEST_TYPE = ParameterDescriptor(
    name="Content-Type",
    type=Type.MEDIA_TYPE,
    required=True,
    format="<media type>",
    description="The media type of the manifest, the same as its `mediaType`.",
    examples=("application/vnd.oci.image.manifest.v1+json",),
    documented_only=True,
)

IF_NONE_MATCH = ParameterDescriptor(
    name="If-None-Match",
    type=Type.ENTITY_TAG,
    format='"<digest>"',
    description="The entity tag that the client has already; when it is still right, the answer "
    "is 304.",
    examples=(f'"{examples.MANIFEST}"',),
    component="IfNoneMatch",
)

IF_MATCH = ParameterDescriptor(
    name="If-Match",
    type=Type.ENTITY_TAG,
    format='"<digest>"',
    description="The entity tag that the blob must have; otherwise the answer is 412.",
    examples=(f'"{examples.LAYER}"',),
    component="IfMatch",
)

IF_RANGE = ParameterDescriptor(
    name="If-Range",
    type=Type.ENTITY_TAG,
    format='"<digest>"',
    description="The entity tag of the part that the client has; when the blob's is another, the "
    "whole blob comes with 200.",
    examples=(f'"{examples.LAYER}"',),
    component="IfRange",
)

RANGE = ParameterDescriptor(
    name="Range",
    type=Type.BYTE_RANGE,
    required=True,
    format="bytes=<start>-<end>",
    regexp="bytes=[0-9 ,-]+",
    description="The bytes to send, counted from 0, the end included.",
    examples=("bytes=0-1023",),
    component="ByteRange",
)

CHUNK_RANGE = ParameterDescriptor(
    name="Content-Range",
    type=Type.BYTE_RANGE,
    required=True,
    format="<start of range>-<end of range, inclusive>",
    regexp="[0-9]+-[0-9]+",
    description="Where the chunk belongs: its first and last byte, counted from 0. This is not "
    "the form that HTTP gives the header: there is no unit and no length.",
    examples=("0-1023",),
    component="ChunkRange",
)


def _length(sample: str, description: str) -> ParameterDescriptor:
    return ParameterDescriptor(
        name="Content-Length",
        type=Type.INTEGER,
        format=sample,
        description=description,
        documented_only=True,
    )


NO_CONTENT = _length("0", "`0`: the request has no body.")
BLOB_LENGTH = _length("<length of blob>", "The length of the blob in bytes.")
CHUNK_LENGTH = _length(
    "<length of chunk>", "The length of the chunk in bytes, which must fit `Content-Range`."
)
DATA_LENGTH = _length(
    "<length of data>", "The length of the rest of the blob; `0` when all of it is there."
)
