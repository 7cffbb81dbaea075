"""`/v2/<name>/tags/list`: the tags of a repository."""

from registry_api.v2 import errors, examples, headers, names, parameters, responses, schemas
from registry_api.v2.names import RouteName
from routebook import (
    BodyDescriptor,
    Condition,
    ExampleDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)


def _list(name: str, description: str, example: object) -> ResponseDescriptor:
    return ResponseDescriptor(
        status_code=200,
        name=name,
        description=description,
        headers=(headers.API_VERSION, headers.CONTENT_LENGTH, headers.LINK),
        body=BodyDescriptor(
            content=(
                MediaTypeDescriptor(
                    content_type="application/json",
                    schema=schemas.TagList,
                    examples=(ExampleDescriptor(value=example),),
                ),
            )
        ),
    )


ALL = RequestDescriptor(
    name="Tags",
    description="All tags at once, or those after `last`. A registry may still send them in "
    "pages: look for `Link`.",
    when="The query has no `n`.",
    condition=Condition(absent=("query.n",)),
    headers=(parameters.HOST,),
    path_parameters=(parameters.NAME,),
    query_parameters=(parameters.LAST,),
    successes=(
        _list("Tag List", "The tags of the repository.", examples.TAG_LIST),
        responses.MOVED,
    ),
    failures=responses.IN_REPOSITORY,
    aliases=("tags-1", "end-8a"),
)

PAGE = RequestDescriptor(
    name="Tags Paginated",
    description="A page of the tags: `n` at most, those after `last`. Follow `Link` until there "
    "is none; do not stop at a page with fewer than `n`, which a registry may send at any time.",
    when="The query has `n`.",
    condition=Condition(present=("query.n",)),
    headers=(parameters.HOST,),
    path_parameters=(parameters.NAME,),
    query_parameters=(parameters.COUNT, parameters.LAST),
    successes=(
        _list("Tag Page", "The next tags, and where the ones after them are.", examples.TAG_PAGE),
        responses.MOVED,
    ),
    failures=(
        responses.failure(
            400,
            "Invalid pagination number",
            "`n` cannot be used.",
            errors.PAGINATION_NUMBER_INVALID,
            when="Since version 3; version 2 of the reference implementation ignores `n` here.",
        ),
        *responses.IN_REPOSITORY,
    ),
    aliases=("tags-paginated", "end-8b"),
)

LIST_TAGS = MethodDescriptor(
    method="GET",
    operation_id="listTags",
    summary="List the tags of a repository",
    description="The tags come in lexical order. A tag is only a name: ask for its manifest to "
    "learn what it stands for. Needs the right to pull from the repository.",
    tags=("Tags",),
    requests=(ALL, PAGE),
    aliases=("get-tags",),
)

TAGS = RouteDescriptor(
    name=RouteName.TAGS,
    path=f"/v2/{{name:{names.NAME}}}/tags/list",
    entity="Tags",
    description="The tags of a repository: the names that its owners gave to manifests.",
    methods=(LIST_TAGS,),
    aliases=("tags",),
)
