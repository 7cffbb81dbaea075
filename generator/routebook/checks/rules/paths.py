"""Paths: templates, their variables, and that no two routes match one path."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.checks.disjoint import Overlap
from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index, is_path, template
from routebook.descriptors import APIDescriptor, RequestDescriptor, RouteDescriptor
from routebook.findings import RoutebookError
from routebook.nearest import nearest
from routebook.paths import parse
from routebook.walk import Node


@rule("invalid-path", RouteDescriptor)
def invalid_path(route: RouteDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A path template cannot be read.

    A brace is not closed, a variable has no name or stands twice, its pattern is no regular
    expression, or the path does not begin with a slash.
    """
    if not is_path(node):
        return
    try:
        parse(route.path)
    except RoutebookError as error:
        yield Problem(error.message, error.hint, ".path")
    if not route.path.startswith("/"):
        yield Problem(f"the path {route.path!r} does not begin with a slash", "write one", ".path")


@rule("path-with-query", RouteDescriptor, level="warning")
def path_with_query(route: RouteDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A path has a `?` or `#` in it.

    The query is no part of the path that a router sees, and a fragment is never sent.
    """
    parsed = template(route) if is_path(node) else None
    literals = [part for part in parsed.parts if isinstance(part, str)] if parsed else []
    if any(mark in literal for mark in "?#" for literal in literals):
        yield Problem(
            f"the path {route.path!r} goes on after the path",
            "describe the query by query parameters",
            ".path",
        )


@rule("unknown-path-parameter", RequestDescriptor)
def unknown_path_parameter(
    request: RequestDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """A path parameter is described that the path does not have."""
    names = _variables(node)
    for parameter in request.path_parameters if names is not None else ():
        if names is not None and parameter.name not in names:
            close = nearest(parameter.name, names)
            yield Problem(
                f"the path has no variable {parameter.name!r}",
                f"did you mean {close!r}?" if close else "take it out, or put it into the path",
                f".path[{parameter.name}]",
            )


@rule("missing-path-parameter", RequestDescriptor)
def missing_path_parameter(
    request: RequestDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """A variable of the path has no description.

    Readers learn from it what to put there, and OpenAPI demands it.
    """
    described = {parameter.name for parameter in request.path_parameters}
    for name in _variables(node) or ():
        if name not in described:
            yield Problem(
                f"the path's variable {name!r} is not described",
                "add a ParameterDescriptor of that name to path_parameters",
            )


@rule("path-pattern-differs", RequestDescriptor, level="warning")
def path_pattern_differs(request: RequestDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A path parameter's `regexp` is not the pattern that its path matches with.

    The router goes by the path; the reference shows the parameter's.
    """
    route = node.inside(RouteDescriptor)
    parsed = template(route) if route else None
    patterns = {each.name: each.pattern for each in parsed.variables} if parsed else {}
    for parameter in request.path_parameters:
        pattern = patterns.get(parameter.name, "")
        if pattern and parameter.regexp and parameter.regexp != pattern:
            yield Problem(
                f"the path matches {parameter.name!r} with another pattern",
                "write one constant, and use it in both",
                f".path[{parameter.name}].regexp",
            )


def _variables(node: Node) -> tuple[str, ...] | None:
    """The variables of the path that a request is sent to; None when there is no such path."""
    holder = node.parent
    while holder is not None and not isinstance(holder.value, RouteDescriptor):
        holder = holder.parent
    if holder is None or not is_path(holder) or not isinstance(holder.value, RouteDescriptor):
        return None
    parsed = template(holder.value)
    return tuple(variable.name for variable in parsed.variables) if parsed else None


@rule("routes-overlap", APIDescriptor, needs="overlaps")
def routes_overlap(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two routes match one path, and a pattern is to blame.

    Which of them answers then depends on their order, or on the router. The path in the
    message is a shortest one; it was tried on both.
    """
    for overlap in index.overlaps:
        if overlap.example and not overlap.plain:
            yield _overlap(overlap, "narrow the pattern of one, so that it refuses the other's")


@rule("routes-ambiguous", APIDescriptor, level="warning", needs="overlaps")
def routes_ambiguous(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """Two routes without patterns match one path, and neither is more literal.

    `/v1/{name}` and `/v1/{parent}` are the same to a router, as are `/users` and `/users/`:
    the one that is declared first answers.
    """
    for overlap in index.overlaps:
        if overlap.example and overlap.plain:
            yield _overlap(overlap, "make one route of them, or give their variables patterns")


@rule("routes-not-proved", APIDescriptor, level="warning", needs="overlaps")
def routes_not_proved(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """It could not be proved that two routes never match one path.

    No such path was found either. Their patterns use assertions or references to groups,
    which automata do not have, or are too large.
    """
    for overlap in index.overlaps:
        if not overlap.example:
            first, second = overlap.first, overlap.second
            yield Problem(
                f"it is not proved that no path matches both {first.name!r} and {second.name!r}",
                "write their patterns without look-around, back-references and great counts",
                f".{second.name}",
                second,
            )


def _overlap(overlap: Overlap, hint: str) -> Problem:
    return Problem(
        f"the path {overlap.example!r} matches both {overlap.first.name!r} "
        f"and {overlap.second.name!r}",
        hint,
        f".{overlap.second.name}",
        overlap.second,
    )
