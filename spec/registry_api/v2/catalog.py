"""`/v2/_catalog`: the repositories of a registry."""

from registry_api.v2 import errors, examples, headers, parameters, responses, schemas
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


def _list(name: str, description: str) -> ResponseDescriptor:
    return ResponseDescriptor(
        status_code=200,
        name=name,
        description=description,
        headers=(headers.API_VERSION, headers.CONTENT_LENGTH, headers.LINK),
        body=BodyDescriptor(
            content=(
                MediaTypeDescriptor(
                    content_type="application/json",
                    schema=schemas.RepositoryList,
                    examples=(ExampleDescriptor(value=examples.REPOSITORY_LIST),),
                ),
            )
        ),
    )


FAILURES = (*responses.GUARDED, *responses.ANY_TIME)

ALL = RequestDescriptor(
    name="Catalog Fetch",
    description="The repositories from the start, or those after `last`: as many as the registry "
    "gives at once, which are 100 in the reference implementation. The rest is behind `Link`.",
    when="The query has no `n`.",
    condition=Condition(absent=("query.n",)),
    headers=(parameters.HOST,),
    query_parameters=(parameters.LAST,),
    successes=(
        _list("Repository List", "The repositories of the registry, or the first of them."),
        responses.MOVED,
    ),
    failures=FAILURES,
    aliases=("catalog-fetch",),
)

PAGE = RequestDescriptor(
    name="Catalog Fetch Paginated",
    description="A page of the repositories: `n` at most, those after `last`. Follow `Link` until "
    "there is none.",
    when="The query has `n`.",
    condition=Condition(present=("query.n",)),
    headers=(parameters.HOST,),
    query_parameters=(parameters.COUNT, parameters.LAST),
    successes=(
        _list("Repository Page", "The next repositories, and where the ones after them are."),
        responses.MOVED,
    ),
    failures=(
        responses.failure(
            400,
            "Invalid pagination number",
            "`n` cannot be used.",
            errors.PAGINATION_NUMBER_INVALID,
            when="The most that can be asked for is configured, 1000 by default. Version 2 of the "
            "reference implementation ignores an `n` that is not a number.",
        ),
        *FAILURES,
    ),
    aliases=("catalog-fetch-paginated",),
)

LIST_REPOSITORIES = MethodDescriptor(
    method="GET",
    operation_id="listRepositories",
    summary="List the repositories of the registry",
    description="The names of the repositories, in lexical order. A registry with very many of "
    "them may refuse, or list only some; a repository stays listed after its last manifest is "
    "deleted. Needs the right to the whole catalog, which few callers have.",
    tags=("Catalog",),
    requests=(ALL, PAGE),
    aliases=("get-catalog",),
)

CATALOG = RouteDescriptor(
    name=RouteName.CATALOG,
    path="/v2/_catalog",
    entity="Catalog",
    description="The repositories of the registry. OCI registries need not have it.",
    methods=(LIST_REPOSITORIES,),
    aliases=("catalog",),
)
