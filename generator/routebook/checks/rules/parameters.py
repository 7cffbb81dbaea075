"""Parameters and headers: their patterns, and how they are written."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index, is_path, template
from routebook.descriptors import ParameterDescriptor, RequestDescriptor, RouteDescriptor
from routebook.nearest import hint
from routebook.values import Type
from routebook.walk import Node

_STYLES = {
    "path_parameters": ("simple", "label", "matrix"),
    "query_parameters": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "headers": ("simple",),
    "cookie_parameters": ("form", "cookie"),
}
_LISTS = {"spaceDelimited", "pipeDelimited"}

_UNPORTABLE = {
    r"\(\?P<": "a named group; ECMA-262 writes (?<name>...), so better leave it unnamed",
    r"\(\?P=": "a reference to a named group",
    r"\(\?[aiLmsux-]+[:)]": "a flag",
    r"\(\?<[=!]": "a look-behind, which RE2 and older engines lack",
    r"\(\?[=!]": "a look-ahead, which RE2 lacks",
    r"\(\?>": "an atomic group",
    r"\(\?\(": "a condition",
    r"\(\?#": "a comment",
    r"[*+?}]\+": "a possessive quantifier",
    r"\\[AZz]": "an anchor of Python's; the whole value is matched anyway",
    r"\\N\{": "a character by name",
    r"\\[1-9]": "a reference to a group, which RE2 lacks",
    r"\{,[0-9]+\}": "a repeat without its lower bound; write {0,n}",
    r"\[\^?\]": "a class that begins with ']'; write it as \\]",
}
"""What means something else, or nothing, outside Python: a pattern for it, and what it is."""


@rule("invalid-regexp", ParameterDescriptor, local=True)
def invalid_regexp(parameter: ParameterDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A `regexp` is no regular expression."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sets of sets: unportable-regexp tells
            re.compile(parameter.regexp)
    except (re.error, RecursionError, OverflowError) as error:
        yield Problem(
            f"{parameter.regexp!r} is no regular expression: {error}", "mend it", ".regexp"
        )


@rule("unportable-regexp", ParameterDescriptor, level="warning", local=True)
def unportable_regexp(
    parameter: ParameterDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """A `regexp` does not mean the same in all languages.

    OpenAPI carries it to clients and servers in any of them, where it is read as ECMA-262
    says, or by RE2.
    """
    for what in _unportable(parameter.regexp):
        yield Problem(f"the pattern has {what}", "write it with what all languages have", ".regexp")


@rule("unportable-path", RouteDescriptor, level="warning")
def unportable_path(route: RouteDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A pattern in a path does not mean the same in all languages.

    Clients check by it what they put into the path.
    """
    parsed = template(route) if is_path(node) else None
    for variable in parsed.variables if parsed else ():
        for what in _unportable(variable.pattern):
            yield Problem(
                f"the pattern of {variable.name!r} has {what}",
                "write it with what all languages have",
                ".path",
            )


def _unportable(regexp: str) -> Iterator[str]:
    bare = re.sub(r"\\\\|\\\[", "", regexp)
    outside = re.sub(r"\[\^?(?:\\.|[^\]\\])+\]", "[x]", bare)
    for pattern, what in _UNPORTABLE.items():
        if re.search(pattern, outside):
            yield what
    if re.search(r"\[\^?[^\]]*(?:\[|--|&&|\|\||~~)", bare):
        yield "a set within a set, which some languages read as an operation"


@rule("parameter-style", ParameterDescriptor)
def parameter_style(parameter: ParameterDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A style is not one of the place where the parameter is.

    OpenAPI 3.1, section 4.8.12, says which style goes where.
    """
    allowed = _STYLES.get(node.field, ())
    if parameter.style and allowed and parameter.style not in allowed:
        yield Problem(
            f"the style {parameter.style!r} is none for {node.field.replace('_', ' ')}",
            hint(parameter.style, allowed),
            ".style",
        )


@rule("list-style", ParameterDescriptor, level="warning", local=True)
def list_style(parameter: ParameterDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A style for lists is given to what is none."""
    if parameter.style in _LISTS and parameter.type not in {Type.ARRAY, Type.OBJECT, Type.ANY}:
        yield Problem(
            f"{parameter.style!r} is for lists; this is {parameter.type.value!r}",
            "make the type an array, or leave the style out",
            ".style",
        )


@rule("parameter-content", ParameterDescriptor, local=True)
def parameter_content(
    parameter: ParameterDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """A parameter has more than one media type, or a media type beside a schema.

    It is written in one way (OpenAPI 3.1, section 4.8.12).
    """
    if len(parameter.content) > 1:
        yield Problem("there are several media types", "keep one", ".content")
    if parameter.content and parameter.schema is not None:
        yield Problem("there is a schema beside the content", "move it into the content", ".schema")


@rule("header-name", ParameterDescriptor)
def header_name(parameter: ParameterDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A header's name cannot be sent.

    It is a token (RFC 9110, section 5.1): no spaces, colons or parentheses.
    """
    is_header = node.field == "headers"
    if (
        is_header
        and parameter.name
        and not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", parameter.name, re.ASCII)
    ):
        yield Problem(f"{parameter.name!r} is no name of a header", "use letters and hyphens")


@rule("required-default", ParameterDescriptor, level="warning", local=True)
def required_default(parameter: ParameterDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A required parameter has a default.

    The default is what holds when it is absent, and it never is.
    """
    if parameter.required and parameter.default is not None:
        yield Problem("it is required, and so its default is never used", "keep one of the two")


@rule("querystring-beside-query", RequestDescriptor, local=True)
def querystring_beside_query(
    request: RequestDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """The whole query is described as one value and by parameters as well.

    OpenAPI 3.2 (section 4.12) allows one of the two.
    """
    if request.querystring is not None and request.query_parameters:
        yield Problem("the query is described twice", "keep one of the two", ".querystring")
