"""The router beside Werkzeug's and Starlette's, in one run.

Prints ratios, which do not depend on the machine as times do:

- matches per second on the registry's seven routes, over a mix as a pull and push make it;
- what a match costs on 10,000 routes and on 10;
- the time to build a router of 10,000 routes;
- how time grows when an adversarial path doubles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from registry_api.v2 import API
from routebook import APIDescriptor, MethodDescriptor, RouteDescriptor
from routebook.paths import parse
from routebook.router import Router

DIGEST = "sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b"
MIX = (
    ("GET", "/v2/"),
    ("HEAD", "/v2/library/alpine/manifests/3.20"),
    ("GET", f"/v2/library/alpine/manifests/{DIGEST}"),
    ("GET", f"/v2/library/alpine/blobs/{DIGEST}"),
    ("GET", f"/v2/team/project/service/blobs/{DIGEST}"),
    ("HEAD", f"/v2/team/project/service/blobs/{DIGEST}"),
    ("POST", "/v2/team/project/service/blobs/uploads/"),
    ("PATCH", "/v2/team/project/service/blobs/uploads/0f6d1a2e-7f0c-4d5e-9a43-3a0b8d3f5d11"),
    ("PUT", "/v2/team/project/service/blobs/uploads/0f6d1a2e-7f0c-4d5e-9a43-3a0b8d3f5d11"),
    ("PUT", "/v2/team/project/service/manifests/v1.2.3-rc.1"),
    ("GET", "/v2/registry-1.example.com/mirror/tags/list"),
    ("GET", "/v2/_catalog"),
)


def best(*runs: Callable[[], Any], repeats: int = 9) -> list[float]:
    """The shortest of several times of each, in seconds; in turns, so that noise meets all."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(repeats):
        for run, taken in zip(runs, times, strict=True):
            start = time.perf_counter()
            run()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]


def per_call(*pairs: tuple[Callable[..., Any], Sequence[tuple[Any, ...]]]) -> list[float]:
    """Seconds for one call of each function, over all of its calls."""
    totals = best(*(partial(_repeat, function, calls) for function, calls in pairs))
    return [
        total / _rounds(calls) / len(calls) for total, (_, calls) in zip(totals, pairs, strict=True)
    ]


def _rounds(calls: Sequence[Any]) -> int:
    return max(1, 6000 // len(calls))


def _repeat(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> None:
    for _ in range(_rounds(calls)):
        for call in calls:
            function(*call)


def werkzeug_rules(routes: Iterable[RouteDescriptor]) -> list[Any]:
    """The routes as rules of Werkzeug, with its own converters."""
    from werkzeug.routing import Rule

    return [
        Rule(
            _converted(route, "<{name}>", "<path:{name}>"),
            endpoint=route.name,
            methods=_methods(route),
        )
        for route in routes
    ]


def starlette_routes(routes: Iterable[RouteDescriptor]) -> list[Any]:
    """The routes as routes of Starlette, with its own converters."""
    from starlette.routing import Route

    return [
        Route(
            _converted(route, "{{{name}}}", "{{{name}:path}}"), _endpoint, methods=_methods(route)
        )
        for route in routes
    ]


async def _endpoint(request: Any) -> None:
    """Never called: only matching is measured."""


def _converted(route: RouteDescriptor, single: str, spanning: str) -> str:
    return "".join(
        part
        if isinstance(part, str)
        else (spanning if part.multi_segment else single).format(name=part.name)
        for part in parse(route.path).parts
    )


def _methods(route: RouteDescriptor) -> list[str]:
    return [method.method for method in route.methods]


def starlette_match(router: Any) -> Callable[[str, str], Any]:
    """What `starlette.routing.Router` does for a request up to the call of the route."""
    from starlette.routing import Match

    def match(method: str, path: str) -> Any:
        scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
        partial = None
        for route in router.routes:
            found, child = route.matches(scope)
            if found == Match.FULL:
                scope.update(child)
                return route
            if found == Match.PARTIAL and partial is None:
                partial = route
        return partial

    return match


def github_like(count: int) -> APIDescriptor:
    """An API of `count` routes of the shapes of GitHub's."""
    shapes = (
        "/{area}/{{id:[0-9]+}}",
        "/repos/{{owner}}/{{repo}}/{area}",
        "/repos/{{owner}}/{{repo}}/{area}/{{number:[0-9]+}}",
        "/repos/{{owner}}/{{repo}}/{area}/{{base}}...{{head}}",
        "/repos/{{owner}}/{{repo}}/{area}/{{path:.+}}",
        "/orgs/{{org}}/{area}",
        "/orgs/{{org}}/{area}/{{name}}",
        "/users/{{username}}/{area}",
        "/{area}",
        "/{area}/search/recent",
    )
    get = (MethodDescriptor(method="GET"), MethodDescriptor(method="DELETE"))
    routes = [
        RouteDescriptor(
            name=f"r{index}",
            path=shapes[index % len(shapes)].format(area=f"area-{index // len(shapes)}"),
            methods=get,
        )
        for index in range(count)
    ]
    return APIDescriptor(title="Generated", version="1", routes=tuple(routes))


def github_paths(count: int, step: int) -> list[tuple[str, str]]:
    """A path for each of some routes of `github_like(count)`."""
    fill = {"id": "17", "owner": "octo", "repo": "hello.world", "number": "1347", "base": "main"}
    fill |= {"head": "topic-1", "path": "src/a/b.py", "org": "acme", "name": "x", "username": "me"}
    routes = github_like(count).routes[::step]
    return [
        (
            "GET",
            "".join(
                part if isinstance(part, str) else fill[part.name]
                for part in parse(route.path).parts
            ),
        )
        for route in routes
    ]


def registry() -> None:
    """The registry's routes."""
    from starlette.routing import Router as StarletteRouter
    from werkzeug.routing import Map

    router = Router(API)
    adapter = Map(werkzeug_rules(API.routes)).bind("registry.example")
    other = starlette_match(StarletteRouter(starlette_routes(API.routes)))
    for method, path in MIX:
        assert router.resolve(method, path).outcome == "route", path
    resolve, match, werkzeug, starlette = per_call(
        (router.resolve, MIX),
        (router.match, [(path,) for _, path in MIX]),
        (lambda method, path: adapter.match(path, method), MIX),
        (other, MIX),
    )
    print("registry, 7 routes, mix of 12 requests")
    print(f"  resolve {resolve * 1e6:.2f} us, match {match * 1e6:.2f} us")
    print(
        f"  Werkzeug / resolve: {werkzeug / resolve:.1f}   / match: {werkzeug / match:.1f}   (>= 3)"
    )
    print(
        f"  Starlette / resolve: {starlette / resolve:.1f}   / match: {starlette / match:.1f}"
        "   (>= 1.5)"
    )


def scale() -> None:
    """10,000 routes and 10, and the time to build."""
    from werkzeug.routing import Map

    small, large = github_like(10), github_like(10_000)
    few, many = per_call(
        (Router(small).resolve, github_paths(10, 1)),
        (Router(large).resolve, github_paths(10_000, 7)),
    )
    print("10,000 routes")
    print(f"  match on 10,000 / on 10: {many / few:.2f}   (<= 3)")

    def build_cold() -> None:
        parse.cache_clear()
        Router(large)

    def build_werkzeug() -> None:
        Map(werkzeug_rules(large.routes)).update()

    ours, werkzeug = best(build_cold, build_werkzeug, repeats=3)
    print(f"  build {ours * 1e3:.0f} ms; build / Werkzeug's: {ours / werkzeug:.3f}   (< 0.25)")


ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "one long component": lambda n: "/v2/" + "a" * n + "/tags/lis",
    "long component, wrong end": lambda n: "/v2/" + "a" * n + "!/tags/list",
    "dashes": lambda n: "/v2/a" + "-" * n + "/tags/list",
    "underscores": lambda n: "/v2/a" + "_" * n + "b/tags/list",
    "dots": lambda n: "/v2/" + "a." * (n // 2) + "/tags/list",
    "domain-like, then wrong": lambda n: (
        "/v2/" + "a-" * (n // 4) + "A." * (n // 4) + "/b/tags/list"
    ),
    "many components": lambda n: "/v2" + "/a" * (n // 2) + "/tags/lists",
    "repeated literals": lambda n: "/v2/a" + "/manifests/x" * (n // 12) + "/!",
    "literals, wrong name": lambda n: "/v2/_" + "/manifests/x" * (n // 12),
    "uploads": lambda n: "/v2/a" + "/blobs/uploads" * (n // 14) + "/!",
    "long digest": lambda n: "/v2/a/blobs/" + "a+" * (n // 2) + ":",
    "long tag": lambda n: "/v2/a/manifests/" + "a" * n,
    "slashes": lambda n: "/v2" + "/" * n + "x",
    "dot segments": lambda n: "/v2" + "/.." * (n // 3) + "/x",
    "percent": lambda n: "/v2/" + "%61" * (n // 3) + "/tags/lis",
    "bad percent": lambda n: "/v2/" + "%61" * (n // 3) + "%",
}


def adversarial() -> None:
    """Paths of 32,000 and 64,000 characters that nearly match; twice the length, twice the time."""
    router = Router(API)
    print("adversarial paths: time at 64,000 characters, and growth from 32,000 (2 is linear)")
    for name, make in ADVERSARIAL.items():
        half, full = make(32_000), make(64_000)
        before, after = best(
            partial(router.resolve, "GET", half), partial(router.resolve, "GET", full)
        )
        print(f"  {name:28} {after * 1e3:7.2f} ms   x{after / before:.2f}")


def main() -> None:
    """Run all of them."""
    registry()
    scale()
    adversarial()


if __name__ == "__main__":
    main()
