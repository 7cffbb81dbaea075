"""`/v2/<name>/blobs/<digest>`: layers and configurations."""

from dataclasses import replace

from registry_api.v2 import errors, examples, headers, names, parameters, responses, schemas
from registry_api.v2.names import RouteName
from routebook import (
    BodyDescriptor,
    Condition,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)

CONTENT = BodyDescriptor(
    content=(
        MediaTypeDescriptor(
            content_type="application/octet-stream",
            schema=schemas.BYTES,
            format="<blob binary data>",
        ),
    )
)
ETAG = replace(headers.ETAG, examples=(f'"{examples.LAYER}"',), component="BlobETag")
CACHING = (headers.BLOB_DIGEST, ETAG, headers.CACHE_CONTROL)
IF_NONE_MATCH = replace(
    parameters.IF_NONE_MATCH, examples=(f'"{examples.LAYER}"',), component="IfBlobNoneMatch"
)
PATH = (parameters.NAME, parameters.DIGEST)

REDIRECT = ResponseDescriptor(
    status_code=307,
    name="Temporary Redirect",
    description="The content is elsewhere. Ask there in the same way, without the credentials.",
    when="Where the storage can serve clients itself, and redirects are not switched off.",
    headers=(headers.API_VERSION, headers.REDIRECT_LOCATION, headers.BLOB_DIGEST),
    component="BlobRedirect",
)

NOT_MODIFIED = ResponseDescriptor(
    status_code=304,
    name="Not Modified",
    description="The client has the blob already: `If-None-Match` names it.",
    headers=(headers.API_VERSION, *CACHING),
    component="BlobNotModified",
)

WRONG_TAG = ResponseDescriptor(
    status_code=412,
    name="Precondition Failed",
    description="`If-Match` does not name this blob.",
    headers=(headers.API_VERSION, *CACHING),
    component="BlobPreconditionFailed",
)

INVALID_DIGEST = responses.failure(
    400,
    "Invalid Name or Digest",
    "The digest is malformed or of an unknown algorithm, or the name breaks a rule.",
    errors.NAME_INVALID,
    errors.DIGEST_INVALID,
    component="InvalidNameOrDigest",
)

BLOB_UNKNOWN = responses.failure(
    404,
    "Blob Unknown",
    "The repository has no such blob; the reference implementation says so too when there is no "
    "such repository.",
    errors.BLOB_UNKNOWN,
    component="BlobUnknown",
)

FETCH = RequestDescriptor(
    name="Fetch Blob",
    description="The whole blob. Check its digest while it comes in.",
    when="There is no `Range`.",
    condition=Condition(absent=("header.Range",)),
    headers=(parameters.HOST, IF_NONE_MATCH, parameters.IF_MATCH),
    path_parameters=PATH,
    successes=(
        ResponseDescriptor(
            status_code=200,
            name="Blob",
            description="The blob.",
            headers=(headers.API_VERSION, headers.LENGTH, headers.ACCEPT_RANGES, *CACHING),
            body=CONTENT,
        ),
        REDIRECT,
        NOT_MODIFIED,
        responses.MOVED,
    ),
    failures=(INVALID_DIGEST, BLOB_UNKNOWN, WRONG_TAG, *responses.IN_REPOSITORY),
    aliases=("fetch-blob",),
)

FETCH_PART = RequestDescriptor(
    name="Fetch Blob Part",
    description="Some bytes of the blob, to go on with a broken download or to read an index "
    "inside it. A registry that cannot do this sends the whole with 200, as HTTP lets it; check "
    "the status before the bytes are appended.",
    when="There is a `Range`.",
    condition=Condition(present=("header.Range",)),
    headers=(
        parameters.HOST,
        parameters.RANGE,
        parameters.IF_RANGE,
        IF_NONE_MATCH,
        parameters.IF_MATCH,
    ),
    path_parameters=PATH,
    successes=(
        ResponseDescriptor(
            status_code=206,
            name="Partial Content",
            description="The bytes that were asked for. Several ranges come as "
            "`multipart/byteranges`.",
            headers=(
                headers.API_VERSION,
                headers.LENGTH,
                headers.CONTENT_RANGE,
                headers.ACCEPT_RANGES,
                *CACHING,
            ),
            body=BodyDescriptor(
                content=(
                    *CONTENT.content,
                    MediaTypeDescriptor(
                        content_type="multipart/byteranges", format="<parts of the blob>"
                    ),
                )
            ),
            aliases=("on-success-partial-content",),
        ),
        ResponseDescriptor(
            status_code=200,
            name="Whole Blob",
            description="The whole blob after all.",
            when="`If-Range` names another content, or the registry knows no ranges.",
            headers=(headers.API_VERSION, headers.LENGTH, *CACHING),
            body=CONTENT,
        ),
        REDIRECT,
        NOT_MODIFIED,
        responses.MOVED,
    ),
    failures=(
        INVALID_DIGEST,
        BLOB_UNKNOWN,
        WRONG_TAG,
        ResponseDescriptor(
            status_code=416,
            name="Range Not Satisfiable",
            description="The blob is shorter than the range begins, or the range cannot be read. "
            "The body, if any, is plain text.",
            headers=(headers.API_VERSION, headers.UNSATISFIED_RANGE, *CACHING),
            aliases=("on-failure-requested-range-not-satisfiable",),
        ),
        *responses.IN_REPOSITORY,
    ),
    aliases=("fetch-blob-part",),
)

GET = MethodDescriptor(
    method="GET",
    operation_id="getBlob",
    summary="Fetch a blob, or a part of it",
    description="What a digest names never changes, so that caches may keep it for ever. Needs "
    "the right to pull from the repository.",
    tags=("Blobs",),
    requests=(FETCH, FETCH_PART),
    aliases=("get-blob", "end-2"),
)

HEAD = MethodDescriptor(
    method="HEAD",
    operation_id="headBlob",
    summary="Check that a blob exists",
    description="The answer to `GET` without its body: whether the blob is there, and how long it "
    "is. Clients ask before they push, to leave out what the repository has. Needs the right to "
    "pull from the repository.",
    tags=("Blobs",),
    aliases=("head-blob",),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST, IF_NONE_MATCH, parameters.IF_MATCH),
            path_parameters=PATH,
            successes=(
                ResponseDescriptor(
                    status_code=200,
                    name="Blob Exists",
                    description="The repository has the blob.",
                    headers=(headers.API_VERSION, headers.LENGTH, headers.ACCEPT_RANGES, *CACHING),
                ),
                REDIRECT,
                NOT_MODIFIED,
                responses.MOVED,
            ),
            failures=(
                responses.bodiless(INVALID_DIGEST),
                responses.bodiless(BLOB_UNKNOWN),
                WRONG_TAG,
                *responses.HEAD_IN_REPOSITORY,
            ),
        ),
    ),
)

DELETE = MethodDescriptor(
    method="DELETE",
    operation_id="deleteBlob",
    summary="Delete a blob from a repository",
    description="The repository forgets the blob; others that have it keep it, and its bytes stay "
    "in the storage until garbage collection. Manifests that name it are not looked at: delete "
    "those first. Needs the right to delete in the repository.",
    tags=("Blobs",),
    aliases=("delete-blob", "end-10"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST,),
            path_parameters=PATH,
            successes=(
                ResponseDescriptor(
                    status_code=202,
                    name="Blob Deleted",
                    description="The repository no longer has the blob.",
                    headers=(headers.API_VERSION, headers.NO_CONTENT, headers.BLOB_DIGEST),
                ),
                responses.MOVED,
            ),
            failures=(
                INVALID_DIGEST,
                BLOB_UNKNOWN,
                responses.NOT_ALLOWED,
                *responses.IN_REPOSITORY,
            ),
        ),
    ),
)

BLOB = RouteDescriptor(
    name=RouteName.BLOB,
    path=f"/v2/{{name:{names.NAME}}}/blobs/{{digest:{names.DIGEST}}}",
    entity="Blob",
    description="Bytes under their digest: a layer, a configuration, or anything else that a "
    "manifest points to.",
    methods=(GET, HEAD, DELETE),
    aliases=("blob",),
)
