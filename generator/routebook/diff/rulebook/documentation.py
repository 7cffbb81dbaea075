"""What is said to people: titles, descriptions, contacts. Nothing changes on the wire."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.diff.frame import Edit, diff_rule
from routebook.diff.pairs import Kind, Pair


def _differ(old: object, new: object, *fields: str) -> Iterator[str]:
    if old is None or new is None:
        return
    for field in fields:
        if getattr(old, field) != getattr(new, field):
            yield field.replace("_", " ")


@diff_rule("api-documentation-changed", on=Kind.API)
def api(pair: Pair) -> Iterator[Edit]:
    """What is said about the API as a whole is another text.

    Before: {info: {title: Things, version: 1.0.0}}
    After: {info: {title: All things, version: 1.0.0}}
    """
    fields = (
        "title",
        "summary",
        "description",
        "terms_of_service",
        "contact",
        "license",
        "external_docs",
    )
    for field in _differ(pair.old, pair.new, *fields):
        yield Edit(f"the {field} of the API changed")


@diff_rule("api-version-changed", on=Kind.API)
def version(pair: Pair) -> Iterator[Edit]:
    """The version of the description is another one.

    Before: {info: {title: Things, version: 1.0.0}}
    After: {info: {title: Things, version: 1.1.0}}
    """
    old, new = pair.old.version, pair.new.version
    if old != new:
        message = f"the version is {new}, not {old}"
        yield Edit(message, below=("info", "version"), old=old, new=new)


@diff_rule("api-dialect-changed", on=Kind.API)
def dialect(pair: Pair) -> Iterator[Edit]:
    """The schemas of the API are written in another dialect, or it has another URI.

    Before: {openapi: 3.1.0}
    After: {openapi: 3.1.0, jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema"}
    """
    for field in _differ(pair.old, pair.new, "json_schema_dialect", "self_uri"):
        yield Edit(f"the {field} of the API changed")


@diff_rule("api-tag-documentation-changed", on=Kind.TAG)
def tag(pair: Pair) -> Iterator[str]:
    """What is said about a group of operations is another text, or the group is new or gone.

    Before: tags: [{name: things}]
    After: tags: [{name: things, description: All of them}]
    """
    if pair.old is None or pair.new is None:
        yield f"the tag {pair.name} is {'described' if pair.old is None else 'not described'} now"
    for field in _differ(
        pair.old, pair.new, "summary", "description", "parent", "kind", "external_docs"
    ):
        yield f"the {field} of the tag {pair.name} changed"


@diff_rule("api-route-documentation-changed", on=Kind.OPERATION)
def route(pair: Pair) -> Iterator[str]:
    """What is said about a path is another text.

    Before: paths: {/things: {get: {}}}
    After: paths: {/things: {summary: All of them, get: {}}}
    """
    old, new = getattr(pair.old, "route", None), getattr(pair.new, "route", None)
    for field in _differ(old, new, "summary", "description", "entity"):
        yield f"the {field} of the path of {pair.name} changed"


@diff_rule("endpoint-documentation-changed", on=Kind.OPERATION)
def operation(pair: Pair) -> Iterator[str]:
    """What is said about an operation is another text.

    Before: {summary: List things}
    After: {summary: List all things}
    """
    old, new = getattr(pair.old, "method", None), getattr(pair.new, "method", None)
    for field in _differ(old, new, "summary", "description", "external_docs"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("request-parameter-documentation-changed", on=Kind.PARAMETER)
def parameter(pair: Pair) -> Iterator[str]:
    """What is said about a request parameter is another text, or its examples are others.

    Before: parameters: [{name: limit, in: query}]
    After: parameters: [{name: limit, in: query, description: How many}]
    """
    for field in _differ(pair.old, pair.new, "description", "examples", "format"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("request-variant-documentation-changed", on=Kind.VARIANT)
def variant(pair: Pair) -> Iterator[str]:
    """What is said about a variant of a request is another text.

    Before: RequestDescriptor(name="Mount")
    After: RequestDescriptor(name="Mount", description="Take it from elsewhere.")
    """
    for field in _differ(pair.old, pair.new, "name", "description", "when"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("request-body-documentation-changed", on=Kind.REQUEST_BODY)
def body(pair: Pair) -> Iterator[str]:
    """What is said about a request body is another text.

    Before: requestBody: {content: {application/json: {}}}
    After: requestBody: {description: The thing, content: {application/json: {}}}
    """
    for field in _differ(pair.old, pair.new, "description"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("request-body-examples-changed", on=Kind.REQUEST_CONTENT)
def request_examples(pair: Pair) -> Iterator[str]:
    """The examples of a request body are others.

    Before: requestBody: {content: {text/plain: {example: a}}}
    After: requestBody: {content: {text/plain: {example: b}}}
    """
    for field in _differ(pair.old, pair.new, "examples", "format"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("response-documentation-changed", on=Kind.RESPONSE)
def response(pair: Pair) -> Iterator[str]:
    """What is said about a response is another text.

    Before: responses: {"200": {description: Done}}
    After: responses: {"200": {description: All done}}
    """
    for field in _differ(pair.old, pair.new, "name", "summary", "description", "when", "fields"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("response-body-examples-changed", on=Kind.RESPONSE_CONTENT)
def response_examples(pair: Pair) -> Iterator[str]:
    """The examples of a response are others.

    Before: responses: {"200": {description: Done, content: {text/plain: {example: a}}}}
    After: responses: {"200": {description: Done, content: {text/plain: {example: b}}}}
    """
    for field in _differ(pair.old, pair.new, "examples", "format"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("response-header-documentation-changed", on=Kind.RESPONSE_HEADER)
def header(pair: Pair) -> Iterator[str]:
    """What is said about a response header is another text, or its examples are others.

    Before: responses: {"200": {description: Done, headers: {ETag: {}}}}
    After: responses: {"200": {description: Done, headers: {ETag: {description: Its tag}}}}
    """
    for field in _differ(pair.old, pair.new, "description", "examples", "format"):
        yield f"the {field} of {pair.name} changed"


@diff_rule("response-link-documentation-changed", on=Kind.LINK)
def link(pair: Pair) -> Iterator[str]:
    """What is said about a link is another text.

    Before: responses: {"200": {description: Done, links: {n: {operationId: list}}}}
    After: responses: {"200": {description: Done, links: {n: {operationId: list, description: N}}}}
    """
    for field in _differ(pair.old, pair.new, "description"):
        yield f"the {field} of {pair.name} changed"
