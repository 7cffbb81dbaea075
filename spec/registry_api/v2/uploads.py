"""`/v2/<name>/blobs/uploads/`: the ways to begin with pushing a blob."""

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

INVALID = responses.failure(
    400,
    "Invalid Name or Digest",
    "The digest is malformed or not that of the content, or the name breaks a rule.",
    errors.DIGEST_INVALID,
    errors.NAME_INVALID,
    component="InvalidUpload",
)

FETCH_BLOB = LinkDescriptor(
    name="blob",
    operation_id="getBlob",
    parameters={
        "name": "$request.path.name",
        "digest": "$response.header.Docker-Content-Digest",
    },
    description="The blob that was pushed.",
)

CREATED_HEADERS: tuple[ParameterDescriptor, ...] = (
    headers.API_VERSION,
    headers.BLOB_LOCATION,
    headers.NO_CONTENT,
    headers.BLOB_DIGEST,
    headers.UPLOAD_UUID,
)


def _started(name: str, description: str, when: str = "") -> ResponseDescriptor:
    """An upload that the client has to go on with."""
    return ResponseDescriptor(
        status_code=202,
        name=name,
        description=description,
        when=when,
        headers=(
            headers.API_VERSION,
            headers.UPLOAD_LOCATION,
            headers.PROGRESS,
            headers.NO_CONTENT,
            headers.UPLOAD_UUID,
        ),
    )


MONOLITHIC = RequestDescriptor(
    name="Initiate Monolithic Blob Upload",
    description="Push a small blob with one request. Not every registry does this: the reference "
    "implementation ignores body and digest, and starts an upload. Go by the status.",
    when="The query has `digest` and no `mount`.",
    condition=Condition(present=("query.digest",), absent=("query.mount",)),
    headers=(parameters.HOST, parameters.BLOB_LENGTH),
    path_parameters=(parameters.NAME,),
    query_parameters=(parameters.UPLOAD_DIGEST,),
    body=BodyDescriptor(
        content=(
            MediaTypeDescriptor(
                content_type="application/octet-stream",
                schema=schemas.BYTES,
                format="<binary data>",
            ),
        ),
        required=True,
        description="The whole blob.",
    ),
    successes=(
        ResponseDescriptor(
            status_code=201,
            name="Created",
            description="The blob is in the repository.",
            when="Registries that take a blob with one request.",
            headers=CREATED_HEADERS,
            links=(FETCH_BLOB,),
        ),
        _started(
            "Upload Started",
            "An upload began, and nothing of the body was kept. Go on as after any other start.",
            when="All others, the reference implementation among them.",
        ),
        responses.MOVED,
    ),
    failures=(INVALID, responses.NOT_ALLOWED, *responses.IN_REPOSITORY),
    aliases=("initiate-monolithic-blob-upload", "end-4b"),
)

RESUMABLE = RequestDescriptor(
    name="Initiate Resumable Blob Upload",
    description="Begin an upload. The content follows with `PATCH` and `PUT` to the `Location` of "
    "the answer. This works with every registry.",
    when="The query has neither `digest` nor `mount`.",
    condition=Condition(absent=("query.digest", "query.mount")),
    headers=(parameters.HOST, parameters.NO_CONTENT),
    path_parameters=(parameters.NAME,),
    successes=(
        _started("Upload Started", "An upload began. Its URL is in `Location`."),
        responses.MOVED,
    ),
    failures=(INVALID, responses.NOT_ALLOWED, *responses.IN_REPOSITORY),
    aliases=("initiate-resumable-blob-upload", "end-4a"),
)

MOUNT = RequestDescriptor(
    name="Mount Blob",
    description="Take over a blob from another repository of the registry, so that its bytes need "
    "not be sent. Try it first: when it fails, an upload has begun already. Besides the rights to "
    "push here, the caller needs the right to pull from the other repository.",
    when="The query has `mount`.",
    condition=Condition(present=("query.mount",)),
    headers=(parameters.HOST, parameters.NO_CONTENT),
    path_parameters=(parameters.NAME,),
    query_parameters=(parameters.MOUNT, parameters.FROM),
    successes=(
        ResponseDescriptor(
            status_code=201,
            name="Created",
            description="The blob is in this repository, too.",
            headers=CREATED_HEADERS,
            links=(FETCH_BLOB,),
        ),
        _started(
            "Mount Failed",
            "The blob could not be mounted: the other repository does not have it, or there was "
            "none to look in. An upload began instead.",
        ),
        responses.MOVED,
    ),
    failures=(INVALID, responses.NOT_ALLOWED, *responses.IN_REPOSITORY),
    aliases=("mount-blob", "end-11"),
)

START = MethodDescriptor(
    method="POST",
    operation_id="startBlobUpload",
    summary="Begin to push a blob",
    description="There are three ways to begin: mount the blob from another repository, push it "
    "at once, or begin an upload and send it afterwards. Whatever was asked for, 202 means that "
    "an upload began: send the content to its `Location`. Needs the rights to pull and push in "
    "the repository.",
    tags=("Uploads",),
    requests=(MONOLITHIC, RESUMABLE, MOUNT),
    aliases=("post-initiate-blob-upload",),
)

BLOB_UPLOAD = RouteDescriptor(
    name=RouteName.BLOB_UPLOAD,
    path=f"/v2/{{name:{names.NAME}}}/blobs/uploads/",
    entity="Initiate Blob Upload",
    description="The place where pushing a blob begins. The slash at its end belongs to it.",
    methods=(START,),
    aliases=("initiate-blob-upload",),
)
