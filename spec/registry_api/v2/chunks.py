"""`/v2/<name>/blobs/uploads/<uuid>`: a blob on its way into the registry."""

from registry_api.v2 import errors, headers, names, parameters, responses, schemas
from registry_api.v2.names import RouteName
from routebook import (
    BodyDescriptor,
    Condition,
    LinkDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)

PATH = (parameters.NAME, parameters.UUID)
PROGRESS_HEADERS: tuple[ParameterDescriptor, ...] = (
    headers.API_VERSION,
    headers.UPLOAD_LOCATION,
    headers.PROGRESS,
    headers.NO_CONTENT,
    headers.UPLOAD_UUID,
)

INVALID = responses.failure(
    400,
    "Invalid Name or Digest",
    "The name breaks a rule, or a registry that checks digests on the way found a wrong one.",
    errors.DIGEST_INVALID,
    errors.NAME_INVALID,
    component="InvalidUploadRequest",
)


def _content(sample: str, description: str, *, required: bool) -> BodyDescriptor:
    return BodyDescriptor(
        content=(
            MediaTypeDescriptor(
                content_type="application/octet-stream", schema=schemas.BYTES, format=sample
            ),
        ),
        description=description,
        required=required,
    )


STATUS = MethodDescriptor(
    method="GET",
    operation_id="getBlobUploadStatus",
    summary="Ask how far an upload is",
    description="How many bytes the registry has, and the URL to go on with: what a client needs "
    "after a broken connection. The reference implementation answers `HEAD` in the same way. Needs "
    "the right to pull from the repository.",
    tags=("Uploads",),
    aliases=("get-blob-upload", "end-13"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST,),
            path_parameters=PATH,
            query_parameters=(parameters.UPLOAD_STATE,),
            successes=(
                ResponseDescriptor(
                    status_code=204,
                    name="Upload Progress",
                    description="The upload is there, and waits for the byte after `Range`.",
                    headers=PROGRESS_HEADERS,
                    aliases=("on-success-upload-progress",),
                ),
                responses.MOVED,
            ),
            failures=(INVALID, responses.UPLOAD_UNKNOWN, *responses.IN_REPOSITORY),
        ),
    ),
)

STREAM = RequestDescriptor(
    name="Stream upload",
    description="Append the body, however long it is. The length need not be known before: it may "
    "come in HTTP's chunked transfer coding.",
    when="There is no `Content-Range`.",
    condition=Condition(absent=("header.Content-Range",)),
    headers=(parameters.HOST,),
    path_parameters=PATH,
    query_parameters=(parameters.UPLOAD_STATE,),
    body=_content("<binary data>", "The next bytes of the blob.", required=True),
    successes=(
        ResponseDescriptor(
            status_code=202,
            name="Data Accepted",
            description="The bytes are stored. Go on with the new `Location`.",
            headers=PROGRESS_HEADERS,
            aliases=("on-success-data-accepted",),
        ),
        responses.MOVED,
    ),
    failures=(
        INVALID,
        responses.UPLOAD_UNKNOWN,
        responses.NOT_ALLOWED,
        responses.RANGE_OUT_OF_ORDER,
        *responses.IN_REPOSITORY,
    ),
    aliases=("stream-upload",),
)

CHUNK = RequestDescriptor(
    name="Chunked upload",
    description="Append a chunk of known position and length. Chunks go in order, one after the "
    "other, each to the `Location` of the answer before.",
    when="There is a `Content-Range`.",
    condition=Condition(present=("header.Content-Range",)),
    headers=(parameters.HOST, parameters.CHUNK_RANGE, parameters.CHUNK_LENGTH),
    path_parameters=PATH,
    query_parameters=(parameters.UPLOAD_STATE,),
    body=_content("<binary chunk>", "The chunk.", required=True),
    successes=(
        ResponseDescriptor(
            status_code=202,
            name="Chunk Accepted",
            description="The chunk is stored. Go on with the new `Location`.",
            headers=PROGRESS_HEADERS,
            aliases=("on-success-chunk-accepted",),
        ),
        responses.MOVED,
    ),
    failures=(
        responses.failure(
            400,
            "Invalid Chunk",
            "The length of the body does not fit `Content-Range`, the name breaks a rule, or a "
            "registry that checks digests on the way found a wrong one.",
            errors.DIGEST_INVALID,
            errors.NAME_INVALID,
            errors.SIZE_INVALID,
        ),
        responses.UPLOAD_UNKNOWN,
        responses.NOT_ALLOWED,
        responses.RANGE_OUT_OF_ORDER,
        *responses.IN_REPOSITORY,
    ),
    aliases=("chunked-upload", "chunked-upload-1", "end-5"),
)

APPEND = MethodDescriptor(
    method="PATCH",
    operation_id="uploadBlobChunk",
    summary="Send a part of a blob",
    description="The body is appended to what the registry has. Any number of these may come "
    "before `PUT`. Each answer has a new `Location`; the old one is of no more use. A "
    "`Content-Type` other than `application/octet-stream` is refused. Needs the rights to pull "
    "and push in the repository.",
    tags=("Uploads",),
    requests=(STREAM, CHUNK),
    aliases=("patch-blob-upload",),
)

COMPLETE = MethodDescriptor(
    method="PUT",
    operation_id="completeBlobUpload",
    summary="Complete an upload",
    description="The last step: the body is appended, all is compared with `digest`, and the blob "
    "is in the repository. A blob can come whole in this request, or with `PATCH` before it. When "
    "the digest is wrong, the upload is gone. Needs the rights to pull and push in the repository.",
    tags=("Uploads",),
    aliases=("put-blob-upload", "end-6"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST, parameters.DATA_LENGTH),
            path_parameters=PATH,
            query_parameters=(parameters.UPLOAD_DIGEST, parameters.UPLOAD_STATE),
            body=_content(
                "<binary data>", "The rest of the blob; nothing when all is there.", required=False
            ),
            successes=(
                ResponseDescriptor(
                    status_code=201,
                    name="Upload Complete",
                    description="The blob is in the repository.",
                    headers=(
                        headers.API_VERSION,
                        headers.BLOB_LOCATION,
                        headers.UPLOADED_RANGE,
                        headers.NO_CONTENT,
                        headers.BLOB_DIGEST,
                    ),
                    links=(
                        LinkDescriptor(
                            name="blob",
                            operation_id="getBlob",
                            parameters={
                                "name": "$request.path.name",
                                "digest": "$request.query.digest",
                            },
                            description="The blob that was pushed.",
                        ),
                    ),
                    aliases=("on-success-upload-complete",),
                ),
                responses.MOVED,
            ),
            failures=(
                responses.failure(
                    400,
                    "Invalid Digest",
                    "The digest is missing, malformed, or not that of the content; or the name "
                    "breaks a rule.",
                    errors.DIGEST_INVALID,
                    errors.NAME_INVALID,
                ),
                responses.UPLOAD_UNKNOWN,
                responses.NOT_ALLOWED,
                responses.RANGE_OUT_OF_ORDER,
                *responses.IN_REPOSITORY,
            ),
        ),
    ),
)

CANCEL = MethodDescriptor(
    method="DELETE",
    operation_id="cancelBlobUpload",
    summary="Cancel an upload",
    description="The registry throws away what it has got. Uploads that nobody cancels expire "
    "some day, as configured. Needs the right to delete in the repository.",
    tags=("Uploads",),
    aliases=("delete-blob-upload", "end-14"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST, parameters.NO_CONTENT),
            path_parameters=PATH,
            query_parameters=(parameters.UPLOAD_STATE,),
            successes=(
                ResponseDescriptor(
                    status_code=204,
                    name="Upload Deleted",
                    description="The upload is gone.",
                    headers=(headers.API_VERSION, headers.NO_CONTENT, headers.UPLOAD_UUID),
                    aliases=("on-success-upload-deleted",),
                ),
                responses.MOVED,
            ),
            failures=(
                responses.failure(
                    400,
                    "Invalid Name",
                    "The name breaks a rule.",
                    errors.NAME_INVALID,
                ),
                responses.UPLOAD_UNKNOWN,
                responses.NOT_ALLOWED,
                responses.RANGE_OUT_OF_ORDER,
                *responses.IN_REPOSITORY,
            ),
        ),
    ),
)

BLOB_UPLOAD_CHUNK = RouteDescriptor(
    name=RouteName.BLOB_UPLOAD_CHUNK,
    path=f"/v2/{{name:{names.NAME}}}/blobs/uploads/{{uuid:{names.UPLOAD_ID}}}",
    entity="Blob Upload",
    description="A blob on its way into the registry. Its URL comes with every answer in "
    "`Location`, and a client uses it as it is.",
    methods=(STATUS, APPEND, COMPLETE, CANCEL),
    aliases=("blob-upload",),
)
