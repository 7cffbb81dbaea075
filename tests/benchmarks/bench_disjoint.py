"""The proof that routes are disjoint: what it costs on the registry, and how it grows.

Prints the registry's seven routes beside building the automata of two of them in full, in the
same run, and the time for 7,400 paths beside that for half as many.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import interegular

from registry_api.v2 import API
from routebook import APIDescriptor, RouteDescriptor
from routebook.checks.disjoint import overlaps
from routebook.checks.disjoint.tree import Template
from routebook.paths import parse

PATHS = 7_400


def seconds(work: Callable[[], Any], repeats: int = 3) -> float:
    """The least time that some work takes."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def many(count: int) -> APIDescriptor:
    """An API of paths as large services have them: resources, ids, patterns, actions."""
    shapes = (
        "/{{tenant}}/action{0}",
        "/service{1}/{{id}}/part{0}/{{item}}",
        "/service{1}/{{id:[0-9]+}}/thing{0}",
        "/service{1}/group{0}/members.json",
        "/service{1}/{{id}}/part{0}",
        "/service{1}/me/part{0}",
    )
    paths = (shapes[n % len(shapes)].format(n, n % 97) for n in range(count))
    routes = tuple(RouteDescriptor(name=f"r{n}", path=path) for n, path in enumerate(paths))
    return APIDescriptor(title="many", version="1", routes=routes)


def naive() -> None:
    """Build the automata of two of the registry's routes in full, and intersect them."""
    first, second = (
        interegular.parse_pattern(Template(0, parse(route.path)).regex).to_fsm()
        for route in API.routes[1:3]
    )
    assert (first & second).empty()  # what is measured must be right


def main() -> None:
    """Measure and print."""
    assert overlaps(API) == ()  # what is measured must be right
    registry, in_full = seconds(lambda: overlaps(API)), seconds(naive, 1)
    print(f"registry, seven routes: {registry * 1000:.0f} ms")  # its purpose
    print(f"of one of its 21 pairs in full: {registry / in_full:.4f}")  # its purpose
    half, whole = many(PATHS // 2), many(PATHS)
    times = [seconds(lambda api=api: overlaps(api)) for api in (half, whole)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    print(f"{PATHS} paths: {times[1] * 1000:.0f} ms")  # its purpose
    print(f"twice the paths: {times[1] / times[0]:.2f} times the time")  # its purpose


if __name__ == "__main__":
    main()
