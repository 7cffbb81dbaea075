"""`/v2/<name>/manifests/<reference>`: what an image is made of."""

from registry_api.v2 import errors, examples, headers, names, parameters, responses, schemas
from registry_api.v2.names import RouteName
from routebook import (
    BodyDescriptor,
    ExampleDescriptor,
    LinkDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)


def _format(content_type: str, schema: object, example: object) -> MediaTypeDescriptor:
    return MediaTypeDescriptor(
        content_type=content_type, schema=schema, examples=(ExampleDescriptor(value=example),)
    )


FORMATS = (
    _format(
        "application/vnd.oci.image.manifest.v1+json",
        schemas.OciImageManifest,
        examples.OCI_MANIFEST,
    ),
    _format("application/vnd.oci.image.index.v1+json", schemas.OciImageIndex, examples.OCI_INDEX),
    _format(
        "application/vnd.docker.distribution.manifest.v2+json",
        schemas.ImageManifest,
        examples.IMAGE_MANIFEST,
    ),
    _format(
        "application/vnd.docker.distribution.manifest.list.v2+json",
        schemas.ManifestList,
        examples.MANIFEST_LIST,
    ),
    _format(
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        schemas.LegacyManifest,
        examples.LEGACY_MANIFEST,
    ),
)
"""What a manifest may be. Version 3 of the reference implementation refuses the last one."""

PATH = (parameters.NAME, parameters.REFERENCE)

NOT_MODIFIED = ResponseDescriptor(
    status_code=304,
    name="Not Modified",
    description="The client has this manifest already: `If-None-Match` names it.",
    headers=(headers.API_VERSION,),
    component="ManifestNotModified",
)

INVALID_REFERENCE = responses.failure(
    400,
    "Invalid Name or Reference",
    "The name or the reference breaks a rule that the path does not state, or the manifest cannot "
    "be turned into a format that `Accept` names.",
    errors.NAME_INVALID,
    errors.TAG_INVALID,
    errors.MANIFEST_INVALID,
    when="`MANIFEST_INVALID`: the reference implementation, when a client does not accept schema "
    "2. Version 2 then tries to make a schema 1 manifest of it, mostly in vain.",
    component="InvalidNameOrReference",
)

MANIFEST_UNKNOWN = responses.failure(
    404,
    "Manifest Unknown",
    "The repository has no such manifest, or none in a format that `Accept` names; the reference "
    "implementation says so too when there is no such repository.",
    errors.MANIFEST_UNKNOWN,
    component="ManifestUnknown",
)

BY_DIGEST = LinkDescriptor(
    name="manifestByDigest",
    operation_id="getManifest",
    parameters={
        "name": "$request.path.name",
        "reference": "$response.header.Docker-Content-Digest",
    },
    description="The manifest under the name that never changes.",
)

GET = MethodDescriptor(
    method="GET",
    operation_id="getManifest",
    summary="Fetch a manifest",
    description="The manifest, byte for byte as it was pushed: do not parse and write it again "
    "before its digest is checked. Say in `Accept` which formats the client can read. Needs the "
    "right to pull from the repository.",
    tags=("Manifests",),
    aliases=("get-manifest", "end-3"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST, parameters.ACCEPT, parameters.IF_NONE_MATCH),
            path_parameters=PATH,
            successes=(
                ResponseDescriptor(
                    status_code=200,
                    name="Manifest",
                    description="The manifest, in the format that `Content-Type` says. A client "
                    "that gets an index or list picks the entry of its platform and asks for that.",
                    headers=(
                        headers.API_VERSION,
                        headers.LENGTH,
                        headers.MANIFEST_DIGEST,
                        headers.ETAG,
                    ),
                    body=BodyDescriptor(content=FORMATS),
                ),
                NOT_MODIFIED,
                responses.MOVED,
            ),
            failures=(INVALID_REFERENCE, MANIFEST_UNKNOWN, *responses.IN_REPOSITORY),
        ),
    ),
)

HEAD = MethodDescriptor(
    method="HEAD",
    operation_id="headManifest",
    summary="Check that a manifest exists",
    description="The answer to `GET` without its body: whether the manifest is there, its digest, "
    "its format and its length. The cheap way to learn whether a tag has moved. Needs the right to "
    "pull from the repository.",
    tags=("Manifests",),
    aliases=("head-manifest",),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST, parameters.ACCEPT, parameters.IF_NONE_MATCH),
            path_parameters=PATH,
            successes=(
                ResponseDescriptor(
                    status_code=200,
                    name="Manifest Exists",
                    description="The repository has the manifest.",
                    headers=(
                        headers.API_VERSION,
                        headers.CONTENT_TYPE,
                        headers.LENGTH,
                        headers.MANIFEST_DIGEST,
                        headers.ETAG,
                    ),
                ),
                NOT_MODIFIED,
                responses.MOVED,
            ),
            failures=(
                responses.bodiless(INVALID_REFERENCE),
                responses.bodiless(MANIFEST_UNKNOWN),
                *responses.HEAD_IN_REPOSITORY,
            ),
        ),
    ),
)

PUT = MethodDescriptor(
    method="PUT",
    operation_id="putManifest",
    summary="Push a manifest",
    description="Stores the manifest under its digest and, when the reference is a tag, points "
    "the tag to it. All that it names must be in the repository before. The registry keeps the "
    "bytes as they are. Needs the rights to pull and push in the repository.",
    tags=("Manifests",),
    aliases=("put-manifest", "end-7"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST, parameters.MANIFEST_TYPE),
            path_parameters=PATH,
            body=BodyDescriptor(
                content=FORMATS,
                required=True,
                description="The manifest. The reference implementation takes up to 4 MiB.",
            ),
            successes=(
                ResponseDescriptor(
                    status_code=201,
                    name="Created",
                    description="The manifest is stored, and the tag points to it.",
                    headers=(
                        headers.API_VERSION,
                        headers.MANIFEST_LOCATION,
                        headers.NO_CONTENT,
                        headers.MANIFEST_DIGEST,
                    ),
                    links=(BY_DIGEST,),
                ),
                responses.MOVED,
            ),
            failures=(
                responses.failure(
                    400,
                    "Invalid Manifest",
                    "The manifest is not accepted: it is not what `Content-Type` says, is too "
                    "large, or does not fit the reference. There may be several errors.",
                    errors.NAME_INVALID,
                    errors.TAG_INVALID,
                    errors.MANIFEST_INVALID,
                    errors.MANIFEST_UNVERIFIED,
                    errors.DIGEST_INVALID,
                    aliases=("on-failure-invalid-manifest",),
                ),
                responses.failure(
                    400,
                    "Missing Layer(s)",
                    "The repository lacks something that the manifest names: one error for each. "
                    "Registries of the first years sent `BLOB_UNKNOWN` here.",
                    errors.MANIFEST_BLOB_UNKNOWN,
                    aliases=("on-failure-missing-layers",),
                ),
                responses.NOT_ALLOWED,
                *responses.IN_REPOSITORY,
            ),
        ),
    ),
)

DELETE = MethodDescriptor(
    method="DELETE",
    operation_id="deleteManifest",
    summary="Delete a manifest or a tag",
    description="With a digest, the manifest goes, and with it every tag that points to it. With "
    "a tag, only the tag goes, in registries that can do that. Blobs stay until garbage "
    "collection. Needs the right to delete in the repository.",
    tags=("Manifests",),
    aliases=("delete-manifest", "end-9"),
    requests=(
        RequestDescriptor(
            headers=(parameters.HOST,),
            path_parameters=PATH,
            successes=(
                ResponseDescriptor(
                    status_code=202,
                    name="Manifest Deleted",
                    description="The manifest or the tag is gone.",
                    headers=(headers.API_VERSION, headers.NO_CONTENT),
                ),
                responses.MOVED,
            ),
            failures=(
                responses.failure(
                    400,
                    "Invalid Name or Reference",
                    "The name or the reference is not accepted.",
                    errors.NAME_INVALID,
                    errors.TAG_INVALID,
                    errors.DIGEST_INVALID,
                    when="Version 2 of the reference implementation deletes by digest only, and "
                    "answers `DIGEST_INVALID` to a tag.",
                    aliases=("on-failure-invalid-name-or-reference",),
                ),
                responses.failure(
                    404,
                    "Unknown Manifest",
                    "The repository has no such manifest or tag.",
                    errors.MANIFEST_UNKNOWN,
                    aliases=("on-failure-unknown-manifest",),
                ),
                responses.NOT_ALLOWED,
                *responses.IN_REPOSITORY,
            ),
        ),
    ),
)

MANIFEST = RouteDescriptor(
    name=RouteName.MANIFEST,
    path=f"/v2/{{name:{names.NAME}}}/manifests/{{reference:{names.REFERENCE}}}",
    entity="Manifest",
    description="What an image is made of: its configuration and layers by digest, or the images "
    "for several platforms. It is found by its own digest and by any number of tags.",
    methods=(GET, HEAD, PUT, DELETE),
    aliases=("manifest",),
)
