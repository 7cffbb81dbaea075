"""What people write on top of the router and the URL builders, as mypy sees it.

mypy reads this file in its strict mode (`make check`). A line that must be wrong carries an
ignore with the code of its error: mypy complains when it is needed no more.
"""

from __future__ import annotations

from typing import assert_type

import pytest

from registry_api.v2 import API, RouteName
from registry_api.v2.reference import Digest, Reference, parse, parse_digest
from registry_api.v2.urls import URLBuilder as RegistryURLBuilder
from routebook import RoutebookError, RouteDescriptor
from routebook.router import Outcome, Resolution, RouteMatch, Router
from routebook.urls import Forwarded, URLBuilder, parse_forwarded


def test_router() -> None:
    router = Router(API, prefix="/p")
    match = router.match("/p/v2/a/tags/list")
    assert_type(match, RouteMatch | None)
    assert match is not None
    route, values = match
    assert_type(route, RouteDescriptor)
    assert_type(values, dict[str, str])
    assert_type(router.route(RouteName.BLOB), RouteDescriptor)
    assert_type(router.routes, tuple[RouteDescriptor, ...])


def test_resolution() -> None:
    resolution = Router(API).resolve("GET", b"/v2/")
    assert_type(resolution, Resolution)
    assert_type(resolution.outcome, Outcome)
    assert_type(resolution.route, RouteDescriptor | None)
    assert_type(resolution.allow, tuple[str, ...])
    assert_type(resolution.status, int)
    with pytest.raises(AttributeError):
        resolution.status = 200  # type: ignore[misc]  # a resolution does not change


def test_url_builder() -> None:
    urls = URLBuilder.from_request(API, host="h", headers=[(b"host", b"x")])
    assert_type(urls, URLBuilder)
    assert_type(urls.build("tags", {"name": "a"}, {"n": 5, "last": ["x"]}), str)
    assert_type(urls.build("tags", {"name": "a"}, [("n", 5)]), str)
    assert_type(parse_forwarded("host=a"), Forwarded)
    with pytest.raises(RoutebookError):
        urls.build("tags", {"name": None})  # type: ignore[dict-item]  # None is no value


def test_registry_urls() -> None:
    urls = RegistryURLBuilder("https://r.example/")
    assert_type(urls, RegistryURLBuilder)
    assert_type(urls.manifest("a", tag="latest"), str)
    assert_type(urls.tags(parse("a"), {"n": 5}, {"last": "x"}), str)
    with pytest.raises(TypeError):
        urls.manifest("a", "latest")  # type: ignore[call-arg]  # say which: tag= or digest=


def test_references() -> None:
    assert_type(parse("a:1"), Reference)
    assert_type(parse("a:1").with_tag("2"), Reference)
    assert_type(parse_digest(f"sha256:{'0' * 64}"), Digest)
