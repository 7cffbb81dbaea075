"""The error codes, in the two groups in which the reference implementation keeps them.

A server raises them: `raise errors.BLOB_UNKNOWN.with_detail(digest)`. The message and the
status of a code are fixed; what it tells about this request goes into `detail`.
"""

from registry_api.v2 import details, schemas
from routebook import ErrorDescriptor, ErrorGroup

BLOB_UNKNOWN = ErrorDescriptor(
    value="BLOB_UNKNOWN",
    message="blob unknown to registry",
    http_status=404,
    description="The repository has no blob of this digest. A blob belongs to repositories one by "
    "one: that another one has it does not help, but it can be mounted from there.",
    detail=schemas.Digest,
    aliases=("code-1",),
)

BLOB_UPLOAD_INVALID = ErrorDescriptor(
    value="BLOB_UPLOAD_INVALID",
    message="blob upload invalid",
    http_status=404,
    description="The upload cannot go on: its URL is incomplete, outdated or of another "
    "repository, or the registry could not finish it. Ask for its status with the newest "
    "`Location`, or start again.",
    aliases=("code-2",),
)

BLOB_UPLOAD_UNKNOWN = ErrorDescriptor(
    value="BLOB_UPLOAD_UNKNOWN",
    message="blob upload unknown to registry",
    http_status=404,
    description="There is no such upload: it was completed, cancelled, has expired or never "
    "started. Start a new one.",
    aliases=("code-3",),
)

DIGEST_INVALID = ErrorDescriptor(
    value="DIGEST_INVALID",
    message="provided digest did not match uploaded content",
    http_status=400,
    description="A digest is missing, malformed, of an algorithm that the registry does not "
    "know, or not that of the content. Compute it over the very bytes that are sent.",
    detail=details.DigestMismatch | str,
    aliases=("code-4",),
)

MANIFEST_BLOB_UNKNOWN = ErrorDescriptor(
    value="MANIFEST_BLOB_UNKNOWN",
    message="blob unknown to registry",
    http_status=400,
    description="The manifest names a blob or manifest that its repository does not have. There "
    "is one error for each; push or mount what is missing, then the manifest again.",
    detail=schemas.Digest,
    aliases=("code-5",),
)

MANIFEST_INVALID = ErrorDescriptor(
    value="MANIFEST_INVALID",
    message="manifest invalid",
    http_status=400,
    description="The manifest is not what its `Content-Type` says, is of a type that the "
    "registry does not take, or is too large. `detail` may say more, in no fixed form.",
    aliases=("code-6",),
)

MANIFEST_UNKNOWN = ErrorDescriptor(
    value="MANIFEST_UNKNOWN",
    message="manifest unknown",
    http_status=404,
    description="The repository has no manifest of this tag or digest, or has it only in a media "
    "type that the request's `Accept` leaves out; the message then says so.",
    detail=details.UnknownTag | details.UnknownRevision,
    aliases=("code-7",),
)

MANIFEST_UNVERIFIED = ErrorDescriptor(
    value="MANIFEST_UNVERIFIED",
    message="manifest failed signature verification",
    http_status=400,
    description="The signature of a schema 1 manifest is missing or wrong. Newer manifests are "
    "not signed, so that only registries that still take schema 1 send this.",
)

NAME_INVALID = ErrorDescriptor(
    value="NAME_INVALID",
    message="invalid repository name",
    http_status=400,
    description="The repository name breaks a rule that its path pattern does not state, such as "
    "the limit of 255 characters, or is not the one that a manifest holds.",
    detail=details.InvalidName,
    aliases=("code-8",),
)

NAME_UNKNOWN = ErrorDescriptor(
    value="NAME_UNKNOWN",
    message="repository name not known to registry",
    http_status=404,
    description="There is no repository of this name. Repositories come into being with their "
    "first push.",
    detail=details.UnknownName,
    aliases=("code-9",),
)

PAGINATION_NUMBER_INVALID = ErrorDescriptor(
    value="PAGINATION_NUMBER_INVALID",
    message="invalid number of results requested",
    http_status=400,
    description="`n` is not a whole number, is negative, or is more than the registry gives at "
    "once.",
    detail=details.PaginationNumber,
)

RANGE_INVALID = ErrorDescriptor(
    value="RANGE_INVALID",
    message="invalid content range",
    http_status=416,
    description="A chunk does not begin where the upload ended, or the URL of the upload is older "
    "than its last chunk. Ask for the status of the upload and go on from there.",
)

SIZE_INVALID = ErrorDescriptor(
    value="SIZE_INVALID",
    message="provided length did not match content length",
    http_status=400,
    description="The length of a body is not what `Content-Range` or the client said before.",
    aliases=("code-10",),
)

TAG_INVALID = ErrorDescriptor(
    value="TAG_INVALID",
    message="manifest tag did not match URI",
    http_status=400,
    description="The tag in a schema 1 manifest is not that of the URL, or the registry does not "
    "accept a tag of this form.",
    detail=str,
)

DENIED = ErrorDescriptor(
    value="DENIED",
    message="requested access to the resource is denied",
    http_status=403,
    description="The caller is known but may not do this, or a policy of the registry forbids it. "
    "Another token for the same user does not help.",
    aliases=("code-12",),
)

TOOMANYREQUESTS = ErrorDescriptor(
    value="TOOMANYREQUESTS",
    message="too many requests",
    http_status=429,
    description="The caller has used up what it may ask in a span of time. Wait, for as long as "
    "`Retry-After` says where it is sent, and try again.",
    aliases=("code-14",),
)

UNAUTHORIZED = ErrorDescriptor(
    value="UNAUTHORIZED",
    message="authentication required",
    http_status=401,
    description="The request carries no credentials, or they do not suffice for it. "
    "`WWW-Authenticate` says where and for what to get a token; `detail` lists the access that is "
    "missing.",
    detail=list[details.AccessRecord] | None,
    aliases=("code-11",),
)

UNAVAILABLE = ErrorDescriptor(
    value="UNAVAILABLE",
    message="service unavailable",
    http_status=503,
    description="The registry cannot work for now, for instance because its storage fails a "
    "health check. Try again later.",
    detail=str,
)

UNKNOWN = ErrorDescriptor(
    value="UNKNOWN",
    message="unknown error",
    http_status=500,
    description="Something failed inside the registry, and no other code says what. `detail` has "
    "no fixed form.",
)

UNSUPPORTED = ErrorDescriptor(
    value="UNSUPPORTED",
    message="The operation is unsupported.",
    http_status=405,
    description="The registry does not do this at all, or is configured not to: deletion is "
    "switched off, or it is a pull-through cache.",
    aliases=("code-13",),
)

REGISTRY_GROUP = ErrorGroup(
    name="registry.api.v2",
    description="What can be wrong with a repository, a manifest, a blob or an upload.",
    errors=(
        BLOB_UNKNOWN,
        BLOB_UPLOAD_INVALID,
        BLOB_UPLOAD_UNKNOWN,
        DIGEST_INVALID,
        MANIFEST_BLOB_UNKNOWN,
        MANIFEST_INVALID,
        MANIFEST_UNKNOWN,
        MANIFEST_UNVERIFIED,
        NAME_INVALID,
        NAME_UNKNOWN,
        PAGINATION_NUMBER_INVALID,
        RANGE_INVALID,
        SIZE_INVALID,
        TAG_INVALID,
    ),
)

COMMON_GROUP = ErrorGroup(
    name="errcode",
    description="What any request can run into, and any service could answer.",
    errors=(DENIED, TOOMANYREQUESTS, UNAUTHORIZED, UNAVAILABLE, UNKNOWN, UNSUPPORTED),
)

GROUPS = (REGISTRY_GROUP, COMMON_GROUP)
"""All codes of the API."""
