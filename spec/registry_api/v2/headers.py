"""What answers carry in their headers."""

from registry_api.v2 import examples, names
from routebook import ParameterDescriptor, Type

API_VERSION = ParameterDescriptor(
    name="Docker-Distribution-Api-Version",
    format="registry/2.0",
    description="`registry/2.0`, on every answer of a registry of this version.",
    examples=("registry/2.0",),
    component="ApiVersion",
)

CONTENT_LENGTH = ParameterDescriptor(
    name="Content-Length",
    type=Type.INTEGER,
    format="<length>",
    description="The length of the body in bytes.",
    documented_only=True,
)

NO_CONTENT = ParameterDescriptor(
    name="Content-Length",
    type=Type.INTEGER,
    format="0",
    description="`0`: the answer has no body.",
    documented_only=True,
)

LENGTH = ParameterDescriptor(
    name="Content-Length",
    type=Type.INTEGER,
    format="<length>",
    description="The length of the content in bytes, also when only the header section is sent.",
    schema={"minimum": 0},
    examples=(29724688,),
    component="ContentLength",
)

CONTENT_TYPE = ParameterDescriptor(
    name="Content-Type",
    type=Type.MEDIA_TYPE,
    required=True,
    format="<media type>",
    description="The media type that the answer to `GET` would have.",
    examples=("application/vnd.oci.image.manifest.v1+json",),
    documented_only=True,
)

MANIFEST_DIGEST = ParameterDescriptor(
    name="Docker-Content-Digest",
    type=Type.DIGEST,
    format="<digest>",
    regexp=names.DIGEST,
    description="The digest of the manifest, whichever way it was asked for. Clients compute it "
    "over the body and compare.",
    examples=(examples.MANIFEST,),
    component="ManifestDigest",
)

BLOB_DIGEST = ParameterDescriptor(
    name="Docker-Content-Digest",
    type=Type.DIGEST,
    format="<digest>",
    regexp=names.DIGEST,
    description="The digest of the whole blob.",
    examples=(examples.LAYER,),
    component="ContentDigest",
)

UPLOAD_UUID = ParameterDescriptor(
    name="Docker-Upload-UUID",
    type=Type.UUID,
    format="<uuid>",
    description="The identifier of the upload, for logs and questions; requests use `Location`.",
    examples=(examples.UPLOAD_ID,),
    component="UploadUuid",
)

BLOB_LOCATION = ParameterDescriptor(
    name="Location",
    type=Type.URL,
    required=True,
    format="<blob location>",
    description="Where the blob can be had from now on.",
    examples=(f"https://registry.example.com/v2/{examples.REPOSITORY}/blobs/{examples.LAYER}",),
    component="BlobLocation",
)

MANIFEST_LOCATION = ParameterDescriptor(
    name="Location",
    type=Type.URL,
    required=True,
    format="<url>",
    description="Where the manifest can be had by its digest.",
    examples=(
        f"https://registry.example.com/v2/{examples.REPOSITORY}/manifests/{examples.MANIFEST}",
    ),
    component="ManifestLocation",
)

UPLOAD_LOCATION = ParameterDescriptor(
    name="Location",
    type=Type.URL,
    required=True,
    format="/v2/<name>/blobs/uploads/<uuid>",
    description="Where the upload goes on: the URL of the next request, for that one only. It "
    "may be relative, may be on another host, and may have a query: add to it, change nothing.",
    examples=(
        (
            f"https://registry.example.com/v2/{examples.REPOSITORY}/blobs/uploads/"
            f"{examples.UPLOAD_ID}?_state={examples.UPLOAD_STATE}"
        ),
    ),
    component="UploadLocation",
)

REDIRECT_LOCATION = ParameterDescriptor(
    name="Location",
    type=Type.URL,
    required=True,
    format="<blob location>",
    description="Where the content is, mostly for a short time and on another host. Do not send "
    "the registry's credentials there.",
    examples=("https://storage.example.com/layers/9f86d081?expires=1767225600&signature=3q2xBg",),
    component="StorageLocation",
)

CLEAN_LOCATION = ParameterDescriptor(
    name="Location",
    type=Type.URL,
    required=True,
    format="<url>",
    description="The path as it should have been, with the query of the request.",
    examples=(f"/v2/{examples.REPOSITORY}/tags/list",),
    component="CleanLocation",
)

PROGRESS = ParameterDescriptor(
    name="Range",
    type=Type.BYTE_RANGE,
    required=True,
    format="0-<offset>",
    regexp="0-[0-9]+",
    description="The bytes that the registry has: the last number is that of the last byte. "
    "`0-0` also stands for none at all.",
    examples=("0-1023",),
    component="UploadProgress",
)

CONTENT_RANGE = ParameterDescriptor(
    name="Content-Range",
    type=Type.CONTENT_RANGE,
    format="bytes <start>-<end>/<size>",
    description="Which bytes of the blob these are, and how long it is. An answer with several "
    "parts has one in each part instead.",
    examples=("bytes 0-1023/29724688",),
    component="ContentRange",
)

UNSATISFIED_RANGE = ParameterDescriptor(
    name="Content-Range",
    type=Type.CONTENT_RANGE,
    format="bytes */<size>",
    description="How long the blob is.",
    examples=("bytes */29724688",),
    component="UnsatisfiedRange",
)

UPLOADED_RANGE = ParameterDescriptor(
    name="Content-Range",
    type=Type.BYTE_RANGE,
    format="<start of range>-<end of range, inclusive>",
    description="The bytes that the registry took. The reference implementation leaves it out.",
    examples=("0-29724687",),
    component="UploadedRange",
)

LINK = ParameterDescriptor(
    name="Link",
    type=Type.LINK,
    format='<<url>?n=<last n value>&last=<last entry from response>>; rel="next"',
    description="The next page, as a URL that is mostly relative. Without it, this page is the "
    "last. Entries that come and go in between may be missed.",
    examples=(f'</v2/{examples.REPOSITORY}/tags/list?last=24.04&n=2>; rel="next"',),
    component="NextPage",
)

ETAG = ParameterDescriptor(
    name="ETag",
    type=Type.ENTITY_TAG,
    format='"<digest>"',
    description="The entity tag: the digest in quotation marks.",
    examples=(f'"{examples.MANIFEST}"',),
    component="ETag",
)

CACHE_CONTROL = ParameterDescriptor(
    name="Cache-Control",
    format="max-age=<seconds>",
    description="How long the answer may be kept. A blob never changes: the reference "
    "implementation says a year.",
    examples=("max-age=31536000",),
    component="CacheControl",
)

ACCEPT_RANGES = ParameterDescriptor(
    name="Accept-Ranges",
    format="bytes",
    description="`bytes` where parts of the blob can be asked for.",
    examples=("bytes",),
    component="AcceptRanges",
)

ALLOW = ParameterDescriptor(
    name="Allow",
    format="<method>, ...",
    description="The methods that can be used here, in alphabetical order. The reference "
    "implementation sends it with the plain text, and not with `UNSUPPORTED`.",
    examples=("GET, HEAD",),
    component="Allow",
)

WWW_AUTHENTICATE = ParameterDescriptor(
    name="WWW-Authenticate",
    required=True,
    format='<scheme> realm="<realm>", ...',
    description="How to authenticate: `Bearer` with the URL of the token service, the name of the "
    "registry there, and the scope to ask for; or `Basic`.",
    examples=(
        f'{examples.CHALLENGE},scope="repository:{examples.REPOSITORY}:pull"',
        'Basic realm="Registry"',
    ),
    component="WwwAuthenticate",
)

RETRY_AFTER = ParameterDescriptor(
    name="Retry-After",
    format="<seconds>",
    description="When to try again: seconds from now, or a date.",
    examples=("60",),
    component="RetryAfter",
)
