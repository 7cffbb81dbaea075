"""What errors carry as `detail`, as types; written like those of `schemas`."""

from typing import Annotated, Any, NotRequired

from registry_api.v2.schemas import Digest, RepositoryName
from routebook import JsonSchema, TypedDict


class AccessRecord(TypedDict):
    """One right that a request needs."""

    Type: Annotated[
        str,
        JsonSchema(
            description="What the right is about: `repository` or `registry`.",
            examples=["repository"],
        ),
    ]
    Class: Annotated[
        str,
        JsonSchema(description="The class of the repository; mostly empty.", examples=[""]),
    ]
    Name: Annotated[
        str,
        JsonSchema(description="The repository's name, or `catalog`.", examples=["library/ubuntu"]),
    ]
    Action: Annotated[
        str,
        JsonSchema(
            description="What is to be done: `pull`, `push`, `delete`, or `*` for all.",
            examples=["pull"],
        ),
    ]


class DigestMismatch(TypedDict):
    """The digest that does not fit."""

    Digest: Digest
    Reason: NotRequired[
        Annotated[dict[str, Any], JsonSchema(description="Why it does not; mostly empty.")]
    ]


class UnknownTag(TypedDict):
    """The tag that is not there."""

    Tag: Annotated[str, JsonSchema(description="The tag.", examples=["24.04"])]


class UnknownRevision(TypedDict):
    """The manifest that is not there."""

    Name: RepositoryName
    Revision: Digest


class InvalidName(TypedDict):
    """The name that breaks a rule."""

    Name: Annotated[str, JsonSchema(description="The name.", examples=["library/ubuntu"])]
    Reason: NotRequired[
        Annotated[dict[str, Any], JsonSchema(description="Which rule it breaks; mostly empty.")]
    ]


class UnknownName(TypedDict):
    """The repository that is not there."""

    name: RepositoryName


class PaginationNumber(TypedDict):
    """The number that was asked for."""

    n: Annotated[
        int | str,
        JsonSchema(description="The number, or the text that is none.", examples=[2000000]),
    ]


DETAILS = {
    schema.__name__: schema
    for schema in (
        AccessRecord,
        DigestMismatch,
        InvalidName,
        PaginationNumber,
        UnknownName,
        UnknownRevision,
        UnknownTag,
    )
}
"""Every one by its name."""
