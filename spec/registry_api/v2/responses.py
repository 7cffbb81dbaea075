"""Answers that many operations share, each described once."""

from dataclasses import replace

from registry_api.v2 import errors, headers, schemas
from routebook import (
    BodyDescriptor,
    ErrorDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    ResponseDescriptor,
)

ENVELOPE = BodyDescriptor(
    content=(MediaTypeDescriptor(content_type="application/json", schema=schemas.ErrorEnvelope),)
)
"""The body of every error that has codes."""


def failure(
    status_code: int,
    name: str,
    description: str,
    *codes: ErrorDescriptor,
    when: str = "",
    component: str = "",
    more_headers: tuple[ParameterDescriptor, ...] = (),
    aliases: tuple[str, ...] = (),
) -> ResponseDescriptor:
    """A failure that carries the error envelope with one of `codes`."""
    return ResponseDescriptor(
        status_code=status_code,
        name=name,
        description=description,
        when=when,
        headers=(headers.API_VERSION, headers.CONTENT_LENGTH, *more_headers),
        error_codes=codes,
        body=ENVELOPE,
        component=component,
        aliases=aliases,
    )


AUTHENTICATION_REQUIRED = failure(
    401,
    "Authentication Required",
    "The request needs credentials, or others than it has. Get them as `WWW-Authenticate` says "
    "and send the request again.",
    errors.UNAUTHORIZED,
    when="Only where authentication is configured.",
    more_headers=(headers.WWW_AUTHENTICATE,),
    component="AuthenticationRequired",
)

ACCESS_DENIED = failure(
    403,
    "Access Denied",
    "The credentials are good, but this is not allowed with them.",
    errors.DENIED,
    when="Registries with a policy of their own; with tokens, the answer is mostly 401.",
    component="AccessDenied",
)

REPOSITORY_UNKNOWN = failure(
    404,
    "No Such Repository Error",
    "The registry has no repository of this name.",
    errors.NAME_UNKNOWN,
    component="RepositoryUnknown",
)

TOO_MANY_REQUESTS = failure(
    429,
    "Too Many Requests",
    "The caller has asked too often. Wait and try again.",
    errors.TOOMANYREQUESTS,
    when="Where a limit is set: by the registry, or by a proxy before it.",
    more_headers=(headers.RETRY_AFTER,),
    component="TooManyRequests",
)

INTERNAL_ERROR = failure(
    500,
    "Internal Error",
    "The registry failed. The request may be tried again when it is safe to repeat.",
    errors.UNKNOWN,
    when="The reference implementation answers so to some wrong requests, too: to names of more "
    "than 255 characters, and to chunks with a `Content-Type` that it does not take.",
    component="InternalError",
)

UNAVAILABLE = failure(
    503,
    "Unavailable",
    "The registry is there but cannot work. Try again later.",
    errors.UNAVAILABLE,
    when="Where health checks are configured, as long as one fails.",
    more_headers=(headers.RETRY_AFTER,),
    component="Unavailable",
)

NOT_ALLOWED = ResponseDescriptor(
    status_code=405,
    name="Not allowed",
    description="The registry does not do this.",
    when="Read-only registries answer in plain text with `Allow`. `UNSUPPORTED` comes from those "
    "that have the method, but not this use of it: deletion, which the reference implementation "
    "does only when it is configured to, and whatever would change a pull-through cache.",
    headers=(headers.API_VERSION, headers.CONTENT_LENGTH, headers.ALLOW),
    error_codes=(errors.UNSUPPORTED,),
    body=BodyDescriptor(
        content=(
            *ENVELOPE.content,
            MediaTypeDescriptor(content_type="text/plain", format="Method not allowed"),
        )
    ),
    component="NotAllowed",
)

MOVED = ResponseDescriptor(
    status_code=301,
    name="Moved Permanently",
    description="The path has a slash too many or too few, or `.` or `..` in it. Go by the paths "
    "as they are written here: clients may turn another method into `GET` on the way.",
    headers=(headers.API_VERSION, headers.CLEAN_LOCATION),
    component="MovedPermanently",
)

UPLOAD_UNKNOWN = failure(
    404,
    "Upload Unknown",
    "There is no such upload, or this URL cannot go on with it. Start again, or use the newest "
    "`Location`.",
    errors.BLOB_UPLOAD_UNKNOWN,
    errors.BLOB_UPLOAD_INVALID,
    component="UploadUnknown",
)

RANGE_OUT_OF_ORDER = failure(
    416,
    "Range Not Satisfiable",
    "The request does not begin where the upload ended: its range is wrong, or its URL is older "
    "than the last chunk. Ask for the status, and go on from the `Range` and `Location` there.",
    errors.RANGE_INVALID,
    when="Since version 3; version 2 of the reference implementation answers 404 to an old URL and "
    "does not look at the range.",
    component="RangeOutOfOrder",
)

GUARDED = (AUTHENTICATION_REQUIRED, ACCESS_DENIED)
"""What comes first of all: is the caller allowed to?"""

ANY_TIME = (TOO_MANY_REQUESTS, INTERNAL_ERROR, UNAVAILABLE)
"""What can come at any time."""

IN_REPOSITORY = (AUTHENTICATION_REQUIRED, REPOSITORY_UNKNOWN, ACCESS_DENIED, *ANY_TIME)
"""The failures of every operation on a repository."""


def bodiless(response: ResponseDescriptor) -> ResponseDescriptor:
    """The same answer to `HEAD`: without a body, so that its codes cannot be read."""
    return replace(
        response,
        headers=tuple(h for h in response.headers if h is not headers.CONTENT_LENGTH),
        error_codes=(),
        body=None,
        component=f"Head{response.component}" if response.component else "",
        aliases=(),
    )


HEAD_IN_REPOSITORY = tuple(bodiless(response) for response in IN_REPOSITORY)
"""The failures of every `HEAD` on a repository."""
