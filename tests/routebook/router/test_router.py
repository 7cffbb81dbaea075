"""The router's rules, one by one."""

from __future__ import annotations

import pytest

from path_strategies import described
from registry_api.v2 import API
from routebook import APIDescriptor, MethodDescriptor, RoutebookError, RouteDescriptor
from routebook.router import Outcome, Router

DIGEST = "sha256:" + "0123456789abcdef" * 4
LONG = 64_000


def found(router: Router, path: str) -> tuple[str, ...] | None:
    match = router.match(path)
    return None if match is None else (match.route.name, *match.values.values())


def api(**paths: str) -> APIDescriptor:
    routes = [
        RouteDescriptor(name=name, path=path, methods=(MethodDescriptor(method="GET"),))
        for name, path in paths.items()
    ]
    return APIDescriptor(title="Things", version="1", routes=tuple(routes))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/users", ("users",)),
        ("/users/me", ("me",)),
        ("/users/17", ("user", "17")),
        ("/users/me/keys", ("my-keys",)),
        ("/users/17/keys", ("keys", "17")),
        ("/users/me/keys/3", ("key", "me", "3")),
        ("/users/", None),
        ("/files/", ("file", "")),
        ("/files/a/b.txt", ("file", "a/b.txt")),
        ("/files/a/b/raw", ("raw", "a/b")),
        ("/files/latest/raw", ("latest",)),
        ("/compare/main...topic-1", ("compare", "main", "topic-1")),
        ("/compare/a...b...c", ("compare", "a...b", "c")),
        ("/reports/2024-05.csv", ("report", "2024", "05")),
        ("/reports/2024-5.csv", None),
        ("/reports/x.csv", None),
        ("users", None),
        ("", None),
    ],
)
def test_literals_go_first_whatever_the_order_of_declaration(
    path: str, expected: tuple[str, ...] | None, reverse: bool
) -> None:
    paths = {
        "file": "/files/{path:.*}",
        "raw": "/files/{path:.*}/raw",
        "latest": "/files/latest/raw",
        "user": "/users/{id}",
        "me": "/users/me",
        "users": "/users",
        "keys": "/users/{id}/keys",
        "my-keys": "/users/me/keys",
        "key": "/users/{id}/keys/{key:[0-9]+}",
        "compare": "/compare/{base}...{head}",
        "report": "/reports/{year:[0-9]{4}}-{month:[0-9]{2}}.csv",
    }
    ordered = dict(reversed(paths.items())) if reverse else paths
    assert found(Router(api(**ordered)), path) == expected


def test_between_variables_the_first_declared_wins() -> None:
    paths = {"any": "/x/{a}", "number": "/x/{b:[0-9]+}"}
    assert found(Router(api(**paths)), "/x/1") == ("any", "1")
    assert found(Router(api(**dict(reversed(paths.items())))), "/x/1") == ("number", "1")
    assert found(Router(api(**dict(reversed(paths.items())))), "/x/a") == ("any", "a")


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/{a:(?i)x+}-{b}", "/XX-1", {"a": "XX", "b": "1"}),
        ("/{a:\\d+}", "/٣", None),
        ("/{a:[\\w]+}", "/é", None),
        ("/{a:[0-9]+}", "/1\n", None),
        ("/{a:b|c}", "/c", {"a": "c"}),
        ("/{a:[^/]+}", "/a\nb", {"a": "a\nb"}),
        ("/{a:.+}", "/a\nb", None),
        ("/{a:[/x]+}/y", "/x/x//y", {"a": "x/x/"}),
        ("/{a:(?x) [a-z]+ # [letters\n}", "/ab", {"a": "ab"}),
        ("/{a:\\x2f*}b", "/b", {"a": ""}),
        ("/{a:[]/]+}", "/]/]", {"a": "]/]"}),
        ("/{a:[^\\]x]+}/z", "/a/b/z", {"a": "a/b"}),
        ("/a/{b}/c/{d:.*}", "/a/1/c/2/3", {"b": "1", "d": "2/3"}),
        ("/{a:.*}/x/{b:.*}", "/1/x/2/x/3", {"a": "1/x/2", "b": "3"}),
    ],
)
def test_patterns(template: str, path: str, values: dict[str, str] | None) -> None:
    match = Router(described([template])).match(path)
    assert (None if match is None else match.values) == values


@pytest.mark.parametrize(
    ("method", "target", "outcome", "status", "allow"),
    [
        ("GET", "/v2/", "route", 200, ("GET",)),
        ("HEAD", f"/v2/a/blobs/{DIGEST}", "route", 200, ("DELETE", "GET", "HEAD")),
        ("PUT", f"/v2/a/blobs/{DIGEST}", "method_not_allowed", 405, ("DELETE", "GET", "HEAD")),
        ("get", "/v2/", "method_not_allowed", 405, ("GET",)),
        ("PUT", "/v2/a/b", "not_found", 404, ()),
        ("PUT", "/v2", "redirect", 301, ()),
        ("GET", "/v2/%", "bad_request", 400, ()),
        ("GET", "/v2/a b", "bad_request", 400, ()),
        ("GET", "", "bad_request", 400, ()),
        ("GET", "/v2/?\r\nX: y", "bad_request", 400, ()),
        ("GET", "/v2/\ud800", "bad_request", 400, ()),
        ("OPTIONS", "*", "other", 200, ()),
    ],
)
def test_outcomes(
    method: str, target: str, outcome: str, status: int, allow: tuple[str, ...]
) -> None:
    resolution = Router(API).resolve(method, target)
    assert (resolution.outcome, resolution.status, resolution.allow) == (outcome, status, allow)


def test_a_wrong_method_still_names_the_route() -> None:
    resolution = Router(API).resolve("PATCH", "/v2/a/tags/list?n=1")
    assert resolution.route is not None
    assert resolution.route.name == "tags"
    assert (resolution.values, resolution.path) == ({"name": "a"}, "/v2/a/tags/list")


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/v2", "/v2/"),
        ("/v2?", "/v2/?"),
        ("/v2?a=%20&é", "/v2/?a=%20&%c3%a9"),
        ('/v2?a=b#c"', "/v2/?a=b#c%22"),
        ("/v2?a#", "/v2/?a"),
        ("/v2?a=#%zz", "/v2/?a=#%zz"),
        ("//v2/?é", "/v2/?é"),
        ("//evil.example/..", "/"),
        ("/%2fevil.example", "/evil.example"),
        ("/v2/_catalog/?n=1", "/v2/_catalog?n=1"),
        ("/v2/[::1]/a/tags/list/", "/v2/%5B::1%5D/a/tags/list"),
        ("http://u:p@r.example:5000/v2", "http://u:p@r.example:5000/v2/"),
        ("http://[::1]:5000", "http://[::1]:5000/"),
    ],
)
def test_redirects(target: str, location: str) -> None:
    resolution = Router(API).resolve("POST", target)
    assert (resolution.outcome, resolution.location) == (Outcome.REDIRECT, location)


def test_a_slash_at_the_end_is_a_redirect_only_where_nothing_matches() -> None:
    router = Router(api(plain="/a/{b}", slash="/a/{b}/", rest="/c/{d:.*}"))
    assert router.resolve("GET", "/a/1/").route == router.route("slash")
    assert router.resolve("GET", "/a/1").route == router.route("plain")
    assert router.resolve("GET", "/c/1/").values == {"d": "1/"}
    assert router.resolve("GET", "/c").location == "/c/"


@pytest.mark.parametrize("prefix", ["/p.q", "/p.q/", "/p.q//"])
def test_a_prefix_is_literal(prefix: str) -> None:
    router = Router(API, prefix)
    assert router.prefix == "/p.q"
    assert found(router, "/p.q/v2/a/tags/list") == ("tags", "a")
    assert router.resolve("GET", "/%70.q/v2").location == "/p.q/v2/"
    for target in ("/p.q", "/p.q/", "/pxq/v2/", "/v2/", "/p.qv2/"):
        assert router.resolve("GET", target).outcome == Outcome.NOT_FOUND


@pytest.mark.parametrize("prefix", ["p", "/a//b", "/a/../b", "./"])
def test_a_prefix_that_no_path_can_have(prefix: str) -> None:
    with pytest.raises(RoutebookError, match="no request can have the prefix"):
        Router(API, prefix)


def test_routes_by_name() -> None:
    router = Router(API)
    assert router.routes == API.routes
    assert router.route("blob").path == API.routes[3].path
    with pytest.raises(RoutebookError, match="there is no route 'blobs'") as caught:
        router.route("blobs")
    assert caught.value.hint == "did you mean 'blob'?"


def test_wrong_paths_are_told_when_the_router_is_made() -> None:
    with pytest.raises(RoutebookError, match="does not begin with a slash") as caught:
        Router(api(things="things/{id}"))
    assert (caught.value.place, caught.value.hint) == ("things", "write /things/{id}")
    with pytest.raises(RoutebookError, match="never closed"):
        Router(api(things="/things/{id"))


def test_no_routes_match_nothing() -> None:
    router = Router(APIDescriptor(title="Empty", version="1"))
    assert router.resolve("GET", "/").outcome == Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("/{a}-{b}.{c}", "/" + "-" * LONG),
        ("/{a}-{b}-{c}.json", "/" + "-" * LONG),
        ("/{a:.*}/x/{b:.*}", "/x" * (LONG // 2) + "\n"),
        ("/{a:.*}/x/{b:.*}/y/{c:.*}", "/x" * (LONG // 2)),
    ],
)
def test_long_near_misses_end_soon(template: str, path: str) -> None:
    """Taking all ways to divide these would take from minutes to years."""
    assert Router(described([template])).match(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/v2/" + "a" * LONG + "/tags/lis",
        "/v2/" + "a-" * LONG + "/tags/list",
        "/v2/" + "a." * LONG + "A/tags/list",
        "/v2/a" + "/manifests/x" * (LONG // 12) + "/!",
        "/v2/_" + "/blobs/uploads" * (LONG // 14) + "/x",
        "/v2/a/blobs/" + "a+" * LONG + ":",
        "/v2" + "/a" * LONG,
    ],
)
def test_long_paths_of_the_registry_end_soon(path: str) -> None:
    assert Router(API).resolve("GET", path).outcome == Outcome.NOT_FOUND
